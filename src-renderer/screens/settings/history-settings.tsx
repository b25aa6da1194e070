import { useTranslation } from 'react-i18next'
import { useQuery } from '../../client/hooks.ts'
import { Since } from '../../components/data-age.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { noValue } from '../../components/format.ts'
import { LoadingState } from '../../components/loading-state.tsx'
import { useFormat } from '../../components/use-format.ts'
import type { HistoryStatus } from './history-plan.ts'
import { RetentionForm } from './retention-form.tsx'

/** What the history takes, whether it is kept at present, and for how long. */
export const HistorySettings = () => {
  const { t } = useTranslation('settings')
  const { value, failure, refresh } = useQuery(
    'history.status',
    {},
    { on: ['network.changed'], everyMs: 10_000 },
  )
  return (
    <section className="nc-panel" aria-label={t('history.title')}>
      <header className="nc-panel__head">
        <h2>{t('history.title')}</h2>
      </header>
      {value === undefined ? (
        failure === undefined ? (
          <LoadingState rows={4} />
        ) : (
          <div className="nc-panel__body">
            <FailureState failure={failure} onRetry={refresh} brief />
          </div>
        )
      ) : (
        <>
          <HistoryFacts status={value} />
          <RetentionForm
            key={`${value.retention.readingsDays} ${value.retention.hoursDays}`}
            status={value}
            onChanged={refresh}
          />
        </>
      )}
    </section>
  )
}

const HistoryFacts = ({ status }: { readonly status: HistoryStatus }) => {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const { problem } = status
  return (
    <div className="nc-panel__body nc-history">
      {problem === null ? null : (
        <>
          <FailureState failure={problem} />
          {problem.at === null ? null : (
            <p className="nc-small nc-soft">
              {t('history.problemSince')} <Since at={problem.at} />
            </p>
          )}
        </>
      )}
      <dl className="nc-facts">
        <dt>{t('history.onDisk')}</dt>
        <dd>
          {format.bytes(status.bytes)}{' '}
          <span className="nc-soft">{t('history.files', { count: status.files })}</span>
        </dd>
        <dt>{t('history.free')}</dt>
        <dd>{status.freeBytes === null ? noValue : format.bytes(status.freeBytes)}</dd>
        <dt>{t('history.since')}</dt>
        <dd>
          {status.oldestAt === null ? (
            t('history.nothing')
          ) : (
            <>
              {format.instant(status.oldestAt, 'day')}{' '}
              <span className="nc-soft">
                (<Since at={status.oldestAt} />)
              </span>
            </>
          )}
        </dd>
        <dt>{t('history.series')}</dt>
        <dd>{format.number(status.series)}</dd>
        <dt title={t('history.cyclesHint')}>{t('history.cycles')}</dt>
        <dd>
          {t('history.cyclesKept', { kept: format.number(status.cycles) })}
          {status.waiting === 0
            ? null
            : ` · ${t('history.cyclesWaiting', { waiting: format.number(status.waiting) })}`}
          {status.refusedCycles === 0 ? null : (
            <strong>
              {' · '}
              {t('history.cyclesLost', { lost: format.number(status.refusedCycles) })}
            </strong>
          )}
        </dd>
      </dl>
    </div>
  )
}
