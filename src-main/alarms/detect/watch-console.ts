import type { Condition } from '../condition.ts'
import { backupAgeDays } from './olt-rules.ts'
import { limitOf } from './rule-limits.ts'
import type { OltConfigFacts } from './watch-olt-configs.ts'
import { roughSeconds, type WatchContext, type Watcher } from './watcher.ts'

/** What the console itself lacks. */
export interface ConsoleFacts {
  /** Why and since when (wall ms) the history keeps nothing; null: all is well. */
  readonly historyProblem: () => { readonly code: string; readonly at: number } | null
  /** As the olt-backups capability keeps them; without it nothing is said of them. */
  readonly oltConfigs?: () => readonly OltConfigFacts[]
  /** Null: a workspace that nobody needs to back up. Wall ms. */
  readonly backup: () => {
    readonly lastAt: number | null
    readonly createdAt: number
    /** What its own schedule promises, where there is one: overdue sooner than the rule says. */
    readonly promisedDays?: number | null
  } | null
}

export const watchConsole = (
  { rules, teller }: WatchContext,
  { historyProblem, backup }: ConsoleFacts,
): Watcher => {
  const told = (type: 'history-not-kept' | 'backup-overdue', params: Condition['params']) => ({
    resource: { kind: 'console' as const },
    type,
    qualifier: '',
    params,
    affectedOnus: 0,
    important: false,
  })

  return {
    tick: (at) => {
      const problem = rules.rule('history-not-kept').enabled ? historyProblem() : null
      const lost =
        problem === null
          ? []
          : [
              told('history-not-kept', {
                sinceS: roughSeconds(at - problem.at),
                code: problem.code,
              }),
            ]
      teller.tellNews('history-not-kept', null, lost, at)

      const rule = rules.rule('backup-overdue')
      const facts = rule.enabled ? backup() : null
      const limitDays = Math.min(limitOf(rule, 'days'), facts?.promisedDays ?? Infinity)
      const days = facts === null ? 0 : backupAgeDays(facts.lastAt, facts.createdAt, at)
      const never = facts?.lastAt === null
      const overdue = days >= limitDays ? [told('backup-overdue', { days, limitDays, never })] : []
      teller.tellNews('backup-overdue', null, overdue, at)
    },
  }
}
