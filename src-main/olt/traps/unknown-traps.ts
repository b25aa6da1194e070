import { readableValue } from './readable.ts'
import type { Trap } from './trap-message.ts'

/** A trap that no rule knows, as people read it. */
export interface UnknownTrap {
  readonly source: string
  readonly oltId: string | null
  /** How many OLTs share the source's address, where it could not be told which of them; else 0. */
  readonly ofSeveral: number
  readonly version: '1' | '2c' | '3'
  readonly trapOid: string
  /** How many of them came; the varbinds are the last one's. */
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
  readonly agentAddress: string | null
  readonly varbinds: readonly { readonly oid: string; readonly text: string }[]
}

export interface UnknownTraps {
  readonly keep: (
    trap: Trap,
    from: Pick<UnknownTrap, 'source' | 'oltId' | 'ofSeveral' | 'version'>,
    at: number,
  ) => void
  /** The latest first. */
  readonly list: () => readonly UnknownTrap[]
}

/** Of each trap: no OLT's alarm has more to say. */
const maxVarbinds = 32
const longestOid = 256

const shortened = (oid: string): string =>
  oid.length > longestOid ? `${oid.slice(0, longestOid)} …` : oid

/** Keeps the last of each kind from each source, so that a loud one pushes nobody out. */
export const createUnknownTraps = (limit: number): UnknownTraps => {
  const kept = new Map<string, UnknownTrap>()
  return {
    keep: (trap, from, at) => {
      const key = `${from.source} ${trap.trapOid}`
      const before = kept.get(key)
      kept.delete(key)
      kept.set(key, {
        ...from,
        trapOid: shortened(trap.trapOid),
        count: (before?.count ?? 0) + 1,
        firstAt: before?.firstAt ?? at,
        lastAt: at,
        agentAddress: trap.agentAddress,
        varbinds: trap.varbinds
          .slice(0, maxVarbinds)
          .map(({ oid, value }) => ({ oid: shortened(oid), text: readableValue(value) })),
      })
      const [oldest] = kept.keys()
      if (kept.size > limit && oldest !== undefined) kept.delete(oldest)
    },
    list: () => [...kept.values()].toReversed(),
  }
}
