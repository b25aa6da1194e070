import { Button, NumberInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { minorDigits, type CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { MoneyField, minorOf } from '../../components/money-field.tsx'
import { Money, useMoneyText } from '../../components/money.tsx'

/** What was counted: one figure, or piece by piece. */
export interface Counted {
  readonly total: string
  /** Null: one figure. */
  readonly pieces: readonly { readonly value: number; readonly count: number }[] | null
}

export const nothingCounted: Counted = { total: '', pieces: null }

/** Notes and coins that are usual: three of each power of ten. */
const usual = (currency: string): { value: number; count: number }[] => {
  const major = 10 ** minorDigits(currency as CurrencyCode)
  const largest = currency === 'IDR' ? 100_000 : 500
  const values: number[] = []
  for (let power = largest; power * major >= 1 && values.length < 13; power /= 10) {
    const lead = currency === 'IDR' ? [1, 0.5, 0.2] : [1, 0.4, 0.2]
    for (const part of lead) {
      const value = Math.round(power * part * major)
      if (value >= 1 && !values.includes(value)) values.push(value)
    }
  }
  return values.slice(0, currency === 'IDR' ? 10 : 12).map((value) => ({ value, count: 0 }))
}

/** Null: nothing was counted yet. */
export const countedOf = (counted: Counted, currency: string): number | null =>
  counted.pieces === null
    ? minorOf(counted.total, currency)
    : counted.pieces.reduce((sum, { value, count }) => sum + value * count, 0)

/** Those that were counted, as the engine takes them. */
export const piecesOf = ({ pieces }: Counted) =>
  pieces === null ? null : pieces.filter(({ count }) => count > 0).map((one) => ({ ...one }))

export const CountFields = (props: {
  readonly currency: string
  readonly value: Counted
  readonly onChange: (counted: Counted) => void
}) => {
  const { t } = useTranslation('billing-counter')
  const money = useMoneyText()
  const { currency, value, onChange } = props
  const { pieces } = value
  if (pieces === null) {
    return (
      <>
        <MoneyField
          label={t('count.counted')}
          currency={currency}
          value={value.total}
          onChange={(total) => onChange({ total, pieces: null })}
          data-autofocus
        />
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => onChange({ total: '', pieces: usual(currency) })}
        >
          {t('count.byPieces')}
        </Button>
      </>
    )
  }
  return (
    <>
      <table className="nc-table" aria-label={t('count.byPieces')}>
        <tbody>
          {pieces.map((piece, index) => (
            <tr key={piece.value}>
              <th scope="row" className="nc-num">
                <Money minor={piece.value} currency={currency} />
              </th>
              <td>
                <NumberInput
                  aria-label={`${t('count.pieces')} ${money(piece.value, currency)}`}
                  size="xs"
                  w={90}
                  min={0}
                  max={1_000_000}
                  allowDecimal={false}
                  allowNegative={false}
                  hideControls
                  value={piece.count === 0 ? '' : piece.count}
                  onChange={(typed) =>
                    onChange({
                      total: '',
                      pieces: pieces.map((one, at) =>
                        at === index ? { ...one, count: Number(typed) || 0 } : one,
                      ),
                    })
                  }
                  {...(index === 0 ? { 'data-autofocus': true } : {})}
                />
              </td>
              <td className="nc-num">
                <Money minor={piece.value * piece.count} currency={currency} />
              </td>
            </tr>
          ))}
          <tr className="nct-total">
            <th scope="row" colSpan={2}>
              {t('count.sum')}
            </th>
            <td className="nc-num">
              <Money minor={countedOf(value, currency)} currency={currency} />
            </td>
          </tr>
        </tbody>
      </table>
      <Button variant="subtle" size="compact-sm" onClick={() => onChange(nothingCounted)}>
        {t('count.byTotal')}
      </Button>
    </>
  )
}
