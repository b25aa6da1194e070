import { createHash } from 'node:crypto'
import type { TicketPriority } from '../../src-shared/domain/ticket-state.ts'
import type { Transaction } from '../store/write-path.ts'
import { createWorkingTime, type BusinessCalendar } from './business-calendar.ts'
import type { SlaTerms } from './sla-clock.ts'
import type { Reads } from '../store/reads.ts'

/**
 * What a ticket is promised. A ticket keeps the terms it was given, by content: what it was measured by
 * can be counted again when promise and calendar are long others.
 */
interface TermsContent {
  readonly slaId: string
  readonly name: string
  readonly firstResponseMin: number | null
  readonly updateMin: number | null
  readonly solutionMin: number | null
  readonly escalateAfterMin: readonly number[]
  readonly calendar: BusinessCalendar & { readonly name: string }
}

export interface GivenTerms extends SlaTerms {
  readonly slaId: string
  readonly name: string
  readonly calendar: string
  readonly timeZone: string
}

interface SlaData {
  readonly id: string
  readonly name: string
  readonly calendarId: string
  readonly firstResponseMin: number | null
  readonly updateMin: number | null
  readonly solutionMin: number | null
  readonly escalateAfterMin: string
  readonly priorities: string
  readonly queues: string
}

const parsed = (text: string): readonly string[] => JSON.parse(text) as readonly string[]

const fits = (list: string, one: string | null): boolean => {
  const all = parsed(list)
  return all.length === 0 || (one !== null && all.includes(one))
}

const contentOf = (reads: Reads, sla: SlaData): TermsContent => {
  const calendar = reads.get<{ name: string; timeZone: string; week: string }>(
    `SELECT name, time_zone AS timeZone, week FROM ticket_calendar WHERE id = ?`,
    sla.calendarId,
  )!
  const holidays = reads.all<{ on: string }>(
    `SELECT on_day AS "on" FROM ticket_holiday WHERE calendar_id = ? ORDER BY on_day`,
    sla.calendarId,
  )
  return {
    slaId: sla.id,
    name: sla.name,
    firstResponseMin: sla.firstResponseMin,
    updateMin: sla.updateMin,
    solutionMin: sla.solutionMin,
    escalateAfterMin: JSON.parse(sla.escalateAfterMin) as number[],
    calendar: {
      name: calendar.name,
      timeZone: calendar.timeZone,
      week: JSON.parse(calendar.week) as BusinessCalendar['week'],
      holidays: holidays.map(({ on }) => on),
    },
  }
}

/** The id of the terms that stand for such a ticket now; null: nothing is promised. */
export const termsNow = (
  tx: Transaction,
  ticket: { readonly priority: TicketPriority; readonly queueId: string | null },
): number | null => {
  const sla = tx
    .all<SlaData>(
      `SELECT id, name, calendar_id AS calendarId, first_response_min AS firstResponseMin,
        update_min AS updateMin, solution_min AS solutionMin,
        escalate_after_min AS escalateAfterMin, priorities, queues FROM ticket_sla
        WHERE active = 1 ORDER BY position, id`,
    )
    .find((one) => fits(one.priorities, ticket.priority) && fits(one.queues, ticket.queueId))
  if (sla === undefined) return null
  const content = JSON.stringify(contentOf(tx, sla))
  const sha256 = createHash('sha256').update(content).digest('hex')
  tx.run(
    `INSERT INTO ticket_terms (sha256, sla_id, content) VALUES (?, ?, ?)
      ON CONFLICT (sha256) DO NOTHING`,
    sha256,
    sla.id,
    content,
  )
  return tx.get<{ id: number }>(`SELECT id FROM ticket_terms WHERE sha256 = ?`, sha256)!.id
}

/** Terms by their id; the calendars of those that were asked for stay counted out. */
export const createTermsBook = () => {
  const known = new Map<number, GivenTerms>()
  return (reads: Reads, id: number | null): GivenTerms | null => {
    if (id === null) return null
    const there = known.get(id)
    if (there !== undefined) return there
    const row = reads.get<{ content: string }>(`SELECT content FROM ticket_terms WHERE id = ?`, id)!
    const content = JSON.parse(row.content) as TermsContent
    const terms: GivenTerms = {
      ...content,
      calendar: content.calendar.name,
      timeZone: content.calendar.timeZone,
      working: createWorkingTime(content.calendar),
    }
    if (known.size > 200) known.clear()
    known.set(id, terms)
    return terms
  }
}

export type TermsBook = ReturnType<typeof createTermsBook>
