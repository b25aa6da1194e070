import { expect, test } from 'vitest'
import { historyEventKinds } from '../../src-shared/domain/history-events.ts'
import { errorOf } from '../support/error-code.ts'
import { seededRandom } from '../support/seeded-random.ts'
import {
  addressesOf,
  minutes,
  monday,
  onuCycle,
  openTestHistory,
  type TestHistory,
} from '../support/history-folder.ts'

const none = new Int32Array(0)
const olt = 'olt-1'
const onus = 130

test('a time that no clock can show is refused', () => {
  const { history } = openTestHistory()
  for (const at of [Number.NaN, -1, Infinity]) {
    expect(errorOf(() => history.snapshot({ oltId: olt, at, settled: none })).code).toBe(
      'invalid-input',
    )
  }
})

test('of an OLT that it does not know the history says nothing', () => {
  const { history } = openTestHistory()
  expect(history.readingsFrom()).toBeNull()
  const snapshot = history.snapshot({ oltId: 'another', at: monday, settled: none })
  expect(snapshot.firstAt).toBeNull()
  expect(snapshot.statesAt).toBeNull()
  expect(snapshot.onus.addresses).toHaveLength(0)
})

const fill = (told: TestHistory): void => {
  const random = seededRandom(11)
  const addresses = addressesOf(onus)
  const states = new Uint8Array(onus).fill(1)
  const bytes = new Float64Array(onus)
  for (let cycle = 0; cycle < 260; cycle++) {
    const at = monday + cycle * 5 * minutes
    told.clock.now = at
    const changed: number[] = []
    for (let index = 0; index < onus; index++) {
      bytes[index]! += Math.floor(random() * 1e8)
      if (random() > 0.01) continue
      states[index] = states[index] === 1 ? 2 : 1
      changed.push(index)
    }
    told.history.append(
      onuCycle(
        at,
        {
          state: states.slice(),
          upBytes: bytes.slice(),
          onuRxDbm: Float64Array.from(states, (state) =>
            state === 1 ? Math.round(-2500 + random() * 100) / 100 : Number.NaN,
          ),
        },
        {
          events: {
            at: Float64Array.from(changed, () => at),
            addresses: Int32Array.from(changed, (index) => addresses[index]!),
            kinds: Uint8Array.from(changed, () => historyEventKinds.indexOf('onu-state')),
            codes: Uint8Array.from(changed, (index) => states[index]!),
            details: Uint8Array.from(changed, () => 2),
          },
        },
      ),
    )
  }
}

test('frames, blocks and sealed files tell the same of a moment', () => {
  const told = openTestHistory()
  fill(told)
  const moments = [3, 40, 95, 96, 200, 259].map((cycle) => monday + cycle * 5 * minutes + 1_000)
  const read = (of: TestHistory) =>
    moments.map((at) => of.history.snapshot({ oltId: olt, at, settled: none }))
  const hot = read(told)
  told.history.settle()
  expect(read(told)).toEqual(hot)
  told.clock.now = monday + 30 * 24 * 60 * minutes
  told.history.settle(true)
  expect(read(told)).toEqual(hot)
  expect(read(told.reopen())).toEqual(hot)
})

test('each value is the last one at or before the moment, with its time', () => {
  const told = openTestHistory()
  fill(told)
  told.history.settle()
  const at = monday + 150 * 5 * minutes + 1_000
  const snapshot = told.history.snapshot({ oltId: olt, at, settled: none })
  const series = (index: number) => ({
    kind: 'onu' as const,
    oltId: olt,
    address: addressesOf(onus)[index]!,
  })
  for (const index of [0, 63, 64, 129]) {
    const [state, light, octets] = told.history.readSamples({
      series: series(index),
      metrics: ['state', 'onuRxDbm', 'upBytes'],
      from: monday,
      to: at,
    })
    const last = light!.values.findLastIndex((value) => !Number.isNaN(value))
    expect(snapshot.onus.states[index]).toBe(state!.values.at(-1))
    expect(snapshot.onus.stateAt[index]).toBe(state!.at.at(-1))
    expect(snapshot.onus.onuRxDbm[index]).toBe(light!.values[last])
    expect(snapshot.onus.opticsAt[index]).toBe(light!.at[last])
    expect(snapshot.onus.upBytes[index]).toBe(octets!.values.at(-1))
    expect(snapshot.onus.upBefore[index]).toBe(octets!.values.at(-2))
    expect(snapshot.onus.spanMs[index]).toBe(5 * minutes)
  }
})

test('no event is looked for of an ONU that is settled', () => {
  const told = openTestHistory()
  fill(told)
  const at = monday + 259 * 5 * minutes
  const settled = addressesOf(onus)
  const { onus: read } = told.history.snapshot({ oltId: olt, at, settled })
  expect(read.since.every((time) => Number.isNaN(time))).toBe(true)
  expect(read.causes.every((cause) => cause === 255)).toBe(true)
})
