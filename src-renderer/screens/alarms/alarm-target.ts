import type { AlarmFilter, AlarmRow } from '../../../src-shared/contract/alarms-model.ts'
import type { CallInput, Output } from '../../../src-shared/contract/index.ts'

/** What an act is for: rows that were chosen, or all that the list's question finds. */
export type AlarmTarget =
  | { readonly kind: 'rows'; readonly rows: readonly AlarmRow[] }
  | { readonly kind: 'matching'; readonly filter: AlarmFilter; readonly total: number }

export type WhichAlarms = CallInput<'alarms.acknowledge'>['which']

export const sizeOf = (target: AlarmTarget): number =>
  target.kind === 'rows' ? target.rows.length : target.total

/** As many ids as one act takes. */
export const mostIds = 2000
const pageSize = 500

/**
 * Named alarms as far as they can be named, so that exactly those are acted on that were counted and
 * the act can be taken back; beyond that the question itself, with the count that was shown.
 */
export const whichOf = async (
  target: AlarmTarget,
  list: (input: CallInput<'alarms.list'>) => Promise<Output<'alarms.list'>>,
): Promise<{ readonly which: WhichAlarms; readonly rows: readonly AlarmRow[] }> => {
  if (target.kind === 'rows') {
    return { which: { ids: target.rows.map((row) => row.id) }, rows: target.rows }
  }
  if (target.total > mostIds) {
    return { which: { filter: target.filter, expected: target.total }, rows: [] }
  }
  const rows = new Map<string, AlarmRow>()
  for (let offset = 0; offset < target.total; offset += pageSize) {
    const page = await list({
      filter: target.filter,
      sort: { column: 'raisedAt' },
      offset,
      limit: pageSize,
    })
    for (const row of page.alarms) rows.set(row.id, row)
    if (page.alarms.length < pageSize) break
  }
  const found = [...rows.values()]
  // Nothing left to act on: the engine refuses with the count that was shown.
  if (found.length === 0) {
    return { which: { filter: target.filter, expected: target.total }, rows: [] }
  }
  return { which: { ids: found.map((row) => row.id) }, rows: found }
}

/** Ids by what they had before, for taking an act back. */
export const groupedBy = <Key>(
  rows: readonly AlarmRow[],
  key: (row: AlarmRow) => Key,
): ReadonlyMap<Key, readonly string[]> => {
  const groups = new Map<Key, string[]>()
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row.id])
  return groups
}
