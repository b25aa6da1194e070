import { ActionIcon, Tooltip } from '@mantine/core'
import {
  IconActivityHeartbeat,
  IconLock,
  IconPlugConnectedX,
  IconSearch,
} from '@tabler/icons-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { AsOfButton } from '../components/as-of/as-of-button.tsx'
import { useTicking } from '../components/clock.ts'
import { DataAge } from '../components/data-age.tsx'
import { Kbd } from '../components/kbd.tsx'
import { useFormat } from '../components/use-format.ts'
import { useLive } from '../state/live.ts'
import { paths } from './paths.ts'
import { PersonMenu } from './person-menu.tsx'
import { lockScreen } from './session-actions.ts'
import { shortcuts } from './shortcuts.ts'
import { statusKnown } from './status-known.ts'
import { AlarmFacts, OutageFact } from './top-bar-noc.tsx'
import './top-bar.css'

export interface TopBarProps {
  readonly onPalette: () => void
  readonly onHelp: () => void
}

export const TopBar = ({ onPalette, onHelp }: TopBarProps) => {
  const { t } = useTranslation()
  return (
    <header className="nc-top" aria-label={t('frame.topBar')}>
      <button type="button" className="nc-top__palette" onClick={onPalette}>
        <IconSearch size={15} stroke={1.7} aria-hidden="true" className="nc-icon" />
        <span className="nc-cut">{t('frame.palette')}</span>
        <Kbd keys={shortcuts.palette.keys} />
      </button>
      <OutageFact />
      <AlarmFacts />
      <div className="nc-top__space" />
      <NetworkFacts />
      <AsOfButton />
      <WallClock />
      <EngineFact />
      <LockButton />
      <PersonMenu onHelp={onHelp} />
    </header>
  )
}

const LockButton = () => {
  const { t } = useTranslation()
  return (
    <Tooltip label={t('frame.lock')}>
      <ActionIcon
        size={28}
        aria-label={t('frame.lock')}
        onClick={lockScreen}
        className="nc-top__lock"
      >
        <IconLock size={18} stroke={1.6} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  )
}

const offlineQuery = 'states=offline-power,offline-optical,offline-other'

const NetworkFacts = () => {
  const { t } = useTranslation()
  const format = useFormat()
  const live = useLive()
  const { counts, oldestStatusAt, oltsReachable, oltsTotal } = live
  if (counts === undefined) return null
  const known = statusKnown(live)
  const offline = counts.offlinePower + counts.offlineOptical + counts.offlineOther
  return (
    <div className="nc-top__facts">
      <Tooltip label={t('frame.oltsHint')}>
        <Link href={paths.olts()} className="nc-top__fact nc-top__medium">
          <span>{t('frame.olts')}</span>
          <strong>
            {format.number(oltsReachable)}/{format.number(oltsTotal)}
          </strong>
        </Link>
      </Tooltip>
      {known === 'unread' && <span className="nc-top__fact">{t('frame.notReadYet')}</span>}
      {known === 'read' && (
        <>
          <Tooltip label={t('frame.onlineHint')}>
            <Link href={paths.onus('states=online')} className="nc-top__fact nc-top__wide">
              <strong>{format.number(counts.online)}</strong> {t('frame.online')}
            </Link>
          </Tooltip>
          <Tooltip label={t('frame.offlineHint')}>
            <Link href={paths.onus(offlineQuery)} className="nc-top__fact nc-top__wide">
              <strong>{format.number(offline)}</strong> {t('frame.offline')}
            </Link>
          </Tooltip>
        </>
      )}
      {counts.unknown > 0 && known !== 'unread' && (
        <Tooltip label={t('frame.unknownHint')}>
          <Link href={paths.onus('states=unknown')} className="nc-top__fact nc-top__wide">
            <strong>{format.number(counts.unknown)}</strong> {t('frame.unknown')}
          </Link>
        </Tooltip>
      )}
      {(known === 'lost' || (known === 'read' && oldestStatusAt !== null)) && (
        <Tooltip label={t('frame.oldestDataHint')}>
          <span className="nc-top__fact">
            <span className="nc-top__optional">{t('frame.oldestData')}</span>{' '}
            <DataAge at={oldestStatusAt} exact />
          </span>
        </Tooltip>
      )}
    </div>
  )
}

/** The time, for a screen on a wall; where there is room for it. */
const WallClock = () => {
  const format = useFormat()
  const read = useCallback((now: number) => format.instant(now, 'minute'), [format])
  return <span className="nc-top__fact nc-top__clock">{useTicking(read)}</span>
}

const EngineFact = () => {
  const { t } = useTranslation()
  const running = useLive((state) => state.engineRunning)
  const Icon = running ? IconActivityHeartbeat : IconPlugConnectedX
  const word = t(running ? 'frame.engineOnline' : 'frame.engineOffline')
  return (
    <Tooltip label={running ? word : t('frame.engineOfflineHint')}>
      <span
        className="nc-top__fact nc-top__engine"
        data-running={running ? 'yes' : 'no'}
        role="status"
      >
        <Icon size={16} stroke={1.7} aria-hidden="true" />
        <span className={running ? 'nc-hidden' : undefined}>{word}</span>
      </span>
    </Tooltip>
  )
}
