/**
 * A subscriber's life. The state is kept; what follows what stands here, and everything else is
 * refused. Suspended speaks of the person's standing: what an ONU is switched to is the wanted state
 * of its service.
 */
export const subscriberStatuses = ['lead', 'active', 'suspended', 'ended'] as const
export type SubscriberStatus = (typeof subscriberStatuses)[number]

const next: Readonly<Record<SubscriberStatus, readonly SubscriberStatus[]>> = {
  lead: ['active', 'ended'],
  active: ['suspended', 'ended'],
  suspended: ['active', 'ended'],
  // Who comes back keeps his file.
  ended: ['active'],
}

export const statusesAfter = (status: SubscriberStatus): readonly SubscriberStatus[] => next[status]

export const mayFollow = (from: SubscriberStatus, to: SubscriberStatus): boolean =>
  next[from].includes(to)
