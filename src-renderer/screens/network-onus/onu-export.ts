import type { OnuFilter, OnuRow, OnuSort } from '../../../src-shared/contract/network-model.ts'
import type { CallInput, Output } from '../../../src-shared/contract/index.ts'

/**
 * Fetches all rows of a question in pages, through a view of its own, so that the table's view keeps
 * its place. Membership and order are those of the moment it begins.
 */
export interface OnuExportPorts {
  readonly viewId: string
  readonly openView: (input: CallInput<'network.openView'>) => Promise<Output<'network.openView'>>
  readonly viewPage: (input: CallInput<'network.viewPage'>) => Promise<Output<'network.viewPage'>>
  readonly closeView: (viewId: string) => Promise<unknown>
  readonly onProgress: (done: number, total: number) => void
  readonly signal: AbortSignal
}

const pageSize = 500

/** Resolves to null when it was cancelled; rejects with the engine's failure. */
export const fetchAllOnus = async (
  filter: OnuFilter,
  sort: OnuSort,
  ports: OnuExportPorts,
): Promise<readonly OnuRow[] | null> => {
  const { viewId, signal } = ports
  try {
    const first = await ports.openView({ viewId, filter, sort, offset: 0, limit: pageSize })
    const rows = [...first.onus]
    while (!signal.aborted) {
      ports.onProgress(rows.length, first.total)
      if (rows.length >= first.total) return rows
      const page = await ports.viewPage({ viewId, offset: rows.length, limit: pageSize })
      // An engine that gives nothing more has nothing more: better fewer rows than no end.
      if (page.onus.length === 0) return rows
      rows.push(...page.onus)
    }
    return null
  } finally {
    ports.closeView(viewId).catch(() => undefined)
  }
}
