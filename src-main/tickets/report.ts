import type { Output } from '../../src-shared/contract/index.ts'
import { ticketPriorities } from '../../src-shared/domain/ticket-state.ts'
import { ticketSources } from '../../src-shared/contract/tickets-model.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { QueryHandlers } from '../engine/handlers.ts'
import type { StoreReader } from '../store/read-handle.ts'
import { slaMetrics } from './sla-clock.ts'
import { readsOf, type Reads } from '../store/reads.ts'
import { type TicketData } from './tables.ts'
import { isZone, offsetAt } from '../engine/zone-offset.ts'

/** How much, how fast, from what, and what came back. */

const longestMs = 400 * 86_400_000

type Report = Output<'tickets.report'>

/** Of sorted values; null: there is none. The nearest rank: a value that occurred. */
export const quantileOf = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null

/** No zone changes its clocks within one; a look at its rules for each ticket would take seconds. */
const quarterMs = 900_000

const dayTeller = (timeZone: string): ((at: number) => string) => {
  const days = new Map<number, string>()
  return (at) => {
    const quarter = Math.floor(at / quarterMs)
    let day = days.get(quarter)
    if (day === undefined) {
      day = new Date(at + offsetAt(timeZone, at)).toISOString().slice(0, 10)
      days.set(quarter, day)
    }
    return day
  }
}

const countBy = <Row, Key>(rows: readonly Row[], key: (row: Row) => Key): Map<Key, number> => {
  const counts = new Map<Key, number>()
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1)
  return counts
}

const promisesOf = (reads: Reads, chosen: string, values: readonly (string | number | null)[]) => {
  const clocks = reads.all<{
    metric: Report['promises'][number]['metric']
    state: string
    usedMs: number
    missed: 0 | 1
  }>(
    `SELECT c.metric, c.state, c.used_ms AS usedMs, EXISTS (SELECT 1 FROM json_each(c.levels) l
        WHERE json_extract(l.value, '$.level') = 1
        AND (c.state <> 'running' OR json_extract(l.value, '$.at') <= ?)) AS missed
      FROM ticket_clock c JOIN ticket t ON t.seq = c.ticket_seq
      WHERE c.target_ms IS NOT NULL AND t.state <> 'merged' AND ${chosen}`,
    ...values,
  )
  return slaMetrics.map((metric) => {
    const of = clocks.filter((clock) => clock.metric === metric)
    const times = of
      .filter(({ state }) => state === 'met')
      .map(({ usedMs }) => usedMs)
      .toSorted((one, other) => one - other)
    return {
      metric,
      promised: of.length,
      met: times.length,
      missed: of.filter(({ missed }) => missed === 1).length,
      medianMs: quantileOf(times, 0.5),
      p90Ms: quantileOf(times, 0.9),
    }
  })
}

export const createTicketReport = (
  reader: StoreReader,
  now: () => number,
): QueryHandlers<'tickets.report'> => {
  const reads = readsOf(reader)
  return {
    'tickets.report': ({ from, to, queueId, timeZone }) => {
      if (!isZone(timeZone))
        throw new NocturneError('invalid-input', { field: 'timeZone', rule: 'zone' })
      if (!(from < to) || to - from > longestMs) {
        throw new NocturneError('invalid-input', { field: 'to', rule: 'range' })
      }
      const dayIn = dayTeller(timeZone)
      return reader.snapshot((): Report => {
        const chosen = `t.created_at >= ? AND t.created_at < ? AND (? IS NULL OR t.queue_id = ?)`
        const values = [from, to, queueId, queueId]
        const all = reads.all<
          Pick<
            TicketData,
            'state' | 'priority' | 'source' | 'queueId' | 'createdAt' | 'solvedAt' | 'reopened'
          >
        >(
          `SELECT t.state, t.priority, t.source, t.queue_id AS queueId, t.created_at AS createdAt,
            t.solved_at AS solvedAt, t.reopened FROM ticket t WHERE ${chosen}`,
          ...values,
        )
        // What was merged is counted in the other.
        const rows = all.filter(({ state }) => state !== 'merged')
        const solved = rows.filter(({ state }) => state === 'solved' || state === 'closed')
        const openedOn = countBy(rows, ({ createdAt }) => dayIn(createdAt))
        const solvedOn = countBy(
          solved.filter(({ solvedAt }) => solvedAt !== null),
          ({ solvedAt }) => dayIn(solvedAt ?? 0),
        )
        const days = [...new Set([...openedOn.keys(), ...solvedOn.keys()])].toSorted()
        const priorities = countBy(rows, ({ priority }) => priority)
        const sources = countBy(rows, ({ source }) => source)
        const queues = countBy(rows, (row) => row.queueId)
        const names = new Map(
          reads
            .all<{ id: string; name: string }>(`SELECT id, name FROM ticket_queue`)
            .map(({ id, name }) => [id, name]),
        )
        const satisfaction = reads.get<Report['satisfaction']>(
          `SELECT count(*) AS asked, count(s.score) AS answered, avg(s.score) AS average
            FROM ticket_satisfaction s JOIN ticket t ON t.id = s.ticket_id WHERE ${chosen}`,
          ...values,
        )!
        return {
          opened: rows.length,
          solved: solved.length,
          merged: all.length - rows.length,
          reopened: rows.filter(({ reopened }) => reopened > 0).length,
          open: rows.length - solved.length,
          days: days.map((on) => ({
            on,
            opened: openedOn.get(on) ?? 0,
            solved: solvedOn.get(on) ?? 0,
          })),
          priorities: ticketPriorities.map((key) => ({ key, count: priorities.get(key) ?? 0 })),
          sources: ticketSources.map((key) => ({ key, count: sources.get(key) ?? 0 })),
          tags: reads.all(
            `SELECT g.tag AS key, count(*) AS count FROM ticket_tag g
              JOIN ticket t ON t.seq = g.ticket_seq WHERE t.state <> 'merged' AND ${chosen}
              GROUP BY g.tag ORDER BY count DESC, g.tag LIMIT 20`,
            ...values,
          ),
          queues: [...queues].map(([id, count]) => ({
            id,
            name: id === null ? null : (names.get(id) ?? null),
            count,
          })),
          promises: promisesOf(reads, chosen, [now(), ...values]),
          satisfaction,
        }
      })
    },
  }
}
