import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NocturneError } from '../../src-shared/errors.ts'
import { createPoller } from '../../src-main/olt/poller/poller.ts'
import type { PollReport } from '../../src-main/olt/poller/poll-report.ts'
import type { PollGroup } from '../../src-main/olt/poller/schedule.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { runFor, settle } from '../support/settle.ts'
import { createFakeOlt } from './fake-olt.ts'
import { inTheClear, plan, ponAt } from './poller-bench.ts'

const groups = ['status', 'optics', 'counters', 'identity'] as const satisfies PollGroup[]
const codes = [
  'olt-no-answer',
  'olt-no-route',
  'olt-restarted',
  'olt-silent-mid-walk',
  'olt-answer-garbage',
] as const

const step = fc.oneof(
  fc.record({ kind: fc.constant('time' as const), ms: fc.integer({ min: 1, max: 90_000 }) }),
  fc.record({ kind: fc.constant('ask' as const), group: fc.constantFrom(...groups) }),
  fc.record({ kind: fc.constant('trap' as const), port: fc.integer({ min: -1, max: 6 }) }),
  fc.record({ kind: fc.constant('quiet' as const), minutes: fc.integer({ min: -1, max: 3 }) }),
  fc.record({ kind: fc.constant('hold' as const), on: fc.boolean() }),
  fc.record({
    kind: fc.constant('fail' as const),
    call: fc.constantFrom('recognise', 'status', `status@${ponAt(2)}`, 'onu', 'chassis'),
    code: fc.constantFrom(null, ...codes),
  }),
  fc.record({
    kind: fc.constantFrom('watch', 'unwatch', 'wake', 'borrow', 'target', 'remove', 'add'),
  }),
  fc.record({ kind: fc.constant('cut' as const), byPort: fc.boolean() }),
)

describe('whatever people, traps and the network do', () => {
  test('one walk at a time, one session, no bug, and nothing left over in the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 80 }), async (steps) => {
        const fake = createFakeOlt()
        fake.isCut = true
        const clock = createManualClock()
        fake.clockS = () => clock.monotonic() / 1000
        const reports: PollReport[] = []
        const poller = createPoller({
          clock,
          random: () => 0.5,
          openOltPort: fake.openPort,
          report: (_oltId, report) => reports.push(report),
        })
        let host = 'a'
        const olt = () => ({
          id: 'olt',
          target: { host, port: 161, access: inTheClear('public') },
          plan,
          opticsPolling: 'on' as const,
          quiet: null,
        })
        poller.add(olt())
        let watching = new AbortController()
        const ends: Promise<unknown>[] = []
        let readingsAfterEnd = 0
        for (const each of steps) {
          switch (each.kind) {
            case 'time':
              await runFor(clock, each.ms, 7_000)
              break
            case 'ask':
              poller.pollNow('olt', each.group)
              break
            case 'trap':
              poller.look('olt', [
                each.port < 0
                  ? { kind: 'olt' }
                  : { kind: 'onu', pon: { shelf: 0, slot: 1, port: each.port }, onuId: 3 },
              ])
              break
            case 'quiet': {
              const until = each.minutes === 0 ? null : clock.now() + each.minutes * 60_000
              poller.setQuiet('olt', each.minutes < 0 ? null : { until })
              break
            }
            case 'hold':
              fake.hold = each.on
              if (!each.on) fake.letGo()
              break
            case 'fail':
              if (each.code === null) fake.failures.delete(each.call)
              else fake.failures.set(each.call, new NocturneError(each.code))
              break
            case 'cut':
              fake.pons = each.byPort ? [ponAt(1), ponAt(2), ponAt(3)] : null
              break
            case 'watch': {
              watching = new AbortController()
              let isOver = false
              const onReading = (): void => {
                if (isOver) readingsAfterEnd++
              }
              const request = { address: ponAt(1) + 3, forMs: 60_000, everyMs: 2_000, onReading }
              const watch = poller.watch('olt', { ...request, signal: watching.signal })
              const over = (): void => {
                isOver = true
              }
              ends.push(watch.then(over, over))
              break
            }
            case 'unwatch':
              watching.abort()
              break
            case 'wake':
              poller.wake()
              break
            case 'borrow':
              ends.push(poller.borrow('olt', () => Promise.resolve()).catch(() => undefined))
              break
            case 'target':
              host = host === 'a' ? 'b' : 'a'
              poller.update(olt())
              break
            case 'remove':
              poller.remove('olt')
              break
            case 'add':
              poller.add(olt())
              break
          }
          await settle()
          expect(fake.mostAtOnce).toBeLessThanOrEqual(1)
          expect(fake.open).toBeLessThanOrEqual(1)
        }
        const stopped = poller.stop()
        await runFor(clock, 30_000, 5_000)
        await stopped
        await Promise.all(ends)
        expect(fake.open).toBe(0)
        expect(clock.pending).toBe(0)
        expect(readingsAfterEnd).toBe(0)
        const bugs = reports.filter(
          (report) => report.kind === 'failed' && report.error.code === 'internal',
        )
        expect(bugs).toEqual([])
      }),
      { seed: 22, numRuns: 150 },
    )
  })
})
