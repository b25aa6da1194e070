import type { TFunction } from 'i18next'
import type { CurrencyCode } from '../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../src-shared/domain/money.ts'
import type { ErrorCode, ErrorParams } from '../../src-shared/errors.ts'

/** What of a `Failure` or a `problem` is needed to speak about it. */
export interface Told {
  readonly code: ErrorCode
  readonly params: ErrorParams
  readonly traceId?: string
}

export interface ErrorText {
  readonly what: string
  readonly means: string
  readonly toDo: string
}

/** The three sentences about a failure, in the screen's language. */
export const errorText = (t: TFunction<'error'>, told: Told): ErrorText => ({
  what: t(`${told.code}.what`, inWords(t, told)),
  means: t(`${told.code}.means`, told.params),
  toDo: t(`${told.code}.do`, told.params),
})

/** An amount comes as minor units; a list of what is missing comes as words of a closed set. */
const inWords = (t: TFunction<'error'>, { code, params }: Told): ErrorParams => {
  if (code === 'prepaid-short') {
    const { missing: lacks, currency } = params
    const amount = formatMinor(Number(lacks), String(currency) as CurrencyCode)
    return { ...params, missing: `${amount} ${String(currency)}` }
  }
  if (code !== 'ubl-incomplete') return params
  const word = t as unknown as (key: string, options: { readonly ns: string }) => string
  const missing = String(params['missing']).split(',')
  return {
    ...params,
    missing: missing.map((one) => word(`missing.${one}`, { ns: 'billing-papers' })).join(', '),
  }
}
