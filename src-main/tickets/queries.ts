import type { Output } from '../../src-shared/contract/index.ts'
import type { TicketSnapshot } from '../../src-shared/contract/tickets-model.ts'
import { fillPlaces } from '../../src-shared/domain/ticket-placeholders.ts'
import { nextTicketStates } from '../../src-shared/domain/ticket-state.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { QueryHandlers } from '../engine/handlers.ts'
import { isEverything, reaches, reachesOlt, type Belongs, type Reach } from '../engine/reach.ts'
import { ticketSettings } from './desk.ts'
import { clocksOf } from './history.ts'
import type { TicketList } from './list.ts'
import type { TicketsDependencies } from './ports.ts'
import type { Reads } from '../store/reads.ts'
import { mergedTree, ticketIn } from './tables.ts'

import type { TermsBook } from './terms.ts'

export type TicketQuery =
  | 'tickets.list'
  | 'tickets.board'
  | 'tickets.ticket'
  | 'tickets.timeline'
  | 'tickets.due'
  | 'tickets.file'
  | 'tickets.fillTemplate'
  | 'tickets.setup'
  | 'tickets.views'

type Record = Output<'tickets.ticket'>
type Setup = Output<'tickets.setup'>

export const createTicketQueries = (
  deps: Pick<TicketsDependencies, 'nameOfAccount' | 'subscribers'> & {
    readonly reads: Reads
    readonly list: TicketList
    readonly book: TermsBook
    readonly belongs: (id: string) => Belongs | null
    readonly revision: () => number
  },
): QueryHandlers<TicketQuery> => {
  const { reads, list, revision } = deps
  const nameOf = (accountId: string | null): string | null =>
    accountId === null ? null : deps.nameOfAccount(accountId)

  /** SECURITY: what hangs together with a ticket is shown as far as it is reached itself. */
  const isReached =
    (reach: Reach) =>
    ({ id }: { readonly id: string }): boolean => {
      if (isEverything(reach)) return true
      const belongs = deps.belongs(id)
      return belongs !== null && reaches(reach, belongs, true)
    }

  const reachesItsOlts = (seq: number, reach: Reach): boolean =>
    reads
      .all<{ oltId: string }>(`SELECT olt_id AS oltId FROM ticket_olt WHERE ticket_seq = ?`, seq)
      .every(({ oltId }) => reachesOlt(reach, oltId))

  const sourceOf = (id: string): string | null =>
    reads.get<{ sourceId: string | null }>(
      `SELECT source_id AS sourceId FROM ticket WHERE id = ? AND source IN ('alarm', 'outage')`,
      id,
    )?.sourceId ?? null

  const snapshotOf = (id: string, seq: number, reach: Reach): TicketSnapshot | null => {
    // SECURITY: it tells of all its OLTs at once.
    if (!reachesItsOlts(seq, reach)) return null
    const row = reads.get<{ facts: string }>(
      `SELECT facts FROM ticket_snapshot WHERE ticket_id = ?`,
      id,
    )
    return row === undefined ? null : (JSON.parse(row.facts) as TicketSnapshot)
  }

  const brief = `t.id, t.number, t.subject, t.state`
  type Brief = NonNullable<Record['mergedInto']>

  return {
    'tickets.list': (input, { reach, session }) => ({
      ...list.list(input, { reach, accountId: session?.accountId ?? null }),
      revision: revision(),
    }),

    'tickets.board': (input, { reach, session }) => ({
      ...list.board(input, { reach, accountId: session?.accountId ?? null }),
      revision: revision(),
    }),

    'tickets.due': (input, { reach }) => list.due(input, reach),

    'tickets.ticket': ({ id }, { reach }): Record => {
      const ticket = ticketIn(reads, id)
      const { seq } = ticket
      const [row] = list.rows([id], reach)
      if (row === undefined) throw new NocturneError('not-found', { what: 'ticket' })
      const mergedInto =
        ticket.mergedInto === null
          ? null
          : reads.get<Brief>(`SELECT ${brief} FROM ticket t WHERE id = ?`, ticket.mergedInto)
      const terms = deps.book(reads, ticket.termsId)
      const told = reads.get<NonNullable<Record['told']> & { accountId: string | null }>(
        `SELECT at, channel, body, account_id AS accountId FROM ticket_message
          WHERE kind = 'reply' AND ticket_id IN (SELECT t.id FROM json_each(?) j
            -- What came in of another customer was told to him, not to this one.
            JOIN ticket t ON t.id = j.value AND t.subscriber_id IS ?)
          ORDER BY at DESC, id DESC LIMIT 1`,
        JSON.stringify(
          mergedTree(reads, id)
            .filter(isReached(reach))
            .map((one) => one.id),
        ),
        ticket.subscriberId,
      )
      return {
        ticket: row,
        serviceId: row.subscriber === null ? null : ticket.serviceId,
        tags: reads
          .all<{ tag: string }>(`SELECT tag FROM ticket_tag WHERE ticket_seq = ?`, seq)
          .map(({ tag }) => tag),
        watchers: reads
          .all<{ id: string }>(
            `SELECT account_id AS id FROM ticket_watcher WHERE ticket_seq = ?`,
            seq,
          )
          .map((one) => ({ id: one.id, name: nameOf(one.id) ?? '' })),
        mergedInto:
          mergedInto === null || mergedInto === undefined || !isReached(reach)(mergedInto)
            ? null
            : mergedInto,
        merged: reads
          .all<Brief>(`SELECT ${brief} FROM ticket t WHERE merged_into = ? ORDER BY seq`, id)
          .filter(isReached(reach)),
        links: reads
          .all<Brief & { kind: Record['links'][number]['kind']; isFrom: 0 | 1 }>(
            `SELECT ${brief}, l.kind, l.from_id = ? AS isFrom FROM ticket_link l
              JOIN ticket t ON t.id = CASE l.from_id WHEN ? THEN l.to_id ELSE l.from_id END
              WHERE l.from_id = ? OR l.to_id = ? ORDER BY t.seq`,
            id,
            id,
            id,
            id,
          )
          .filter(isReached(reach))
          .map(({ kind, isFrom, ...other }) => ({ kind, from: isFrom === 1, ticket: other })),
        clocks: clocksOf(reads, seq).map((clock) => ({ ...clock, levels: [...clock.levels] })),
        promise:
          terms === null
            ? null
            : {
                slaId: terms.slaId,
                name: terms.name,
                calendar: terms.calendar,
                timeZone: terms.timeZone,
              },
        files: mergedTree(reads, id)
          .filter(isReached(reach))
          .flatMap((one) =>
            reads.all<Record['files'][number] & { accountId: string | null }>(
              `SELECT id, name, media_type AS mediaType, bytes, account_id AS accountId,
                added_at AS addedAt FROM ticket_file WHERE ticket_id = ? ORDER BY added_at, id`,
              one.id,
            ),
          )
          .map(({ accountId, ...file }) => ({ ...file, by: nameOf(accountId) })),
        // SECURITY: as the snapshot: of what is reached whole.
        sourceId: reachesItsOlts(seq, reach) ? sourceOf(id) : null,
        snapshot: snapshotOf(id, seq, reach),
        told: told === undefined ? null : { ...told, by: nameOf(told.accountId) },
        satisfaction:
          reads.get<NonNullable<Record['satisfaction']>>(
            `SELECT asked_at AS askedAt, channel, score, words, answered_at AS answeredAt
              FROM ticket_satisfaction WHERE ticket_id = ?`,
            id,
          ) ?? null,
        next: nextTicketStates(ticket.state).filter((state) => state !== 'merged'),
      }
    },

    'tickets.timeline': ({ id, before, limit }, { reach }) => {
      ticketIn(reads, id)
      const tree = mergedTree(reads, id).filter(isReached(reach))
      type EventRow = Omit<Output<'tickets.timeline'>['events'][number], 'by' | 'message' | 'data'>
      const rows = reads.all<
        EventRow & {
          readonly accountId: string | null
          readonly data: string
          readonly said: 'reply' | 'note' | 'customer' | null
          readonly channel: NonNullable<Record['told']>['channel'] | null
          readonly body: string | null
        }
      >(
        `SELECT e.seq, e.at, e.kind, t.number, e.account_id AS accountId, e.data, m.kind AS said,
          m.channel, m.body FROM ticket_event e JOIN ticket t ON t.id = e.ticket_id
          LEFT JOIN ticket_message m ON m.id = e.message_id
          WHERE e.ticket_id IN (SELECT value FROM json_each(?)) AND e.seq < ?
          ORDER BY e.seq DESC LIMIT ?`,
        JSON.stringify(tree.map((one) => one.id)),
        before ?? Number.MAX_SAFE_INTEGER,
        limit + 1,
      )
      return {
        events: rows.slice(0, limit).map(({ accountId, said, channel, body, data, ...row }) => ({
          ...row,
          by: nameOf(accountId),
          message: said === null ? null : { kind: said, channel, body: body ?? '' },
          data: JSON.parse(data) as Output<'tickets.timeline'>['events'][number]['data'],
        })),
        more: rows.length > limit,
      }
    },

    'tickets.file': ({ id, fileId }, { reach }) => {
      const tree = mergedTree(reads, id).filter(isReached(reach))
      const found = reads.get<{ name: string; mediaType: string; content: Buffer }>(
        `SELECT f.name, f.media_type AS mediaType, c.content FROM ticket_file f
          JOIN ticket_file_content c ON c.file_id = f.id
          WHERE f.id = ? AND f.ticket_id IN (SELECT value FROM json_each(?))`,
        fileId,
        JSON.stringify(tree.map((one) => one.id)),
      )
      if (found === undefined) throw new NocturneError('not-found', { what: 'ticket-file' })
      return { ...found, content: new Uint8Array(found.content) }
    },

    'tickets.fillTemplate': ({ templateId, ticketId, language }, { reach, session }) => {
      const template = reads.get<{ en: string; id: string }>(
        `SELECT body_en AS en, body_id AS id FROM ticket_template WHERE id = ?`,
        templateId,
      )
      if (template === undefined) throw new NocturneError('not-found', { what: 'ticket-template' })
      const [row] = list.rows([ticketId], reach)
      if (row === undefined) throw new NocturneError('not-found', { what: 'ticket' })
      const party = row.subscriber === null ? null : deps.subscribers.party(row.subscriber.id)
      const isIndonesian = /^id\b/iu.test(party?.language ?? 'en')
      const spoken = language ?? (isIndonesian ? 'id' : 'en')
      return {
        language: spoken,
        body: fillPlaces(template[spoken], {
          number: row.number,
          subject: row.subject,
          customer: party?.name ?? '',
          code: party?.code ?? '',
          agent: session?.name ?? '',
        }),
      }
    },

    'tickets.setup': (): Setup => {
      const { version, prefix, closeAfterDays, P1, P2, P3 } = ticketSettings(reads)
      type Texts<Row, Keys extends keyof Row> = Omit<Row, Keys> & { [Key in Keys]: string }
      const holidays = Map.groupBy(
        reads.all<{ calendarId: string; on: string; name: string }>(
          `SELECT calendar_id AS calendarId, on_day AS "on", name FROM ticket_holiday
            ORDER BY on_day`,
        ),
        ({ calendarId }) => calendarId,
      )
      return {
        settings: { version, prefix, closeAfterDays, p1From: P1, p2From: P2, p3From: P3 },
        queues: reads
          .all<Omit<Setup['queues'][number], 'active'> & { active: 0 | 1 }>(
            `SELECT id, version, name, active, position FROM ticket_queue
              ORDER BY position, name_key`,
          )
          .map((row) => ({ ...row, active: row.active === 1 })),
        calendars: reads
          .all<Texts<Omit<Setup['calendars'][number], 'holidays'>, 'week'>>(
            `SELECT id, version, name, time_zone AS timeZone, week FROM ticket_calendar
              ORDER BY name_key`,
          )
          .map((row) => ({
            ...row,
            week: JSON.parse(row.week) as Setup['calendars'][number]['week'],
            holidays: (holidays.get(row.id) ?? []).map(({ on, name }) => ({ on, name })),
          })),
        slas: reads
          .all<
            Texts<
              Omit<Setup['slas'][number], 'active'>,
              'escalateAfterMin' | 'priorities' | 'queues'
            > & { active: 0 | 1 }
          >(
            `SELECT id, version, name, active, position, calendar_id AS calendarId,
              first_response_min AS firstResponseMin, update_min AS updateMin,
              solution_min AS solutionMin, escalate_after_min AS escalateAfterMin, priorities,
              queues FROM ticket_sla ORDER BY position, id`,
          )
          .map((row) => ({
            ...row,
            active: row.active === 1,
            escalateAfterMin: JSON.parse(row.escalateAfterMin) as number[],
            priorities: JSON.parse(row.priorities) as Setup['slas'][number]['priorities'],
            queues: JSON.parse(row.queues) as string[],
          })),
        templates: reads.all(
          `SELECT id, version, name, body_en AS bodyEn, body_id AS bodyId FROM ticket_template
            ORDER BY name_key`,
        ),
      }
    },

    'tickets.views': (_input, { session }) => ({
      views: reads
        .all<{
          id: string
          version: number
          name: string
          shared: 0 | 1
          accountId: string
          view: string
        }>(
          `SELECT id, version, name, shared, account_id AS accountId, view FROM ticket_view
            WHERE shared = 1 OR account_id = ? ORDER BY shared DESC, name, id`,
          session?.accountId ?? '',
        )
        .map(({ accountId, shared, view, ...row }) => ({
          ...row,
          shared: shared === 1,
          mine: accountId === session?.accountId,
          view: JSON.parse(view) as Output<'tickets.views'>['views'][number]['view'],
        })),
    }),
  }
}
