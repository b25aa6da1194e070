import { describe, expect, test } from 'vitest'
import { historyEventKinds } from '../../src-shared/domain/history-events.ts'
import type { History } from '../../src-main/history/history.ts'
import type { MediansPart } from '../../src-main/history/medians.ts'
import {
  addressesOf,
  days,
  hours,
  monday,
  onuCycle,
  openTestHistory,
} from '../support/history-folder.ts'

const allMedians = (history: History, from: number, to: number): MediansPart[] => {
  const parts: MediansPart[] = []
  let first: number | null = 0
  while (first !== null) {
    const part: MediansPart = history.readMedians({ oltId: 'olt-1', from, to, first })
    parts.push(part)
    first = part.next
  }
  return parts
}

/** Hourly light of some ONUs: each has its own level, and the last hours are as told. */
const appendLight = (
  history: History,
  onus: number,
  cycles: number,
  levelOf: (onu: number, cycle: number) => number,
  from = monday,
): void => {
  for (let cycle = 0; cycle < cycles; cycle++) {
    const light = Float64Array.from({ length: onus }, (_, onu) => levelOf(onu, cycle))
    history.append(
      onuCycle(from + cycle * hours, { onuRxDbm: light, oltRxDbm: light.map((dbm) => dbm - 2) }),
    )
  }
}

describe('medians of light', () => {
  test('are the same from frames, from blocks and from sealed files', () => {
    const { history, clock } = openTestHistory()
    const cycles = 120
    // Two thirds of the time at its level, and a third 6 dB below.
    appendLight(history, 300, cycles, (onu, cycle) => -15 - (onu % 7) - (cycle % 3 === 0 ? 6 : 0))
    const to = monday + cycles * hours
    clock.now = to
    const before = allMedians(history, monday, to)
    expect(before.map(({ addresses }) => addresses.length)).toEqual([256, 44])
    const [first] = before
    expect([...first!.addresses]).toEqual([...addressesOf(256)])
    expect([...first!.onuRxDbm.subarray(0, 8)]).toEqual([-15, -16, -17, -18, -19, -20, -21, -15])
    expect([...first!.oltRxDbm.subarray(0, 3)]).toEqual([-17, -18, -19])
    expect(first!.samples[0]).toBe(120)
    history.settle()
    expect(allMedians(history, monday, to)).toEqual(before)
    history.settle(true)
    expect(allMedians(history, monday, to)).toEqual(before)
  })

  test('are none of a history that is younger than three days, of no OLT, and of no light', () => {
    const { history } = openTestHistory()
    appendLight(history, 2, 72, () => -20)
    const to = monday + 30 * days
    expect([...allMedians(history, monday, to)[0]!.onuRxDbm]).toEqual([Number.NaN, Number.NaN])
    appendLight(history, 2, 1, (onu) => (onu === 0 ? -20 : Number.NaN), monday + 72 * hours)
    const [part] = allMedians(history, monday, to)
    expect([...part!.onuRxDbm]).toEqual([-20, Number.NaN])
    const none = history.readMedians({ oltId: 'none', from: monday, to, first: 0 })
    expect([none.addresses.length, none.next]).toEqual([0, null])
  })

  test('are those of the range alone, and of the ONU that is at the address now', () => {
    const { history } = openTestHistory()
    const serials = (serial: string) => ({ serials: [serial] })
    const light = (level: number) => ({ onuRxDbm: Float64Array.of(level) })
    for (let hour = 0; hour < 200; hour++) {
      history.append(onuCycle(monday + hour * hours, light(-18), serials('AAAA00000001')))
    }
    for (let hour = 200; hour < 290; hour++) {
      history.append(onuCycle(monday + hour * hours, light(-25), serials('BBBB00000002')))
    }
    const [all] = allMedians(history, monday, monday + 300 * hours)
    expect([...all!.onuRxDbm]).toEqual([-25])
    const [young] = allMedians(history, monday + 260 * hours, monday + 300 * hours)
    expect([...young!.onuRxDbm]).toEqual([Number.NaN])
  })
})

describe('readings of many series at once', () => {
  test('come by part with a column per cycle, from frames and blocks alike', () => {
    const { history } = openTestHistory()
    appendLight(history, 100, 130, (onu, cycle) => -10 - onu / 10 - cycle / 100)
    const request = {
      oltId: 'olt-1',
      kind: 'onu',
      metric: 'onuRxDbm',
      from: monday + 10 * hours,
      to: monday + 119 * hours,
    } as const
    const read = () => {
      const first = history.readLane({ ...request, first: 0 })
      const second = history.readLane({ ...request, first: first.next! })
      return [first, second]
    }
    const before = read()
    const [first, second] = before
    expect([first!.addresses.length, second!.addresses.length, second!.next]).toEqual([
      64,
      36,
      null,
    ])
    expect(first!.at).toEqual(
      Float64Array.from({ length: 110 }, (_, index) => monday + (10 + index) * hours),
    )
    expect(first!.values[0]).toBeCloseTo(-10.1)
    expect(second!.values[35 * 110 + 109]).toBeCloseTo(-10 - 9.9 - 1.19)
    history.settle()
    expect(read()).toEqual(before)
    history.settle(true)
    expect(read()).toEqual(before)
  })

  test('of an OLT that is not known there are none', () => {
    const { history } = openTestHistory()
    const range = { oltId: 'none', kind: 'onu', from: 0, to: monday } as const
    expect(history.readLane({ ...range, metric: 'onuRxDbm', first: 0 })).toMatchObject({
      next: null,
      at: new Float64Array(0),
    })
    expect(history.laneEvents(range).at).toHaveLength(0)
  })
})

test('events of all ONUs come in order of time, also of files that are sealed', () => {
  const { history } = openTestHistory()
  const kind = historyEventKinds.indexOf('onu-state')
  const append = (at: number, onu: number, code: number): void =>
    history.append(
      onuCycle(
        at,
        { state: new Uint8Array(3).fill(1) },
        {
          events: {
            at: Float64Array.of(at),
            addresses: addressesOf(3).subarray(onu, onu + 1),
            kinds: Uint8Array.of(kind),
            codes: Uint8Array.of(code),
            details: Uint8Array.of(3),
          },
        },
      ),
    )
  append(monday, 2, 2)
  append(monday + hours, 0, 2)
  history.settle(true)
  append(monday + 2 * hours, 2, 1)
  append(monday + 3 * hours, 1, 2)
  const events = history.laneEvents({
    oltId: 'olt-1',
    kind: 'onu',
    from: monday,
    to: monday + 2 * hours,
  })
  const all = addressesOf(3)
  expect(events).toEqual({
    at: Float64Array.of(monday, monday + hours, monday + 2 * hours),
    addresses: Int32Array.of(all[2]!, all[0]!, all[2]!),
    kinds: new Uint8Array(3).fill(kind),
    codes: Uint8Array.of(2, 2, 1),
    details: new Uint8Array(3).fill(3),
  })
})
