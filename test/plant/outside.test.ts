import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createPlant } from '../../src-main/simulator/plant.ts'
import { checkScenario, loadScenario } from '../../src-main/simulator/scenario-load.ts'
import { plantStartMs, smallPlant, smallScenario } from '../support/simulated-plant.ts'

const clock = { now: () => plantStartMs }
const demo = () =>
  createPlant({
    scenario: loadScenario(join(import.meta.dirname, '../../assets/scenarios/demo.yaml')),
    clock,
  })

describe('the outside plant of a simulated OLT', () => {
  it('is the same for the same scenario and seed, and another for another', () => {
    expect(smallPlant(clock).outside('HW')).toEqual(smallPlant(clock).outside('HW'))
    expect(smallPlant(clock, {}, 6).outside('HW')).not.toEqual(smallPlant(clock).outside('HW'))
    expect(() => smallPlant(clock).outside('nobody')).toThrow(RangeError)
  })

  it('hangs every ONU on a box of eight ports, two never on one, street by street', () => {
    const { nodes, nodeOf, ports, streetAddresses, addresses } = demo().outside('KARANG-01')
    const taken = new Set<string>()
    let onOwnStreet = 0
    for (const [place, node] of nodeOf.entries()) {
      const box = nodes[node]!
      expect(box).toMatchObject({ kind: 'odb', capacity: 8 })
      expect(ports[place]).toBeGreaterThanOrEqual(1)
      expect(ports[place]).toBeLessThanOrEqual(8)
      const port = `${node}/${ports[place]}`
      expect(taken.has(port)).toBe(false)
      taken.add(port)
      if (streetAddresses[place]!.includes(box.street)) onOwnStreet++
    }
    expect(taken.size).toBe(addresses.length)
    // A full PON of 64 has no ports to waste: some boxes serve a corner.
    expect(onOwnStreet / addresses.length).toBeGreaterThan(0.7)
  })

  it('is a tree in which what a node hangs on comes before it, and a PON feeds each cabinet', () => {
    const { nodes } = demo().outside('BUKIT-04')
    for (const [place, { parent, kind, pon }] of nodes.entries()) {
      expect(parent).toBeLessThan(place)
      expect(pon !== null).toBe(kind === 'cabinet')
    }
    const names = new Set(nodes.map(({ name, parent }) => `${parent} ${name}`))
    expect(names.size).toBe(nodes.length)
  })

  it('lies in a town of its own, each within a few kilometres of its OLT, in Java', () => {
    const plant = demo()
    const towns = ['KARANG-01', 'MELATI-02', 'PELABUHAN-03', 'BUKIT-04'].map((name) =>
      plant.outside(name),
    )
    for (const { latitude, longitude, latitudes, longitudes } of towns) {
      expect(latitude).toBeGreaterThan(-7.2)
      expect(latitude).toBeLessThan(-6.7)
      expect(longitude).toBeGreaterThan(111)
      expect(longitude).toBeLessThan(111.7)
      for (const one of latitudes) expect(Math.abs(one - latitude)).toBeLessThan(0.015)
      for (const one of longitudes) expect(Math.abs(one - longitude)).toBeLessThan(0.015)
    }
    const centres = towns.map(({ latitude, longitude }) => `${latitude} ${longitude}`)
    expect(new Set(centres).size).toBe(4)
  })

  it('puts OLTs that are said to stand at one place below one zone', () => {
    const scenario = smallScenario({ location: 'rack room' })
    const plant = createPlant({ scenario: checkScenario(scenario), clock })
    for (const name of ['HW', 'ZT']) {
      expect(plant.outside(name).nodes.slice(0, 2)).toMatchObject([
        { kind: 'zone', name: 'rack room', parent: -1 },
        { kind: 'zone', name, parent: 0 },
      ])
    }
  })
})
