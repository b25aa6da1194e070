import { Button, TextInput } from '@mantine/core'
import { IconPrinter, IconReportMoney } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../src-shared/contract/index.ts'
import type { CurrencyCode } from '../../../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../../../src-shared/domain/money.ts'
import { useShortcut } from '../../../app/keyboard-hooks.ts'
import { paths } from '../../../app/paths.ts'
import { callQuery } from '../../../client/client.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { useDayText } from '../../../components/day.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { Money } from '../../../components/money.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { ListExport } from '../../provisioning/list-export.tsx'
import { Pager, pageSize } from '../../provisioning/pager.tsx'
import '../../provisioning/provisioning.css'

type Aged = Output<'billing.aged'>
type AgedRow = Aged['rows'][number]

const columns = [
  'notDue',
  'days30',
  'days60',
  'days90',
  'days120',
  'older',
  'credit',
  'balance',
] as const

/** What was owed on a day, by how long it had been due; each subscriber leads to his account. */
export const AgedReport = ({
  on,
  today,
  onDay,
}: {
  readonly on: string
  readonly today: string
  readonly onDay: (on: string) => void
}) => {
  const { t } = useTranslation('billing-finance')
  const day = useDayText()
  const [offset, setOffset] = useState(0)
  useEffect(() => setOffset(0), [on])
  const { value, failure, refresh } = useQuery('billing.aged', {
    asOfOn: on,
    offset,
    limit: pageSize,
  })
  useShortcut('refresh', refresh)
  return (
    <>
      <div className="nre-ask">
        <TextInput
          type="date"
          label={t('reports.on')}
          value={on}
          max={today}
          onChange={(event) => onDay(event.currentTarget.value)}
        />
        <span className="nbl-grow" />
        <Button
          variant="default"
          leftSection={<IconPrinter size={14} aria-hidden="true" />}
          onClick={() => window.print()}
        >
          {t('reports.print')}
        </Button>
        <ListExport<AgedRow>
          name={`receivables-${on}`}
          hint={t('reports.exportAged')}
          ask={async (page) => {
            const { rows, total } = await callQuery('billing.aged', { asOfOn: on, ...page })
            return { rows, total }
          }}
          heads={[
            t('reports.col.code'),
            t('reports.col.subscriber'),
            t('reports.col.currency'),
            ...columns.map((column) => t(`age.${column}`)),
          ]}
          linesOf={(row) => [
            [
              row.subscriberCode,
              row.subscriberName,
              row.currency,
              ...columns.map((column) => formatMinor(row[column], row.currency as CurrencyCode)),
            ],
          ]}
        />
      </div>
      <p className="nc-soft nre-line">{t('reports.agedIntro')}</p>
      <h2 className="nre-title">
        {t('reports.aged')} · {t('reports.ofDay', { on: day(on) })}
      </h2>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={8} />
      ) : value.rows.length === 0 ? (
        <EmptyState icon={IconReportMoney} title={t('reports.noneAged')} />
      ) : (
        <>
          <AgedTable aged={value} />
          <Pager offset={offset} total={value.total} onOffset={setOffset} />
        </>
      )}
    </>
  )
}

const AgedTable = ({ aged }: { readonly aged: Aged }) => {
  const { t } = useTranslation('billing-finance')
  return (
    <section className="nc-panel nbl-scroll" tabIndex={-1} aria-label={t('reports.aged')}>
      <table className="nc-table" aria-label={t('reports.aged')}>
        <thead>
          <tr>
            <th scope="col">{t('reports.col.subscriber')}</th>
            {columns.map((column) => (
              <th key={column} scope="col" className="nc-num">
                {t(`age.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {aged.totals.map((total) => (
            <tr key={total.currency} className="nre-sum">
              <th scope="row">
                {total.currency} · {t('reports.subscribers', { count: total.subscribers })}
              </th>
              {columns.map((column) => (
                <td key={column} className="nc-num">
                  <Money
                    minor={column === 'credit' ? -total.credit : total[column]}
                    currency={total.currency}
                  />
                </td>
              ))}
            </tr>
          ))}
          {aged.rows.map((row) => (
            <tr key={`${row.subscriberId} ${row.currency}`}>
              <td>
                <RouteLink to={`${paths.subscriber(row.subscriberId)}?tab=account`}>
                  {row.subscriberName}
                </RouteLink>{' '}
                <span className="nc-mono nc-soft">{row.subscriberCode}</span>
              </td>
              {columns.map((column) => (
                <td key={column} className="nc-num">
                  {row[column] === 0 ? (
                    <span className="nc-faint">–</span>
                  ) : (
                    <Money
                      minor={column === 'credit' ? -row.credit : row[column]}
                      currency={row.currency}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
