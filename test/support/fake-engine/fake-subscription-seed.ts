import { addDays, dateParts, type CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { VersionRecord } from '../../../src-main/billing/plans/plan-tables.ts'
import type { LifeEvent } from '../../../src-main/billing/subscriptions/life.ts'
import type { PlanBook } from '../../../src-main/billing/subscriptions/plan-book.ts'
import type { FakeBillingDeps } from './fake-billing.ts'

export interface Kept {
  readonly id: string
  readonly subscriberId: string
  readonly serviceId: string | null
  version: number
  readonly anchorDay: number
  events: (LifeEvent & { readonly at: number; readonly by: string; readonly reason: string })[]
}

/** Each subscriber with a service has had a plan for a while; every fifth TV beside it. */
export const seedOf = (
  deps: Pick<FakeBillingDeps, 'subscriber'> & {
    readonly book: PlanBook
    readonly today: () => CalendarDate
    readonly newId: () => string
    /** Versions that are sold, one of each plan. */
    readonly seed: () => readonly VersionRecord[]
  },
  subscriberId: string,
): Kept[] => {
  const made: Kept[] = []
  const service = deps.subscriber(subscriberId)?.services[0]
  const number = Number.parseInt(subscriberId.slice(-12), 16)
  const sold = deps.seed()
  const mains = sold.filter(({ planId }) => deps.book.plan(planId).kind === 'main')
  const extra = sold.find(({ planId }) => deps.book.plan(planId).kind === 'extra')
  const main = mains[number % Math.max(1, mains.length)]
  if (service === undefined || main === undefined) return made
  const startOn = addDays(deps.today(), -(70 + (number % 20)))
  const begin = (version: VersionRecord): Kept => {
    const id = deps.newId()
    return {
      id: deps.newId(),
      subscriberId,
      serviceId: service.id,
      version: 1,
      anchorDay: dateParts(startOn).day,
      events: [
        {
          kind: 'start',
          id,
          seq: 1,
          on: startOn,
          trialUntil: null,
          bought: {
            priceId: id,
            planVersionId: version.id,
            quantity: 1,
            priceOverride: null,
            extras: [],
          },
          at: Date.parse(startOn),
          by: 'Dewi Lestari',
          reason: '',
        },
      ],
    }
  }
  made.push(begin(main))
  if (number % 5 === 1 && extra !== undefined) made.push(begin(extra))
  return made
}
