import { Button } from '@mantine/core'
import { IconDownload, IconPlus, IconTicket } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VoucherBatch } from '../../../../src-shared/contract/billing-vouchers.ts'
import type { CurrencyCode } from '../../../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../../../src-shared/domain/money.ts'
import { useShortcut } from '../../../app/keyboard-hooks.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { Since } from '../../../components/data-age.tsx'
import { Day } from '../../../components/day.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { exportCsv } from '../../../components/export-csv.ts'
import { FailureState } from '../../../components/failure-state.tsx'
import { Money } from '../../../components/money.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { SortHead } from '../../network-olts/olt-table.tsx'
import { useRowKeys, useTrapSort } from '../../network-traps/use-trap-table.ts'
import { BillingTabs } from '../billing-tabs.tsx'
import { useMay } from '../use-may.ts'
import { CardsDrawer } from './cards-drawer.tsx'
import { MakeDialog } from './make-dialog.tsx'
import { batchColumns, sortBatches, type BatchColumn } from './voucher-model.ts'
import '../../network-olts/olts.css'

const latest = { column: 'number', descending: true } as const

/** Batches of printed cards. */
export const VouchersScreen = () => {
  const { t } = useTranslation('billing')
  const { t: common } = useTranslation()
  const { value, failure, refresh } = useQuery(
    'billing.voucherBatches',
    {},
    { on: ['billing.changed'], everyMs: 500 },
  )
  const manages = useMay('billing.voucher.manage')
  const [sort, setSort] = useTrapSort<BatchColumn>('vouchers', batchColumns, latest)
  const [making, setMaking] = useState(false)
  const [openId, setOpenId] = useState<string | null>(null)
  const batches = useMemo(() => sortBatches(value?.batches ?? [], sort), [value, sort])
  const opened = batches.find(({ id }) => id === openId)
  const exportShown = (): void =>
    exportCsv(
      'voucher-batches.csv',
      [
        t('vouchers.number'),
        t('vouchers.name'),
        t('vouchers.value'),
        t('plan.currency'),
        t('vouchers.count'),
        ...(['new', 'used', 'void', 'expired'] as const).map((state) =>
          t(`vouchers.state.${state}`),
        ),
        t('vouchers.expires'),
      ],
      batches.map(({ number, name, value: worth, currency, count, states, expiresOn }) => [
        number,
        name,
        formatMinor(worth, currency as CurrencyCode),
        currency,
        count,
        states.new,
        states.used,
        states.void,
        states.expired,
        expiresOn,
      ]),
      false,
    )
  useShortcut('exportList', exportShown, batches.length > 0 && openId === null)
  useShortcut('refresh', refresh)
  const add = manages && (
    <Button leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => setMaking(true)}>
      {t('vouchers.add')}
    </Button>
  )
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('vouchers.title')}</h1>
        {batches.length > 0 && (
          <>
            <Button
              variant="default"
              title={t('vouchers.export')}
              leftSection={<IconDownload size={14} aria-hidden="true" />}
              onClick={exportShown}
            >
              {common('button.export')}
            </Button>
            {add}
          </>
        )}
      </header>
      <BillingTabs />
      <p className="nc-soft">
        {t('vouchers.intro')} {t('vouchers.redeemLater')}
      </p>
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={5} />
      ) : batches.length === 0 ? (
        <EmptyState
          icon={IconTicket}
          title={t('vouchers.empty')}
          text={t('vouchers.emptyText')}
          action={add}
        />
      ) : (
        <BatchTable
          batches={batches}
          sort={sort}
          openId={openId}
          onSort={setSort}
          onOpen={setOpenId}
        />
      )}
      {opened !== undefined && (
        <CardsDrawer key={opened.id} batch={opened} onClose={() => setOpenId(null)} />
      )}
      {making && <MakeDialog onClose={() => setMaking(false)} />}
    </div>
  )
}

interface BatchTableProps {
  readonly batches: readonly VoucherBatch[]
  readonly sort: { readonly column: BatchColumn; readonly descending: boolean }
  readonly openId: string | null
  readonly onSort: (column: BatchColumn) => void
  readonly onOpen: (batchId: string) => void
}

const BatchTable = ({ batches, sort, openId, onSort, onOpen }: BatchTableProps) => {
  const { t } = useTranslation('billing')
  const format = useFormat()
  const keys = useRowKeys(
    useMemo(() => batches.map(({ id }) => id), [batches]),
    onOpen,
  )
  return (
    <section className="nc-panel nbl-scroll" tabIndex={-1} aria-label={t('vouchers.title')}>
      <table className="nc-table" aria-label={t('vouchers.title')}>
        <thead>
          <tr>
            {batchColumns.map((column) => (
              <SortHead
                key={column}
                label={
                  column === 'new' || column === 'used'
                    ? t(`vouchers.state.${column}`)
                    : t(`vouchers.${column}`)
                }
                number={column !== 'name' && column !== 'expires' && column !== 'made'}
                direction={
                  sort.column !== column ? 'none' : sort.descending ? 'descending' : 'ascending'
                }
                onSort={() => onSort(column)}
              />
            ))}
          </tr>
        </thead>
        <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
          {batches.map((batch) => (
            <tr
              key={batch.id}
              data-row={batch.id}
              data-open={batch.id === openId || undefined}
              tabIndex={keys.isCurrent(batch.id) ? 0 : -1}
              onFocus={() => keys.onFocus(batch.id)}
            >
              <td className="nc-num">{batch.number}</td>
              <td>
                <button type="button" className="nbl-open" onClick={() => onOpen(batch.id)}>
                  {batch.name}
                </button>
              </td>
              <td className="nc-num">
                <Money minor={batch.value} currency={batch.currency} />
              </td>
              <td className="nc-num">{format.number(batch.count)}</td>
              <td className="nc-num">{format.number(batch.states.new)}</td>
              <td className="nc-num">{format.number(batch.states.used)}</td>
              <td>
                {batch.expiresOn === null ? (
                  <span className="nc-soft">{t('vouchers.noExpiry')}</span>
                ) : (
                  <Day on={batch.expiresOn} />
                )}{' '}
                {batch.states.expired > 0 && (
                  <span className="nbl-chip" data-tone="warn">
                    {t('vouchers.state.expired')}
                  </span>
                )}
              </td>
              <td>
                <Since at={batch.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
