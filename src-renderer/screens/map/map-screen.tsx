import { Button, Checkbox, Chip } from '@mantine/core'
import { IconFocusCentered, IconMinus, IconPhoto, IconPlus } from '@tabler/icons-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { downloadBytes } from '../../components/export-csv.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { MapCanvas, type MapHandle } from './map-canvas.tsx'
import { MapCard } from './map-card.tsx'
import { MapEmpty } from './map-empty.tsx'
import { MapFile } from './map-file.tsx'
import { MapLegend } from './map-legend.tsx'
import { MapList } from './map-list.tsx'
import { pointsOf, readPlace, writePlace, type MapPlace, type MapPoint } from './map-points.ts'
import { PlaceOlt, usePlacing } from './place-olt.tsx'
import type { MapWindow } from './map-view.ts'
import './map.css'

const layers = ['olts', 'nodes', 'onus'] as const
type Layer = (typeof layers)[number]

const wholeWorld: MapWindow = { west: -180, south: -85, east: 180, north: 85, zoom: 2 }

/** Where everything stands and how it is; without the internet. */
export const MapScreen = () => {
  const { t } = useTranslation('map')
  const search = useSearch()
  const [start] = useState<MapPlace | null>(() => readPlace(search))
  const [view, setView] = useState<MapWindow>(wholeWorld)
  const [shown, setShown] = useState<readonly Layer[]>(layers)
  const [onlyDown, setOnlyDown] = useState(false)
  const [hovered, setHovered] = useState<MapPoint | null>(null)
  const [chosen, setChosen] = useState<MapPoint | null>(null)
  const handle = useRef<MapHandle>(null)
  const placing = usePlacing()
  const { value, failure, refresh } = useQuery(
    'plant.map',
    { ...view, layers: [...shown], onlyDown },
    { on: ['plant.changed', 'network.changed'], everyMs: 4000 },
  )
  const points = useMemo(() => (value === undefined ? [] : pointsOf(value)), [value])
  const nothing = value !== undefined && value.bounds === null

  const moved = useCallback((next: MapWindow, place: MapPlace): void => {
    setView(next)
    navigate(paths.map(writePlace(place)), { replace: true })
  }, [])
  const clicked = useCallback(
    (point: MapPoint | null, at: { latitude: number; longitude: number }): void => {
      if (placing.take(at)) return
      if (point?.kind === 'cluster') handle.current?.go(at.latitude, at.longitude, 2)
      else setChosen(point)
    },
    [placing],
  )

  return (
    <div className="nc-page nc-page--full mp-page">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
        <Tools
          shown={shown}
          onShown={setShown}
          onlyDown={onlyDown}
          onOnlyDown={setOnlyDown}
          handle={handle}
        />
      </header>
      {failure !== undefined && <FailureState failure={failure} onRetry={refresh} brief />}
      <div className="mp-stage">
        <div className="mp-map">
          <MapCanvas
            ref={handle}
            start={start}
            bounds={value?.bounds ?? null}
            points={points}
            onMoved={moved}
            onHovered={setHovered}
            onClicked={clicked}
          />
          <MapLegend />
          <MapCard
            point={hovered ?? chosen}
            onGo={(point) => handle.current?.go(point.latitude, point.longitude, 2)}
          />
          {placing.olt !== null && (
            <p className="mp-placing" role="status">
              {t('place.click', { name: placing.olt.name })}
              <Button size="compact-xs" variant="default" onClick={placing.cancel}>
                {t('place.cancel')}
              </Button>
            </p>
          )}
          {nothing && placing.olt === null && <MapEmpty placing={placing} />}
        </div>
        <aside className="mp-side" aria-label={t('list.title')}>
          <MapList
            points={points}
            onGo={(point) => handle.current?.go(point.latitude, point.longitude, 2)}
          />
          <PlaceOlt placing={placing} />
          <MapFile />
          {value !== undefined && <Located located={value.located} />}
        </aside>
      </div>
    </div>
  )
}

const Located = ({
  located,
}: {
  readonly located: { readonly olts: number; readonly nodes: number; readonly onus: number }
}) => {
  const { t } = useTranslation('map')
  const format = useFormat()
  return (
    <p className="nc-small nc-faint mp-located">
      {t('located', {
        olts: format.number(located.olts),
        nodes: format.number(located.nodes),
        onus: format.number(located.onus),
      })}
    </p>
  )
}

interface ToolsProps {
  readonly shown: readonly Layer[]
  readonly onShown: (shown: readonly Layer[]) => void
  readonly onlyDown: boolean
  readonly onOnlyDown: (onlyDown: boolean) => void
  readonly handle: React.RefObject<MapHandle | null>
}

const Tools = ({ shown, onShown, onlyDown, onOnlyDown, handle }: ToolsProps) => {
  const { t } = useTranslation('map')
  const save = async (): Promise<void> => {
    const picture = await handle.current?.picture()
    if (picture === undefined || picture === null) return
    const bytes = new Uint8Array(await picture.arrayBuffer())
    downloadBytes(`map-${new Date().toISOString().slice(0, 10)}.png`, bytes, 'image/png')
    showToast({ kind: 'done', title: t('saved') })
  }
  return (
    <div className="mp-tools">
      <Chip.Group
        multiple
        value={[...shown]}
        onChange={(next: string[]) => onShown(layers.filter((layer) => next.includes(layer)))}
      >
        <div role="group" aria-label={t('layers')} className="mp-layers">
          {layers.map((layer) => (
            <Chip key={layer} value={layer} size="xs">
              {t(`layer.${layer}`)}
            </Chip>
          ))}
        </div>
      </Chip.Group>
      <Checkbox
        label={t('onlyDown')}
        checked={onlyDown}
        onChange={(event) => onOnlyDown(event.currentTarget.checked)}
      />
      <Button.Group>
        <Button
          variant="default"
          aria-label={t('zoomIn')}
          title={t('zoomIn')}
          onClick={() => handle.current?.zoomBy(1)}
        >
          <IconPlus size={15} aria-hidden="true" />
        </Button>
        <Button
          variant="default"
          aria-label={t('zoomOut')}
          title={t('zoomOut')}
          onClick={() => handle.current?.zoomBy(-1)}
        >
          <IconMinus size={15} aria-hidden="true" />
        </Button>
        <Button
          variant="default"
          leftSection={<IconFocusCentered size={15} aria-hidden="true" />}
          onClick={() => handle.current?.showAll()}
        >
          {t('all')}
        </Button>
      </Button.Group>
      <Button
        variant="default"
        leftSection={<IconPhoto size={15} aria-hidden="true" />}
        onClick={() => void save()}
      >
        {t('picture')}
      </Button>
    </div>
  )
}
