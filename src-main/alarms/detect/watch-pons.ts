import type { AlarmResource } from '../../../src-shared/contract/alarms-model.ts'
import { packOnuAddress, ponOf } from '../../../src-shared/domain/onu-address.ts'
import { downCauses } from '../../../src-shared/domain/onu-state.ts'
import type { OltFacts } from '../../engine/network-facts.ts'
import type { Condition } from '../condition.ts'
import { collectOnus } from './collect-onus.ts'
import { offlineTypeOf, offlineTypes } from './onu-rules.ts'
import { judgePon, windowMsOf, type OnuColumns, type PonLimits } from './pon-rules.ts'
import { concernsOlt, limitOf } from './rule-limits.ts'
import { partialOf, ponResource, type WatchContext, type Watcher } from './watcher.ts'

/** PON ports and ONUs that are down, looked at after each status walk. */
export const watchPons = (context: WatchContext): Watcher => {
  const { facts, rules, teller } = context
  let scratch = new Float64Array(1024)

  const limitsOf = (olt: OltFacts): PonLimits => ({
    leastOnusDown: limitOf(rules.rule('pon-down'), 'leastOnus'),
    leastOnus: limitOf(rules.rule('pon-partially-down'), 'leastOnus'),
    leastPercent: limitOf(rules.rule('pon-partially-down'), 'leastPercent'),
    windowMs: windowMsOf(olt.intervals.statusS),
  })

  const tellPons = (olt: OltFacts, columns: OnuColumns, at: number, partial: Partial): void => {
    const downPorts = new Set<number>()
    for (const { shelf, slot, port, state } of olt.ponPorts) {
      if (state === 'down') downPorts.add(packOnuAddress({ shelf, slot, port, onuId: 0 }))
    }
    const limits = limitsOf(olt)
    const down: Condition[] = []
    const inPart: Condition[] = []
    const { addresses, id } = olt
    const unread = new Set<number>()
    for (let from = 0; from < addresses.length;) {
      const pon = ponOf(addresses[from]!)
      let to = from + 1
      while (to < addresses.length && ponOf(addresses[to]!) === pon) to++
      if (scratch.length < to - from) scratch = new Float64Array(to - from)
      const judged = judgePon(columns, from, to, downPorts.has(pon), limits, scratch)
      if (judged.verdict === 'unknown') unread.add(pon)
      if (judged.verdict === 'down' || judged.verdict === 'partial') {
        const one = {
          resource: ponResource(id, pon),
          qualifier: '',
          affectedOnus: judged.down,
          important: false,
        } as const
        const { withGasp, total } = judged
        if (judged.verdict === 'down') {
          down.push({ ...one, type: 'pon-down', params: { onus: judged.down, withGasp } })
        } else {
          const params = { down: judged.down, total, withGasp }
          inPart.push({ ...one, type: 'pon-partially-down', params })
        }
      }
      from = to
    }
    const look =
      unread.size === 0 && partial === null
        ? null
        : {
            isUnread: (resource: AlarmResource) =>
              resource.kind === 'pon' && unread.has(packOnuAddress({ ...resource.pon, onuId: 0 })),
          }
    const tell = (type: 'pon-down' | 'pon-partially-down', found: Condition[]): void =>
      teller.tell(type, id, concernsOlt(rules.rule(type), id) ? found : [], at, look)
    tell('pon-down', down)
    tell('pon-partially-down', inPart)
  }

  const tellOffline = (olt: OltFacts, columns: OnuColumns, at: number, partial: Partial): void => {
    const { states, causes } = columns
    offlineTypes.forEach((type, wanted) => {
      const found = collectOnus(context, olt, {
        type,
        holds: (_row, place) => {
          return offlineTypeOf(states[place]!, causes[place]!) === wanted
        },
        params: (_row, place) => ({ cause: downCauses[causes[place]!] ?? 'unknown' }),
      })
      teller.tell(type, olt.id, found, at, partial)
    })
  }

  return {
    status: (olt, cycle, columns) => {
      const partial = partialOf(facts, cycle)
      tellPons(olt, columns, cycle.at, partial)
      tellOffline(olt, columns, cycle.at, partial)
    },
  }
}

type Partial = ReturnType<typeof partialOf>
