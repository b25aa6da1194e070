import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createPlant } from '../../src-main/simulator/plant.ts'
import {
  checkScenario,
  expandOlts,
  loadScenario,
  ScenarioError,
} from '../../src-main/simulator/scenario-load.ts'
import { manualClock, smallScenario } from '../support/simulated-plant.ts'

const scenarios = join(import.meta.dirname, '../../assets/scenarios')
const olt = {
  name: 'A',
  family: 'zte-c300',
  model: 'C300',
  pons: [{ at: '1/2/1', onus: 3 }],
}
const base = { name: 'x', seed: 1, community: 'lab-read' }

describe('a scenario is refused', () => {
  it.each([
    ['a key that nobody knows', { ...base, olts: [{ ...olt, colour: 'red' }] }, /colour/],
    ['no OLT at all', base, /at least one OLT/],
    ['two OLTs of one name', { ...base, olts: [olt, olt] }, /two OLTs are named A/],
    [
      'a model of the other family',
      { ...base, olts: [{ ...olt, model: 'MA5608T' }] },
      /MA5608T is no zte/,
    ],
    [
      'a PON twice',
      { ...base, olts: [{ ...olt, pons: [...olt.pons, ...olt.pons] }] },
      /named twice/,
    ],
    [
      'a port that the chassis has not',
      { ...base, olts: [{ ...olt, pons: [{ at: '1/2/17', onus: 1 }] }] },
      /does not exist/,
    ],
    [
      'a slot that the chassis has not',
      { ...base, olts: [{ ...olt, pons: [{ at: '1/1/1', onus: 1 }] }] },
      /no line card in slot 1/,
    ],
    [
      '129 ONUs on a PON',
      { ...base, olts: [{ ...olt, pons: [{ at: '1/2/1', onus: 129 }] }] },
      /onus/,
    ],
    [
      'a fault on a PON without an entry',
      { ...base, olts: [{ ...olt, faults: [{ kind: 'fibre-cut', pon: '1/2/9' }] }] },
      /PON 1\/2\/9/,
    ],
    [
      'a duplicate of an unknown OLT',
      {
        ...base,
        olts: [olt],
        duplicateSerials: [
          { original: { olt: 'B', onu: '1/2/1:1' }, copy: { olt: 'A', onu: '1/2/1:1' } },
        ],
      },
      /unknown OLT B/,
    ],
  ])('for %s', (_, data, reason) => {
    expect(() => checkScenario(data, 'test')).toThrow(ScenarioError)
    expect(() => checkScenario(data, 'test')).toThrow(reason)
  })

  it('when its file is missing or no YAML', () => {
    expect(() => loadScenario('/nowhere/x.yaml')).toThrow(ScenarioError)
    expect(() => loadScenario(import.meta.filename)).toThrow(ScenarioError)
  })

  it('when a duplicated ONU does not exist', () => {
    const data = {
      ...(smallScenario() as object),
      duplicateSerials: [
        { original: { olt: 'HW', onu: '0/0/0:99' }, copy: { olt: 'ZT', onu: '1/1/1:1' } },
      ],
    }
    expect(() => createPlant({ scenario: checkScenario(data), clock: manualClock() })).toThrow(
      ScenarioError,
    )
  })
})

describe('the demo plant', () => {
  const clock = manualClock()
  const scenario = loadScenario(join(scenarios, 'demo.yaml'))
  const plant = createPlant({ scenario, clock })
  const truths = scenario.olts.map(({ name }) => plant.truth(name))
  const onus = truths.flatMap((truth) => truth.onus)

  it('has two OLTs of each family and about 1,500 ONUs', () => {
    expect(scenario.olts.map(({ family }) => family).toSorted()).toEqual([
      'huawei-smartax',
      'huawei-smartax',
      'zte-c300',
      'zte-c300',
    ])
    expect(onus.length).toBeGreaterThanOrEqual(1400)
    expect(onus.length).toBeLessThan(1600)
  })

  it('has 90 to 95 of 100 ONUs working, and every kind of trouble', () => {
    const share = onus.filter(({ phase }) => phase === 'working').length / onus.length
    expect(share).toBeGreaterThan(0.9)
    expect(share).toBeLessThan(0.95)
    for (const phase of ['dyingGasp', 'los', 'disabled']) {
      expect(onus.filter((onu) => onu.phase === phase).length).toBeGreaterThan(3)
    }
    expect(truths.flatMap((truth) => truth.unconfigured)).toHaveLength(9)
    expect(onus.length - new Set(onus.map(({ serial }) => serial)).size).toBe(1)
  })

  it('has light as a real plant has: most from -15 to -24 dBm, a tail to -30', () => {
    const light = onus.map(({ rxDbm }) => rxDbm).filter((rx) => !Number.isNaN(rx))
    const within = (low: number, high: number): number =>
      light.filter((rx) => rx >= low && rx < high).length / light.length
    expect(within(-24, -15)).toBeGreaterThan(0.85)
    expect(within(-31, -25)).toBeGreaterThan(0.015)
    expect(within(-31, -9)).toBe(1)
  })

  it('has one PON 5 to 7 dB weaker than its neighbours', () => {
    const mean = (pon: string): number => {
      const rx = (truths[0]?.onus ?? [])
        .filter((onu) => onu.onu.startsWith(`${pon}:`) && !Number.isNaN(onu.rxDbm))
        .map((onu) => onu.rxDbm)
      return rx.reduce((sum, value) => sum + value, 0) / rx.length
    }
    expect(mean('0/1/1') - mean('0/1/2')).toBeGreaterThan(3.5)
  })
})

it('the bench plant is 49 OLTs of 2,048 ONUs', () => {
  const olts = expandOlts(loadScenario(join(scenarios, 'bench.yaml')))
  expect(olts).toHaveLength(49)
  expect(new Set(olts.map(({ family }) => family)).size).toBe(2)
  for (const { pons } of olts) expect(pons.reduce((sum, pon) => sum + pon.onus, 0)).toBe(2048)
})
