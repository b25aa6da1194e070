import Circle from 'ol/style/Circle.js'
import Fill from 'ol/style/Fill.js'
import RegularShape from 'ol/style/RegularShape.js'
import Stroke from 'ol/style/Stroke.js'
import Style from 'ol/style/Style.js'
import Text from 'ol/style/Text.js'
import { readTokens } from '../../components/charts/theme-colour.ts'
import type { MapPoint } from './map-points.ts'

/** Marks of the map: shape says what, fill and sign say how it is. Colour is never alone. */

export const readMapColours = () =>
  readTokens({
    canvas: '--nc-canvas',
    surface: '--nc-surface',
    text: '--nc-text',
    soft: '--nc-text-soft',
    faint: '--nc-text-faint',
    line: '--nc-line',
    strong: '--nc-line-strong',
    critical: '--nc-critical',
    criticalSoft: '--nc-critical-soft',
    up: '--nc-level-1',
    unknown: '--nc-unknown',
    sunken: '--nc-sunken',
    accentSoft: '--nc-accent-soft',
    accent: '--nc-accent',
  })

export type MapColours = ReturnType<typeof readMapColours>

const sizes = { olt: 9, node: 7, onu: 5 } as const

/** One style per look: thousands of marks share a few dozen. */
export const createPointStyles = (colours: MapColours) => {
  const known = new Map<string, Style>()
  return (point: MapPoint, zoom: number): Style => {
    const text = textOf(point, zoom)
    const key = `${point.kind} ${point.state} ${radiusOf(point)} ${text}`
    const found = known.get(key)
    if (found !== undefined) return found
    const made = styleOf(point, text, colours)
    if (known.size > 2_000) known.clear()
    known.set(key, made)
    return made
  }
}

const radiusOf = ({ kind, onus }: MapPoint): number =>
  kind === 'cluster'
    ? Math.min(26, 11 + Math.round(Math.log10(Math.max(1, onus)) * 4))
    : sizes[kind]

const textOf = ({ kind, state, onus, down, label }: MapPoint, zoom: number): string => {
  const sign = state === 'down' || state === 'all-down' || state === 'few' ? '▼' : ''
  if (kind === 'cluster') return sign === '' ? compact(onus) : `${sign}${compact(down)}`
  if (kind === 'olt' || zoom >= (kind === 'node' ? 15 : 18)) {
    const count = sign === '' || kind === 'onu' ? sign : `${sign}${compact(down)}`
    return [label, count].filter((part) => part !== '').join(' ')
  }
  return sign
}

const compact = (count: number): string =>
  count < 1000 ? String(count) : `${(count / 1000).toFixed(count < 10_000 ? 1 : 0)}k`

const styleOf = (point: MapPoint, text: string, colours: MapColours): Style => {
  const { kind, state } = point
  const radius = radiusOf(point)
  const isDown = state === 'down' || state === 'all-down'
  const fill = new Fill({
    color:
      state === 'all-down'
        ? colours.critical
        : state === 'down'
          ? colours.criticalSoft
          : state === 'unknown'
            ? colours.surface
            : kind === 'cluster'
              ? colours.surface
              : colours.up,
  })
  const stroke = new Stroke({
    color: isDown ? colours.critical : state === 'unknown' ? colours.faint : colours.soft,
    width: isDown ? 2 : 1.25,
    ...(state === 'unknown' ? { lineDash: [3, 2] } : {}),
  })
  const image =
    kind === 'olt'
      ? new RegularShape({ points: 4, radius: radius * 1.3, angle: Math.PI / 4, fill, stroke })
      : kind === 'node'
        ? new RegularShape({ points: 4, radius, angle: 0, fill, stroke })
        : new Circle({ radius, fill, stroke })
  const inside = kind === 'cluster'
  return new Style({
    image,
    ...(text === ''
      ? {}
      : {
          text: new Text({
            text,
            font: `${inside || isDown ? 600 : 400} 12px "Inter Variable", system-ui, sans-serif`,
            fill: new Fill({
              color:
                inside && state === 'all-down'
                  ? colours.surface
                  : isDown
                    ? colours.critical
                    : colours.text,
            }),
            ...(inside
              ? {}
              : {
                  // Beside an OLT, where clusters of its own town do not lie on it.
                  ...(kind === 'olt'
                    ? { offsetX: radius + 8, offsetY: -radius, textAlign: 'left' as const }
                    : { offsetY: radius + 11 }),
                  stroke: new Stroke({ color: colours.surface, width: 4 }),
                }),
          }),
        }),
    // What is down lies above what is well.
    zIndex: (isDown ? 100 : 0) + (kind === 'olt' ? 200 : kind === 'cluster' ? 10 : 0),
  })
}
