import type { OltProblem, OltProblemKind } from './onu-readings.ts'

/** Counts what could not be read, one entry per kind and field, whatever the number of rows. */
export interface ProblemLog {
  readonly note: (kind: OltProblemKind, field: string, sample: () => string) => void
  readonly entries: () => readonly OltProblem[]
}

const maxSampleLength = 64

export const createProblemLog = (): ProblemLog => {
  const byKey = new Map<
    string,
    { kind: OltProblemKind; field: string; count: number; sample: string }
  >()
  return {
    note: (kind, field, sample) => {
      const key = `${kind} ${field}`
      const entry = byKey.get(key)
      if (entry !== undefined) {
        entry.count++
      } else {
        byKey.set(key, { kind, field, count: 1, sample: sample().slice(0, maxSampleLength) })
      }
    },
    entries: () => [...byKey.values()],
  }
}
