import type { AlarmRule } from '../../../src-shared/contract/alarms-model.ts'
import { alarmTypes } from '../../../src-shared/domain/alarm-rules.ts'
import { unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { QueryHandlers } from '../../engine/handlers.ts'
import type { NetworkFacts } from '../../engine/network-facts.ts'
import { isEverything, oltIdsWithin, reaches, type Reach } from '../../engine/reach.ts'
import type { ToldWithin } from '../told-within.ts'
import { degradationOf } from './degradation.ts'
import { alarmGuide } from './guide.ts'
import type { RuleKeeper } from './keep-rules.ts'
import type { LightMediansKeeper } from './light-medians.ts'
import type { RuleReads } from './tables.ts'

export type RuleQuery = 'alarms.rules' | 'alarms.guide' | 'alarms.important' | 'alarms.degradation'

/** OLTs that are not reached are not named; of none that is, it is still not a rule for all. */
const ruleWithin = (reach: Reach, rule: AlarmRule): AlarmRule =>
  rule.oltIds.length === 0 ? rule : { ...rule, oltIds: oltIdsWithin(reach, rule.oltIds) }

const weekMs = 7 * 86_400_000

export const createRuleQueries = (deps: {
  readonly now: () => number
  readonly facts: NetworkFacts
  readonly reads: RuleReads
  readonly rules: RuleKeeper
  readonly medians: LightMediansKeeper
  /** Null: an account that is gone. */
  readonly nameOfAccount: (id: string) => string | null
  readonly toldWithin: ToldWithin
  /** Whom alarms of an ONU are assigned to. `address`: packed. */
  readonly peopleOfOnu: (oltId: string, address: number) => readonly string[]
}): QueryHandlers<RuleQuery> => {
  const { now, facts, reads, rules, medians } = deps
  const isWithin = (reach: Reach, oltId: string, address: number): boolean =>
    isEverything(reach) ||
    reaches(reach, { oltIds: [oltId], accountIds: deps.peopleOfOnu(oltId, address) })
  return {
    'alarms.rules': (_input, { reach }) => {
      const since = now() - weekMs
      const raised = isEverything(reach)
        ? reads.raisedSince(since)
        : deps.toldWithin.raisedSince(reach, since)
      return {
        rules: alarmTypes.map((type) => ({
          type,
          rule: ruleWithin(reach, rules.rule(type)),
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
    'alarms.important': (_input, { reach }) => ({
      onus: reads
        .important()
        .filter(({ oltId, address }) => isWithin(reach, oltId, address))
        .map(({ oltId, address, label, at }) => ({
          oltId,
          address: unpackOnuAddress(address),
          label,
          at,
        })),
    }),
    'alarms.degradation': ({ limit }, { reach }) =>
      degradationOf({ facts, rules, medians, reach }, limit),
  }
}
