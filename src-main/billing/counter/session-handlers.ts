import type { CashTill } from '../../../src-shared/contract/billing-counter-model.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CallContext, CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import type { Transaction } from '../../store/write-path.ts'
import { accountOf, gone } from '../plans/plan-handlers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { ownSession, refuseEmptyDrawer, reportOf } from './cash-desk.ts'
import {
  correctionById,
  countById,
  countsOf,
  putCorrection,
  putCount,
  putSign,
} from './count-tables.ts'
import {
  closeSession,
  insertSession,
  moveById,
  movesOf,
  openSession,
  putMove,
  sessionById,
  sessionsPage,
  type SessionRecord,
} from './session-tables.ts'
import { moveView, sessionView } from './session-view.ts'
import { allTills, putTill, tillById, tillNamed, type TillRecord } from './till-tables.ts'

export type CashQuery =
  | 'billing.tills'
  | 'billing.counter'
  | 'billing.cashSessions'
  | 'billing.cashSession'
export type CashCommand =
  | 'billing.saveTill'
  | 'billing.openCash'
  | 'billing.moveCash'
  | 'billing.countCash'
  | 'billing.closeCash'
  | 'billing.signCash'
  | 'billing.correctCash'

/** Shown of a session at once. */
const shownMoves = 200

const may = ({ session }: Pick<CallContext, 'session'>, permission: string): boolean =>
  session?.permissions.has(permission) === true

/** Who acts at a till is a person: the console itself runs none. */
const personOf = (context: Pick<CallContext, 'session'>): string => {
  const accountId = accountOf(context)
  if (accountId === null) throw new NocturneError('not-signed-in', {})
  return accountId
}

export const createSessionHandlers = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'nameOfAccount'> & {
    readonly reads: Reads
    readonly today: Today
    readonly changed: () => void
  },
): {
  readonly queries: QueryHandlers<CashQuery>
  readonly commands: CommandHandlers<CashCommand>
} => {
  const { clock, newId, reads, changed } = deps
  const nameOf = (accountId: string): string => deps.nameOfAccount(accountId) ?? ''
  const shownTill = ({ openBy, ...till }: TillRecord): CashTill => ({
    ...till,
    openBy: openBy === null ? null : nameOf(openBy),
  })
  const latest = (sessionId: string) =>
    movesOf(reads, sessionId)
      .slice(-shownMoves)
      .toReversed()
      .map((move) => moveView(move, nameOf))

  const about = (tx: Transaction, sessionId: string, reason = ''): void =>
    tx.about({ objectKind: 'cash-session', objectId: sessionId, reason })
  const told = (tx: Transaction, id: string, kind: 'created' | 'updated', data: object): void =>
    tx.change({ entity: 'cash-session', entityId: id, kind, version: 1, data: { ...data } })

  /** Closed, and of somebody else. Errors: `not-found`, `cash-session-running`, `cash-own-session`. */
  const closedOfOther = (tx: Reads, sessionId: string, by: string): SessionRecord => {
    const session = sessionById(tx, sessionId)
    if (session === null) throw gone('cash-session')
    if (session.closedAt === null) throw new NocturneError('cash-session-running', {})
    // SECURITY: nobody corrects or signs what he ran himself (triggers say so as well).
    if (session.accountId === by) throw new NocturneError('cash-own-session', {})
    return session
  }

  return {
    queries: {
      'billing.tills': (_, context) => ({
        tills: allTills(reads)
          .map(shownTill)
          // SECURITY: where a printer listens is told to who looks after tills; who runs one learns it
          // of his own (`billing.counter`).
          .map((till) => (may(context, 'billing.cash.manage') ? till : { ...till, printer: null })),
      }),
      'billing.counter': (_, context) => {
        const session = openSession(reads, { accountId: personOf(context) })
        const till = session === null ? null : tillById(reads, session.tillId)
        return {
          today: deps.today(),
          session: session === null ? null : sessionView(reads, session, nameOf),
          till: till === null ? null : shownTill(till),
          moves: session === null ? [] : latest(session.id),
          counts: session === null ? [] : countsOf(reads, session.id),
        }
      },
      'billing.cashSessions': ({ state, limit, offset }) => {
        const { sessions, total } = sessionsPage(reads, state, limit, offset)
        return { total, sessions: sessions.map((one) => sessionView(reads, one, nameOf)) }
      },
      'billing.cashSession': ({ sessionId }, context) => {
        const session = sessionById(reads, sessionId)
        // SECURITY: a cashier sees his own and learns of no other.
        const isOwn = session?.accountId === personOf(context)
        if (session === null || (!isOwn && !may(context, 'billing.cash.read'))) {
          throw gone('cash-session')
        }
        return {
          session: sessionView(reads, session, nameOf),
          moves: latest(sessionId),
          counts: countsOf(reads, sessionId),
        }
      },
    },
    commands: {
      'billing.saveTill': ({ tillId, baseVersion, ...input }) => ({
        apply: (tx) => {
          const before = tillId === null ? null : tillById(tx, tillId)
          if (tillId !== null && before === null) throw gone('till')
          if ((before?.version ?? 0) !== baseVersion) {
            throw new NocturneError('conflict', { what: 'till' })
          }
          const id = tillId ?? newId()
          const named = tillNamed(tx, input.name)
          if (named !== null && named.id !== id) {
            throw new NocturneError('conflict', { what: 'till-name' })
          }
          const currency = currencyCode(input.currency)
          const isOther = before !== null && (before.currency !== currency || input.archived)
          if (before !== null && before.openBy !== null && isOther) {
            throw new NocturneError('till-in-use', { till: before.name, by: nameOf(before.openBy) })
          }
          putTill(tx, { ...input, id, version: baseVersion + 1, currency }, clock.now())
          tx.about({ objectKind: 'cash-till', objectId: id })
          tx.change({
            entity: 'cash-till',
            entityId: id,
            kind: before === null ? 'created' : 'updated',
            version: baseVersion + 1,
            data: { ...input },
          })
          return { tillId: id }
        },
        after: changed,
      }),

      'billing.openCash': ({ sessionId, tillId, float }, context) => ({
        apply: (tx) => {
          const accountId = personOf(context)
          const till = tillById(tx, tillId)
          if (till === null || till.archived) throw gone('till')
          if (till.openBy !== null && till.openBy !== accountId) {
            throw new NocturneError('till-in-use', { till: till.name, by: nameOf(till.openBy) })
          }
          const own = openSession(tx, { accountId })
          if (own !== null) throw new NocturneError('cash-session-open', { till: own.tillName })
          if (sessionById(tx, sessionId) !== null) {
            throw new NocturneError('conflict', { what: 'cash-session' })
          }
          const { currency } = till
          const at = clock.now()
          const openedOn = deps.today()
          insertSession(tx, {
            id: sessionId,
            tillId,
            accountId,
            currency,
            openedAt: at,
            openedOn,
            float,
          })
          about(tx, sessionId)
          told(tx, sessionId, 'created', { tillId, accountId, currency, float })
          return {}
        },
        after: changed,
      }),

      'billing.moveCash': ({ moveId, kind, amount, reason }, context) => ({
        apply: (tx) => {
          const session = ownSession(tx, personOf(context))
          const before = moveById(tx, moveId)
          const signed = kind === 'in' ? amount : -amount
          if (before !== null) {
            // Sent again after the line broke: one movement, one answer.
            const isSame = before.kind === kind && before.amount === signed
            if (isSame && before.sessionId === session.id) {
              return { expected: reportOf(tx, session).expected }
            }
            throw new NocturneError('conflict', { what: 'cash-move' })
          }
          if (kind !== 'in') refuseEmptyDrawer(tx, session, amount)
          putMove(tx, {
            id: moveId,
            sessionId: session.id,
            kind,
            method: 'cash',
            amount: signed,
            reason,
            at: clock.now(),
            by: personOf(context),
          })
          about(tx, session.id, reason)
          told(tx, session.id, 'updated', { kind, amount })
          return { expected: reportOf(tx, session).expected }
        },
        after: changed,
      }),

      'billing.countCash': ({ countId, counted, pieces }, context) => ({
        apply: (tx) => {
          const by = personOf(context)
          const session = ownSession(tx, by)
          const { id: sessionId } = session
          const before = countById(tx, countId)
          if (before !== null) {
            // Sent again: what was counted then, against what was expected then.
            if (before.sessionId === sessionId && before.counted === counted) {
              return { expected: before.expected, difference: counted - before.expected }
            }
            throw new NocturneError('conflict', { what: 'cash-count' })
          }
          const { expected } = reportOf(tx, session)
          putCount(tx, { id: countId, sessionId, counted, expected, pieces, at: clock.now(), by })
          about(tx, sessionId)
          told(tx, sessionId, 'updated', { counted, expected })
          return { expected, difference: counted - expected }
        },
        after: changed,
      }),

      'billing.closeCash': ({ sessionId, counted, pieces, expected, reason }, context) => ({
        apply: (tx) => {
          const by = personOf(context)
          const session = sessionById(tx, sessionId)
          const isOther = session !== null && session.accountId !== by
          // A session that somebody left: who may sign closes it, and another one signs it then.
          if (session === null || (isOther && !may(context, 'billing.cash.sign'))) {
            throw gone('cash-session')
          }
          if (session.closedAt !== null) {
            throw new NocturneError('cash-session-closed', { number: session.number })
          }
          const report = reportOf(tx, session)
          if (report.expected !== expected) {
            throw new NocturneError('conflict', { what: 'cash-session' })
          }
          const difference = counted - expected
          if (difference !== 0 && reason === '') throw new NocturneError('cash-reason-needed', {})
          const on = deps.today()
          const end = { at: clock.now(), on, by, counted, report, reason, pieces }
          const number = closeSession(tx, session, end)
          about(tx, sessionId, reason)
          told(tx, sessionId, 'updated', { number, counted, expected, difference })
          return { number, difference }
        },
        after: changed,
      }),

      'billing.signCash': ({ sessionId, note }, context) => ({
        apply: (tx) => {
          const by = personOf(context)
          const session = closedOfOther(tx, sessionId, by)
          if (session.closedBy === by) throw new NocturneError('cash-own-session', {})
          if (session.signedAt !== null) throw new NocturneError('cash-signed', {})
          putSign(tx, { sessionId, note, at: clock.now(), by })
          about(tx, sessionId, note)
          told(tx, sessionId, 'updated', { signed: true })
          return {}
        },
        after: changed,
      }),

      'billing.correctCash': ({ correctionId, sessionId, amount, reason }, context) => ({
        apply: (tx) => {
          const by = personOf(context)
          closedOfOther(tx, sessionId, by)
          const before = correctionById(tx, correctionId)
          if (before !== null) {
            if (before.sessionId === sessionId && before.amount === amount) return {}
            throw new NocturneError('conflict', { what: 'cash-correction' })
          }
          putCorrection(tx, sessionId, { id: correctionId, amount, reason, at: clock.now(), by })
          about(tx, sessionId, reason)
          told(tx, sessionId, 'updated', { correction: amount })
          return {}
        },
        after: changed,
      }),
    },
  }
}
