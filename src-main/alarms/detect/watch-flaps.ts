import { ponOf } from '../../../src-shared/domain/onu-address.ts'
import { downCauses } from '../../../src-shared/domain/onu-state.ts'
import type { OltFacts } from '../../engine/network-facts.ts'
import type { Condition } from '../condition.ts'
import { collectOnus } from './collect-onus.ts'
import { moves } from './onu-memory.ts'
import { isCommonChange, isFlapping, isOptical, rogueRule, stateAt } from './onu-rules.ts'
import type { OnuColumns } from './pon-rules.ts'
import { createRowColumns, grownBytes, grownDoubles } from './row-columns.ts'
import { concernsOlt, limitOf } from './rule-limits.ts'
import { partialOf, ponResource, type WatchContext, type Watcher } from './watcher.ts'

const rogueCause = downCauses.indexOf('rogue')

/**
 * ONUs that come and go each by itself. What most of a PON does at once is no flap of any of them
 * (onu-rules.ts), so few rows are ever looked at again.
 */
export const watchFlaps = (context: WatchContext): Watcher => {
  const { facts, rules, teller } = context
  /** Times of the last changes per row, wall ms, in a ring; and where the next one goes. */
  let ringSize = 0
  let ring: Float64Array = new Float64Array(0)
  let next: Uint8Array = new Uint8Array(0)
  let held: Uint8Array = new Uint8Array(0)
  /** The last two falls by an optical cause. */
  let fall: Float64Array = new Float64Array(0)
  let fallBefore: Float64Array = new Float64Array(0)
  let capacity = 0
  /** Rows per OLT that changed lately by themselves. */
  const lively = new Map<string, Set<number>>()

  const room = createRowColumns((rows) => {
    capacity = rows
    ring = grownDoubles(ring, rows * ringSize)
    next = grownBytes(next, rows)
    held = grownBytes(held, rows)
    fall = grownDoubles(fall, rows)
    fallBefore = grownDoubles(fallBefore, rows)
  })

  /** As many as the rule counts, and as many again for the text. */
  const fitRing = (): void => {
    const wanted = Math.min(200, limitOf(rules.rule('onu-flapping'), 'changes') * 2)
    if (wanted === ringSize) return
    ringSize = wanted
    ring = new Float64Array(capacity * ringSize).fill(Number.NaN)
    next.fill(0)
  }

  const note = (row: number, at: number): void => {
    const place = next[row]!
    ring[row * ringSize + place] = at
    next[row] = (place + 1) % ringSize
  }

  const changesSince = (row: number, since: number): number => {
    let count = 0
    for (let place = row * ringSize; place < (row + 1) * ringSize; place++) {
      if (ring[place]! >= since) count++
    }
    return count
  }

  const lastChange = (row: number): number =>
    ring[row * ringSize + ((next[row]! + ringSize - 1) % ringSize)]!

  const noteMove = (row: number, move: number, cause: number, at: number): void => {
    note(row, at)
    if (move === moves.bounced) note(row, at)
    if (move === moves.rose || !isOptical(cause)) return
    fallBefore[row] = fall[row]!
    fall[row] = at
  }

  const tellRogue = (olt: OltFacts, columns: OnuColumns, cycle: Cycle): void => {
    const suspects = new Map<number, number>()
    const byWord = new Set<number>()
    const { addresses, rows } = olt
    const since = cycle.at - rogueRule.windowMs
    const some = lively.get(olt.id)
    const { causes, states } = columns
    for (let place = 0; place < addresses.length; place++) {
      const pon = ponOf(addresses[place]!)
      const state = states[place]!
      if (state === stateAt.offline && causes[place] === rogueCause) byWord.add(pon)
      const row = rows[place]!
      const isHeard = state !== stateAt.offline && state !== stateAt.disabled
      if (!isHeard || some?.has(row) !== true || !(fallBefore[row]! >= since)) continue
      suspects.set(pon, (suspects.get(pon) ?? 0) + 1)
    }
    const conditions: Condition[] = []
    const pons = new Set([...byWord, ...suspects.keys()])
    for (const pon of concernsOlt(rules.rule('onu-rogue-suspected'), olt.id) ? pons : []) {
      const flapped = suspects.get(pon) ?? 0
      if (!byWord.has(pon) && flapped < rogueRule.onus) continue
      conditions.push({
        resource: ponResource(olt.id, pon),
        type: 'onu-rogue-suspected',
        qualifier: '',
        params: { onus: flapped === 0 ? null : flapped, toldByOlt: byWord.has(pon) },
        affectedOnus: Math.max(1, flapped),
        important: false,
      })
    }
    teller.tell('onu-rogue-suspected', olt.id, conditions, cycle.at, partialOf(facts, cycle))
  }

  return {
    moved: (olt, { addresses, rows, causes, at }, moved) => {
      fitRing()
      room.reserve(olt.rows)
      room.reserve(rows)
      for (let from = 0; from < rows.length;) {
        const pon = ponOf(addresses[from]!)
        let to = from
        let fell = 0
        let rose = 0
        for (; to < rows.length && ponOf(addresses[to]!) === pon; to++) {
          const move = moved[to]!
          if (move === moves.fell || move === moves.bounced) fell++
          if (move === moves.rose || move === moves.bounced) rose++
        }
        const onus = onusOn(olt.addresses, pon)
        const commonFall = isCommonChange(fell, onus)
        const commonRise = isCommonChange(rose, onus)
        for (let index = from; index < to; index++) {
          const move = moved[index]!
          if (move === moves.none || (move === moves.rose ? commonRise : commonFall)) continue
          const row = rows[index]!
          noteMove(row, move, causes[index]!, at)
          const some = lively.get(olt.id)
          if (some === undefined) lively.set(olt.id, new Set([row]))
          else some.add(row)
        }
        from = to
      }
    },
    status: (olt, cycle, columns) => {
      fitRing()
      room.reserve(olt.rows)
      const rule = rules.rule('onu-flapping')
      const windowMinutes = limitOf(rule, 'windowMinutes')
      const limits = { changes: limitOf(rule, 'changes'), windowMs: windowMinutes * 60_000 }
      const some = lively.get(olt.id)
      for (const row of some ?? []) {
        const last = lastChange(row)
        const changes = changesSince(row, cycle.at - limits.windowMs)
        held[row] = isFlapping(changes, last, cycle.at, limits, held[row] === 1) ? 1 : 0
        const quietFor = cycle.at - last
        const over = held[row] === 0 && !(quietFor < 2 * limits.windowMs)
        if (over && !(cycle.at - fall[row]! < rogueRule.windowMs)) some?.delete(row)
      }
      const found =
        some === undefined || some.size === 0
          ? []
          : collectOnus(context, olt, {
              type: 'onu-flapping',
              holds: (row) => held[row] === 1 && some.has(row),
              params: (row) => ({
                changes: changesSince(row, cycle.at - limits.windowMs),
                windowMinutes,
              }),
              worse: (place, other) =>
                changesSince(olt.rows[other]!, cycle.at - limits.windowMs) -
                changesSince(olt.rows[place]!, cycle.at - limits.windowMs),
            })
      teller.tell('onu-flapping', olt.id, found, cycle.at, partialOf(facts, cycle))
      tellRogue(olt, columns, cycle)
    },
    gone: (olt, rows) => {
      const some = lively.get(olt.id)
      for (const row of rows) {
        some?.delete(row)
        if (row >= capacity) continue
        ring.fill(Number.NaN, row * ringSize, (row + 1) * ringSize)
        held[row] = 0
        fall[row] = Number.NaN
        fallBefore[row] = Number.NaN
      }
    },
    end: (oltId) => lively.delete(oltId),
  }
}

type Cycle = Parameters<NonNullable<Watcher['cycle']>>[1]

const onusOn = (addresses: Int32Array, pon: number): number => {
  let count = 0
  for (let place = firstAt(addresses, pon); place < addresses.length; place++) {
    if (ponOf(addresses[place]!) !== pon) break
    count++
  }
  return count
}

const firstAt = (sorted: Int32Array, value: number): number => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
