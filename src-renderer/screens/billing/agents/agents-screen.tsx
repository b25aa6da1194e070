import { Button } from '@mantine/core'
import { IconDownload, IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { Output } from '../../../../src-shared/contract/index.ts'
import type { CurrencyCode } from '../../../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../../../src-shared/domain/money.ts'
import { useShortcut } from '../../../app/keyboard-hooks.ts'
import { paths } from '../../../app/paths.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { exportCsv } from '../../../components/export-csv.ts'
import { FailureState } from '../../../components/failure-state.tsx'
import { Money } from '../../../components/money.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { usePermissions, useReachesAll } from '../../../state/workspace.ts'
import { SortHead } from '../../network-olts/olt-table.tsx'
import { useRowKeys, useTrapSort } from '../../network-traps/use-trap-table.ts'
import { BillingTabs } from '../billing-tabs.tsx'
import { AgentDialog } from './agent-dialog.tsx'
import { agentColumns, sortAgents, type AgentColumn } from './agent-model.ts'
import { Balance, Rate } from './agent-words.tsx'
import '../../network-olts/olts.css'

type Agent = Output<'billing.agents'>['agents'][number]

const byName = { column: 'name', descending: false } as const

/** Who earns by customers of his own, and what we owe them. */
export const AgentsScreen = () => {
  const { t } = useTranslation('billing-agents')
  const { t: common } = useTranslation()
  const { value, failure, refresh } = useQuery(
    'billing.agents',
    {},
    { on: ['billing.changed'], everyMs: 500 },
  )
  const manages = usePermissions().includes('billing.agent.manage') && useReachesAll()
  const [, go] = useLocation()
  const [adding, setAdding] = useState(false)
  const [sort, setSort] = useTrapSort<AgentColumn>('agents', agentColumns, byName)
  const agents = useMemo(() => sortAgents(value?.agents ?? [], sort), [value, sort])
  const exportShown = (): void =>
    exportCsv(
      'agents.csv',
      [
        t('col.name'),
        t('col.kind'),
        t('col.customers'),
        t('statement.currency'),
        t('col.earned'),
        t('col.balance'),
      ],
      agents.flatMap((agent) =>
        agent.balances.map(({ currency, balance, earned }) => [
          agent.name,
          t(`kind.${agent.kind}`),
          agent.customers,
          currency,
          formatMinor(earned, currency as CurrencyCode),
          formatMinor(balance, currency as CurrencyCode),
        ]),
      ),
      false,
    )
  useShortcut('exportList', exportShown, agents.length > 0 && !adding)
  useShortcut('refresh', refresh)
  const add = manages && (
    <Button leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  )
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
        {agents.length > 0 && (
          <>
            <Button
              variant="default"
              title={t('export')}
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
      <p className="nc-soft">{t('intro')}</p>
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={5} />
      ) : agents.length === 0 ? (
        <EmptyState icon={IconUsersGroup} title={t('empty')} text={t('emptyText')} action={add} />
      ) : (
        <AgentTable agents={agents} sort={sort} onSort={setSort} />
      )}
      {adding && value !== undefined && (
        <AgentDialog
          agent={null}
          candidates={value.candidates}
          onClose={() => setAdding(false)}
          onSaved={(accountId) => go(paths.agent(accountId))}
        />
      )}
    </div>
  )
}

interface AgentTableProps {
  readonly agents: readonly Agent[]
  readonly sort: { readonly column: AgentColumn; readonly descending: boolean }
  readonly onSort: (column: AgentColumn) => void
}

const AgentTable = ({ agents, sort, onSort }: AgentTableProps) => {
  const { t } = useTranslation('billing-agents')
  const format = useFormat()
  const [, go] = useLocation()
  const keys = useRowKeys(
    useMemo(() => agents.map(({ accountId }) => accountId), [agents]),
    (accountId) => go(paths.agent(accountId)),
  )
  return (
    <section className="nc-panel nbl-scroll" tabIndex={-1} aria-label={t('title')}>
      <table className="nc-table" aria-label={t('title')}>
        <thead>
          <tr>
            {agentColumns.map((column) => (
              <SortHead
                key={column}
                label={t(`col.${column}`)}
                number={column !== 'name' && column !== 'kind'}
                direction={
                  sort.column !== column ? 'none' : sort.descending ? 'descending' : 'ascending'
                }
                onSort={() => onSort(column)}
              />
            ))}
          </tr>
        </thead>
        <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
          {agents.map((agent) => (
            <tr
              key={agent.accountId}
              data-row={agent.accountId}
              tabIndex={keys.isCurrent(agent.accountId) ? 0 : -1}
              onFocus={() => keys.onFocus(agent.accountId)}
            >
              <td>
                <RouteLink to={paths.agent(agent.accountId)}>{agent.name}</RouteLink>{' '}
                {!agent.active && (
                  <span className="nbl-chip" data-tone="off">
                    {t('ended')}
                  </span>
                )}
              </td>
              <td>{t(`kind.${agent.kind}`)}</td>
              <td className="nc-num">{format.number(agent.customers)}</td>
              <td className="nc-num">
                {agent.ratePpm === null ? (
                  <span className="nbl-chip" data-tone="warn">
                    {t('terms.missing')}
                  </span>
                ) : (
                  <Rate ppm={agent.ratePpm} />
                )}
              </td>
              <td className="nc-num">
                {agent.balances.map(({ currency, earned }) => (
                  <div key={currency}>
                    <Money minor={earned} currency={currency} />
                  </div>
                ))}
              </td>
              <td className="nc-num">
                {agent.balances.map(({ currency, balance }) => (
                  <div key={currency}>
                    <Balance minor={balance} currency={currency} />
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
