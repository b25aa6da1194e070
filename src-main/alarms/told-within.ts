import type { Reach } from '../engine/reach.ts'
import type { StoreReader } from '../store/read-handle.ts'
import { alarmColumns, alarmOf, type StoredAlarm } from './tables.ts'
import type { ToldReads } from './load.ts'

/** What was told of alarms that are reached; of all of them it is counted without a look at each. */
export interface ToldWithin {
  readonly of: (reach: Reach) => ToldReads
  /** How often each type was raised since then (wall ms). */
  readonly raisedSince: (reach: Reach, at: number) => ReadonlyMap<string, number>
}

const mine = 'alarm.assignee_id = ?'
const ofOlts = 'alarm.olt_id IN (SELECT value FROM json_each(?))'

export const createToldWithin = (reader: StoreReader): ToldWithin => {
  const statementsOf = (within: string) => {
    const events = 'alarm_event JOIN alarm ON alarm.id = alarm_event.alarm_id'
    return {
      told: reader.prepare<[number, string], { bucket: number; count: number }>(
        `SELECT alarm_event.at / 600000 AS bucket, count(*) AS count FROM ${events}
         WHERE alarm_event.told = 1 AND alarm_event.at >= ? AND ${within} GROUP BY bucket`,
      ),
      toldSince: reader.prepare<[number, string], { count: number }>(
        `SELECT count(*) AS count FROM ${events}
         WHERE alarm_event.told = 1 AND alarm_event.at >= ? AND ${within}`,
      ),
      loudest: reader.prepare<[number, string], StoredAlarm & { times: number }>(
        `WITH loud AS (
           SELECT alarm_id, sum(times) AS times FROM alarm_event
           WHERE kind IN ('raised', 'repeated') AND at >= ? GROUP BY alarm_id
         )
         SELECT ${alarmColumns
           .split(', ')
           .map((name) => `alarm.${name}`)
           .join(', ')}, sum(loud.times) AS times, max(alarm.raised_at)
         FROM loud JOIN alarm ON alarm.id = loud.alarm_id WHERE ${within}
         GROUP BY alarm.identity HAVING sum(loud.times) > 1
         ORDER BY times DESC, alarm.identity LIMIT 10`,
      ),
      raised: reader.prepare<[number, string], { type: string; times: number }>(
        `SELECT alarm.type AS type, sum(alarm_event.times) AS times FROM ${events}
         WHERE alarm_event.kind IN ('raised', 'repeated') AND alarm_event.at >= ? AND ${within}
         GROUP BY alarm.type`,
      ),
    }
  }
  const own = statementsOf(mine)
  const regions = statementsOf(ofOlts)

  const asked = (reach: Reach) =>
    reach.kind === 'own'
      ? { statements: own, value: reach.accountId ?? '' }
      : { statements: regions, value: JSON.stringify([...(reach.olts ?? [])]) }

  return {
    of: (reach) => {
      const { statements, value } = asked(reach)
      return {
        toldByTenMinutes: (from) => statements.told.all(Math.floor(from), value),
        toldSince: (from) => statements.toldSince.get(Math.floor(from), value)?.count ?? 0,
        loudest: (from) =>
          statements.loudest
            .all(Math.floor(from), value)
            .map((row) => ({ alarm: alarmOf(row), times: row.times })),
      }
    },
    raisedSince: (reach, at) => {
      const { statements, value } = asked(reach)
      return new Map(
        statements.raised.all(Math.floor(at), value).map(({ type, times }) => [type, times]),
      )
    },
  }
}
