import { daysBetween } from '../../../src-shared/domain/calendar-date.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { OnIssued } from '../documents/document-desk.ts'
import { createNoteDesk } from '../documents/note-without-tax.ts'
import { sellerOf } from '../documents/seller-tables.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { planOne, problemOf, writePlanned } from '../run/bill-one.ts'
import type { BillingRound } from '../run/read-work.ts'
import { createRound } from '../run/rounds.ts'
import { refusalOfRun, doubtDays } from '../run/run-guard.ts'
import { lastBilledOn } from '../run/run-tables.ts'
import type { ServiceLines } from '../service-state/service-state.ts'
import { createLineActs } from '../subscriptions/line-acts.ts'
import type { LifeEvent } from '../subscriptions/life.ts'
import { subscriptionById } from '../subscriptions/subscription-tables.ts'
import {
  brokenView,
  freeOf,
  lookAt,
  prepaidRound,
  purseExpiry,
  viewOf,
  type PrepaidLook,
} from './prepaid-look.ts'
import {
  isShown,
  prepaidOf,
  prepaidSettings,
  putView,
  type PrepaidView,
  type Purse,
} from './prepaid-tables.ts'

/** What is done for prepaid subscriptions, each in the transaction of its cause. */
export interface PrepaidDesk {
  /**
   * All that is due now of a subscriber's prepaid subscriptions in a currency: periods charged, lines
   * off, lines back, a balance that has expired. True: something was written. Made twice it comes to
   * the same.
   */
  readonly turn: (tx: Transaction, purse: Purse, by?: string | null) => boolean
  /** A turn would write nothing: it is not made, and leaves no row in the trail. */
  readonly stands: (reads: Reads, purse: Purse) => boolean
  /** Money or a document moved: the same, there and then. */
  readonly moved: (tx: Transaction, subscriberId: string, currency: CurrencyCode) => void
  /**
   * After a person's act on a subscription, in its transaction; of what is not prepaid: nothing.
   * `mustPay`: errors `prepaid-short` where the balance does not cover what it brings today.
   */
  readonly acted: (
    tx: Transaction,
    subscriptionId: string,
    of: { readonly mustPay: boolean; readonly by: string | null },
  ) => void
  /** Minor units that the balance lacks for what an act would bring today; 0: nothing, or not prepaid. */
  readonly lacks: (reads: Reads, subscriptionId: string, added: readonly LifeEvent[]) => number
  /** Why nothing is charged today; null: it is. */
  readonly held: (reads: Reads) => Problem | null
}

/** On the document, in the subscriber's language. */
const expiredWords = { en: 'Balance expired', id: 'Saldo kedaluwarsa' } as const

/** So many steps of one subscription at once: ten years of months, and a bug ends too. */
const mostSteps = 400

export const createPrepaidDesk = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'subscribers' | 'log'> & {
    readonly today: Today
    readonly lines: Pick<ServiceLines, 'settle'>
    /** Told of every document that is issued here. */
    readonly issued: OnIssued
  },
): PrepaidDesk => {
  const { clock, newId, subscribers, today } = deps
  const act = createLineActs(deps)
  const writeOut = createNoteDesk(deps)
  /** What is issued here moves money as well: it is not looked at once more in the middle of it. */
  let isBusy = false

  const held = (reads: Reads): Problem | null => {
    const { workedOn } = prepaidSettings(reads)
    const billedOn = lastBilledOn(reads)
    const seller = sellerOf(reads)
    const now = today()
    const back = refusalOfRun({ today: now, lastOn: billedOn, dayIsRight: true, seller })
    if (back !== null) return back
    // Looked at each hour, so that a gap is a machine that slept, or a clock that jumped.
    const lastOn = workedOn
    if (lastOn === null) return null
    if (now < lastOn) return { code: 'billing-clock-back', params: { lastOn, today: now } }
    const days = daysBetween(lastOn, now)
    return days > doubtDays
      ? { code: 'billing-clock-ahead', params: { lastOn, today: now, days } }
      : null
  }

  const note = (
    tx: Transaction,
    subscriptionId: string,
    subscriberId: string,
    kind: string,
  ): void =>
    subscribers.note(tx, {
      subscriberId,
      kind,
      objectKind: 'subscription',
      objectId: subscriptionId,
      accountId: null,
      data: {},
    })

  const take = (
    tx: Transaction,
    round: BillingRound,
    { record, planned, step, facts }: PrepaidLook,
    by: string | null,
  ): boolean => {
    const write = (
      part: Partial<PrepaidLook['planned']['planned']>,
    ): ReturnType<typeof writePlanned> =>
      writePlanned(
        tx,
        round,
        { subscribers, at: clock.now(), accountId: by, issued: deps.issued },
        {
          ...planned,
          planned: { creditNotes: [], credits: [], invoices: [], throughOn: null, ...part },
        },
      )
    switch (step.kind) {
      case 'give-back': {
        const { creditNotes, credits } = planned.planned
        write({ creditNotes, credits })
        return true
      }
      case 'charge':
        write({ invoices: planned.planned.invoices.slice(0, 1), throughOn: step.throughOn })
        return true
      case 'through':
        write({ throughOn: step.on })
        return true
      case 'suspend':
        return act(tx, record.id, {
          kind: 'suspend',
          on: step.on,
          accountId: null,
          reason: '',
          note: step.because === 'balance' ? 'prepaid-ran-out' : 'prepaid-returned',
        })
      case 'restore':
        return act(tx, record.id, {
          kind: 'restore',
          on: facts.today,
          renews: true,
          accountId: by,
          reason: '',
          note: 'prepaid-back',
        })
      case 'wait':
        return false
    }
  }

  /** Whether a turn would do anything, and what would be shown of it where not. */
  const seen = (
    reads: Reads,
    round: BillingRound,
    subscriptionId: string,
    isDoubted: boolean,
  ): { readonly moves: boolean; readonly view: PrepaidView | null } => {
    try {
      const look = lookAt(reads, round, subscribers, subscriptionId)
      const moves = look.step.kind !== 'wait' && (!isDoubted || look.step.kind === 'restore')
      return { moves, view: moves ? null : viewOf(reads, round, subscribers, look) }
    } catch (error) {
      return { moves: false, view: brokenView(reads, subscriptionId, problemOf(error)) }
    }
  }

  const stands: PrepaidDesk['stands'] = (reads, purse) => {
    const problem = held(reads)
    const isDoubted = problem?.code === 'billing-clock-ahead'
    const round = prepaidRound(createRound(reads, { today: today(), runId: null, newId }))
    const ids = prepaidOf(reads, purse.subscriberId, purse.currency).map(({ id }) => id)
    return (
      ids.every((id) => {
        const { moves, view } =
          problem !== null && !isDoubted
            ? { moves: false, view: brokenView(reads, id, problem) }
            : seen(reads, round, id, isDoubted)
        return !moves && (view === null || isShown(reads, view))
      }) &&
      (problem !== null || !isExpired(reads, purse))
    )
  }

  const isExpired = (reads: Reads, purse: Purse): boolean => {
    const on = freeOf(reads, purse) === 0 ? null : purseExpiry(reads, purse)
    return on !== null && on <= today()
  }

  /** True: something was written. */
  const turnOne = (
    tx: Transaction,
    round: BillingRound,
    subscriptionId: string,
    of: { readonly isDoubted: boolean; readonly by: string | null },
  ): boolean => {
    let look: PrepaidLook
    try {
      look = lookAt(tx, round, subscribers, subscriptionId)
    } catch (error) {
      // Nothing was written yet: money that comes in is taken all the same, and it is looked at again.
      const problem = problemOf(error)
      if (problem.code === 'internal') {
        deps.log.error('a prepaid subscription could not be looked at', { subscriptionId, error })
      }
      return putBroken(tx, subscriptionId, problem)
    }
    let isMoved = false
    for (let steps = 0; steps < mostSteps; steps++) {
      // Of a day that nobody is sure of, only what somebody pays for now is done.
      if (of.isDoubted && !isMoved && look.step.kind !== 'restore') break
      if (!take(tx, round, look, of.by)) break
      isMoved = true
      look = lookAt(tx, round, subscribers, subscriptionId)
    }
    return putView(tx, viewOf(tx, round, subscribers, look), clock.now()) || isMoved
  }

  const putBroken = (tx: Transaction, subscriptionId: string, problem: Problem): boolean => {
    const view = brokenView(tx, subscriptionId, problem)
    return view !== null && putView(tx, view, clock.now())
  }

  const expire = (tx: Transaction, purse: Purse): boolean => {
    if (!isExpired(tx, purse)) return false
    const { subscriberId, currency } = purse
    const free = freeOf(tx, purse)
    writeOut(tx, { ...purse, amount: free, reason: 'balance-expired', words: expiredWords }, null)
    const [first] = prepaidOf(tx, subscriberId, currency)
    if (first !== undefined) note(tx, first.id, subscriberId, 'prepaid-expired')
    return true
  }

  const turn: PrepaidDesk['turn'] = (tx, purse, by = null) => {
    if (isBusy) return false
    const ids = prepaidOf(tx, purse.subscriberId, purse.currency).map(({ id }) => id)
    if (ids.length === 0) return false
    isBusy = true
    try {
      const problem = held(tx)
      const isDoubted = problem?.code === 'billing-clock-ahead'
      const round = prepaidRound(createRound(tx, { today: today(), runId: null, newId }))
      const all = (): boolean =>
        ids.map((id) => turnOne(tx, round, id, { isDoubted, by })).some(Boolean)
      // No document can be issued: what there is stays as it is, and is shown so.
      if (problem !== null && !isDoubted) {
        return ids.map((id) => putBroken(tx, id, problem)).some(Boolean)
      }
      const isMoved = all()
      if (problem !== null || !expire(tx, purse)) return isMoved
      all()
      return true
    } finally {
      isBusy = false
    }
  }

  /** What is given back by it counts. */
  const lacks: PrepaidDesk['lacks'] = (reads, subscriptionId, added) => {
    const round = prepaidRound(createRound(reads, { today: today(), runId: null, newId }))
    const { record, planned } = planOne(reads, round, subscribers, subscriptionId, added)
    if (round.plans.plan(record.planId).payment !== 'prepaid') return 0
    const back = planned.creditNotes.reduce((sum, { total }) => sum + total, 0)
    const due = planned.invoices.reduce((sum, { draft }) => sum + (draft?.total ?? 0), 0)
    return Math.max(0, due - back - freeOf(reads, record))
  }

  return {
    turn,
    stands,
    held,
    lacks,
    moved: (tx, subscriberId, currency) => {
      turn(tx, { subscriberId, currency })
    },
    acted: (tx, subscriptionId, { mustPay, by }) => {
      const record = subscriptionById(tx, subscriptionId)
      if (record === null) return
      const { subscriberId, currency } = record
      if (prepaidOf(tx, subscriberId, currency).every(({ id }) => id !== subscriptionId)) return
      if (mustPay) {
        const missing = lacks(tx, subscriptionId, [])
        if (missing > 0) throw new NocturneError('prepaid-short', { missing, currency })
      }
      turn(tx, { subscriberId, currency }, by)
    },
  }
}
