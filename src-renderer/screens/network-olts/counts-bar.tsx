import { useTranslation } from 'react-i18next'
import type { OnuCounts } from '../../../src-shared/contract/network-model.ts'
import { useFormat } from '../../components/use-format.ts'
import './olt-parts.css'

/** Shares of a bar, worst first, so that what matters begins at the same edge in every row. */
export const barParts = (
  counts: OnuCounts,
): readonly { readonly name: string; readonly count: number }[] =>
  [
    { name: 'offline-optical', count: counts.offlineOptical },
    { name: 'offline-other', count: counts.offlineOther + counts.authFailed + counts.starting },
    { name: 'offline-power', count: counts.offlinePower },
    { name: 'unknown', count: counts.unknown },
    { name: 'disabled', count: counts.disabled },
    { name: 'online', count: counts.online },
  ].filter((part) => part.count > 0)

/** ONUs by state as one thin bar; every share that exists is at least two pixels wide. */
export const CountsBar = ({ counts }: { readonly counts: OnuCounts }) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const label = t('olts.row.countsLabel', {
    online: format.number(counts.online),
    optical: format.number(counts.offlineOptical),
    power: format.number(counts.offlinePower),
    other: format.number(counts.offlineOther),
    unknown: format.number(counts.unknown),
    disabled: format.number(counts.disabled),
  })
  return (
    <div className="no-bar" role="img" aria-label={label} title={label}>
      {barParts(counts).map((part) => (
        <span key={part.name} data-part={part.name} style={{ flexGrow: part.count }} />
      ))}
    </div>
  )
}
