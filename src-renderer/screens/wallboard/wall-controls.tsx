import { ActionIcon, Checkbox, NumberInput, Popover, Stack, Tooltip } from '@mantine/core'
import {
  IconChevronLeft,
  IconChevronRight,
  IconMaximize,
  IconMinimize,
  IconPlayerPause,
  IconPlayerPlay,
  IconSettings,
  IconX,
  type Icon,
} from '@tabler/icons-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { Kbd } from '../../components/kbd.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { changePreferences, usePreferences } from '../../state/preferences.ts'
import { useEntrance } from '../../state/workspace.ts'
import type { Rotation } from './use-rotation.ts'
import { shownPages, wallPages } from './wallboard-model.ts'

export interface WallControlsProps {
  readonly rotation: Rotation
  readonly onLeave: () => void
}

const hideAfterMs = 4000

/** Shown while the pointer moves or the keyboard is in it; on a wall nobody sees it. */
export const WallControls = ({ rotation, onLeave }: WallControlsProps) => {
  const { t } = useTranslation('wallboard')
  const awake = usePointerAwake()
  const [open, setOpen] = useState(false)
  const full = useFullscreen()
  const { paused } = rotation
  return (
    <div
      className="nw-controls"
      role="toolbar"
      aria-label={t('control.bar')}
      data-awake={awake || open ? '' : undefined}
    >
      <Control
        icon={IconChevronLeft}
        label={t('control.previous')}
        onClick={() => rotation.step(-1)}
      />
      <Control
        icon={paused ? IconPlayerPlay : IconPlayerPause}
        label={t(paused ? 'control.play' : 'control.pause')}
        onClick={rotation.togglePause}
      />
      <Control icon={IconChevronRight} label={t('control.next')} onClick={() => rotation.step(1)} />
      <Popover
        opened={open}
        onChange={setOpen}
        position="bottom-end"
        width={300}
        trapFocus
        returnFocus
        withinPortal={false}
      >
        <Popover.Target>
          <ActionIcon size={34} aria-label={t('control.settings')} onClick={() => setOpen(!open)}>
            <IconSettings size={20} stroke={1.7} aria-hidden="true" />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown>
          <WallSettings />
        </Popover.Dropdown>
      </Popover>
      <Control
        icon={full ? IconMinimize : IconMaximize}
        label={t(full ? 'control.window' : 'control.fullscreen')}
        onClick={turnFullscreen}
      />
      <Control icon={IconX} label={t('control.leave')} onClick={onLeave} />
    </div>
  )
}

interface ControlProps {
  readonly icon: Icon
  readonly label: string
  readonly onClick: () => void
}

const Control = ({ icon: ControlIcon, label, onClick }: ControlProps) => (
  <Tooltip label={label}>
    <ActionIcon size={34} aria-label={label} onClick={onClick}>
      <ControlIcon size={20} stroke={1.7} aria-hidden="true" />
    </ActionIcon>
  </Tooltip>
)

const WallSettings = () => {
  const { t } = useTranslation('wallboard')
  const format = useFormat()
  const { wallboard } = usePreferences((state) => state.preferences)
  // What holds, of the role's minutes and one's own.
  const lockAfterMinutes = useEntrance((state) => state.session?.lockAfterMinutes ?? 0)
  const shown = shownPages(wallboard.pages)
  const turn = (page: (typeof wallPages)[number], on: boolean): void => {
    const pages = wallPages.filter((each) => (each === page ? on : shown.includes(each)))
    // What another version of the console knows to show stays chosen.
    const unknown = wallboard.pages.filter((each) => each === 'map')
    changePreferences({ wallboard: { ...wallboard, pages: [...pages, ...unknown] } })
  }
  return (
    <Stack gap="sm" className="nw-settings">
      <h2>{t('settings.title')}</h2>
      <Checkbox.Group label={t('settings.pages')} value={[...shown]}>
        <Stack gap={6} mt={4}>
          {wallPages.map((page) => (
            <Checkbox
              key={page}
              value={page}
              label={t(`page.${page}`)}
              disabled={shown.length === 1 && shown[0] === page}
              onChange={(event) => turn(page, event.currentTarget.checked)}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <NumberInput
        label={t('settings.seconds')}
        value={wallboard.everyS}
        min={5}
        max={600}
        step={5}
        clampBehavior="blur"
        onChange={(value) => {
          const everyS = Math.round(Number(value))
          if (everyS >= 5 && everyS <= 600)
            changePreferences({ wallboard: { ...wallboard, everyS } })
        }}
      />
      <p className="nc-soft nc-small">{t('settings.boost')}</p>
      {lockAfterMinutes === 0 ? null : (
        <p className="nc-soft nc-small">
          {t('settings.lock', { minutes: format.number(lockAfterMinutes) })}{' '}
          <RouteLink to={paths.settings()}>{t('settings.lockChange')}</RouteLink>
        </p>
      )}
      <dl className="nw-keys nc-small">
        <dt>
          <Kbd keys="ArrowLeft" /> <Kbd keys="ArrowRight" />
        </dt>
        <dd>{t('settings.keys')}</dd>
        <dt>
          <Kbd keys="Space" />
        </dt>
        <dd>{t('settings.keyPause')}</dd>
        <dt>
          <Kbd keys="Escape" />
        </dt>
        <dd>{t('settings.keyLeave')}</dd>
      </dl>
    </Stack>
  )
}

const usePointerAwake = (): boolean => {
  const [awake, setAwake] = useState(true)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const wake = (): void => {
      setAwake(true)
      clearTimeout(timer)
      timer = setTimeout(() => setAwake(false), hideAfterMs)
    }
    wake()
    window.addEventListener('pointermove', wake)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('pointermove', wake)
    }
  }, [])
  return awake
}

const subscribeFullscreen = (listener: () => void): (() => void) => {
  document.addEventListener('fullscreenchange', listener)
  return () => document.removeEventListener('fullscreenchange', listener)
}

const isFullscreen = (): boolean => document.fullscreenElement !== null
const useFullscreen = (): boolean => useSyncExternalStore(subscribeFullscreen, isFullscreen)

const turnFullscreen = (): void => {
  // Where it is refused (no gesture, a policy) the window simply stays as it is.
  const turned = isFullscreen()
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen()
  turned.catch(() => undefined)
}
