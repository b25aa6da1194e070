import { describe, expect, test, vi } from 'vitest'
import {
  byUrgency,
  pointsOf,
  readPlace,
  routeOf,
  stateOf,
  writePlace,
  type MapAnswer,
} from '../../src-renderer/screens/map/map-points.ts'
import { copyMapFile, partBytes } from '../../src-renderer/screens/map/copy-map-file.ts'

const olt = '01900000-0000-7000-8000-000000000100'

describe('the address of a map is refused', () => {
  test('when it lies outside the world, is no number or lacks a part', () => {
    for (const query of [
      '',
      'lat=1&lon=2',
      'lat=99&lon=2&z=3',
      'lat=1&lon=200&z=3',
      'lat=x&lon=1&z=1',
      'lat=1&lon=1&z=40',
    ]) {
      expect(readPlace(query), query).toBeNull()
    }
  })

  test('and leads nowhere for a reference that is none', () => {
    for (const reference of ['', 'cluster', 'onu:', `onu:${olt}/x`, `onu:${olt}`, 'https://x']) {
      expect(routeOf(reference), reference).toBeNull()
    }
  })
})

describe('a map', () => {
  test('keeps its place through the address', () => {
    const place = { latitude: -6.2088, longitude: 106.8456, zoom: 14.5 }
    expect(readPlace(writePlace(place))).toEqual(place)
  })

  test('leads to the record of a place', () => {
    expect(routeOf(`olt:${olt}`)).toBe(`/olts/${olt}`)
    expect(routeOf(`node:${olt}`)).toBe(`/plant/${olt}`)
    expect(routeOf(`onu:${olt}/0-1-3-12`)).toBe(`/onus/${olt}/0-1-3-12`)
  })

  test('says of several ONUs the worst that is known', () => {
    expect(stateOf(8, 0, 0)).toBe('up')
    expect(stateOf(8, 3, 5)).toBe('down')
    expect(stateOf(100, 9, 0)).toBe('few')
    expect(stateOf(100, 10, 0)).toBe('down')
    expect(stateOf(8, 8, 0)).toBe('all-down')
    expect(stateOf(8, 0, 1)).toBe('unknown')
    // A splitter without ONUs is not down.
    expect(stateOf(0, 0, 0)).toBe('up')
  })

  test('lists what is down first', () => {
    const answer: MapAnswer = {
      kinds: Uint8Array.of(1, 0, 3),
      latitudes: Float64Array.of(1, 2, 3),
      longitudes: Float64Array.of(4, 5, 6),
      onus: Int32Array.of(100, 40, 1),
      down: Int32Array.of(0, 12, 1),
      unknown: Int32Array.of(0, 0, 0),
      labels: ['KARANG-01', '', 'Budi'],
      references: [`olt:${olt}`, '', `onu:${olt}/0-1-3-12`],
      bounds: null,
      located: { olts: 1, nodes: 0, onus: 1 },
      revision: 1,
    }
    const points = pointsOf(answer)
    expect(points.toSorted(byUrgency).map(({ kind, state }) => [kind, state])).toEqual([
      ['cluster', 'down'],
      ['onu', 'all-down'],
      ['olt', 'up'],
    ])
  })
})

describe('copying a map file', () => {
  const answering = (answer: (name: string, input: unknown) => unknown) => {
    const calls: [string, unknown][] = []
    vi.stubGlobal('window', {
      nocturne: {
        invoke: (name: string, input: unknown) => {
          calls.push([name, input])
          return Promise.resolve(answer(name, input))
        },
        on: () => () => undefined,
      },
    })
    return calls
  }
  const fileOf = (size: number) => {
    const blob = new Blob([new Uint8Array(size).fill(7)])
    return { size, name: 'town.pmtiles', slice: blob.slice.bind(blob) }
  }
  const fine = { ok: true, value: {} }

  test('is taken by nobody after it was stopped or a part was refused', async () => {
    const controller = new AbortController()
    const calls = answering(() => fine)
    const copying = copyMapFile(fileOf(3 * partBytes), controller.signal, () => controller.abort())
    await expect(copying).rejects.toThrow()
    expect(calls.some(([name]) => name === 'plant.setMapFile')).toBe(false)

    const refused = answering(() => ({
      ok: false,
      error: { code: 'disk-full', params: {}, traceId: 't' },
    }))
    await expect(
      copyMapFile(fileOf(10), new AbortController().signal, () => undefined),
    ).rejects.toMatchObject({ failure: { code: 'disk-full' } })
    expect(refused).toHaveLength(1)
  })

  test('goes in parts of one upload, tells how far it is, and is taken at the end', async () => {
    const calls = answering(() => fine)
    const told: number[] = []
    await copyMapFile(fileOf(partBytes + 5), new AbortController().signal, (done) =>
      told.push(done),
    )
    expect(calls.map(([name]) => name)).toEqual([
      'plant.stageMapFile',
      'plant.stageMapFile',
      'plant.setMapFile',
    ])
    expect(told).toEqual([partBytes, partBytes + 5])
    const uploads = new Set(
      calls.map(([, input]) => {
        const { uploadId, input: inner } = input as {
          uploadId?: string
          input?: { uploadId: string }
        }
        return uploadId ?? inner?.uploadId
      }),
    )
    expect(uploads.size).toBe(1)
    vi.unstubAllGlobals()
  })
})
