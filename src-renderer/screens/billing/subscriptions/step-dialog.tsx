import { Checkbox, SegmentedControl, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SubscriptionRow } from '../../../../src-shared/contract/billing-subscriptions.ts'
import type { CallInput } from '../../../../src-shared/contract/index.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { useDayText } from '../../../components/day.tsx'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { typedOf } from '../../../components/money-field.tsx'
import { act } from '../billing-acts.ts'
import { useMay } from '../use-may.ts'
import { ActPreviewView } from './act-preview.tsx'
import { BoughtFields, boughtOf, type BoughtForm } from './bought-fields.tsx'
import { useSettled } from './use-settled.ts'

export type StepKind = 'change' | 'pause' | 'resume' | 'end'
type Act = CallInput<'billing.previewAct'>['act']
type When = 'auto' | 'now' | 'period-end' | 'day'

/** One step of a subscription: what is asked for it at the left, what it brings at the right. */
export const StepDialog = ({
  kind,
  subscription,
  today,
  onClose,
}: {
  readonly kind: StepKind
  readonly subscription: SubscriptionRow
  readonly today: string
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing')
  const day = useDayText()
  const managesPlans = useMay('billing.plan.manage')
  const plans = (
    useQuery('billing.plans', {}, { skip: kind !== 'change' }).value?.plans ?? []
  ).filter(
    ({ id, sold, current, kind: of, payment, currency }) =>
      (sold || id === subscription.planId) &&
      current !== null &&
      of === subscription.kind &&
      payment === subscription.payment &&
      currency === subscription.currency,
  )
  const [form, setForm] = useState<BoughtForm>({
    planId: null,
    quantity: String(subscription.quantity),
    ownPrice: typedOf(subscription.priceOverride, subscription.currency),
    extras: subscription.extras.map(({ code }) => code),
  })
  const [when, setWhen] = useState<When>(kind === 'end' ? 'period-end' : 'auto')
  const [on, setOn] = useState(today)
  const [until, setUntil] = useState('')
  const [waiveTerm, setWaiveTerm] = useState(false)
  const [reason, setReason] = useState('')
  const chosen = when === 'day' ? on : when === 'auto' ? null : when
  const bought = boughtOf(form, plans)

  const made = (): Act | null => {
    switch (kind) {
      case 'change':
        return bought === null || on === '' ? null : { kind, bought, when: chosen }
      case 'pause':
        return on === '' ? null : { kind, fromOn: on, untilOn: until === '' ? null : until }
      case 'resume':
        return on === '' ? null : { kind, on }
      case 'end':
        return on === '' ? null : { kind, when: chosen ?? 'now', waiveTerm }
    }
  }
  const wanted = made()
  const settled = useSettled(wanted)
  const subscriptionId = subscription.id
  const preview = useQuery(
    'billing.previewAct',
    { subscriptionId, act: settled ?? { kind: 'resume', on: today } },
    { skip: settled === null },
  )
  const base = { subscriptionId, baseVersion: subscription.version, reason: reason.trim() }
  const submit = async (): Promise<boolean> => {
    if (wanted === null) return false
    switch (wanted.kind) {
      case 'change': {
        const { kind: _, ...rest } = wanted
        const out = await act('billing.changeSubscription', { ...base, ...rest }, (done) => ({
          title: t('step.changed', { day: day(done.effectiveOn) }),
        }))
        return out !== undefined
      }
      case 'pause': {
        const { kind: _, ...rest } = wanted
        const out = await act('billing.pauseSubscription', { ...base, ...rest }, () => ({
          title: t('step.paused', { day: day(wanted.fromOn) }),
        }))
        return out !== undefined
      }
      case 'resume': {
        const out = await act('billing.resumeSubscription', { ...base, on: wanted.on }, () => ({
          title: t('step.resumed', { day: day(wanted.on) }),
        }))
        return out !== undefined
      }
      case 'end': {
        const { kind: _, ...rest } = wanted
        const out = await act('billing.endSubscription', { ...base, ...rest }, (done) => ({
          title: t('step.ended', { day: day(done.endsOn) }),
        }))
        return out !== undefined
      }
    }
  }
  const dayField = (label: string, value: string, set: (value: string) => void): ReactNode => (
    <TextInput
      type="date"
      label={label}
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
  const whens: readonly When[] =
    kind === 'change' ? ['auto', 'now', 'period-end', 'day'] : ['period-end', 'now', 'day']
  const whenWords = {
    auto: 'step.whenAuto',
    now: 'step.whenNow',
    'period-end': 'step.whenEnd',
    day: 'step.whenDay',
  } as const
  return (
    <FormDialog
      title={t(`step.${kind}Title`, { plan: subscription.planName })}
      button={t(`step.${kind}Button`)}
      ready={wanted !== null && reason.trim() !== '' && preview.value?.problem === null}
      size="min(980px, 94vw)"
      onClose={onClose}
      onSubmit={submit}
    >
      <div className="nbl-columns">
        <div className="nbl-stack">
          {kind === 'change' && <BoughtFields form={form} plans={plans} onChange={setForm} />}
          {(kind === 'change' || kind === 'end') && (
            <div>
              <div className="nc-small">{t('step.when')}</div>
              <SegmentedControl
                orientation="vertical"
                fullWidth
                aria-label={t('step.when')}
                value={when}
                onChange={(value) => setWhen(value)}
                data={whens.map((value) => ({ value, label: t(whenWords[value]) }))}
              />
            </div>
          )}
          {(kind === 'change' || kind === 'end') &&
            when === 'day' &&
            dayField(t('step.day'), on, setOn)}
          {kind === 'pause' && (
            <div className="nbl-fields">
              {dayField(t('step.from'), on, setOn)}
              {dayField(t('step.until'), until, setUntil)}
            </div>
          )}
          {kind === 'resume' && dayField(t('step.day'), on, setOn)}
          {kind === 'end' && managesPlans && subscription.minTermUntilOn !== null && (
            <Checkbox
              label={t('step.waive')}
              checked={waiveTerm}
              onChange={(event) => setWaiveTerm(event.currentTarget.checked)}
            />
          )}
          <TextInput
            label={t('step.reason')}
            required
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </div>
        <div className="nbl-stack">
          {settled === null ? null : preview.value === undefined ? (
            <Awaiting failure={preview.failure} onRetry={preview.refresh} rows={4} brief />
          ) : (
            <ActPreviewView preview={preview.value} final={kind === 'end'} />
          )}
        </div>
      </div>
    </FormDialog>
  )
}
