/** The shift a hand-over tells of. Wall ms. */
export const periodKinds = ['8', '12', '24', 'since', 'own'] as const
export type PeriodKind = (typeof periodKinds)[number]

export interface Period {
  readonly from: number
  readonly to: number
}

const hourMs = 3_600_000
export const longestMs = 7 * 24 * hourMs

/** `lastNoteAt` null: nobody has written one; at most seven days either way. */
export const periodOf = (
  kind: Exclude<PeriodKind, 'own'>,
  now: number,
  lastNoteAt: number | null,
): Period => {
  if (kind !== 'since') return { from: now - Number(kind) * hourMs, to: now }
  const from = lastNoteAt === null ? now - 8 * hourMs : lastNoteAt
  return { from: Math.min(Math.max(from, now - longestMs), now - 60_000), to: now }
}

/** `2026-11-22T14:05` as a field of local time has it. */
export const toField = (at: number): string => {
  const date = new Date(at)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** Null: not a time, or a time that no shift can have. */
export const ownPeriod = (from: string, to: string, now: number): Period | null => {
  const period = { from: Date.parse(from), to: Date.parse(to) }
  const fits = period.to > period.from && period.to - period.from <= longestMs && period.from <= now
  return fits ? period : null
}
