import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { errorText } from '../../components/error-text.ts'
import { oltTroubleOf } from './olt-trouble.ts'

/** The worst problem of an OLT in a few words. */
export const TroubleText = ({ olt }: { readonly olt: OltRow }) => {
  const { t } = useTranslation('network')
  const { t: tError } = useTranslation('error')
  const trouble = oltTroubleOf(olt)
  if (olt.problem !== null) {
    const text = errorText(tError, olt.problem)
    return (
      <span
        className="no-trouble nc-cut"
        data-trouble={trouble}
        title={`${text.means} ${text.toDo}`}
      >
        {text.what}
      </span>
    )
  }
  return (
    <span className="no-trouble nc-cut" data-trouble={trouble}>
      {words()}
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
