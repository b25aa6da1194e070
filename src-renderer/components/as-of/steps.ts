/** Moments that lie near another one: pure rules, wall ms. */

const minuteMs = 60_000
const hourMs = 60 * minuteMs

export const steps = ['dayBack', 'hourBack', 'hourOn', 'dayOn'] as const
export type Step = (typeof steps)[number]

export interface Span {
  /** null: not known. */
  readonly from: number | null
  readonly to: number
}

const toMinute = (at: number): number => Math.floor(at / minuteMs) * minuteMs

/** Within the history and not ahead of now; on the minute. */
export const within = (at: number, { from, to }: Span): number =>
  toMinute(Math.min(to, Math.max(at, from === null ? at : from + minuteMs)))

/** A day is the same time of the day before, also where a clock was changed in between. */
export const stepped = (at: number, step: Step): number => {
  switch (step) {
    case 'hourBack':
      return at - hourMs
    case 'hourOn':
      return at + hourMs
    case 'dayBack':
    case 'dayOn': {
      const day = new Date(at)
      day.setDate(day.getDate() + (step === 'dayOn' ? 1 : -1))
      return day.getTime()
    }
  }
}

/** Whether the step leads to a moment that there is. */
export const canStep = (at: number, step: Step, { from, to }: Span): boolean => {
  const next = stepped(at, step)
  return next <= to && (from === null || next >= from)
}

/** Where midnights stand on a scale from 0 to 1: all of them, or of a long span every so many. */
export const dayMarks = (span: {
  readonly from: number
  readonly to: number
}): readonly number[] => {
  const length = span.to - span.from
  const days = Math.ceil(length / (24 * hourMs))
  if (length <= 0 || days > 800) return []
  const every = Math.max(1, Math.ceil(days / 31))
  const day = new Date(span.from)
  day.setHours(24, 0, 0, 0)
  const marks: number[] = []
  for (; day.getTime() < span.to; day.setDate(day.getDate() + every)) {
    marks.push((day.getTime() - span.from) / length)
  }
  return marks
}
