import type { Output } from '../../src-shared/contract/index.ts'
import { isEverything, type Reach } from '../engine/reach.ts'
import { alarmsWithin, reachesAlarm } from './belongs.ts'
import { isRaised, type Alarm } from './book/alarm.ts'
import type { TimelineEntry } from './book/timeline.ts'
import type { AlarmReads } from './tables.ts'
import type { ToldWithin } from './told-within.ts'

type Load = Output<'alarms.load'>

export type ToldReads = Pick<AlarmReads, 'toldByTenMinutes' | 'toldSince' | 'loudest'>

const tenMinutesMs = 600_000
const hourMs = 3_600_000
const dayMs = 86_400_000
/** EEMUA 191: more than ten alarms in ten minutes are a flood for one operator. */
const floodAbove = 10

/** How much there was to bear within the reach. `waiting` is not in the store yet: it counts as well. */
export const loadOf = (deps: {
  readonly now: number
  readonly hours: number
  readonly reach: Reach
  readonly reads: ToldReads
  readonly within: ToldWithin
  readonly waiting: readonly TimelineEntry[]
  readonly rows: readonly Alarm[]
  readonly current: (id: string) => Alarm | undefined
}): Load => {
  const { now, hours, reach } = deps
  const reads = isEverything(reach) ? deps.reads : deps.within.of(reach)
  const rows = alarmsWithin(reach, deps.rows)
  const isWithin = (entry: TimelineEntry): boolean => {
    if (isEverything(reach)) return true
    const alarm = deps.current(entry.alarmId)
    return alarm !== undefined && reachesAlarm(reach, alarm)
  }
  const last = Math.floor(now / tenMinutesMs)
  const buckets = hours * 6
  const first = last - buckets + 1
  const at = Float64Array.from({ length: buckets }, (_, index) => (first + index) * tenMinutesMs)
  const told = new Float64Array(buckets)
  const count = (bucket: number, times: number): void => {
    if (bucket >= first && bucket <= last) told[bucket - first]! += times
  }
  for (const { bucket, count: times } of reads.toldByTenMinutes(first * tenMinutesMs)) {
    count(bucket, times)
  }
  const unsaved = deps.waiting.filter((entry) => entry.told && isWithin(entry))
  for (const entry of unsaved) count(Math.floor(entry.at / tenMinutesMs), 1)
  const since = now - tenMinutesMs
  const lastTenMinutes =
    reads.toldSince(since) + unsaved.filter((entry) => entry.at >= since).length
  const sum = told.reduce((total, value) => total + value, 0)
  return {
    at,
    told,
    perTenMinutes: sum / buckets,
    lastTenMinutes,
    flood: lastTenMinutes > floodAbove,
    chattering: reads.loudest(now - hours * hourMs).map(({ alarm, times }) => {
      const { resource, type, oltName, name } = deps.current(alarm.id) ?? alarm
      return { resource, type, oltName, name, count: times }
    }),
    stale: rows.filter(
      (alarm) =>
        isRaised(alarm) &&
        alarm.shelved === null &&
        alarm.suppressed === null &&
        now - alarm.raisedAt > dayMs,
    ).length,
    shelved: rows.filter(({ shelved }) => shelved !== null).length,
    suppressed: rows.filter(({ shelved, suppressed }) => shelved === null && suppressed !== null)
      .length,
  }
}
