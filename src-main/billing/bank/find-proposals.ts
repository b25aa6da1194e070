import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { openDocuments } from '../payments/payment-tables.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { KeptLine, KeptProposal } from './bank-tables.ts'
import {
  compact,
  createMatcher,
  nameKey,
  runsOf,
  type KnownPayer,
  type OpenDocument,
} from './match.ts'
import { returnsOf, takenByHand } from './payment-proposals.ts'

/** Rows that are read between two pauses. */
const page = 4000
/** An account that paid for more of them says nothing: a shop, an agent, the seller himself. */
const mostOfOneAccount = 5

/**
 * Who may have paid what, and what it would settle; of money that went out, which payment it takes
 * back. Reads every open document and every name once, in pages, and keeps only what the lines could
 * mean: a file of ten thousand lines over a hundred thousand subscribers leaves the console responsive.
 */
export const findProposals = async (
  reads: Reads,
  lines: readonly KeptLine[],
  pace: { readonly nextTurn: () => Promise<void>; readonly check: () => void },
): Promise<ReadonlyMap<string, readonly KeptProposal[]>> => {
  const incoming = lines.filter(({ line }) => line.minor > 0)
  const said = wordsIn(incoming)
  const pause = async (): Promise<void> => {
    await pace.nextTurn()
    pace.check()
  }
  const accounts = accountsOf(reads, said.hashes)
  const wanted = new Set(accounts.keys())
  for await (const document of pagesOf(openPage(reads), pause)) {
    if (document.open <= 0) continue
    const isNamed = said.runs.has(compact(document.number))
    if (isNamed || said.amounts.has(`${document.currency}${document.open}`)) {
      wanted.add(document.subscriberId)
    }
  }
  const payers: KnownPayer[] = []
  for await (const { id, code, name } of pagesOf(subscriberPage(reads), pause)) {
    if (wanted.has(id) || said.runs.has(compact(code)) || said.names.has(nameKey(name))) {
      payers.push({ subscriberId: id, code, name, accounts: accounts.get(id) ?? [] })
    }
  }
  const documents: OpenDocument[] = []
  for (const [index, { subscriberId }] of payers.entries()) {
    if (index % 500 === 499) await pause()
    documents.push(...openDocumentsOf(reads, subscriberId))
  }
  const matcher = createMatcher(documents, payers)
  const found = new Map<string, readonly KeptProposal[]>()
  for (const [index, kept] of lines.entries()) {
    if (index % 200 === 199) await pause()
    // Where a part of it was taken, the rest is looked for.
    const line = kept.line.minor > 0 ? { ...kept.line, minor: kept.left } : kept.line
    const isSplit = line.minor !== kept.line.minor
    if (line.minor < 0) {
      found.set(kept.id, returnsOf(reads, line, said.runsOfLine(line)))
      continue
    }
    const proposals = matcher.proposalsOf(line).map((one): KeptProposal => ({
      subscriberId: one.subscriberId,
      paymentId: null,
      // Of a line that may be known from another format, or was split, nothing is certain.
      strength:
        (kept.twinId !== null || isSplit) && one.strength === 'certain' ? 'likely' : one.strength,
      reasons: one.reasons,
      documents: one.allocations.map(({ documentId }) => documentId),
    }))
    found.set(kept.id, takenByHand(reads, line, proposals))
  }
  return found
}

const openDocumentsOf = (reads: Reads, subscriberId: string): readonly OpenDocument[] =>
  openDocuments(reads, subscriberId).map((one) => ({
    id: one.id,
    number: one.number,
    subscriberId,
    open: one.open,
    currency: one.currency,
    dueOn: one.dueOn as CalendarDate,
  }))

/** Everything in the lines that could name somebody. */
const wordsIn = (lines: readonly KeptLine[]) => {
  const runsOfLine = (line: KeptLine['line']): ReadonlySet<string> => {
    const texts = [line.remittance, line.endToEndId, line.creditorReference, line.bankReference]
    return new Set(texts.flatMap((text) => [...runsOf(text ?? '')]))
  }
  const runs = new Set<string>()
  const names = new Set<string>()
  const hashes = new Set<string>()
  const amounts = new Set<string>()
  for (const { line, left } of lines) {
    for (const run of runsOfLine(line)) runs.add(run)
    if (line.counterpartyName !== null) names.add(nameKey(line.counterpartyName))
    if (line.counterpartyAccount !== null) hashes.add(line.counterpartyAccount)
    amounts.add(`${line.currency}${left}`)
  }
  return { runs, names, hashes, amounts, runsOfLine }
}

/** Accounts that paid for him before, by subscriber. */
const accountsOf = (
  reads: Reads,
  hashes: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> => {
  const rows = reads.all<{ hash: string; subscriberId: string }>(
    `SELECT DISTINCT l.payer_hash AS hash, p.subscriber_id AS subscriberId FROM bank_line l
      JOIN bank_match m ON m.line_id = l.id AND m.role = 'in' JOIN payment p ON p.id = m.payment_id
      WHERE l.payer_hash IN (SELECT value FROM json_each(?)) AND NOT EXISTS (
        SELECT 1 FROM payment_reversal v WHERE v.payment_id = p.id AND v.kind = 'mistake')`,
    JSON.stringify([...hashes]),
  )
  const paidFor = new Map<string, number>()
  for (const { hash } of rows) paidFor.set(hash, (paidFor.get(hash) ?? 0) + 1)
  const accounts = new Map<string, string[]>()
  for (const { hash, subscriberId } of rows) {
    if ((paidFor.get(hash) ?? 0) > mostOfOneAccount) continue
    accounts.set(subscriberId, [...(accounts.get(subscriberId) ?? []), hash])
  }
  return accounts
}

async function* pagesOf<Row extends { readonly key: string | number }>(
  read: (after: string | number) => readonly Row[],
  pause: () => Promise<void>,
): AsyncGenerator<Row> {
  let after: string | number = ''
  for (;;) {
    const rows = read(after)
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < page) return
    after = last.key
    await pause()
  }
}

const openPage = (reads: Reads) => (after: string | number) =>
  reads.all<{
    key: string
    number: string
    subscriberId: string
    currency: CurrencyCode
    open: number
  }>(
    // Paid ones as well: with years of them, the next that is open may be far.
    `SELECT i.id AS key, i.number, i.subscriber_id AS subscriberId, i.currency,
        i.total - coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.invoice_id = i.id), 0)
          AS open
      FROM invoice i WHERE i.status = 'issued' AND i.kind IN ('invoice', 'debit-note')
        AND i.id > ? ORDER BY i.id LIMIT ${page}`,
    String(after),
  )

const subscriberPage = (reads: Reads) => (after: string | number) =>
  reads.all<{ key: number; id: string; code: string; name: string }>(
    `SELECT number AS key, id, code, name FROM subscriber WHERE number > ? ORDER BY number
      LIMIT ${page}`,
    Number(after),
  )
