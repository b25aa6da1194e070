import type { Output } from '../../../src-shared/contract/index.ts'
import { formatPon, ponOf, unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { LightLookup } from '../../engine/capability-ports.ts'
import type { NetworkFacts, OltFacts } from '../../engine/network-facts.ts'
import { reachesOlt, type Reach } from '../../engine/reach.ts'
import type { RuleBook } from '../rule-book.ts'
import { isImpossibleDbm, judgeDrop } from './level-rules.ts'
import { createDropMeter, dbmOf, directions } from './light-drops.ts'
import type { LightMediansKeeper } from './light-medians.ts'
import { limitOf } from './rule-limits.ts'
import { tenth } from './watcher.ts'

type Degradation = Output<'alarms.degradation'>
type DegradedPon = Degradation['pons'][number]
type DegradedOnu = DegradedPon['onus'][number]

const mostPerPon = 128

/** How far the light of an ONU lies below its own median now, in the worse direction. */
export const createLightLookup =
  (facts: Pick<NetworkFacts, 'onus' | 'rowOf'>, medians: LightMediansKeeper): LightLookup =>
  (oltId, address) => {
    const row = facts.rowOf(oltId, address)
    if (row < 0) return null
    const median = medians.of(oltId, address)
    if (median === null) return { dropDb: Number.NaN }
    const drop = (was: number, now: number): number =>
      isImpossibleDbm(now) ? Number.NaN : was - now
    const onu = drop(median.onuRxDbm, facts.onus.onuRxDbm(row))
    const olt = drop(median.oltRxDbm, facts.onus.oltRxDbm(row))
    if (Number.isNaN(onu)) return { dropDb: olt }
    return { dropDb: Number.isNaN(olt) ? onu : Math.max(onu, olt) }
  }

/** ONUs that the rule of degrading light finds now, by PON; the worst first. */
export const degradationOf = (
  {
    facts,
    rules,
    medians,
    reach,
  }: {
    readonly facts: NetworkFacts
    readonly rules: RuleBook
    readonly medians: LightMediansKeeper
    readonly reach: Reach
  },
  limit: number,
): Degradation => {
  const rule = rules.rule('rx-degrading')
  const limits = {
    dropDb: limitOf(rule, 'dropDb'),
    siblingsDropDb: limitOf(rule, 'siblingsDropDb'),
    readings: 1,
    hysteresisDb: 0,
  }
  const measure = createDropMeter(facts.onus, medians)
  const olts = facts.olts().filter(({ id }) => reachesOlt(reach, id))
  const pons = olts.flatMap((olt) => {
    const byPon = Map.groupBy(degradedOnus(facts, olt, medians, measure, limits), ([address]) =>
      ponOf(address),
    )
    return [...byPon].map(([pon, onus]) =>
      shownPon(
        olt,
        pon,
        onus.map(([, onu]) => onu),
      ),
    )
  })
  return {
    pons: pons.toSorted((one, other) => other.worstDropDb - one.worstDropDb).slice(0, limit),
    mediansAt: medians.madeAt(),
  }
}

const shownPon = (olt: OltFacts, pon: number, onus: readonly DegradedOnu[]): DegradedPon => {
  const { shelf, slot, port } = unpackOnuAddress(pon)
  const named = olt.ponPorts.find(
    (one) => one.shelf === shelf && one.slot === slot && one.port === port,
  )
  const drops = onus.map(({ dropDb }) => dropDb)
  return {
    oltId: olt.id,
    oltName: olt.name,
    pon: { shelf, slot, port },
    ponName: named?.name ?? formatPon({ shelf, slot, port }),
    degraded: onus.length,
    averageDropDb: tenth(drops.reduce((sum, drop) => sum + drop, 0) / drops.length),
    worstDropDb: tenth(Math.max(...drops)),
    at: olt.ages.optics,
    onus: onus.toSorted((one, other) => other.dropDb - one.dropDb).slice(0, mostPerPon),
  }
}

const degradedOnus = (
  { onus }: NetworkFacts,
  olt: OltFacts,
  medians: LightMediansKeeper,
  measure: ReturnType<typeof createDropMeter>,
  limits: Parameters<typeof judgeDrop>[2],
): Map<number, DegradedOnu> => {
  const found = new Map<number, DegradedOnu>()
  directions.forEach((name, direction) => {
    const median = medians.aligned(olt, direction)
    if (median === null) return
    const { own, siblings } = measure(olt, direction)
    for (let place = 0; place < olt.rows.length; place++) {
      const drop = own[place]!
      if (!judgeDrop(drop, siblings[place]!, limits, false)) continue
      const address = olt.addresses[place]!
      // Once per ONU: in the direction that lost more.
      if ((found.get(address)?.dropDb ?? 0) >= tenth(drop)) continue
      const row = olt.rows[place]!
      found.set(address, {
        address: unpackOnuAddress(address),
        serial: onus.serial(row),
        name: onus.name(row),
        direction: name,
        medianDbm: tenth(median[place]!),
        nowDbm: tenth(dbmOf(onus, row, direction)),
        dropDb: tenth(drop),
      })
    }
  })
  return found
}
