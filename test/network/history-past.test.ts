import { expect, test } from 'vitest'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { onuStates } from '../../src-shared/domain/onu-state.ts'
import { keepPast, pastTimes } from '../../src-main/network/history-past.ts'
import { createPlant } from '../../src-main/simulator/plant.ts'
import { checkScenario } from '../../src-main/simulator/scenario-load.ts'
import { openTestHistory } from '../support/history-folder.ts'
import { plantStartMs, smallScenario } from '../support/simulated-plant.ts'

const dayMs = 86_400_000
const pastDays = 28
const population = { offlineShare: 0, disabledShare: 0, flappingShare: 0, dailyOutageShare: 1 }

const scenarioWithPast = () =>
  checkScenario({ ...(smallScenario({ population }) as object), pastDays })

const plantWithPast = () =>
  createPlant({
    scenario: scenarioWithPast(),
    clock: { now: () => plantStartMs },
  })

const fill = async (signal = new AbortController().signal) => {
  const plant = plantWithPast()
  const { history } = openTestHistory({ clock: { now: plantStartMs } })
  let cycles = 0
  await keepPast({
    olts: () => [
      { oltId: 'olt-hw', name: 'HW', light: true },
      { oltId: 'olt-zt', name: 'ZT', light: false },
    ],
    past: { days: pastDays, of: (name, times) => Promise.resolve(plant.past(name, times)) },
    append: (cycle) => {
      history.append(cycle)
      cycles++
      return Promise.resolve()
    },
    until: { at: plantStartMs, monotonic: 1_000 },
    signal,
  })
  return { plant, history, cycles }
}

test('the past ends before the readings begin, and is finer the nearer it is', () => {
  const times = pastTimes(plantStartMs, pastDays)
  const steps = times.slice(1).map((at, index) => at - times[index]!)
  expect(steps.every((step, index) => step > 0 && (index === 0 || step <= steps[index - 1]!))).toBe(
    true,
  )
  expect(times.at(-1)).toBe(plantStartMs - 300_000)
  expect(times[0]).toBeGreaterThanOrEqual(plantStartMs - pastDays * dayMs)
})

test('it is what the plant would have said: no reading differs from its truth of then', async () => {
  const { plant, history } = await fill()
  const [at] = pastTimes(plantStartMs, pastDays).slice(-1)
  const then = createPlant({
    scenario: scenarioWithPast(),
    clock: { now: () => plantStartMs },
  }).past('HW', [at!])
  expect(plant.past('HW', [at!])).toEqual(then)
  then.addresses.forEach((address, index) => {
    const [state, light, down] = history.readSamples({
      series: { kind: 'onu', oltId: 'olt-hw', address, serial: then.serials[index]! },
      metrics: ['state', 'onuRxDbm', 'downBytes'],
      from: 0,
      to: plantStartMs,
    })
    expect(state!.at.at(-1)).toBe(at)
    expect(state!.values.at(-1)).toBe(then.moments[0]!.states[index])
    expect(down!.values.at(-1)).toEqual(then.moments[0]!.downBytes[index])
    expect(light!.values.filter((dbm) => dbm < -8 && dbm > -35).length).toBeGreaterThan(50)
  })
})

test('outages are events, ports and OLTs have their counts, and light that is not read is not there', async () => {
  const { history } = await fill()
  const range = { from: plantStartMs - pastDays * dayMs, to: plantStartMs }
  const onu = { shelf: 1, slot: 1, port: 1, onuId: 1 }
  const series = { kind: 'onu', oltId: 'olt-zt', address: packOnuAddress(onu) } as const
  const [light] = history.readSamples({ series, metrics: ['onuRxDbm'], ...range })
  expect(light!.at).toHaveLength(0)
  const offline = onuStates.indexOf('offline')
  const { kinds, codes } = history.events({ series, ...range })
  expect(new Set(kinds)).toEqual(new Set([1]))
  expect([...codes]).toContain(offline)
  const [onus] = history.readSamples({
    series: { kind: 'olt', oltId: 'olt-zt', address: 0 },
    metrics: ['oltOnlineOnus'],
    ...range,
  })
  expect(onus!.values).toHaveLength(pastTimes(plantStartMs, pastDays).length)
  expect(Math.max(...onus!.values)).toBe(11)
  const [pon] = history.readSamples({
    series: { kind: 'pon', oltId: 'olt-zt', address: packOnuAddress({ ...onu, onuId: 0 }) },
    metrics: ['ponOnlineOnus'],
    ...range,
  })
  expect(Math.max(...pon!.values)).toBe(6)
})

test('a stop in between ends it', async () => {
  const stop = new AbortController()
  stop.abort()
  expect((await fill(stop.signal)).cycles).toBe(0)
})
