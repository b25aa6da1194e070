import { describe, expect, test } from 'vitest'
import { events as contract, queries as asked } from '../../src-shared/contract/index.ts'
import { packOnuAddress, type OnuAddress } from '../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CallContext } from '../../src-main/engine/handlers.ts'
import type { OnuReading, OpenOltPort } from '../../src-main/olt/poller/olt-port.ts'
import { createFakeOlt } from '../poller/fake-olt.ts'
import { rejectionOf } from '../support/error-code.ts'
import { idOf } from '../support/store-workspace.ts'
import { createNetworkBench } from './network-bench.ts'
import { addressOf, columnsOf, onlineOnus } from './onu-columns.ts'

/** A network of two OLTs with three ONUs each, and a way to read one of them. */
const liveBench = async () => {
  const fakes = new Map([
    ['192.0.2.1', createFakeOlt()],
    ['192.0.2.2', createFakeOlt()],
  ])
  const reads: number[] = []
  let octets = 0
  let failure: NocturneError | null = null
  let isGone = false
  const reading = (address: number): OnuReading => {
    const onuId = address & 1023
    octets += 250_000
    const of = (more: object) => (isGone ? [] : [{ onuId, ...more }])
    return {
      how: 'onu',
      answerMs: 12,
      columns: [
        columnsOf('status', of({ state: 'online', numbers: { distanceM: 1_234 } })),
        columnsOf('optics', of({ numbers: { onuRxDbm: -21.5 } })),
        columnsOf('counters', of({ numbers: { upBytes: octets, downBytes: octets * 4 } })),
      ],
    }
  }
  const openOltPort: OpenOltPort = (target) => {
    const fake = fakes.get(target.host) ?? createFakeOlt()
    return {
      ...fake.openPort(target),
      openOnuReader: (address) => ({
        read: async () => {
          await Promise.resolve()
          reads.push(address)
          if (failure !== null) throw failure
          return reading(address)
        },
      }),
    }
  }
  const bench = createNetworkBench({ openOltPort })
  for (const fake of fakes.values()) {
    fake.clockS = () => bench.clock.monotonic() / 1000
    fake.columns.identity = columnsOf('identity', onlineOnus(3))
    fake.columns.status = columnsOf('status', onlineOnus(3))
  }
  const north = await bench.addOlt('North', '192.0.2.1')
  const south = await bench.addOlt('South', '192.0.2.2')
  bench.network.start()
  await bench.runFor(20_000)
  const as = (clientId: number, name = `Person ${clientId}`): CallContext => ({
    ...bench.context,
    clientId,
    session: {
      sessionId: idOf(clientId),
      accountId: idOf(100 + clientId),
      name,
      role: 'owner',
      permissions: new Set(['network.onu.read']),
    },
  })
  return {
    ...bench,
    north,
    south,
    reads,
    as,
    fail: (error: NocturneError | null) => {
      failure = error
    },
    loseOnu: () => {
      isGone = true
    },
    open: async (oltId: string, onuId: number, clientId = 1) =>
      asked['network.openLiveView'].output.parse(
        await bench.queries['network.openLiveView'](
          { oltId, address: addressOf(onuId) },
          as(clientId),
        ),
      ),
    close: (oltId: string, clientId = 1) =>
      bench.queries['network.closeLiveView']({ oltId }, as(clientId)),
    care: (oltId: string) =>
      asked['network.oltCare'].output.parse(
        bench.queries['network.oltCare']({ oltId }, bench.context),
      ),
    told: () =>
      bench.events
        .filter(({ name }) => name === 'network.liveReading')
        .map(({ to, make }) => ({
          to,
          ...contract['network.liveReading'].payload.parse(make()),
        })),
    onu: (oltId: string, address: OnuAddress) =>
      asked['network.onu'].output.parse(
        bench.queries['network.onu']({ oltId, address }, bench.context),
      ).onu,
  }
}

const packed = (onuId: number): number => packOnuAddress(addressOf(onuId))

describe('a live view is refused', () => {
  test('where somebody else watches, with that person’s name', async () => {
    const { open, north, care } = await liveBench()
    await open(north, 1, 1)
    const error = await rejectionOf(open(north, 2, 2))
    expect(error).toMatchObject({ code: 'live-view-taken', params: { name: 'Person 1' } })
    expect(care(north).liveView?.address).toEqual(addressOf(1))
  })

  test('of an OLT or an ONU that is not there, and of a removed OLT', async () => {
    const { open, run, north } = await liveBench()
    expect((await rejectionOf(open(idOf(0xffff), 1))).code).toBe('not-found')
    expect((await rejectionOf(open(north, 77))).code).toBe('not-found')
    await run('network.removeOlt', { oltId: north, baseVersion: 1 })
    expect((await rejectionOf(open(north, 1))).code).toBe('not-found')
  })

  test('to be ended by another client', async () => {
    const { open, close, north, care, runFor } = await liveBench()
    await open(north, 1, 1)
    close(north, 2)
    await runFor(3_000)
    expect(care(north).liveView).not.toBeNull()
  })
})

describe('a live view', () => {
  test('reads one ONU every two seconds for a minute, and tells its client alone', async () => {
    const { open, clock, north, reads, runFor, told, care } = await liveBench()
    const { until, everyMs } = await open(north, 2)
    expect(until).toBe(clock.now() + 60_000)
    expect(everyMs).toBe(2_000)
    expect(care(north).liveView).toEqual({ address: addressOf(2), until })
    await runFor(59_000)
    expect(new Set(reads)).toEqual(new Set([packed(2)]))
    expect(reads.length).toBeGreaterThanOrEqual(25)
    expect(reads.length).toBeLessThanOrEqual(30)
    await runFor(20_000)
    const made = reads.length
    await runFor(60_000)
    expect(reads).toHaveLength(made)
    const all = told()
    expect(all.every(({ to, oltId }) => to === 1 && oltId === north)).toBe(true)
    expect(all.filter(({ ended }) => ended !== null)).toHaveLength(1)
    expect(all.at(-1)).toMatchObject({ ended: 'time', onu: { onuRxDbm: -21.5 }, problem: null })
    expect(care(north).liveView).toBeNull()
  })

  test('shows rates from two readings of the counters, and puts all of it into live state', async () => {
    const { open, north, runFor, told, onu, clock } = await liveBench()
    await open(north, 1)
    await runFor(10_000)
    const readings = told()
    expect(readings[0]).toMatchObject({ answerMs: 12, onu: { distanceM: 1_234, upKbps: null } })
    // 250,000 octets in 2 s.
    expect(readings.at(-1)?.onu).toMatchObject({ upKbps: 1_000, downKbps: 4_000 })
    const shown = onu(north, addressOf(1))
    expect(shown).toMatchObject({ upKbps: 1_000, onuRxDbm: -21.5 })
    expect(shown.opticsAt).toBeGreaterThan(clock.now() - 4_000)
    expect(onu(north, addressOf(2))).toMatchObject({ onuRxDbm: null, countersAt: null })
  })

  test('ends when it is closed, and when its client goes', async () => {
    const { open, close, network, north, reads, runFor, told } = await liveBench()
    await open(north, 1)
    await runFor(5_000)
    close(north)
    await runFor(1_000)
    expect(told().at(-1)).toMatchObject({ ended: 'closed' })
    await open(north, 1)
    await runFor(5_000)
    network.clientGone(1)
    await runFor(1_000)
    const made = reads.length
    await runFor(30_000)
    expect(reads).toHaveLength(made)
  })

  test('ends when the screen is locked, the person signs out, or somebody else signs in there', async () => {
    const { open, network, north, reads, runFor, care } = await liveBench()
    for (const session of [null, idOf(99)]) {
      await open(north, 1)
      network.sessionChanged(1, idOf(1))
      network.sessionChanged(2, null)
      await runFor(3_000)
      expect(care(north).liveView).not.toBeNull()
      network.sessionChanged(1, session)
      await runFor(1_000)
      expect(care(north).liveView).toBeNull()
      const made = reads.length
      await runFor(10_000)
      expect(reads).toHaveLength(made)
    }
  })

  test('of the same client takes the place of its earlier one, on whatever OLT', async () => {
    const { open, north, south, runFor, told, care } = await liveBench()
    await open(north, 1)
    await runFor(3_000)
    await open(north, 2)
    await runFor(3_000)
    expect(care(north).liveView?.address).toEqual(addressOf(2))
    await open(south, 3)
    await runFor(3_000)
    expect(care(north).liveView).toBeNull()
    expect(care(south).liveView?.address).toEqual(addressOf(3))
    expect(told().filter(({ ended }) => ended === 'closed')).toMatchObject([
      { oltId: north, address: addressOf(1) },
      { oltId: north, address: addressOf(2) },
    ])
    await open(north, 1, 2)
    expect(care(north).liveView?.address).toEqual(addressOf(1))
  })

  test('opened three times at once leaves the last one', async () => {
    const { open, north, runFor, care } = await liveBench()
    const opened = [open(north, 1), open(north, 2), open(north, 3)]
    const settled = await Promise.allSettled(opened)
    expect(settled.at(-1)?.status).toBe('fulfilled')
    await runFor(3_000)
    expect(care(north).liveView?.address).toEqual(addressOf(3))
  })

  test('ends with the OLT that it looks at', async () => {
    const { open, run, north, runFor, told } = await liveBench()
    await open(north, 1)
    await runFor(3_000)
    await run('network.removeOlt', { oltId: north, baseVersion: 1 })
    await runFor(2_000)
    expect(told().at(-1)).toMatchObject({ ended: 'olt-removed', onu: null })
  })

  test('says why it cannot read, and gives up after a few times', async () => {
    const { open, fail, north, runFor, told } = await liveBench()
    await open(north, 1)
    await runFor(3_000)
    fail(new NocturneError('timeout'))
    await runFor(4_000)
    expect(told().at(-1)).toMatchObject({ onu: null, problem: { code: 'timeout' }, ended: null })
    await runFor(30_000)
    expect(told().at(-1)).toMatchObject({ problem: { code: 'timeout' }, ended: 'problem' })
  })

  test('keeps an error of our own out of the answer and in the log', async () => {
    const { open, fail, north, runFor, told, logged } = await liveBench()
    await open(north, 1)
    fail(new Error('a bug') as NocturneError)
    await runFor(3_000)
    expect(told().at(-1)).toMatchObject({ problem: { code: 'internal', params: {} } })
    expect(logged.join()).toContain('a live view failed unexpectedly')
  })

  test('of an ONU that the OLT has no longer says so and removes nothing', async () => {
    const { open, loseOnu, north, runFor, told, onu } = await liveBench()
    await open(north, 1)
    loseOnu()
    await runFor(5_000)
    expect(told().at(-1)).toMatchObject({ onu: null, problem: { code: 'not-found' }, ended: null })
    expect(onu(north, addressOf(1)).state).toBe('online')
  })

  test('reads a quiet OLT, because a person asks for it', async () => {
    const { open, run, north, reads, runFor } = await liveBench()
    await run('network.setQuiet', { oltId: north, quiet: true })
    await open(north, 1)
    await runFor(5_000)
    expect(reads.length).toBeGreaterThan(1)
  })

  test('leaves nothing running when the network stops', async () => {
    const { open, north, stop, clock } = await liveBench()
    await open(north, 1)
    await stop()
    expect(clock.pending).toBe(0)
  })
})
