import { describe, expect, test } from 'vitest'
import { rejectionOf } from '../support/error-code.ts'
import { idOf } from '../support/store-workspace.ts'
import { createFakeFacts, offlineState, onlineState } from './fake-facts.ts'
import { createOutageBench, technician } from './outage-bench.ts'

const size = { olts: 2, pons: 3, onusPerPon: 16 }

/** One PON of the first OLT is dark. */
const withOutage = async () => {
  const network = createFakeFacts(size)
  const bench = createOutageBench(network.facts)
  bench.outages.start()
  const walkAll = (): void => {
    for (let olt = 0; olt < size.olts; olt++) network.walk(olt, bench.clock.now())
  }
  walkAll()
  bench.clock.advance(60_000)
  const rows = network.rowsOf(0).slice(0, 16)
  for (const row of rows) network.set(row, offlineState, 'losi', bench.clock.now() - 20_000)
  walkAll()
  bench.clock.advance(2_000)
  const { outages } = await bench.ask('outages.list', {})
  return { network, ...bench, walkAll, rows, id: outages[0]?.id ?? '' }
}

describe('outages refuse', () => {
  test('to speak of one that is not there, and to act on it', async () => {
    const { ask, run } = await withOutage()
    expect(await rejectionOf(ask('outages.outage', { id: idOf(1) }))).toMatchObject({
      code: 'not-found',
    })
    const gone = { id: idOf(1) }
    const acts = [
      run('outages.note', { ...gone, note: 'x' }),
      run('outages.acknowledge', gone),
      run('outages.assign', { ...gone, accountId: technician }),
      run('outages.setTicket', { ...gone, ticket: 'T' }),
      run('outages.correct', { ...gone, verdict: 'feeder' }),
    ]
    for (const act of acts) expect(await rejectionOf(act)).toMatchObject({ code: 'not-found' })
  })

  test('to give one to somebody who does not exist', async () => {
    const { run, id } = await withOutage()
    expect(await rejectionOf(run('outages.assign', { id, accountId: idOf(5) }))).toMatchObject({
      code: 'not-found',
    })
  })

  test('to make an outage of what was down before anybody looked, without knowing since when', async () => {
    const network = createFakeFacts(size)
    for (const row of network.rowsOf(0)) network.set(row, offlineState, 'losi')
    const { outages, clock, ask } = createOutageBench(network.facts)
    outages.start()
    network.walk(0, clock.now())
    clock.advance(5_000)
    expect(await ask('outages.list', {})).toMatchObject({ outages: [], total: 0 })
  })

  test('to make one of ONUs that have been down for more than a day', async () => {
    const network = createFakeFacts(size)
    const { outages, clock, ask } = createOutageBench(network.facts)
    const dayAgo = clock.now() - 25 * 3_600_000
    for (const row of network.rowsOf(0)) network.set(row, offlineState, 'losi', dayAgo)
    outages.start()
    network.walk(0, clock.now())
    clock.advance(5_000)
    expect(await ask('outages.list', {})).toMatchObject({ total: 0 })
  })
})

describe('an outage', () => {
  test('is a row with its PON, its ONUs, their arrival and what it was made of', async () => {
    const { ask, id, network } = await withOutage()
    const whole = await ask('outages.outage', { id })
    expect(whole.outage).toMatchObject({
      affectedOnus: 16,
      down: 16,
      withGasp: 0,
      severity: 'critical',
      olts: [{ oltId: network.oltId(0), name: 'OLT-01' }],
      subscribers: null,
      revenue: null,
    })
    expect(whole.perPon).toMatchObject([{ total: 16, down: 16, back: 0 }])
    expect([...whole.arrival.down].at(-1)).toBe(16)
    expect(whole.evidence.map(({ kind }) => kind)).toContain('all-of-pon')
    const shares = whole.weighed.reduce((sum, { share }) => sum + share, 0)
    expect(shares).toBeLessThan(1)
    const { onus, total } = await ask('outages.onus', { id, offset: 4, limit: 3 })
    expect(total).toBe(16)
    expect(onus.map(({ address }) => address.onuId)).toEqual([4, 5, 6])
    expect(onus[0]).toMatchObject({ gasp: 'never-sends', backAt: null })
  })

  test('is told of by its PON and its ONUs, and by no others', async () => {
    const { outages, network, id } = await withOutage()
    const oltId = network.oltId(0)
    const pon = { shelf: 0, slot: 1, port: 0 }
    expect(outages.outageOf({ kind: 'pon', oltId, pon })).toBe(id)
    expect(outages.outageOf({ kind: 'onu', oltId, address: { ...pon, onuId: 3 } })).toBe(id)
    expect(outages.outageOf({ kind: 'pon', oltId, pon: { ...pon, port: 1 } })).toBeNull()
    expect(outages.outageOf({ kind: 'olt', oltId })).toBeNull()
  })

  test('ends when all are back, and lies in the list of ended ones', async () => {
    const { ask, network, rows, walkAll, clock, notices, id } = await withOutage()
    clock.advance(60_000)
    expect(notices.map(({ why }) => why)).toEqual(['outage'])
    for (const row of rows) network.set(row, onlineState)
    walkAll()
    clock.advance(2_000)
    expect(await ask('outages.list', {})).toMatchObject({ total: 0 })
    const ended = await ask('outages.list', { state: 'ended', search: 'olt-01 0/1/0' })
    expect(ended.outages).toMatchObject([{ id, down: 0, affectedOnus: 16 }])
    expect(await ask('outages.list', { state: 'ended', search: 'elsewhere' })).toMatchObject({
      total: 0,
    })
    expect(notices.map(({ why }) => why)).toEqual(['outage', 'outage-ended'])
    // Long after, it is read from the store.
    clock.advance(3_600_000)
    expect((await ask('outages.outage', { id })).outage.endedAt).not.toBeNull()
    expect((await ask('outages.onus', { id })).total).toBe(16)
  })

  test('ends with one dead ONU left only after it has stayed so', async () => {
    const { ask, network, rows, walkAll, clock } = await withOutage()
    for (const row of rows.slice(1)) network.set(row, onlineState)
    walkAll()
    clock.advance(2_000)
    expect(await ask('outages.list', {})).toMatchObject({ total: 1 })
    for (let minute = 0; minute < 11; minute++) {
      clock.advance(60_000)
      walkAll()
    }
    clock.advance(2_000)
    expect(await ask('outages.list', {})).toMatchObject({ total: 0 })
  })

  test('of one PON and one of another PON at another time are two rows', async () => {
    const { ask, network, walkAll, clock } = await withOutage()
    clock.advance(600_000)
    for (const row of network.rowsOf(0).slice(16, 32)) {
      network.set(row, offlineState, 'losi', clock.now() - 5_000)
    }
    walkAll()
    const { outages } = await ask('outages.list', { sort: 'beganAt', descending: false })
    expect(outages).toHaveLength(2)
    expect(outages[0]!.beganAt).toBeLessThan(outages[1]!.beganAt)
  })

  test('keeps what people say of it, the correction with all it was said against', async () => {
    const { ask, run, id, store } = await withOutage()
    await run('outages.acknowledge', { id })
    await run('outages.assign', { id, accountId: technician })
    await run('outages.note', { id, note: 'Crew is on its way' })
    await run('outages.setTicket', { id, ticket: 'T-1' })
    await run('outages.correct', { id, verdict: 'area-power', note: 'transformer' })
    const { outage, timeline } = await ask('outages.outage', { id })
    expect(outage).toMatchObject({
      corrected: { verdict: 'area-power', note: 'transformer', by: { name: 'Sari' } },
      acknowledged: { by: { name: 'Sari' } },
      owner: { accountId: technician, name: 'Sari' },
      ticket: 'T-1',
    })
    expect(outage.verdict).not.toBe('area-power')
    const said = timeline.filter(({ by }) => by === 'Sari').map(({ kind }) => kind)
    expect(said).toEqual(['acknowledged', 'assigned', 'noted', 'ticket', 'corrected'])
    expect(await ask('outages.list', { verdicts: ['area-power'] })).toMatchObject({ total: 1 })
    expect(await ask('outages.list', { verdicts: ['feeder'] })).toMatchObject({ total: 0 })
    const kept = store.reader
      .prepare<[], { given: string; said: string; facts: string; evidence: string }>(
        `SELECT given, said, facts, evidence FROM outage_correction`,
      )
      .all()
    expect(kept).toMatchObject([{ given: outage.verdict, said: 'area-power' }])
    expect(JSON.parse(kept[0]!.facts)).toMatchObject({ members: 16 })
    await run('outages.correct', { id, verdict: null })
    expect((await ask('outages.outage', { id })).outage.corrected).toBeNull()
  })

  test('is there again after a restart, and ends when its ONUs are back', async () => {
    const { network, outages, store, clock, run, id } = await withOutage()
    await run('outages.note', { id, note: 'seen' })
    outages.stop()
    const next = createOutageBench(network.facts, { store, clock })
    next.outages.start()
    expect((await next.ask('outages.list', {})).outages).toMatchObject([
      { id, down: 16, affectedOnus: 16 },
    ])
    clock.advance(30_000)
    network.walk(0, clock.now())
    clock.advance(2_000)
    // Still down: the same row, not another one.
    expect((await next.ask('outages.list', { state: 'all' })).total).toBe(1)
    for (const row of network.rowsOf(0)) network.set(row, onlineState)
    network.walk(0, clock.now())
    clock.advance(2_000)
    const { outages: ended } = await next.ask('outages.list', { state: 'all' })
    expect(ended).toMatchObject([{ id, down: 0 }])
    expect(ended[0]?.endedAt).not.toBeNull()
    expect((await next.ask('outages.outage', { id })).timeline.map(({ kind }) => kind)).toContain(
      'noted',
    )
  })
})

describe('100,352 ONUs lost at once', () => {
  test('and back are one row, a notice, and few writes', async () => {
    const network = createFakeFacts({ olts: 49, pons: 16, onusPerPon: 128 })
    const { outages, clock, ask, notices, writes, logged } = createOutageBench(network.facts)
    outages.start()
    const round = (): void => {
      for (let olt = 0; olt < 49; olt++) {
        network.walk(olt, clock.now())
        clock.advance(1_000)
      }
    }
    round()
    const at = clock.now()
    for (let row = 0; row < 100_352; row++) network.set(row, offlineState, 'dying-gasp', at)
    round()
    const { outages: rows } = await ask('outages.list', {})
    expect(rows).toMatchObject([{ affectedOnus: 100_352, down: 100_352, verdict: 'area-power' }])
    clock.advance(90_000)
    expect(notices.filter(({ why }) => why === 'outage')).toHaveLength(1)
    for (let row = 0; row < 100_352; row++) network.set(row, onlineState)
    round()
    clock.advance(15_000)
    expect(await ask('outages.list', {})).toMatchObject({ total: 0 })
    expect(await ask('outages.list', { state: 'all' })).toMatchObject({ total: 1 })
    expect(writes.length).toBeLessThan(120)
    expect(logged).toEqual([])
  }, 60_000)
})
