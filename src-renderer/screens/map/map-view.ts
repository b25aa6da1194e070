import Feature from 'ol/Feature.js'
import OlMap from 'ol/Map.js'
import View from 'ol/View.js'
import Point from 'ol/geom/Point.js'
import { defaults as defaultInteractions } from 'ol/interaction/defaults.js'
import type BaseLayer from 'ol/layer/Base.js'
import Graticule from 'ol/layer/Graticule.js'
import VectorLayer from 'ol/layer/Vector.js'
import { fromLonLat, toLonLat, transformExtent } from 'ol/proj.js'
import VectorSource from 'ol/source/Vector.js'
import Fill from 'ol/style/Fill.js'
import Stroke from 'ol/style/Stroke.js'
import Text from 'ol/style/Text.js'
import { createPointStyles, readMapColours } from './map-style.ts'
import type { MapPlace, MapPoint } from './map-points.ts'

export interface MapWindow {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
  readonly zoom: number
}

export interface MapView {
  readonly show: (points: readonly MapPoint[]) => void
  /** Null: none, lines of latitude and longitude alone. */
  readonly setBasemap: (layer: BaseLayer | null) => void
  readonly fit: (bounds: Omit<MapWindow, 'zoom'>) => void
  readonly go: (place: MapPlace) => void
  readonly zoomBy: (steps: number) => void
  /** What is drawn, on the ground of the theme. */
  readonly picture: () => Promise<Blob | null>
  /** Colours of the theme that is on now. */
  readonly restyle: () => void
  readonly stop: () => void
}

const half = 20_037_508.342_789_244

export const createMapView = (
  target: HTMLElement,
  on: {
    readonly moved: (window: MapWindow, place: MapPlace) => void
    readonly hovered: (point: MapPoint | null) => void
    readonly clicked: (
      point: MapPoint | null,
      at: { readonly latitude: number; readonly longitude: number },
    ) => void
  },
): MapView => {
  let colours = readMapColours()
  let styles = createPointStyles(colours)
  const byFeature = new WeakMap<Feature, MapPoint>()
  const source = new VectorSource<Feature<Point>>()
  const view = new View({ center: [0, 0], zoom: 2, maxZoom: 21, enableRotation: false })
  const marks = new VectorLayer({
    source,
    zIndex: 10,
    style: (feature) => {
      const point = byFeature.get(feature as Feature)
      return point === undefined ? undefined : styles(point, view.getZoom() ?? 0)
    },
  })
  const grid = (): Graticule =>
    new Graticule({
      zIndex: 1,
      showLabels: true,
      wrapX: false,
      strokeStyle: new Stroke({ color: colours.line, width: 1 }),
      lonLabelStyle: labelOf(colours.faint, 'bottom'),
      latLabelStyle: labelOf(colours.faint, 'middle', 'end'),
      latLabelPosition: 0.999,
      lonLabelPosition: 0.005,
    })
  let lines = grid()
  let basemap: BaseLayer | null = null
  const map = new OlMap({
    target,
    view,
    layers: [lines, marks],
    controls: [],
    interactions: defaultInteractions({ altShiftDragRotate: false, pinchRotate: false }),
  })

  const tellWindow = (): void => {
    const size = map.getSize()
    const centre = view.getCenter()
    if (size === undefined || centre === undefined || size[0] === 0) return
    const zoom = view.getZoom() ?? 0
    const [west, south, east, north] = transformExtent(
      view.calculateExtent(size).map((value) => Math.max(-half, Math.min(half, value))),
      'EPSG:3857',
      'EPSG:4326',
    )
    const [longitude, latitude] = toLonLat(centre)
    on.moved(
      { west: west!, south: south!, east: east!, north: north!, zoom },
      { latitude: latitude!, longitude: longitude!, zoom },
    )
  }

  const pointAt = (pixel: number[]): MapPoint | null => {
    const feature = map.forEachFeatureAtPixel(pixel, (hit) => hit, {
      hitTolerance: 4,
      layerFilter: (layer) => layer === marks,
    })
    return feature instanceof Feature ? (byFeature.get(feature) ?? null) : null
  }

  let hovered: MapPoint | null = null
  map.on('moveend', tellWindow)
  map.on('pointermove', (event) => {
    if (event.dragging) return
    const point = pointAt(event.pixel)
    if (point?.key === hovered?.key) return
    hovered = point
    target.style.cursor = point === null ? '' : 'pointer'
    on.hovered(point)
  })
  map.on('singleclick', (event) => {
    const [longitude, latitude] = toLonLat(event.coordinate)
    on.clicked(pointAt(event.pixel), { latitude: latitude!, longitude: longitude! })
  })
  const watch = new ResizeObserver(() => map.updateSize())
  watch.observe(target)

  return {
    show: (points) => {
      const features = points.map((point) => {
        const feature = new Feature(new Point(fromLonLat([point.longitude, point.latitude])))
        byFeature.set(feature, point)
        return feature
      })
      source.clear(true)
      source.addFeatures(features)
    },
    setBasemap: (layer) => {
      if (basemap !== null) map.removeLayer(basemap)
      basemap = layer
      layer?.setZIndex(0)
      if (layer !== null) map.addLayer(layer)
      lines.setVisible(layer === null)
    },
    fit: ({ west, south, east, north }) =>
      view.fit(transformExtent([west, south, east, north], 'EPSG:4326', 'EPSG:3857'), {
        padding: [48, 48, 48, 48],
        maxZoom: 17,
      }),
    go: ({ latitude, longitude, zoom }) => {
      view.setCenter(fromLonLat([longitude, latitude]))
      view.setZoom(zoom)
    },
    zoomBy: (steps) => {
      const zoom = view.getZoom()
      if (zoom !== undefined) view.animate({ zoom: zoom + steps, duration: 120 })
    },
    picture: () => pictureOf(map, target, colours.canvas),
    restyle: () => {
      colours = readMapColours()
      styles = createPointStyles(colours)
      const visible = lines.getVisible()
      map.removeLayer(lines)
      lines = grid()
      lines.setVisible(visible)
      map.addLayer(lines)
      marks.changed()
    },
    stop: () => {
      watch.disconnect()
      map.setTarget(undefined)
      map.dispose()
    },
  }
}

const labelOf = (
  colour: string,
  textBaseline: CanvasTextBaseline,
  textAlign: CanvasTextAlign = 'center',
): Text =>
  new Text({
    font: '11px "Inter Variable", system-ui, sans-serif',
    textBaseline,
    textAlign,
    fill: new Fill({ color: colour }),
  })

const pictureOf = (map: OlMap, target: HTMLElement, ground: string): Promise<Blob | null> =>
  new Promise((resolve) => {
    map.once('rendercomplete', () => {
      const [width = 0, height = 0] = map.getSize() ?? []
      const scale = window.devicePixelRatio
      const picture = document.createElement('canvas')
      picture.width = width * scale
      picture.height = height * scale
      const context = picture.getContext('2d')
      if (context === null) return resolve(null)
      context.fillStyle = ground
      context.fillRect(0, 0, picture.width, picture.height)
      for (const canvas of target.querySelectorAll('canvas')) {
        if (canvas.width === 0) continue
        context.globalAlpha = Number(canvas.parentElement?.style.opacity || 1)
        context.drawImage(canvas, 0, 0, picture.width, picture.height)
      }
      picture.toBlob(resolve, 'image/png')
      return undefined
    })
    map.renderSync()
  })
