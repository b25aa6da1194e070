import { mergeLooks } from './merge-looks.ts'
import type { TrapMeaning } from '../../../src-shared/contract/traps.ts'
import type { TrapLook, TrapMatch } from './trap-rules.ts'

/** What one OLT sent within a moment. */
export interface TrapNews {
  readonly oltId: string
  readonly source: string
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
  /** Where to look now: at most nine, whatever came. Empty: nothing that can be read. */
  readonly looks: readonly TrapLook[]
  readonly meanings: readonly TrapMeaning[]
  /** How many of them no rule knew. */
  readonly unknown: number
  /** A rule of one source only had a part in it: what it means may be wrong. */
  readonly unproven: boolean
}

interface Gathered {
  readonly source: string
  count: number
  readonly firstAt: number
  lastAt: number
  looks: readonly TrapLook[]
  readonly meanings: Set<TrapMeaning>
  unknown: number
  unproven: boolean
}

/** More OLTs than one console watches; a trap of one more begins the next moment. */
const maxGathered = 2000

/** Traps of one OLT within a moment become one piece of news. */
export const createNewsGatherer = (options: {
  readonly after: (delayMs: number, run: () => void) => () => void
  readonly gatherMs: number
  readonly tell: (news: TrapNews) => void
}) => {
  const gathered = new Map<string, Gathered>()
  let stopTimer: (() => void) | null = null

  const tellAll = (): void => {
    stopTimer?.()
    stopTimer = null
    const moment = [...gathered]
    gathered.clear()
    for (const [oltId, { meanings, ...rest }] of moment) {
      options.tell({ oltId, ...rest, meanings: [...meanings] })
    }
  }

  return {
    /** `found` null: no rule knows the trap. */
    add: (oltId: string, source: string, found: TrapMatch | null, at: number): void => {
      if (!gathered.has(oltId) && gathered.size >= maxGathered) tellAll()
      const entry: Gathered = gathered.get(oltId) ?? {
        source,
        count: 0,
        firstAt: at,
        lastAt: at,
        looks: [],
        meanings: new Set(),
        unknown: 0,
        unproven: false,
      }
      gathered.set(oltId, entry)
      entry.count++
      entry.lastAt = at
      if (found === null) {
        entry.unknown++
      } else {
        // Merged at once, so that a thousand traps in a moment stay nine looks in memory too.
        if (found.look !== null) entry.looks = mergeLooks([...entry.looks, found.look])
        entry.meanings.add(found.rule.meaning)
        entry.unproven ||= found.rule.certainty === 'unproven'
      }
      stopTimer ??= options.after(options.gatherMs, tellAll)
    },
    stop: (): void => {
      stopTimer?.()
      stopTimer = null
      gathered.clear()
    },
  }
}
