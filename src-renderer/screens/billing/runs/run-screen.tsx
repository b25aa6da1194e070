import { Button, Progress } from '@mantine/core'
import { IconFileOff } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { useShortcut } from '../../../app/keyboard-hooks.ts'
import { paths } from '../../../app/paths.ts'
import { callQuery, onEvent } from '../../../client/client.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { confirm } from '../../../components/confirm.tsx'
import { Since } from '../../../components/data-age.tsx'
import { useDayText } from '../../../components/day.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { errorText } from '../../../components/error-text.ts'
import { FailureState } from '../../../components/failure-state.tsx'
import { Money } from '../../../components/money.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { ListExport } from '../../provisioning/list-export.tsx'
import { Pager, pageSize } from '../../provisioning/pager.tsx'
import { act } from '../billing-acts.ts'
import { RunPapers } from '../papers/run-papers.tsx'
import { Mend } from './mend.tsx'
import { RunState } from './run-history.tsx'
import './runs.css'

type Run = Output<'billing.run'>
type Failed = Run['failures'][number]
interface Going {
  readonly looked: number
  readonly total: number
  readonly documents: number
  readonly failed: number
}

/** One run: how it goes, then what came of it. */
export const RunScreen = ({ runId }: { readonly runId: string }) => {
  const { t } = useTranslation('billing-runs')
  const day = useDayText()
  const [offset, setOffset] = useState(0)
  const [going, setGoing] = useState<Going | null>(null)
  const { value, failure, refresh } = useQuery(
    'billing.run',
    { runId, offset, limit: pageSize },
    { on: ['billing.documentsChanged', 'billing.runProgress'], everyMs: 1000 },
  )
  useShortcut('refresh', refresh)
  useEffect(
    () =>
      onEvent('billing.runProgress', (told) => {
        if (told.runId === runId) setGoing(told)
      }),
    [runId],
  )
  if (value === undefined) {
    return (
      <div className="nc-page">
        {failure?.code === 'not-found' || failure?.code === 'invalid-input' ? (
          <EmptyState
            icon={IconFileOff}
            title={t('run.gone')}
            text={t('run.goneText')}
            action={<RouteLink to={paths.billingRuns()}>{t('run.toList')}</RouteLink>}
          />
        ) : (
          <Awaiting failure={failure} onRetry={refresh} rows={8} />
        )}
      </div>
    )
  }
  const { run } = value
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <div>
          <nav className="nc-small nc-soft" aria-label={t('title')}>
            <RouteLink to={paths.billingRuns()}>{t('title')}</RouteLink>
          </nav>
          <h1>{t('run.of', { day: day(run.asOfOn) })}</h1>
        </div>
        <RunState state={run.state} />
        <RouteLink to={paths.documents(`run=${run.id}`)}>{t('run.documents')}</RouteLink>
      </header>
      {failure !== undefined && <FailureState brief failure={failure} onRetry={refresh} />}
      {run.state === 'running' && <GoingOn runId={run.id} going={going} />}
      {(run.state === 'cancelled' || run.state === 'broken') && (
        <p className="nbr-refusal" role="status">
          {t(`stateText.${run.state}`)}
        </p>
      )}
      <Report run={run} />
      {run.state !== 'running' && run.invoices + run.creditNotes > 0 && (
        <RunPapers runId={run.id} />
      )}
      {run.failed > 0 ? (
        <Failures value={value} runId={runId} offset={offset} onOffset={setOffset} />
      ) : (
        run.state === 'done' && <p className="nc-soft">{t('run.allBilled')}</p>
      )}
    </div>
  )
}

const GoingOn = ({ runId, going }: { readonly runId: string; readonly going: Going | null }) => {
  const { t } = useTranslation('billing-runs')
  const format = useFormat()
  const cancel = async (): Promise<void> => {
    const yes = await confirm({
      title: t('run.cancelTitle'),
      text: t('run.cancelText'),
      confirmLabel: t('run.cancel'),
    })
    if (yes) await act('billing.cancelRun', { runId }, () => ({ title: t('run.cancelled') }))
  }
  const share = going === null || going.total === 0 ? 0 : (going.looked / going.total) * 100
  return (
    <div className="nbr-line">
      <span role="status" className="nbr-grow">
        {going === null
          ? t('run.begins')
          : t('run.progress', {
              looked: format.number(going.looked),
              total: format.number(going.total),
              documents: format.number(going.documents),
              failed: format.number(going.failed),
            })}
        <Progress aria-label={t('state.running')} value={share} />
      </span>
      <Button variant="default" onClick={() => void cancel()}>
        {t('run.cancel')}
      </Button>
    </div>
  )
}

const Report = ({ run }: { readonly run: Run['run'] }) => {
  const { t } = useTranslation('billing-runs')
  const format = useFormat()
  return (
    <section className="nc-panel" aria-label={t('run.report')}>
      <div className="nc-panel__body">
        <dl className="nc-facts">
          <dt>{t('history.started')}</dt>
          <dd>
            <Since at={run.startedAt} /> · {run.startedBy ?? t('history.console')}
          </dd>
          <dt>{t('history.looked')}</dt>
          <dd>{format.number(run.looked)}</dd>
          <dt>{t('history.invoices')}</dt>
          <dd>{format.number(run.invoices)}</dd>
          <dt>{t('history.creditNotes')}</dt>
          <dd>{format.number(run.creditNotes)}</dd>
          <dt>{t('history.failed')}</dt>
          <dd>{format.number(run.failed)}</dd>
          <dt>{t('history.total')}</dt>
          <dd>
            {run.totals.length === 0 && <span className="nc-faint">–</span>}
            {run.totals.map(({ currency, invoiced, credited }) => (
              <div key={currency}>
                <Money minor={invoiced - credited} currency={currency} />{' '}
                {credited > 0 && (
                  <span className="nc-soft">
                    <Money minor={invoiced} currency={currency} /> −{' '}
                    <Money minor={credited} currency={currency} />
                  </span>
                )}
              </div>
            ))}
          </dd>
        </dl>
      </div>
    </section>
  )
}

interface FailuresProps {
  readonly value: Run
  readonly runId: string
  readonly offset: number
  readonly onOffset: (offset: number) => void
}

const Failures = ({ value, runId, offset, onOffset }: FailuresProps) => {
  const { t } = useTranslation('billing-runs')
  const { t: tError } = useTranslation('error')
  return (
    <section className="nc-panel" aria-label={t('failures.title')}>
      <header className="nc-panel__head">
        <h2>{t('failures.title')}</h2>
        <span className="nc-soft nc-small">{t('failures.after')}</span>
        <ListExport<Failed>
          name={`billing-run-failures-${value.run.asOfOn}`}
          hint={t('failures.export')}
          ask={async (part) => {
            const page = await callQuery('billing.run', { runId, ...part })
            return { total: page.run.failed, rows: page.failures }
          }}
          heads={[
            t('failures.code'),
            t('failures.subscriber'),
            t('failures.plan'),
            t('failures.why'),
            t('failures.todo'),
          ]}
          linesOf={({ problem, ...one }) => {
            const { what, toDo } = errorText(tError, problem)
            return [[one.subscriberCode, one.subscriberName, one.planName, what, toDo]]
          }}
        />
      </header>
      <div className="nbl-scroll">
        <table className="nc-table nbr-failures" aria-label={t('failures.title')}>
          <thead>
            <tr>
              <th scope="col">{t('failures.subscriber')}</th>
              <th scope="col">{t('failures.plan')}</th>
              <th scope="col">{t('failures.why')}</th>
              <th scope="col">{t('failures.mend')}</th>
            </tr>
          </thead>
          <tbody>
            {value.failures.map((one) => {
              const { what, toDo } = errorText(tError, one.problem)
              return (
                <tr key={one.subscriptionId}>
                  <td>
                    <RouteLink to={paths.subscriber(one.subscriberId)}>
                      {one.subscriberName}
                    </RouteLink>{' '}
                    <span className="nc-mono nc-soft">{one.subscriberCode}</span>
                  </td>
                  <td>{one.planName}</td>
                  <td>
                    {what} <span className="nc-soft">{toDo}</span>
                  </td>
                  <td>
                    <Mend problem={one.problem} subscriberId={one.subscriberId} />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <Pager total={value.run.failed} offset={offset} onOffset={onOffset} />
    </section>
  )
}
