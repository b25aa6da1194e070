import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judge } from '../../src-main/outages/verdict.ts'
import type { OutageFacts } from '../../src-main/outages/outage-facts.ts'
import { outageThresholds } from '../../src-main/outages/thresholds.ts'
import { endingOf, severityOf, windowMs } from '../../src-main/outages/rules.ts'
import { streetOfText } from '../../src-main/outages/places.ts'
import { clockAhead } from '../../src-main/engine/olt-clock.ts'

/** One whole PON, dark, with nothing else known. */
const wholePon: OutageFacts = {
  members: 32,
  olts: 1,
  shareOfOlts: 0.3,
  pons: { count: 1, whole: 1, share: 1, up: 0 },
  cards: {
    whole: 0,
    wholePons: 0,
    explainAll: false,
    otherCardsUp: null,
    failed: 0,
    inService: 0,
  },
  ports: { read: 0, down: 0, lit: 0, dark: 0 },
  oltNames: 'OLT',
  downPorts: '',
  restarted: false,
  gasps: {
    seen: 0,
    silentCapable: 20,
    silentUnproven: 12,
    silentPons: 1,
    firstThird: 0,
    lastThird: 0,
  },
  time: { clocked: true, spreadS: 0 },
  plant: { placed: 1, node: null, besideUp: 0, wholeBoxes: 1, boxes: 4, severalPons: false },
  areas: { names: [], known: 0, elsewhereUp: 0, sameUp: 0, otherUp: 0, overPons: 0 },
  distance: null,
  light: { known: 0, fell: 0, averageDb: 0 },
  flapped: 0,
  settled: true,
}

const said = (facts: Partial<OutageFacts>) => judge({ ...wholePon, ...facts }, outageThresholds)

describe('a verdict refuses', () => {
  test('to be sure of fibre because no ONU gasped: absence is no proof', () => {
    expect(said({})).toMatchObject({ verdict: 'feeder', confidence: 'medium' })
    const never = { ...wholePon.gasps, silentCapable: 0, silentUnproven: 32, silentPons: 0 }
    expect(said({ gasps: never }).confidence).not.toBe('high')
  })

  test('to be sure of anything that may be half of it: the walk came too soon', () => {
    const gasps = { ...wholePon.gasps, seen: 30, silentCapable: 2, silentPons: 0 }
    expect(said({ gasps })).toMatchObject({ verdict: 'area-power', confidence: 'high' })
    expect(said({ gasps, settled: false }).confidence).toBe('medium')
  })

  test('to be sure of power while the OLT may have restarted', () => {
    const gasps = { ...wholePon.gasps, seen: 30, silentCapable: 2, silentPons: 0 }
    expect(said({ gasps, shareOfOlts: 1, restarted: null }).confidence).not.toBe('high')
  })

  test('to be sure of a part of the plant that nobody has entered', () => {
    const part = { pons: { count: 1, whole: 0, share: 0.2, up: 100 } }
    const plant = { ...wholePon.plant, placed: 0 }
    const areas = { ...wholePon.areas, names: ['A'], known: 1, elsewhereUp: 9, otherUp: 50 }
    expect(said({ ...part, plant, areas })).toMatchObject({
      verdict: 'distribution',
      confidence: 'medium',
    })
  })

  test('to be sure against a weighty sign, whatever was seen', () => {
    const count = fc.integer({ min: 0, max: 64 })
    const facts = fc.record({
      shareOfOlts: fc.double({ min: 0, max: 1, noNaN: true }),
      restarted: fc.constantFrom(true, false, null),
      settled: fc.boolean(),
      flapped: count,
      gasps: fc.record({
        seen: count,
        silentCapable: count,
        silentUnproven: count,
        silentPons: fc.integer({ min: 0, max: 3 }),
        firstThird: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
        lastThird: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      }),
      ports: fc.record({ read: count, down: count, lit: count, dark: count }),
      time: fc.record({ clocked: fc.boolean(), spreadS: fc.integer({ min: 0, max: 900 }) }),
    })
    fc.assert(
      fc.property(facts, (some) => {
        const { confidence, evidence, weighed, verdict } = said(some)
        const total = weighed.reduce((sum, { share }) => sum + share, 0)
        expect(total).toBeGreaterThanOrEqual(0)
        expect(total).toBeLessThan(1 + 1e-9)
        if (verdict !== 'undetermined') {
          expect(weighed.map((other) => other.verdict)).not.toContain(verdict)
        }
        for (const { weight } of evidence) expect(weight >= 0 && weight <= 1).toBe(true)
        // 0.53 is what a weight of 1.5 looks like (verdict.ts).
        const against = evidence.filter(
          ({ speaks, weight }) => speaks === 'against' && weight > 0.53,
        )
        if (confidence === 'high') expect(against).toEqual([])
        if (some.settled === false) expect(confidence).not.toBe('high')
      }),
      { seed: 81603 },
    )
  })
})

describe('a verdict', () => {
  test('names the port when its laser is dark, the cable when it shines', () => {
    const ports = { read: 1, down: 1, lit: 0, dark: 1 }
    expect(said({ ports })).toMatchObject({ verdict: 'pon-port', confidence: 'high' })
    expect(said({ ports: { ...ports, lit: 1, dark: 0 } }).verdict).toBe('feeder')
  })

  test('names the card when all of its ports fell and it is out of service', () => {
    const cards = {
      whole: 1,
      wholePons: 4,
      explainAll: true,
      otherCardsUp: true,
      failed: 1,
      inService: 0,
    }
    const pons = { count: 4, whole: 4, share: 1, up: 0 }
    expect(said({ cards, pons })).toMatchObject({ verdict: 'card', confidence: 'high' })
  })

  test('names the restart that explains it', () => {
    expect(said({ restarted: true, shareOfOlts: 1 })).toMatchObject({
      verdict: 'olt-restart',
      confidence: 'high',
    })
  })

  test('says what spoke for it and against it, the weightiest first', () => {
    const { evidence } = said({})
    expect(evidence[0]).toMatchObject({ kind: 'all-of-pon', speaks: 'for' })
    const weights = evidence.map(({ weight }) => weight)
    expect(weights).toEqual(weights.toSorted((one, other) => other - one))
  })
})

describe('rules of outages', () => {
  test('an outage is never less than major, and critical by its size', () => {
    expect(severityOf({ affected: 3, wholePons: 0 }, outageThresholds)).toBe('major')
    expect(severityOf({ affected: 31, wholePons: 0 }, outageThresholds)).toBe('major')
    expect(severityOf({ affected: 32, wholePons: 0 }, outageThresholds)).toBe('critical')
    expect(severityOf({ affected: 8, wholePons: 1 }, outageThresholds)).toBe('critical')
    expect(severityOf({ affected: 7, wholePons: 1 }, outageThresholds)).toBe('major')
  })

  test('the window is at least one poll cycle', () => {
    expect(windowMs(15, outageThresholds)).toBe(120_000)
    expect(windowMs(600, outageThresholds)).toBe(900_000)
  })

  test('it ends when all are back; with a few left only after a while', () => {
    expect(endingOf({ affected: 40, down: 0 }, outageThresholds)).toBe('forGood')
    expect(endingOf({ affected: 40, down: 2 }, outageThresholds)).toBe('leftover')
    expect(endingOf({ affected: 40, down: 3 }, outageThresholds)).toBe('open')
    expect(endingOf({ affected: 1, down: 1 }, outageThresholds)).toBe('open')
  })

  test('a street is what is left of a description without codes and numbers', () => {
    expect(streetOfText('C100231 Jl. Mawar Merah No.12')).toBe('jl. mawar merah')
    expect(streetOfText('Toko Sumber, Harbour View No.7')).toBe('harbour view')
    expect(streetOfText('C100231')).toBeNull()
    expect(streetOfText('')).toBeNull()
  })

  test("an OLT's clock without its zone is seen through by quarters of an hour", () => {
    const at = Date.UTC(2026, 10, 23, 1)
    const zone = 7 * 3_600_000
    const raw = [at - 20_000, at - 19_000, at - 19_000].map((time) => time + zone)
    const known = { aheadMs: 0, from: at - 60_000, at }
    expect(clockAhead(raw, known)).toBe(zone)
    expect(clockAhead(raw.slice(0, 2), known)).toBe(0)
    expect(clockAhead([at - 9_000, at - 8_000, at - 7_000], known)).toBe(0)
    // Wrong by three minutes: the last of them fell just before the walk.
    const slow = [at - 20_000, at - 19_000, at - 19_000].map((time) => time - 180_000)
    expect(clockAhead(slow, known)).toBe(-199_000)
  })
})
