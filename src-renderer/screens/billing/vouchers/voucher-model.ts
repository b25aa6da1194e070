import type { VoucherBatch } from '../../../../src-shared/contract/billing-vouchers.ts'

export const batchColumns = [
  'number',
  'name',
  'value',
  'count',
  'new',
  'used',
  'expires',
  'made',
] as const
export type BatchColumn = (typeof batchColumns)[number]

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

const keyOf = (batch: VoucherBatch, column: BatchColumn): string | number | null => {
  switch (column) {
    case 'new':
    case 'used':
      return batch.states[column]
    case 'expires':
      return batch.expiresOn
    case 'made':
      return batch.createdAt
    default:
      return batch[column]
  }
}

/** What has no value stands last in either direction. */
export const sortBatches = (
  batches: readonly VoucherBatch[],
  { column, descending }: { readonly column: BatchColumn; readonly descending: boolean },
): readonly VoucherBatch[] =>
  batches.toSorted((one, other) => {
    const [a, b] = [keyOf(one, column), keyOf(other, column)]
    if (a === b) return other.number - one.number
    if (a === null) return 1
    if (b === null) return -1
    const order =
      typeof a === 'number' && typeof b === 'number'
        ? a - b
        : collator.compare(String(a), String(b))
    return descending ? -order : order
  })
