import type { Output } from '../../../src-shared/contract/index.ts'
import type { BankProblem } from '../../../src-shared/contract/billing-bank-model.ts'
import { gone } from '../plans/plan-handlers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { bankAccounts } from './bank-tables.ts'

/** What files brought, and what became of it. */

type Row = Output<'billing.bankImports'>['imports'][number]

const columns = `i.id, i.at, i.by, i.file_name AS fileName, i.format, i.encoding, i.read, i.added,
  i.failed,
  (SELECT json_group_array(DISTINCT a.name) FROM bank_line l JOIN bank_account a
    ON a.id = l.account_id WHERE l.import_id = i.id) AS accounts,
  (SELECT count(*) FROM bank_statement s WHERE s.import_id = i.id AND s.difference <> 0) AS differs,
  (SELECT count(*) FROM bank_line l WHERE l.import_id = i.id
    AND l.state IN ('unmatched', 'proposed')) AS waiting`

type Columns = Omit<Row, 'accounts'> & { readonly accounts: string }

const rowOf = (
  { accounts, ...row }: Columns,
  nameOfAccount: (id: string) => string | null,
): Row => ({
  ...row,
  by: row.by === null ? null : nameOfAccount(row.by),
  accounts: JSON.parse(accounts) as string[],
})

export const bankImportList = (
  reads: Reads,
  offset: number,
  limit: number,
  nameOfAccount: (id: string) => string | null,
): Output<'billing.bankImports'> => ({
  total: reads.all<{ count: number }>(`SELECT count(*) AS count FROM bank_import`)[0]?.count ?? 0,
  imports: reads
    .all<Columns>(
      `SELECT ${columns} FROM bank_import i ORDER BY i.at DESC, i.id DESC LIMIT ? OFFSET ?`,
      limit,
      offset,
    )
    .map((row) => rowOf(row, nameOfAccount)),
})

/** Errors: `not-found`. */
export const bankImportById = (
  reads: Reads,
  importId: string,
  nameOfAccount: (id: string) => string | null,
): Output<'billing.bankImport'> => {
  const [row] = reads.all<Columns>(`SELECT ${columns} FROM bank_import i WHERE i.id = ?`, importId)
  if (row === undefined) throw gone('bank-import')
  return {
    import: rowOf(row, nameOfAccount),
    statements: reads
      .all<Output<'billing.bankImport'>['statements'][number]>(
        `SELECT coalesce(a.number, a.name) AS account, s.number, s.currency, s.opening, s.closing,
          s.closing_on AS closingOn, s.difference FROM bank_statement s
          JOIN bank_account a ON a.id = s.account_id WHERE s.import_id = ? ORDER BY s.position`,
        importId,
      )
      .map((one) => ({ ...one })),
    problems: problemsOf(reads, importId),
    states: reads
      .all<Output<'billing.bankImport'>['states'][number]>(
        `SELECT state, currency, CASE WHEN minor > 0 THEN 'in' ELSE 'out' END AS direction,
          count(*) AS count, sum(minor) AS minor FROM bank_line WHERE import_id = ?
          GROUP BY state, currency, minor > 0 ORDER BY currency, direction, state`,
        importId,
      )
      .map((one) => ({ ...one })),
  }
}

export const bankAccountList = (reads: Reads): Output<'billing.bankAccounts'> => {
  const facts = new Map(
    reads
      .all<{
        id: string
        lines: number
        waiting: number
        lastOn: string | null
        lastImportAt: number | null
      }>(
        `SELECT l.account_id AS id, count(*) AS lines,
          sum(l.state IN ('unmatched', 'proposed')) AS waiting, max(l.booked_on) AS lastOn,
          max(i.at) AS lastImportAt FROM bank_line l JOIN bank_import i ON i.id = l.import_id
          GROUP BY l.account_id`,
      )
      .map((one) => [one.id, one]),
  )
  return {
    accounts: bankAccounts(reads).map((account) => {
      const of = facts.get(account.id)
      return {
        ...account,
        lines: of?.lines ?? 0,
        waiting: of?.waiting ?? 0,
        lastOn: of?.lastOn ?? null,
        lastImportAt: of?.lastImportAt ?? null,
      }
    }),
  }
}

const problemsOf = (reads: Reads, importId: string): BankProblem[] =>
  reads
    .all<{ problems: string }>(`SELECT problems FROM bank_import WHERE id = ?`, importId)
    .flatMap(({ problems }) => JSON.parse(problems) as BankProblem[])
