import { alarmTypes } from '../../../src-shared/domain/alarm-rules.ts'
import { unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { QueryHandlers } from '../../engine/handlers.ts'
import type { NetworkFacts } from '../../engine/network-facts.ts'
import { degradationOf } from './degradation.ts'
import { alarmGuide } from './guide.ts'
import type { RuleKeeper } from './keep-rules.ts'
import type { LightMediansKeeper } from './light-medians.ts'
import type { RuleReads } from './tables.ts'

export type RuleQuery = 'alarms.rules' | 'alarms.guide' | 'alarms.important' | 'alarms.degradation'

const weekMs = 7 * 86_400_000

export const createRuleQueries = (deps: {
  readonly now: () => number
  readonly facts: NetworkFacts
  readonly reads: RuleReads
  readonly rules: RuleKeeper
  readonly medians: LightMediansKeeper
  /** Null: an account that is gone. */
  readonly nameOfAccount: (id: string) => string | null
}): QueryHandlers<RuleQuery> => {
  const { now, facts, reads, rules, medians } = deps
  return {
    'alarms.rules': () => {
      const raised = reads.raisedSince(now() - weekMs)
      return {
        rules: alarmTypes.map((type) => ({
          type,
          rule: rules.rule(type),
          changed: rules.isChanged(type),
          lastWeek: raised.get(type) ?? 0,
        })),
        settings: rules.settings(),
      }
    },
    'alarms.guide': ({ type, language }) => {
      const note = reads.note(type)
      const { meaning, causes, checks, firstAction } = alarmGuide[language][type]
      return {
        type,
        meaning,
        causes: [...causes],
        checks: [...checks],
        firstAction,
        note:
          note === undefined
            ? null
            : {
                text: note.text,
                by: (note.accountId === null ? null : deps.nameOfAccount(note.accountId)) ?? '',
                at: note.at,
              },
      }
    },
    'alarms.important': () => ({
      onus: reads.important().map(({ oltId, address, label, at }) => ({
        oltId,
        address: unpackOnuAddress(address),
        label,
        at,
      })),
    }),
    'alarms.degradation': ({ limit }) => degradationOf({ facts, rules, medians }, limit),
  }
}
