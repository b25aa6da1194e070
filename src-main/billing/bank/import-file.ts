import type { Output } from '../../../src-shared/contract/index.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'
import {
  bankAccounts,
  keepMapping,
  keepNumber,
  knownKeys,
  lineById,
  putAccount,
  putImport,
  putLine,
  putStatement,
  setProposals,
  twinOf,
  undecidedLines,
  type KeptLine,
  type KeptProposal,
} from './bank-tables.ts'
import { refuseFile, type StagedFile, type StagedLine } from './stage-file.ts'

/** Puts a staged file in, all of it or nothing: what is known already stays as it is. */

const mostProblems = 200
const shownSample = 20

/** What it would bring, as it is shown. */
export const previewOf = (
  reads: Reads,
  stagedId: string,
  file: StagedFile,
): Output<'billing.previewBankFile'> => {
  const known = knownKeys(
    reads,
    file.lines.map(({ key }) => key),
  )
  const fresh = file.lines.filter(({ key }) => !known.has(key))
  const days = file.lines.map(({ line }) => line.bookedOn).toSorted()
  const ids = new Map(file.accounts.map((account) => [account.id, account]))
  return {
    stagedId,
    format: file.format,
    encoding: file.encoding,
    table:
      file.table === null
        ? null
        : { ...file.table, records: file.table.records.map((record) => [...record]) },
    accounts: file.accounts.map(({ isNew, ...account }) => ({
      ...account,
      id: isNew ? null : account.id,
    })),
    read: file.lines.length,
    fresh: fresh.length,
    twins: fresh.filter((one) => twinOf(reads, one.accountId, one.line, file.format) !== null)
      .length,
    incoming: sumsOf(fresh.filter(({ line }) => line.minor > 0)),
    outgoing: sumsOf(fresh.filter(({ line }) => line.minor < 0)),
    fromOn: days[0] ?? null,
    toOn: days.at(-1) ?? null,
    statements: file.statements.slice(0, 100).map(({ accountId, ...statement }) => ({
      ...statement,
      account: ids.get(accountId)?.number ?? ids.get(accountId)?.name ?? '',
    })),
    problems: file.problems.slice(0, mostProblems).map((problem) => ({ ...problem })),
    problemsTotal: file.problems.length,
    sample: file.lines.slice(0, shownSample).map(({ key, line }) => ({
      position: line.position,
      bookedOn: line.bookedOn,
      minor: line.minor,
      currency: line.currency,
      payer: line.counterpartyName ?? '',
      words: line.remittance,
      known: known.has(key),
    })),
  }
}

const sumsOf = (lines: readonly StagedLine[]) => {
  const sums = new Map<string, { currency: string; count: number; minor: number }>()
  for (const { line } of lines) {
    const before = sums.get(line.currency) ?? { currency: line.currency, count: 0, minor: 0 }
    before.count += 1
    before.minor += line.minor
    sums.set(line.currency, before)
  }
  return [...sums.values()]
}

export interface FreshLines {
  readonly known: number
  readonly lines: readonly (StagedLine & { readonly id: string; readonly twinId: string | null })[]
}

/** Those that are not known, with the ids that they get. */
export const freshLines = (reads: Reads, file: StagedFile, newId: () => string): FreshLines => {
  const known = knownKeys(
    reads,
    file.lines.map(({ key }) => key),
  )
  const lines = file.lines
    .filter(({ key }) => !known.has(key))
    .map((one) => ({
      ...one,
      id: newId(),
      twinId: twinOf(reads, one.accountId, one.line, file.format),
    }))
  return { known: known.size, lines }
}

export const keptLines = (importId: string, fresh: FreshLines): readonly KeptLine[] =>
  fresh.lines.map(({ id, line, twinId }) => ({
    id,
    importId,
    state: 'unmatched',
    twinId,
    left: Math.max(0, line.minor),
    line,
  }))

/** Errors: `bank-file-known`, `bank-account-taken`, `conflict`. */
export const putFile = (
  tx: Transaction,
  file: StagedFile,
  fresh: FreshLines,
  how: {
    readonly importId: string
    readonly accountName: string
    readonly at: number
    readonly by: string | null
  },
): void => {
  const { importId, at, by } = how
  if (fresh.lines.length === 0) refuseFile('bank-file-known')
  const accounts = bankAccounts(tx)
  const made = file.accounts.filter(({ isNew }) => isNew)
  for (const account of file.accounts) {
    if (!account.isNew) {
      if (account.number !== null) keepNumber(tx, account.id, account.number)
      continue
    }
    const typed = made.length === 1 ? how.accountName : ''
    const name = typed === '' ? (account.number ?? '') : typed
    if (name === '') throw new NocturneError('invalid-input', { field: 'accountName' })
    const isTaken = accounts.some(
      (one) =>
        one.name.toLowerCase() === name.toLowerCase() ||
        (account.number !== null && one.number === account.number),
    )
    if (isTaken) throw new NocturneError('bank-account-taken', { name })
    putAccount(tx, { ...account, name }, at)
  }
  if (file.table !== null) keepMapping(tx, file.accounts[0]!.id, file.table.mapping)
  putImport(tx, {
    id: importId,
    at,
    by,
    fileName: file.fileName,
    format: file.format,
    encoding: file.encoding,
    read: file.lines.length,
    added: fresh.lines.length,
    failed: file.problems.length,
    problems: file.problems.slice(0, mostProblems),
  })
  for (const [position, statement] of file.statements.entries()) {
    putStatement(tx, importId, position, statement)
  }
  const keys = knownKeys(
    tx,
    fresh.lines.map(({ key }) => key),
  )
  // Somebody else brought some of them in meanwhile.
  if (keys.size > 0) throw new NocturneError('conflict', { what: 'bank-file' })
  for (const one of fresh.lines) putLine(tx, { ...one, importId })
}

/** Every line that waits, for it to be looked at anew. */
export const allUndecided = (reads: Reads): readonly KeptLine[] => {
  const all: KeptLine[] = []
  for (let after = ''; ;) {
    const page = undecidedLines(reads, after, 2000)
    all.push(...page)
    const last = page.at(-1)
    if (last === undefined || page.length < 2000) return all
    after = last.id
  }
}

/** How many have a proposal now. Payments and lines that went meanwhile are left out. */
export const keepProposals = (
  tx: Transaction,
  found: ReadonlyMap<string, readonly KeptProposal[]>,
): { proposed: number; unmatched: number } => {
  const count = { proposed: 0, unmatched: 0 }
  for (const [lineId, proposals] of found) {
    const kept = lineById(tx, lineId)
    if (kept?.state !== 'unmatched' && kept?.state !== 'proposed') continue
    const standing = proposals.filter(({ subscriberId }) => isThere(tx, subscriberId))
    setProposals(tx, lineId, standing)
    if (standing.length > 0) count.proposed += 1
    else count.unmatched += 1
  }
  return count
}

const isThere = (reads: Reads, subscriberId: string): boolean =>
  reads.all(`SELECT 1 FROM subscriber WHERE id = ?`, subscriberId).length > 0
