import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { showToast } from '../../components/toast.tsx'
import { useQuery } from '../../client/hooks.ts'
import { openBasemap } from './basemap.ts'
import { readMapColours } from './map-style.ts'
import { openTiles } from './map-tiles.ts'
import { createMapView, type MapView, type MapWindow } from './map-view.ts'
import type { MapPlace, MapPoint } from './map-points.ts'
import 'ol/ol.css'

export interface MapHandle {
  /** So many steps closer at once. */
  readonly go: (latitude: number, longitude: number, closer: number) => void
  readonly zoomBy: (steps: number) => void
  readonly showAll: () => void
  readonly picture: () => Promise<Blob | null>
}

export interface MapCanvasProps {
  readonly ref: Ref<MapHandle>
  readonly start: MapPlace | null
  /** Everything that has coordinates; null: not known, or nothing has. */
  readonly bounds: Omit<MapWindow, 'zoom'> | null
  readonly points: readonly MapPoint[]
  readonly onMoved: (window: MapWindow, place: MapPlace) => void
  readonly onHovered: (point: MapPoint | null) => void
  readonly onClicked: (
    point: MapPoint | null,
    at: { readonly latitude: number; readonly longitude: number },
  ) => void
}

const deepest = 18

/** The drawing itself; what it shows is beside it in words too. */
export const MapCanvas = (props: MapCanvasProps) => {
  const { t } = useTranslation('map')
  const { ref, start, bounds, points } = props
  const target = useRef<HTMLDivElement>(null)
  const view = useRef<MapView>(null)
  const zoom = useRef(2)
  const fitted = useRef(start !== null)
  const told = useRef(props)
  useEffect(() => {
    told.current = props
  })
  const theme = useComputedColorScheme('light')
  const file = useQuery('plant.mapFile', {}, { on: ['plant.changed'] }).value?.file
  const version = file?.version ?? null

  useEffect(() => {
    if (target.current === null) return undefined
    const made = createMapView(target.current, {
      moved: (window, place) => {
        zoom.current = window.zoom
        told.current.onMoved(window, place)
      },
      hovered: (point) => told.current.onHovered(point),
      clicked: (point, at) => told.current.onClicked(point, at),
    })
    view.current = made
    if (start !== null) made.go(start)
    return () => {
      view.current = null
      made.stop()
    }
  }, [start])

  useEffect(() => view.current?.show(points), [points])

  useEffect(() => {
    if (bounds === null || fitted.current) return
    fitted.current = true
    view.current?.fit(bounds)
  }, [bounds])

  useEffect(() => {
    view.current?.restyle()
    if (version === null) {
      view.current?.setBasemap(null)
      return undefined
    }
    let wanted = true
    openBasemap(openTiles(version), readMapColours()).then(
      (layer) => {
        if (wanted) view.current?.setBasemap(layer)
        return undefined
      },
      () => {
        if (wanted) showToast({ kind: 'failure', title: t('file.unreadable') })
      },
    )
    return () => {
      wanted = false
    }
  }, [version, theme, t])

  useImperativeHandle(ref, () => ({
    go: (latitude, longitude, closer) =>
      view.current?.go({
        latitude,
        longitude,
        zoom: Math.min(deepest, Math.max(zoom.current + closer, 6)),
      }),
    zoomBy: (steps) => view.current?.zoomBy(steps),
    showAll: () => {
      if (told.current.bounds !== null) view.current?.fit(told.current.bounds)
    },
    picture: () => view.current?.picture() ?? Promise.resolve(null),
  }))

  return (
    // The map takes arrow keys, plus and minus while it has the focus.
    <div
      ref={target}
      className="mp-canvas"
      role="application"
      aria-label={t('label')}
      tabIndex={0}
    />
  )
}
