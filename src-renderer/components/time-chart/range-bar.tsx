import { ActionIcon, Button, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconChevronLeft,
  IconChevronRight,
  IconPlayerTrackNext,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import {
  atNow,
  panned,
  presetNames,
  presetOf,
  presetSpans,
  spanOf,
  windowOf,
  type TimeWindow,
} from './chart-range.ts'
import { OwnRange } from './own-range.tsx'
import type { RangeState } from './use-chart-range.ts'

export interface RangeBarProps {
  readonly state: RangeState
  readonly window: TimeWindow
  readonly children?: ReactNode
}

/** Which time is shown, and the way back from a zoom. */
export const RangeBar = ({ state, window, children }: RangeBarProps): ReactNode => {
  const { t } = useTranslation('history')
  const preset = presetOf(state.range)
  const live = state.range.kind === 'live'
  const move = (share: number): void => {
    const now = Date.now()
    const shown = windowOf(state.current(), now)
    state.go(panned(shown, spanOf(shown) * share, now))
  }
  return (
    <div className="nc-range-bar" role="toolbar" aria-label={t('range.label')}>
      <Button.Group>
        {presetNames.map((name) => (
          <Button
            key={name}
            size="compact-sm"
            variant="default"
            aria-pressed={preset === name}
            onClick={() => state.go({ kind: 'live', spanMs: presetSpans[name] })}
          >
            {t(`range.${name}`)}
          </Button>
        ))}
        <OwnRange state={state} window={window} pressed={preset === null} />
      </Button.Group>
      <div className="nc-range-bar__group">
        <IconAct label={t('range.earlier')} icon={IconChevronLeft} onClick={() => move(-0.5)} />
        <IconAct
          label={t('range.later')}
          icon={IconChevronRight}
          disabled={live}
          onClick={() => move(0.5)}
        />
        <IconAct
          label={t('range.back')}
          icon={IconArrowBackUp}
          disabled={!state.canGoBack}
          onClick={state.back}
        />
        <Tooltip label={t(live ? 'range.live' : 'range.nowHint')}>
          <Button
            size="compact-sm"
            variant="default"
            className="nc-range-bar__now"
            aria-pressed={live}
            leftSection={
              live ? (
                <span className="nc-live-dot" aria-hidden="true" />
              ) : (
                <IconPlayerTrackNext size={13} stroke={1.8} aria-hidden="true" />
              )
            }
            onClick={() => state.go(atNow(state.current()))}
          >
            {t('range.now')}
          </Button>
        </Tooltip>
      </div>
      {children !== undefined && <div className="nc-range-bar__rest">{children}</div>}
    </div>
  )
}

interface IconActProps {
  readonly label: string
  readonly icon: typeof IconChevronLeft
  readonly disabled?: boolean
  readonly onClick: () => void
}

const IconAct = ({ label, icon: Icon, disabled = false, onClick }: IconActProps): ReactNode => (
  <Tooltip label={label}>
    <ActionIcon aria-label={label} disabled={disabled} onClick={onClick}>
      <Icon size={16} stroke={1.8} aria-hidden="true" />
    </ActionIcon>
  </Tooltip>
)
