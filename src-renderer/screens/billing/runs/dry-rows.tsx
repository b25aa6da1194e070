import { Button, SegmentedControl } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dryRunSorts, dryRunViews } from '../../../../src-shared/contract/billing-runs.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import type { CurrencyCode } from '../../../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../../../src-shared/domain/money.ts'
import { useShortcut } from '../../../app/keyboard-hooks.ts'
import { callQuery } from '../../../client/client.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { errorText } from '../../../components/error-text.ts'
import { FilterBox } from '../../../components/filter-box.tsx'
import { Money } from '../../../components/money.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { SortHead } from '../../network-olts/olt-table.tsx'
import { useRowKeys, useTrapSort } from '../../network-traps/use-trap-table.ts'
import { ListExport } from '../../provisioning/list-export.tsx'
import { Pager, pageSize } from '../../provisioning/pager.tsx'
import { Difference } from './difference.tsx'
import { PlannedDrawer, type DryRow } from './planned-drawer.tsx'
import '../../network-olts/olts.css'
import '../../provisioning/provisioning.css'

type Look = Output<'billing.dryRun'>
type View = (typeof dryRunViews)[number]
type Sort = (typeof dryRunSorts)[number]

const byName = { column: 'subscriber', descending: false } as const
const columns = [
  ['subscriber', 'subscriber'],
  ['plan', null],
  ['invoices', null],
  ['creditNotes', null],
  ['net', null],
  ['tax', null],
  ['total', 'total'],
  ['before', null],
  ['difference', 'difference'],
] as const satisfies readonly (readonly [string, Sort | null])[]

const typedMs = 200

/** Subscriptions of a look; one opens with the documents that it would get. */
export const DryRows = ({ look }: { readonly look: Look }) => {
  const { t } = useTranslation('billing-runs')
  const { t: tError } = useTranslation('error')
  const format = useFormat()
  const [view, setView] = useState<View>('all')
  const [typed, setTyped] = useState('')
  const [search, setSearch] = useState('')
  const [offset, setOffset] = useState(0)
  const [openId, setOpenId] = useState<string | null>(null)
  const [sort, setSort] = useTrapSort<Sort>('dry-run', dryRunSorts, byName)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed), typedMs)
    return () => clearTimeout(timer)
  }, [typed])
  useEffect(() => setOffset(0), [view, search, sort])
  const asked = {
    dryRunId: look.dryRunId,
    view,
    search,
    sort: sort.column,
    descending: sort.descending,
  }
  const { value, failure, refresh } = useQuery('billing.dryRunRows', {
    ...asked,
    offset,
    limit: pageSize,
  })
  const rows = useMemo(() => value?.rows ?? [], [value])
  const keys = useRowKeys(
    useMemo(() => rows.map(({ subscriptionId }) => subscriptionId), [rows]),
    setOpenId,
  )
  useShortcut('focusFilter', () => input.current?.focus())
  const counts: Readonly<Record<View, number | null>> = {
    all: null,
    changed: look.changed,
    failed: look.failed,
    credited: look.creditNotes,
  }
  const opened = rows.find(({ subscriptionId }) => subscriptionId === openId)
  return (
    <>
      <div className="nbr-line">
        <SegmentedControl
          size="xs"
          aria-label={t('view.label')}
          value={view}
          onChange={(next) => setView(dryRunViews.find((one) => one === next) ?? 'all')}
          data={dryRunViews.map((one) => ({
            value: one,
            label:
              (counts[one] ?? 0) === 0
                ? t(`view.${one}`)
                : `${t(`view.${one}`)} ${format.number(counts[one] ?? 0)}`,
          }))}
        />
        <FilterBox input={input} text={typed} onText={setTyped} label={t('rows.search')} />
        <ListExport<DryRow>
          name={`billing-run-${look.today}`}
          hint={t('rows.export')}
          ask={(part) => callQuery('billing.dryRunRows', { ...asked, ...part })}
          heads={[
            t('rows.code'),
            t('rows.subscriber'),
            t('rows.plan'),
            t('rows.currency'),
            t('rows.invoices'),
            t('rows.creditNotes'),
            t('rows.net'),
            t('rows.tax'),
            t('rows.total'),
            t('rows.before'),
            t('rows.difference'),
            t('rows.problem'),
          ]}
          linesOf={(row) => {
            const text = (minor: number): string => formatMinor(minor, row.currency as CurrencyCode)
            return [
              [
                row.subscriberCode,
                row.subscriberName,
                row.planName,
                row.currency,
                row.invoices,
                row.creditNotes,
                text(row.net),
                text(row.tax),
                text(row.total),
                text(row.before),
                text(row.total - row.before),
                row.problem === null ? '' : errorText(tError, row.problem).what,
              ],
            ]
          }}
        />
      </div>
      {failure?.code === 'not-found' ? (
        <EmptyState title={t('look.stale')} />
      ) : value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={8} brief />
      ) : value.total === 0 ? (
        <EmptyState
          title={t('rows.none')}
          text={t('rows.noneText')}
          action={
            <Button
              variant="default"
              onClick={() => {
                setView('all')
                setTyped('')
              }}
            >
              {t('rows.clear')}
            </Button>
          }
        />
      ) : (
        <section className="nc-panel nbr-scroll" tabIndex={0} aria-label={t('rows.label')}>
          <table className="nc-table" aria-label={t('rows.label')}>
            <thead>
              <tr>
                {columns.map(([column, by]) =>
                  by === null ? (
                    <th key={column} scope="col" className={column === 'plan' ? '' : 'nc-num'}>
                      {t(`rows.${column}`)}
                    </th>
                  ) : (
                    <SortHead
                      key={column}
                      label={t(`rows.${column}`)}
                      number={column !== 'subscriber'}
                      direction={
                        sort.column !== by ? 'none' : sort.descending ? 'descending' : 'ascending'
                      }
                      onSort={() => setSort(by)}
                    />
                  ),
                )}
              </tr>
            </thead>
            <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
              {rows.map((row) => (
                <tr
                  key={row.subscriptionId}
                  data-row={row.subscriptionId}
                  data-open={row.subscriptionId === openId || undefined}
                  tabIndex={keys.isCurrent(row.subscriptionId) ? 0 : -1}
                  onFocus={() => keys.onFocus(row.subscriptionId)}
                >
                  <td className="nbr-name">
                    <button
                      type="button"
                      className="nbl-open"
                      onClick={() => setOpenId(row.subscriptionId)}
                    >
                      {row.subscriberName}
                    </button>{' '}
                    <span className="nc-mono nc-soft">{row.subscriberCode}</span>
                  </td>
                  <td>{row.planName}</td>
                  {row.problem === null ? (
                    <>
                      <td className="nc-num">
                        {row.invoices === 0 ? '' : format.number(row.invoices)}
                      </td>
                      <td className="nc-num">
                        {row.creditNotes === 0 ? '' : format.number(row.creditNotes)}
                      </td>
                      <td className="nc-num">
                        <Money minor={row.net} currency={row.currency} />
                      </td>
                      <td className="nc-num">
                        <Money minor={row.tax} currency={row.currency} />
                      </td>
                      <td className="nc-num">
                        <Money minor={row.total} currency={row.currency} />
                      </td>
                      <td className="nc-num">
                        {row.before === 0 ? (
                          <span className="nc-faint">–</span>
                        ) : (
                          <Money minor={row.before} currency={row.currency} />
                        )}
                      </td>
                      <td className="nc-num">
                        <Difference minor={row.total - row.before} currency={row.currency} />
                      </td>
                    </>
                  ) : (
                    <td colSpan={7} className="nbr-bad">
                      {errorText(tError, row.problem).what}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <Pager total={value?.total ?? 0} offset={offset} onOffset={setOffset} />
      {opened !== undefined && (
        <PlannedDrawer key={opened.subscriptionId} row={opened} onClose={() => setOpenId(null)} />
      )}
    </>
  )
}
