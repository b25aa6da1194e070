import type { TaxRateRecord } from '../../../src-main/billing/plans/settings-tables.ts'
import type { Input, Output } from '../../../src-shared/contract/index.ts'
import { calendarDate } from '../../../src-shared/domain/calendar-date.ts'

import { demoTax } from '../../../src-main/billing/plans/demo-plans.ts'

type Names = 'billing.taxRates' | 'billing.saveTaxRate'
type Handlers = { readonly [Name in Names]: (input: Input<Name>) => Output<Name> }

export const createFakeRates = (deps: {
  /** Added to and changed here. */
  readonly rates: TaxRateRecord[]
  readonly newId: () => string
  readonly changed: () => void
}): Handlers => {
  const { rates, newId, changed } = deps
  return {
    'billing.taxRates': () => ({ rates: [...rates] }),
    'billing.saveTaxRate': ({ rateId, baseVersion, ...input }) => {
      const at = rates.findIndex(({ id }) => id === rateId)
      const row: TaxRateRecord = {
        ...input,
        id: rateId ?? newId(),
        version: baseVersion + 1,
        validFromOn: calendarDate(input.validFromOn),
        validToOn: input.validToOn === null ? null : calendarDate(input.validToOn),
      }
      if (at < 0) rates.push(row)
      else rates[at] = row
      changed()
      return { rateId: row.id }
    },
  }
}

export const fakeRate = (id: string): TaxRateRecord => ({
  ...demoTax,
  id,
  version: 1,
  validFromOn: calendarDate(demoTax.validFromOn),
})
