import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusterPoints } from '../../src-main/plant/map/cluster.ts'
import { latitudeOf, longitudeOf, mercatorX, mercatorY } from '../../src-main/plant/map/mercator.ts'
import type { Output } from '../../src-shared/contract/index.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { idOf } from '../support/store-workspace.ts'
import { at, createPlantBench, madeOlt, plantTree } from './support/plant-bench.ts'

const world = { west: -180, south: -85, east: 180, north: 85 }
const sum = (values: Int32Array): number => values.reduce((total, value) => total + value, 0)
const things = ({ kinds, labels, references, onus, down, unknown }: Output<'plant.map'>) =>
  [...kinds].map((kind, n) => [kind, labels[n], references[n], onus[n], down[n], unknown[n]])

describe('the projection', () => {
  it('comes back to where it was', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -85, max: 85, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        (latitude, longitude) => {
          expect(latitudeOf(mercatorY(latitude))).toBeCloseTo(latitude, 9)
          expect(longitudeOf(mercatorX(longitude))).toBeCloseTo(longitude, 9)
        },
      ),
      { seed: 7 },
    )
  })
})

describe('clusters', () => {
  const points = fc
    .array(
      fc.tuple(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
      ),
      {
        maxLength: 60,
      },
    )
    .map((list) => {
      const sorted = list.toSorted(([a], [b]) => a - b)
      return {
        x: Float64Array.from(sorted, ([x]) => x),
        y: Float64Array.from(sorted, ([, y]) => y),
        kinds: new Uint8Array(list.length),
      }
    })

  it('hold a point once where two windows around the world meet in one cell', () => {
    const edges = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(points, edges, edges, fc.integer({ min: 0, max: 6 }), (all, one, other, zoom) => {
        const [east, west] = [Math.min(one, other), Math.max(one, other)]
        const windows = [
          { west, east: 1.001, north: 0, south: 1.001 },
          { west: 0, east, north: 0, south: 1.001 },
        ]
        const found = clusterPoints(all, windows, zoom, () => 0)
        let held = 0
        const seen = new Set<number>()
        for (let cluster = 0; cluster < found.count; cluster++) {
          for (let place = found.first[cluster]!; place >= 0; place = found.next[place]!) {
            // A point that follows itself never ends.
            expect(seen.has(place)).toBe(false)
            seen.add(place)
            held++
          }
        }
        expect(sum(found.sizes)).toBe(held)
        for (const [place, x] of all.x.entries()) {
          if (x >= west || x < east) expect(seen.has(place)).toBe(true)
        }
      }),
      { seed: 7 },
    )
  })

  it('hold every point of the window once, whatever the zoom', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 0, max: 22 }), (all, zoom) => {
        const whole = [{ west: 0, east: 1.001, north: 0, south: 1.001 }]
        const found = clusterPoints(all, whole, zoom, () => 0)
        const seen = new Set<number>()
        for (let one = 0; one < found.count; one++) {
          let size = 0
          for (let place = found.first[one]!; place >= 0; place = found.next[place]!) {
            expect(seen.has(place)).toBe(false)
            seen.add(place)
            size++
          }
          expect(size).toBe(found.sizes[one])
        }
        expect(seen.size).toBe(all.x.length)
      }),
      { seed: 8, numRuns: 200 },
    )
  })

  it('lie still while the window moves', () => {
    fc.assert(
      fc.property(points, fc.double({ min: 0, max: 0.4, noNaN: true }), (all, moved) => {
        const near = (from: number) =>
          clusterPoints(all, [{ west: from, east: from + 0.5, north: 0, south: 1.001 }], 2, () => 0)
        const one = near(0)
        const other = near(moved)
        const centres = new Set(
          Array.from({ length: one.count }, (_, n) => `${one.x[n]} ${one.y[n]}`),
        )
        for (let n = 0; n < other.count; n++) {
          if (other.x[n]! < 0.5) expect(centres.has(`${other.x[n]} ${other.y[n]}`)).toBe(true)
        }
      }),
      { seed: 9, numRuns: 100 },
    )
  })
})

describe('the map', () => {
  const made = async () => {
    const olts = [madeOlt(1, 'North', [8])]
    const bench = createPlantBench(olts)
    const tree = await plantTree(bench)
    const place = (onuId: number, longitude: number | null) =>
      bench.tell('plant.setPlace', {
        oltId: idOf(1),
        address: at(0, onuId),
        nodeId: tree.box,
        nodePort: onuId + 1,
        streetAddress: '',
        coordinates: longitude === null ? null : { latitude: -6.75, longitude },
      })
    await place(0, 111.301)
    await place(1, 111.302)
    await place(2, null)
    await bench.tell('plant.setOltCoordinates', {
      oltId: idOf(1),
      coordinates: { latitude: -6.75, longitude: 111.3 },
    })
    olts[0]!.onus[0]!.state = 'offline'
    olts[0]!.onus[2]!.state = 'offline'
    bench.stateMoved()
    return { bench, tree, olts }
  }

  it('is empty where nothing has coordinates', async () => {
    const map = await createPlantBench().ask('plant.map', { ...world, zoom: 3 })
    expect(map).toMatchObject({ bounds: null, located: { olts: 0, nodes: 0, onus: 0 } })
    expect(map.kinds.length).toBe(0)
  })

  it('shows near by each thing alone, with its place in the console', async () => {
    const { bench, tree } = await made()
    const map = await bench.ask('plant.map', { ...world, zoom: 20 })
    expect(things(map)).toEqual([
      [1, 'North', `olt:${idOf(1)}`, 8, 2, 0],
      [2, 'ODB 1', `node:${tree.box}`, 3, 2, 0],
      [3, 'Rumah 0', `onu:${idOf(1)}/0-1-0-0`, 1, 1, 0],
      [3, 'Rumah 1', `onu:${idOf(1)}/0-1-0-1`, 1, 0, 0],
    ])
    expect(map.located).toEqual({ olts: 1, nodes: 1, onus: 2 })
    expect(map.bounds!.west).toBeCloseTo(111.3, 9)
    expect(map.bounds!.east).toBeCloseTo(111.302, 9)
  })

  it('draws together what lies on one another, and counts every ONU once', async () => {
    const { bench } = await made()
    const far = await bench.ask('plant.map', { ...world, zoom: 4 })
    expect(things(far)).toEqual([
      [1, 'North', `olt:${idOf(1)}`, 8, 2, 0],
      [0, '', '', 3, 2, 0],
    ])
    const nodes = await bench.ask('plant.map', { ...world, zoom: 4, layers: ['nodes'] })
    expect([sum(nodes.onus), sum(nodes.down)]).toEqual([3, 2])
  })

  it('shows of a window only what is in it, and of what is down only that', async () => {
    const { bench } = await made()
    const east = await bench.ask('plant.map', { ...world, west: 111.3015, east: 112, zoom: 20 })
    expect(things(east).map(([kind]) => kind)).toEqual([3])
    const overDateLine = await bench.ask('plant.map', {
      ...world,
      west: 112,
      east: 111.3005,
      zoom: 20,
    })
    expect(overDateLine.kinds.length).toBe(2)
    const down = await bench.ask('plant.map', { ...world, zoom: 20, onlyDown: true })
    expect(things(down).map(([, label]) => label)).toEqual(['North', 'ODB 1', 'Rumah 0'])
  })

  it('says the same from far away: by window, after a state and after a place has changed', async () => {
    const { bench, olts, tree } = await made()
    const far = async (west: number, east: number) => {
      const map = await bench.ask('plant.map', { ...world, west, east, zoom: 10, layers: ['onus'] })
      return [sum(map.onus), sum(map.down)]
    }
    expect(await far(111, 112)).toEqual([2, 1])
    expect(await far(113, 114)).toEqual([0, 0])
    olts[0]!.onus[1]!.state = 'offline'
    bench.stateMoved()
    expect(await far(111, 112)).toEqual([2, 2])
    await bench.tell('plant.setPlace', {
      oltId: idOf(1),
      address: at(0, 1),
      nodeId: tree.box,
      nodePort: 2,
      streetAddress: '',
      coordinates: { latitude: -6.75, longitude: 113.5 },
    })
    expect(await far(113, 114)).toEqual([1, 1])
  })

  it('follows states and places', async () => {
    const { bench, olts } = await made()
    olts[0]!.onus[0]!.state = 'unknown'
    bench.stateMoved()
    const map = await bench.ask('plant.map', { ...world, zoom: 20, layers: ['onus'] })
    expect(things(map).map(([, , , , down, unknown]) => [down, unknown])).toEqual([
      [0, 1],
      [0, 0],
    ])
    olts[0]!.onus = olts[0]!.onus.filter(({ address }) => address !== packOnuAddress(at(0, 1)))
    bench.rebuild()
    const later = await bench.ask('plant.map', { ...world, zoom: 20, layers: ['onus'] })
    // Its place stays: nothing is known of who is there.
    expect(things(later)[1]).toEqual([3, '', `onu:${idOf(1)}/0-1-0-1`, 1, 0, 1])
  })
})
