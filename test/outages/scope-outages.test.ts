import { describe, expect, test } from 'vitest'
import { isReached, refuseBeyondReach, type BelongingOf } from '../../src-main/engine/reach.ts'
import { everything, type Reach } from '../../src-main/engine/reach.ts'
import { commands, events, queries, type Payload } from '../../src-shared/contract/index.ts'
import { partWithin } from '../../src-main/outages/within.ts'
import { isNocturneError } from '../../src-shared/errors.ts'
import { idOf } from '../support/store-workspace.ts'
import { createFakeFacts, offlineState, onlineState } from './fake-facts.ts'
import { createOutageBench, technician } from './outage-bench.ts'

const size = { olts: 2, pons: 3, onusPerPon: 16 }

/** One moment without power: a PON of one OLT and half a PON of the other. */
const overTwo = async () => {
  const network = createFakeFacts(size)
  const bench = createOutageBench(network.facts)
  bench.outages.start()
  const walkAll = (): void => {
    for (let olt = 0; olt < size.olts; olt++) network.walk(olt, bench.clock.now())
  }
  walkAll()
  bench.clock.advance(60_000)
  const rows = [...network.rowsOf(0).slice(0, 16), ...network.rowsOf(1).slice(0, 8)]
  const at = bench.clock.now() - 20_000
  for (const row of rows) network.set(row, offlineState, 'dying-gasp', at)
  walkAll()
  bench.clock.advance(2_000)
  const { outages } = await bench.ask('outages.list', {})
  expect(outages).toMatchObject([{ affectedOnus: 24 }])
  const [one, other] = [network.oltId(0), network.oltId(1)]
  const id = outages[0]!.id
  const belongingOf: BelongingOf = (kind, named) =>
    kind === 'outage'
      ? bench.outages.belongs.outage(named)
      : { oltIds: [named.split(' ')[0]!], accountIds: [technician] }
  const refusal = (reach: Reach, name: 'outages.outage' | 'outages.note', outageId = id) => {
    try {
      const definition = name === 'outages.note' ? commands[name] : queries[name]
      refuseBeyondReach(reach, definition, { id: outageId }, belongingOf)
      return null
    } catch (error) {
      return isNocturneError(error) ? error.code : 'another'
    }
  }
  const end = (): void => {
    for (const row of rows) network.set(row, onlineState)
    walkAll()
    bench.clock.advance(2_000)
  }
  return { ...bench, network, id, one, other, belongingOf, refusal, end }
}

const region = (...oltIds: string[]): Reach => ({
  kind: 'regions',
  accountId: technician,
  olts: new Set(oltIds),
})
const own: Reach = { kind: 'own', accountId: technician, olts: new Set() }
const somebodys: Reach = { ...own, accountId: idOf(79) }

describe('an account that reaches a part is refused', () => {
  test('an outage elsewhere, and to act on one that goes beyond its part', async () => {
    const { id, one, other, refusal, run, end, clock } = await overTwo()
    expect(refusal(region(idOf(5)), 'outages.outage')).toBe('beyond-scope')
    expect(refusal(region(one), 'outages.outage')).toBeNull()
    expect(refusal(region(one), 'outages.note')).toBe('beyond-scope')
    expect(refusal(region(one, other), 'outages.note')).toBeNull()
    expect(refusal(own, 'outages.outage')).toBe('beyond-scope')
    await run('outages.assign', { id, accountId: technician })
    expect(refusal(own, 'outages.note')).toBeNull()
    expect(refusal(somebodys, 'outages.note')).toBe('beyond-scope')
    expect(refusal(own, 'outages.outage', idOf(1))).toBe('beyond-scope')
    end()
    // Long after, it lies in the store alone.
    clock.advance(3_600_000)
    expect(refusal(region(one), 'outages.note')).toBe('beyond-scope')
    expect(refusal(region(idOf(5)), 'outages.outage')).toBe('beyond-scope')
    expect(refusal(own, 'outages.note')).toBeNull()
  })
})

describe('an outage over two regions', () => {
  test('shows each its half, and nothing of the other', async () => {
    const { ask, run, id, one, other } = await overTwo()
    await run('outages.note', { id, note: 'Truck drove past OLT-02' })
    await run('outages.correct', { id, verdict: 'area-power', note: 'OLT-01 and OLT-02' })
    for (const [mine, foreign, name, hidden, onus] of [
      [one, other, 'OLT-01', 'OLT-02', 16],
      [other, one, 'OLT-02', 'OLT-01', 8],
    ] as const) {
      const reach = region(mine)
      const list = await ask('outages.list', {}, reach)
      const counts = { affectedOnus: onus, down: onus, withGasp: onus, withoutGasp: 0 }
      expect(list).toMatchObject({ total: 1, outages: [{ id, node: null, areas: [], ...counts }] })
      const whole = await ask('outages.outage', { id }, reach)
      expect(whole.outage).toMatchObject({ olts: [{ oltId: mine, name }], ...counts })
      expect(whole.perPon).toMatchObject([{ oltId: mine, down: onus }])
      expect([...whole.arrival.down].at(-1)).toBe(onus)
      expect(whole.evidence.length).toBeGreaterThan(0)
      expect(whole.timeline.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining(['opened', 'noted', 'corrected']),
      )
      const members = await ask('outages.onus', { id }, reach)
      expect(members.total).toBe(onus)
      const shown = JSON.stringify([list, whole, members])
      expect(shown).not.toContain(foreign)
      expect(shown).not.toContain(hidden)
      // Neither by words that stand in the other half, nor by its OLT.
      const found = async (input: object) => (await ask('outages.list', input, reach)).total
      expect(await found({ search: hidden.toLowerCase() })).toBe(0)
      expect(await found({ search: 'truck' })).toBe(0)
      expect(await found({ search: name.toLowerCase() })).toBe(1)
      expect(await found({ oltIds: [foreign] })).toBe(0)
      expect(await found({ oltIds: [mine] })).toBe(1)
    }
    const whole = await ask('outages.outage', { id }, region(one, other))
    expect(whole).toEqual(await ask('outages.outage', { id }))
    expect(whole.outage.corrected?.note).toBe('OLT-01 and OLT-02')
    // Handed to a handler past the router, what is not reached is empty.
    expect((await ask('outages.onus', { id }, region())).total).toBe(0)
  })

  test('does so when it has ended too, beside those that lie in one', async () => {
    const { ask, run, id, one, other, network, clock, end } = await overTwo()
    await run('outages.assign', { id, accountId: technician })
    end()
    clock.advance(3_600_000)
    for (const row of network.rowsOf(1).slice(16, 32)) {
      network.set(row, offlineState, 'losi', clock.now() - 10_000)
    }
    network.walk(1, clock.now())
    clock.advance(2_000)
    for (const row of network.rowsOf(1).slice(16, 32)) network.set(row, onlineState)
    network.walk(1, clock.now())
    clock.advance(2_000)
    const ended = async (reach: Reach, input: object = {}) =>
      (await ask('outages.list', { state: 'ended', ...input }, reach)).outages.map(
        ({ affectedOnus }) => affectedOnus,
      )
    expect(await ended(everything)).toEqual([24, 16])
    expect(await ended(region(one))).toEqual([16])
    expect(await ended(region(other))).toEqual([16, 8])
    expect(await ended(region(other), { offset: 1, limit: 1 })).toEqual([8])
    expect(await ended(region(one), { search: 'olt-02' })).toEqual([])
    expect(await ended(region(one), { oltIds: [other] })).toEqual([])
    expect(await ended(region())).toEqual([])
    expect(await ended(own)).toEqual([24])
    expect(await ended(somebodys)).toEqual([])
    const { total } = await ask('outages.list', { state: 'all' }, region(other))
    expect(total).toBe(2)
  })

  test('is one’s own where one sees to it, as a whole', async () => {
    const { ask, run, id } = await overTwo()
    expect(await ask('outages.list', {}, own)).toMatchObject({ total: 0 })
    await run('outages.assign', { id, accountId: technician })
    expect(await ask('outages.list', {}, own)).toMatchObject({
      outages: [{ affectedOnus: 24, olts: [{}, {}] }],
    })
    expect(await ask('outages.list', {}, somebodys)).toMatchObject({ total: 0 })
  })

  test('tells of one ONU why it is down, and names no other place', async () => {
    const { ask, id, one } = await overTwo()
    const asked = { oltId: one, address: { shelf: 0, slot: 1, port: 0, onuId: 3 } }
    const whole = await ask('outages.onu', asked)
    expect(whole.outageId).toBe(id)
    expect(await ask('outages.onu', asked, region(one))).toMatchObject({
      outageId: id,
      verdict: whole.verdict,
    })
    // Of his own ONU in what is not his own.
    expect(await ask('outages.onu', asked, own)).toMatchObject({
      outageId: null,
      verdict: whole.verdict,
    })
  })

  test('is counted and told of by what is reached', async () => {
    const { emitted, one, other, belongingOf, clock } = await overTwo()
    const changed = emitted.findLast(({ name }) => name === 'outages.changed')!
    const count = (reach: Reach) => changed.make(reach) as Payload<'outages.changed'>
    expect(count(everything)).toMatchObject({ open: 1, affectedOnus: 24 })
    expect(count(region(other))).toMatchObject({ open: 1, affectedOnus: 8 })
    expect(count(region(idOf(5)))).toMatchObject({ open: 0, affectedOnus: 0, worst: null })
    expect(count(own)).toMatchObject({ open: 0 })
    clock.advance(60_000)
    const notice = emitted.findLast(({ name }) => name === 'alarms.notice')!
    const told = (reach: Reach) => notice.make(reach) as Payload<'alarms.notice'>
    const gets = (reach: Reach) =>
      isReached(reach, events['alarms.notice'], told(reach), belongingOf)
    expect(told(everything)).toMatchObject({ oltName: null, affectedOnus: 24 })
    expect(told(region(one))).toMatchObject({ oltName: 'OLT-01', name: null, affectedOnus: 16 })
    expect(gets(region(one))).toBe(true)
    expect(gets(region(idOf(5)))).toBe(false)
    expect(gets(own)).toBe(false)
  })
})

test('of an outage in part no name of a node, a street, an OLT or a PON port is left', async () => {
  const { ask, one, other } = await overTwo()
  const { outages } = await ask('outages.list', {})
  const evidence = (
    [
      ['common-splitter', { node: 'ODB Foreign' }],
      ['same-street', { street: 'Foreign street' }],
      ['several-pons-one-area', { area: 'Foreign area', pons: 2 }],
      ['olt-restarted', { olt: 'Foreign OLT' }],
      ['port-down', { pon: 'Foreign port', ports: 1 }],
      ['gasps', { withGasp: 3, affected: 4 }],
    ] as const
  ).map(([kind, params]) => ({ kind, params, speaks: 'for' as const, weight: 1 }))
  const whole = {
    row: {
      ...outages[0]!,
      node: { id: idOf(1), name: 'ODB Foreign', path: 'Foreign' },
      areas: ['Foreign area'],
      olts: [
        { oltId: one, name: 'Mine' },
        { oltId: other, name: 'Foreign' },
      ],
    },
    detail: {
      evidence,
      weighed: [],
      facts: null,
      timeline: [],
      pons: [{ oltId: other, packed: 0, name: 'Foreign', total: 1 }],
      seenAt: 0,
      told: true,
      muted: false,
      leftoverSince: null,
      trace: {
        lastAt: 0,
        clocked: true,
        whole: false,
        wholeOlt: false,
        silentCapable: 0,
        areas: [],
        path: [],
      },
    },
    parts: [],
  }
  const part = partWithin(region(one), whole)
  expect(part.detail.evidence.map(({ kind }) => kind)).toEqual(['gasps'])
  expect(JSON.stringify(part)).not.toContain('Foreign')
  expect(partWithin(region(one, other), whole)).toBe(whole)
})
