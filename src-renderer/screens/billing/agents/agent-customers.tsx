import { Button, TextInput } from '@mantine/core'
import { IconSearch, IconUsers } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgentCustomer } from '../../../../src-shared/contract/billing-agents.ts'
import type { CurrencyCode } from '../../../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../../../src-shared/domain/money.ts'
import { shownPhone } from '../../../../src-shared/domain/phone.ts'
import { paths } from '../../../app/paths.ts'
import { callQuery } from '../../../client/client.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { Money } from '../../../components/money.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { usePermissions } from '../../../state/workspace.ts'
import { ListExport } from '../../provisioning/list-export.tsx'
import { Pager, pageSize } from '../../provisioning/pager.tsx'

export interface AgentCustomersProps {
  /** Null: of who is signed in. */
  readonly accountId: string | null
  readonly name: string
  /** Takes money of one; left out: nobody does here. */
  readonly onTake?: (customer: AgentCustomer) => void
}

/** Who his customers are, what is open of them, and what they brought him. */
export const AgentCustomers = ({ accountId, name, onTake }: AgentCustomersProps) => {
  const { t } = useTranslation('billing-agents')
  const { t: words } = useTranslation('subscribers')
  const may = usePermissions()
  const [typed, setTyped] = useState('')
  const [text, setText] = useState('')
  const [offset, setOffset] = useState(0)
  useEffect(() => {
    const timer = setTimeout(() => {
      setText(typed.trim())
      setOffset(0)
    }, 150)
    return () => clearTimeout(timer)
  }, [typed])
  const follows = { on: ['billing.changed'], everyMs: 500 } as const
  const page = { text, offset, limit: pageSize }
  const ofAgent = useQuery(
    'billing.agentCustomers',
    { ...page, accountId: accountId ?? '' },
    { ...follows, skip: accountId === null },
  )
  const own = useQuery('billing.ownCustomers', page, { ...follows, skip: accountId !== null })
  const { value, failure, refresh } = accountId === null ? own : ofAgent
  const isEmpty = value !== undefined && value.total === 0 && text === ''
  return (
    <section className="nc-panel" aria-label={t('customers.title')}>
      <header className="nc-panel__head">
        <h2>{t('customers.title')}</h2>
        {!isEmpty && (
          <>
            <TextInput
              size="xs"
              aria-label={t('customers.find')}
              placeholder={t('customers.find')}
              leftSection={<IconSearch size={14} aria-hidden="true" />}
              value={typed}
              maxLength={120}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <ListExport<AgentCustomer>
              name={`agent-customers-${name}`}
              hint={t('customers.export')}
              ask={async (part) => {
                const asked = { text, ...part, limit: Math.min(200, part.limit) }
                const { customers, total } =
                  accountId === null
                    ? await callQuery('billing.ownCustomers', asked)
                    : await callQuery('billing.agentCustomers', { ...asked, accountId })
                return { rows: customers, total }
              }}
              heads={[
                words('col.code'),
                words('col.name'),
                words('col.status'),
                t('statement.currency'),
                t('customers.open'),
                t('customers.overdue'),
                t('customers.earned'),
              ]}
              linesOf={(row) => linesOf(row, words(`status.${row.status}`))}
            />
          </>
        )}
      </header>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={5} />
      ) : isEmpty ? (
        <EmptyState
          icon={IconUsers}
          title={t('customers.empty')}
          text={t(accountId === null ? 'customers.emptyOwn' : 'customers.emptyText')}
          action={
            accountId !== null && may.includes('subscribers.agent.set') ? (
              <RouteLink to={paths.subscribers()}>{t('customers.toList')}</RouteLink>
            ) : undefined
          }
        />
      ) : (
        <div className="nbl-scroll">
          <table className="nc-table" aria-label={t('customers.title')}>
            <thead>
              <tr>
                <th scope="col">{words('col.name')}</th>
                <th scope="col">{words('col.phone')}</th>
                <th scope="col">{words('col.status')}</th>
                <th scope="col" className="nc-num">
                  {t('customers.open')}
                </th>
                <th scope="col" className="nc-num">
                  {t('customers.earned')}
                </th>
                {onTake !== undefined && <th scope="col" aria-label={t('take.button')} />}
              </tr>
            </thead>
            <tbody>
              {value.total === 0 && (
                <tr>
                  <td colSpan={6} className="nc-soft">
                    {t('customers.notFound')}
                  </td>
                </tr>
              )}
              {value.customers.map((row) => (
                <tr key={row.id}>
                  <td>
                    {may.includes('subscribers.subscriber.read') ? (
                      <RouteLink to={paths.subscriber(row.id)}>{row.name}</RouteLink>
                    ) : (
                      row.name
                    )}{' '}
                    <span className="nc-mono nc-soft">{row.code}</span>
                  </td>
                  <td>{row.phone === null ? '' : shownPhone(row.phone)}</td>
                  <td>{words(`status.${row.status}`)}</td>
                  <td className="nc-num">
                    {row.open.map(({ currency, open, overdue }) => (
                      <div key={currency}>
                        {overdue > 0 && (
                          <span className="nbl-chip" data-tone="warn">
                            {t('customers.overdue')}
                          </span>
                        )}{' '}
                        <Money minor={open} currency={currency} />
                      </div>
                    ))}
                    {row.open.length === 0 && <span className="nc-faint">–</span>}
                  </td>
                  <td className="nc-num">
                    {row.earned.map(({ currency, amount }) => (
                      <div key={currency}>
                        <Money minor={amount} currency={currency} />
                      </div>
                    ))}
                    {row.earned.length === 0 && <span className="nc-faint">–</span>}
                  </td>
                  {onTake !== undefined && (
                    <td className="nc-num">
                      <Button
                        size="compact-xs"
                        variant="default"
                        aria-label={t('take.of', { name: row.name })}
                        onClick={() => onTake(row)}
                      >
                        {t('take.button')}
                      </Button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager offset={offset} total={value?.total ?? 0} onOffset={setOffset} />
    </section>
  )
}

/** A line for each currency; one without money has a line all the same. */
const linesOf = (row: AgentCustomer, status: string): readonly (string | null)[][] => {
  const currencies = [...new Set([...row.open, ...row.earned].map(({ currency }) => currency))]
  const head = [row.code, row.name, status]
  if (currencies.length === 0) return [[...head, null, null, null, null]]
  return currencies.map((currency) => {
    const text = (minor: number): string => formatMinor(minor, currency as CurrencyCode)
    const open = row.open.find((one) => one.currency === currency)
    const earned = row.earned.find((one) => one.currency === currency)
    return [
      ...head,
      currency,
      text(open?.open ?? 0),
      text(open?.overdue ?? 0),
      text(earned?.amount ?? 0),
    ]
  })
}
