import { z } from 'zod'
import { verdicts } from '../domain/outage-verdicts.ts'
import { alarmResource, alarmType, severity } from './alarms-model.ts'
import { alarmsSummary } from './alarms.ts'
import { uuid } from './common.ts'
import { event } from './define.ts'
import { ofNotice } from './scope-rules.ts'

/** What the alarms capability tells by itself. */

const read = 'alarms.alarm.read'

export const alarmsEvents = {
  /** The book has changed. At most 4 a second. */
  'alarms.changed': event({
    access: read,
    scope: 'narrowed',
    delivery: 'latest',
    payload: alarmsSummary,
  }),
  /** One to be told of: by a notification, a sound. Never of one that is shelved or suppressed. */
  'alarms.notice': event({
    access: read,
    scope: ofNotice,
    delivery: 'all',
    payload: z.object({
      why: z.enum([
        'raised',
        'worse',
        'returned',
        'escalated',
        'outage',
        'outage-ended',
        'still-down',
      ]),
      severity,
      alarmId: uuid.nullable(),
      outageId: uuid.nullable(),
      type: alarmType.nullable(),
      resource: alarmResource.nullable(),
      oltName: z.string().nullable(),
      name: z.string().nullable(),
      /** Of an outage, as far as it is known. */
      verdict: z.enum(verdicts).nullable().optional(),
      affectedOnus: z.int(),
      /** So many more were told within the same moment. */
      more: z.int(),
      at: z.number(),
    }),
  }),
}
