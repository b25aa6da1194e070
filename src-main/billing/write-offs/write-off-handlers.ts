import { calendarDate, laterDate } from '../../../src-shared/domain/calendar-date.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CallContext, CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import type { Belongs } from '../../engine/reach.ts'
import type { Transaction } from '../../store/write-path.ts'
import { appendLedger } from '../ledger/ledger-tables.ts'
import type { OnMoved } from '../payments/payment-desk.ts'
import { putAllocation } from '../payments/payment-tables.ts'
import { settleAccount } from '../payments/settle-account.ts'
import { gone } from '../plans/plan-handlers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import {
  amountOf,
  createWriteOffApproval,
  writeOffProblem,
  type WantedWriteOff,
} from './write-off-approval.ts'
import {
  putWish,
  putWriteOff,
  putWriteOffReversal,
  removeWish,
  settledByWriteOff,
  wishById,
  wishesOf,
  writeOffById,
  writeOffsOf,
  type WriteOffWish,
} from './write-off-tables.ts'

export type WriteOffQuery = 'billing.writeOffs' | 'billing.writeOffLook'
export type WriteOffCommand =
  | 'billing.writeOff'
  | 'billing.draftWriteOff'
  | 'billing.carryOutWriteOff'
  | 'billing.dropWriteOff'
  | 'billing.reverseWriteOff'

/** Debts that are given up: they settle what is open, and correct no document and no tax. */
export const createWriteOffHandlers = (
  deps: Pick<
    BillingDependencies,
    'approvals' | 'clock' | 'newId' | 'subscribers' | 'nameOfAccount'
  > & {
    readonly reads: Reads
    readonly today: Today
    readonly changed: () => void
    /** What is owed has moved, in the transaction that moves it. */
    readonly moved?: OnMoved
  },
) => {
  const { changed, clock, newId, reads, subscribers } = deps
  const belongs = (id: string): Belongs | null => {
    const subscriberId =
      wishById(reads, id)?.subscriberId ?? writeOffById(reads, id)?.subscriberId ?? null
    return subscriberId === null ? null : subscribers.belongs(subscriberId)
  }
  const approval = createWriteOffApproval({
    gate: deps.approvals,
    reads,
    now: clock.now,
    subscribers,
    belongs,
    moved: changed,
  })
  const byOf = ({ session }: CallContext): string | null => session?.accountId ?? null
  const nameOf = (accountId: string | null): string | null =>
    accountId === null ? null : deps.nameOfAccount(accountId)

  /** Errors: `not-found`, `document-not-open`, `allocation-twice`, `allocation-beyond-document`. */
  const refuse = (reader: Reads, wanted: WantedWriteOff): void => {
    if (subscribers.party(wanted.subscriberId) === null) throw gone('subscriber')
    const problem = writeOffProblem(reader, wanted)
    if (problem !== null) throw problem
  }

  const told = (tx: Transaction, wish: WriteOffWish, kind: string, by: string | null): void => {
    subscribers.note(tx, {
      subscriberId: wish.subscriberId,
      kind,
      objectKind: 'write-off',
      objectId: wish.id,
      accountId: by,
      // SECURITY: no money: whoever reads the subscriber may not read what he owes.
      data: {},
    })
    tx.about({
      objectKind: 'write-off',
      objectId: wish.id,
      subjectId: wish.subscriberId,
      reason: wish.reason,
    })
  }

  const carryOut = (tx: Transaction, wish: WriteOffWish, by: string | null): number => {
    const { id, subscriberId, currency, reason } = wish
    const [on, at, amount] = [deps.today(), clock.now(), amountOf(wish.documents)]
    putWriteOff(tx, { id, subscriberId, currency, amount, on, reason, at, by })
    for (const { documentId, amount: part } of wish.documents) {
      putAllocation(tx, {
        id: newId(),
        kind: 'write-off',
        sourceId: id,
        invoiceId: documentId,
        amount: part,
        on,
        at,
        takesBackId: null,
      })
    }
    const entry = { id: newId(), subscriberId, on, at, docId: id, currency, amount: -amount }
    appendLedger(tx, { ...entry, kind: 'write-off' })
    deps.moved?.(tx, subscriberId, currency)
    told(tx, wish, 'written-off', by)
    const data = { subscriberId, amount, currency, on }
    tx.change({ entity: 'write-off', entityId: id, kind: 'created', version: 1, data })
    return amount
  }

  const standingWish = (tx: Reads, id: string, baseVersion: number): WriteOffWish => {
    const wish = wishById(tx, id)
    if (wish === null) throw gone('write-off')
    if (wish.version !== baseVersion)
      throw new NocturneError('conflict', { what: 'write-off', version: wish.version })
    return wish
  }

  const wishOf = (
    { subscriberId, currency, documents, reason }: WantedWriteOff & { readonly reason: string },
    context: CallContext,
  ): WriteOffWish => ({
    id: newId(),
    version: 1,
    subscriberId,
    currency: currencyCode(currency),
    documents,
    reason,
    createdAt: clock.now(),
    createdBy: byOf(context),
  })

  const queries: QueryHandlers<WriteOffQuery> = {
    'billing.writeOffs': ({ subscriberId }) => ({
      writeOffs: writeOffsOf(reads, subscriberId).map((row) => ({
        ...row,
        by: nameOf(row.by),
        documents: settledByWriteOff(reads, row.id).map(({ documentId, number, amount }) => ({
          documentId,
          number,
          amount,
        })),
      })),
      wishes: wishesOf(reads, subscriberId).map((wish) => ({
        id: wish.id,
        version: wish.version,
        currency: wish.currency,
        amount: amountOf(wish.documents),
        reason: wish.reason,
        createdAt: wish.createdAt,
        createdBy: nameOf(wish.createdBy),
        stands: approval.stands(wish.id),
        secondPerson: approval.isNeeded(reads, wish),
      })),
    }),
    'billing.writeOffLook': (wanted) => {
      refuse(reads, wanted)
      return {
        amount: amountOf(wanted.documents),
        secondPerson: approval.isNeeded(reads, wanted),
      }
    },
  }

  const commands: CommandHandlers<WriteOffCommand> = {
    'billing.writeOff': (input, context) => ({
      apply(tx) {
        refuse(tx, input)
        // SECURITY: above the limit nobody gives a debt up alone.
        if (approval.isNeeded(tx, input)) {
          throw new NocturneError('approval-needed', { state: 'none' })
        }
        const wish = wishOf(input, context)
        return { writeOffId: wish.id, amount: carryOut(tx, wish, byOf(context)) }
      },
      after: changed,
    }),

    'billing.draftWriteOff': (input, context) => ({
      apply(tx) {
        refuse(tx, input)
        const wish = wishOf(input, context)
        putWish(tx, wish)
        const amount = amountOf(wish.documents)
        const data = { subscriberId: wish.subscriberId, amount, currency: wish.currency }
        tx.change({ entity: 'write-off', entityId: wish.id, kind: 'created', version: 1, data })
        const about = { objectKind: 'write-off', objectId: wish.id } as const
        tx.about({ ...about, subjectId: wish.subscriberId, reason: wish.reason })
        return {
          writeOffId: wish.id,
          version: 1,
          amount,
          secondPerson: approval.isNeeded(tx, wish),
        }
      },
      after: changed,
    }),

    'billing.carryOutWriteOff': ({ writeOffId, baseVersion }, context) => ({
      apply(tx) {
        const wish = standingWish(tx, writeOffId, baseVersion)
        refuse(tx, wish)
        const by = byOf(context)
        approval.use(tx, wish, by ?? '')
        removeWish(tx, writeOffId)
        return { amount: carryOut(tx, wish, by) }
      },
      after: changed,
    }),

    'billing.dropWriteOff': ({ writeOffId, baseVersion }) => ({
      apply(tx) {
        const { subscriberId, version } = standingWish(tx, writeOffId, baseVersion)
        removeWish(tx, writeOffId)
        const entityId = writeOffId
        tx.change({ entity: 'write-off', entityId, kind: 'deleted', version: version + 1 })
        tx.about({ objectKind: 'write-off', objectId: writeOffId, subjectId: subscriberId })
        return {}
      },
      after: changed,
    }),

    'billing.reverseWriteOff': ({ writeOffId, reason }, context) => ({
      apply(tx) {
        const row = writeOffById(tx, writeOffId)
        if (row === null) throw gone('write-off')
        if (row.reversedOn !== null) throw new NocturneError('write-off-reversed')
        const [on, at, by] = [laterDate(deps.today(), row.on), clock.now(), byOf(context)]
        const settled = settledByWriteOff(tx, writeOffId)
        for (const one of settled) {
          putAllocation(tx, {
            id: newId(),
            kind: 'write-off',
            sourceId: writeOffId,
            invoiceId: one.documentId,
            amount: -one.amount,
            on: laterDate(on, calendarDate(one.on)),
            at,
            takesBackId: one.id,
          })
        }
        const id = newId()
        putWriteOffReversal(tx, { id, writeOffId, on, reason, at, by })
        const { subscriberId, currency, amount } = row
        const entry = { id: newId(), subscriberId, on, at, docId: id, currency, amount }
        appendLedger(tx, { ...entry, kind: 'write-off' })
        // Credit that came since settles what is open again.
        settleAccount(tx, { subscriberId, currency, on, at, newId })
        deps.moved?.(tx, subscriberId, currency)
        const wish = { ...row, documents: [], version: 1, createdAt: at, createdBy: by, reason }
        told(tx, wish, 'write-off-reversed', by)
        const data = { reversed: on }
        tx.change({
          entity: 'write-off',
          entityId: writeOffId,
          kind: 'updated',
          version: 2,
          data,
        })
        return {
          reopened: settled.map(({ documentId, number, amount: part }) => ({
            documentId,
            number,
            amount: part,
          })),
        }
      },
      after: changed,
    }),
  }
  return { approvalKind: approval.kind, belongs, queries, commands }
}
