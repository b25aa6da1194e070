/**
 * What is open of invoices, and how money settles them. Pure arithmetic: payments, credits and
 * refunds are rows of the ledger elsewhere.
 */
export interface OpenItem {
  readonly id: string
  readonly dueOn: string
  readonly issuedOn: string
  /** Not negative. */
  readonly open: number
}

export interface Settled {
  readonly id: string
  readonly amount: number
}

/** Oldest due first; of equal ones the one issued first, then by id. What is left is credit. */
export const settleOldestFirst = (
  amount: number,
  items: readonly OpenItem[],
): { readonly settled: readonly Settled[]; readonly left: number } =>
  settleInOrder(
    amount,
    items.toSorted(
      (a, b) =>
        compareText(a.dueOn, b.dueOn) ||
        compareText(a.issuedOn, b.issuedOn) ||
        compareText(a.id, b.id),
    ),
  )

/** In the order given: chosen by who takes the money. */
export const settleInOrder = (
  amount: number,
  items: readonly Pick<OpenItem, 'id' | 'open'>[],
): { readonly settled: readonly Settled[]; readonly left: number } => {
  let left = Math.max(0, amount)
  const settled: Settled[] = []
  for (const { id, open } of items) {
    const part = Math.min(left, Math.max(0, open))
    if (part === 0) continue
    settled.push({ id, amount: part })
    left -= part
  }
  return { settled, left }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * What an invoice still asks for. A refund returns money and opens it again; an adjustment (a credit
 * note) lowers what is owed: two acts, one without the other or both.
 */
export const invoiceBalance = ({
  total,
  adjusted,
  paid,
  refunded,
}: {
  readonly total: number
  readonly adjusted: number
  readonly paid: number
  readonly refunded: number
}): number => total - adjusted - paid + refunded
