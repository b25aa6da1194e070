import { Button } from '@mantine/core'
import { IconPlus, IconReceipt2 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { FailureState } from '../../../components/failure-state.tsx'
import { useMay } from '../use-may.ts'
import { StartDialog, type ServiceChoice } from './start-dialog.tsx'
import { SubscriptionCard } from './subscription-card.tsx'
import '../billing.css'

export interface SubscriptionsPanelProps {
  readonly subscriberId: string
  /** Services that did not end. */
  readonly services: readonly ServiceChoice[]
}

/** What a subscriber has: for a place on his own page. Nothing for who may not see it. */
export const SubscriptionsPanel = (props: SubscriptionsPanelProps) =>
  useMay('billing.subscription.read') ? <Panel {...props} /> : null

const Panel = ({ subscriberId, services }: SubscriptionsPanelProps) => {
  const { t } = useTranslation('billing')
  const manages = useMay('billing.subscription.manage')
  const [starting, setStarting] = useState(false)
  const { value, failure, refresh } = useQuery(
    'billing.subscriptions',
    { subscriberId },
    { on: ['billing.changed'], everyMs: 300 },
  )
  const start = manages && (
    <Button
      leftSection={<IconPlus size={14} aria-hidden="true" />}
      onClick={() => setStarting(true)}
    >
      {t('subscriptions.start')}
    </Button>
  )
  return (
    <section className="nbl-cards" aria-label={t('subscriptions.title')}>
      <header className="nbl-card__head">
        <h2 className="nbl-grow">{t('subscriptions.title')}</h2>
        {(value?.subscriptions.length ?? 0) > 0 && start}
      </header>
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={4} brief />
      ) : value.subscriptions.length === 0 ? (
        <EmptyState
          icon={IconReceipt2}
          title={t('subscriptions.empty')}
          text={t(services.length === 0 ? 'subscriptions.noService' : 'subscriptions.emptyText')}
          action={start}
        />
      ) : (
        value.subscriptions.map((subscription) => (
          <SubscriptionCard key={subscription.id} subscription={subscription} today={value.today} />
        ))
      )}
      {starting && value !== undefined && (
        <StartDialog
          subscriberId={subscriberId}
          services={services}
          today={value.today}
          onClose={() => setStarting(false)}
        />
      )}
    </section>
  )
}
