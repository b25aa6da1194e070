import type { FileSet } from './file-set.ts'

/** How long readings and roll-ups are kept, days. */
export interface Retention {
  readonly readingsDays: number
  readonly hoursDays: number
}

const dayMs = 86_400_000

/** Unlinks what ends before the given times. Returns the names of the files. */
export const dropBefore = (
  files: FileSet,
  before: { readonly readings?: number; readonly hours?: number },
): string[] => {
  const { readings = Number.NEGATIVE_INFINITY, hours = Number.NEGATIVE_INFINITY } = before
  const outlivedReadings = files.readings().filter(({ period }) => period.to <= readings)
  const outlivedHours = files.hours().filter(({ to }) => to <= hours)
  const names: string[] = []
  for (const { period } of outlivedReadings) {
    files.remove('readings', period.file)
    names.push(period.file)
  }
  for (const { name } of outlivedHours) {
    files.remove('hours', `${name}.db`)
    names.push(`${name}.db`)
  }
  return names
}

/**
 * What is older than it shall be kept, and has that much newer data beside it: a clock that stands
 * years ahead for a day makes everything old, but not superseded. Files whose roll-ups have not
 * moved yet stay.
 */
export const dropOutlived = (files: FileSet, retention: Retention, now: number): void => {
  let newerMs = 0
  for (const { period, sealed } of files.readings().toReversed()) {
    const keepMs = retention.readingsDays * dayMs
    if (sealed && now - period.to >= keepMs && newerMs >= keepMs) {
      files.remove('readings', period.file)
    }
    newerMs += period.to - period.from
  }
  newerMs = 0
  for (const period of files.hours().toSorted((a, b) => b.from - a.from)) {
    const keepMs = retention.hoursDays * dayMs
    if (now - period.to >= keepMs && newerMs >= keepMs) files.remove('hours', `${period.name}.db`)
    newerMs += period.to - period.from
  }
}
