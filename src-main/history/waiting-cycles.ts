import type { Cycle } from './cycle.ts'

/**
 * Cycles that the thread of the history has not kept yet: before it is up, and while the disk is
 * slow. Bounded in bytes; a cycle that finds no room is not taken.
 */
export interface WaitingCycles {
  /** false: there is no room for it. */
  readonly add: (cycle: Cycle) => boolean
  readonly next: () => Cycle | undefined
  readonly count: () => number
  readonly bytes: () => number
  readonly clear: () => void
}

/** What a string or an entry costs beside its columns, about. */
const overhead = 64

export const createWaitingCycles = (mostBytes: number): WaitingCycles => {
  const cycles: { readonly cycle: Cycle; readonly bytes: number }[] = []
  let held = 0
  return {
    add: (cycle) => {
      const bytes = bytesOfCycle(cycle)
      if (held + bytes > mostBytes) return false
      held += bytes
      cycles.push({ cycle, bytes })
      return true
    },
    next: () => {
      const first = cycles.shift()
      if (first !== undefined) held -= first.bytes
      return first?.cycle
    },
    count: () => cycles.length,
    bytes: () => held,
    clear: () => {
      cycles.length = 0
      held = 0
    },
  }
}

const bytesOfCycle = ({ addresses, columns, serials, events }: Cycle): number => {
  let bytes = overhead + addresses.byteLength + (serials?.length ?? 0) * overhead
  for (const column of Object.values(columns)) bytes += column.byteLength
  return bytes + (events?.at.length ?? 0) * 16
}
