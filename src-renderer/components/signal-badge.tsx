import {
  IconAlertTriangle,
  IconAntennaBars5,
  IconAntennaBarsOff,
  IconArrowBarToDown,
  IconHelpHexagon,
  IconSunHigh,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SignalClass } from '../../src-shared/domain/optics.ts'
import './signal-badge.css'

const icons: Readonly<Record<SignalClass, Icon>> = {
  none: IconAntennaBarsOff,
  good: IconAntennaBars5,
  warning: IconAlertTriangle,
  critical: IconArrowBarToDown,
  'too-strong': IconSunHigh,
  invalid: IconHelpHexagon,
}

export interface SignalBadgeProps {
  readonly signal: SignalClass
  readonly iconOnly?: boolean
}

/** The class of a receive level: icon and word. */
export const SignalBadge = ({ signal, iconOnly = false }: SignalBadgeProps) => {
  const { t } = useTranslation('network')
  const Icon = icons[signal]
  return (
    <span className="nc-signal" data-signal={signal} title={t(`signalHint.${signal}`)}>
      <Icon size={15} stroke={1.8} aria-hidden="true" className="nc-icon" />
      <span className={iconOnly ? 'nc-hidden' : undefined}>{t(`signal.${signal}`)}</span>
    </span>
  )
}
