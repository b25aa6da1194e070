import type { OltFacts } from '../../engine/network-facts.ts'
import type { Clock } from '../../engine/clock.ts'
import type { Condition } from '../condition.ts'
import { hasRestarted, isStale } from './olt-rules.ts'
import { concernsOlt, limitOf } from './rule-limits.ts'
import { roughSeconds, type WatchContext, type Watcher } from './watcher.ts'

/** Groups whose age is watched; identity is read once a day and never pressing. */
const watchedGroups = ['status', 'optics', 'counters'] as const

interface Seen {
  uptime: { readonly uptimeS: number; readonly at: number } | null
  /** It began anew, and has not been read whole since. */
  restarted: { readonly uptimeS: number } | null
  /** From then on it is owed readings, wall ms: it answers, is left alone no more, we are awake. */
  owedSince: number
}

/** Longer between two ticks: the machine slept, and readings that are old then are nobody's fault. */
const sleptMs = 120_000

/** The OLT as a whole: reach, restart, the governor's budget, age of the data. */
export const watchOlts = (context: WatchContext, clock: Clock): Watcher => {
  const { facts, rules, teller } = context
  const seen = new Map<string, Seen>()
  let tickedAt = Number.NaN

  const of = (oltId: string): Seen => {
    const known = seen.get(oltId)
    if (known !== undefined) return known
    const fresh: Seen = { uptime: null, restarted: null, owedSince: clock.now() }
    seen.set(oltId, fresh)
    return fresh
  }

  const tellReach = (olt: OltFacts, at: number): void => {
    const lost = olt.reachability === 'unreachable'
    if (olt.reachability === 'never') return
    const conditions: Condition[] = []
    if (lost && concernsOlt(rules.rule('olt-unreachable'), olt.id)) {
      const silentSince = olt.lastAnswerAt ?? olt.since ?? at
      conditions.push({
        resource: { kind: 'olt', oltId: olt.id },
        type: 'olt-unreachable',
        qualifier: '',
        params: { host: olt.host, silentS: roughSeconds(at - silentSince) },
        affectedOnus: olt.rows.length,
        important: false,
      })
    }
    teller.tellNews('olt-unreachable', olt.id, conditions, at)
  }

  const tellRestart = (olt: OltFacts, at: number): void => {
    const { restarted } = of(olt.id)
    const holds = restarted !== null && concernsOlt(rules.rule('olt-restarted'), olt.id)
    const condition = (): Condition => ({
      resource: { kind: 'olt', oltId: olt.id },
      type: 'olt-restarted',
      qualifier: '',
      params: { uptimeS: restarted?.uptimeS ?? 0 },
      affectedOnus: olt.rows.length,
      important: false,
    })
    teller.tell('olt-restarted', olt.id, holds ? [condition()] : [], at)
  }

  /** The engine tells of a restart within one contact only; this one also of one behind a lost way. */
  const lookAtUptime = (olt: OltFacts, at: number): void => {
    const { uptimeS } = olt
    if (uptimeS === null) return
    const one = of(olt.id)
    const now = { uptimeS, at: clock.monotonic() }
    if (one.uptime !== null && hasRestarted(one.uptime, now)) {
      one.restarted = { uptimeS }
      tellRestart(olt, at)
    }
    one.uptime = now
  }

  const tellBudget = (olt: OltFacts, at: number): void => {
    if (!concernsOlt(rules.rule('poll-budget-exceeded'), olt.id)) {
      teller.tellNews('poll-budget-exceeded', olt.id, [], at)
      return
    }
    const care = olt.reachability === 'reachable' && olt.quiet === null ? facts.care(olt.id) : null
    // Of one that is not asked nothing is known.
    if (care === null || care.requests === null) return
    const { requests, plan, rounds } = care
    const isSpent = requests.leftMs <= 0 && requests.waiting > 0
    if (plan.factor <= 1 && !isSpent) {
      teller.tellNews('poll-budget-exceeded', olt.id, [], at)
      return
    }
    const last = rounds.groups.lastIndexOf(0)
    const condition: Condition = {
      resource: { kind: 'olt', oltId: olt.id },
      type: 'poll-budget-exceeded',
      qualifier: '',
      params: {
        takesS: last < 0 ? null : Math.round(rounds.tookMs[last]! / 10_000) * 10,
        intervalS: plan.asked.statusS,
        factor: plan.factor,
      },
      affectedOnus: 0,
      important: false,
    }
    teller.tellNews('poll-budget-exceeded', olt.id, [condition], at)
  }

  const tellAge = (olt: OltFacts, at: number): void => {
    const one = of(olt.id)
    const rule = rules.rule('data-stale')
    const conditions: Condition[] = []
    if (olt.reachability !== 'reachable' || olt.quiet !== null) {
      // What is not asked for is not late; what was told of stays until it is read again.
      one.owedSince = at
      if (olt.quiet !== null) teller.tellNews('data-stale', olt.id, [], at)
      return
    }
    if (concernsOlt(rule, olt.id)) {
      const kept = facts.care(olt.id)?.plan.kept ?? olt.intervals
      const since = Math.max(one.owedSince, olt.since ?? 0)
      for (const group of watchedGroups) {
        if (group === 'optics' && !olt.opticsPolled) continue
        const intervalS = kept[`${group}S`]
        const readAt = olt.ages[group]
        // What was never read may not be there to read: of states there is always something.
        if (readAt === null && group !== 'status') continue
        if (!isStale(readAt, since, at, intervalS, limitOf(rule, 'intervals'))) continue
        conditions.push({
          resource: { kind: 'olt', oltId: olt.id },
          type: 'data-stale',
          qualifier: group,
          params: { reading: group, ageS: roughSeconds(at - (readAt ?? since)) },
          affectedOnus: olt.rows.length,
          important: false,
        })
      }
    }
    teller.tellNews('data-stale', olt.id, conditions, at)
  }

  return {
    seed: (olt) => {
      of(olt.id)
      // Nothing has been read yet in this run: what earlier alarms say of it does not age.
      teller.unknown(olt.id, clock.now())
    },
    reachability: (olt, _before, at) => {
      if (olt.reachability === 'unreachable') teller.unknown(olt.id, at)
      else of(olt.id).owedSince = at
      tellReach(olt, at)
    },
    restarted: (olt, at) => {
      of(olt.id).restarted = { uptimeS: olt.uptimeS ?? 0 }
      tellRestart(olt, at)
    },
    chassis: (olt, at) => lookAtUptime(olt, at),
    cycle: (olt, { group, whole, pon, at }) => {
      tellReach(olt, at)
      if (group !== 'status' || !whole || pon !== null) return
      of(olt.id).restarted = null
      tellRestart(olt, at)
    },
    tick: (at) => {
      const slept = !(at - tickedAt < sleptMs && at >= tickedAt)
      tickedAt = at
      for (const olt of facts.olts()) {
        if (slept) of(olt.id).owedSince = at
        // One that was lost before the rule was changed is told of by the rule as it is now.
        tellReach(olt, at)
        tellAge(olt, at)
        tellBudget(olt, at)
      }
    },
    end: (oltId) => seen.delete(oltId),
  }
}
