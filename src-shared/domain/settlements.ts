/** What settles what: pure arithmetic on what is open and what is free. Minor units of one currency. */

export interface OpenDocument {
  readonly id: string
  readonly dueOn: string
  readonly issuedOn: string
  /** Above 0. */
  readonly open: number
}

/** Money or credit that settles nothing yet. */
export interface FreeSource {
  readonly kind: 'payment' | 'credit-note'
  readonly id: string
  readonly on: string
  /** Above 0. */
  readonly free: number
  /** The document that a credit note corrects: it settles that one first. */
  readonly correctsId: string | null
}

export interface Settlement {
  readonly kind: FreeSource['kind']
  readonly sourceId: string
  readonly documentId: string
  readonly amount: number
}

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

const oldestFirst = (one: OpenDocument, other: OpenDocument): number =>
  byText(one.dueOn, other.dueOn) || byText(one.issuedOn, other.issuedOn) || byText(one.id, other.id)

/** Credit notes before money, so that what is paid too much stays money that can be given back. */
const creditFirst = (one: FreeSource, other: FreeSource): number =>
  byText(one.kind, other.kind) || byText(one.on, other.on) || byText(one.id, other.id)

/**
 * A credit note settles its own document first; then whatever is free settles what is open, oldest due
 * first. Afterwards nothing is free, or nothing is open.
 */
export const settlementsOf = (
  documents: readonly OpenDocument[],
  sources: readonly FreeSource[],
): readonly Settlement[] => {
  const open = new Map(documents.map(({ id, open: left }) => [id, left]))
  const free = new Map(sources.map(({ id, free: left }) => [id, left]))
  const made: Settlement[] = []
  const settle = (source: FreeSource, documentId: string): void => {
    const amount = Math.min(free.get(source.id) ?? 0, open.get(documentId) ?? 0)
    if (amount <= 0) return
    free.set(source.id, (free.get(source.id) ?? 0) - amount)
    open.set(documentId, (open.get(documentId) ?? 0) - amount)
    made.push({ kind: source.kind, sourceId: source.id, documentId, amount })
  }
  const ordered = sources.toSorted(creditFirst)
  for (const source of ordered) if (source.correctsId !== null) settle(source, source.correctsId)
  for (const source of ordered) {
    for (const { id } of documents.toSorted(oldestFirst)) settle(source, id)
  }
  return made
}

export interface Chosen {
  readonly documentId: string
  readonly amount: number
}

export type ChosenProblem =
  | { readonly code: 'document-not-open'; readonly documentId: string }
  | {
      readonly code: 'allocation-beyond-document'
      readonly documentId: string
      readonly open: number
    }
  | { readonly code: 'allocation-beyond-payment'; readonly over: number }
  | { readonly code: 'allocation-twice'; readonly documentId: string }

/** Why money cannot settle what somebody chose; null: it can. */
export const chosenProblem = (
  amount: number,
  chosen: readonly Chosen[],
  documents: readonly Pick<OpenDocument, 'id' | 'open'>[],
): ChosenProblem | null => {
  const open = new Map(documents.map((document) => [document.id, document.open]))
  const seen = new Set<string>()
  for (const one of chosen) {
    const left = open.get(one.documentId)
    const { documentId } = one
    if (left === undefined) return { code: 'document-not-open', documentId }
    if (seen.has(documentId)) return { code: 'allocation-twice', documentId }
    if (one.amount > left) return { code: 'allocation-beyond-document', documentId, open: left }
    seen.add(documentId)
  }
  const over = chosen.reduce((sum, one) => sum + one.amount, 0) - amount
  return over > 0 ? { code: 'allocation-beyond-payment', over } : null
}

/**
 * Which settlements of a payment are taken back so that `amount` of it is free: the latest first, the
 * last one in part. `free` of it settles nothing.
 */
export const takenBack = (
  amount: number,
  free: number,
  settled: readonly { readonly id: string; readonly amount: number }[],
): readonly { readonly id: string; readonly amount: number }[] => {
  let left = Math.max(0, amount - free)
  const back: { id: string; amount: number }[] = []
  for (const one of settled.toReversed()) {
    if (left === 0) break
    const part = Math.min(left, one.amount)
    if (part > 0) back.push({ id: one.id, amount: part })
    left -= part
  }
  return back
}
