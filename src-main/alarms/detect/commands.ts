import { packOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { CommandHandlers } from '../../engine/handlers.ts'
import type { NetworkFacts } from '../../engine/network-facts.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { checkRule, checkSettings } from './rule-limits.ts'
import {
  dropImportant,
  dropRule,
  putAlarmSettings,
  putGuideNote,
  putImportant,
  putRule,
} from './tables.ts'

export type RuleCommand =
  | 'alarms.setRule'
  | 'alarms.resetRule'
  | 'alarms.configure'
  | 'alarms.setGuideNote'
  | 'alarms.setImportant'

export const createRuleCommands = (deps: {
  readonly now: () => number
  readonly facts: Pick<NetworkFacts, 'olt' | 'rowOf'>
  /** Rules, settings or who is important have changed. */
  readonly changed: () => void
}): CommandHandlers<RuleCommand> => {
  const { now, facts, changed } = deps
  return {
    'alarms.setRule': ({ type, rule }, { session }) => {
      checkRule(type, rule)
      return {
        apply: (tx) => {
          putRule(tx, type, rule, session?.accountId ?? null, now())
          tx.change({
            entity: 'alarm-rule',
            entityId: type,
            kind: 'updated',
            version: 1,
            data: rule,
          })
          return {}
        },
        after: changed,
      }
    },
    'alarms.resetRule': ({ type }) => ({
      apply: (tx) => {
        dropRule(tx, type)
        tx.change({ entity: 'alarm-rule', entityId: type, kind: 'deleted', version: 1 })
        return {}
      },
      after: changed,
    }),
    'alarms.configure': (settings) => {
      checkSettings(settings)
      return {
        apply: (tx) => {
          putAlarmSettings(tx, settings, now())
          tx.change({
            entity: 'alarm-settings',
            entityId: 'alarms',
            kind: 'updated',
            version: 1,
            data: settings,
          })
          return {}
        },
        after: changed,
      }
    },
    'alarms.setGuideNote': ({ type, text }, { session }) => ({
      apply: (tx) => {
        putGuideNote(tx, type, text, session?.accountId ?? null, now())
        tx.change({
          entity: 'guide-note',
          entityId: type,
          kind: text === '' ? 'deleted' : 'updated',
          version: 1,
        })
        return {}
      },
    }),
    'alarms.setImportant': ({ onus, important, label }, { session }) => {
      const places = onus.map(({ oltId, address }) => ({
        oltId,
        address: packOnuAddress(address),
      }))
      // What is gone may be taken off the list, and nothing that is not there put on it.
      const missing = important
        ? places.find(({ oltId, address }) => facts.rowOf(oltId, address) < 0)
        : undefined
      if (missing !== undefined) {
        const what = facts.olt(missing.oltId) === undefined ? 'olt' : 'onu'
        throw new NocturneError('not-found', { what })
      }
      return {
        apply: (tx) => {
          let acted = 0
          for (const { oltId, address } of places) {
            if (important) {
              putImportant(tx, { oltId, address, label, at: now() }, session?.accountId ?? null)
              acted++
            } else {
              acted += dropImportant(tx, oltId, address)
            }
            tx.change({
              entity: 'important-onu',
              entityId: `${oltId}/${address}`,
              kind: important ? 'updated' : 'deleted',
              version: 1,
            })
          }
          return { acted }
        },
        after: changed,
      }
    },
  }
}
