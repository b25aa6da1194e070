import type { CurrencyCode } from '../../src-shared/domain/currencies.ts'
import { moneyText } from '../../src-shared/domain/money-text.ts'
import { useBillingSettings } from '../state/billing.ts'
import type { Locale } from './format.ts'
import { useFormat } from './use-format.ts'
import './money.css'

const tagOf = (locale: Locale): string => (locale === 'id' ? 'id-ID' : 'en-GB')

/** Of a sentence: always with its code. */
export const useMoneyText = (): ((minor: number, currency: string) => string) => {
  const { locale } = useFormat()
  return (minor, currency) =>
    `${currency} ${moneyText(minor, currency as CurrencyCode, tagOf(locale))}`
}

export interface MoneyProps {
  /** Whole minor units; null: none. */
  readonly minor: number | null
  readonly currency: string
}

/**
 * An amount. Its digits are our own table's, the marks the language's; the code of the currency
 * stands before it where it is not the workspace's. Below 0 it is given back.
 */
export const Money = ({ minor, currency }: MoneyProps) => {
  const { locale } = useFormat()
  const own = useBillingSettings()?.currency
  if (minor === null) return <span className="nc-faint">–</span>
  return (
    <span className="nc-money" data-back={minor < 0 || undefined}>
      {own === currency ? null : <span className="nc-money__code">{currency}</span>}
      {moneyText(minor, currency as CurrencyCode, tagOf(locale))}
    </span>
  )
}
