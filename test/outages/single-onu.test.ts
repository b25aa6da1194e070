import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeSingle, type SingleOnu } from '../../src-main/outages/single-onu.ts'
import { outageThresholds } from '../../src-main/outages/thresholds.ts'
import { rejectionOf } from '../support/error-code.ts'
import { createFakeFacts, offlineState } from './fake-facts.ts'
import { createOutageBench } from './outage-bench.ts'

const plain: SingleOnu = {
  cause: 'optical',
  canGasp: true,
  falls: 1,
  dropDb: 0.2,
  siblingsUp: 30,
}

const judged = (more: Partial<SingleOnu>) => {
  const { verdict, confidence, evidence } = judgeSingle({ ...plain, ...more }, outageThresholds)
  return { verdict, confidence, kinds: evidence.map(({ kind }) => kind) }
}

describe('one ONU that is down (facts/noc.md E3 rule 6)', () => {
  test('is not called sure to be the fibre on silence alone', () => {
    expect(judged({ canGasp: false })).toEqual({
      verdict: 'single-drop',
      confidence: 'low',
      kinds: ['no-gasps', 'gasp-never-seen-here', 'light-steady-before', 'siblings-up'],
    })
    expect(judged({})).toMatchObject({ verdict: 'single-drop', confidence: 'medium' })
  })

  test('with a gasp lacks power at the customer; with flapping it is his adapter', () => {
    expect(judged({ cause: 'power' })).toMatchObject({
      verdict: 'customer-power',
      confidence: 'high',
    })
    expect(judged({ cause: 'power', falls: 5 }).kinds).toContain('flapped-before')
    expect(judged({ cause: 'power', dropDb: 4 })).toMatchObject({ confidence: 'medium' })
  })

  test('without a gasp, after its light had fallen, has its drop or connector', () => {
    expect(judged({ dropDb: 3.14 })).toMatchObject({ verdict: 'single-drop', confidence: 'high' })
    expect(judged({ dropDb: 3.14 }).kinds).toContain('light-fell-before')
  })

  test('that was ordered to is nobody’s fault, and of a cause that says nothing nothing is made up', () => {
    expect(judged({ cause: 'ordered' })).toEqual({
      verdict: 'undetermined',
      confidence: 'low',
      kinds: ['commanded'],
    })
    expect(judged({ cause: 'other', dropDb: Number.NaN })).toMatchObject({
      verdict: 'undetermined',
      confidence: 'low',
    })
  })

  test('is never called a fault of several', () => {
    fc.assert(
      fc.property(
        fc.record({
          cause: fc.constantFrom('power', 'optical', 'ordered', 'other'),
          canGasp: fc.boolean(),
          falls: fc.double({ min: 0, max: 20, noNaN: true }),
          dropDb: fc.double({ min: -10, max: 20 }),
          siblingsUp: fc.integer({ min: 0, max: 127 }),
        }),
        (onu) => {
          const { verdict, evidence } = judgeSingle(onu as SingleOnu, outageThresholds)
          expect(['customer-power', 'single-drop', 'undetermined']).toContain(verdict)
          expect(new Set(evidence.map(({ kind }) => kind)).size).toBe(evidence.length)
        },
      ),
      { seed: 2208 },
    )
  })
})

describe('asked of an ONU', () => {
  const size = { olts: 1, pons: 2, onusPerPon: 16 }
  const addressOf = (onuId: number, port = 0) => ({ shelf: 0, slot: 1, port, onuId })
  const start = () => {
    const network = createFakeFacts(size)
    const bench = createOutageBench(network.facts)
    bench.outages.start()
    network.walk(0, bench.clock.now())
    bench.clock.advance(60_000)
    const why = (onuId: number, port = 0) =>
      bench.ask('outages.onu', { oltId: network.oltId(0), address: addressOf(onuId, port) })
    return { network, why, ...bench }
  }

  test('that is not there it refuses, and of one that is up it says nothing', async () => {
    const { why } = start()
    expect(await rejectionOf(why(500))).toMatchObject({ code: 'not-found' })
    expect(await why(3)).toEqual({ outageId: null, verdict: null, confidence: null, evidence: [] })
  })

  test('that fell alone it judges it; among others it names their outage', async () => {
    const { network, why, clock } = start()
    const rows = network.rowsOf(0)
    network.set(rows[2]!, offlineState, 'dying-gasp', clock.now() - 20_000)
    for (const row of rows.slice(16)) network.set(row, offlineState, 'losi', clock.now() - 20_000)
    network.walk(0, clock.now())
    clock.advance(2_000)
    expect(await why(2)).toMatchObject({
      outageId: null,
      verdict: 'customer-power',
      confidence: 'high',
    })
    const among = await why(4, 1)
    expect(among.outageId).not.toBeNull()
    expect(among.verdict).not.toBe('single-drop')
  })
})
