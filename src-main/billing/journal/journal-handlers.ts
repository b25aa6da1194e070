import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { byteOrderMark, csvLine } from '../../../src-shared/domain/csv-write.ts'
import { formatMinor, safeMinor } from '../../../src-shared/domain/money.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CommandHandlers } from '../../engine/handlers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { fileNameOf, openPaperText } from '../pdf/paper-files.ts'
import { paperSettingsOf } from '../pdf/paper-tables.ts'
import type { BillingDependencies } from '../ports.ts'
import { agentJournalEntry, agentJournalPage, type AgentJournalRow } from './agent-journal.ts'
import { journalEntry, type JournalLine } from './journal-entries.ts'
import { journalPage, type JournalRow } from './journal-source.ts'

export type JournalCommand = 'billing.exportJournal'

/** As an accountant's program reads them: names that stay, whatever the language. */
const head = csvLine([
  'entry',
  'date',
  'kind',
  'number',
  'account',
  'debit',
  'credit',
  'currency',
  'tax',
  'rate_percent',
  'customer',
  'customer_name',
])

/** Rows in the order of days, page by page. */
const pagesOf = <Row extends { readonly on: string; readonly seq: number }>(
  page: (after: { readonly on: string; readonly seq: number }) => readonly Row[],
  fromOn: string,
) => {
  let rows = page({ on: fromOn, seq: 0 })
  let at = 0
  return {
    next: (): Row | undefined => rows[at],
    take: (): void => {
      const taken = rows[at]
      at += 1
      if (taken === undefined || at < rows.length) return
      rows = page(taken)
      at = 0
    },
  }
}

/** Lines of the file that are written before others have their turn. */
const atOnce = 200

export const createJournalHandlers = (
  deps: Pick<BillingDependencies, 'newId' | 'exportsFolder' | 'nameOfAccount'> & {
    readonly reads: Reads
    readonly nextTurn: () => Promise<void>
  },
): { readonly commands: CommandHandlers<JournalCommand> } => ({
  commands: {
    'billing.exportJournal': async ({ fromOn, untilOn, taskId }, context) => {
      const { exportsFolder, reads } = deps
      const { settings } = paperSettingsOf(reads)
      const fileName = `${fileNameOf('journal', fromOn, untilOn)}.csv`
      const sums = new Map<string, { debit: number; credit: number }>()
      const file = await openPaperText(exportsFolder, fileName, deps.newId())
      let entries = 0
      const linesOf = (
        row: Pick<JournalRow, 'on' | 'currency' | 'number'> & {
          readonly entry: string | number
          readonly kind: string
          readonly party: readonly [string, string]
        },
        made: readonly JournalLine[],
      ): string => {
        const currency = currencyCode(row.currency)
        const sum = sums.get(row.currency) ?? { debit: 0, credit: 0 }
        sums.set(row.currency, sum)
        entries += 1
        return made
          .map(({ account, amount, taxCode, ratePpm }) => {
            if (amount > 0) sum.debit = safeMinor(sum.debit + amount)
            else sum.credit = safeMinor(sum.credit - amount)
            return csvLine([
              row.entry,
              row.on,
              row.kind,
              row.number,
              account,
              amount > 0 ? formatMinor(amount, currency) : '',
              amount > 0 ? '' : formatMinor(-amount, currency),
              row.currency,
              taxCode,
              ratePpm === null ? '' : String(ratePpm / 10_000),
              ...row.party,
            ])
          })
          .join('')
      }
      const ofCustomer = (row: JournalRow): string =>
        linesOf(
          { ...row, entry: row.seq, party: [row.subscriberCode, row.subscriberName] },
          journalEntry(row, settings),
        )
      /** Numbered apart: `A` and its place in the ledger of agents. */
      const ofAgent = (row: AgentJournalRow): string =>
        linesOf(
          {
            ...row,
            entry: `A${row.seq}`,
            kind: `agent-${row.kind}`,
            party: ['', deps.nameOfAccount(row.accountId) ?? ''],
          },
          agentJournalEntry(row, settings.accounts),
        )
      try {
        await file.write(byteOrderMark + head)
        const customers = pagesOf((after) => journalPage(reads, after, untilOn), fromOn)
        const agents = pagesOf((after) => agentJournalPage(reads, after, untilOn), fromOn)
        for (;;) {
          if (context.signal.aborted) throw new NocturneError('cancelled')
          const lines: string[] = []
          while (lines.length < atOnce) {
            const [one, other] = [customers.next(), agents.next()]
            if (one !== undefined && (other === undefined || one.on <= other.on)) {
              lines.push(ofCustomer(one))
              customers.take()
            } else if (other === undefined) {
              break
            } else {
              lines.push(ofAgent(other))
              agents.take()
            }
          }
          if (lines.length === 0) break
          await file.write(lines.join(''))
          context.progress(taskId, 'entries', entries, null)
          await deps.nextTurn()
        }
        await file.close()
      } catch (error) {
        await file.drop()
        throw error
      }
      return {
        apply: () => ({
          folder: exportsFolder,
          fileName,
          entries,
          sums: [...sums]
            .map(([currency, sum]) => ({ currency, ...sum }))
            .toSorted((a, b) => (a.currency < b.currency ? -1 : 1)),
        }),
        after: file.name,
      }
    },
  },
})
