import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SubscriptionRow } from '../../../../src-shared/contract/billing-subscriptions.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { Since } from '../../../components/data-age.tsx'
import { useDayText } from '../../../components/day.tsx'

/** Everything that happened to a subscription; what was taken back stays in it. */
export const SubscriptionHistory = ({
  subscription,
  onClose,
}: {
  readonly subscription: SubscriptionRow
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing')
  const { t: common } = useTranslation()
  const day = useDayText()
  const { value, failure, refresh } = useQuery('billing.subscription', {
    subscriptionId: subscription.id,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('subscriptions.historyTitle', { plan: subscription.planName })}
      closeButtonProps={{ 'aria-label': common('button.close') }}
      centered
      size="lg"
    >
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={4} brief />
      ) : (
        <ul className="nbl-list">
          {value.events.map((event) => (
            <li key={event.id}>
              {event.undone ? (
                <s>{t(`subscriptions.event.${event.kind}`, { plan: event.planName ?? '' })}</s>
              ) : (
                t(`subscriptions.event.${event.kind}`, { plan: event.planName ?? '' })
              )}{' '}
              {event.kind !== 'undo' && t('subscriptions.eventOn', { day: day(event.effectiveOn) })}
              {event.undone && <span className="nc-soft"> ({t('subscriptions.eventUndone')})</span>}
              <div className="nc-soft nc-small">
                {event.by ?? t('subscriptions.console')}, <Since at={event.at} />
                {event.reason === '' ? null : ` · ${event.reason}`}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Modal>
  )
}
