import { onTestFinished } from 'vitest'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { PollClock } from '../../src-main/olt/poller/olt-port.ts'
import type { PollReport } from '../../src-main/olt/poller/poll-report.ts'
import type { PolledOlt } from '../../src-main/olt/poller/polled-olt.ts'
import { createPoller } from '../../src-main/olt/poller/poller.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { runFor } from '../support/settle.ts'
import type { FakeOlt } from './fake-olt.ts'

export const plan = { statusS: 60, countersS: 300, opticsS: 3600 }

export const inTheClear = (community: string) =>
  ({ version: '2c', community: Buffer.from(community) }) as const

export const noAnswer = () => new NocturneError('olt-no-answer', { host: '192.0.2.1' })

/** Packed PON port 0/1/`port`. */
export const ponAt = (port: number): number => packOnuAddress({ shelf: 0, slot: 1, port, onuId: 0 })

/** A machine that can sleep: both its clocks go on meanwhile, its timers do not. */
const createSleepyClock = () => {
  const awake = createManualClock()
  let asleepMs = 0
  const clock: PollClock = {
    now: () => awake.now() + asleepMs,
    monotonic: () => awake.monotonic() + asleepMs,
    after: (delayMs, run) => awake.after(delayMs, run),
  }
  return {
    clock,
    awake,
    sleep: (ms: number) => {
      asleepMs += ms
    },
  }
}

export const startPoller = (fakes: readonly FakeOlt[], maxWalks = 8) => {
  const { clock, awake, sleep } = createSleepyClock()
  for (const fake of fakes) fake.clockS = () => clock.monotonic() / 1000
  const reports: { oltId: string; report: PollReport; at: number }[] = []
  const poller = createPoller({
    clock,
    random: () => 0.5,
    maxWalks,
    openOltPort: (target) => {
      const fake = fakes[target.port - 1]
      if (fake === undefined) throw new Error('no such fake')
      return fake.openPort(target)
    },
    report: (oltId, report) => reports.push({ oltId, report, at: clock.monotonic() }),
  })
  onTestFinished(async () => {
    const stopped = poller.stop()
    awake.advance(60_000)
    await stopped
  })
  const oltOf = (index: number, more: Partial<PolledOlt> = {}): PolledOlt => ({
    id: `olt-${index}`,
    target: { host: '192.0.2.1', port: index + 1, access: inTheClear('public') },
    plan,
    opticsPolling: 'on',
    quiet: null,
    ...more,
  })
  const kinds = <Kind extends PollReport['kind']>(kind: Kind) =>
    reports.flatMap(({ report }) =>
      report.kind === kind ? [report as Extract<PollReport, { kind: Kind }>] : [],
    )
  return {
    clock,
    awake,
    sleep,
    poller,
    reports,
    kinds,
    oltOf,
    add: (index: number, more?: Partial<PolledOlt>) => poller.add(oltOf(index, more)),
    run: (ms: number, stepMs?: number) => runFor(awake, ms, stepMs),
  }
}

/** How often each call was made, and only those. */
export const countsOf = (calls: readonly string[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const call of calls) counts[call] = (counts[call] ?? 0) + 1
  return counts
}
