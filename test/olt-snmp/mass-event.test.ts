import { describe, expect, it, onTestFinished } from 'vitest'
import { createOltPorts } from '../../src-main/olt/poller/driver-port.ts'
import { createPoller } from '../../src-main/olt/poller/poller.ts'
import type { PollReport } from '../../src-main/olt/poller/poll-report.ts'
import type { TrapLook } from '../../src-main/olt/traps/trap-rules.ts'
import { openMemorySession } from '../olt/support/memory-session.ts'
import { shippedFamilies } from '../olt/support/shipped-families.ts'
import { createSmallPlant } from '../olt/support/small-plant.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { runFor } from '../support/settle.ts'

/** A poller on a simulated OLT; every datagram is counted, and how many wait for their answer. */
const startPolling = async (oltName: 'huawei' | 'zte') => {
  const plant = createSmallPlant()
  const clock = createManualClock()
  const reports: PollReport[] = []
  let inFlight = 0
  const seen = { datagrams: 0, most: 0 }
  const poller = createPoller({
    clock,
    random: () => 0.5,
    openOltPort: createOltPorts({
      families: shippedFamilies,
      openSession: ({ gate }) =>
        openMemorySession(
          {
            requests: [],
            answer: (datagram) => {
              seen.datagrams++
              seen.most = Math.max(seen.most, ++inFlight)
              queueMicrotask(() => {
                inFlight--
              })
              const answer = plant.answer(oltName, datagram)
              return answer === undefined ? [] : [Buffer.from(answer)]
            },
          },
          { gate },
        ),
    }),
    report: (_oltId, report) => reports.push(report),
  })
  onTestFinished(() => poller.stop())
  poller.add({
    id: 'olt',
    target: {
      host: 'olt.test',
      port: 161,
      access: { version: '2c', community: Buffer.from('public') },
    },
    plan: { statusS: 60, countersS: 300, opticsS: 3600 },
    opticsPolling: 'family',
    quiet: null,
  })
  const run = (ms: number) => runFor(clock, ms)
  await run(20_000)
  const roundOf = async (): Promise<number> => {
    const before = seen.datagrams
    poller.pollNow('olt', 'status')
    await run(1_000)
    return seen.datagrams - before
  }
  return { plant, poller, reports, seen, run, roundOf }
}

const shelfOf = { huawei: 0, zte: 1 } as const

describe.each(['huawei', 'zte'] as const)('a thousand traps of one %s', (oltName) => {
  it('cost at most the questions of one status round, and a few of one port', async () => {
    const calm = await startPolling(oltName)
    const round = await calm.roundOf()
    await calm.run(10_000)
    const calmBefore = calm.seen.datagrams
    await calm.run(240_000)
    const usual = calm.seen.datagrams - calmBefore

    const { poller, seen, run, roundOf } = await startPolling(oltName)
    expect(await roundOf()).toBe(round)
    await run(10_000)
    const before = seen.datagrams
    for (let second = 0; second < 10; second++) {
      for (let trap = 0; trap < 100; trap++) {
        const pon = { shelf: shelfOf[oltName], slot: 1, port: trap % 4 }
        const look: TrapLook = { kind: 'onu', pon, onuId: 1 + (trap % 37) }
        poller.look('olt', [look])
      }
      await run(1_000)
    }
    await run(230_000)
    expect(seen.datagrams - before - usual).toBeLessThanOrEqual(round)
    expect(seen.most).toBe(1)
    expect(poller.careOf('olt')).toMatchObject({ looksAsked: 1_000, looksWaiting: 0 })
    expect(poller.careOf('olt')?.looksMade).toBeLessThanOrEqual(9)
  })

  it('show what is true of a port within seconds, and say nothing of the others', async () => {
    const { plant, poller, reports, run } = await startPolling(oltName)
    const at = `${shelfOf[oltName]}/1/${oltName === 'zte' ? 1 : 0}`
    plant.control({ kind: 'cut-pon', olt: oltName, pon: at, beyondM: 0 })
    reports.length = 0
    const pon = { shelf: shelfOf[oltName], slot: 1, port: oltName === 'zte' ? 1 : 0 }
    poller.look('olt', [{ kind: 'pon', pon }])
    await run(3_000)
    const walked = reports.filter((report) => report.kind === 'walked')
    expect(walked).toMatchObject([{ walk: { failure: null, columns: { count: 37 } } }])
    expect(walked[0]?.pon).not.toBeNull()
  })
})
