import type { Input, Output } from '../../../src-shared/contract/index.ts'
import type { DryRow, DryRun } from './dry-run.ts'

/** Sums and pages of a dry run. Pure. */

export interface KeptDryRun extends DryRun {
  readonly id: string
}

const isChanged = ({ total, before, problem }: DryRow): boolean =>
  problem === null && total !== before

type Sums = Pick<
  Output<'billing.dryRun'>,
  'looked' | 'invoices' | 'creditNotes' | 'failed' | 'changed' | 'sums'
>

export const sumsOfDryRun = ({ looked, rows }: DryRun): Sums => {
  const sums = new Map<string, Sums['sums'][number]>()
  const count = { invoices: 0, creditNotes: 0, failed: 0, changed: 0 }
  for (const row of rows) {
    if (row.problem !== null) {
      count.failed += 1
      continue
    }
    count.invoices += row.invoices
    count.creditNotes += row.creditNotes
    count.changed += isChanged(row) ? 1 : 0
    const sum = sums.get(row.currency)
    sums.set(row.currency, {
      currency: row.currency,
      subscriptions: (sum?.subscriptions ?? 0) + 1,
      net: (sum?.net ?? 0) + row.net,
      tax: (sum?.tax ?? 0) + row.tax,
      total: (sum?.total ?? 0) + row.total,
      before: (sum?.before ?? 0) + row.before,
    })
  }
  return { looked, ...count, sums: [...sums.values()] }
}

type Asked = Input<'billing.dryRunRows'>

const inView: Readonly<Record<Asked['view'], (row: DryRow) => boolean>> = {
  all: () => true,
  changed: isChanged,
  failed: ({ problem }) => problem !== null,
  credited: ({ creditNotes }) => creditNotes > 0,
}

const measure: Readonly<Record<Exclude<Asked['sort'], 'subscriber'>, (row: DryRow) => number>> = {
  total: ({ total }) => total,
  difference: ({ total, before }) => total - before,
}

export const pageOfDryRun = (
  { rows }: DryRun,
  { view, search, sort, descending, offset, limit }: Asked,
): Output<'billing.dryRunRows'> => {
  const text = search.toLocaleLowerCase('en')
  const found = rows.filter(
    (row) =>
      inView[view](row) &&
      (text === '' ||
        row.subscriberName.toLocaleLowerCase('en').includes(text) ||
        row.subscriberCode.toLocaleLowerCase('en').includes(text) ||
        row.planName.toLocaleLowerCase('en').includes(text)),
  )
  // They stand by name; a sort that is stable keeps that for equal ones.
  const sorted =
    sort === 'subscriber' ? found : found.toSorted((a, b) => measure[sort](a) - measure[sort](b))
  const ordered = descending ? sorted.toReversed() : sorted
  return { total: found.length, rows: ordered.slice(offset, offset + limit) }
}
