import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgentCustomer } from '../../../../src-shared/contract/billing-agents.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { useShortcut } from '../../../app/keyboard-hooks.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { FailureState } from '../../../components/failure-state.tsx'
import { Money } from '../../../components/money.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { usePermissions } from '../../../state/workspace.ts'
import { BillingTabs } from '../billing-tabs.tsx'
import { AgentCustomers } from './agent-customers.tsx'
import { AgentStatement } from './agent-statement.tsx'
import { TermsFacts } from './agent-words.tsx'
import { TakeDialog } from './take-dialog.tsx'
import '../billing.css'

type Own = Output<'billing.ownAgent'>

/** Of who is signed in: his customers, what he earned, and of a reseller the money that he takes. */
export const MineScreen = () => {
  const { t } = useTranslation('billing-agents')
  const { value, failure, refresh } = useQuery(
    'billing.ownAgent',
    {},
    { on: ['billing.changed'], everyMs: 500 },
  )
  useShortcut('refresh', refresh)
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('mine.title')}</h1>
      </header>
      <BillingTabs />
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={8} />
      ) : (
        <Mine own={value} />
      )}
    </div>
  )
}

const Mine = ({ own: { agent, balances, customers, terms, today } }: { readonly own: Own }) => {
  const { t } = useTranslation('billing-agents')
  const format = useFormat()
  const may = usePermissions().includes('billing.agent.take')
  const [taking, setTaking] = useState<AgentCustomer | null>(null)
  const takes = may && agent?.kind === 'reseller' && agent.active
  return (
    <>
      {agent === null ? (
        <p className="nc-soft">{t('mine.noAgent')}</p>
      ) : (
        <dl className="nba-figures">
          {balances.map(({ currency, balance, earned }) => (
            <MyFigures
              key={currency}
              currency={currency}
              balance={balance}
              earned={earned}
              isReseller={agent.kind === 'reseller'}
              limit={currency === agent.currency ? (terms?.creditLimit ?? 0) : 0}
            />
          ))}
          <div>
            <dt>{t('col.customers')}</dt>
            <dd>{format.number(customers)}</dd>
          </div>
        </dl>
      )}
      <div className={agent === null ? 'nbl-stack' : 'nbl-columns'}>
        <AgentCustomers
          accountId={null}
          name={agent?.name ?? ''}
          {...(takes ? { onTake: setTaking } : {})}
        />
        {agent !== null && (
          <section className="nc-panel" aria-label={t('mine.terms')}>
            <header className="nc-panel__head">
              <h2>{t('mine.terms')}</h2>
            </header>
            <div className="nc-panel__body">
              {terms === null ? (
                <p className="nc-soft">{t('mine.noTerms')}</p>
              ) : (
                <TermsFacts
                  terms={terms}
                  currency={agent.currency}
                  isReseller={agent.kind === 'reseller'}
                />
              )}
              <p className="nc-soft nc-small">{t('mine.how')}</p>
            </div>
          </section>
        )}
      </div>
      {agent !== null && (
        <AgentStatement
          accountId={null}
          name={agent.name}
          currencies={balances.map(({ currency }) => currency)}
          today={today}
        />
      )}
      {taking !== null && agent !== null && (
        <TakeDialog
          customer={taking}
          currency={agent.currency}
          available={
            (balances.find(({ currency }) => currency === agent.currency)?.balance ?? 0) +
            (terms?.creditLimit ?? 0)
          }
          onClose={() => setTaking(null)}
        />
      )}
    </>
  )
}

const MyFigures = ({
  currency,
  balance,
  earned,
  isReseller,
  limit,
}: Own['balances'][number] & { readonly isReseller: boolean; readonly limit: number }) => {
  const { t } = useTranslation('billing-agents')
  return (
    <>
      <div>
        <dt>{t(isReseller ? 'mine.balance' : balance < 0 ? 'mine.iOwe' : 'mine.owed')}</dt>
        <dd>
          <Money minor={isReseller ? balance : Math.abs(balance)} currency={currency} />
          {limit > 0 && (
            <small>
              {t('mine.limit')} <Money minor={limit} currency={currency} />
            </small>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('col.earned')}</dt>
        <dd>
          <Money minor={earned} currency={currency} />
        </dd>
      </div>
    </>
  )
}
