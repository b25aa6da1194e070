import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunRow } from '../../../../src-shared/contract/billing-documents-model.ts'
import { navigate } from '../../../app/location.ts'
import { paths } from '../../../app/paths.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { Day } from '../../../components/day.tsx'
import { Since } from '../../../components/data-age.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { Money } from '../../../components/money.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { useRowKeys } from '../../network-traps/use-trap-table.ts'
import { Pager } from '../../provisioning/pager.tsx'

export const RunState = ({ state }: { readonly state: RunRow['state'] }) => {
  const { t } = useTranslation('billing-runs')
  const tone = state === 'done' ? 'live' : state === 'running' ? undefined : 'warn'
  return (
    <span className="nbl-chip" data-tone={tone}>
      {t(`state.${state}`)}
    </span>
  )
}

/** Runs so far, the latest first. */
export const RunHistory = ({
  value,
  offset,
  onOffset,
}: {
  readonly value: Output<'billing.runs'>
  readonly offset: number
  readonly onOffset: (offset: number) => void
}) => {
  const { t } = useTranslation('billing-runs')
  const format = useFormat()
  const { runs, total } = value
  const ids = useMemo(() => runs.map(({ id }) => id), [runs])
  const keys = useRowKeys(ids, (id) => navigate(paths.billingRun(id)))
  if (total === 0) return <EmptyState title={t('history.none')} text={t('history.noneText')} />
  return (
    <section className="nc-panel" aria-label={t('history.title')}>
      <header className="nc-panel__head">
        <h2>{t('history.title')}</h2>
      </header>
      <div className="nbl-scroll">
        <table className="nc-table" aria-label={t('history.title')}>
          <thead>
            <tr>
              <th scope="col">{t('history.day')}</th>
              <th scope="col">{t('history.state')}</th>
              <th scope="col">{t('history.started')}</th>
              <th scope="col">{t('history.by')}</th>
              {(['looked', 'invoices', 'creditNotes', 'failed', 'total'] as const).map((column) => (
                <th key={column} scope="col" className="nc-num">
                  {t(`history.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
            {runs.map((run) => (
              <tr
                key={run.id}
                data-row={run.id}
                tabIndex={keys.isCurrent(run.id) ? 0 : -1}
                onFocus={() => keys.onFocus(run.id)}
              >
                <td>
                  <RouteLink to={paths.billingRun(run.id)}>
                    <Day on={run.asOfOn} />
                  </RouteLink>
                </td>
                <td>
                  <RunState state={run.state} />
                </td>
                <td>
                  <Since at={run.startedAt} />
                </td>
                <td>{run.startedBy ?? t('history.console')}</td>
                <td className="nc-num">{format.number(run.looked)}</td>
                <td className="nc-num">{format.number(run.invoices)}</td>
                <td className="nc-num">{format.number(run.creditNotes)}</td>
                <td className="nc-num">
                  {run.failed === 0 ? (
                    <span className="nc-faint">–</span>
                  ) : (
                    <strong className="nbr-bad">{format.number(run.failed)}</strong>
                  )}
                </td>
                <td className="nc-num">
                  {run.totals.length === 0 && <span className="nc-faint">–</span>}
                  {run.totals.map(({ currency, invoiced, credited }) => (
                    <div key={currency}>
                      <Money minor={invoiced - credited} currency={currency} />
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager total={total} offset={offset} onOffset={onOffset} />
    </section>
  )
}
