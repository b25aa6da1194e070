import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { useFormat } from '../../components/use-format.ts'
import './olt-parts.css'

/** The walk that runs now, in words; a thin bar where the end is known. */
export const PollingProgress = ({ polling }: { readonly polling: OltRow['polling'] }) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  if (polling === null) return null
  const { done, total } = polling
  const group = t(`readingGroup.${polling.group}`).toLocaleLowerCase()
  const amount =
    total === null
      ? t('olts.row.readingSome', { done: format.number(done) })
      : t('olts.row.readingOf', { done: format.number(done), total: format.number(total) })
  const share = total === null || total === 0 ? undefined : Math.min(1, done / total)
  return (
    <span className="no-polling" title={`${t('olts.row.reading', { group })}: ${amount}`}>
      <span className="no-polling__bar" data-open={share === undefined ? '' : undefined}>
        <span style={{ width: `${(share ?? 0.35) * 100}%` }} />
      </span>
      {t('olts.row.reading', { group })}
    </span>
  )
}
