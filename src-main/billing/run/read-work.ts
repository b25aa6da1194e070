import type { BuyerSnapshot } from '../../../src-shared/contract/billing-documents-model.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { SubscriberParty, SubscriberPort } from '../../engine/capability-ports.ts'
import { creditableById, invoiceOfLine } from '../documents/document-tables.ts'
import type { SellerRecord } from '../documents/seller-tables.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { factsOf } from '../subscriptions/facts.ts'
import { tellLife, type LifeEvent } from '../subscriptions/life.ts'
import type { PlanBook } from '../subscriptions/plan-book.ts'
import {
  lifeEventsOf,
  subscriptionById,
  type SubscriptionRecord,
} from '../subscriptions/subscription-tables.ts'
import type { DatedTax, Relief } from '../tax-rates.ts'
import { livePeriods } from './billed-periods.ts'
import type { BillingWork } from './plan-billing.ts'

/** What one billing works with: read once, the same for all of its subscriptions. */
export interface BillingRound {
  readonly today: CalendarDate
  readonly seller: SellerRecord
  readonly rates: readonly DatedTax[]
  readonly plans: PlanBook
  readonly runId: string | null
  readonly newId: () => string
}

/** A subscription with all that its documents are made of; null: it never came to be. */
export interface WorkOf {
  readonly work: BillingWork
  readonly record: SubscriptionRecord
  readonly party: SubscriberParty
}

/** @throws NocturneError `not-found`, `billing-life-broken`. */
export const workOf = (
  reads: Reads,
  round: BillingRound,
  subscribers: Pick<SubscriberPort, 'party'>,
  subscriptionId: string,
  added: readonly LifeEvent[] = [],
): WorkOf => {
  const { today, seller, rates, runId, newId } = round
  const record = subscriptionById(reads, subscriptionId)
  if (record === null) throw new NocturneError('not-found', { what: 'subscription' })
  const party = subscribers.party(record.subscriberId)
  if (party === null) throw new NocturneError('not-found', { what: 'subscriber' })
  const told = tellLife([...lifeEventsOf(reads, subscriptionId), ...added])
  if (told.kind === 'refused') throw new NocturneError('billing-life-broken')
  const never = { start: record.startsOn, end: record.startsOn, pieces: [], purchases: [] }
  const facts = factsOf(
    record,
    told.kind === 'life' ? told.life : never,
    round.plans.version,
    livePeriods(reads, subscriptionId),
  )
  return {
    record,
    party,
    work: {
      facts,
      subscriberId: record.subscriberId,
      today,
      policy: { leadDays: seller.leadDays, endDay: seller.endDay },
      catchUp: seller.catchUp,
      taxing: { rates, relief: reliefOf(party), reliefPrice: seller.reliefPrice },
      runId,
      newId,
      creditableOf: (lineId) => {
        const id = invoiceOfLine(reads, lineId)
        return id === null ? null : creditableById(reads, id)
      },
    },
  }
}

export const reliefOf = ({ taxTreatment }: Pick<SubscriberParty, 'taxTreatment'>): Relief | null =>
  taxTreatment === 'standard' ? null : taxTreatment

/** The buyer as the document keeps him. */
export const buyerOf = (party: SubscriberParty): BuyerSnapshot => ({
  code: party.code,
  kind: party.kind,
  name: party.taxName === '' ? party.name : party.taxName,
  taxId: party.taxId,
  taxTreatment: party.taxTreatment,
  language: party.language,
  address: party.address,
})
