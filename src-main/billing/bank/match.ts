import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import type { BankLine } from './bank-statement.ts'

/** A document that is not wholly paid. */
export interface OpenDocument {
  readonly id: string
  readonly number: string
  readonly subscriberId: string
  /** What is left of it, in minor units; above 0. */
  readonly open: number
  readonly currency: CurrencyCode
  readonly dueOn: CalendarDate
}

export interface KnownPayer {
  readonly subscriberId: string
  readonly code: string
  readonly name: string
  /** Accounts that paid for him before, as `tidyAccount` has them. */
  readonly accounts: readonly string[]
}

export const matchReasons = [
  'document-number',
  'subscriber-code',
  'known-account',
  'same-amount',
  'sum-of-open',
  'name',
] as const
export type MatchReason = (typeof matchReasons)[number]

/** `certain`: booked by one key for all of them. `likely`: looked at one by one. `weak`: a hint. */
export type MatchStrength = 'certain' | 'likely' | 'weak'

export interface MatchProposal {
  readonly subscriberId: string
  readonly strength: MatchStrength
  readonly reasons: readonly MatchReason[]
  /** Which documents it would settle, in this order; minor units. */
  readonly allocations: readonly { readonly documentId: string; readonly minor: number }[]
  /** What would be left as credit. */
  readonly credit: number
}

export interface Matcher {
  /** The best first, at most five; none for money that went out or was taken back. */
  readonly proposalsOf: (line: BankLine) => readonly MatchProposal[]
}

/** A number or code as it is compared: its letters and digits. */
export const compact = (text: string): string =>
  text.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

const wordsOf = (text: string): readonly string[] =>
  text
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')

/** The longest number of a document or code in parts, such as INV / 2026 / 11 / 000123. */
const longestRun = 6
const shortestCode = 4

/** Every word, and every run of words as one: payers write `INV 2026 000123` for INV-2026-000123. */
export function* runsOf(text: string): Generator<string> {
  const words = wordsOf(text)
  for (let from = 0; from < words.length; from++) {
    let run = ''
    for (let to = from; to < Math.min(words.length, from + longestRun); to++) {
      run += words[to] ?? ''
      if (run.length >= shortestCode) yield run
    }
  }
}

const groupBy = <T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return groups
}

/** Made once for a file; each line is then looked up, not compared with everybody. */
export const createMatcher = (
  documents: readonly OpenDocument[],
  payers: readonly KnownPayer[],
): Matcher => {
  const byNumber = groupBy(documents, ({ number }) => compact(number))
  const bySubscriber = groupBy(documents, ({ subscriberId }) => subscriberId)
  const byAmount = groupBy(documents, ({ open, currency }) => `${currency}${open}`)
  const byCode = groupBy(payers, ({ code }) => compact(code))
  const byAccount = groupBy(
    payers.flatMap((payer) => payer.accounts.map((account) => ({ account, payer }))),
    ({ account }) => account,
  )
  const byName = groupBy(
    payers.filter(({ name }) => wordsOf(name).length > 1),
    ({ name }) => nameKey(name),
  )

  const openOf = (subscriberId: string, currency: CurrencyCode): readonly OpenDocument[] =>
    (bySubscriber.get(subscriberId) ?? [])
      .filter((document) => document.currency === currency)
      .toSorted((one, other) =>
        one.dueOn === other.dueOn
          ? one.number < other.number
            ? -1
            : 1
          : one.dueOn < other.dueOn
            ? -1
            : 1,
      )

  const candidatesOf = (line: BankLine): ReadonlyMap<string, Candidate> => {
    const found = new Map<string, Candidate>()
    const note = (subscriberId: string, reason: MatchReason, document?: OpenDocument): void => {
      const candidate = found.get(subscriberId) ?? { reasons: new Set(), named: [] }
      candidate.reasons.add(reason)
      if (document !== undefined && !candidate.named.includes(document)) {
        candidate.named.push(document)
      }
      found.set(subscriberId, candidate)
    }
    const said = [line.remittance, line.endToEndId, line.creditorReference].map((one) => one ?? '')
    for (const run of said.flatMap((text) => [...runsOf(text)])) {
      for (const document of byNumber.get(run) ?? []) {
        if (document.currency === line.currency) {
          note(document.subscriberId, 'document-number', document)
        }
      }
      for (const payer of byCode.get(run) ?? []) note(payer.subscriberId, 'subscriber-code')
    }
    for (const { payer } of byAccount.get(line.counterpartyAccount ?? '') ?? []) {
      note(payer.subscriberId, 'known-account')
    }
    const name = line.counterpartyName ?? ''
    for (const payer of byName.get(nameKey(name)) ?? []) note(payer.subscriberId, 'name')
    if (found.size === 0) {
      const same = byAmount.get(`${line.currency}${line.minor}`) ?? []
      // An amount alone says something only where nobody else owes just that.
      const [only] = same
      if (only !== undefined && same.length === 1) note(only.subscriberId, 'same-amount', only)
    }
    return found
  }

  return {
    proposalsOf: (line) => {
      if (line.minor <= 0 || line.isReversal) return []
      const proposals = [...candidatesOf(line)].map(([subscriberId, candidate]) =>
        proposalOf(line, subscriberId, candidate, openOf(subscriberId, line.currency)),
      )
      const certain = proposals.filter(({ strength }) => strength === 'certain')
      return proposals
        .map((proposal) =>
          // Two that are certain contradict each other.
          certain.length > 1 && proposal.strength === 'certain'
            ? { ...proposal, strength: 'likely' as const }
            : proposal,
        )
        .toSorted(byStrength)
        .slice(0, 5)
    },
  }
}

interface Candidate {
  readonly reasons: Set<MatchReason>
  readonly named: OpenDocument[]
}

/** The words of a name in one order: `BUDI SANTOSO` and `Santoso, Budi` are one. */
export const nameKey = (name: string): string => wordsOf(name).toSorted().join(' ')

const proposalOf = (
  line: BankLine,
  subscriberId: string,
  { reasons, named }: Candidate,
  open: readonly OpenDocument[],
): MatchProposal => {
  const sum = (documents: readonly OpenDocument[]): number =>
    documents.reduce((total, document) => total + document.open, 0)
  const found = new Set(reasons)
  const exact = named.length > 0 ? sum(named) === line.minor : false
  const oneOpen = named.length > 0 ? undefined : open.find((one) => one.open === line.minor)
  if (exact || oneOpen !== undefined) found.add('same-amount')
  else if (named.length === 0 && open.length > 1 && sum(open) === line.minor) {
    found.add('sum-of-open')
  }
  // What he named first, or the very one of this sum; then what is due longest.
  const first = named.length > 0 ? named : oneOpen === undefined ? [] : [oneOpen]
  const order = [...first, ...open.filter((document) => !first.includes(document))]
  let left = line.minor
  const allocations: { documentId: string; minor: number }[] = []
  for (const document of order) {
    if (left === 0) break
    const minor = Math.min(left, document.open)
    allocations.push({ documentId: document.id, minor })
    left -= minor
  }
  return {
    subscriberId,
    strength: strengthOf(found),
    reasons: matchReasons.filter((reason) => found.has(reason)),
    allocations,
    credit: left,
  }
}

const strengthOf = (reasons: ReadonlySet<MatchReason>): MatchStrength => {
  const whoIsSure = ['document-number', 'subscriber-code', 'known-account'] as const
  const isSure = whoIsSure.some((reason) => reasons.has(reason))
  const fits = reasons.has('same-amount') || reasons.has('sum-of-open')
  if (isSure) return fits ? 'certain' : 'likely'
  return reasons.has('name') && fits ? 'likely' : 'weak'
}

const order: Readonly<Record<MatchStrength, number>> = { certain: 0, likely: 1, weak: 2 }

const byStrength = (one: MatchProposal, other: MatchProposal): number =>
  order[one.strength] - order[other.strength] || other.reasons.length - one.reasons.length
