import { useCallback, useEffect, useLayoutEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { useTicking } from '../../components/clock.ts'
import { useNoc } from '../../state/noc.ts'
import { usePreferences } from '../../state/preferences.ts'
import { useOlts } from '../network-olts/use-olts.ts'
import { useOpenOutages } from '../outages/use-outages.ts'
import { useRotation } from './use-rotation.ts'
import { WallAlarms } from './wall-alarms.tsx'
import { WallControls } from './wall-controls.tsx'
import { WallCounters } from './wall-counters.tsx'
import { WallFoot } from './wall-foot.tsx'
import { WallHead } from './wall-head.tsx'
import { WallLight } from './wall-light.tsx'
import { WallOlts } from './wall-olts.tsx'
import { WallOutages } from './wall-outages.tsx'
import { WallStaleMark } from './wall-stale.tsx'
import { burnShift, pagesInAlarm, shownPages } from './wallboard-model.ts'
import './wallboard.css'

const minuteMs = 60_000
const minuteOf = (now: number): number => Math.floor(now / minuteMs)

/** The screen on the wall: no frame, no scrolling, read from across the room. */
export const WallboardScreen = () => {
  const { t } = useTranslation('wallboard')
  const { pages: chosen, everyS } = usePreferences((state) => state.preferences.wallboard)
  const outages = useOpenOutages()
  const olts = useOlts().value?.olts ?? []
  const critical = useNoc((state) => state.alarms?.active.critical ?? 0)
  const pages = shownPages(chosen)
  const inAlarm = pagesInAlarm(outages.value?.outages ?? [], critical)
  const rotation = useRotation(pages, inAlarm, everyS)
  const { page, turn, paused } = rotation
  const root = useRef<HTMLDivElement>(null)
  useWithoutFrame()
  useEffect(() => root.current?.focus({ preventScroll: true }), [])
  useShortcut('back', leave)
  const { x, y } = burnShift(useTicking(minuteOf))
  const onKeyDown = useCallback(
    (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      // A control that has the focus, and the window of the settings, have these keys for themselves.
      const target = event.target as HTMLElement
      if (target !== root.current) return
      if (event.key === 'ArrowRight') rotation.step(1)
      else if (event.key === 'ArrowLeft') rotation.step(-1)
      else if (event.key === ' ') rotation.togglePause()
      else return
      event.preventDefault()
    },
    [rotation],
  )
  return (
    <div
      ref={root}
      className="nw-wall"
      role="region"
      aria-label={t('title')}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <h1 className="nc-hidden">{t('title')}</h1>
      <div className="nw-shift" style={{ transform: `translate(${x}px, ${y}px)` }}>
        <WallHead
          pages={inAlarm.length > 0 && !pages.includes(page) ? [...pages, page] : pages}
          page={page}
          held={inAlarm.includes(page)}
          paused={paused}
          turn={turn}
          everyS={everyS}
          onPage={rotation.goTo}
        >
          <WallControls rotation={rotation} onLeave={leave} />
        </WallHead>
        <div className="nw-page" data-page={page}>
          {page === 'outages' ? <WallOutages state={outages} /> : null}
          {page === 'counters' ? <WallCounters olts={olts} /> : null}
          {page === 'olts' ? <WallOlts olts={olts} /> : null}
          {page === 'light' ? <WallLight /> : null}
          {page === 'alarms' ? <WallAlarms /> : null}
        </div>
        <WallFoot />
      </div>
      <WallStaleMark olts={olts} />
    </div>
  )
}

const leave = (): void => {
  if (document.fullscreenElement !== null) void document.exitFullscreen()
  navigate(paths.dashboard())
}

/** Rail, top bar and banner go while the wallboard is there, for the keyboard and the ear too. */
const useWithoutFrame = (): void =>
  useLayoutEffect(() => {
    const { dataset } = document.documentElement
    dataset['wall'] = ''
    return () => {
      delete dataset['wall']
    }
  }, [])
