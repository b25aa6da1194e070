/** Days as the plan shows them, by this machine's clock: pure. */

export const dayStart = (at: number): number => {
  const day = new Date(at)
  day.setHours(0, 0, 0, 0)
  return day.getTime()
}

/** Also over a change of the clocks. */
export const daysLater = (at: number, days: number): number => {
  const day = new Date(at)
  day.setDate(day.getDate() + days)
  return day.getTime()
}

export interface PlanView {
  readonly by: 'day' | 'week'
  /** Midnight of the first day. */
  readonly from: number
}

/** The address: `?by=week&on=2026-11-24`. */
export const readPlan = (query: string, now: number): PlanView => {
  const read = new URLSearchParams(query)
  const by = read.get('by') === 'week' ? 'week' : 'day'
  const on = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(read.get('on') ?? '')
  const at =
    on === null
      ? dayStart(now)
      : new Date(Number(on[1]), Number(on[2]) - 1, Number(on[3])).getTime()
  return { by, from: dayStart(Number.isFinite(at) ? at : now) }
}

const two = (value: number): string => String(value).padStart(2, '0')

export const dayText = (at: number): string => {
  const day = new Date(at)
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

export const writePlan = ({ by, from }: PlanView, now: number): string => {
  const written = new URLSearchParams()
  if (by === 'week') written.set('by', by)
  if (from !== dayStart(now)) written.set('on', dayText(from))
  return written.toString()
}

export const lengthOf = ({ by }: Pick<PlanView, 'by'>): number => (by === 'week' ? 7 : 1)

/** Hours of the time axis: what is worked and planned, at least 07–18. */
export const axisOf = (
  from: number,
  spans: readonly { readonly from: number; readonly to: number }[],
): { readonly first: number; readonly last: number } => {
  const hour = (at: number): number => (at - from) / 3_600_000
  const first = Math.floor(Math.min(7, ...spans.map((span) => hour(span.from))))
  const last = Math.ceil(Math.max(18, ...spans.map((span) => hour(span.to))))
  return { first: Math.max(0, first), last: Math.min(24, last) }
}

/** Where a span lies on the axis, in shares of its width. */
export const placeOf = (
  from: number,
  axis: { readonly first: number; readonly last: number },
  span: { readonly from: number; readonly to: number },
): { readonly start: number; readonly width: number } => {
  const share = (at: number): number =>
    Math.max(0, Math.min(1, ((at - from) / 3_600_000 - axis.first) / (axis.last - axis.first)))
  const start = share(span.from)
  return { start, width: Math.max(0.01, share(span.to) - start) }
}

/** A quarter of an hour on the axis under a share of its width. */
export const timeAt = (
  from: number,
  axis: { readonly first: number; readonly last: number },
  share: number,
): number => {
  const hours = axis.first + share * (axis.last - axis.first)
  return from + Math.round(hours * 4) * 900_000
}
