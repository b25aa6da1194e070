import { z } from 'zod'
import { subscriberStatuses } from '../domain/subscriber-status.ts'
import { uuid } from './common.ts'
import { subscriberKinds } from './subscribers-model.ts'

/** What queries and commands of subscribers share: permissions, and which subscribers are meant. */

export const subscribersAccess = {
  read: 'subscribers.subscriber.read',
  manage: 'subscribers.subscriber.manage',
  export: 'subscribers.subscriber.export',
  import: 'subscribers.subscriber.import',
  file: 'subscribers.file.read',
  agent: 'subscribers.agent.set',
  settings: 'subscribers.settings.manage',
  /** Who is behind an ONU, and nothing else of him. */
  onu: 'subscribers.onu.read',
} as const

/** Which of them: everything that is said must hold. */
export const subscriberFilter = z.strictObject({
  /** Every word must occur, from its beginning; a telephone number however typed. */
  search: z.string().max(200).default(''),
  statuses: z.array(z.enum(subscriberStatuses)).max(4).default([]),
  kind: z.enum(subscriberKinds).nullable().default(null),
  /** `none`: without an agent. */
  agent: z
    .union([uuid, z.literal('none')])
    .nullable()
    .default(null),
  oltId: uuid.nullable().default(null),
  service: z.enum(['live', 'none']).nullable().default(null),
  neverSuspend: z.boolean().default(false),
  restricted: z.boolean().default(false),
  importId: uuid.nullable().default(null),
})

export type SubscriberFilter = z.output<typeof subscriberFilter>

export const chosenSubscribers = z.union([
  z.strictObject({ ids: z.array(uuid).min(1).max(5000) }),
  z.strictObject({ filter: subscriberFilter }),
])
