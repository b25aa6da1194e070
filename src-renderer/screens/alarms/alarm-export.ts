import type { AlarmFilter, AlarmRow, AlarmSort } from '../../../src-shared/contract/alarms-model.ts'
import type { CallInput, Output } from '../../../src-shared/contract/index.ts'

export interface AlarmExportPorts {
  readonly list: (input: CallInput<'alarms.list'>) => Promise<Output<'alarms.list'>>
  readonly onProgress: (done: number, total: number) => void
  readonly signal: AbortSignal
}

const pageSize = 500

/**
 * All rows of a question in pages. The book may change meanwhile: an alarm is in it once at most.
 * Resolves to null when it was cancelled; rejects with the engine's failure.
 */
export const fetchAllAlarms = async (
  filter: AlarmFilter,
  sort: AlarmSort,
  { list, onProgress, signal }: AlarmExportPorts,
): Promise<readonly AlarmRow[] | null> => {
  const rows = new Map<string, AlarmRow>()
  for (let offset = 0; ; offset += pageSize) {
    const page = await list({ filter, sort, offset, limit: pageSize })
    if (signal.aborted) return null
    for (const row of page.alarms) rows.set(row.id, row)
    onProgress(rows.size, page.total)
    if (page.alarms.length < pageSize) return [...rows.values()]
  }
}
