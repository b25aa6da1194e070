import {
  IconCircleCheck,
  IconCircleOff,
  IconClockHour4,
  IconShieldCheck,
  IconShieldExclamation,
  IconShieldOff,
  IconTicket,
} from '@tabler/icons-react'
import type { AccountState, FactorState } from './account-model.ts'

const stateIcons = {
  active: IconCircleCheck,
  disabled: IconCircleOff,
  code: IconTicket,
  never: IconClockHour4,
} as const

const factorIcons = { on: IconShieldCheck, off: IconShieldOff, missing: IconShieldExclamation }

export const StateMark = ({
  state,
  word,
}: {
  readonly state: AccountState
  readonly word: string
}) => {
  const Icon = stateIcons[state]
  return (
    <span className="ncp-mark">
      <Icon size={15} stroke={1.7} aria-hidden="true" className="nc-icon" />
      {word}
    </span>
  )
}

export const FactorMark = ({
  factor,
  word,
}: {
  readonly factor: FactorState
  readonly word: string
}) => {
  const Icon = factorIcons[factor]
  return (
    <span
      className="ncp-mark"
      data-kind={factor === 'missing' ? 'warn' : factor === 'on' ? 'on' : undefined}
    >
      <Icon size={15} stroke={1.7} aria-hidden="true" className="nc-icon" />
      {word}
    </span>
  )
}
