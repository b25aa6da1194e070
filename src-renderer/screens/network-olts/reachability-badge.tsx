import {
  IconCircleCheck,
  IconHelpHexagon,
  IconHourglassEmpty,
  IconPlugConnectedX,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import './olt-parts.css'

const icons: Readonly<Record<OltRow['reachability'], Icon>> = {
  reachable: IconCircleCheck,
  unreachable: IconPlugConnectedX,
  unrecognised: IconHelpHexagon,
  never: IconHourglassEmpty,
}

export interface ReachabilityBadgeProps {
  readonly reachability: OltRow['reachability']
  readonly iconOnly?: boolean
}

export const ReachabilityBadge = ({ reachability, iconOnly = false }: ReachabilityBadgeProps) => {
  const { t } = useTranslation('network')
  const Icon = icons[reachability]
  const word = t(`reachability.${reachability}`)
  return (
    <span className="no-reach" data-reachability={reachability} title={iconOnly ? word : undefined}>
      <Icon size={15} stroke={1.8} aria-hidden="true" className="nc-icon" />
      <span className={iconOnly ? 'nc-hidden' : undefined}>{word}</span>
    </span>
  )
}
