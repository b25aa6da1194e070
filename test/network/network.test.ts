import { describe, expect, test } from 'vitest'
import { NocturneError } from '../../src-shared/errors.ts'
import { queries as contract } from '../../src-shared/contract/index.ts'
import { rejectionOf } from '../support/error-code.ts'
import { countOf } from '../support/store-workspace.ts'
import { columnsOf, onlineOnus, addressOf } from './onu-columns.ts'
import { createNetworkBench } from './network-bench.ts'

type Bench = ReturnType<typeof createNetworkBench>

const summary = ({ queries, context }: Bench) =>
  contract['network.summary'].output.parse(queries['network.summary']({ oltIds: [] }, context))

const fill = (bench: Bench, host: string, count: number): void => {
  const fake = bench.fakeAt(host)
  fake.columns = {
    identity: columnsOf(
      'identity',
      onlineOnus(count).map(({ onuId }) => ({
        onuId,
        texts: { serial: `${host}-${onuId}`, name: `Rumah ${onuId}` },
      })),
    ),
    status: columnsOf('status', onlineOnus(count)),
  }
}

const noAnswer = () => new NocturneError('olt-no-answer', { host: 'lost' })

describe('the network refuses', () => {
  test('a second OLT with the address of the first', async () => {
    const bench = createNetworkBench()
    await bench.addOlt('North', 'olt.example')
    const error = await rejectionOf(bench.addOlt('South', 'OLT.example'))
    expect(error).toMatchObject({ code: 'olt-address-taken', params: { name: 'North' } })
    await bench.addOlt('South', 'olt.example', { port: 1161 })
    expect(countOf(bench.store, 'olt')).toBe(2)
  })

  test('to move an OLT onto the address of another, or to bring one back onto it', async () => {
    const bench = createNetworkBench()
    const north = await bench.addOlt('North', '192.0.2.1')
    await bench.addOlt('South', '192.0.2.2')
    const moved = bench.run('network.updateOlt', {
      oltId: north,
      baseVersion: 1,
      host: '192.0.2.2',
    })
    expect((await rejectionOf(moved)).code).toBe('olt-address-taken')
    await bench.run('network.removeOlt', { oltId: north, baseVersion: 1 })
    await bench.addOlt('New north', '192.0.2.1')
    const back = bench.run('network.restoreOlt', { oltId: north, baseVersion: 2 })
    expect((await rejectionOf(back)).code).toBe('olt-address-taken')
  })

  test('a change to a version that someone else has changed meanwhile', async () => {
    const bench = createNetworkBench()
    const oltId = await bench.addOlt('North', '192.0.2.1')
    await bench.run('network.updateOlt', { oltId, baseVersion: 1, name: 'N' })
    for (const name of ['network.updateOlt', 'network.removeOlt', 'network.restoreOlt'] as const) {
      const error = await rejectionOf(bench.run(name, { oltId, baseVersion: 1 }))
      expect(error.code).toBe('conflict')
    }
  })

  test('OLTs and ONUs that are not there', async () => {
    const bench = createNetworkBench()
    const oltId = '01900000-0000-7000-8000-00000000ffff'
    for (const name of ['network.updateOlt', 'network.removeOlt'] as const) {
      expect((await rejectionOf(bench.run(name, { oltId, baseVersion: 1 }))).code).toBe('not-found')
    }
    const poll = bench.run('network.pollNow', { oltId, group: 'status' })
    expect((await rejectionOf(poll)).code).toBe('not-found')
    expect(() => bench.queries['network.olt']({ oltId }, bench.context)).toThrow('not-found')
    const known = await bench.addOlt('North', '192.0.2.1')
    const address = addressOf(1)
    expect(() => bench.queries['network.onu']({ oltId: known, address }, bench.context)).toThrow(
      'not-found',
    )
  })

  test('to let the community out: not in an answer, an event, a log or the feed', async () => {
    const bench = createNetworkBench()
    bench.network.start()
    fill(bench, '192.0.2.1', 3)
    const secret = 's3cret-comm.unity'
    const oltId = await bench.addOlt('North', '192.0.2.1', { community: secret })
    await bench.run('network.updateOlt', { oltId, baseVersion: 1, community: `${secret}2` })
    await bench.runFor(2_000)
    expect(bench.targets.at(-1)?.access).toEqual({
      version: '2c',
      community: Buffer.from(`${secret}2`),
    })
    const everything = JSON.stringify([
      bench.queries['network.olts']({}, bench.context),
      bench.queries['network.olt']({ oltId }, bench.context),
      bench.events.map(({ make }) => make()),
      bench.logged,
      bench.store.reader.prepare('SELECT * FROM change_feed').all(),
      bench.store.reader.prepare('SELECT * FROM olt').all(),
    ])
    expect(everything).toContain('North')
    expect(everything).not.toContain('s3cret')
  })

  test('to poll with a community that cannot be opened, and says so', async () => {
    const first = createNetworkBench()
    const oltId = await first.addOlt('North', '192.0.2.1')
    const bench = createNetworkBench({ store: first.store, vaultKey: new Uint8Array(32) })
    bench.network.start()
    await bench.runFor(5_000)
    expect(bench.targets).toHaveLength(0)
    expect(bench.olt(oltId)).toMatchObject({ problem: { code: 'secret-unreadable' } })
    await bench.run('network.updateOlt', { oltId, baseVersion: 1, community: 'entered-anew' })
    await bench.runFor(5_000)
    expect(bench.targets).toHaveLength(1)
    expect(bench.olt(oltId)).toMatchObject({ problem: null, reachability: 'reachable' })
  })
})

describe('the network', () => {
  test('tells once when every OLT has been read or cannot be', async () => {
    const bench = createNetworkBench()
    await bench.addOlt('North', '192.0.2.1')
    await bench.addOlt('Lost', 'lost')
    await bench.addOlt('Strange', 'strange')
    fill(bench, '192.0.2.1', 10)
    bench.fakeAt('lost').failures.set('recognise', noAnswer())
    bench.fakeAt('strange').recognition = {
      kind: 'unrecognised',
      maybeOlt: true,
      system: { sysName: 'x', sysDescr: 'y', sysObjectId: '1.3', uptimeS: 1 },
    }
    const told: unknown[] = []
    bench.network.onFirstFullPoll((result) => told.push(result))
    bench.network.start()
    await bench.runFor(120_000)
    expect(told).toEqual([{ olts: 3, onus: 10, online: 10, firstPollMs: expect.any(Number) }])
    expect(summary(bench).olts).toEqual({
      total: 3,
      reachable: 1,
      unreachable: 1,
      never: 0,
      unrecognised: 1,
    })
    const late: unknown[] = []
    bench.network.onFirstFullPoll((result) => late.push(result))
    expect(late).toHaveLength(1)
  })

  test('turns ONUs unknown when their OLT is lost, and has them back when it answers', async () => {
    const bench = createNetworkBench()
    const oltId = await bench.addOlt('North', '192.0.2.1')
    fill(bench, '192.0.2.1', 10)
    bench.network.start()
    await bench.runFor(10_000)
    expect(summary(bench).counts).toMatchObject({ online: 10, unknown: 0 })
    const fake = bench.fakeAt('192.0.2.1')
    for (const call of ['recognise', 'status', 'unconfigured', 'chassis', 'counters']) {
      fake.failures.set(call, noAnswer())
    }
    await bench.runFor(180_000, 5_000)
    expect(bench.olt(oltId)).toMatchObject({
      reachability: 'unreachable',
      problem: { code: 'olt-no-answer' },
    })
    expect(summary(bench).counts).toMatchObject({ online: 0, unknown: 10 })
    fake.failures.clear()
    await bench.runFor(310_000, 5_000)
    expect(bench.olt(oltId)).toMatchObject({ reachability: 'reachable', problem: null })
    expect(summary(bench).counts).toMatchObject({ online: 10, unknown: 0 })
    const problems = bench
      .payloads('network.oltProblem')
      .map(({ problem }) => problem?.code ?? null)
    expect(problems).toEqual(['olt-no-answer', null])
  })

  test('keeps what a group complains of until that group can be read', async () => {
    const bench = createNetworkBench()
    const oltId = await bench.addOlt('North', '192.0.2.1')
    fill(bench, '192.0.2.1', 3)
    bench.network.start()
    bench.fakeAt('192.0.2.1').failures.set('optics', new NocturneError('olt-walk-looped'))
    await bench.runFor(70_000, 5_000)
    expect(bench.olt(oltId)).toMatchObject({
      reachability: 'reachable',
      problem: { code: 'olt-walk-looped' },
    })
    bench.fakeAt('192.0.2.1').failures.clear()
    await bench.runFor(300_000, 5_000)
    expect(bench.olt(oltId)).toMatchObject({ problem: null })
  })

  test('hides a removed OLT everywhere, and brings it back with its rows', async () => {
    const bench = createNetworkBench()
    const oltId = await bench.addOlt('North', '192.0.2.1')
    fill(bench, '192.0.2.1', 10)
    bench.network.start()
    await bench.runFor(10_000)
    await bench.run('network.removeOlt', { oltId, baseVersion: 1 })
    expect(summary(bench)).toMatchObject({ counts: { total: 0 }, olts: { total: 0 } })
    const walks = bench.fakeAt('192.0.2.1').calls.length
    await bench.runFor(120_000, 10_000)
    expect(bench.fakeAt('192.0.2.1').calls).toHaveLength(walks)
    await bench.run('network.restoreOlt', { oltId, baseVersion: 2 })
    expect(summary(bench).counts).toMatchObject({ total: 10, online: 10 })
    await bench.runFor(10_000)
    expect(bench.fakeAt('192.0.2.1').calls.length).toBeGreaterThan(walks)
    expect(bench.olt(oltId)).toMatchObject({ version: 3 })
  })

  test('reads at once what a person asks for', async () => {
    const bench = createNetworkBench()
    const oltId = await bench.addOlt('North', '192.0.2.1')
    bench.network.start()
    await bench.runFor(10_000)
    const calls = () => bench.fakeAt('192.0.2.1').calls.filter((call) => call === 'optics').length
    expect(calls()).toBe(1)
    await bench.run('network.pollNow', { oltId, group: 'optics' })
    await bench.runFor(1_000)
    expect(calls()).toBe(2)
  })

  test('marks an OLT at one of the plant’s addresses as simulated, also after a restart', async () => {
    const simulatedOlts = [{ host: '127.0.0.1', port: 4000 }]
    const bench = createNetworkBench({ simulatedOlts })
    const oltId = await bench.addOlt('Demo', '127.0.0.1', { port: 4000 })
    const other = await bench.addOlt('Real', '127.0.0.1', { port: 4001 })
    expect(bench.olt(oltId)).toMatchObject({ simulated: true })
    expect(bench.olt(other)).toMatchObject({ simulated: false })
    await bench.stop()
    const later = createNetworkBench({ store: bench.store, simulatedOlts })
    expect(later.olt(oltId)).toMatchObject({ simulated: true })
  })

  test('announces changes at most four times a second, and nothing when nothing moves', async () => {
    const bench = createNetworkBench()
    await bench.addOlt('North', '192.0.2.1')
    fill(bench, '192.0.2.1', 10)
    bench.network.start()
    await bench.runFor(10_000, 50)
    const changed = () => bench.events.filter(({ name }) => name === 'network.changed').length
    expect(changed()).toBeLessThanOrEqual(41)
    const before = changed()
    await bench.runFor(30_000, 250)
    expect(changed()).toBe(before)
    expect(bench.payloads('network.changed').at(-1)).toMatchObject({
      counts: { online: 10 },
      oltsReachable: 1,
      oltsTotal: 1,
    })
  })

  test('remembers counts per minute', async () => {
    const bench = createNetworkBench()
    await bench.addOlt('North', '192.0.2.1')
    fill(bench, '192.0.2.1', 2)
    bench.network.start()
    await bench.runFor(100_000, 5_000)
    bench.fakeAt('192.0.2.1').columns.status = columnsOf('status', [
      { onuId: 1, state: 'offline', cause: 'dying-gasp' },
      { onuId: 2, state: 'online' },
    ])
    await bench.runFor(300_000, 5_000)
    const { at, online, offlinePower } = contract['network.stateHistory'].output.parse(
      await bench.queries['network.stateHistory']({ oltIds: [] }, bench.context),
    )
    expect(at.length).toBeGreaterThanOrEqual(5)
    expect(online[0]).toBe(2)
    expect(offlinePower.at(-1)).toBe(1)
  })

  test('starts with what it knew last, at its true age', async () => {
    let file: Uint8Array | null = null
    const lastKnownFile = {
      load: () => file,
      save: (bytes: Uint8Array) => {
        file = bytes
      },
    }
    const first = createNetworkBench({ lastKnownFile })
    const oltId = await first.addOlt('North', '192.0.2.1')
    fill(first, '192.0.2.1', 10)
    first.network.start()
    await first.runFor(10_000)
    const readAt = summary(first).oldestStatusAt
    await first.stop()
    const second = createNetworkBench({ lastKnownFile, store: first.store })
    second.fakeAt('192.0.2.1').hold = true
    second.network.start()
    await second.runFor(1_000)
    expect(summary(second).counts).toMatchObject({ total: 10, online: 10 })
    expect(second.olt(oltId)).toMatchObject({
      reachability: 'never',
      ages: { status: readAt },
      familyLabel: 'Fake family',
    })
    file = new Uint8Array([1, 2, 3])
    const third = createNetworkBench({ lastKnownFile, store: first.store })
    third.network.start()
    expect(third.logged.join()).toContain('damaged')
  })

  test('leaves nothing running when it stops', async () => {
    const bench = createNetworkBench()
    await bench.addOlt('North', '192.0.2.1')
    bench.fakeAt('192.0.2.1').hold = true
    bench.network.start()
    await bench.runFor(2_000)
    await bench.stop()
    expect(bench.clock.pending).toBe(0)
    expect(bench.fakeAt('192.0.2.1').open).toBe(0)
  })

  test('probes a host without saving anything, and tells what it knows already', async () => {
    const bench = createNetworkBench()
    const oltId = await bench.addOlt('North', '192.0.2.1')
    fill(bench, '192.0.2.1', 7)
    const ask = async (host: string) =>
      contract['network.probe'].output.parse(
        await bench.queries['network.probe'](
          { taskId: oltId, host, port: 161, snmpVersion: '2c', community: 'public' },
          bench.context,
        ),
      )
    expect(await ask('192.0.2.1')).toMatchObject({
      kind: 'recognised',
      onus: 7,
      ponPorts: [{ name: '0/1/1', onus: 7 }],
      known: { id: oltId, name: 'North' },
    })
    bench.fakeAt('lost').failures.set('recognise', noAnswer())
    expect(await ask('lost')).toMatchObject({ kind: 'failed', problem: { code: 'olt-no-answer' } })
    const strange = bench.fakeAt('strange')
    strange.recognition = {
      kind: 'unrecognised',
      maybeOlt: false,
      system: { sysName: null, sysDescr: 'Linux', sysObjectId: '1.3', uptimeS: 1 },
    }
    expect(await ask('strange')).toMatchObject({ kind: 'not-an-olt' })
    strange.recognition = { ...strange.recognition, maybeOlt: true }
    expect(await ask('strange')).toMatchObject({ kind: 'unknown-family' })
    expect(bench.fakeAt('192.0.2.1').open + bench.fakeAt('lost').open + strange.open).toBe(0)
    expect(countOf(bench.store, 'olt')).toBe(1)
  })
})
