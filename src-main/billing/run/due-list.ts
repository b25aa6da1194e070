import { addDays, type CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { Reads } from '../plans/plan-tables.ts'

/** Ids of subscriptions that may have something due on a day. */

const pageSize = 2_000

/**
 * In order of id, page by page. Looked at is what is not billed beyond the day, what has ended and
 * is not billed to its end, and what has something happening to days that may stand billed already
 * (a period is a year at most). Prepaid ones are charged from their balance, never invoiced.
 */
function* pagesOfDue(
  reads: Reads,
  today: CalendarDate,
  leadDays: number,
): Generator<readonly string[]> {
  const seen = addDays(today, leadDays)
  let after = ''
  for (;;) {
    const page = reads.all<{ readonly id: string; readonly due: number }>(
      `SELECT s.id, p.payment = 'postpaid' AND s.starts_on <= ? AND (
          s.billed_through_on IS NULL
          OR (s.billed_through_on <= ? AND s.ends_on IS NULL)
          OR (s.ends_on IS NOT NULL AND s.billed_through_on <> s.ends_on)
          OR EXISTS (SELECT 1 FROM subscription_event e WHERE e.subscription_id = s.id
            AND e.kind <> 'start'
            AND (e.kind = 'undo' OR e.effective_on >= date(s.billed_through_on, '-13 months')))
        ) AS due FROM subscription s JOIN plan p ON p.id = s.plan_id
        WHERE s.id > ? ORDER BY s.id LIMIT ?`,
      seen,
      seen,
      after,
      pageSize,
    )
    const due = page.filter((row) => row.due === 1).map(({ id }) => id)
    if (due.length > 0) yield due
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return
    after = last.id
  }
}

/** All of them, in order of id; between two pages everything else has its turn. */
export const dueIds = async (
  reads: Reads,
  today: CalendarDate,
  leadDays: number,
  nextTurn: () => Promise<void>,
): Promise<readonly string[]> => {
  const ids: string[] = []
  for (const page of pagesOfDue(reads, today, leadDays)) {
    for (const id of page) ids.push(id)
    await nextTurn()
  }
  return ids
}
