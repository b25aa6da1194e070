import {
  IconBan,
  IconBoltOff,
  IconCircleCheck,
  IconCircleX,
  IconHelpCircle,
  IconProgress,
  IconShieldX,
  IconUnlink,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CauseClass, DownCause, OnuState } from '../../src-shared/domain/onu-state.ts'
import { assertNever } from '../../src-shared/errors.ts'
import './state-badge.css'

/** A state as it is shown: offline is told apart by whom to send. */
export type ShownState =
  | Exclude<OnuState, 'offline'>
  | 'offline-power'
  | 'offline-optical'
  | 'offline-other'

export const shownState = (state: OnuState, causeClass: CauseClass): ShownState => {
  if (state !== 'offline') return state
  if (causeClass === 'power') return 'offline-power'
  return causeClass === 'optical' ? 'offline-optical' : 'offline-other'
}

export const stateIcon = (state: ShownState): Icon => {
  switch (state) {
    case 'online':
      return IconCircleCheck
    case 'offline-power':
      return IconBoltOff
    case 'offline-optical':
      return IconUnlink
    case 'offline-other':
      return IconCircleX
    case 'disabled':
      return IconBan
    case 'starting':
      return IconProgress
    case 'auth-failed':
      return IconShieldX
    case 'unknown':
      return IconHelpCircle
    default:
      return assertNever(state)
  }
}

/** The text colour of a state, a CSS value. */
export const stateColour = (state: ShownState): string => `var(--nc-state-${state})`

export interface StateBadgeProps {
  readonly state: OnuState
  readonly causeClass: CauseClass
  /** Named in the tool tip, and in the badge with `withCause`. */
  readonly cause?: DownCause
  readonly withCause?: boolean
  /** Only the icon; the word is still there for screen readers. */
  readonly iconOnly?: boolean
}

export const StateBadge = ({
  state,
  causeClass,
  cause = 'none',
  withCause = false,
  iconOnly = false,
}: StateBadgeProps) => {
  const { t } = useTranslation('network')
  const shown = shownState(state, causeClass)
  const Icon = stateIcon(shown)
  const tells = state === 'offline' && cause !== 'none'
  const title = tells
    ? `${t(`stateHint.${state}`)}: ${t(`cause.${cause}`)}`
    : t(`stateHint.${state}`)
  return (
    <span className="nc-state" data-state={shown} title={title}>
      <Icon size={15} stroke={1.8} aria-hidden="true" className="nc-icon" />
      <span className={iconOnly ? 'nc-hidden' : 'nc-state__word'}>
        {t(`state.${shown}`)}
        {withCause && tells && <span className="nc-state__cause"> · {t(`cause.${cause}`)}</span>}
      </span>
    </span>
  )
}
