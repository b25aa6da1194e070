import { Button, Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { errorText } from '../../components/error-text.ts'
import { useFormat } from '../../components/use-format.ts'
import { cancelBulkRun, dismissBulkRun, useBulkRun } from './bulk-run.ts'

/** How far "Make now" is, and what of it failed; stays until it is put away. */
export const BulkPanel = () => {
  const { t } = useTranslation('olt-backups')
  const { t: common } = useTranslation()
  const { t: tError } = useTranslation('error')
  const format = useFormat()
  const run = useBulkRun()
  if (run === null) return null
  const numbers = { done: format.number(run.done), total: format.number(run.total) }
  return (
    <section className="nc-panel nb-bulk" aria-label={t('bulk.title')}>
      <div className="nb-bulk__line">
        <span role="status">
          <strong>
            {run.ended
              ? t(run.cancelled ? 'bulk.cancelled' : 'bulk.ended', numbers)
              : t(run.cancelled ? 'bulk.cancelling' : 'bulk.running', numbers)}
          </strong>{' '}
          {t('bulk.changed', { count: run.changed })}
          {run.failed.length === 0 ? null : `, ${t('bulk.failed', { count: run.failed.length })}`}
        </span>
        <span className="nc-soft nc-small nc-cut nb-bulk__names">{run.running.join(', ')}</span>
        {run.ended ? (
          <Button variant="default" size="compact-sm" onClick={dismissBulkRun}>
            {common('button.close')}
          </Button>
        ) : (
          <Button
            variant="default"
            size="compact-sm"
            disabled={run.cancelled}
            onClick={cancelBulkRun}
          >
            {common('button.cancel')}
          </Button>
        )}
      </div>
      <Progress
        value={run.total === 0 ? 0 : (run.done / run.total) * 100}
        size={4}
        aria-label={t('bulk.title')}
      />
      {run.failed.length === 0 ? null : (
        <ul className="nb-bulk__failed nc-small">
          {run.failed.map(({ name, failure }) => {
            const text = errorText(tError, failure)
            return (
              <li key={name}>
                <strong>{name}</strong> {text.what} <span className="nc-soft">{text.toDo}</span>
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
