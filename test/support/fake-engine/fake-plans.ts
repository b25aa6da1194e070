import { calendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import type { Output } from '../../../src-shared/contract/index.ts'
import { demoPlans } from '../../../src-main/billing/plans/demo-plans.ts'
import type { PlanRecord, VersionRecord } from '../../../src-main/billing/plans/plan-tables.ts'

/** The plans that the fake engine begins with. */
export const fakePlans = (of: {
  readonly idOf: (part: string, number: number) => string
  readonly now: number
  readonly currency: CurrencyCode
  readonly speeds: Output<'provisioning.speeds'>['speeds']
}): { readonly plans: readonly PlanRecord[]; readonly versions: readonly VersionRecord[] } => {
  const plans: PlanRecord[] = []
  const versions: VersionRecord[] = []
  demoPlans.forEach((plan, at) => {
    const id = of.idOf('b000', at + 1)
    const { code, name, kind, payment } = plan
    const updatedAt = of.now - at * 86_400_000
    plans.push({
      id,
      version: 3,
      code,
      name,
      note: '',
      kind,
      payment,
      currency: of.currency,
      sold: true,
      updatedAt,
    })
    plan.versions.forEach((terms, index) =>
      versions.push({
        ...terms,
        speedId:
          of.speeds.find(({ name: speed }) => speed.startsWith(`Home ${plan.downMbps} `))?.id ??
          null,
        id: of.idOf('b001', at * 16 + index + 1),
        planId: id,
        number: index + 1,
        validFromOn: calendarDate(terms.validFromOn),
        currency: of.currency,
        createdAt: Date.parse(terms.validFromOn) - 864_000_000,
        createdBy: 'Dewi Lestari',
      }),
    )
  })
  return { plans, versions }
}
