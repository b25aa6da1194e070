import { describe, expect, test } from 'vitest'
import type { AlarmRule } from '../../src-shared/contract/alarms-model.ts'
import { queries as contract } from '../../src-shared/contract/index.ts'
import { alarmTypes, type AlarmType } from '../../src-shared/domain/alarm-rules.ts'
import { historyEventKinds, type HistoryEventKind } from '../../src-shared/domain/history-events.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { downCauses, onuStates, type DownCause } from '../../src-shared/domain/onu-state.ts'
import { createPreview } from '../../src-main/alarms/detect/preview/preview-rule.ts'
import { raisesOf } from '../../src-main/alarms/detect/preview/spans.ts'
import { usualRule } from '../../src-main/alarms/detect/rule-limits.ts'
import type { LightMediansKeeper } from '../../src-main/alarms/detect/light-medians.ts'
import type { CallContext } from '../../src-main/engine/handlers.ts'
import { everything } from '../../src-main/engine/reach.ts'
import type { Cycle } from '../../src-main/history/cycle.ts'
import type { HistoryWorker } from '../../src-main/history/start-history-worker.ts'
import { keptOlt } from '../network/kept-network.ts'
import { addressOf, onlineOnus } from '../network/onu-columns.ts'
import { rejectionOf } from '../support/error-code.ts'
import { openTestHistory } from '../support/history-folder.ts'
import { idOf } from '../support/store-workspace.ts'
import { createWatchedNetwork, type WatchedOptions } from './watched-network.ts'

const minute = 60_000

interface Happened {
  /** Minutes before now. */
  readonly ago: number
  readonly onuId?: number
  readonly kind?: HistoryEventKind
  readonly state?: (typeof onuStates)[number]
  readonly cause?: DownCause
}

const createPast = (options: WatchedOptions & { readonly onus?: number } = {}) => {
  const { onus = 20 } = options
  const network = createWatchedNetwork(options)
  network.walk('status', onlineOnus(onus))
  const { history } = openTestHistory()
  const now = network.clock.now()
  const addresses = Int32Array.from({ length: onus }, (_, index) =>
    packOnuAddress(addressOf(index + 1)),
  )
  const append = (kind: Cycle['kind'], ago: number, part: Partial<Cycle>): void =>
    history.append({
      oltId: keptOlt.id,
      kind,
      at: now - ago * minute,
      monotonic: -ago * minute,
      addresses: kind === 'olt' ? Int32Array.of(0) : addresses,
      columns: {},
      ...part,
    })
  const happened = (...all: readonly Happened[]): void => {
    for (const { ago, onuId, kind = 'onu-state', state = 'online', cause = 'none' } of all) {
      append(onuId === undefined ? 'olt' : 'onu', ago, {
        partial: true,
        events: {
          at: Float64Array.of(now - ago * minute),
          addresses: Int32Array.of(onuId === undefined ? 0 : packOnuAddress(addressOf(onuId))),
          kinds: Uint8Array.of(historyEventKinds.indexOf(kind)),
          codes: Uint8Array.of(onuStates.indexOf(state)),
          details: Uint8Array.of(downCauses.indexOf(cause)),
        },
      })
    }
  }
  const down = (ago: number, onuId: number, cause: DownCause = 'los'): Happened => ({
    ago,
    onuId,
    state: 'offline',
    cause,
  })
  const up = (ago: number, onuId: number): Happened => ({ ago, onuId, state: 'online' })

  const medians: LightMediansKeeper = {
    aligned: (olt) => new Float64Array(olt.addresses.length).fill(-20),
    of: () => ({ onuRxDbm: -20, oltRxDbm: -22 }),
    madeAt: () => now,
    start: () => () => undefined,
  }
  const progress: unknown[] = []
  const stopped = new AbortController()
  const worker = new Proxy(history, {
    get: (target, name) => (input: never) =>
      Promise.resolve((target[name as keyof typeof target] as (input: never) => unknown)(input)),
  }) as unknown as HistoryWorker
  const reads = { count: 0 }
  const { 'alarms.previewRule': preview } = createPreview({
    now: () => now,
    facts: network.facts,
    rules: network.rules,
    medians,
    read: async (call) => {
      reads.count++
      return call(worker)
    },
  })
  const context: CallContext = {
    clientId: 1,
    session: null,
    reach: everything,
    traceId: 'test',
    signal: stopped.signal,
    progress: (...told) => progress.push(told.slice(1)),
  }
  const run = async (type: AlarmType, change: Partial<AlarmRule> = {}, days = 7) => {
    const usual = usualRule(type)
    const rule = { ...usual, ...change, limits: { ...usual.limits, ...change.limits } }
    const input = contract['alarms.previewRule'].input.parse({ taskId: idOf(1), type, rule, days })
    return contract['alarms.previewRule'].output.parse(await preview(input, context))
  }
  return { network, now, append, happened, down, up, run, progress, stopped, reads }
}

const counts = ({
  count,
  now,
}: {
  readonly count: number | null
  readonly now: number | null
}) => ({
  count,
  now,
})

describe('a preview is refused', () => {
  test('for what the history cannot tell', async () => {
    const past = createPast()
    const refused = [
      'olt-board-fault',
      'olt-fan-fault',
      'onu-serial-duplicate',
      'distance-jump',
      'poll-budget-exceeded',
      'data-stale',
      'history-not-kept',
      'backup-overdue',
      'olt-config-backup-overdue',
      'olt-config-changed-outside',
    ] as const
    for (const type of refused) {
      const error = await rejectionOf(past.run(type))
      expect([error.code, error.params]).toEqual(['rule-not-previewable', { type }])
    }
    for (const type of alarmTypes.filter((one) => !refused.some((known) => known === one))) {
      await past.run(type)
    }
  })

  test('for a rule with a limit out of its span, and when it is cancelled', async () => {
    const past = createPast()
    const wrong = await rejectionOf(past.run('onu-flapping', { limits: { changes: 1 } }))
    expect([wrong.code, wrong.params['field']]).toEqual(['invalid-input', 'limits.changes'])
    past.stopped.abort()
    expect((await rejectionOf(past.run('pon-down'))).code).toBe('cancelled')
    expect(past.reads.count).toBe(0)
  })
})

describe('what a rule would have raised', () => {
  test('of ONUs that are marked only, by cause, and no longer than the rule wants', async () => {
    const past = createPast({ important: [{ onuId: 1 }] })
    const { down, up } = past
    past.happened(
      down(3_000, 1, 'dying-gasp'),
      up(2_990, 1),
      // Shorter than the two minutes that the rule waits.
      down(2_000, 1, 'dying-gasp'),
      up(1_999, 1),
      down(1_000, 2, 'dying-gasp'),
      up(990, 2),
      down(500, 1, 'los'),
      up(400, 1),
    )
    expect(counts(await past.run('onu-offline-power'))).toEqual({ count: 1, now: 1 })
    expect(counts(await past.run('onu-offline-power', { raiseAfterS: 0 }))).toEqual({
      count: 2,
      now: 1,
    })
    const all = await past.run('onu-offline-power', { importantOnly: false })
    expect(counts(all)).toEqual({ count: 2, now: 1 })
    expect(all.loudest.map(({ resource, count }) => [resource, count])).toEqual([
      [{ kind: 'onu', oltId: keptOlt.id, address: addressOf(1) }, 1],
      [{ kind: 'onu', oltId: keptOlt.id, address: addressOf(2) }, 1],
    ])
    expect(all.perDay.reduce((sum, { count }) => sum + count, 0)).toBe(2)
    expect(all.perDay.length).toBeGreaterThanOrEqual(7)
    expect(past.progress.at(-1)).toEqual(['replay', 1, 1])
  })

  test('of PON ports: as a whole, and in part by the share that the rule wants', async () => {
    const past = createPast()
    const { down, up } = past
    const four = [1, 2, 3, 4]
    past.happened(
      ...four.map((onuId) => down(3_000, onuId)),
      ...four.map((onuId) => up(2_900, onuId)),
    )
    expect(counts(await past.run('pon-partially-down'))).toEqual({ count: 1, now: 1 })
    expect(counts(await past.run('pon-partially-down', { limits: { leastPercent: 50 } }))).toEqual({
      count: 0,
      now: 1,
    })
    const all = Array.from({ length: 20 }, (_, index) => index + 1)
    past.happened(...all.map((onuId) => down(1_000, onuId)), ...all.map((onuId) => up(900, onuId)))
    const whole = await past.run('pon-down')
    expect(counts(whole)).toEqual({ count: 1, now: 1 })
    expect(whole.loudest[0]).toMatchObject({
      resource: { kind: 'pon', pon: { shelf: 0, slot: 1, port: 1 } },
      oltName: 'North',
    })
    // All of it down is no part of it.
    expect(counts(await past.run('pon-partially-down'))).toEqual({ count: 1, now: 1 })
  })

  test('of flapping: four changes, or as many as another rule wants', async () => {
    const past = createPast()
    const { down, up } = past
    past.happened(
      ...[0, 10, 20].flatMap((later) => [
        down(5_000 - later, 7, 'dying-gasp'),
        up(4_995 - later, 7),
      ]),
    )
    expect(counts(await past.run('onu-flapping'))).toEqual({ count: 1, now: 1 })
    expect(counts(await past.run('onu-flapping', { limits: { changes: 7 } }))).toEqual({
      count: 0,
      now: 1,
    })
    expect(counts(await past.run('onu-flapping', { limits: { windowMinutes: 5 } }))).toEqual({
      count: 0,
      now: 1,
    })
  })

  test('of OLTs that were lost or restarted', async () => {
    const past = createPast()
    past.happened(
      { ago: 4_000, kind: 'olt-unreachable' },
      { ago: 3_990, kind: 'olt-reachable' },
      { ago: 2_000, kind: 'olt-unreachable' },
      { ago: 1_940, kind: 'olt-reachable' },
      { ago: 1_939, kind: 'olt-restarted' },
    )
    expect(counts(await past.run('olt-unreachable'))).toEqual({ count: 2, now: 2 })
    expect(counts(await past.run('olt-unreachable', { raiseAfterS: 1_800 }))).toEqual({
      count: 1,
      now: 2,
    })
    expect(counts(await past.run('olt-restarted'))).toEqual({ count: 1, now: 1 })
    const elsewhere = await past.run('olt-unreachable', { oltIds: [idOf(77)] })
    expect(counts(elsewhere)).toEqual({ count: 0, now: 2 })
  })

  test('of heat and load, and null where the OLT tells of none', async () => {
    const past = createPast()
    expect(counts(await past.run('olt-cpu-high'))).toEqual({ count: null, now: null })
    const load = [50, 90, 95, 80, 92, 60, 50, 50, 90, 90, 90, 50]
    load.forEach((percent, index) =>
      past.append('olt', 1_000 - index * 10, {
        columns: { oltCpuPercent: Float64Array.of(percent) },
      }),
    )
    expect(counts(await past.run('olt-cpu-high'))).toEqual({ count: 2, now: 2 })
    expect(counts(await past.run('olt-cpu-high', { limits: { cpuPercent: 94 } }))).toEqual({
      count: 1,
      now: 2,
    })
  })

  test('of light: below and above the limits, in decline, and impossible', async () => {
    const past = createPast({ important: [{ onuId: 1 }], onus: 5 })
    const nothing = await past.run('rx-high')
    expect(counts(nothing)).toEqual({ count: null, now: null })
    const levels = [-20, -20, -28, -28, -26.8, -20, -24, -24, -24, 30, -20, -7, -7]
    levels.forEach((dbm, index) =>
      past.append('onu', 1_500 - index * 60, {
        columns: {
          onuRxDbm: Float64Array.of(dbm, -20, -20, -20, -20),
          oltRxDbm: new Float64Array(5).fill(-22),
        },
      }),
    )
    expect(counts(await past.run('rx-low'))).toEqual({ count: 1, now: 1 })
    expect(counts(await past.run('rx-low', { limits: { belowLimitDb: 2 } }))).toEqual({
      count: 0,
      now: 1,
    })
    expect(counts(await past.run('rx-high'))).toEqual({ count: 1, now: 1 })
    expect(counts(await past.run('reading-invalid'))).toEqual({ count: 1, now: 1 })
    // Down to -28 and back, then -24: two, or one where the first is not cleared by then.
    expect(counts(await past.run('rx-degrading', { clearAfterS: 10_800 }))).toEqual({
      count: 1,
      now: 2,
    })
  })

  test('of traffic: nothing any more though there was some', async () => {
    const past = createPast({ important: [{ onuId: 1 }], onus: 2 })
    let bytes = 0
    for (let index = 0; index < 60; index++) {
      if (index < 20 || index > 50) bytes += 1e6
      past.append('onu', 1_000 - index * 5, {
        columns: {
          upBytes: Float64Array.of(bytes, 0),
          downBytes: Float64Array.of(bytes, 0),
        },
      })
    }
    expect(counts(await past.run('traffic-absent'))).toEqual({ count: 1, now: 1 })
    expect(counts(await past.run('traffic-absent', { raiseAfterS: 4 * 3_600 }))).toEqual({
      count: 0,
      now: 1,
    })
  })

  test('of nothing is read where nobody is concerned', async () => {
    const past = createPast()
    expect(counts(await past.run('rx-low'))).toEqual({ count: 0, now: 0 })
    expect(past.reads.count).toBe(0)
    expect(counts(await past.run('onu-flapping', { enabled: false }))).toEqual({
      count: 0,
      now: 0,
    })
  })
})

describe('hold times', () => {
  test('raise what lasts, and join what comes back before it is cleared', () => {
    const span = (from: number, to: number | null) => ({ from, to })
    expect(raisesOf([span(0, 5), span(20, 40)], 10, 0, 100)).toEqual([30])
    expect(raisesOf([span(0, 20), span(25, 50), span(61, 80)], 10, 10, 100)).toEqual([10, 71])
    expect(raisesOf([span(50, null)], 10, 0, 100)).toEqual([60])
    expect(raisesOf([span(95, null)], 10, 0, 100)).toEqual([])
  })
})

test('a year is not asked for', () => {
  const input = { taskId: idOf(1), type: 'pon-down', rule: usualRule('pon-down'), days: 365 }
  expect(contract['alarms.previewRule'].input.safeParse(input).success).toBe(false)
})
