import { commands } from '../../../src-shared/contract/index.ts'
import type { Clock } from '../../engine/clock.ts'
import type { CallContext, CommandHandlers } from '../../engine/handlers.ts'
import { everything } from '../../engine/reach.ts'
import type { Transaction } from '../../store/write-path.ts'
import { mayMoveTicket } from '../../../src-shared/domain/ticket-state.ts'
import { createTicketDesk } from '../desk.ts'
import { noteTicket, refreshClocks } from '../history.ts'
import type { TicketsDependencies } from '../ports.ts'
import type { Reads } from '../../store/reads.ts'
import { ticketIn, updateTicket } from '../tables.ts'
import type { TermsBook } from '../terms.ts'
import type { TicketCommand } from '../ticket-commands.ts'
import { demoStories, type DemoStep } from './demo-stories.ts'

/** So often it is looked whether subscribers, and then outages, are there. */
const lookMs = 4_000
const looksForOutages = 60
const mostOutages = 3
const minuteMs = 60_000
const dayMs = 86_400_000
export const demoTickets = 48
/** The first was opened so long ago. */
const spanMs = 14 * dayMs

interface DemoDependencies extends Pick<
  TicketsDependencies,
  'clock' | 'newId' | 'subscribers' | 'write' | 'log'
> {
  readonly reads: Reads
  readonly book: TermsBook
  readonly accountIds: () => readonly string[]
  readonly commands: Pick<CommandHandlers<TicketCommand>, 'tickets.open'>
  readonly changed: () => void
}

interface Customer {
  readonly subscriberId: string
  readonly serviceId: string
}

/**
 * A desk to look around in, in a simulated workspace: some weeks of tickets of its subscribers, in all
 * states, and one for each of its first outages. Once, and only where there is none. Never used on a
 * workspace of one's own. The returned function ends it.
 */
export const startDemoDesk = (deps: DemoDependencies): (() => void) => {
  const { clock, log, reads, write } = deps
  let callOff = (): void => undefined
  let isStopped = false
  let before = -1
  let looked = 0
  const fails = (error: unknown): void => {
    // The workspace is as good without: it is there to look around.
    log.error('the simulated desk could not be filled in', { error })
  }

  const outages = async (): Promise<void> => {
    looked += 1
    const found = reads.all<{ id: string }>(
      `SELECT o.id FROM outage o WHERE o.ended_at IS NULL AND NOT EXISTS
        (SELECT 1 FROM ticket t WHERE t.source = 'outage' AND t.source_id = o.id)
        ORDER BY o.affected_onus DESC LIMIT 1`,
    )
    const there = reads.get<{ n: number }>(
      `SELECT count(*) AS n FROM ticket WHERE source = 'outage'`,
    )
    if ((there?.n ?? 0) >= mostOutages) return
    for (const { id } of found) {
      const plan = await deps.commands['tickets.open'](
        commands['tickets.open'].input.parse({
          subject: 'Outage: customers behind it call',
          source: { kind: 'outage', id },
          tags: ['outage'],
          said: { kind: 'note', body: 'Found by the console. The team on call was told.' },
        }),
        engineContext(),
      )
      if (isStopped) return
      let result: { id: string; number: string } | null = null
      write('tickets.fillSimulated', { outage: id }, (tx) => {
        result = plan.apply(tx)
      })
      if (result !== null) await plan.after?.(result)
    }
    if (looked < looksForOutages && !isStopped)
      callOff = clock.after(lookMs, () => void outages().catch(fails))
  }

  /** One at a time: the start is as quick as without. */
  const fill = (customers: readonly Customer[], at: number, now: number): void => {
    const customer = customers[(at * 7) % customers.length]
    if (at === demoTickets || customer === undefined) {
      deps.changed()
      callOff = clock.after(lookMs, () => void outages().catch(fails))
      return
    }
    // The last hours are as busy as days before them: something is new and something is due.
    const openedAt = Math.round(now - spanMs * (1 - at / demoTickets) ** 1.6 - 4 * minuteMs)
    try {
      write('tickets.fillSimulated', { ticket: at }, (tx) => tell(deps, tx, customer, at, openedAt))
      callOff = clock.after(0, () => fill(customers, at + 1, now))
    } catch (error) {
      fails(error)
    }
  }

  const look = (): void => {
    try {
      const count = (table: string): number =>
        reads.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? 0
      const services = count('subscriber_service')
      // OLT after OLT gets its subscribers: none came since the look before.
      if (services > 0 && services === before) {
        // Where there are some already, only outages are looked at.
        return fill(customersOf(reads), count('ticket') === 0 ? 0 : demoTickets, clock.now())
      }
      before = services
      callOff = clock.after(lookMs, look)
    } catch (error) {
      fails(error)
    }
  }
  callOff = clock.after(lookMs, look)
  return () => {
    isStopped = true
    callOff()
  }
}

const customersOf = (reads: Reads): readonly Customer[] =>
  reads.all(
    `SELECT v.id AS serviceId, v.subscriber_id AS subscriberId FROM subscriber_service v
      JOIN subscriber s ON s.id = v.subscriber_id WHERE v.state = 'live'
      ORDER BY s.number, v.id LIMIT 120`,
  )

const engineContext = (): CallContext => ({
  clientId: 0,
  session: null,
  reach: everything,
  traceId: 'simulated',
  signal: new AbortController().signal,
  progress: () => undefined,
})

const channelOf = (at: number): 'call' | 'whatsapp' => (at % 3 === 0 ? 'call' : 'whatsapp')

/** One story, each step at its time, by what the commands do as well. */
const tell = (
  deps: DemoDependencies,
  tx: Transaction,
  customer: Customer,
  at: number,
  openedAt: number,
): void => {
  const story = demoStories[at % demoStories.length]!
  const end = deps.clock.now()
  let now = openedAt
  const clock: Clock = { ...deps.clock, now: () => now }
  const desk = createTicketDesk({ ...deps, clock })
  const people = deps.accountIds()
  const owner = at % 5 === 0 ? null : (people[at % Math.max(1, people.length)] ?? null)
  const queue = tx.get<{ id: string }>(
    `SELECT id FROM ticket_queue WHERE active = 1 ORDER BY position, name_key LIMIT 1`,
  )
  const olts = tx.all<{ oltId: string }>(
    `SELECT olt_id AS oltId FROM subscriber_service WHERE id = ? AND olt_id IS NOT NULL`,
    customer.serviceId,
  )
  let ticket = desk.open(
    tx,
    {
      subject: story.subject,
      priority: story.priority,
      affected: story.priority === 'P2' ? 24 : 1,
      queueId: queue?.id ?? null,
      ...customer,
      source: 'person',
      sourceId: null,
      oltIds: olts.map(({ oltId }) => oltId),
      snapshot: null,
      tags: story.tags,
      accountId: owner,
    },
    { kind: 'customer', channel: channelOf(at), body: story.first },
  )
  updateTicket(tx, ticket, { owner_id: owner })
  const step = ({ said, to, score }: DemoStep): void => {
    if (said !== undefined) {
      const { kind, body } = said
      const whole = kind === 'note' ? { kind, body } : { kind, body, channel: channelOf(at) }
      ticket = desk.say(tx, ticket, whole, owner)
    }
    if (to !== undefined && mayMoveTicket(ticket.state, to)) {
      const until = to === 'pending-reminder' ? now + 2_900 * minuteMs : null
      ticket = desk.move(tx, ticket, { to, until, accountId: owner, now })
    }
    if (score !== undefined) {
      tx.run(
        `INSERT INTO ticket_satisfaction (ticket_id, asked_at, asked_by, channel, score, answered_at)
          VALUES (?, ?, ?, ?, ?, ?)`,
        ticket.id,
        now,
        owner,
        channelOf(at),
        score,
        now,
      )
      noteTicket(tx, ticket.id, now, { kind: 'satisfaction', accountId: owner, data: { score } })
    }
  }
  for (const one of story.steps) {
    now += one.afterMin * minuteMs
    if (now > end) break
    step(one)
  }
  now = end
  ticket = ticketIn(tx, ticket.id)
  // What was missed then was told then: nobody hears of two weeks at once.
  for (const told of refreshClocks(tx, deps.book, ticket)) {
    for (const { level, at: reachedAt } of told.levels) {
      if (reachedAt > end) continue
      tx.run(
        `INSERT OR IGNORE INTO ticket_notice (ticket_id, metric, round, level, reached_at, told_at)
          VALUES (?, ?, ?, ?, ?, ?)`,
        ticket.id,
        told.metric,
        told.round,
        level,
        reachedAt,
        reachedAt,
      )
    }
  }
  desk.end(tx, ticket, ['message'])
}
