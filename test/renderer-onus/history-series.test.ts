import { describe, expect, it } from 'vitest'
import { downCauses, onuStates } from '../../src-shared/domain/onu-state.ts'
import {
  historyRange,
  lightScale,
  lightSeries,
  stateSegments,
  trafficSeries,
  type OnuHistory,
} from '../../src-renderer/screens/network-onus/history-series.ts'

const history = (change: Partial<OnuHistory> = {}): OnuHistory => ({
  opticsAt: new Float64Array(),
  onuRxDbm: new Float64Array(),
  oltRxDbm: new Float64Array(),
  countersAt: new Float64Array(),
  upKbps: new Float64Array(),
  downKbps: new Float64Array(),
  changesAt: new Float64Array(),
  changeStates: new Uint8Array(),
  changeCauses: new Uint8Array(),
  ...change,
})

const online = onuStates.indexOf('online')
const offline = onuStates.indexOf('offline')
const gasp = downCauses.indexOf('dying-gasp')

describe('the history of an ONU as its charts take it', () => {
  it('has no range when nothing was read', () => {
    expect(historyRange(history(), 1_000_000)).toBeNull()
  })

  it('leaves a gap where there was no value, and never draws 0 for it', () => {
    const read = history({
      opticsAt: Float64Array.of(1, 2, 3),
      onuRxDbm: Float64Array.of(-20, Number.NaN, -21),
      oltRxDbm: Float64Array.of(Number.NaN, Number.NaN, -22),
    })
    expect(lightSeries(read)).toEqual([
      [1, 2, 3],
      [-20, null, -21],
      [null, null, -22],
    ])
  })

  it('gives rates in Mbit/s', () => {
    const read = history({
      countersAt: Float64Array.of(1, 2),
      upKbps: Float64Array.of(500, Number.NaN),
      downKbps: Float64Array.of(0, 2000),
    })
    expect(trafficSeries(read)).toEqual([
      [1, 2],
      [0.5, null],
      [0, 2],
    ])
  })

  it('says nothing of the time before the first change', () => {
    const read = history({
      changesAt: Float64Array.of(100, 200),
      changeStates: Uint8Array.of(online, offline),
      changeCauses: Uint8Array.of(0, gasp),
    })
    expect(stateSegments(read, { from: 0, to: 300 })).toEqual([
      { from: 100, to: 200, state: 'online', cause: 'none' },
      { from: 200, to: 300, state: 'offline-power', cause: 'dying-gasp' },
    ])
  })

  it('cuts a state that began before the picture', () => {
    const read = history({
      changesAt: Float64Array.of(100),
      changeStates: Uint8Array.of(online),
      changeCauses: Uint8Array.of(0),
    })
    expect(stateSegments(read, { from: 150, to: 300 })).toEqual([
      { from: 150, to: 300, state: 'online', cause: 'none' },
    ])
  })

  it('spans from the first reading to now, and at least ten minutes', () => {
    const read = history({ opticsAt: Float64Array.of(5_000_000) })
    expect(historyRange(read, 5_001_000)).toEqual({ from: 4_401_000, to: 5_001_000 })
    expect(historyRange(read, 9_000_000)).toEqual({ from: 5_000_000, to: 9_000_000 })
  })

  it('shows the limit when the light is near it and leaves it out when it is far', () => {
    expect(lightScale([-24, -25], [-27]).min).toBeLessThan(-27)
    expect(lightScale([-14, -15], [-27]).min).toBeGreaterThan(-18)
    expect(lightScale([null], [-27]).min).toBe(-28)
  })
})
