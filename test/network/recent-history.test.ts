import { describe, expect, test } from 'vitest'
import { applyOptics, applyStatus } from '../../src-main/network/apply-readings.ts'
import { createLiveState } from '../../src-main/network/live-state.ts'
import { createRecentHistory } from '../../src-main/network/recent-history.ts'
import { onuStates } from '../../src-shared/domain/onu-state.ts'
import { addressOf, columnsOf, onlineOnus, type ReadOnu } from './onu-columns.ts'

const start = Date.UTC(2026, 10, 22, 8)
const minute = 60_000

const createBench = () => {
  const live = createLiveState()
  const olt = live.addOlt('olt-1', 'B+')
  const history = createRecentHistory(live)
  return {
    live,
    olt,
    history,
    status: (at: number, onus: readonly ReadOnu[]) =>
      applyStatus(
        live,
        olt,
        columnsOf('status', onus),
        { at: start + at, monotonic: at },
        'olt',
        history.noteState,
      ),
    optics: (at: number, onus: readonly ReadOnu[]) => {
      applyOptics(live, olt, columnsOf('optics', onus), { at: start + at, monotonic: at })
      history.noteOptics(olt, start + at)
    },
    of: (onuId: number) => history.of(olt, addressOf(onuId)),
  }
}

describe('recent history', () => {
  test('has no point for an ONU before it was there, and none for another ONU', () => {
    const { status, optics, of } = createBench()
    status(0, onlineOnus(2))
    optics(0, [{ onuId: 1, numbers: { onuRxDbm: -20 } }])
    status(minute, onlineOnus(3))
    optics(minute, [{ onuId: 3, numbers: { onuRxDbm: -23 } }])
    expect([...of(3).onuRxDbm]).toEqual([-23])
    expect([...of(3).opticsAt]).toEqual([start + minute])
    expect([...of(1).onuRxDbm]).toEqual([-20, NaN])
    expect(of(9).opticsAt).toHaveLength(0)
  })

  test('keeps the last two days of hourly light, not more', () => {
    const { status, optics, of } = createBench()
    status(0, onlineOnus(1))
    for (let turn = 0; turn < 60; turn++) {
      optics(turn * 60 * minute, [{ onuId: 1, numbers: { onuRxDbm: -20 - turn / 100 } }])
    }
    const { opticsAt, onuRxDbm } = of(1)
    expect(opticsAt).toHaveLength(48)
    expect(opticsAt[0]).toBe(start + 12 * 60 * minute)
    expect(onuRxDbm.at(-1)).toBeCloseTo(-20.59, 2)
  })

  test('shows the time in which the way to the OLT was lost as unknown', () => {
    const { live, olt, status, of } = createBench()
    const onu = (lastDownAt: number): ReadOnu[] => [
      { onuId: 1, state: 'online', numbers: { lastDownAt } },
    ]
    status(0, onu(start - minute))
    live.setReachable(olt, false, start + 2 * minute)
    live.setReachable(olt, true, start + 5 * minute)
    status(5 * minute, onu(start - minute))
    const { changesAt, changeStates } = of(1)
    expect([...changesAt]).toEqual([0, 2, 5].map((minutes) => start + minutes * minute))
    expect([...changeStates].map((code) => onuStates[code])).toEqual([
      'online',
      'unknown',
      'online',
    ])
  })
})
