import { NumberInput } from '@mantine/core'
import { minorDigits, type CurrencyCode } from '../../src-shared/domain/currencies.ts'
import { formatMinor, parseMinor } from '../../src-shared/domain/money.ts'
import { useFormat } from './use-format.ts'

export interface MoneyFieldProps {
  readonly label: string
  readonly description?: string
  readonly currency: string
  /** As it is typed: plain decimals with a point; empty: none. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error?: string | undefined
  readonly hideLabel?: boolean
  readonly w?: number | string
  /** In a window; on a page `autoFocus` does it. */
  readonly 'data-autofocus'?: boolean
  readonly autoFocus?: boolean
}

/** Whole minor units of what was typed; null: nothing, or no amount of this currency. */
export const minorOf = (typed: string, currency: string): number | null =>
  typed === '' ? null : parseMinor(typed, currency as CurrencyCode)

export const typedOf = (minor: number | null, currency: string): string =>
  minor === null ? '' : formatMinor(minor, currency as CurrencyCode)

/** An amount of a currency: no more digits than it has, the marks of the screen's language. */
export const MoneyField = ({
  label,
  currency,
  value,
  onChange,
  hideLabel = false,
  ...rest
}: MoneyFieldProps) => {
  const { locale } = useFormat()
  const isIndonesian = locale === 'id'
  return (
    <NumberInput
      {...rest}
      {...(hideLabel ? { 'aria-label': label } : { label })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={value}
      onChange={(typed) => onChange(String(typed))}
      decimalScale={minorDigits(currency as CurrencyCode)}
      decimalSeparator={isIndonesian ? ',' : '.'}
      thousandSeparator={isIndonesian ? '.' : ','}
      allowNegative={false}
      hideControls
      classNames={{ input: 'nc-num-input' }}
      rightSection={<span className="nc-faint nc-small">{currency}</span>}
      rightSectionWidth={46}
    />
  )
}
