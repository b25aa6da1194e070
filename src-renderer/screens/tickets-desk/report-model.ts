import type { Output } from '../../../src-shared/contract/index.ts'

export type TicketReport = Output<'tickets.report'>

const dayMs = 86_400_000
/** More bars than this are drawn by week. */
const mostDays = 62
export const longestDays = 400

/** `2026-11-23` of the machine's own zone. */
export const dayOf = (at: number): string => {
  const date = new Date(at)
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

const midnightOf = (day: string, days = 0): number => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + days).getTime()
}

/** Both days are in; null: the one is after the other, or too far away. */
export const spanOf = (
  from: string,
  through: string,
): { readonly from: number; readonly to: number } | null => {
  if (from === '' || through === '' || from > through) return null
  const [begin, end] = [midnightOf(from), midnightOf(through, 1)]
  return end - begin > longestDays * dayMs ? null : { from: begin, to: end }
}

export interface VolumeBar {
  /** The day, or the Monday of the week. */
  readonly on: string
  readonly opened: number
  readonly solved: number
}

/** Each day of the span, also those without a ticket; by week where they would be too many. */
export const volumeOf = (
  { days }: Pick<TicketReport, 'days'>,
  from: string,
  through: string,
): { readonly byWeek: boolean; readonly bars: readonly VolumeBar[] } => {
  const told = new Map(days.map((day) => [day.on, day]))
  // What was solved after the span stands at its own day.
  const last = days.at(-1)?.on ?? through
  const end = last > through ? last : through
  const all: VolumeBar[] = []
  for (let at = 0; all.length <= 2 * longestDays; at++) {
    const on = dayOf(midnightOf(from, at))
    if (on > end) break
    all.push(told.get(on) ?? { on, opened: 0, solved: 0 })
  }
  if (all.length <= mostDays) return { byWeek: false, bars: all }
  const weeks = Map.groupBy(all, ({ on }) => {
    const at = midnightOf(on)
    return dayOf(midnightOf(on, -((new Date(at).getDay() + 6) % 7)))
  })
  return {
    byWeek: true,
    bars: [...weeks].map(([on, of]) => ({
      on,
      opened: of.reduce((sum, day) => sum + day.opened, 0),
      solved: of.reduce((sum, day) => sum + day.solved, 0),
    })),
  }
}
