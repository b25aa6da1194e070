import { IconAlertTriangle, IconCheck, IconClock, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PayPalLink } from '../../../../src-shared/contract/billing-paypal.ts'
import { rateText } from '../../../../src-shared/domain/paypal-currencies.ts'
import { Money } from '../../../components/money.tsx'
import { useFormat } from '../../../components/use-format.ts'

export type LinkWord =
  | PayPalLink['state']
  | 'asked'
  | 'held'
  | 'others'
  | 'troubled'
  | 'not-booked'
  | 'on-trial'

/** Where it is, in one word. */
export const wordOf = (link: PayPalLink): LinkWord => {
  if (link.state === 'captured') {
    if (link.paymentId !== null) return 'captured'
    return link.mode === 'trial' ? 'on-trial' : 'not-booked'
  }
  if (link.state !== 'created' && link.state !== 'approved') return link.state
  if (link.isOthers) return 'others'
  if (link.trouble !== null) return 'troubled'
  if (link.held) return 'held'
  return link.state === 'created' && link.approveAt === null ? 'asked' : link.state
}

const tones: Partial<Record<LinkWord, 'live' | 'warn' | 'off'>> = {
  captured: 'live',
  held: 'warn',
  others: 'warn',
  troubled: 'warn',
  failed: 'warn',
  'not-booked': 'warn',
  expired: 'off',
  cancelled: 'off',
  'on-trial': 'off',
}

export const LinkState = ({ link }: { readonly link: PayPalLink }) => {
  const { t } = useTranslation('billing-paypal')
  const word = wordOf(link)
  const tone = tones[word]
  const Icon =
    tone === 'live'
      ? IconCheck
      : tone === 'warn'
        ? IconAlertTriangle
        : tone === 'off'
          ? IconX
          : IconClock
  return (
    <span className="nbl-chip" data-tone={tone}>
      <Icon size={12} aria-hidden="true" />
      {t(`state.${word}`)}
    </span>
  )
}

const useRateText = (): ((link: PayPalLink) => string) => {
  const { locale } = useFormat()
  return ({ exchange, currency, providerCurrency }) => {
    if (exchange === null) return ''
    const plain = rateText(exchange)
    return `1 ${providerCurrency} = ${locale === 'id' ? plain.replace('.', ',') : plain} ${currency}`
  }
}

/** What one unit at PayPal was put at. */
export const RateText = ({ link }: { readonly link: PayPalLink }) => <>{useRateText()(link)}</>

/** Both amounts, where the customer pays in another currency than is owed. */
export const LinkAmount = ({ link }: { readonly link: PayPalLink }) => {
  const rate = useRateText()
  const { currency, amount, providerCurrency, providerAmount, exchange } = link
  if (exchange === null) return <Money minor={amount} currency={currency} />
  return (
    <span title={rate(link)}>
      <Money minor={amount} currency={currency} />
      <span className="nc-soft"> · </span>
      <Money minor={providerAmount} currency={providerCurrency} />
    </span>
  )
}
