import { z } from 'zod'
import { alarmRow } from './alarms-model.ts'
import { uuid } from './common.ts'
import { query } from './define.ts'
import { ponAddress } from './history.ts'
import { deviceText, onuRow } from './network-model.ts'
import { outageRow } from './outages.ts'
import { plantNodeKinds } from './plant.ts'

/** Finds records by a few typed characters: prefixes, parts of serials, a letter wrong. */

export const searchScopes = ['onus', 'olts', 'pons', 'alarms', 'outages', 'nodes'] as const

const span = z.object({ start: z.int(), end: z.int() })

export const searchHit = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('onu'),
    onu: onuRow,
    streetAddress: z.string(),
    /** Which text matched, and where in it. */
    field: z.string(),
    spans: z.array(span),
    typo: z.boolean(),
  }),
  z.object({ kind: z.literal('olt'), oltId: uuid, name: z.string(), host: z.string() }),
  z.object({
    kind: z.literal('pon'),
    oltId: uuid,
    oltName: z.string(),
    pon: ponAddress,
    name: deviceText,
  }),
  z.object({ kind: z.literal('alarm'), alarm: alarmRow }),
  z.object({ kind: z.literal('outage'), outage: outageRow }),
  z.object({
    kind: z.literal('node'),
    id: uuid,
    nodeKind: z.enum(plantNodeKinds),
    name: z.string(),
    path: z.string(),
  }),
])

export type SearchHit = z.output<typeof searchHit>

export const searchQueries = {
  /** The best of each scope, the best first; a hit that the caller may not read is left out. */
  'search.find': query({
    access: 'network.onu.read',
    input: z.strictObject({
      text: z.string().max(100),
      scopes: z.array(z.enum(searchScopes)).default([...searchScopes]),
      limit: z.int().min(1).max(50).default(12),
    }),
    output: z.object({
      hits: z.array(searchHit),
      /** ONUs that match exactly (without typos), of which the best are above. */
      onusTotal: z.int(),
    }),
  }),
}
