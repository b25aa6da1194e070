import { collectOnus } from './collect-onus.ts'
import { stateAt } from './onu-rules.ts'
import { createRowColumns, grownBytes } from './row-columns.ts'
import { concernsOlt, limitOf } from './rule-limits.ts'
import { isWhole, onuResource, type WatchContext, type Watcher } from './watcher.ts'

/**
 * ONUs that are online and carry nothing, though they did. Whoever never carried anything in this run
 * may have no service at all: nothing is told of it, either way.
 */
export const watchTraffic = (context: WatchContext): Watcher => {
  const { facts, rules, teller } = context
  const { onus } = facts
  /** 1: it has been seen to carry traffic. */
  let carried: Uint8Array = new Uint8Array(0)
  const room = createRowColumns((capacity) => {
    carried = grownBytes(carried, capacity)
  })

  return {
    cycle: (olt, cycle) => {
      if (cycle.group !== 'counters') return
      room.reserve(olt.rows)
      const rule = rules.rule('traffic-absent')
      const belowKbps = limitOf(rule, 'belowKbps')
      const concerns = concernsOlt(rule, olt.id)
      for (let place = 0; place < olt.rows.length; place++) {
        const row = olt.rows[place]!
        if (
          carried[row] === 1 ||
          !(onus.upKbps(row) > belowKbps || onus.downKbps(row) > belowKbps)
        ) {
          continue
        }
        carried[row] = 1
        // An earlier start of the console may have told that it carries nothing.
        const address = olt.addresses[place]!
        if (!concerns || (rule.importantOnly && !rules.isImportant(olt.id, address))) continue
        teller.over('traffic-absent', onuResource(olt.id, address), '', cycle.at)
      }
      const found = collectOnus(context, olt, {
        type: 'traffic-absent',
        holds: (row) =>
          carried[row] === 1 &&
          onus.state(row) === stateAt.online &&
          onus.upKbps(row) <= belowKbps &&
          onus.downKbps(row) <= belowKbps,
        params: () => ({ limitKbps: belowKbps }),
      })
      const partial = {
        isUnread: (): boolean => !isWhole(cycle),
      }
      teller.tell('traffic-absent', olt.id, found, cycle.at, partial)
    },
    gone: (_olt, rows) => {
      for (const row of rows) if (row < carried.length) carried[row] = 0
    },
  }
}
