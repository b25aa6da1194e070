import { Button } from '@mantine/core'
import { IconArrowDownLeft, IconArrowUpRight, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { useShortcut } from '../../../app/keyboard-hooks.ts'
import { paths } from '../../../app/paths.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { Day } from '../../../components/day.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { FailureState } from '../../../components/failure-state.tsx'
import { Money } from '../../../components/money.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { usePermissions, useReachesAll } from '../../../state/workspace.ts'
import { AgentCustomers } from './agent-customers.tsx'
import { AgentDialog } from './agent-dialog.tsx'
import { AgentStatement } from './agent-statement.tsx'
import { Balance, TermsFacts } from './agent-words.tsx'
import { TermsDialog } from './terms-dialog.tsx'
import { TransferDialog } from './transfer-dialog.tsx'
import { TransfersPanel } from './transfers-panel.tsx'
import '../billing.css'

type Detail = Output<'billing.agent'>
type Window = 'agent' | 'terms' | 'top-up' | 'payout'

/** One agent: what he is given, what he earned, and what went to him. */
export const AgentScreen = ({ accountId }: { readonly accountId: string }) => {
  const { t } = useTranslation('billing-agents')
  const { value, failure, refresh } = useQuery(
    'billing.agent',
    { accountId },
    { on: ['billing.changed'], everyMs: 500 },
  )
  useShortcut('refresh', refresh)
  if (failure?.code === 'not-found' || failure?.code === 'invalid-input') {
    return (
      <EmptyState
        title={t('gone')}
        text={t('goneText')}
        action={<RouteLink to={paths.agents()}>{t('title')}</RouteLink>}
      />
    )
  }
  return (
    <div className="nc-page">
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={10} />
      ) : (
        <>
          {failure !== undefined && <FailureState brief failure={failure} onRetry={refresh} />}
          <Record detail={value} />
        </>
      )}
    </div>
  )
}

const Record = ({ detail }: { readonly detail: Detail }) => {
  const { t } = useTranslation('billing-agents')
  const format = useFormat()
  const may = usePermissions()
  const reachesAll = useReachesAll()
  const manages = reachesAll && may.includes('billing.agent.manage')
  const pays = reachesAll && may.includes('billing.agent.pay')
  const [window, setWindow] = useState<Window | null>(null)
  const { agent, balances, transfers, today } = detail
  const close = (): void => setWindow(null)
  return (
    <>
      <nav className="nc-small nc-soft">
        <RouteLink to={paths.agents()}>{t('title')}</RouteLink>
      </nav>
      <header className="nc-page__head">
        <h1>
          {agent.name} <span className="nbl-chip">{t(`kind.${agent.kind}`)}</span>{' '}
          {!agent.active && (
            <span className="nbl-chip" data-tone="off">
              {t('ended')}
            </span>
          )}
        </h1>
        {manages && (
          <Button
            variant="default"
            leftSection={<IconPencil size={14} aria-hidden="true" />}
            onClick={() => setWindow('agent')}
          >
            {t('edit')}
          </Button>
        )}
        {pays && (
          <>
            <Button
              variant="default"
              leftSection={<IconArrowDownLeft size={14} aria-hidden="true" />}
              onClick={() => setWindow('top-up')}
            >
              {t('top-up.act')}
            </Button>
            <Button
              leftSection={<IconArrowUpRight size={14} aria-hidden="true" />}
              disabled={balances.every(({ balance }) => balance <= 0)}
              onClick={() => setWindow('payout')}
            >
              {t('payout.act')}
            </Button>
          </>
        )}
      </header>
      {agent.note === '' ? null : <p className="nc-soft">{agent.note}</p>}
      <dl className="nba-figures">
        {balances.map(({ currency, balance, earned }) => (
          <Figures key={currency} currency={currency} balance={balance} earned={earned} />
        ))}
        <div>
          <dt>{t('col.customers')}</dt>
          <dd>{format.number(detail.customers)}</dd>
        </div>
      </dl>
      <div className="nbl-columns">
        <div className="nbl-stack">
          <AgentStatement
            accountId={agent.accountId}
            name={agent.name}
            currencies={balances.map(({ currency }) => currency)}
            today={today}
          />
          <AgentCustomers accountId={agent.accountId} name={agent.name} />
        </div>
        <div className="nbl-stack">
          <TermsPanel detail={detail} manages={manages} onNew={() => setWindow('terms')} />
          <TransfersPanel transfers={transfers} pays={pays} />
        </div>
      </div>
      {window === 'agent' && (
        <AgentDialog agent={agent} candidates={[]} onClose={close} onSaved={close} />
      )}
      {window === 'terms' && <TermsDialog detail={detail} onClose={close} />}
      {(window === 'top-up' || window === 'payout') && (
        <TransferDialog kind={window} detail={detail} onClose={close} />
      )}
    </>
  )
}

const Figures = ({ currency, balance, earned }: Detail['balances'][number]) => {
  const { t } = useTranslation('billing-agents')
  return (
    <>
      <div>
        <dt>{t(balance < 0 ? 'balance.he' : 'balance.we')}</dt>
        <dd>
          <Balance minor={balance} currency={currency} />
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

const TermsPanel = ({
  detail: { agent, terms, termsId, today },
  manages,
  onNew,
}: {
  readonly detail: Detail
  readonly manages: boolean
  readonly onNew: () => void
}) => {
  const { t } = useTranslation('billing-agents')
  const isReseller = agent.kind === 'reseller'
  const now = terms.find(({ id }) => id === termsId)
  const others = terms.filter(({ id }) => id !== termsId)
  return (
    <section className="nc-panel" aria-label={t('terms.panel')}>
      <header className="nc-panel__head">
        <h2>{t('terms.panel')}</h2>
        {manages && (
          <Button variant="default" size="compact-sm" onClick={onNew}>
            {t('terms.new')}
          </Button>
        )}
      </header>
      <div className="nc-panel__body nbl-stack">
        {now === undefined ? (
          <p className="nbl-warn" role="status">
            {t('terms.missingText')}
          </p>
        ) : (
          <>
            <TermsFacts terms={now} currency={agent.currency} isReseller={isReseller} />
            <p className="nc-soft nc-small">
              {t('terms.since')} <Day on={now.validFromOn} />
              {now.by === null ? null : ` · ${now.by}`}
            </p>
          </>
        )}
        {others.map((one) => (
          <details key={one.id}>
            <summary>
              {t(one.validFromOn > today ? 'terms.later' : 'terms.before')}{' '}
              <Day on={one.validFromOn} />
            </summary>
            <TermsFacts terms={one} currency={agent.currency} isReseller={isReseller} />
          </details>
        ))}
      </div>
    </section>
  )
}
