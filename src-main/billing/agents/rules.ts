import { addMonths, type CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { divideRounded, toMinor } from '../../../src-shared/domain/money.ts'

/**
 * What agents should stand to have earned by the documents of one customer in one currency. Computed
 * from what settles what, and from nothing that was given before: whoever compares it with what stands
 * may do so at any time, any number of times. Pure.
 */

/** A settlement that stands, less what of it was taken back. */
export interface Settled {
  /** Own credit is a credit note of this very document. */
  readonly kind: 'money' | 'own-credit' | 'other-credit' | 'write-off'
  /** Of other credit: the document that its credit note corrects. */
  readonly fromId: string | null
  readonly amount: number
  readonly on: CalendarDate
}

export interface EarningDocument {
  readonly id: string
  readonly issuedOn: CalendarDate
  /** Whose customer he was when it was issued; null: nobody's. */
  readonly agentId: string | null
  readonly total: number
  /** Σ of its credit notes. */
  readonly credited: number
  /** By plan; without what nobody earns by (late fees). */
  readonly nets: readonly { readonly planId: string | null; readonly net: number }[]
  /** In the order in which they were made. */
  readonly settled: readonly Settled[]
}

export interface EarningTerms {
  readonly validFromOn: CalendarDate
  readonly ratePpm: number
  readonly planRates: readonly { readonly planId: string; readonly ratePpm: number }[]
  readonly months: number | null
  readonly bonus: number
}

export interface Earned {
  readonly kind: 'commission' | 'bonus'
  /** The document; of a bonus the customer. */
  readonly refId: string
  readonly agentId: string
  readonly amount: number
}

/** Enough for any chain of credits in practice; fewer give less, never more (see `paidOf`). */
const mostRounds = 64

const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0)

interface Portion {
  readonly amount: number
  readonly on: CalendarDate
}

/**
 * How much of each document was paid with money, by days. A credit note of a paid document leaves money
 * over, which pays another one: there it counts, and here no longer. So all of it together is never more
 * than the money that settles, and exactly that where no credit lies free.
 */
export const paidOf = (
  documents: readonly EarningDocument[],
): ReadonlyMap<string, readonly Portion[]> => {
  const money = new Map(
    documents.map(({ id, settled }) => [
      id,
      sum(settled.map(({ kind, amount }) => (kind === 'money' ? amount : 0))),
    ]),
  )
  // What its credit notes gave back beyond what was open of it.
  const excess = new Map(
    documents.map(({ id, credited, settled }) => [
      id,
      credited - sum(settled.map(({ kind, amount }) => (kind === 'own-credit' ? amount : 0))),
    ]),
  )
  /** Money that came by credit notes of others, so far as there was money behind them. */
  let came = new Map<string, number>()
  const leaves = (id: string): number =>
    Math.min(excess.get(id) ?? 0, (money.get(id) ?? 0) + (came.get(id) ?? 0))
  let byCredit = new Map<Settled, number>()
  for (let round = 0; round < mostRounds; round += 1) {
    const left = new Map(documents.map(({ id }) => [id, leaves(id)]))
    const now = new Map<string, number>()
    byCredit = new Map()
    for (const { id, settled } of documents) {
      for (const one of settled) {
        if (one.kind !== 'other-credit' || one.fromId === null) continue
        const part = Math.min(one.amount, left.get(one.fromId) ?? 0)
        left.set(one.fromId, (left.get(one.fromId) ?? 0) - part)
        now.set(id, (now.get(id) ?? 0) + part)
        byCredit.set(one, part)
      }
    }
    const isSame = documents.every(({ id }) => now.get(id) === came.get(id))
    came = now
    if (isSame) break
  }
  return new Map(
    documents.map(({ id, settled }) => {
      const portions = settled.map((one) => ({
        amount: one.kind === 'money' ? one.amount : (byCredit.get(one) ?? 0),
        on: one.on,
      }))
      return [id, lessLatest(portions, leaves(id))]
    }),
  )
}

/** What goes takes the latest of what came. */
const lessLatest = (portions: readonly Portion[], taken: number): readonly Portion[] => {
  let left = taken
  return portions
    .toReversed()
    .map(({ amount, on }) => {
      const part = Math.min(amount, left)
      left -= part
      return { amount: amount - part, on }
    })
    .toReversed()
    .filter(({ amount }) => amount > 0)
}

/** `terms` in the order in which they were entered: of those that hold from one day the last. */
export const termsOn = <Terms extends { readonly validFromOn: CalendarDate }>(
  terms: readonly Terms[],
  on: CalendarDate,
): Terms | null => {
  let best: Terms | null = null
  for (const one of terms) {
    if (one.validFromOn > on) continue
    if (best === null || one.validFromOn >= best.validFromOn) best = one
  }
  return best
}

const million = 1_000_000n

/** Net × rate of the whole document, in millionths; a document that gives back earns nothing. */
const worthOf = (document: EarningDocument, terms: EarningTerms): bigint => {
  const ofPlan = new Map(terms.planRates.map(({ planId, ratePpm }) => [planId, ratePpm]))
  const worth = document.nets.reduce((total, { planId, net }) => {
    const ratePpm = (planId === null ? undefined : ofPlan.get(planId)) ?? terms.ratePpm
    return total + BigInt(net) * BigInt(ratePpm)
  }, 0n)
  return worth < 0n ? 0n : worth
}

/**
 * Rounded once, over everything that was paid of a document so far: parts of it add up to the
 * commission of the whole to the last unit, whatever their number and order.
 */
export const commissionOf = (
  document: EarningDocument,
  portions: readonly Portion[],
  terms: readonly EarningTerms[],
  firstOn: CalendarDate,
): number => {
  if (document.total <= 0) return 0
  const earned = portions.reduce((total, { amount, on }) => {
    const held = termsOn(terms, on)
    if (held === null) return total
    if (held.months !== null && document.issuedOn >= addMonths(firstOn, held.months)) return total
    return total + BigInt(amount) * worthOf(document, held)
  }, 0n)
  return toMinor(divideRounded(earned, BigInt(document.total) * million))
}

/**
 * All that should stand for the documents of one customer in one currency (in the order of issue), and
 * his bonus where `bonusFor` says in whose currency it is. Nothing that comes to nothing is named.
 */
export const earnedOf = (
  subscriberId: string,
  documents: readonly EarningDocument[],
  termsOf: (agentId: string) => readonly EarningTerms[],
  bonusHere: (agentId: string) => boolean,
): readonly Earned[] => {
  const paid = paidOf(documents)
  const firstOn = new Map<string, CalendarDate>()
  for (const { agentId, issuedOn } of documents) {
    if (agentId === null) continue
    const known = firstOn.get(agentId)
    if (known === undefined || issuedOn < known) firstOn.set(agentId, issuedOn)
  }
  const commissions = documents.flatMap((document): Earned[] => {
    const { id, agentId } = document
    if (agentId === null) return []
    const first = firstOn.get(agentId) ?? document.issuedOn
    const amount = commissionOf(document, paid.get(id) ?? [], termsOf(agentId), first)
    return amount === 0 ? [] : [{ kind: 'commission', refId: id, agentId, amount }]
  })
  // The first that he ever paid, whoever's customer he was then: an old customer is nobody's win.
  const begins = documents.find(({ id }) => (paid.get(id) ?? []).length > 0)
  const portion = begins === undefined ? undefined : paid.get(begins.id)?.[0]
  const agentId = begins?.agentId ?? null
  if (agentId === null || portion === undefined || !bonusHere(agentId)) return commissions
  const bonus = termsOn(termsOf(agentId), portion.on)?.bonus ?? 0
  return bonus === 0
    ? commissions
    : [...commissions, { kind: 'bonus', refId: subscriberId, agentId, amount: bonus }]
}
