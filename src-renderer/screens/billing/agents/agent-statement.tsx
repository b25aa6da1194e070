import { Button, Select, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgentEntry } from '../../../../src-shared/contract/billing-agents.ts'
import type { CurrencyCode } from '../../../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../../../src-shared/domain/money.ts'
import { paths } from '../../../app/paths.ts'
import { callQuery } from '../../../client/client.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { Day } from '../../../components/day.tsx'
import { Money } from '../../../components/money.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { usePermissions } from '../../../state/workspace.ts'
import { ListExport } from '../../provisioning/list-export.tsx'
import { Pager, pageSize } from '../../provisioning/pager.tsx'
import { dayAfter, isDay } from '../documents/document-query.ts'
import { Balance } from './agent-words.tsx'

/** Before the first entry there can be, and after the last. */
const [ever, never] = ['1970-01-01', '9999-12-31']

export interface AgentStatementProps {
  /** Null: of who is signed in. */
  readonly accountId: string | null
  readonly name: string
  readonly currencies: readonly string[]
  readonly today: string
}

/** What stood before, each entry, what stands after: of the days that are asked for. */
export const AgentStatement = ({ accountId, name, currencies, today }: AgentStatementProps) => {
  const { t } = useTranslation('billing-agents')
  const [from, setFrom] = useState(`${today.slice(0, 8)}01`)
  const [to, setTo] = useState('')
  const [currency, setCurrency] = useState(currencies[0] ?? 'IDR')
  const [offset, setOffset] = useState(0)
  useEffect(() => setOffset(0), [from, to, currency])
  const days = {
    currency,
    fromOn: isDay(from) ? from : ever,
    untilOn: isDay(to) ? dayAfter(to) : never,
  }
  const follows = { on: ['billing.changed'], everyMs: 500 } as const
  const page = { offset, limit: pageSize }
  const ofAgent = useQuery(
    'billing.agentStatement',
    { ...days, ...page, accountId: accountId ?? '' },
    { ...follows, skip: accountId === null },
  )
  const own = useQuery(
    'billing.ownStatement',
    { ...days, ...page },
    { ...follows, skip: accountId !== null },
  )
  const { value, failure, refresh } = accountId === null ? own : ofAgent
  const text = (minor: number): string => formatMinor(minor, currency as CurrencyCode)
  const span = (first: string, last: string): void => {
    setFrom(first)
    setTo(last)
  }
  const day = (label: string, shown: string, onDay: (day: string) => void) => (
    <TextInput
      type="date"
      size="xs"
      aria-label={label}
      value={shown}
      onChange={(event) => onDay(event.currentTarget.value)}
    />
  )
  return (
    <section className="nc-panel" aria-label={t('statement.title')}>
      <header className="nc-panel__head">
        <h2>{t('statement.title')}</h2>
        <ListExport<AgentEntry>
          name={`agent-statement-${name}-${currency}`}
          hint={t('statement.export')}
          ask={async (part) => {
            const { rows, total } =
              accountId === null
                ? await callQuery('billing.ownStatement', { ...days, ...part })
                : await callQuery('billing.agentStatement', { ...days, ...part, accountId })
            return { rows, total }
          }}
          heads={[
            t('statement.on'),
            t('statement.what'),
            t('statement.number'),
            t('statement.customer'),
            t('statement.currency'),
            t('statement.amount'),
            t('statement.after'),
          ]}
          linesOf={({ on, kind, number, subscriberName, amount, balanceAfter }) => [
            [
              on,
              t(`entry.${kind}`),
              number,
              subscriberName,
              currency,
              text(amount),
              text(balanceAfter),
            ],
          ]}
        />
      </header>
      <div className="nc-panel__body nbl-stack">
        <div className="nba-bar" role="group" aria-label={t('statement.days')}>
          {day(t('statement.from'), from, setFrom)}
          <span className="nc-soft">–</span>
          {day(t('statement.until'), to, setTo)}
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => span(`${today.slice(0, 8)}01`, '')}
          >
            {t('statement.month')}
          </Button>
          <Button size="compact-sm" variant="subtle" onClick={() => span('', '')}>
            {t('statement.whole')}
          </Button>
          {currencies.length > 1 && (
            <Select
              size="xs"
              w={90}
              aria-label={t('statement.currency')}
              allowDeselect={false}
              data={currencies}
              value={currency}
              onChange={(code) => setCurrency(code ?? currency)}
            />
          )}
        </div>
        {value === undefined ? (
          <Awaiting failure={failure} onRetry={refresh} rows={5} />
        ) : (
          <div className="nbl-scroll nba-entries">
            <table className="nc-table" aria-label={t('statement.title')}>
              <thead>
                <tr>
                  <th scope="col">{t('statement.on')}</th>
                  <th scope="col">{t('statement.what')}</th>
                  <th scope="col">{t('statement.customer')}</th>
                  <th scope="col" className="nc-num">
                    {t('statement.amount')}
                  </th>
                  <th scope="col" className="nc-num">
                    {t('statement.after')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {offset === 0 && (
                  <Sum word={t('statement.opening')} minor={value.opening} currency={currency} />
                )}
                {value.total === 0 && (
                  <tr>
                    <td colSpan={5} className="nc-soft">
                      {t('statement.none')}
                    </td>
                  </tr>
                )}
                {value.rows.map((row) => (
                  <Entry key={row.id} row={row} currency={currency} />
                ))}
                {offset + pageSize >= value.total && (
                  <Sum word={t('statement.closing')} minor={value.closing} currency={currency} />
                )}
              </tbody>
            </table>
          </div>
        )}
        <Pager offset={offset} total={value?.total ?? 0} onOffset={setOffset} />
      </div>
    </section>
  )
}

const Sum = (of: { readonly word: string; readonly minor: number; readonly currency: string }) => (
  <tr>
    <th scope="row" colSpan={4}>
      {of.word}
    </th>
    <td className="nc-num">
      <strong>
        <Balance minor={of.minor} currency={of.currency} />
      </strong>
    </td>
  </tr>
)

const Entry = ({ row, currency }: { readonly row: AgentEntry; readonly currency: string }) => {
  const { t } = useTranslation('billing-agents')
  const may = usePermissions()
  return (
    <tr>
      <td>
        <Day on={row.on} />
      </td>
      <td>
        {t(`entry.${row.kind}`)} <span className="nc-mono nc-soft">{row.number}</span>
      </td>
      <td>
        {row.subscriberId !== null && may.includes('subscribers.subscriber.read') ? (
          <RouteLink to={paths.subscriber(row.subscriberId)}>{row.subscriberName}</RouteLink>
        ) : (
          row.subscriberName
        )}
      </td>
      <td className="nc-num">
        <Money minor={row.amount} currency={currency} />
      </td>
      <td className="nc-num">
        <Money minor={row.balanceAfter} currency={currency} />
      </td>
    </tr>
  )
}
