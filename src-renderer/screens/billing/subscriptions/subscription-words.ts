import type { SubscriptionRow } from '../../../../src-shared/contract/billing-subscriptions.ts'

type ShownStatus = SubscriptionRow['status']

const shown: readonly ShownStatus[] = [
  'draft',
  'trial',
  'active',
  'paused',
  'suspended',
  'ending',
  'ended',
]

export const isShownStatus = (text: string): text is ShownStatus =>
  (shown as readonly string[]).includes(text)

export const toneOf = (status: ShownStatus): 'live' | 'warn' | 'off' =>
  status === 'active' || status === 'trial'
    ? 'live'
    : status === 'draft' || status === 'ended'
      ? 'off'
      : 'warn'

/** Periods are half-open; people read the last day that is in them. */
export const lastDayOf = (endOn: string): string =>
  new Date(Date.parse(`${endOn}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
