import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { byteOrderMark, csvLine } from '../../../src-shared/domain/csv-write.ts'
import { formatMinor, safeMinor } from '../../../src-shared/domain/money.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CommandHandlers } from '../../engine/handlers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { fileNameOf, openPaperText } from '../pdf/paper-files.ts'
import { paperSettingsOf } from '../pdf/paper-tables.ts'
import type { BillingDependencies } from '../ports.ts'
import { journalEntry } from './journal-entries.ts'
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

export const createJournalHandlers = (
  deps: Pick<BillingDependencies, 'newId' | 'exportsFolder'> & {
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
      const linesOf = (row: JournalRow): string => {
        const currency = currencyCode(row.currency)
        const sum = sums.get(row.currency) ?? { debit: 0, credit: 0 }
        sums.set(row.currency, sum)
        entries += 1
        return journalEntry(row, settings)
          .map(({ account, amount, taxCode, ratePpm }) => {
            if (amount > 0) sum.debit = safeMinor(sum.debit + amount)
            else sum.credit = safeMinor(sum.credit - amount)
            return csvLine([
              row.seq,
              row.on,
              row.kind,
              row.number,
              account,
              amount > 0 ? formatMinor(amount, currency) : '',
              amount > 0 ? '' : formatMinor(-amount, currency),
              row.currency,
              taxCode,
              ratePpm === null ? '' : String(ratePpm / 10_000),
              row.subscriberCode,
              row.subscriberName,
            ])
          })
          .join('')
      }
      try {
        await file.write(byteOrderMark + head)
        let after = { on: fromOn, seq: 0 }
        for (;;) {
          if (context.signal.aborted) throw new NocturneError('cancelled')
          const page = journalPage(reads, after, untilOn)
          const last = page.at(-1)
          if (last === undefined) break
          await file.write(page.map(linesOf).join(''))
          after = { on: last.on, seq: last.seq }
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
