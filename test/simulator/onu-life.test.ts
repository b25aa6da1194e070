import { describe, expect, it } from 'vitest'
import { createPlant } from '../../src-main/simulator/plant.ts'
import { checkScenario } from '../../src-main/simulator/scenario-load.ts'
import {
  manualClock,
  plantStartMs,
  smallPlant,
  smallScenario,
  walk,
} from '../support/simulated-plant.ts'

const minuteMs = 60_000
const octetsOf = (plant: ReturnType<typeof smallPlant>, olt: string): string =>
  JSON.stringify(walk(plant, olt, '1.3', 60).map(({ oid, tag, value }) => [oid, tag, [...value]]))

const phases = (plant: ReturnType<typeof smallPlant>, olt: string, pon: string): string[] =>
  plant
    .truth(olt)
    .onus.filter(({ onu }) => onu.startsWith(`${pon}:`))
    .map(({ phase }) => phase)

const restless = {
  offlineShare: 0.2,
  disabledShare: 0.1,
  flappingShare: 0.3,
  dailyOutageShare: 0.8,
}

describe('a plant', () => {
  it('refuses controls that name what is not there, and unknown acts', () => {
    const plant = smallPlant(manualClock())
    expect(() => plant.control({ kind: 'cut-pon', olt: 'XX', pon: '0/0/0' })).toThrow(/no OLT XX/)
    expect(() => plant.control({ kind: 'cut-pon', olt: 'HW', pon: '0/9/0' })).toThrow(
      /no PON 0\/9\/0/,
    )
    expect(() =>
      plant.control({ kind: 'disable', olt: 'HW', which: { onus: ['0/0/0:99'] } }),
    ).toThrow(/no ONU/)
    expect(() => plant.control({ kind: 'explode', olt: 'HW' } as never)).toThrow()
  })

  it('gives the same octets for the same seed and moment, and others for another seed', () => {
    const octets = (seed?: number, aheadMs = 0): string => {
      const clock = manualClock()
      const plant = smallPlant(clock, { population: restless }, seed)
      clock.advance(aheadMs)
      return octetsOf(plant, 'HW') + octetsOf(plant, 'ZT')
    }
    expect(octets()).toBe(octets())
    expect(octets(9, 7_777_777)).toBe(octets(9, 7_777_777))
    expect(octets(9)).not.toBe(octets(10))
  })

  it('does not depend on who asked what before', () => {
    const [quiet, busy] = [manualClock(), manualClock()]
    const asleep = smallPlant(quiet, { population: restless })
    const watched = smallPlant(busy, { population: restless })
    quiet.advance(30 * 60 * minuteMs)
    for (let i = 0; i < 30 * 60; i += 7) {
      walk(watched, 'ZT', '1.3.6.1.4.1.3902.1012.3.28.2.1', 40)
      busy.advance(7 * minuteMs)
    }
    busy.advance(quiet.now() - busy.now())
    expect(octetsOf(watched, 'ZT')).toBe(octetsOf(asleep, 'ZT'))
  })

  it('darkens the whole PON when its feeder is cut, and brings it back after the repair', () => {
    const clock = manualClock()
    const plant = smallPlant(clock)
    plant.control({ kind: 'cut-pon', olt: 'ZT', pon: '1/2/2' })
    expect(phases(plant, 'ZT', '1/2/2')).toEqual(Array(5).fill('los'))
    expect(phases(plant, 'ZT', '1/1/1')).toEqual(Array(6).fill('working'))
    clock.advance(10 * minuteMs)
    plant.control({ kind: 'restore-pon', olt: 'ZT', pon: '1/2/2' })
    clock.advance(35_000)
    expect(phases(plant, 'ZT', '1/2/2')).toEqual(Array(5).fill('starting'))
    clock.advance(10_000)
    expect(phases(plant, 'ZT', '1/2/2')).toEqual(Array(5).fill('working'))
    for (const { onu, cause, lastDownMs, lastUpMs } of plant.truth('ZT').onus) {
      if (!onu.startsWith('1/2/2:')) continue
      expect(cause).toBe('los')
      expect(lastDownMs).toBe(plantStartMs)
      expect(lastUpMs).toBe(plantStartMs + 10 * minuteMs + 40_000)
    }
  })

  it('darkens only what is behind a cut partway', () => {
    const plant = smallPlant(manualClock())
    const onus = plant.truth('HW').onus.filter(({ onu }) => onu.startsWith('0/0/0:'))
    const beyondM = onus.map((onu) => onu.distanceM).toSorted((a, b) => a - b)[2] ?? 0
    plant.control({ kind: 'cut-pon', olt: 'HW', pon: '0/0/0', beyondM })
    for (const { onu, phase, distanceM } of plant.truth('HW').onus) {
      if (!onu.startsWith('0/0/0:')) continue
      expect(phase).toBe(distanceM > beyondM ? 'los' : 'working')
    }
  })

  it('keeps the first cause when a second trouble follows, and the switch by the operator on top', () => {
    const clock = manualClock()
    const plant = smallPlant(clock)
    const onu = plant.truth('HW').onus[0]?.onu ?? ''
    plant.control({ kind: 'power-off', olt: 'HW', which: { onus: [onu] }, withGasp: false })
    clock.advance(minuteMs)
    plant.control({ kind: 'cut-pon', olt: 'HW', pon: '0/0/0' })
    expect(plant.truth('HW').onus[0]).toMatchObject({
      phase: 'los',
      cause: 'losi',
      lastDownMs: plantStartMs,
    })
    plant.control({ kind: 'disable', olt: 'HW', which: { onus: [onu] } })
    expect(plant.truth('HW').onus[0]).toMatchObject({ phase: 'disabled', cause: 'losi' })
  })

  it('lets most ONUs of a street gasp when the power fails', () => {
    const clock = manualClock()
    const plant = createPlant({
      scenario: checkScenario({
        name: 'street',
        seed: 1,
        community: 'lab-read',
        olts: [
          {
            name: 'A',
            family: 'zte-c300',
            model: 'C300',
            pons: [{ at: '1/2/1', onus: 120, split: 128 }],
          },
        ],
      }),
      clock,
    })
    const before = plant.truth('A').onus.filter(({ phase }) => phase === 'working').length
    plant.control({ kind: 'power-off', olt: 'A', which: { pon: '1/2/1', street: 2 } })
    clock.advance(5000)
    const { onus } = plant.truth('A')
    const gone = before - onus.filter(({ phase }) => phase === 'working').length
    const gasped = onus.filter((onu) => onu.cause === 'dyingGasp' && onu.lastDownMs >= plantStartMs)
    expect(gone).toBeGreaterThan(8)
    expect(gone).toBeLessThan(45)
    expect(gasped.length / gone).toBeGreaterThan(0.8)
  })

  it('flaps: down and up again within every cycle, with a time for each', () => {
    const clock = manualClock()
    const plant = smallPlant(clock, {
      population: { offlineShare: 0, disabledShare: 0, flappingShare: 1, dailyOutageShare: 0 },
    })
    const seen = new Set<string>()
    let changes = 0
    let last = ''
    for (let i = 0; i < 360; i++) {
      clock.advance(20_000)
      const [onu] = plant.truth('HW').onus
      seen.add(onu?.phase ?? '')
      if (onu?.phase !== last) changes++
      last = onu?.phase ?? ''
      if (onu?.phase === 'working') expect(onu.lastUpMs).toBeLessThanOrEqual(clock.now())
      else expect(onu?.lastDownMs).toBeLessThanOrEqual(clock.now())
    }
    expect(seen).toContain('working')
    expect(seen).toContain('los')
    expect(changes).toBeGreaterThan(6)
  })

  it('weakens every ONU behind a bad splitter', () => {
    const clock = manualClock()
    const plant = smallPlant(clock)
    const before = plant.truth('HW').onus.map((onu) => onu.rxDbm)
    plant.control({ kind: 'attenuate-pon', olt: 'HW', pon: '0/0/0', lossDb: 6 })
    for (const [i, { onu, rxDbm }] of plant.truth('HW').onus.entries()) {
      const expected = (before[i] ?? 0) - (onu.startsWith('0/0/0:') ? 6 : 0)
      expect(rxDbm).toBeCloseTo(expected, 5)
    }
  })

  it('adds and removes ONUs, and copies a serial to another OLT', () => {
    const plant = smallPlant(manualClock())
    plant.control({ kind: 'add-onu', olt: 'HW', pon: '0/0/0', serial: 'HWTC0BADCAFE' })
    const added = plant.truth('HW').onus.find(({ serial }) => serial === 'HWTC0BADCAFE')
    expect(added?.phase).not.toBe('working')
    plant.control({
      kind: 'duplicate-serial',
      olt: 'ZT',
      onu: plant.truth('ZT').onus[0]?.onu ?? '',
      of: { olt: 'HW', onu: added?.onu ?? '' },
    })
    expect(plant.truth('ZT').onus[0]?.serial).toBe('HWTC0BADCAFE')
    plant.control({ kind: 'remove-onus', olt: 'HW', which: { pon: '0/0/0' } })
    expect(plant.truth('HW').onus).toHaveLength(5)
  })

  it('has no serial and no customer code twice unless the scenario says so', () => {
    const plant = createPlant({
      scenario: checkScenario({
        name: 'many',
        seed: 2,
        community: 'lab-read',
        fleets: [
          { name: 'F-{n}', family: 'huawei-smartax', model: 'MA5800-X7', count: 4, slot: 1 },
        ],
      }),
      clock: manualClock(),
    })
    const onus = [1, 2, 3, 4].flatMap((n) => plant.truth(`F-0${n}`).onus)
    expect(onus).toHaveLength(8192)
    expect(new Set(onus.map(({ serial }) => serial)).size).toBe(8192)
    expect(new Set(onus.map(({ code }) => code)).size).toBe(8192)
  })

  it('restarts an OLT with a new up time and brings its ONUs back one by one', () => {
    const clock = manualClock()
    const plant = smallPlant(clock)
    plant.control({ kind: 'reboot-olt', olt: 'HW' })
    clock.advance(100_000)
    expect(plant.truth('HW').onus.every(({ phase }) => phase !== 'working')).toBe(true)
    clock.advance(200_000)
    expect(plant.truth('HW').onus.every(({ phase }) => phase === 'working')).toBe(true)
  })

  it('is small enough here to be written twice', () => {
    expect(checkScenario(smallScenario())).toEqual(checkScenario(smallScenario()))
  })
})
