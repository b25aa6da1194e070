import type { Output } from '../../../src-shared/contract/index.ts'
import type { CsvCell } from '../../components/export-csv.ts'
import { plainText } from './plain-text.ts'
import type { UnknownTrap } from './trap-line.ts'

/** Filter, order and export of the two lists: pure rules. */

export type TrapNews = Output<'traps.recent'>['news'][number]

export const unknownColumns = [
  'trapOid',
  'source',
  'olt',
  'version',
  'count',
  'firstAt',
  'lastAt',
] as const
export const recentColumns = ['lastAt', 'olt', 'source', 'count', 'meanings'] as const

export type UnknownColumn = (typeof unknownColumns)[number]
export type RecentColumn = (typeof recentColumns)[number]

export interface TrapSort<Column extends string> {
  readonly column: Column
  readonly descending: boolean
}

export const unknownKey = (trap: UnknownTrap): string => `${trap.source} ${trap.trapOid}`
export const newsKey = (news: TrapNews): string => `${news.oltId} ${news.source} ${news.firstAt}`

const holds = (parts: readonly (string | null)[], text: string): boolean => {
  const lower = parts.map((part) => (part ?? '').toLowerCase())
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .every((word) => lower.some((part) => part.includes(word)))
}

/** Every typed word occurs somewhere in the trap, its varbinds included. */
export const fitsUnknown = (trap: UnknownTrap, text: string): boolean =>
  holds(
    [
      trap.trapOid,
      trap.source,
      trap.oltName,
      trap.agentAddress,
      ...trap.varbinds.flatMap((varbind) => [varbind.oid, varbind.text]),
    ],
    text,
  )

/** `words`: the meanings as the screen shows them. */
export const fitsNews = (news: TrapNews, words: string, text: string): boolean =>
  holds([news.oltName, news.source, words], text)

const byText = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

type Key = string | number | null

const compare = (a: Key, b: Key, descending: boolean): number => {
  if (a === b) return 0
  // What has no value stands last in either direction.
  if (a === null) return 1
  if (b === null) return -1
  const order =
    typeof a === 'number' && typeof b === 'number' ? a - b : byText.compare(String(a), String(b))
  return descending ? -order : order
}

const unknownSortKey = (trap: UnknownTrap, column: UnknownColumn): Key =>
  column === 'olt' ? trap.oltName : trap[column]

export const sortUnknown = (
  traps: readonly UnknownTrap[],
  { column, descending }: TrapSort<UnknownColumn>,
): readonly UnknownTrap[] =>
  traps.toSorted(
    (a, b) =>
      compare(unknownSortKey(a, column), unknownSortKey(b, column), descending) ||
      byText.compare(unknownKey(a), unknownKey(b)),
  )

export const sortNews = (
  news: readonly TrapNews[],
  { column, descending }: TrapSort<RecentColumn>,
  wordsOf: (news: TrapNews) => string,
): readonly TrapNews[] => {
  const keyOf = (each: TrapNews): Key =>
    column === 'olt' ? each.oltName : column === 'meanings' ? wordsOf(each) : each[column]
  return news.toSorted(
    (a, b) => compare(keyOf(a), keyOf(b), descending) || byText.compare(newsKey(a), newsKey(b)),
  )
}

/** One row a trap: its varbinds as `oid = text`, divided by semicolons. */
export const unknownExportRow = (trap: UnknownTrap): readonly CsvCell[] => [
  trap.trapOid,
  trap.source,
  trap.oltName,
  trap.version,
  trap.count,
  new Date(trap.firstAt).toISOString(),
  new Date(trap.lastAt).toISOString(),
  trap.agentAddress,
  trap.varbinds.map(({ oid, text }) => `${oid} = ${plainText(text)}`).join('; '),
]
