import type { Payload } from '../../src-shared/contract/index.ts'
import { isWaiting } from '../../src-shared/domain/ticket-state.ts'
import type { Transaction } from '../store/write-path.ts'
import { ticketSettings, type TicketDesk } from './desk.ts'
import { nextLevel, noteTicket, refreshClocks } from './history.ts'
import type { TicketsDependencies } from './ports.ts'
import { behindRound, termsAtOnce } from './rounds.ts'
import type { Reads } from '../store/reads.ts'
import { isActiveAccount, ticketIn } from './tables.ts'
import type { TermsBook } from './terms.ts'

/**
 * What happens to tickets by time alone: levels of promises are told, reminders come back, what was
 * solved long enough is closed, what was promised anew is given to those that are open. It asks the
 * store what is due at start, when something falls due, each hour and after a sleep, and remembers
 * nothing: each step is a transaction of its own, and what a dead process left is done by the next.
 */
export interface TicketWorker {
  start(): void
  /** Something changed: what is next may be another. */
  look(): void
  wake(): void
  stop(): void
}

type Notice = Payload<'tickets.notice'>

const everyMs = 3_600_000
const dayMs = 86_400_000
/** So many in one go; the others a moment later. */
const atOnce = 50

export const createTicketWorker = (
  deps: Pick<TicketsDependencies, 'clock' | 'emit' | 'log' | 'write'> & {
    readonly reads: Reads
    readonly desk: TicketDesk
    readonly book: TermsBook
    readonly changed: () => void
  },
): TicketWorker => {
  const { clock, desk, reads, write } = deps
  let stopTimer: (() => void) | null = null
  let isOn = false
  /** What failed waits for the next hour: it is not tried again and again. */
  let failed = new Set<string>()

  /** Levels that were reached by now and nobody was told of, each once. */
  const tell = (tx: Transaction, ticketId: string): readonly Notice[] => {
    const now = clock.now()
    const ticket = desk.catchUp(tx, ticketIn(tx, ticketId))
    const notices: Notice[] = []
    for (const clockOf of refreshClocks(tx, deps.book, ticket)) {
      for (;;) {
        const level = nextLevel(tx, ticketId, clockOf)
        if (level === null || level.at > now) break
        tx.run(
          `INSERT INTO ticket_notice (ticket_id, metric, round, level, reached_at, told_at)
            VALUES (?, ?, ?, ?, ?, ?)`,
          ticketId,
          clockOf.metric,
          clockOf.round,
          level.level,
          level.at,
          now,
        )
        noteTicket(tx, ticketId, now, {
          kind: 'level',
          accountId: null,
          data: { metric: clockOf.metric, level: level.level, reachedAt: level.at },
        })
        notices.push({
          ticketId,
          number: ticket.number,
          priority: ticket.priority,
          metric: clockOf.metric,
          level: level.level,
          dueAt: clockOf.dueAt,
          // Of somebody who is gone it is nobody's, so everybody's.
          ownerId: isActiveAccount(tx, ticket.ownerId) ? ticket.ownerId : null,
          at: now,
        })
      }
    }
    refreshClocks(tx, deps.book, ticket)
    // Nobody touched it: whoever is at it just now goes on at the same version.
    const { id, version } = ticket
    const what = ['level']
    tx.change({ entity: 'ticket', entityId: id, kind: 'updated', version, data: { what } })
    return notices
  }

  const reopen = (tx: Transaction, ticketId: string): void => {
    const ticket = ticketIn(tx, ticketId)
    const now = clock.now()
    if (!isWaiting(ticket.state) || (ticket.pendingUntil ?? Infinity) > now) return
    desk.end(tx, desk.move(tx, ticket, { to: 'open', accountId: null, now }), ['state'])
  }

  const close = (tx: Transaction, ticketId: string): void => {
    const ticket = ticketIn(tx, ticketId)
    const now = clock.now()
    const after = ticketSettings(tx).closeAfterDays * dayMs
    if (ticket.state !== 'solved' || ticket.stateSince + after > now) return
    desk.end(tx, desk.move(tx, ticket, { to: 'closed', accountId: null, now }), ['state'])
  }

  const closeAfter = (): number => ticketSettings(reads).closeAfterDays * dayMs

  const idsOf = (sql: string, until: number): readonly string[] =>
    reads.all<{ id: string }>(sql, until, atOnce + failed.size).map(({ id }) => id)

  const each = (ids: readonly string[], act: (ticketId: string) => void): number => {
    let done = 0
    for (const ticketId of ids) {
      if (failed.has(ticketId)) continue
      try {
        act(ticketId)
        done += 1
      } catch (error) {
        failed.add(ticketId)
        deps.log.error('a ticket could not be looked after', { ticketId, error })
      }
    }
    return done
  }

  /** What a save of promises left: one slice, in one transaction. */
  const giveTerms = (): number => {
    const behind = behindRound(reads, termsAtOnce + failed.size).filter((id) => !failed.has(id))
    if (behind.length === 0) return 0
    const input = { tickets: behind.length }
    try {
      write('tickets.heldAnew', input, (tx) => desk.catchUpSome(tx, behind))
      return behind.length
    } catch (error) {
      deps.log.error('tickets could not be held to new promises at once', { error })
    }
    return each(behind, (ticketId) =>
      write('tickets.heldAnew', { tickets: 1, ticketId }, (tx) => desk.catchUpSome(tx, [ticketId])),
    )
  }

  const goThrough = (): number => {
    const now = clock.now()
    const termed = giveTerms()
    const told = each(
      idsOf(
        `SELECT DISTINCT t.id FROM ticket_clock c JOIN ticket t ON t.seq = c.ticket_seq
          WHERE c.next_at <= ? LIMIT ?`,
        now,
      ),
      (ticketId) => {
        let notices: readonly Notice[] = []
        write('tickets.told', { ticketId }, (tx) => {
          notices = tell(tx, ticketId)
        })
        // On the disk before anybody hears of it: once, whatever happens now.
        for (const notice of notices) deps.emit('tickets.notice', notice)
      },
    )
    const back = each(
      idsOf(`SELECT id FROM ticket WHERE pending_until <= ? LIMIT ?`, now),
      (ticketId) => write('tickets.reminded', { ticketId }, (tx) => reopen(tx, ticketId)),
    )
    const closed = each(
      idsOf(
        `SELECT id FROM ticket WHERE state = 'solved' AND state_since <= ? LIMIT ?`,
        now - closeAfter(),
      ),
      (ticketId) => write('tickets.closedByItself', { ticketId }, (tx) => close(tx, ticketId)),
    )
    const done = termed + told + back + closed
    if (done > 0) deps.changed()
    return done
  }

  const nextDue = (): number => {
    const first = (sql: string, more = 0): number => {
      const at = reads.get<{ at: number | null }>(sql)?.at
      return at === null || at === undefined ? Infinity : at + more
    }
    if (behindRound(reads, failed.size + 1).some((id) => !failed.has(id))) return -Infinity
    return Math.min(
      first(`SELECT min(next_at) AS at FROM ticket_clock WHERE next_at IS NOT NULL`),
      first(`SELECT min(pending_until) AS at FROM ticket WHERE pending_until IS NOT NULL`),
      first(`SELECT min(state_since) AS at FROM ticket WHERE state = 'solved'`, closeAfter()),
    )
  }

  const schedule = (waitMs: number): void => {
    stopTimer?.()
    stopTimer = clock.after(Math.min(everyMs, Math.max(0, waitMs)), run)
  }

  const run = (): void => {
    stopTimer?.()
    stopTimer = null
    if (!isOn) return
    try {
      const done = goThrough()
      const more = nextDue() - clock.now()
      // What failed does not make the worker spin: it has the hour to wait for.
      schedule(done === 0 && more <= 0 ? everyMs : more)
    } catch (error) {
      deps.log.error('tickets could not be looked after', { error })
      schedule(everyMs)
    }
  }

  const fresh = (): void => {
    failed = new Set()
    run()
  }
  let stopHourly: (() => void) | null = null
  const hourly = (): void => {
    stopHourly = clock.after(everyMs, hourly)
    fresh()
  }

  return {
    start: () => {
      isOn = true
      hourly()
    },
    look: () => {
      if (isOn) schedule(nextDue() - clock.now())
    },
    wake: () => {
      if (isOn) fresh()
    },
    stop: () => {
      isOn = false
      stopTimer?.()
      stopHourly?.()
      stopTimer = stopHourly = null
    },
  }
}
