import type { ErrorCode } from '../../src-shared/errors.ts'
import { bytesOf, type FileSet } from './file-set.ts'

export interface HistoryStats {
  readonly files: readonly HistoryFileStats[]
  readonly readingsBytes: number
  readonly hoursBytes: number
  readonly catalogueBytes: number
  readonly series: number
  /** Since the start. */
  readonly cycles: number
  readonly samples: number
  /** Cycles that could not be kept. */
  readonly refusedCycles: number
  /** The longest that the thread was taken by one step of its own work, ms. */
  readonly longestStepMs: number
  /** Files that are left out, untouched. */
  readonly problems: readonly { readonly file: string; readonly code: ErrorCode }[]
}

export interface HistoryFileStats {
  readonly file: string
  readonly bytes: number
  /** Wall ms. */
  readonly from: number
  readonly to: number
  readonly sealed: boolean
}

export const statsOf = (options: {
  readonly folder: string
  readonly files: FileSet
  readonly catalogueFile: string
  readonly seriesCount: number
  readonly counted: Pick<HistoryStats, 'cycles' | 'samples' | 'refusedCycles' | 'longestStepMs'>
}): HistoryStats => {
  const { folder, files } = options
  const readings = files.readings().map(({ period, sealed }) => ({
    file: period.file,
    bytes: bytesOf(folder, period.file),
    from: period.from,
    to: period.to,
    sealed,
  }))
  const hours = files.hours().map(({ name, from, to }) => ({
    file: `${name}.db`,
    bytes: bytesOf(folder, `${name}.db`),
    from,
    to,
    sealed: false,
  }))
  const sum = (list: readonly HistoryFileStats[]) => list.reduce((all, { bytes }) => all + bytes, 0)
  return {
    files: [...readings, ...hours],
    readingsBytes: sum(readings),
    hoursBytes: sum(hours),
    catalogueBytes: bytesOf(folder, options.catalogueFile),
    series: options.seriesCount,
    ...options.counted,
    problems: [...files.problems()].map(([file, code]) => ({ file, code })),
  }
}
