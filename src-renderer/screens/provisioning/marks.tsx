import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClockOff,
  IconEqual,
  IconEye,
  IconFlag,
  IconHandStop,
  IconHelpCircle,
  IconHourglass,
  IconPencil,
  IconPlayerPause,
  IconPlayerSkipForward,
  IconProgress,
  IconTrash,
  IconUnlink,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type {
  PlanRow,
  PlanStep,
  PlanTargetRow,
} from '../../../src-shared/contract/provisioning-plans.ts'
import type { Risk } from '../../../src-shared/domain/device-steps.ts'
import './provisioning.css'

/** Risk and states: always an icon and a word, the colour is only the third sign. */

const riskIcons: Readonly<Record<Risk, Icon>> = {
  read: IconEye,
  disruptive: IconAlertTriangle,
  destructive: IconTrash,
}

export const RiskMark = ({ risk }: { readonly risk: Risk }) => {
  const { t } = useTranslation('provisioning')
  const RiskIcon = riskIcons[risk]
  return (
    <span className="npv-mark" data-risk={risk} title={t(`riskHint.${risk}`)}>
      <RiskIcon size={15} stroke={1.8} aria-hidden="true" className="nc-icon" />
      {t(`risk.${risk}`)}
    </span>
  )
}

const planIcons: Readonly<Record<PlanRow['state'], readonly [Icon, string]>> = {
  draft: [IconPencil, 'plain'],
  expired: [IconClockOff, 'quiet'],
  discarded: [IconTrash, 'quiet'],
  running: [IconProgress, 'live'],
  'canary-wait': [IconHourglass, 'live'],
  paused: [IconPlayerPause, 'look'],
  stopped: [IconHandStop, 'act'],
  interrupted: [IconUnlink, 'act'],
  done: [IconCircleCheck, 'well'],
  failed: [IconCircleX, 'bad'],
}

export const PlanStateMark = ({ state }: { readonly state: PlanRow['state'] }) => {
  const { t } = useTranslation('provisioning')
  const [StateIcon, tone] = planIcons[state]
  return (
    <span className="npv-mark" data-tone={tone} title={t(`planStateHint.${state}`)}>
      <StateIcon size={15} stroke={1.8} aria-hidden="true" className="nc-icon" />
      {t(`planState.${state}`)}
    </span>
  )
}

const targetIcons: Readonly<Record<PlanTargetRow['state'], readonly [Icon, string]>> = {
  waiting: [IconCircleDashed, 'quiet'],
  running: [IconProgress, 'live'],
  done: [IconCircleCheck, 'well'],
  unchanged: [IconEqual, 'quiet'],
  failed: [IconCircleX, 'bad'],
  unknown: [IconHelpCircle, 'act'],
  skipped: [IconPlayerSkipForward, 'quiet'],
}

export const TargetStateMark = ({ state }: { readonly state: PlanTargetRow['state'] }) => {
  const { t } = useTranslation('provisioning')
  const [StateIcon, tone] = targetIcons[state]
  return (
    <span className="npv-mark" data-tone={tone}>
      <StateIcon size={15} stroke={1.8} aria-hidden="true" className="nc-icon" />
      {t(`targetState.${state}`)}
    </span>
  )
}

const stepIcons: Readonly<Record<PlanStep['state'], readonly [Icon, string]>> = {
  waiting: [IconCircleDashed, 'quiet'],
  sending: [IconProgress, 'live'],
  done: [IconCircleCheck, 'well'],
  refused: [IconBan, 'bad'],
  unknown: [IconHelpCircle, 'act'],
  skipped: [IconPlayerSkipForward, 'quiet'],
}

export const StepStateMark = ({ state }: { readonly state: PlanStep['state'] }) => {
  const { t } = useTranslation('provisioning')
  const [StateIcon, tone] = stepIcons[state]
  return (
    <span className="npv-mark nc-small" data-tone={tone}>
      <StateIcon size={14} stroke={1.8} aria-hidden="true" className="nc-icon" />
      {t(`stepState.${state}`)}
    </span>
  )
}

export const CanaryMark = () => {
  const { t } = useTranslation('provisioning')
  return (
    <span className="npv-chip" title={t('pace.canaryHint')}>
      <IconFlag size={12} stroke={1.8} aria-hidden="true" /> {t('pace.canaryWord')}
    </span>
  )
}
