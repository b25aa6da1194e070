import {
  clampSpan,
  defaultRange,
  mostSpanMs,
  presetNames,
  presetOf,
  presetSpans,
  type ChartRange,
} from './chart-range.ts'

/**
 * The range of the charts as part of a route's query, so that what is seen can be copied and sent:
 * `range=7d`, `range=5400s` (the last 90 minutes), or `from=2026-11-20T03:00:00.000Z&to=…`.
 * What is malformed is left out, never an error. Everything else in the query stays.
 */
const keys = ['range', 'from', 'to'] as const

const isoShape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z$/

const readInstant = (text: string | null): number =>
  text !== null && isoShape.test(text) ? Date.parse(text) : Number.NaN

export const parseRange = (search: string): ChartRange => {
  const params = new URLSearchParams(search)
  const from = readInstant(params.get('from'))
  const to = readInstant(params.get('to'))
  if (to - from >= 1 && to - from <= mostSpanMs) return { kind: 'fixed', from, to }
  const text = params.get('range') ?? ''
  const preset = presetNames.find((name) => name === text)
  if (preset !== undefined) return { kind: 'live', spanMs: presetSpans[preset] }
  const seconds = /^(\d{1,9})s$/.exec(text)
  return seconds === null
    ? defaultRange
    : { kind: 'live', spanMs: clampSpan(Number(seconds[1]) * 1000) }
}

/** The query with this range in it, without the question mark; the default stands for itself. */
export const withRange = (search: string, range: ChartRange): string => {
  const params = new URLSearchParams(search)
  for (const key of keys) params.delete(key)
  if (range.kind === 'fixed') {
    params.set('from', new Date(Math.round(range.from)).toISOString())
    params.set('to', new Date(Math.round(range.to)).toISOString())
  } else if (range.spanMs !== (defaultRange.kind === 'live' ? defaultRange.spanMs : 0)) {
    params.set('range', presetOf(range) ?? `${Math.round(range.spanMs / 1000)}s`)
  }
  return readable(params)
}

/** Colons and slashes need no escaping in a query behind `#`; a person reads it better so. */
const readable = (params: URLSearchParams): string =>
  params.toString().replaceAll('%3A', ':').replaceAll('%2F', '/')

export const withParam = (search: string, key: string, value: string | null): string => {
  const params = new URLSearchParams(search)
  if (value === null) params.delete(key)
  else params.set(key, value)
  return readable(params)
}
