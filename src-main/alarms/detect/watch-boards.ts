import type { OltBoard } from '../../../src-shared/contract/network-model.ts'
import type { AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import { packOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { ErrorParams } from '../../../src-shared/errors.ts'
import type { OltFacts } from '../../engine/network-facts.ts'
import type { AlarmResource } from '../../../src-shared/contract/alarms-model.ts'
import type { Condition } from '../condition.ts'
import { keyOf } from './condition-teller.ts'
import { isAbove, plausibleC, plausiblePercent } from './level-rules.ts'
import { isBoardAtFault, isFan } from './olt-rules.ts'
import { concernsOlt, limitOf } from './rule-limits.ts'
import { tenth, type WatchContext, type Watcher } from './watcher.ts'

/** What the OLT says of its boards and fans, each time the chassis is read. */
export const watchBoards = ({ rules, teller }: WatchContext): Watcher => {
  const tell = (
    olt: OltFacts,
    type: AlarmType,
    at: number,
    judge: (board: OltBoard, held: boolean) => ErrorParams | null,
    qualifierOf: (board: OltBoard) => string = () => '',
  ): void => {
    const conditions: Condition[] = []
    const concerns = concernsOlt(rules.rule(type), olt.id)
    for (const board of concerns ? olt.boards : []) {
      const { shelf, slot } = board
      const resource: AlarmResource = { kind: 'board', oltId: olt.id, shelf, slot }
      const qualifier = qualifierOf(board)
      const params = judge(board, teller.isTold(type, olt.id, keyOf(resource, qualifier)))
      if (params === null) continue
      const affectedOnus = type === 'olt-board-fault' ? onusOnSlot(olt, shelf, slot) : 0
      conditions.push({ resource, type, qualifier, params, affectedOnus, important: false })
    }
    teller.tell(type, olt.id, conditions, at)
  }

  return {
    chassis: (olt, at) => {
      // A family or firmware that tells of no boards: nothing is known of them.
      if (olt.boards.length === 0) return
      const heat = rules.rule('olt-over-temperature')
      const limitC = limitOf(heat, 'temperatureC')
      tell(olt, 'olt-over-temperature', at, ({ temperatureC }, held) => {
        const value = plausibleC(temperatureC)
        return isAbove(value, limitC, limitOf(heat, 'hysteresisC'), held)
          ? { temperatureC: Number.isNaN(value) ? null : tenth(value), limitC }
          : null
      })
      const load = rules.rule('olt-cpu-high')
      const limitPercent = limitOf(load, 'cpuPercent')
      tell(olt, 'olt-cpu-high', at, ({ cpuPercent }, held) => {
        const value = plausiblePercent(cpuPercent)
        return isAbove(value, limitPercent, limitOf(load, 'hysteresisPercent'), held)
          ? { cpuPercent: Number.isNaN(value) ? null : tenth(value), limitPercent }
          : null
      })
      tell(olt, 'olt-board-fault', at, (board, held) => {
        if (isFan(board)) return null
        const atFault =
          board.state === 'unknown'
            ? held
            : isBoardAtFault(board, onusOnSlot(olt, board.shelf, board.slot))
        return atFault ? { boardType: board.name, state: board.state } : null
      })
      tell(
        olt,
        'olt-fan-fault',
        at,
        (board, held) =>
          isFan(board) && (board.state === 'out-of-service' || (board.state === 'unknown' && held))
            ? { fan: board.name }
            : null,
        ({ name }) => name ?? '',
      )
    },
  }
}

const onusOnSlot = ({ addresses }: OltFacts, shelf: number, slot: number): number => {
  const first = packOnuAddress({ shelf, slot, port: 0, onuId: 0 })
  const last = packOnuAddress({ shelf, slot, port: 255, onuId: 1023 })
  return lowerBound(addresses, last + 1) - lowerBound(addresses, first)
}

const lowerBound = (sorted: Int32Array, value: number): number => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
