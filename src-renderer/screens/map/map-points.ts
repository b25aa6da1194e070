import type { Output } from '../../../src-shared/contract/index.ts'
import { paths, readAddress } from '../../app/paths.ts'

/** What the engine tells of a window of the map, as single places. */
export type MapAnswer = Output<'plant.map'>

export const pointKinds = ['cluster', 'olt', 'node', 'onu'] as const
export type PointKind = (typeof pointKinds)[number]

/**
 * `few`: less than a tenth is down, as it is every day in a large network: told, and calm.
 * `unknown`: nothing is known to be down, and of some nothing is known.
 */
export type PointState = 'up' | 'few' | 'down' | 'all-down' | 'unknown'

const fewShare = 0.1

export interface MapPoint {
  readonly key: string
  readonly kind: PointKind
  readonly latitude: number
  readonly longitude: number
  readonly onus: number
  readonly down: number
  readonly unknown: number
  readonly state: PointState
  readonly label: string
  /** `olt:<id>`, `node:<id>`, `onu:<oltId>/<address>`; empty of a cluster. */
  readonly reference: string
}

export const stateOf = (onus: number, down: number, unknown: number): PointState => {
  if (down > 0) return down >= onus ? 'all-down' : down < onus * fewShare ? 'few' : 'down'
  return unknown > 0 ? 'unknown' : 'up'
}

export const pointsOf = (answer: MapAnswer): MapPoint[] =>
  Array.from(answer.kinds, (code, index) => {
    const kind = pointKinds[code] ?? 'cluster'
    const latitude = answer.latitudes[index] ?? 0
    const longitude = answer.longitudes[index] ?? 0
    const onus = answer.onus[index] ?? 0
    const down = answer.down[index] ?? 0
    const unknown = answer.unknown[index] ?? 0
    const reference = answer.references[index] ?? ''
    return {
      key: reference === '' ? `${latitude} ${longitude}` : reference,
      kind,
      latitude,
      longitude,
      onus,
      down,
      unknown,
      state: stateOf(onus, down, unknown),
      label: answer.labels[index] ?? '',
      reference,
    }
  })

/** What wants a person first: most ONUs down, then unknown, then the greatest. */
export const byUrgency = (one: MapPoint, other: MapPoint): number =>
  other.down - one.down ||
  other.unknown - one.unknown ||
  other.onus - one.onus ||
  (one.label < other.label ? -1 : 1)

/** Where in the console a place is shown; null: it is none. */
export const routeOf = (reference: string): string | null => {
  const [kind, rest = ''] = splitOnce(reference, ':')
  if (kind === 'olt') return paths.olt(rest)
  if (kind === 'node') return paths.plant(rest)
  if (kind !== 'onu') return null
  const [oltId, text = ''] = splitOnce(rest, '/')
  const address = readAddress(text)
  return address === null ? null : paths.onu(oltId, address)
}

const splitOnce = (text: string, mark: string): [string, string?] => {
  const at = text.indexOf(mark)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

/** Where the map looks, as the address of the page keeps it. Degrees; zoom of Web Mercator. */
export interface MapPlace {
  readonly latitude: number
  readonly longitude: number
  readonly zoom: number
}

export const readPlace = (query: string): MapPlace | null => {
  const values = new URLSearchParams(query)
  const [latitude, longitude, zoom] = ['lat', 'lon', 'z'].map((name) =>
    Number.parseFloat(values.get(name) ?? ''),
  )
  const fits =
    Math.abs(latitude ?? Number.NaN) <= 85.06 &&
    Math.abs(longitude ?? Number.NaN) <= 180 &&
    (zoom ?? Number.NaN) >= 0 &&
    (zoom ?? Number.NaN) <= 22
  return fits ? { latitude: latitude!, longitude: longitude!, zoom: zoom! } : null
}

export const writePlace = ({ latitude, longitude, zoom }: MapPlace): string =>
  `lat=${latitude.toFixed(5)}&lon=${longitude.toFixed(5)}&z=${zoom.toFixed(2)}`
