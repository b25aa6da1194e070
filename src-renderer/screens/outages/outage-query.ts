import { verdicts, type Verdict } from '../../../src-shared/domain/outage-verdicts.ts'

/**
 * The state of the list as the query of its route: `/outages?q=melati&period=week&cause=feeder`.
 * What is unknown or malformed is left out: a link from another version still opens.
 */

export const periods = ['day', 'week', 'month', 'year', 'all'] as const
export type Period = (typeof periods)[number]

export interface OutageQuery {
  readonly search: string
  readonly period: Period
  readonly cause: Verdict | null
}

const usualPeriod: Period = 'week'
const dayMs = 86_400_000
const lengths: Readonly<Record<Period, number | null>> = {
  day: dayMs,
  week: 7 * dayMs,
  month: 30 * dayMs,
  year: 365 * dayMs,
  all: null,
}

export const parseOutageQuery = (text: string): OutageQuery => {
  const params = new URLSearchParams(text)
  return {
    search: (params.get('q') ?? '').slice(0, 200),
    period: periods.find((period) => period === params.get('period')) ?? usualPeriod,
    cause: verdicts.find((verdict) => verdict === params.get('cause')) ?? null,
  }
}

export const serialiseOutageQuery = ({ search, period, cause }: OutageQuery): string => {
  const params = new URLSearchParams()
  if (search !== '') params.set('q', search)
  if (period !== usualPeriod) params.set('period', period)
  if (cause !== null) params.set('cause', cause)
  return params.toString()
}

/** Wall ms, on the full minute, so that the same question stays the same; null: from the first. */
export const periodStart = (period: Period, now: number): number | null => {
  const length = lengths[period]
  return length === null ? null : Math.floor((now - length) / 60_000) * 60_000
}
