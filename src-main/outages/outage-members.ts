import { ponOf } from '../../src-shared/domain/onu-address.ts'
import type { OltFacts } from '../engine/network-facts.ts'
import type { Falls } from './clusters.ts'
import { addMembers, countMembers, emptyPart, noLight } from './members.ts'
import { ponPacked } from './olt-notes.ts'
import { ponKeyOf, untouched, type Outage } from './outage.ts'
import type { Trace } from './relations.ts'

export const newOutage = (what: {
  readonly id: string
  readonly number: number
  readonly trace: Trace
  readonly at: number
  readonly maintenance: { readonly id: string; readonly muted: boolean } | null
}): Outage => ({
  id: what.id,
  number: what.number,
  version: 1,
  beganAt: what.trace.firstAt,
  openedAt: what.at,
  verdictAt: null,
  changedAt: what.at,
  endedAt: null,
  verdict: 'undetermined',
  confidence: 'low',
  evidence: [],
  weighed: [],
  facts: null,
  severity: 'major',
  parts: new Map(),
  pons: new Map(),
  node: null,
  areas: [],
  trace: what.trace,
  seenAt: what.at,
  walkedAt: what.at,
  affected: 0,
  down: 0,
  withGasp: 0,
  behind: null,
  behindOf: -1,
  leftoverSince: null,
  told: false,
  muted: what.maintenance?.muted ?? false,
  maintenanceId: what.maintenance?.id ?? null,
  operator: untouched,
  timeline: [],
})

/** ONUs become members. Returns how many were none before. */
export const foldIn = (
  outage: Outage,
  olt: OltFacts,
  falls: Falls,
  places: readonly number[],
  lightOf: (row: number) => number,
): number => {
  const part = outage.parts.get(olt.id) ?? emptyPart(olt.id, olt.name)
  outage.parts.set(olt.id, part)
  part.oltName = olt.name
  const order = [...places].sort((one, other) => falls.addresses[one]! - falls.addresses[other]!)
  const added = addMembers(part, {
    addresses: Int32Array.from(order, (place) => falls.addresses[place]!),
    downAt: Float64Array.from(order, (place) => falls.at[place]!),
    gasp: Uint8Array.from(order, (place) => falls.gasp[place]!),
    rx: Int16Array.from(order, (place) => {
      const dbm = lightOf(falls.rows[place]!)
      return Number.isNaN(dbm) ? noLight : Math.round(dbm * 100)
    }),
  })
  for (const place of order) {
    const packed = ponOf(falls.addresses[place]!)
    const key = ponKeyOf(olt.id, packed)
    if (outage.pons.has(key)) continue
    const port = olt.ponPorts.find((one) => ponPacked(one) === packed)
    outage.pons.set(key, { oltId: olt.id, packed, name: port?.name ?? null, total: 0 })
  }
  recount(outage)
  return added
}

const recount = (outage: Outage): void => {
  Object.assign(outage, countMembers(outage.parts.values()))
}
