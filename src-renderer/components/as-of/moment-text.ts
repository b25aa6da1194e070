import type { Format } from '../use-format.ts'

/** Day and minute: a past moment is never named without its day. */
export const momentText = (format: Format, at: number): string =>
  `${format.instant(at, 'day')} ${format.instant(at, 'minute')}`
