import { Button } from '@mantine/core'
import {
  IconActivityHeartbeat,
  IconClockPlus,
  IconPlayerPause,
  IconPlayerPlay,
  IconTextSize,
  IconX,
} from '@tabler/icons-react'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { useOfferedActions } from '../../app/page-actions.ts'
import { shortcuts } from '../../app/shortcuts.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { Kbd } from '../../components/kbd.tsx'
import { LiveBody } from './live-view-body.tsx'
import { LiveDigits } from './live-view-digits.tsx'
import { isWatching, type LiveKey, type LiveView as View } from './live-view-model.ts'
import { TimeLeft } from './live-view-moment.tsx'
import { leaveLive, pauseLive, useLiveView, watchLive } from './live-view-session.ts'
import './live-view.css'

export interface LiveViewProps {
  readonly details: Output<'network.onu'>
  /** One column, for the drawer. */
  readonly narrow?: boolean
}

/**
 * One ONU read every few seconds for a minute: closed a button, open a panel. It ends when the
 * record goes from the screen, whichever way: another page, another ONU, the lock.
 */
export const LiveView = ({ details, narrow = false }: LiveViewProps): ReactNode => {
  const { t } = useTranslation('care')
  const { oltId, address } = details.onu
  const { shelf, slot, port, onuId } = address
  const key: LiveKey = { oltId, address }
  const view = useLiveView(key)
  const [digits, setDigits] = useState(false)
  useEffect(
    () => () => leaveLive({ oltId, address: { shelf, slot, port, onuId } }),
    [oltId, shelf, slot, port, onuId],
  )
  const watch = (): void => watchLive(key)
  const end = (): void => {
    setDigits(false)
    leaveLive(key)
  }
  useShortcut('watchLive', watch)
  useShortcut('largeDigits', () => setDigits(true), view !== null && view.onu !== null)
  useOfferedActions([
    {
      id: 'watch live',
      label: t('live.action'),
      icon: IconActivityHeartbeat,
      keys: shortcuts.watchLive.keys,
      run: watch,
    },
  ])
  if (view === null) {
    return (
      <div className="nc-live-closed">
        <Button
          variant="default"
          onClick={watch}
          leftSection={<IconActivityHeartbeat size={15} stroke={1.7} aria-hidden="true" />}
          rightSection={<Kbd keys={shortcuts.watchLive.keys} />}
        >
          {t('live.watch')}
        </Button>
        <span className="nc-small nc-faint">{t('live.watchHint')}</span>
      </div>
    )
  }
  const { onu } = details
  return (
    <section
      className="nc-panel nc-live"
      data-phase={view.phase}
      data-narrow={narrow ? '' : undefined}
      aria-label={t('live.title')}
    >
      <header className="nc-panel__head nc-live__head">
        <h2>{t('live.title')}</h2>
        <TimeLeft view={view} />
        <Controls view={view} watch={watch} pause={() => pauseLive(key)} end={end}>
          <Button
            variant="default"
            size="compact-xs"
            title={t('live.digitsHint')}
            onClick={() => setDigits(true)}
            disabled={view.onu === null}
            leftSection={<IconTextSize size={14} aria-hidden="true" />}
            rightSection={<Kbd keys={shortcuts.largeDigits.keys} />}
          >
            {t('live.digits')}
          </Button>
        </Controls>
      </header>
      {view.failure === null ? null : <FailureState failure={view.failure} brief />}
      {view.phase === 'refused' && view.onu === null ? null : (
        <LiveBody view={view} details={details} narrow={narrow} />
      )}
      {digits ? (
        <LiveDigits
          view={view}
          limits={details.limits}
          title={`${onu.name ?? onu.serial ?? ''} ${formatOnu(address)}`.trim()}
          onMore={watch}
          onClose={() => setDigits(false)}
        />
      ) : null}
    </section>
  )
}

interface ControlsProps {
  readonly view: View
  readonly watch: () => void
  readonly pause: () => void
  readonly end: () => void
  readonly children: ReactNode
}

const Controls = ({ view, watch, pause, end, children }: ControlsProps): ReactNode => {
  const { t } = useTranslation('care')
  const button = { variant: 'default', size: 'compact-xs' } as const
  return (
    <span className="nc-live__controls">
      {isWatching(view) ? (
        <>
          <Button
            {...button}
            onClick={pause}
            leftSection={<IconPlayerPause size={13} aria-hidden="true" />}
          >
            {t('live.pause')}
          </Button>
          <Button
            {...button}
            onClick={watch}
            disabled={view.phase === 'opening'}
            leftSection={<IconClockPlus size={14} aria-hidden="true" />}
            rightSection={<Kbd keys={shortcuts.watchLive.keys} />}
          >
            {t('live.extend')}
          </Button>
        </>
      ) : (
        <Button
          {...button}
          onClick={watch}
          leftSection={<IconPlayerPlay size={13} aria-hidden="true" />}
          rightSection={<Kbd keys={shortcuts.watchLive.keys} />}
        >
          {t(view.phase === 'paused' ? 'live.resume' : 'live.again')}
        </Button>
      )}
      {children}
      <Button {...button} onClick={end} leftSection={<IconX size={13} aria-hidden="true" />}>
        {t('live.close')}
      </Button>
    </span>
  )
}
