import type { Output } from '../../../../src-shared/contract/index.ts'

export type Rate = Output<'billing.taxRates'>['rates'][number]

/** Of several of one code that have begun, the one that began last holds. */
export const rateStand = (
  rates: readonly Rate[],
  rate: Rate,
  today: string,
): 'holds' | 'ahead' | 'over' => {
  if (rate.validFromOn > today) return 'ahead'
  const ended = rate.validToOn !== null && rate.validToOn <= today
  const replaced = rates.some(
    ({ code, validFromOn }) =>
      code === rate.code && validFromOn > rate.validFromOn && validFromOn <= today,
  )
  return ended || replaced ? 'over' : 'holds'
}
