import type { FeatureLike } from 'ol/Feature.js'
import Fill from 'ol/style/Fill.js'
import Stroke from 'ol/style/Stroke.js'
import Style from 'ol/style/Style.js'
import Text from 'ol/style/Text.js'
import type { MapColours } from './map-style.ts'

/**
 * A calm ground: greys, water, names. Layer names are those of the two schemas that files for
 * offline maps commonly follow; what is of neither is not drawn.
 */
const kinds: Readonly<
  Record<string, 'land' | 'water' | 'green' | 'road' | 'building' | 'border' | 'place'>
> = {
  earth: 'land',
  landcover: 'green',
  landuse: 'green',
  natural: 'green',
  park: 'green',
  water: 'water',
  waterway: 'water',
  physical_line: 'water',
  roads: 'road',
  transit: 'road',
  transportation: 'road',
  buildings: 'building',
  building: 'building',
  boundaries: 'border',
  boundary: 'border',
  places: 'place',
  place: 'place',
}

/** Metres per pixel below which a road of the class is drawn, and its width in px. */
const roadWidths: readonly (readonly [RegExp, number, number])[] = [
  [/highway|motorway|trunk/, 600, 2.4],
  [/major|primary|secondary/, 120, 1.8],
  [/medium|tertiary/, 40, 1.4],
  [/./, 14, 1],
]

export const createBasemapStyle = (colours: MapColours) => {
  const land = new Style({ fill: new Fill({ color: colours.surface }) })
  const green = new Style({ fill: new Fill({ color: colours.sunken }) })
  const water = new Style({
    fill: new Fill({ color: colours.accentSoft }),
    stroke: new Stroke({ color: colours.accentSoft, width: 1 }),
  })
  const building = new Style({ fill: new Fill({ color: colours.line }) })
  const border = new Style({
    stroke: new Stroke({ color: colours.strong, width: 1, lineDash: [4, 3] }),
  })
  const roads = new Map<number, Style>()

  const road = (feature: FeatureLike, resolution: number): Style | undefined => {
    const kind = String(feature.get('kind') ?? feature.get('class') ?? '')
    const found = roadWidths.find(([pattern]) => pattern.test(kind))
    if (found === undefined || resolution > found[1]) return undefined
    const width = found[2] * (resolution < 3 ? 2 : 1)
    const style =
      roads.get(width) ?? new Style({ stroke: new Stroke({ color: colours.line, width }) })
    roads.set(width, style)
    return style
  }

  const place = (feature: FeatureLike): Style | undefined => {
    const name: unknown = feature.get('name') ?? feature.get('name:latin')
    if (typeof name !== 'string' || name === '') return undefined
    return new Style({
      text: new Text({
        text: name,
        font: '500 12px "Inter Variable", system-ui, sans-serif',
        fill: new Fill({ color: colours.faint }),
        stroke: new Stroke({ color: colours.surface, width: 3 }),
      }),
    })
  }

  return (feature: FeatureLike, resolution: number): Style | undefined => {
    switch (kinds[String(feature.get('layer'))]) {
      case 'land':
        return land
      case 'green':
        return green
      case 'water':
        return water
      case 'road':
        return road(feature, resolution)
      case 'building':
        return resolution < 5 ? building : undefined
      case 'border':
        return border
      case 'place':
        return place(feature)
      default:
        return undefined
    }
  }
}
