import { Button, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SubscriptionRow } from '../../../../src-shared/contract/billing-subscriptions.ts'
import { Day, useDayText } from '../../../components/day.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { useMay } from '../use-may.ts'
import { typedMicros } from '../plans/unit-price.ts'
import { SpeedLine } from './speed-line.tsx'
import { StepDialog, type StepKind } from './step-dialog.tsx'
import { SubscriptionHistory } from './subscription-history.tsx'
import { UndoDialog } from './undo-dialog.tsx'
import { lastDayOf, toneOf } from './subscription-words.ts'

/** A subscription as it stands, what is planned, and what can be done with it. */
export const SubscriptionCard = ({
  subscription,
  today,
}: {
  readonly subscription: SubscriptionRow
  readonly today: string
}) => {
  const { t } = useTranslation('billing')
  const day = useDayText()
  const manages = useMay('billing.subscription.manage')
  const [open, setOpen] = useState<StepKind | 'history' | null>(null)
  const [undone, setUndone] = useState<SubscriptionRow['planned'][number] | null>(null)
  const { status, planned, planName } = subscription
  const isOver = status === 'ended'
  const wordOf = ({
    kind,
    effectiveOn,
    planName: to,
  }: SubscriptionRow['planned'][number]): string =>
    t(`subscriptions.plannedAct.${kind}`, { day: day(effectiveOn), plan: to ?? '' })
  const steps: readonly StepKind[] = isOver
    ? []
    : status === 'paused'
      ? ['resume', 'change', 'end']
      : ['change', 'pause', 'end']
  return (
    <article className="nc-panel" aria-label={planName}>
      <header className="nc-panel__head nbl-card__head">
        <h3>
          {planName} <span className="nc-mono nc-soft">{subscription.planCode}</span>
        </h3>
        <span className="nbl-chip" data-tone={toneOf(status)}>
          {t(`subscriptions.status.${status}`)}{' '}
          {status === 'draft'
            ? t('subscriptions.startsOn', { day: day(subscription.startsOn) })
            : status === 'ending' && subscription.endsOn !== null
              ? t('subscriptions.endsOn', { day: day(lastDayOf(subscription.endsOn)) })
              : t('subscriptions.since', { day: day(subscription.statusSinceOn) })}
        </span>
        {manages && steps[0] !== undefined && (
          <Button variant="default" size="compact-sm" onClick={() => setOpen(steps[0] ?? null)}>
            {t(`subscriptions.act.${steps[0]}`)}
          </Button>
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <Button
              variant="default"
              size="compact-sm"
              px={6}
              aria-label={t('subscriptions.more', { plan: planName })}
            >
              <IconDots size={15} aria-hidden="true" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {manages &&
              steps.slice(1).map((kind) => (
                <Menu.Item key={kind} onClick={() => setOpen(kind)}>
                  {t(`subscriptions.act.${kind}`)}
                </Menu.Item>
              ))}
            <Menu.Item onClick={() => setOpen('history')}>
              {t('subscriptions.act.history')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </header>
      <div className="nc-panel__body">
        <Facts subscription={subscription} />
        {planned.length > 0 && (
          <ul className="nbl-list" aria-label={t('subscriptions.planned')}>
            {planned.map((one) => (
              <li key={one.eventId}>
                <span className="nbl-chip" data-tone="warn">
                  {t('subscriptions.planned')}
                </span>{' '}
                {wordOf(one)}{' '}
                {manages && (
                  <Button variant="subtle" size="compact-xs" onClick={() => setUndone(one)}>
                    {t('subscriptions.undo')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
        {subscription.kind === 'main' && !isOver && <SpeedLine subscriptionId={subscription.id} />}
      </div>
      {open === 'history' && (
        <SubscriptionHistory subscription={subscription} onClose={() => setOpen(null)} />
      )}
      {open !== null && open !== 'history' && (
        <StepDialog
          kind={open}
          subscription={subscription}
          today={today}
          onClose={() => setOpen(null)}
        />
      )}
      {undone !== null && (
        <UndoDialog
          subscription={subscription}
          eventId={undone.eventId}
          what={wordOf(undone)}
          onClose={() => setUndone(null)}
        />
      )}
    </article>
  )
}

const Facts = ({ subscription }: { readonly subscription: SubscriptionRow }) => {
  const { t } = useTranslation('billing')
  const day = useDayText()
  const money = useMoneyText()
  const { period, price, currency, unitPrice } = subscription
  return (
    <dl className="nc-facts">
      <dt>{t('subscriptions.price')}</dt>
      <dd>
        {price === null ? (
          <>
            {currency} {typedMicros(unitPrice)} × {subscription.quantity} {subscription.unit}
          </>
        ) : (
          <Money minor={price} currency={currency} />
        )}{' '}
        <span className="nc-soft">
          {t(subscription.taxIncluded ? 'subscriptions.taxIncluded' : 'subscriptions.taxAdded')}
          {subscription.priceOverride !== null &&
            ` · ${t('step.ownPrice')}: ${money(subscription.priceOverride, currency)}`}
        </span>
      </dd>
      <dt>{t('subscriptions.service')}</dt>
      <dd>{subscription.serviceName ?? t('subscriptions.noServiceName')}</dd>
      <dt>{t('subscriptions.period')}</dt>
      <dd>
        {period === null ? (
          <span className="nc-faint">–</span>
        ) : (
          t('example.period', { from: day(period.startOn), until: day(lastDayOf(period.endOn)) })
        )}{' '}
        <span className="nc-soft">
          {t('subscriptions.version', { number: subscription.planVersionNumber })}
        </span>
      </dd>
      <dt>{t('subscriptions.billedThrough')}</dt>
      <dd>
        {subscription.billedThroughOn === null ? (
          <span className="nc-soft">{t('subscriptions.notBilled')}</span>
        ) : (
          <Day on={lastDayOf(subscription.billedThroughOn)} />
        )}
      </dd>
      {subscription.extras.length > 0 && (
        <>
          <dt>{t('subscriptions.extras')}</dt>
          <dd>
            {subscription.extras.map(({ code, name, price: of }, index) => (
              <span key={code}>
                {index > 0 && ', '}
                {name} <Money minor={of} currency={currency} />
              </span>
            ))}
          </dd>
        </>
      )}
      {subscription.minTermUntilOn !== null && (
        <>
          <dt>{t('subscriptions.minTerm')}</dt>
          <dd>
            <Day on={subscription.minTermUntilOn} />
          </dd>
        </>
      )}
    </dl>
  )
}
