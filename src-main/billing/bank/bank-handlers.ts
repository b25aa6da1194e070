import type { Payload } from '../../../src-shared/contract/index.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import type { PaymentDesk } from '../payments/payment-desk.ts'
import { paymentById, type StoredPayment } from '../payments/payment-tables.ts'
import { accountOf, gone } from '../plans/plan-handlers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { billingSettings } from '../plans/settings-tables.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import {
  bankAccounts,
  createPayerHash,
  decideLine,
  lineById,
  proposalsOf,
  putMatch,
} from './bank-tables.ts'
import { findProposals } from './find-proposals.ts'
import {
  allUndecided,
  freshLines,
  keepProposals,
  keptLines,
  previewOf,
  putFile,
} from './import-file.ts'
import { bankAccountList, bankImportById, bankImportList } from './import-list.ts'
import { bankLineList, whereOf } from './line-list.ts'
import { stageFile, type StagedFile } from './stage-file.ts'
import { takeLine, waitingLine } from './take-line.ts'
import { createTakings } from './takings.ts'

export type BankQuery =
  | 'billing.bankAccounts'
  | 'billing.previewBankFile'
  | 'billing.bankImports'
  | 'billing.bankImport'
  | 'billing.bankLines'
export type BankCommand =
  | 'billing.importBankFile'
  | 'billing.matchBankLines'
  | 'billing.takeBankLine'
  | 'billing.linkBankLine'
  | 'billing.returnBankLine'
  | 'billing.takeSureBankLines'
  | 'billing.cancelBankTaking'
  | 'billing.ignoreBankLines'
  | 'billing.unignoreBankLines'

/** How long a file that was looked at can be taken in. */
const keptMs = 30 * 60_000

export const createBankHandlers = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'log' | 'write' | 'nameOfAccount'> & {
    readonly reads: Reads
    readonly today: Today
    readonly nextTurn: () => Promise<void>
    readonly desk: Pick<PaymentDesk, 'take'>
    /** What reverses a payment, whoever asks. */
    readonly reverse: CommandHandlers<'billing.reversePayment'>['billing.reversePayment']
    readonly changed: () => void
    readonly told: (progress: Payload<'billing.bankProgress'>) => void
  },
): {
  readonly queries: QueryHandlers<BankQuery>
  readonly commands: CommandHandlers<BankCommand>
  stop(): void
} => {
  const { clock, desk, newId, reads, nextTurn } = deps
  const payerHash = createPayerHash(reads)
  const takings = createTakings(deps)
  const staged = new Map<
    string,
    { readonly accountId: string | null; readonly file: StagedFile; readonly at: number }
  >()
  const dropOld = (accountId: string | null): void => {
    for (const [id, one] of staged) {
      if (one.accountId === accountId || clock.now() - one.at >= keptMs) staged.delete(id)
    }
  }
  const pace = (signal: AbortSignal) => ({
    nextTurn,
    check: () => {
      if (signal.aborted) throw new NocturneError('cancelled')
    },
  })

  return {
    stop: takings.stop,
    queries: {
      'billing.bankAccounts': () => bankAccountList(reads),
      'billing.previewBankFile': async (input, { session, signal, progress }) => {
        progress(input.taskId, 'read', 0, null)
        await nextTurn()
        pace(signal).check()
        const file = stageFile(input, {
          accounts: bankAccounts(reads),
          usualCurrency: currencyCode(billingSettings(reads).currency),
          today: deps.today(),
          newId,
          payerHash,
        })
        pace(signal).check()
        const accountId = session?.accountId ?? null
        dropOld(accountId)
        const stagedId = newId()
        staged.set(stagedId, { accountId, file, at: clock.now() })
        return previewOf(reads, stagedId, file)
      },
      'billing.bankImports': ({ offset, limit }) =>
        bankImportList(reads, offset, limit, deps.nameOfAccount),
      'billing.bankImport': ({ importId }) => bankImportById(reads, importId, deps.nameOfAccount),
      'billing.bankLines': (input) => ({
        ...bankLineList(reads, input, deps.nameOfAccount),
        running: takings.running(),
      }),
    },
    commands: {
      'billing.importBankFile': async ({ stagedId, accountName }, { session, signal }) => {
        const by = accountOf({ session })
        const found = staged.get(stagedId)
        // SECURITY: what one account looked at, no other carries out.
        if (found?.accountId !== by || clock.now() - found.at >= keptMs) throw gone('bank-file')
        const importId = newId()
        const fresh = freshLines(reads, found.file, newId)
        const lines = [...keptLines(importId, fresh), ...allUndecided(reads)]
        const proposals = await findProposals(reads, lines, pace(signal))
        return {
          apply: (tx) => {
            putFile(tx, found.file, fresh, { importId, accountName, at: clock.now(), by })
            const own = new Set(fresh.lines.map(({ id }) => id))
            keepProposals(tx, new Map([...proposals].filter(([id]) => !own.has(id))))
            const { proposed } = keepProposals(
              tx,
              new Map([...proposals].filter(([id]) => own.has(id))),
            )
            const added = fresh.lines.length
            tx.change({
              entity: 'bank-import',
              entityId: importId,
              kind: 'created',
              version: 1,
              data: { added },
            })
            return { importId, added, known: fresh.known, proposed }
          },
          after: () => {
            staged.delete(stagedId)
            deps.changed()
          },
        }
      },

      'billing.matchBankLines': async (_, { signal }) => {
        const found = await findProposals(reads, allUndecided(reads), pace(signal))
        return { apply: (tx) => keepProposals(tx, found), after: deps.changed }
      },

      'billing.takeBankLine': ({ lineId, parts }, { session }) => ({
        apply: (tx) => {
          const kept = waitingLine(tx, lineId)
          if (kept.line.minor < 0) throw new NocturneError('bank-line-not-its', { what: 'out' })
          const at = clock.now()
          const by = accountOf({ session })
          return { numbers: takeLine(tx, desk, { kept, parts, newId, at, by }) }
        },
        after: deps.changed,
      }),

      'billing.linkBankLine': ({ lineId, paymentId }, { session }) => ({
        apply: (tx) => {
          const { line, left } = waitingLine(tx, lineId)
          const payment = paymentById(tx, paymentId)
          if (payment === null) throw gone('payment')
          if (payment.reversal !== null) {
            throw new NocturneError('payment-reversed', { number: payment.number })
          }
          const isLinked =
            tx.all(`SELECT 1 FROM bank_match WHERE payment_id = ? AND role = 'in'`, paymentId)
              .length > 0
          const fits =
            payment.amount === left && payment.currency === line.currency && isOfBank(payment)
          if (isLinked || !fits || line.minor < 0) {
            throw new NocturneError('bank-line-not-its', { what: isLinked ? 'linked' : 'amount' })
          }
          const by = accountOf({ session })
          putMatch(tx, lineId, paymentId, 'in', clock.now(), by)
          decideLine(tx, lineId, 'taken', by, clock.now())
          tx.about({
            subjectId: payment.subscriberId,
            objectKind: 'payment',
            objectId: paymentId,
          })
          return { number: payment.number }
        },
        after: deps.changed,
      }),

      'billing.returnBankLine': async ({ lineId, paymentId, reason }, context) => {
        const { line } = waitingLine(reads, lineId)
        const input = { paymentId, kind: 'returned' as const, on: line.bookedOn, reason }
        const { apply } = await deps.reverse(input, context)
        return {
          apply: (tx) => {
            const kept = waitingLine(tx, lineId)
            const payment = paymentById(tx, paymentId)
            if (payment === null) throw gone('payment')
            const fits =
              kept.line.minor === -payment.amount &&
              kept.line.currency === payment.currency &&
              isOfBank(payment)
            if (!fits) throw new NocturneError('bank-line-not-its', { what: 'amount' })
            apply(tx)
            const by = accountOf(context)
            putMatch(tx, lineId, paymentId, 'out', clock.now(), by)
            decideLine(tx, lineId, 'taken', by, clock.now())
            return { number: payment.number }
          },
          after: deps.changed,
        }
      },

      'billing.takeSureBankLines': (input, { session }) => {
        let lineIds: readonly string[] = []
        return {
          apply: (tx) => {
            if (takings.running() !== null) throw new NocturneError('bank-taking')
            const sure = sureLines(tx, input.accountId, input.lineIds)
            const sums = new Map<string, number>()
            for (const { currency, minor } of sure) {
              sums.set(currency, (sums.get(currency) ?? 0) + minor)
            }
            // What the person saw is not what there is now: he looks again.
            const isSame =
              sure.length === input.count &&
              sums.size === input.sums.length &&
              input.sums.every(({ currency, minor }) => sums.get(currency) === minor)
            if (!isSame) throw new NocturneError('conflict', { what: 'bank-lines' })
            lineIds = sure.map(({ id }) => id)
            return { total: sure.length }
          },
          after: () => {
            void takings.begin(lineIds, accountOf({ session })).then(deps.changed)
          },
        }
      },
      'billing.cancelBankTaking': () => ({
        apply: () => {
          if (takings.running() === null) throw gone('bank-taking')
          return {}
        },
        after: () => void takings.cancel(),
      }),

      'billing.ignoreBankLines': ({ lineIds, reason }, { session }) => ({
        apply: (tx) => {
          const by = accountOf({ session })
          for (const lineId of lineIds) {
            const kept = waitingLine(tx, lineId)
            // A part of it was taken: it is some subscriber's money.
            if (kept.line.minor > 0 && kept.left !== kept.line.minor) {
              throw new NocturneError('bank-line-decided', { state: 'taken' })
            }
            decideLine(tx, lineId, 'ignored', by, clock.now(), reason)
          }
          tx.about({ reason })
          return { ignored: lineIds.length }
        },
        after: deps.changed,
      }),
      'billing.unignoreBankLines': async ({ lineIds }, { signal }) => {
        const waiting = lineIds.flatMap((id) => {
          const kept = lineById(reads, id)
          return kept === null ? [] : [{ ...kept, state: 'unmatched' as const }]
        })
        const found = await findProposals(reads, waiting, pace(signal))
        return {
          apply: (tx) => {
            for (const lineId of lineIds) {
              if (lineById(tx, lineId)?.state !== 'ignored') throw gone('bank-line')
              tx.run(
                `UPDATE bank_line SET state = 'unmatched', decided_at = NULL, decided_by = NULL,
                  reason = '' WHERE id = ?`,
                lineId,
              )
            }
            keepProposals(tx, found)
            return { back: lineIds.length }
          },
          after: deps.changed,
        }
      },
    },
  }
}

/** Cash and cards come in elsewhere: a movement that were made one with them would be lost. */
const isOfBank = ({ method }: Pick<StoredPayment, 'method'>): boolean =>
  method === 'transfer' || method === 'other'

/** Lines whose best proposal is certain, the oldest first. */
const sureLines = (reads: Reads, accountId: string | null, lineIds: readonly string[]) => {
  const { sql, values } = whereOf({
    states: ['proposed'],
    direction: 'in',
    strength: 'certain',
    accountId,
    importId: null,
    fromOn: null,
    untilOn: null,
    search: '',
  })
  return reads
    .all<{ id: string; currency: string; minor: number }>(
      `SELECT l.id, l.currency, l.minor FROM bank_line l WHERE ${sql}
        AND (? = 0 OR l.id IN (SELECT value FROM json_each(?))) ORDER BY l.booked_on, l.id`,
      ...values,
      lineIds.length,
      JSON.stringify(lineIds),
    )
    .filter(({ id }) => proposalsOf(reads, id)[0]?.strength === 'certain')
}
