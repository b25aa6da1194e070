import { z } from 'zod'
import { confidences, evidenceKinds, verdicts } from '../domain/outage-verdicts.ts'
import { severity } from './alarms-model.ts'
import { done, errorParams, instant, onuAddress, uuid } from './common.ts'
import { command, event, query } from './define.ts'
import { ponAddress } from './history.ts'
import { deviceText } from './network-model.ts'
import { ofId, ofIdInPart, ofOnu } from './scope-rules.ts'

/** ONUs that went down together, why as far as one can tell, and who sees to it. */

const read = 'alarms.alarm.read'
const act = 'alarms.alarm.act'

export const verdict = z.enum(verdicts)
export const confidence = z.enum(confidences)

const person = z.object({ accountId: uuid.nullable(), name: z.string() })

export const outageRow = z.object({
  id: uuid,
  version: z.int(),
  verdict,
  confidence,
  /** The operator's own word; null: the verdict stands. */
  corrected: z.object({ verdict, by: person, at: z.number(), note: z.string() }).nullable(),
  severity,
  /** When the first ONU went down; wall ms. */
  beganAt: z.number(),
  /** When it became a row, and when the verdict was first given. */
  openedAt: z.number(),
  verdictAt: instant,
  changedAt: z.number(),
  endedAt: instant,
  olts: z.array(z.object({ oltId: uuid, name: z.string() })),
  pons: z.array(z.object({ oltId: uuid, pon: ponAddress, name: deviceText })).max(256),
  /** The lowest part of the outside plant that all of them share. */
  node: z.object({ id: uuid, name: z.string(), path: z.string() }).nullable(),
  /** Streets or zones, where they are known. */
  areas: z.array(z.string()).max(20),
  /** ONUs that went down with it; of them still down. */
  affectedOnus: z.int(),
  down: z.int(),
  withGasp: z.int(),
  withoutGasp: z.int(),
  /** Null: not known as long as no subscriber is linked. */
  subscribers: z.int().nullable(),
  /** Minor units a month, with their currency. */
  revenue: z.object({ minor: z.number(), currency: z.string() }).nullable(),
  acknowledged: z.object({ by: person, at: z.number() }).nullable(),
  owner: person.nullable(),
  ticket: z.string().nullable(),
  maintenanceId: uuid.nullable(),
})

export type OutageRow = z.output<typeof outageRow>

export const evidence = z.object({
  kind: z.enum(evidenceKinds),
  /** For the verdict, or against it. */
  speaks: z.enum(['for', 'against']),
  weight: z.number(),
  params: errorParams,
})

export const outagesQueries = {
  'outages.list': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({
      state: z.enum(['open', 'ended', 'all']).default('open'),
      verdicts: z.array(verdict).default([]),
      oltIds: z.array(uuid).max(512).default([]),
      from: instant.default(null),
      to: instant.default(null),
      search: z.string().max(200).default(''),
      sort: z.enum(['affectedOnus', 'beganAt', 'severity', 'verdict']).default('affectedOnus'),
      descending: z.boolean().default(true),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({ outages: z.array(outageRow), total: z.int(), revision: z.int() }),
  }),
  'outages.outage': query({
    access: read,
    scope: ofIdInPart('outage'),
    input: z.strictObject({ id: uuid }),
    output: z.object({
      outage: outageRow,
      evidence: z.array(evidence),
      /** Other verdicts that were weighed, the likelier first; shares sum to 1 with the verdict's. */
      weighed: z.array(z.object({ verdict, share: z.number() })),
      perPon: z.array(
        z.object({
          oltId: uuid,
          oltName: z.string(),
          pon: ponAddress,
          name: deviceText,
          total: z.int(),
          down: z.int(),
          withGasp: z.int(),
          back: z.int(),
        }),
      ),
      /** ONUs down and back over time: seconds after `beganAt`, cumulative; columnar. */
      arrival: z.object({
        secondsAfter: z.instanceof(Float64Array),
        down: z.instanceof(Float64Array),
        withGasp: z.instanceof(Float64Array),
        back: z.instanceof(Float64Array),
      }),
      timeline: z.array(
        z.object({
          at: z.number(),
          kind: z.enum([
            'began',
            'opened',
            'grew',
            'verdict',
            'corrected',
            'acknowledged',
            'assigned',
            'noted',
            'ticket',
            'returning',
            'ended',
            'reopened',
          ]),
          by: z.string().nullable(),
          text: z.string().nullable(),
          params: errorParams,
        }),
      ),
    }),
  }),
  /**
   * Why one ONU is down, by itself or with others: then the outage's verdict. `verdict` null: it is
   * not down, or nothing is known of it. Errors: `not-found`.
   */
  'outages.onu': query({
    access: read,
    scope: ofOnu,
    input: z.strictObject({ oltId: uuid, address: onuAddress }),
    output: z.object({
      outageId: uuid.nullable(),
      verdict: verdict.nullable(),
      confidence: confidence.nullable(),
      evidence: z.array(evidence),
    }),
  }),
  'outages.onus': query({
    access: read,
    scope: ofIdInPart('outage'),
    input: z.strictObject({
      id: uuid,
      stillDown: z.boolean().default(false),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(200),
    }),
    output: z.object({
      onus: z.array(
        z.object({
          oltId: uuid,
          oltName: z.string(),
          address: onuAddress,
          serial: deviceText,
          name: deviceText,
          downAt: z.number(),
          backAt: instant,
          gasp: z.enum(['seen', 'not-seen', 'never-sends']),
          lastRxDbm: z.number().nullable(),
          nodeName: z.string().nullable(),
          place: z.string().nullable(),
        }),
      ),
      total: z.int(),
    }),
  }),
}

export const outagesCommands = {
  /** The operator's word; null: back to the verdict's. Kept with all its evidence. */
  'outages.correct': command({
    access: act,
    scope: ofId('outage'),
    input: z.strictObject({
      id: uuid,
      verdict: verdict.nullable(),
      note: z.string().trim().max(2000).default(''),
    }),
    output: done,
  }),
  'outages.acknowledge': command({
    access: act,
    scope: ofId('outage'),
    input: z.strictObject({ id: uuid, acknowledged: z.boolean().default(true) }),
    output: done,
  }),
  'outages.assign': command({
    access: act,
    scope: ofId('outage'),
    input: z.strictObject({ id: uuid, accountId: uuid.nullable() }),
    output: done,
  }),
  'outages.note': command({
    access: act,
    scope: ofId('outage'),
    input: z.strictObject({ id: uuid, note: z.string().trim().min(1).max(2000) }),
    output: done,
  }),
  'outages.setTicket': command({
    access: act,
    scope: ofId('outage'),
    input: z.strictObject({ id: uuid, ticket: z.string().trim().min(1).max(200).nullable() }),
    output: done,
  }),
}

export const outagesEvents = {
  'outages.changed': event({
    access: read,
    scope: 'narrowed',
    delivery: 'latest',
    payload: z.object({
      open: z.int(),
      affectedOnus: z.int(),
      worst: severity.nullable(),
      revision: z.int(),
      at: z.number(),
    }),
  }),
}
