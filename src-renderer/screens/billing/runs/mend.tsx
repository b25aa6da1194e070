import { useTranslation } from 'react-i18next'
import type { Problem } from '../../../../src-shared/contract/common.ts'
import { paths } from '../../../app/paths.ts'
import { errorText } from '../../../components/error-text.ts'
import { RouteLink } from '../../../components/route-link.tsx'

export interface MendProps {
  readonly problem: Problem
  readonly subscriberId: string
  /** With what happened and what to do; else the link alone. */
  readonly whole?: boolean
}

/** Why somebody could not be billed, and where that is mended. */
export const Mend = ({ problem, subscriberId, whole = false }: MendProps) => {
  const { t } = useTranslation('billing-runs')
  const { t: tError } = useTranslation('error')
  const { what, means, toDo } = errorText(tError, problem)
  const link =
    problem.code === 'tax-rate-missing' ? (
      <RouteLink to={paths.taxes()}>{t('failures.toTaxes')}</RouteLink>
    ) : problem.code === 'billing-seller-missing' ? (
      <RouteLink to={paths.seller()}>{t('failures.toSeller')}</RouteLink>
    ) : (
      <RouteLink to={`${paths.subscriber(subscriberId)}?tab=subscriptions`}>
        {t('failures.toSubscription')}
      </RouteLink>
    )
  if (!whole) return link
  return (
    <div role="alert">
      <strong className="nbr-bad">{what}</strong>
      <p>
        {means} {toDo}
      </p>
      <p>{link}</p>
    </div>
  )
}
