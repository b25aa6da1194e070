import { NocturneError } from '../../../src-shared/errors.ts'
import type { QueryHandlers } from '../../engine/handlers.ts'
import { balanceOf, ledgerCurrencies, ledgerRows, ledgerSums } from '../ledger/ledger-tables.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { billingSettings } from '../plans/settings-tables.ts'
import { endOfTime } from '../date-ranges.ts'
import { listDocuments } from './document-list.ts'
import { createDocumentDesk, type DeskDependencies } from './document-desk.ts'
import { draftLook } from './draft-look.ts'
import { documentById } from './document-tables.ts'
import { makeReport } from './report.ts'
import { sellerOf } from './seller-tables.ts'

export type DocumentQuery =
  | 'billing.seller'
  | 'billing.documents'
  | 'billing.document'
  | 'billing.draftLook'
  | 'billing.ledger'
  | 'billing.report'

/** Before every day of a ledger. */
const startOfTime = '0001-01-01'

export const createDocumentQueries = (
  deps: Pick<DeskDependencies, 'now' | 'today' | 'newId' | 'subscribers' | 'issued'> & {
    readonly reads: Reads
    readonly nameOfAccount: (accountId: string) => string | null
    readonly nextTurn: () => Promise<void>
  },
): QueryHandlers<DocumentQuery> => {
  const { reads } = deps
  const desk = createDocumentDesk(deps)
  return {
    'billing.seller': () => {
      const { version, ...seller } = sellerOf(reads)
      return { version, seller }
    },
    'billing.documents': (input, { reach }) => listDocuments(reads, input, reach),
    'billing.document': ({ documentId }) => {
      const found = documentById(reads, documentId, deps.nameOfAccount)
      if (found === null) throw new NocturneError('not-found', { what: 'invoice' })
      return found
    },
    'billing.draftLook': (input) =>
      draftLook(input, desk.taxing(reads, desk.partyOf(input.subscriberId))),
    'billing.report': ({ fromOn, untilOn, taskId }, context) =>
      makeReport(
        reads,
        { fromOn, untilOn },
        {
          nextTurn: deps.nextTurn,
          signal: context.signal,
          progress: (documents) => {
            if (taskId !== undefined) context.progress(taskId, 'documents', documents, null)
          },
        },
      ),
    'billing.ledger': (input) => {
      const { subscriberId, offset, limit } = input
      const currencies = ledgerCurrencies(reads, subscriberId)
      const own = billingSettings(reads).currency
      const currency = input.currency ?? (currencies.includes(own) ? own : (currencies[0] ?? own))
      const of = {
        subscriberId,
        currency,
        fromOn: input.fromOn ?? startOfTime,
        untilOn: input.untilOn ?? endOfTime,
      }
      const { opening, sum, count } = ledgerSums(reads, of)
      return {
        currency,
        currencies: [...currencies],
        total: count,
        opening,
        closing: opening + sum,
        balance: balanceOf(reads, subscriberId, currency),
        rows: [...ledgerRows(reads, { ...of, offset, limit })],
      }
    },
  }
}
