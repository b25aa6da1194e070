import { Button, Checkbox, Progress } from '@mantine/core'
import { IconListSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { navigate } from '../../../app/location.ts'
import { paths } from '../../../app/paths.ts'
import { callQuery } from '../../../client/client.ts'
import { useTask } from '../../../client/use-task.ts'
import { confirm } from '../../../components/confirm.tsx'
import { useDayText } from '../../../components/day.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { errorText } from '../../../components/error-text.ts'
import { FailureState } from '../../../components/failure-state.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { act } from '../billing-acts.ts'
import { Difference } from './difference.tsx'
import { DryRows } from './dry-rows.tsx'

type Look = Output<'billing.dryRun'>

/** What a run would issue today: looked at first, then issued. */
export const DryRunPanel = ({ runningId }: { readonly runningId: string | null }) => {
  const { t } = useTranslation('billing-runs')
  const format = useFormat()
  const { state, start, cancel } = useTask<Look>()
  const look = (): void => start((taskId) => callQuery('billing.dryRun', { taskId }))
  const running = state.kind === 'running' ? state : null
  return (
    <section className="nbr-stack" aria-label={t('look.summary')}>
      <div className="nbr-line">
        {running === null ? (
          <Button
            variant={state.kind === 'done' ? 'default' : 'filled'}
            leftSection={<IconListSearch size={15} aria-hidden="true" />}
            onClick={look}
          >
            {t(state.kind === 'done' ? 'look.again' : 'look.start')}
          </Button>
        ) : (
          <>
            <span role="status" className="nbr-grow">
              {running.total === null || running.total === 0
                ? t('look.begins')
                : t('look.running', {
                    done: format.number(running.done),
                    total: format.number(running.total),
                  })}
              <Progress
                aria-label={t('look.begins')}
                value={
                  running.total === null || running.total === 0
                    ? 0
                    : (running.done / running.total) * 100
                }
              />
            </span>
            <Button variant="default" onClick={cancel}>
              {t('look.cancel')}
            </Button>
          </>
        )}
        {state.kind === 'cancelled' && <span className="nc-soft">{t('look.cancelled')}</span>}
      </div>
      {state.kind === 'failed' && <FailureState failure={state.failure} onRetry={look} />}
      {state.kind === 'done' && (
        <Looked key={state.result.dryRunId} look={state.result} runningId={runningId} />
      )}
    </section>
  )
}

const Looked = ({
  look,
  runningId,
}: {
  readonly look: Look
  readonly runningId: string | null
}) => {
  const { t } = useTranslation('billing-runs')
  const format = useFormat()
  const day = useDayText()
  const money = useMoneyText()
  const [dayIsRight, setDayIsRight] = useState(false)
  const [busy, setBusy] = useState(false)
  const documents = look.invoices + look.creditNotes
  const number = format.number(documents)
  const answered = look.refusal?.code === 'billing-clock-ahead' && dayIsRight
  const may = documents > 0 && runningId === null && (look.refusal === null || answered)
  const issue = async (): Promise<void> => {
    const sums = look.sums.map(({ currency, total }) => money(total, currency)).join(', ')
    const left =
      look.failed === 0
        ? ''
        : ` ${t('issue.failed', { count: look.failed, number: format.number(look.failed) })}`
    const yes = await confirm({
      title: t('issue.title', { count: documents, number }),
      text: `${t('issue.text', { day: day(look.today), sums })}${left}`,
      confirmLabel: t('issue.button', { count: documents, number }),
    })
    if (!yes) return
    setBusy(true)
    const out = await act('billing.startRun', { today: look.today, dayIsRight }, () => ({
      title: t('issue.started'),
    }))
    setBusy(false)
    if (out !== undefined) navigate(paths.billingRun(out.runId))
  }
  const facts = [
    ...(look.invoices > 0
      ? [t('look.invoices', { count: look.invoices, number: format.number(look.invoices) })]
      : []),
    ...(look.creditNotes > 0
      ? [
          t('look.creditNotes', {
            count: look.creditNotes,
            number: format.number(look.creditNotes),
          }),
        ]
      : []),
    ...(look.changed > 0
      ? [t('look.changed', { count: look.changed, number: format.number(look.changed) })]
      : []),
    t('look.looked', { number: format.number(look.looked) }),
  ]
  return (
    <>
      <div className="nc-panel">
        <header className="nc-panel__head">
          <h2>
            {t('look.today', { day: day(look.today) })}{' '}
            <span className="nc-soft nc-small">
              {look.lastOn === null ? t('look.never') : t('look.last', { day: day(look.lastOn) })}
            </span>
          </h2>
          <Button disabled={!may} loading={busy} onClick={() => void issue()}>
            {t('issue.button', { count: documents, number })}
          </Button>
        </header>
        <p className="nbr-facts" role="status">
          {facts.join(' · ')}
          {look.failed > 0 && (
            <>
              {' · '}
              <strong className="nbr-bad">
                {t('look.failed', { count: look.failed, number: format.number(look.failed) })}
              </strong>
            </>
          )}
        </p>
        {look.refusal !== null && (
          <Refusal
            refusal={look.refusal}
            today={look.today}
            dayIsRight={dayIsRight}
            onDayIsRight={setDayIsRight}
          />
        )}
        {runningId !== null && (
          <p className="nbr-facts">
            <RouteLink to={paths.billingRun(runningId)}>{t('refusal.toRun')}</RouteLink>
          </p>
        )}
        {look.sums.length > 0 && <Sums sums={look.sums} />}
      </div>
      {documents + look.failed === 0 ? (
        <EmptyState
          title={t('look.nothing')}
          text={t('look.nothingText', { looked: format.number(look.looked) })}
        />
      ) : (
        <DryRows look={look} />
      )}
    </>
  )
}

const Refusal = ({
  refusal,
  today,
  dayIsRight,
  onDayIsRight,
}: {
  readonly refusal: NonNullable<Look['refusal']>
  readonly today: string
  readonly dayIsRight: boolean
  readonly onDayIsRight: (yes: boolean) => void
}) => {
  const { t } = useTranslation('billing-runs')
  const { t: tError } = useTranslation('error')
  const day = useDayText()
  const { what, means, toDo } = errorText(tError, refusal)
  return (
    <div className="nbr-refusal" role="alert" aria-label={t('refusal.title')}>
      <strong>{what}</strong>
      <p>
        {means} {toDo}
      </p>
      {refusal.code === 'billing-clock-ahead' && (
        <Checkbox
          label={t('refusal.dayIsRight', { day: day(today) })}
          checked={dayIsRight}
          onChange={(event) => onDayIsRight(event.currentTarget.checked)}
        />
      )}
      {refusal.code === 'billing-seller-missing' && (
        <RouteLink to={paths.seller()}>{t('refusal.toSeller')}</RouteLink>
      )}
    </div>
  )
}

const Sums = ({ sums }: { readonly sums: Look['sums'] }) => {
  const { t } = useTranslation('billing-runs')
  const format = useFormat()
  const columns = ['subscriptions', 'net', 'tax', 'total', 'before', 'difference'] as const
  return (
    <table className="nc-table" aria-label={t('look.summary')}>
      <thead>
        <tr>
          <th scope="col">{t('sums.currency')}</th>
          {columns.map((column) => (
            <th key={column} scope="col" className="nc-num">
              {t(`sums.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sums.map(({ currency, subscriptions, net, tax, total, before }) => (
          <tr key={currency}>
            <td className="nc-mono">{currency}</td>
            <td className="nc-num">{format.number(subscriptions)}</td>
            <td className="nc-num">
              <Money minor={net} currency={currency} />
            </td>
            <td className="nc-num">
              <Money minor={tax} currency={currency} />
            </td>
            <td className="nc-num">
              <strong>
                <Money minor={total} currency={currency} />
              </strong>
            </td>
            <td className="nc-num">
              <Money minor={before} currency={currency} />
            </td>
            <td className="nc-num">
              <Difference minor={total - before} currency={currency} />
              {before !== 0 && (
                <span className="nc-soft"> {format.percent((total - before) / before, 1)}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
