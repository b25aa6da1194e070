import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { useFormat } from '../../components/use-format.ts'
import { onusWith } from './onu-links.ts'
import './olt-parts.css'

/** The figures of one OLT, each a link to the ONUs it counts; what is zero stays away. */
export const OltCounts = ({ olt }: { readonly olt: OltRow }) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const { counts } = olt
  if (olt.ages.status === null) {
    return <span className="nc-faint nc-small">{t('dashboard.notReadYet')}</span>
  }
  const other = counts.offlineOther + counts.starting + counts.authFailed
  const figures = [
    ['offlineOptical', counts.offlineOptical, 'offline-optical'],
    ['offlinePower', counts.offlinePower, 'offline-power'],
    ['offlineOther', other, 'offline-other'],
    ['unknown', counts.unknown, 'unknown'],
    ['disabled', counts.disabled, 'disabled'],
  ] as const
  // Where every ONU is unknown, nobody can say how many are online: not even none.
  const seen = counts.unknown < counts.total || counts.total === 0
  const low = counts.signalWarning + counts.signalCritical
  return (
    <>
      <Link className="no-figure" href={onusWith({ oltIds: [olt.id] })}>
        <strong>{seen ? format.number(counts.online) : '–'}</strong>
        <span className="nc-faint">/{format.number(counts.total)}</span>
      </Link>
      {figures.map(([name, count, state]) =>
        count === 0 ? null : (
          <Link
            key={name}
            className="no-figure"
            data-name={name}
            href={onusWith({
              oltIds: [olt.id],
              states:
                state === 'offline-other' ? ['offline-other', 'starting', 'auth-failed'] : [state],
            })}
          >
            <span className="nc-faint">{t(`dashboard.series.${name}`)}</span>{' '}
            <strong>{format.number(count)}</strong>
          </Link>
        ),
      )}
      {low === 0 ? null : (
        <Link
          className="no-figure"
          data-name={counts.signalCritical > 0 ? 'low-critical' : 'low'}
          title={t('olts.row.low', {
            critical: format.number(counts.signalCritical),
            warning: format.number(counts.signalWarning),
          })}
          href={onusWith({
            oltIds: [olt.id],
            states: ['online'],
            signals: ['warning', 'critical'],
          })}
        >
          <span className="nc-faint">{t('olts.row.lowShort')}</span>{' '}
          <strong>{format.number(low)}</strong>
        </Link>
      )}
      {counts.unconfigured === 0 ? null : (
        <span className="no-figure nc-faint">
          {t('olts.row.unconfigured', { count: counts.unconfigured })}
        </span>
      )}
    </>
  )
}
