import { useTranslation } from 'react-i18next'
import { useQuery } from '../../client/hooks.ts'
import { useFormat } from '../../components/use-format.ts'

/** In the rail: what waits for this person, to be decided or to be read. */
export const ApprovalCount = () => {
  const { t } = useTranslation('approvals')
  const format = useFormat()
  const { value } = useQuery(
    'approvals.counts',
    {},
    { on: ['approvals.changed', 'access.sessionChanged', 'access.changed'], everyMs: 1000 },
  )
  const { toDecide = 0, answered = 0 } = value ?? {}
  return toDecide + answered === 0 ? null : (
    <span className="nc-rail__count" title={t('rail', { toDecide, answered })}>
      {format.number(toDecide + answered)}
    </span>
  )
}
