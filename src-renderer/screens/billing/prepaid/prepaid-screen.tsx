import { Button, NumberInput, TextInput } from '@mantine/core'
import { IconDownload, IconPlayerPlay, IconWallet } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { Output } from '../../../../src-shared/contract/index.ts'
import {
  prepaidSorts,
  type PrepaidFilter,
  type PrepaidRow,
} from '../../../../src-shared/contract/billing-prepaid.ts'
import type { CurrencyCode } from '../../../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../../../src-shared/domain/money.ts'
import { useShortcut } from '../../../app/keyboard-hooks.ts'
import { paths } from '../../../app/paths.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { Day } from '../../../components/day.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { errorText } from '../../../components/error-text.ts'
import { exportCsv } from '../../../components/export-csv.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { usePermissions } from '../../../state/workspace.ts'
import { SortHead } from '../../network-olts/olt-table.tsx'
import { useRowKeys, useTrapSort } from '../../network-traps/use-trap-table.ts'
import { act } from '../billing-acts.ts'
import { BillingTabs } from '../billing-tabs.tsx'
import { PrepaidState } from './prepaid-words.tsx'
import '../../network-olts/olts.css'
import '../dunning/dunning.css'
import './prepaid.css'

type List = Output<'billing.prepaid'>
type Column = (typeof prepaidSorts)[number]

const soonest = { column: 'next', descending: false } as const
const page = 100

/** Who lives from a balance: how long it lasts, and what is missing. */
export const PrepaidScreen = () => {
  const { t } = useTranslation('billing-prepaid')
  const { t: common } = useTranslation()
  const [, go] = useLocation()
  const may = usePermissions()
  const runs = may.includes('billing.run.start')
  const [state, setState] = useState<PrepaidFilter | null>(null)
  const [search, setSearch] = useState('')
  const [limit, setLimit] = useState(page)
  const [sort, setSort] = useTrapSort<Column>('prepaid', prepaidSorts, soonest)
  const [running, setRunning] = useState(false)
  const [setting, setSetting] = useState(false)
  const list = useQuery(
    'billing.prepaid',
    {
      states: state === null ? [] : [state],
      search,
      sort: sort.column,
      descending: sort.descending,
      limit,
    },
    { on: ['billing.changed', 'billing.documentsChanged'] as const, everyMs: 60_000 },
  )
  const { value, failure, refresh } = list
  const rows = useMemo(() => value?.rows ?? [], [value])
  const run = async (): Promise<void> => {
    setRunning(true)
    await act('billing.runPrepaid', {}, ({ moved, failed }) => ({
      title: [t('ran', { count: moved }), failed > 0 ? t('failed', { count: failed }) : '']
        .filter(Boolean)
        .join(' '),
    }))
    setRunning(false)
    refresh()
  }
  const exportShown = (): void =>
    exportCsv(
      'prepaid.csv',
      [
        t('column.name'),
        t('phone'),
        t('column.plan'),
        t('column.state'),
        'ISO 4217',
        t('column.balance'),
        t('column.next'),
        t('column.missing'),
        t('column.until'),
        t('column.expires'),
      ],
      rows.map((row) => [
        `${row.subscriberCode} ${row.subscriberName}`,
        row.phone,
        row.planName,
        t(`state.${row.low ? 'low' : row.state}`),
        row.currency,
        formatMinor(row.balance, row.currency as CurrencyCode),
        row.nextTotal === null ? null : formatMinor(row.nextTotal, row.currency as CurrencyCode),
        formatMinor(row.missing, row.currency as CurrencyCode),
        row.paidUntilOn,
        row.expiresOn,
      ]),
      false,
    )
  useShortcut('exportList', exportShown, rows.length > 0 && !setting)
  useShortcut('refresh', refresh)
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
        {may.includes('billing.plan.manage') && value !== undefined && (
          <Button variant="default" onClick={() => setSetting(true)}>
            {t('settings')}
          </Button>
        )}
        {rows.length > 0 && (
          <Button
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden="true" />}
            onClick={exportShown}
          >
            {common('button.export')}
          </Button>
        )}
        {runs && (
          <Button
            loading={running}
            leftSection={<IconPlayerPlay size={14} aria-hidden="true" />}
            onClick={() => void run()}
          >
            {t('run')}
          </Button>
        )}
      </header>
      <BillingTabs />
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={6} />
      ) : (
        <>
          <Held list={value} canSay={runs} onSaid={refresh} />
          <Picture list={value} chosen={state} onChoose={setState} />
          <div className="ndu-tools">
            <TextInput
              type="search"
              aria-label={t('search')}
              placeholder={t('search')}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
            <Sums list={value} />
          </div>
          {rows.length === 0 ? (
            <EmptyState
              icon={IconWallet}
              title={t('emptyTitle')}
              text={t(search === '' && state === null ? 'empty' : 'emptyFilter')}
            />
          ) : (
            <PrepaidTable
              rows={rows}
              sort={sort}
              onSort={setSort}
              onOpen={(id) => go(`${paths.subscriber(id)}?tab=account`)}
            />
          )}
          {value.total > rows.length && limit < 500 && (
            <Button variant="default" onClick={() => setLimit(Math.min(500, limit + page))}>
              {t('more')}
            </Button>
          )}
        </>
      )}
      {setting && value !== undefined && (
        <SettingsDialog
          of={value}
          onClose={() => {
            setSetting(false)
            refresh()
          }}
        />
      )}
    </div>
  )
}

/** Why nothing is charged; a doubted day is said to be right by a person. */
const Held = ({
  list,
  canSay,
  onSaid,
}: {
  readonly list: List
  readonly canSay: boolean
  readonly onSaid: () => void
}) => {
  const { t } = useTranslation('billing-prepaid')
  const { t: tError } = useTranslation('error')
  const { held, today } = list
  if (held === null) return null
  const words = errorText(tError, held)
  return (
    <div role="status" className="npp-held">
      <b>{t('heldTitle')}</b>
      <span>{words.what}</span>
      <span className="nc-soft">{words.toDo}</span>
      {canSay && held.code === 'billing-clock-ahead' && (
        <Button
          size="xs"
          variant="default"
          onClick={() =>
            void act('billing.prepaidDayIsRight', { today }, () => ({ title: t('saved') })).then(
              onSaid,
            )
          }
        >
          {t('dayIsRight')}
        </Button>
      )}
    </div>
  )
}

/** How many are how; one is chosen by it. */
const Picture = ({
  list,
  chosen,
  onChoose,
}: {
  readonly list: List
  readonly chosen: PrepaidFilter | null
  readonly onChoose: (state: PrepaidFilter | null) => void
}) => {
  const { t } = useTranslation('billing-prepaid')
  const shown = list.counts.filter(({ count, state }) => count > 0 || state === chosen)
  const most = Math.max(1, ...shown.map(({ count }) => count))
  if (shown.length === 0) return null
  return (
    <div className="ndu-picture" role="group" aria-label={t('picture')}>
      {shown.map(({ state, count }) => (
        <button
          key={state}
          type="button"
          className="ndu-stage"
          aria-pressed={chosen === state}
          onClick={() => onChoose(chosen === state ? null : state)}
        >
          <span>{t(`filter.${state}`)}</span>
          <b>{count}</b>
          <span
            className="ndu-bar"
            aria-hidden="true"
            style={{ width: `${Math.max(4, (count / most) * 100)}%` }}
          />
        </button>
      ))}
    </div>
  )
}

const Sums = ({ list }: { readonly list: List }) => {
  const { t } = useTranslation('billing-prepaid')
  const money = useMoneyText()
  if (list.balances.length === 0) return null
  return (
    <span className="npp-sums">
      <span className="nc-soft">{t('balances')}</span>{' '}
      <b>{list.balances.map(({ balance, currency }) => money(balance, currency)).join(' · ')}</b>
    </span>
  )
}

const PrepaidTable = ({
  rows,
  sort,
  onSort,
  onOpen,
}: {
  readonly rows: readonly PrepaidRow[]
  readonly sort: { readonly column: Column; readonly descending: boolean }
  readonly onSort: (column: Column) => void
  /** A subscriber's id. */
  readonly onOpen: (subscriberId: string) => void
}) => {
  const { t } = useTranslation('billing-prepaid')
  const keys = useRowKeys(
    useMemo(() => rows.map(({ subscriptionId }) => subscriptionId), [rows]),
    (id) => {
      const row = rows.find(({ subscriptionId }) => subscriptionId === id)
      if (row !== undefined) onOpen(row.subscriberId)
    },
  )
  const head = (column: Column, number = false) => (
    <SortHead
      label={t(`column.${column}`)}
      number={number}
      direction={sort.column !== column ? 'none' : sort.descending ? 'descending' : 'ascending'}
      onSort={() => onSort(column)}
    />
  )
  return (
    <section className="nc-panel nbl-scroll" tabIndex={-1} aria-label={t('title')}>
      <table className="nc-table" aria-label={t('title')}>
        <thead>
          <tr>
            {head('name')}
            <th scope="col">{t('column.plan')}</th>
            <th scope="col">{t('column.state')}</th>
            {head('balance', true)}
            {head('next')}
            {head('missing', true)}
            <th scope="col">{t('column.until')}</th>
            {head('expires')}
          </tr>
        </thead>
        <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
          {rows.map((row) => (
            <tr
              key={row.subscriptionId}
              data-row={row.subscriptionId}
              tabIndex={keys.isCurrent(row.subscriptionId) ? 0 : -1}
              onFocus={() => keys.onFocus(row.subscriptionId)}
            >
              <td>
                <button type="button" className="nbl-open" onClick={() => onOpen(row.subscriberId)}>
                  {row.subscriberName}
                </button>{' '}
                <span className="nc-soft">{row.subscriberCode}</span>
              </td>
              <td>{row.planName}</td>
              <td>
                <PrepaidState of={row} />
              </td>
              <td className="nc-num">
                <Money minor={row.balance} currency={row.currency} />
              </td>
              <td>
                {row.nextTotal !== null && row.nextOn !== null && (
                  <>
                    <Money minor={row.nextTotal} currency={row.currency} />{' '}
                    {row.state !== 'off' && <Day on={row.nextOn} />}
                  </>
                )}
              </td>
              <td className="nc-num">
                {row.missing === 0 ? (
                  <span className="nc-soft">{t('covered')}</span>
                ) : (
                  <Money minor={row.missing} currency={row.currency} />
                )}
              </td>
              <td>{row.paidUntilOn !== null && <Day on={row.paidUntilOn} />}</td>
              <td>{row.expiresOn !== null && <Day on={row.expiresOn} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const SettingsDialog = ({ of, onClose }: { readonly of: List; readonly onClose: () => void }) => {
  const { t } = useTranslation('billing-prepaid')
  const { t: common } = useTranslation()
  const [days, setDays] = useState<number | string>(of.lowDays)
  const lowDays = Number(days)
  return (
    <FormDialog
      title={t('settings')}
      button={common('button.save')}
      ready={days !== '' && Number.isInteger(lowDays) && lowDays >= 0 && lowDays <= 60}
      onClose={onClose}
      onSubmit={async () => {
        const out = await act('billing.savePrepaid', { baseVersion: of.version, lowDays }, () => ({
          title: t('saved'),
        }))
        return out !== undefined
      }}
    >
      <NumberInput
        label={t('lowDays')}
        description={t('lowHint')}
        value={days}
        onChange={setDays}
        min={0}
        max={60}
        allowDecimal={false}
        allowNegative={false}
        data-autofocus
      />
    </FormDialog>
  )
}
