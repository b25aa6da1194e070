import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../client/hooks.ts'
import { errorText } from '../error-text.ts'

/** Says so when what is read now is not kept; nothing when all is well or one may not know. */
export const HistoryNotKept = (): ReactNode => {
  const { t } = useTranslation('history')
  const { t: tError } = useTranslation('error')
  const { value } = useQuery('history.status', {}, { on: ['network.changed'], everyMs: 60_000 })
  const problem = value?.problem ?? null
  if (problem === null) return null
  return (
    <p className="nc-history__warning" role="status">
      <IconAlertTriangle size={15} stroke={1.8} aria-hidden="true" className="nc-icon" />
      {t('notKept', { why: errorText(tError, problem).what })}
    </p>
  )
}
