import type { Clock } from '../../engine/clock.ts'
import type { Transaction } from '../../store/write-path.ts'
import { putAlarm, putEntry } from '../tables.ts'
import type { Alarm } from './alarm.ts'
import type { TimelineEntry } from './timeline.ts'

/**
 * What the network did to the book, on its way to the store: gathered, and written in one transaction
 * at most once a second. While the store takes nothing (a full disk) the book goes on in memory; what
 * waits is kept and tried again.
 */
export interface BookKeeper {
  /** `soon` false: only what was measured is news, and may wait for a minute. */
  put(alarm: Alarm, soon: boolean): void
  note(entry: TimelineEntry): void
  /** A command has written this row whole. */
  written(alarmId: string): void
  waitingRow(alarmId: string): Alarm | undefined
  waitingEntries(): Iterable<TimelineEntry>
  /** Once a second. */
  turn(): void
  /** Whatever waits, now: at the end. */
  flush(): void
}

const lazyMs = 60_000
const longestPauseMs = 30_000
/** A transaction of this many rows holds up the engine for some 100 ms; the rest follows next time. */
const mostRows = 2_000
const mostEntries = 4_000

export type WriteByItself = (
  name: string,
  auditInput: object,
  apply: (tx: Transaction) => void,
) => void

export const createBookKeeper = (deps: {
  readonly clock: Clock
  /** Errors: those of the store. */
  readonly write: WriteByItself
  /** Told once when it begins, and once when it is over. */
  readonly onTrouble: (error: unknown) => void
  readonly onRecovered: () => void
}): BookKeeper => {
  const rows = new Map<string, Alarm>()
  const entries = new Map<number, TimelineEntry>()
  let soon = false
  let lazySince: number | null = null
  let troubled = false
  let pauseMs = 0
  let notBefore = Number.NEGATIVE_INFINITY

  const write = (): void => {
    if (rows.size === 0 && entries.size === 0) return
    const some = [...rows.values()].slice(0, mostRows)
    const of = new Set(some.map(({ id }) => id))
    const someEntries: TimelineEntry[] = []
    for (const entry of entries.values()) {
      // Its row is not in the store yet.
      if (rows.has(entry.alarmId) && !of.has(entry.alarmId)) continue
      someEntries.push(entry)
      if (someEntries.length >= mostEntries) break
    }
    const closed = some.filter(({ closedAt }) => closedAt !== null).length
    try {
      deps.write(
        'alarms.record',
        { alarms: some.length, closed, entries: someEntries.length },
        (tx) => {
          for (const alarm of some) putAlarm(tx, alarm)
          for (const entry of someEntries) putEntry(tx, entry)
        },
      )
    } catch (error) {
      pauseMs = Math.min(longestPauseMs, Math.max(1_000, pauseMs * 2))
      notBefore = deps.clock.monotonic() + pauseMs
      if (!troubled) deps.onTrouble(error)
      troubled = true
      return
    }
    for (const alarm of some) rows.delete(alarm.id)
    for (const { seq } of someEntries) entries.delete(seq)
    pauseMs = 0
    soon = rows.size > 0 || entries.size > 0
    lazySince = null
    if (troubled) deps.onRecovered()
    troubled = false
  }

  return {
    put: (alarm, isSoon) => {
      rows.set(alarm.id, alarm)
      if (isSoon) soon = true
      else lazySince ??= deps.clock.monotonic()
    },
    note: (entry) => {
      entries.set(entry.seq, entry)
      soon = true
    },
    written: (alarmId) => void rows.delete(alarmId),
    waitingRow: (alarmId) => rows.get(alarmId),
    waitingEntries: () => entries.values(),
    turn: () => {
      const now = deps.clock.monotonic()
      if (now < notBefore) return
      if (soon || (lazySince !== null && now - lazySince >= lazyMs)) write()
    },
    flush: () => {
      // Each pass takes what one transaction may hold.
      for (let left = -1; left !== rows.size + entries.size;) {
        left = rows.size + entries.size
        write()
      }
    },
  }
}
