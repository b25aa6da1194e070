import { collectOnus } from './collect-onus.ts'
import { judgeDistance, stateAt } from './onu-rules.ts'
import { createRowColumns, grownInts } from './row-columns.ts'
import { limitOf } from './rule-limits.ts'
import { partialOf, type WatchContext, type Watcher } from './watcher.ts'

/**
 * A fibre does not grow: a distance that jumps is another fibre, another ONU, or a ranging that went
 * wrong. It is told once, and is over with the next walk; how long it stays in sight is the rule's.
 */
export const watchDistance = (context: WatchContext): Watcher => {
  const { facts, rules, teller } = context
  const { onus } = facts
  let base: Int32Array = new Int32Array(0)
  let candidate: Int32Array = new Int32Array(0)
  const room = createRowColumns((capacity) => {
    base = grownInts(base, capacity)
    candidate = grownInts(candidate, capacity)
  })
  const toColumn = (metres: number): number => (Number.isNaN(metres) ? -1 : metres)

  return {
    seed: ({ rows }) => {
      room.reserve(rows)
      for (const row of rows) base[row] = toColumn(onus.distanceM(row))
    },
    status: (olt, cycle, { states }) => {
      room.reserve(olt.rows)
      const jumpM = limitOf(rules.rule('distance-jump'), 'jumpM')
      const from = new Map<number, number>()
      for (let place = 0; place < olt.rows.length; place++) {
        const row = olt.rows[place]!
        if (states[place] !== stateAt.online || onus.statusAt(row) !== cycle.at) continue
        const metres = onus.distanceM(row)
        const before = base[row]!
        // Nearly always: nothing is allocated for it.
        if (before >= 0 && Math.abs(metres - before) < jumpM) {
          base[row] = metres
          candidate[row] = -1
          continue
        }
        const judged = judgeDistance({ base: before, candidate: candidate[row]! }, metres, jumpM)
        if (judged.jumped) from.set(row, before)
        base[row] = judged.base
        candidate[row] = judged.candidate
      }
      const found =
        from.size === 0
          ? []
          : collectOnus(context, olt, {
              type: 'distance-jump',
              holds: (row) => from.has(row),
              params: (row) => ({ fromM: from.get(row) ?? null, toM: onus.distanceM(row) }),
            })
      teller.tell('distance-jump', olt.id, found, cycle.at, partialOf(facts, cycle))
    },
    gone: (_olt, rows) => {
      for (const row of rows) {
        if (row >= base.length) continue
        base[row] = -1
        candidate[row] = -1
      }
    },
  }
}
