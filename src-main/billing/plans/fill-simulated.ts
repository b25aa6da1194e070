import { calendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import type { BillingDependencies } from '../ports.ts'
import { demoPlans, demoTax } from './demo-plans.ts'
import { allPlans, insertVersion, putPlan, type Reads } from './plan-tables.ts'
import { putTaxRate } from './settings-tables.ts'

/**
 * Plans of a small provider, in a simulated workspace that has none yet. Never used on a workspace
 * of one's own.
 */
export const fillSimulatedPlans = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'write'> & { readonly reads: Reads },
): void => {
  const { clock, newId, reads, write } = deps
  if (allPlans(reads).length > 0) return
  const at = clock.now()
  const currency = currencyCode('IDR')
  write('billing.fillSimulated', { plans: demoPlans.length }, (tx) => {
    putTaxRate(
      tx,
      { ...demoTax, id: newId(), version: 1, validFromOn: calendarDate(demoTax.validFromOn) },
      at,
    )
    for (const { code, name, kind, payment, versions } of demoPlans) {
      const id = newId()
      putPlan(tx, {
        id,
        version: 1,
        code,
        name,
        note: '',
        kind,
        payment,
        currency,
        sold: true,
        updatedAt: at,
      })
      versions.forEach((terms, index) =>
        insertVersion(tx, {
          ...terms,
          id: newId(),
          planId: id,
          number: index + 1,
          validFromOn: calendarDate(terms.validFromOn),
          currency,
          createdAt: at,
          createdBy: null,
        }),
      )
    }
  })
}
