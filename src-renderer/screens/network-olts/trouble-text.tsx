import {
  IconAlertTriangle,
  IconArrowBarToDown,
  IconHelpHexagon,
  IconHourglassEmpty,
  IconPlugConnectedX,
  IconUnlink,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { errorText } from '../../components/error-text.ts'
import { oltTroubleOf, type OltTrouble } from './olt-trouble.ts'

const icons: Readonly<Record<Exclude<OltTrouble, 'none'>, Icon>> = {
  unreachable: IconPlugConnectedX,
  problem: IconAlertTriangle,
  unrecognised: IconHelpHexagon,
  'optical-offline': IconUnlink,
  'light-critical': IconArrowBarToDown,
  never: IconHourglassEmpty,
  'light-warning': IconAlertTriangle,
}

/** The worst problem of an OLT: icon and a few words. */
export const TroubleText = ({ olt }: { readonly olt: OltRow }) => {
  const { t } = useTranslation('network')
  const { t: tError } = useTranslation('error')
  const trouble = oltTroubleOf(olt)
  if (trouble === 'none') return <span className="nc-faint">–</span>
  const Icon = icons[trouble]
  const text = olt.problem === null ? undefined : errorText(tError, olt.problem)
  return (
    <span
      className="no-trouble"
      data-trouble={trouble}
      title={text === undefined ? undefined : `${text.means} ${text.toDo}`}
    >
      <Icon size={15} stroke={1.8} aria-hidden="true" className="nc-icon" />
      <span className="nc-cut">{text?.what ?? words()}</span>
    </span>
  )

  function words(): string {
    switch (trouble) {
      case 'optical-offline':
        return t('olts.trouble.optical-offline', { count: olt.counts.offlineOptical })
      case 'light-critical':
        return t('olts.trouble.light-critical', { count: olt.counts.signalCritical })
      case 'light-warning':
        return t('olts.trouble.light-warning', { count: olt.counts.signalWarning })
      default:
        return t(`olts.trouble.${trouble}`)
    }
  }
}
