import type { AlarmRow } from '../../src-shared/contract/alarms-model.ts'
import type { AlarmsSummary } from '../../src-shared/contract/alarms.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { QueryHandlers } from '../engine/handlers.ts'
import type { Reach } from '../engine/reach.ts'
import { alarmsWithin, filterWithin, reachesAlarm } from './belongs.ts'
import { isRaised, type Alarm } from './book/alarm.ts'
import type { BookKeeper } from './book/keeper.ts'
import { matcherOf, orderOf } from './book/list.ts'
import type { Register } from './book/register.ts'
import type { HistoryList } from './history-list.ts'
import { loadOf } from './load.ts'
import type { AlarmReads } from './tables.ts'
import type { ToldWithin } from './told-within.ts'

export type AlarmQuery =
  | 'alarms.summary'
  | 'alarms.list'
  | 'alarms.rows'
  | 'alarms.alarm'
  | 'alarms.load'

const nothing = { critical: 0, major: 0, minor: 0, warning: 0, indeterminate: 0 } as const

export const summaryOf = (
  rows: Iterable<Alarm>,
  rest: Pick<AlarmsSummary, 'maintenance' | 'revision' | 'at'>,
): AlarmsSummary => {
  const active = { ...nothing }
  const unacknowledged = { ...nothing }
  let cleared = 0
  let shelved = 0
  let suppressed = 0
  for (const alarm of rows) {
    if (alarm.shelved !== null) shelved++
    else if (alarm.suppressed !== null) suppressed++
    else if (!isRaised(alarm)) cleared++
    else {
      active[alarm.severity]++
      if (alarm.acknowledged === null) unacknowledged[alarm.severity]++
    }
  }
  return { active, unacknowledged, cleared, shelved, suppressed, ...rest }
}

export const rowOf = (alarm: Alarm): AlarmRow => ({
  id: alarm.id,
  version: alarm.version,
  resource: alarm.resource,
  type: alarm.type,
  qualifier: alarm.qualifier,
  severity: alarm.severity,
  trend: alarm.trend,
  oltName: alarm.oltName,
  serial: alarm.serial,
  name: alarm.name,
  params: { ...alarm.params },
  raisedAt: alarm.raisedAt,
  changedAt: alarm.changedAt,
  clearedAt: alarm.clearedAt,
  count: alarm.count,
  affectedOnus: alarm.affectedOnus,
  affectedSubscribers: null,
  outageId: alarm.outageId,
  suppressed: alarm.suppressed === null ? null : { ...alarm.suppressed },
  acknowledged: alarm.acknowledged,
  shelved: alarm.shelved,
  assignee: alarm.assignee === null ? null : { ...alarm.assignee },
  ticket: alarm.ticket,
  notes: alarm.notes,
  escalation: alarm.escalation,
  important: alarm.important,
})

export const createAlarmQueries = (deps: {
  readonly clock: Clock
  readonly register: Register
  readonly keeper: BookKeeper
  readonly reads: AlarmReads
  readonly history: HistoryList
  readonly toldWithin: ToldWithin
  /** As it stands now, wherever it lies. */
  readonly found: (id: string) => Alarm | undefined
  readonly summary: (reach: Reach) => AlarmsSummary
}): QueryHandlers<AlarmQuery> => {
  const { clock, register, keeper, reads, found } = deps

  return {
    'alarms.summary': (_input, { reach }) => deps.summary(reach),

    'alarms.list': ({ filter: asked, sort, offset, limit }, { session, reach }) => {
      const filter = filterWithin(reach, asked)
      const accountId = session?.accountId ?? null
      const rest = { revision: register.revision(), at: clock.now() }
      if (filter.list === 'history') {
        const { alarms, total } = deps.history.page(filter, accountId, sort, offset, limit)
        return { alarms: alarmsWithin(reach, alarms).map(rowOf), total, ...rest }
      }
      const rows = alarmsWithin(reach, register.all())
        .filter(matcherOf(filter, accountId))
        .sort(orderOf(sort))
      return {
        alarms: rows.slice(offset, offset + limit).map(rowOf),
        total: rows.length,
        ...rest,
      }
    },

    'alarms.rows': ({ ids }, { reach }) => ({
      alarms: ids.flatMap((id) => {
        const alarm = found(id)
        return alarm === undefined || !reachesAlarm(reach, alarm) ? [] : [rowOf(alarm)]
      }),
      revision: register.revision(),
    }),

    'alarms.alarm': ({ id }) => {
      const alarm = found(id)
      if (alarm === undefined) throw new NocturneError('not-found', { what: 'alarm' })
      const entries = new Map(reads.timeline(id).map((entry) => [entry.seq, entry]))
      for (const entry of keeper.waitingEntries()) {
        if (entry.alarmId === id) entries.set(entry.seq, entry)
      }
      return {
        alarm: rowOf(alarm),
        timeline: [...entries.values()]
          .sort((one, other) => other.seq - one.seq)
          .map(({ at, kind, by, text, severity, params, times }) => ({
            at,
            kind,
            by,
            text,
            severity,
            params: times > 1 ? { ...params, times } : { ...params },
          })),
      }
    },

    'alarms.load': ({ hours }, { reach }) =>
      loadOf({
        now: clock.now(),
        hours,
        reach,
        reads,
        within: deps.toldWithin,
        waiting: [...keeper.waitingEntries()],
        rows: register.all(),
        current: found,
      }),
  }
}
