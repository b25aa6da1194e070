import { useTranslation } from 'react-i18next'
import type { PlanVersion } from '../../../../src-shared/contract/billing-model.ts'
import { Money } from '../../../components/money.tsx'
import { typedMicros } from './unit-price.ts'

/** The price of a version: of its period, or of one unit. */
export const PriceText = ({
  version,
}: {
  readonly version: Pick<PlanVersion, 'price' | 'unitPrice' | 'unit' | 'currency'>
}) => {
  const { t } = useTranslation('billing')
  if (version.price !== null) return <Money minor={version.price} currency={version.currency} />
  return (
    <span className="nc-money">
      <span className="nc-money__code">{version.currency}</span>
      {typedMicros(version.unitPrice)}{' '}
      <span className="nc-soft">
        {t('plans.byUnit', { unit: version.unit === '' ? t('plans.unit') : version.unit })}
      </span>
    </span>
  )
}
