import type { Condition } from '../condition.ts'
import { concernsOlt } from './rule-limits.ts'
import { roughSeconds, type WatchContext, type Watcher } from './watcher.ts'

/** How the kept configuration of one OLT stands, by the olt-backups capability. */
export interface OltConfigFacts {
  readonly oltId: string
  /** Hours since the last one, or since there could be one; null: not overdue. */
  readonly overdueH: number | null
  readonly never: boolean
  /** A change that no plan of the console explains and nobody has accepted. */
  readonly unknown: { readonly added: number; readonly removed: number } | null
}

/** Configurations of OLTs: kept in time, and changed by the console alone. */
export const watchOltConfigs = (
  { rules, teller }: WatchContext,
  configs: () => readonly OltConfigFacts[],
): Watcher => ({
  tick: (at) => {
    for (const { oltId, overdueH, never, unknown } of configs()) {
      const told = (type: Condition['type'], params: Condition['params'] | null): void => {
        const holds = params !== null && concernsOlt(rules.rule(type), oltId)
        const condition = (): Condition => ({
          resource: { kind: 'olt', oltId },
          type,
          qualifier: '',
          params: params ?? {},
          affectedOnus: 0,
          important: false,
        })
        teller.tellNews(type, oltId, holds ? [condition()] : [], at)
      }
      const age = overdueH === null || never ? {} : { ageS: roughSeconds(overdueH * 3_600_000) }
      told('olt-config-backup-overdue', overdueH === null ? null : age)
      told(
        'olt-config-changed-outside',
        unknown === null ? null : { added: unknown.added, removed: unknown.removed },
      )
    }
  },
})
