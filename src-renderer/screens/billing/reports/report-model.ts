/** Which report, of which days: as the address says it. */
export interface ShownReport {
  readonly show: 'tax' | 'aged'
  /** First and last day; '': not chosen. */
  readonly from: string
  readonly through: string
  readonly on: string
}

const day = /^\d{4}-\d{2}-\d{2}$/u
const dayOf = (text: string | null): string => (text !== null && day.test(text) ? text : '')

export const readReport = (query: string): ShownReport => {
  const asked = new URLSearchParams(query)
  return {
    show: asked.get('show') === 'aged' ? 'aged' : 'tax',
    from: dayOf(asked.get('from')),
    through: dayOf(asked.get('through')),
    on: dayOf(asked.get('on')),
  }
}

export const writeReport = ({ show, from, through, on }: ShownReport): string => {
  const asked = new URLSearchParams()
  if (show === 'aged') {
    asked.set('show', 'aged')
    if (on !== '') asked.set('on', on)
  } else {
    if (from !== '') asked.set('from', from)
    if (through !== '') asked.set('through', through)
  }
  return asked.toString()
}

const two = (number: number): string => String(number).padStart(2, '0')
const lastDay = (year: number, month: number): string =>
  `${year}-${two(month)}-${two(new Date(Date.UTC(year, month, 0)).getUTCDate())}`

export const rangeNames = ['thisMonth', 'lastMonth', 'lastQuarter', 'lastYear'] as const

/** Days of a range that people ask for, of the seller's calendar. */
export const rangeOf = (
  name: (typeof rangeNames)[number],
  today: string,
): { readonly from: string; readonly through: string } => {
  const [year = 2000, month = 1] = today.split('-').map(Number)
  const months = (first: number, count: number) => {
    // Months since the year 0.
    const [begin, end] = [year * 12 + first, year * 12 + first + count - 1]
    return {
      from: `${Math.floor(begin / 12)}-${two((begin % 12) + 1)}-01`,
      through: lastDay(Math.floor(end / 12), (end % 12) + 1),
    }
  }
  switch (name) {
    case 'thisMonth':
      return { from: months(month - 1, 1).from, through: today }
    case 'lastMonth':
      return months(month - 2, 1)
    case 'lastQuarter':
      return months(Math.floor((month - 1) / 3) * 3 - 3, 3)
    case 'lastYear':
      return { from: `${year - 1}-01-01`, through: `${year - 1}-12-31` }
  }
}

/** The day after: reports ask for half-open days. */
export const dayAfter = (on: string): string =>
  new Date(Date.parse(`${on}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
