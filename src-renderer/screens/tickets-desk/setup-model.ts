import type { Output } from '../../../src-shared/contract/index.ts'
import { isCalendarDate } from '../../../src-shared/domain/calendar-date.ts'

export type Setup = Output<'tickets.setup'>
export type Calendar = Setup['calendars'][number]
export type Sla = Setup['slas'][number]
export type Queue = Setup['queues'][number]
export type Template = Setup['templates'][number]
export type Week = Calendar['week']

/** A cell of the visual week. */
export const cellMinutes = 30
export const cellsOfDay = 1440 / cellMinutes

/** Which half hours of a day are open. Spans that begin between two cells are widened to whole ones. */
export const cellsOf = (spans: Week[number]): boolean[] => {
  const cells = Array.from({ length: cellsOfDay }, () => false)
  for (const { fromMinute, toMinute } of spans) {
    const [from, to] = [Math.floor(fromMinute / cellMinutes), Math.ceil(toMinute / cellMinutes)]
    cells.fill(true, from, to)
  }
  return cells
}

export const spansOf = (cells: readonly boolean[]): Week[number] => {
  const spans: { fromMinute: number; toMinute: number }[] = []
  for (let at = 0; at < cells.length; at++) {
    if (cells[at] !== true) continue
    const begin = at
    while (cells[at + 1] === true) at++
    spans.push({ fromMinute: begin * cellMinutes, toMinute: (at + 1) * cellMinutes })
  }
  return spans
}

export const clockTime = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

const spanText = (spans: Week[number]): string =>
  spans.map((one) => `${clockTime(one.fromMinute)}–${clockTime(one.toMinute)}`).join(', ')

/** `Mon–Fri 08:00–17:00 · Sat 08:00–12:00`: days that are alike stand together. */
export const weekText = (week: Week, names: readonly string[]): string => {
  const parts: { from: number; to: number; text: string }[] = []
  for (const [day, spans] of week.entries()) {
    const text = spanText(spans)
    const last = parts.at(-1)
    if (last?.text === text) last.to = day
    else parts.push({ from: day, to: day, text })
  }
  return parts
    .filter(({ text }) => text !== '')
    .map(({ from, to, text }) =>
      from === to ? `${names[from]} ${text}` : `${names[from]}–${names[to]} ${text}`,
    )
    .join(' · ')
}

export const hoursOf = (week: Week): number =>
  week.flat().reduce((sum, one) => sum + one.toMinute - one.fromMinute, 0) / 60

/** `4:30`, or minutes alone; empty: null. Undefined: it cannot be read. */
export const readTarget = (text: string): number | null | undefined => {
  const typed = text.trim()
  if (typed === '') return null
  const match = /^(?:(\d{1,4}):([0-5]\d)|(\d{1,6}))$/u.exec(typed)
  if (match === null) return undefined
  const minutes =
    match[3] === undefined ? Number(match[1]) * 60 + Number(match[2]) : Number(match[3])
  return minutes >= 1 && minutes <= 527_040 ? minutes : undefined
}

export const writeTarget = (minutes: number | null): string =>
  minutes === null ? '' : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`

/** Undefined: one cannot be read, is not later than the one before it, or is one too many. */
export const readLevels = (text: string): readonly number[] | undefined => {
  const parts = text.split(/[,;]/u).filter((part) => part.trim() !== '')
  const levels = parts.map(readTarget)
  const isRead = (level: number | null | undefined): level is number => typeof level === 'number'
  if (levels.length > 5 || !levels.every(isRead)) return undefined
  return levels.every((level, at) => at === 0 || level > (levels[at - 1] ?? 0)) ? levels : undefined
}

/** Lines of `2026-12-25 Christmas`; the line that cannot be read, from 1 on. */
export const readHolidays = (
  text: string,
): { readonly holidays: Calendar['holidays'] } | { readonly badLine: number } => {
  const holidays: Calendar['holidays'] = []
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const match = /^((?:\d{4}-)?\d{2}-\d{2})(?:\s+(.*))?$/u.exec(line.trim())
    const on = match?.[1] ?? ''
    // 2024 was a leap year: 29 February may be one.
    if (!isCalendarDate(on.length === 5 ? `2024-${on}` : on)) return { badLine: at + 1 }
    holidays.push({ on, name: (match?.[2] ?? '').slice(0, 60) })
  }
  return { holidays }
}

export const writeHolidays = (holidays: Calendar['holidays']): string =>
  holidays.map(({ on, name }) => `${on} ${name}`.trim()).join('\n')
