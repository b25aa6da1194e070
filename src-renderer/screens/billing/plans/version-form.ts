import type { PlanTerms, PlanVersion } from '../../../../src-shared/contract/billing-model.ts'
import { minorOf, typedOf } from '../../../components/money-field.tsx'
import { microsOf, typedMicros } from './unit-price.ts'

/** A version as it is typed; texts until all of it can be read. */

export interface ExtraForm {
  readonly key: number
  readonly code: string
  readonly name: string
  readonly kind: 'one-off' | 'recurring'
  readonly price: string
  readonly required: boolean
}

export interface DiscountForm {
  readonly key: number
  readonly name: string
  readonly kind: 'percent' | 'amount'
  readonly value: string
  readonly fromOn: string
  readonly untilOn: string
  readonly cycles: string
}

export interface VersionForm extends Pick<
  PlanTerms,
  | 'validFromOn'
  | 'unit'
  | 'taxIncluded'
  | 'taxCodes'
  | 'interval'
  | 'mode'
  | 'proration'
  | 'billWhileSuspended'
  | 'billWhilePaused'
  | 'speedId'
> {
  readonly priceKind: 'interval' | 'unit'
  readonly price: string
  readonly unitPrice: string
  readonly minTermMonths: string
  readonly trialDays: string
  readonly graceDays: string
  readonly balanceDays: string
  readonly extras: readonly ExtraForm[]
  readonly discounts: readonly DiscountForm[]
}

let keys = 0
export const newKey = (): number => ++keys

export const emptyVersion = (today: string): VersionForm => ({
  validFromOn: today,
  priceKind: 'interval',
  price: '',
  unitPrice: '',
  unit: '',
  taxIncluded: false,
  taxCodes: [],
  interval: 'month',
  mode: 'advance',
  proration: 'actual',
  billWhileSuspended: true,
  billWhilePaused: false,
  speedId: null,
  minTermMonths: '0',
  trialDays: '0',
  graceDays: '0',
  balanceDays: '',
  extras: [],
  discounts: [],
})

export const formOf = (version: PlanVersion, validFromOn: string): VersionForm => ({
  ...version,
  validFromOn,
  priceKind: version.price === null ? 'unit' : 'interval',
  price: typedOf(version.price, version.currency),
  unitPrice: typedMicros(version.unitPrice),
  minTermMonths: String(version.minTermMonths),
  trialDays: String(version.trialDays),
  graceDays: String(version.graceDays),
  balanceDays: version.balanceDays === null ? '' : String(version.balanceDays),
  extras: version.extras.map((extra) => ({
    ...extra,
    key: newKey(),
    price: typedOf(extra.price, version.currency),
  })),
  discounts: version.discounts.map(({ amount, percentPpm, untilOn, cycles, ...discount }) => ({
    ...discount,
    key: newKey(),
    kind: amount === null ? 'percent' : 'amount',
    value: amount === null ? String((percentPpm ?? 0) / 10_000) : typedOf(amount, version.currency),
    untilOn: untilOn ?? '',
    cycles: cycles === null ? '' : String(cycles),
  })),
})

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(Date.parse(text))

const whole = (text: string, least: number, most: number): number | null => {
  if (!/^\d{1,4}$/u.test(text)) return null
  const value = Number(text)
  return value >= least && value <= most ? value : null
}

/** Millionths of `12.5` percent; null: none. */
export const ppmOf = (text: string): number | null => {
  const match = /^(\d{1,3})(?:\.(\d{1,4}))?$/u.exec(text)
  if (match === null) return null
  const ppm = Number(match[1]) * 10_000 + Number((match[2] ?? '').padEnd(4, '0'))
  return ppm <= 1_000_000 ? ppm : null
}

/** Null: something of it cannot be read yet. */
export const termsOf = (form: VersionForm, currency: string): PlanTerms | null => {
  const byUnit = form.priceKind === 'unit'
  const price = byUnit ? null : minorOf(form.price, currency)
  const unitPrice = byUnit ? microsOf(form.unitPrice) : null
  const numbers = {
    minTermMonths: whole(form.minTermMonths, 0, 120),
    trialDays: whole(form.trialDays, 0, 365),
    graceDays: whole(form.graceDays, 0, 365),
  }
  const balanceDays = form.balanceDays === '' ? null : whole(form.balanceDays, 1, 3650)
  const { minTermMonths, trialDays, graceDays } = numbers
  if (!isDay(form.validFromOn) || (price === null && unitPrice === null)) return null
  if (minTermMonths === null || trialDays === null || graceDays === null) return null
  if (form.balanceDays !== '' && balanceDays === null) return null
  const extras = form.extras.flatMap((extra) => {
    const minor = minorOf(extra.price, currency)
    const isCode = /^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,31}$/u.test(extra.code.trim())
    return minor === null || !isCode || extra.name.trim() === ''
      ? []
      : [
          {
            code: extra.code.trim(),
            name: extra.name.trim(),
            kind: extra.kind,
            price: minor,
            required: extra.required,
          },
        ]
  })
  const discounts = form.discounts.flatMap((discount) => {
    const percentPpm = discount.kind === 'percent' ? ppmOf(discount.value) : null
    const amount = discount.kind === 'amount' ? minorOf(discount.value, currency) : null
    const cycles = discount.cycles === '' ? null : whole(discount.cycles, 1, 120)
    const untilOn = discount.untilOn === '' ? null : discount.untilOn
    const isWhole =
      discount.name.trim() !== '' &&
      (percentPpm ?? amount ?? 0) > 0 &&
      isDay(discount.fromOn) &&
      (untilOn === null || (isDay(untilOn) && untilOn > discount.fromOn)) &&
      (discount.cycles === '' || cycles !== null)
    return isWhole
      ? [
          {
            name: discount.name.trim(),
            amount,
            percentPpm,
            fromOn: discount.fromOn,
            untilOn,
            cycles,
          },
        ]
      : []
  })
  if (extras.length < form.extras.length || discounts.length < form.discounts.length) return null
  const codes = new Set(extras.map(({ code }) => code.toLowerCase()))
  if (codes.size < extras.length) return null
  const { validFromOn, unit, taxIncluded, taxCodes, interval, mode, proration, speedId } = form
  return {
    validFromOn,
    unit: byUnit ? unit.trim() : '',
    taxIncluded,
    taxCodes: [...taxCodes],
    interval,
    mode,
    proration,
    speedId,
    billWhileSuspended: form.billWhileSuspended,
    billWhilePaused: form.billWhilePaused,
    price,
    unitPrice,
    minTermMonths,
    trialDays,
    graceDays,
    balanceDays,
    extras,
    discounts,
  }
}
