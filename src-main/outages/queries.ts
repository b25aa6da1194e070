import type { Output } from '../../src-shared/contract/index.ts'
import type { OutageRow } from '../../src-shared/contract/outages.ts'
import { packOnuAddress, ponOf, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { compareSeverity } from '../../src-shared/domain/severity.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { PlantLookup } from '../engine/capability-ports.ts'
import type { QueryHandlers } from '../engine/handlers.ts'
import type { NetworkFacts } from '../engine/network-facts.ts'
import type { Belongs, Reach } from '../engine/reach.ts'
import { endedWithin } from './ended-within.ts'
import type { GaspMemory } from './gasp-memory.ts'
import { noLight, type MemberPart } from './members.ts'
import type { OutagePon } from './outage.ts'
import { ponAddressOf } from './outage-rows.ts'
import type { OutageDetail, OutageReads } from './tables.ts'
import { lookWithin, partWithin } from './within.ts'

export type OutagesQuery = 'outages.list' | 'outages.outage' | 'outages.onus' | 'outages.onu'

/** One outage with all that belongs to it, wherever it lies. */
export interface WholeOutage {
  readonly row: OutageRow
  readonly detail: OutageDetail
  /** In order of the OLT's name. */
  readonly parts: readonly MemberPart[]
}

type Row = OutageRow

/** Points of a curve; more would not be seen. */
const mostPoints = 400

export const createOutagesQueries = (deps: {
  readonly facts: NetworkFacts
  readonly plant: PlantLookup
  readonly gasps: GaspMemory
  readonly reads: OutageReads
  /** Those that are reached, and what is reached of them. */
  readonly openRows: (reach: Reach) => readonly { readonly row: Row; readonly search: string }[]
  readonly find: (id: string) => WholeOutage | null
  readonly belongs: (id: string) => Belongs | null
  /** Why one ONU is down. */
  readonly one: (oltId: string, address: number) => Output<'outages.onu'>
  readonly revision: () => number
}): QueryHandlers<OutagesQuery> => {
  const { facts, plant, gasps } = deps
  /** What is reached of it: the router has seen that something is. */
  const found = (id: string, reach: Reach): WholeOutage => {
    const outage = deps.find(id)
    if (outage === null) throw new NocturneError('not-found', { what: 'outage' })
    return partWithin(reach, outage)
  }

  return {
    'outages.list': (input, { reach }) => {
      const words = [...new Set(input.search.toLowerCase().split(/\s+/u))].filter(
        (one) => one !== '',
      )
      const open =
        input.state === 'ended'
          ? []
          : deps
              .openRows(reach)
              .filter(
                ({ row, search }) => fits(row, input) && words.every((w) => search.includes(w)),
              )
              .map(({ row }) => row)
      const end = input.offset + input.limit
      const ended =
        input.state === 'open'
          ? { rows: [], total: 0 }
          : endedWithin(deps.reads, reach, { ...input, words, limit: end })
      const outages = [...open, ...ended.rows]
        .sort(orderOf(input.sort, input.descending))
        .slice(input.offset, end)
      return { outages, total: open.length + ended.total, revision: deps.revision() }
    },

    'outages.outage': ({ id }, { reach }) => {
      const { row, detail, parts } = found(id, reach)
      return {
        outage: row,
        evidence: [...detail.evidence],
        weighed: [...detail.weighed],
        perPon: perPonOf(parts, detail.pons),
        arrival: arrivalOf(parts, row.beganAt),
        timeline: [...detail.timeline],
      }
    },

    'outages.onu': ({ oltId, address }, { reach }) => {
      const look = deps.one(oltId, packOnuAddress(address))
      return lookWithin(reach, look, look.outageId === null ? null : deps.belongs(look.outageId))
    },

    'outages.onus': ({ id, stillDown, offset, limit }, { reach }) => {
      const { parts } = found(id, reach)
      const onus: Output<'outages.onus'>['onus'] = []
      let total = 0
      for (const part of parts) {
        const olt = facts.olt(part.oltId)
        for (let place = 0; place < part.addresses.length; place++) {
          if (stillDown && !Number.isNaN(part.backAt[place]!)) continue
          const index = total++
          if (index < offset || onus.length >= limit) continue
          const address = part.addresses[place]!
          const row = facts.rowOf(part.oltId, address)
          const node = plant.nodeOf(part.oltId, address)
          const model = row < 0 ? null : facts.onus.model(row)
          const sends = part.gasp[place] === 1 || gasps.canGasp(olt?.index ?? -1, model)
          onus.push({
            oltId: part.oltId,
            oltName: olt?.name ?? part.oltName,
            address: unpackOnuAddress(address),
            serial: row < 0 ? null : facts.onus.serial(row),
            name: row < 0 ? null : (facts.onus.name(row) ?? facts.onus.description(row)),
            downAt: part.downAt[place]!,
            backAt: Number.isFinite(part.backAt[place]!) ? part.backAt[place]! : null,
            gasp: part.gasp[place] === 1 ? 'seen' : sends ? 'not-seen' : 'never-sends',
            lastRxDbm: part.rx[place] === noLight ? null : part.rx[place]! / 100,
            nodeName: node === null ? null : (plant.node(node)?.name ?? null),
            place:
              plant.streetAddressOf(part.oltId, address) ||
              plant.areaOf(part.oltId, address) ||
              null,
          })
        }
      }
      return { onus, total }
    },
  }
}

const fits = (
  row: Row,
  filter: {
    readonly verdicts: readonly string[]
    readonly oltIds: readonly string[]
    readonly from: number | null
    readonly to: number | null
  },
): boolean =>
  (filter.verdicts.length === 0 ||
    filter.verdicts.includes(row.corrected?.verdict ?? row.verdict)) &&
  (filter.oltIds.length === 0 || row.olts.some(({ oltId }) => filter.oltIds.includes(oltId))) &&
  // It lasts still: whatever began before the end of the span overlaps it.
  (filter.to === null || row.beganAt <= filter.to)

const orderOf = (
  sort: 'affectedOnus' | 'beganAt' | 'severity' | 'verdict',
  descending: boolean,
): ((one: Row, other: Row) => number) => {
  const standing = (row: Row): string => row.corrected?.verdict ?? row.verdict
  const ascending = (one: Row, other: Row): number => {
    switch (sort) {
      case 'affectedOnus':
        return one.affectedOnus - other.affectedOnus
      case 'beganAt':
        return one.beganAt - other.beganAt
      case 'severity':
        return compareSeverity(one.severity, other.severity)
      case 'verdict':
        return standing(one) < standing(other) ? -1 : standing(one) > standing(other) ? 1 : 0
    }
  }
  return (one, other) =>
    (descending ? -1 : 1) * ascending(one, other) || (one.id < other.id ? 1 : -1)
}

const perPonOf = (
  parts: readonly MemberPart[],
  pons: readonly OutagePon[],
): Output<'outages.outage'>['perPon'] =>
  parts.flatMap((part) => {
    const counts = new Map<number, { down: number; withGasp: number; back: number }>()
    part.addresses.forEach((address, place) => {
      const pon = ponOf(address)
      const count = counts.get(pon) ?? { down: 0, withGasp: 0, back: 0 }
      counts.set(pon, count)
      const back = part.backAt[place]!
      if (Number.isNaN(back)) count.down++
      else if (Number.isFinite(back)) count.back++
      count.withGasp += part.gasp[place]!
    })
    return [...counts].map(([packed, count]) => {
      const pon = pons.find((one) => one.oltId === part.oltId && one.packed === packed)
      return {
        oltId: part.oltId,
        oltName: part.oltName,
        pon: ponAddressOf(packed),
        name: pon?.name ?? null,
        total: pon?.total ?? 0,
        ...count,
      }
    })
  })

/** Cumulative, at as many moments as can be seen. */
const arrivalOf = (
  parts: readonly MemberPart[],
  beganAt: number,
): Output<'outages.outage'>['arrival'] => {
  const downs = sortedTimes(parts, ({ downAt }, place) => downAt[place]!)
  const gasps = sortedTimes(parts, ({ downAt, gasp }, place) =>
    gasp[place] === 1 ? downAt[place]! : Number.NaN,
  )
  const backs = sortedTimes(parts, ({ backAt }, place) => backAt[place]!)
  const all = Float64Array.from(new Set([...downs, ...backs])).sort()
  const step = Math.max(1, Math.ceil(all.length / mostPoints))
  const moments = all.filter((_, index) => index % step === 0 || index === all.length - 1)
  const upTo = (times: Float64Array): Float64Array<ArrayBuffer> => {
    let count = 0
    return moments.map((moment) => {
      while (count < times.length && times[count]! <= moment) count++
      return count
    })
  }
  return {
    secondsAfter: moments.map((moment) => (moment - beganAt) / 1000),
    down: upTo(downs),
    withGasp: upTo(gasps),
    back: upTo(backs),
  }
}

const sortedTimes = (
  parts: readonly MemberPart[],
  timeOf: (part: MemberPart, place: number) => number,
): Float64Array<ArrayBuffer> => {
  const times: number[] = []
  for (const part of parts) {
    for (let place = 0; place < part.addresses.length; place++) {
      const time = timeOf(part, place)
      if (Number.isFinite(time)) times.push(time)
    }
  }
  return Float64Array.from(times).sort()
}
