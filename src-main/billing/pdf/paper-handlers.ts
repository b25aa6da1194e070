import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import { paidAt } from '../counter/session-tables.ts'
import { sellerOf, snapshotOfSeller } from '../documents/seller-tables.ts'
import { ledgerSums } from '../ledger/ledger-tables.ts'
import { gone } from '../plans/plan-handlers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { billingSettings } from '../plans/settings-tables.ts'
import type { BillingDependencies } from '../ports.ts'
import { writeManyPapers } from './many-papers.ts'
import { createPaperDesk } from './paper-desk.ts'
import { fileNameOf, tidyPapers, writePaper } from './paper-files.ts'
import { documentsOfRun, paperSettingsOf, putPaperSettings, statementRows } from './paper-tables.ts'
import { paperLanguage } from './paper-words.ts'
import { codesProblem } from './payment-codes.ts'
import { renderPaper } from './render-paper.ts'
import { createSlices } from './slices.ts'
import { statementPaper } from './statement-paper.ts'

export type PaperQuery = 'billing.paperSettings'
export type PaperCommand =
  | 'billing.configurePapers'
  | 'billing.documentPdf'
  | 'billing.receiptPdf'
  | 'billing.receiptPdfOfMine'
  | 'billing.statementPdf'
  | 'billing.runPdfs'

/** Rows of a statement: what somebody has in ten years. */
const longestStatement = 5000

export const createPaperHandlers = (
  deps: Pick<
    BillingDependencies,
    'clock' | 'newId' | 'subscribers' | 'exportsFolder' | 'write' | 'log'
  > & {
    readonly reads: Reads
    readonly nextTurn: () => Promise<void>
    readonly changed: () => void
  },
): {
  readonly queries: QueryHandlers<PaperQuery>
  readonly commands: CommandHandlers<PaperCommand>
  /** Removes what a console that died left half written. */
  start(): void
} => {
  const { clock, exportsFolder, newId, reads, subscribers } = deps
  const desk = createPaperDesk(deps)
  const slices = () => createSlices({ monotonic: clock.monotonic, nextTurn: deps.nextTurn })

  const receiptPdf: CommandHandlers<PaperCommand>['billing.receiptPdf'] = async ({
    paymentId,
    ...wish
  }) => {
    const made = await desk.receipt(paymentId, wish, slices())
    const { fileName, sha256, subscriberId, bytes } = made
    return {
      apply: (tx) => {
        desk.keep(tx, made, clock.now())
        tx.about({ objectKind: 'payment', objectId: paymentId, subjectId: subscriberId })
        return { folder: exportsFolder, fileName, sha256 }
      },
      after: () => writePaper(exportsFolder, fileName, newId(), bytes),
    }
  }

  return {
    start: () => {
      tidyPapers(exportsFolder).catch((error: unknown) =>
        deps.log.warn('half-written papers could not be removed', { error }),
      )
    },
    queries: {
      'billing.paperSettings': () => paperSettingsOf(reads),
    },
    commands: {
      'billing.configurePapers': ({ baseVersion, settings }) => {
        const part = codesProblem(settings, currencyCode(billingSettings(reads).currency))
        if (part !== null) throw new NocturneError('payment-code-invalid', { part })
        return {
          apply: (tx) => {
            const { version } = paperSettingsOf(tx)
            if (version !== baseVersion)
              throw new NocturneError('conflict', { what: 'paper-settings', version })
            putPaperSettings(tx, { version: version + 1, settings })
            tx.change({
              entity: 'setting',
              entityId: 'papers',
              kind: 'updated',
              version: version + 1,
              data: settings,
            })
            return {}
          },
          after: deps.changed,
        }
      },

      'billing.documentPdf': async ({ documentId, ...wish }) => {
        const made = await desk.document(documentId, wish, slices())
        const { fileName, sha256, subscriberId, bytes } = made
        return {
          apply: (tx) => {
            desk.keep(tx, made, clock.now())
            tx.about({ objectKind: 'invoice', objectId: documentId, subjectId: subscriberId })
            return { folder: exportsFolder, fileName, sha256 }
          },
          // Written when the audit trail has it.
          after: () => writePaper(exportsFolder, fileName, newId(), bytes),
        }
      },

      'billing.receiptPdf': receiptPdf,

      'billing.receiptPdfOfMine': (input, context) => {
        // SECURITY: a cashier's own receipts alone.
        const paid = paidAt(reads, input.paymentId)
        if (paid === null || paid.accountId !== context.session?.accountId) throw gone('payment')
        return receiptPdf(input, context)
      },

      'billing.statementPdf': async ({ subscriberId, currency, fromOn, untilOn, ...wish }) => {
        const party = subscribers.party(subscriberId)
        if (party === null) throw gone('subscriber')
        const of = { subscriberId, currency, fromOn, untilOn }
        const { opening, count } = ledgerSums(reads, of)
        if (count > longestStatement)
          throw new NocturneError('statement-too-long', { rows: count, most: longestStatement })
        const language = wish.language ?? paperLanguage(party.language)
        const model = statementPaper(
          {
            seller: snapshotOfSeller(sellerOf(reads)),
            buyer: party,
            currency,
            fromOn,
            untilOn,
            opening,
            rows: statementRows(reads, of),
            at: clock.now(),
          },
          language,
        )
        const { bytes } = await renderPaper(model, wish.paper, slices())
        const name = fileNameOf('statement', party.code, currency, fromOn, untilOn, wish.paper)
        const fileName = `${name}-${language}.pdf`
        return {
          apply: () => ({ folder: exportsFolder, fileName, rows: count }),
          after: () => writePaper(exportsFolder, fileName, newId(), bytes),
        }
      },

      'billing.runPdfs': async ({ runId, documentIds, taskId, ...wish }, context) => {
        const ids = runId === null ? [...new Set(documentIds)] : documentsOfRun(reads, runId)
        if (ids.length === 0) throw new NocturneError('nothing-to-print')
        const folderName = `documents-${newId()}`
        const { folder, files, differ } = await writeManyPapers(ids, wish, {
          desk,
          slices: slices(),
          signal: context.signal,
          exportsFolder,
          folderName,
          now: clock.now,
          write: deps.write,
          progress: (done, total) => context.progress(taskId, 'documents', done, total),
        })
        return {
          apply: () => ({ folder: `${exportsFolder}/${folderName}`, files, differ: [...differ] }),
          after: folder.name,
        }
      },
    },
  }
}
