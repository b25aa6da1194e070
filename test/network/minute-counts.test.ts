import { describe, expect, test } from 'vitest'
import { applyIdentity, applyStatus } from '../../src-main/network/apply-readings.ts'
import { createLiveState, type LiveOlt } from '../../src-main/network/live-state.ts'
import { createMinuteCounts } from '../../src-main/network/minute-counts.ts'
import { columnsOf, onlineOnus, type ReadOnu } from './onu-columns.ts'

const start = Date.UTC(2026, 10, 22, 8)
const minute = 60_000

const createBench = () => {
  const live = createLiveState()
  const north = live.addOlt('north', 'B+')
  const south = live.addOlt('south', 'B+')
  const minutes = createMinuteCounts(live)
  return {
    live,
    north,
    south,
    minutes,
    known: (olt: LiveOlt, onus: readonly ReadOnu[]) =>
      applyIdentity(live, olt, columnsOf('identity', onus), () => undefined),
    read: (olt: LiveOlt, onus: readonly ReadOnu[]) =>
      applyStatus(
        live,
        olt,
        columnsOf('status', onus),
        { at: start, monotonic: 0 },
        'olt',
        () => undefined,
      ),
  }
}

describe('counts per minute', () => {
  test('have no point while the states of a known OLT that answers were not read', () => {
    const { minutes, north, south, known, read } = createBench()
    expect(minutes.series(null, start).at).toHaveLength(0)
    known(north, onlineOnus(3))
    known(south, onlineOnus(2))
    read(north, onlineOnus(3))
    minutes.note(start)
    expect(minutes.series(null, start + 1000).at).toHaveLength(0)
  })

  test('begin with the first complete status and end now', () => {
    const { minutes, north, south, read } = createBench()
    read(north, onlineOnus(3))
    read(south, onlineOnus(2))
    expect([...minutes.series(null, start + 5000).online]).toEqual([5])
    read(north, onlineOnus(2))
    const later = minutes.series(null, start + 20_000)
    expect([...later.at]).toEqual([start + 5000, start + 20_000])
    expect([...later.online]).toEqual([5, 4])
  })

  test('show the present beside the kept minutes without keeping it', () => {
    const { minutes, north, read } = createBench()
    read(north, onlineOnus(3))
    minutes.note(start)
    minutes.note(start + minute)
    for (const second of [5, 10, 15]) minutes.series(null, start + minute + second * 1000)
    expect([...minutes.series(null, start + 2 * minute).at]).toEqual([
      start,
      start + minute,
      start + 2 * minute,
    ])
  })

  test('of some OLTs count those alone, now as well as then', () => {
    const { minutes, north, south, read } = createBench()
    read(north, onlineOnus(3))
    read(south, onlineOnus(2))
    minutes.note(start)
    const { online } = minutes.series(new Set([south.index]), start + 1000)
    expect([...online]).toEqual([2, 2])
  })

  test('wait for no OLT that cannot be reached or was taken away', () => {
    const { live, minutes, north, south, known, read } = createBench()
    known(south, onlineOnus(2))
    read(north, onlineOnus(3))
    live.setReachable(south, false, start)
    expect([...minutes.series(null, start + 1000).unknown]).toEqual([2])
  })
})
