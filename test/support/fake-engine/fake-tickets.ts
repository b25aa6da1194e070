import type {
  EventName,
  Input,
  Output,
  Payload,
  ProcedureName,
} from '../../../src-shared/contract/index.ts'
import {
  afterAnswer,
  afterCustomerWord,
  mayMoveTicket,
  nextTicketStates,
  priorityOf,
  ticketPriorities,
  ticketStates,
  type TicketState,
} from '../../../src-shared/domain/ticket-state.ts'
import type { TicketRow } from '../../../src-shared/contract/tickets-model.ts'
import { createFakeTicketDesk } from './fake-ticket-desk.ts'
import { fakeTicketReport, fitsFakeTicket } from './fake-ticket-report.ts'
import { fakeSubjects as subjects, uuidOf } from './fake-ticket-seed.ts'
import { storyFile, storyOf } from './fake-ticket-story.ts'
import { NocturneError } from '../../../src-shared/errors.ts'

type Names = Extract<ProcedureName, `tickets.${string}`>
type Handlers = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}
type Record = Output<'tickets.ticket'>
type Event = Output<'tickets.timeline'>['events'][number]

const hourMs = 3_600_000
export const createFakeTickets = (deps: {
  readonly now: () => number
  readonly session: () => {
    readonly account: { readonly id: string; readonly name: string }
  } | null
  readonly emit: <Name extends EventName>(name: Name, payload: Payload<Name>) => void
  readonly record: (id: string) => { readonly name: string; readonly code: string }
  /** 0: an empty workspace. */
  readonly count: number
}): { readonly handlers: Handlers } => {
  const { now } = deps
  const me = (): { id: string; name: string } => deps.session()?.account ?? { id: '', name: '' }
  const subscriberOf = (id: string | null): TicketRow['subscriber'] => {
    if (id === null) return null
    const { name, code } = deps.record(id)
    return { id, name, code }
  }
  const begun = now()
  const records = new Map<string, Record>()
  const events: (Event & { readonly ticketId: string })[] = []
  const contents = new Map<string, Uint8Array<ArrayBuffer>>()
  let made = 0
  let revision = 1

  const changed = (): void => {
    revision += 1
    deps.emit('tickets.changed', { revision })
  }
  const { setup, views, desk } = createFakeTicketDesk(changed)
  const present = (id: string, baseVersion?: number): Record => {
    const found = records.get(id)
    if (found === undefined) throw new NocturneError('not-found', { what: 'ticket' })
    if (baseVersion !== undefined && baseVersion !== found.ticket.version) {
      throw new NocturneError('conflict', { what: 'ticket' })
    }
    return found
  }
  const note = (id: string, kind: string, more: Partial<Pick<Event, 'message' | 'data'>> = {}) =>
    events.push({
      ticketId: id,
      seq: events.length + 1,
      at: now(),
      kind,
      by: me().name,
      number: present(id).ticket.number,
      message: null,
      data: {},
      ...more,
    })
  const put = (record: Record, change: Partial<TicketRow>, more: Partial<Record> = {}): number => {
    const { id, version } = record.ticket
    const ticket = { ...record.ticket, ...change, version: version + 1, updatedAt: now() }
    const next = nextTicketStates(ticket.state).filter((state) => state !== 'merged')
    records.set(id, { ...record, ...more, ticket, next })
    changed()
    return ticket.version
  }
  const move = (record: Record, to: TicketState, pendingUntil: number | null = null): number => {
    const { state, number, id, reopened, solvedAt } = record.ticket
    if (!mayMoveTicket(state, to))
      throw new NocturneError('ticket-state', { number, from: state, to })
    const isReopened = state === 'solved' && to === 'open'
    const version = put(record, {
      state: to,
      stateSince: now(),
      pendingUntil,
      solvedAt: isReopened ? null : to === 'solved' ? now() : solvedAt,
      reopened: reopened + (isReopened ? 1 : 0),
    })
    note(id, 'state', { data: { from: state, to } })
    return version
  }
  const open = (input: Partial<Input<'tickets.open'>> & { readonly subject: string }): Record => {
    made += 1
    const id = uuidOf('9a0a', made)
    const { p1From: P1, p2From: P2, p3From: P3, prefix } = setup.settings
    const affected = input.affected ?? null
    const queue = setup.queues.find((one) => one.id === input.queueId)
    const record: Record = {
      ticket: {
        id,
        version: 1,
        number: `${prefix}${String(made).padStart(6, '0')}`,
        subject: input.subject,
        state: 'new',
        stateSince: now(),
        pendingUntil: null,
        priority: input.priority ?? priorityOf(affected ?? 0, { P1, P2, P3 }),
        affected,
        queue: queue === undefined ? null : { id: queue.id, name: queue.name },
        owner: null,
        subscriber: subscriberOf(input.subscriberId ?? null),
        source: input.source?.kind ?? 'person',
        createdAt: now(),
        updatedAt: now(),
        answeredAt: null,
        solvedAt: null,
        reopened: 0,
        dueAt: null,
        warnAt: null,
        dueMetric: null,
      },
      sourceId: input.source?.kind === 'person' ? null : (input.source?.id ?? null),
      serviceId: input.serviceId ?? null,
      tags: [...(input.tags ?? [])],
      watchers: [me()],
      mergedInto: null,
      merged: [],
      links: [],
      clocks: [],
      promise: null,
      files: [],
      snapshot: null,
      told: null,
      satisfaction: null,
      next: nextTicketStates('new').filter((state) => state !== 'merged'),
    }
    records.set(id, record)
    note(id, 'opened')
    return record
  }
  for (let index = 0; index < deps.count; index++) {
    const { ticket } = open({
      subject: subjects[index % subjects.length]!,
      affected: [1, 1, 3, 40, 150][index % 5]!,
      queueId: setup.queues[index % 2]!.id,
    })
    records.set(ticket.id, {
      ...present(ticket.id),
      ticket: {
        ...ticket,
        state: (['new', 'open', 'pending-customer', 'solved'] as const)[index % 4]!,
        createdAt: begun - index * hourMs,
        dueAt: index % 4 < 2 ? begun + (index - 2) * hourMs : null,
        dueMetric: index % 4 < 2 ? 'first-response' : null,
      },
    })
  }
  const [first] = records.values()
  if (first !== undefined) {
    const { id } = first.ticket
    const subscriber = subscriberOf(uuidOf('a000', 1))
    const story = storyOf(first, { now: begun, by: me().name, subscriber })
    const { content, ...file } = storyFile
    contents.set(file.id, content)
    records.set(id, { ...story, files: [{ ...file, by: me().name, addedAt: begun }] })
  }

  const rows = (filter: Input<'tickets.list'>['filter']): TicketRow[] =>
    [...records.values()].flatMap((record) =>
      fitsFakeTicket(record, filter, me().id, now()) ? [record.ticket] : [],
    )
  const inStates = (all: readonly TicketRow[], states: readonly TicketState[]): TicketRow[] =>
    all.filter(({ state }) => states.length === 0 || states.includes(state))
  const link = (id: string, otherId: string, kind: Record['links'][number]['kind']): void => {
    for (const [from, to, isFrom] of [
      [id, otherId, true],
      [otherId, id, false],
    ] as const) {
      const { links } = present(from)
      if (links.some(({ ticket }) => ticket.id === to)) {
        throw new NocturneError('ticket-link', { rule: 'twice' })
      }
      put(
        present(from),
        {},
        {
          links: [...links, { kind, from: isFrom, ticket: present(to).ticket }],
        },
      )
    }
  }

  const handlers: Handlers = {
    'tickets.list': ({ filter, sort, descending, offset, limit }) => {
      const all = rows(filter)
      const chosen = inStates(all, filter.states)
      const value = (row: TicketRow): number | string =>
        sort === 'dueAt' ? (row.dueAt ?? Infinity) : row[sort]
      const sorted = chosen.toSorted((one, other) =>
        value(one) < value(other) ? -1 : value(one) > value(other) ? 1 : 0,
      )
      const states = ticketStates.map((state) => ({ state, count: inStates(all, [state]).length }))
      return {
        tickets: (descending ? sorted.toReversed() : sorted).slice(offset, offset + limit),
        total: chosen.length,
        states: states.filter(({ count }) => count > 0),
        revision,
        at: now(),
      }
    },
    'tickets.board': ({ filter, by, perColumn }) => {
      const live = inStates(rows(filter), filter.states).filter(
        ({ state }) => state !== 'closed' && state !== 'merged',
      )
      const keyOf = (row: TicketRow): string | null =>
        by === 'owner' || by === 'queue' ? (row[by]?.id ?? null) : row[by]
      const keys: readonly (string | null)[] =
        by === 'state'
          ? ticketStates.slice(0, 6)
          : by === 'priority'
            ? ticketPriorities
            : [...new Set(live.map(keyOf))]
      return {
        columns: keys.map((key) => {
          const of = live.filter((row) => keyOf(row) === key)
          const name = by === 'owner' || by === 'queue' ? (of[0]?.[by]?.name ?? null) : null
          return { key, name, total: of.length, tickets: of.slice(0, perColumn) }
        }),
        revision,
        at: now(),
      }
    },
    'tickets.ticket': ({ id }) => present(id),
    'tickets.timeline': ({ id, before, limit }) => {
      const { merged } = present(id)
      const of = new Set([id, ...merged.map((one) => one.id)])
      const all = events
        .filter(({ ticketId, seq }) => of.has(ticketId) && seq < (before ?? Infinity))
        .toReversed()
      return { events: all.slice(0, limit), more: all.length > limit }
    },
    'tickets.due': ({ from, to }) => ({
      due: [...records.values()].flatMap(({ ticket }) =>
        ticket.dueAt !== null && ticket.dueAt >= from && ticket.dueAt < to
          ? [{ at: ticket.dueAt, what: 'solution' as const, ticket }]
          : [],
      ),
      more: false,
    }),
    'tickets.file': ({ id, fileId }) => {
      const file = present(id).files.find((one) => one.id === fileId)
      const content = contents.get(fileId)
      if (file === undefined || content === undefined) throw new NocturneError('not-found')
      return { name: file.name, mediaType: file.mediaType, content }
    },
    'tickets.fillTemplate': ({ templateId, ticketId, language }) => {
      const template = setup.templates.find(({ id }) => id === templateId)
      if (template === undefined) throw new NocturneError('not-found')
      const { ticket } = present(ticketId)
      const spoken = language ?? 'id'
      const body = spoken === 'en' ? template.bodyEn : template.bodyId
      return {
        language: spoken,
        body: body
          .replaceAll('{{number}}', ticket.number)
          .replaceAll('{{customer}}', ticket.subscriber?.name ?? ''),
      }
    },
    'tickets.setup': () => setup,
    'tickets.views': () => ({ views }),
    'tickets.report': (asked) =>
      fakeTicketReport(
        asked,
        [...records.values()].map(({ ticket }) => ticket),
        setup,
      ),

    'tickets.open': (input) => {
      const { id, number } = open(input).ticket
      if (input.said !== null) void handlers['tickets.say']({ id, said: input.said })
      changed()
      return { id, number }
    },
    'tickets.change': ({ id, baseVersion, queueId, ownerId, tags, ...rest }) => {
      const record = present(id, baseVersion)
      const queue = setup.queues.find((one) => one.id === queueId) ?? null
      const given = Object.fromEntries(
        Object.entries(rest).filter(([, value]) => value !== undefined),
      )
      const version = put(
        record,
        {
          ...given,
          ...(queueId === undefined ? {} : { queue }),
          ...(ownerId === undefined ? {} : { owner: ownerId === null ? null : me() }),
        },
        tags === undefined ? {} : { tags: [...tags] },
      )
      note(id, 'subject')
      return { version }
    },
    'tickets.say': ({ id, said }) => {
      const record = present(id)
      const { state, number } = record.ticket
      const to = said.kind === 'customer' ? afterCustomerWord(state) : afterAnswer(state)
      if (to === null) {
        const { ticket } = open({ subject: record.ticket.subject })
        link(ticket.id, id, 'follow-up')
        return { id: ticket.id, number: ticket.number, isNew: true }
      }
      const channel = said.kind === 'note' ? null : said.channel
      note(id, 'message', { message: { kind: said.kind, channel, body: said.body } })
      const at = now()
      if (said.kind === 'reply') {
        const told = { at, channel: said.channel, body: said.body, by: me().name }
        put(record, { answeredAt: record.ticket.answeredAt ?? at }, { told })
      }
      if (said.kind !== 'note' && to !== state) move(present(id), to)
      else changed()
      return { id, number, isNew: false }
    },
    'tickets.move': ({ id, baseVersion, to, until }) => ({
      version: move(present(id, baseVersion), to, until),
      children: 0,
    }),
    'tickets.merge': ({ id, baseVersion, intoId }) => {
      const into = present(intoId)
      move(present(id, baseVersion), 'merged')
      const version = put(present(id), {}, { mergedInto: into.ticket })
      put(into, {}, { merged: [...into.merged, present(id).ticket] })
      return { version }
    },
    'tickets.link': ({ id, otherId, kind }) => {
      link(id, otherId, kind)
      return {}
    },
    'tickets.unlink': ({ id, otherId }) => {
      for (const [from, to] of [
        [id, otherId],
        [otherId, id],
      ] as const) {
        put(
          present(from),
          {},
          {
            links: present(from).links.filter(({ ticket }) => ticket.id !== to),
          },
        )
      }
      return {}
    },
    'tickets.watch': ({ id, accountId, watching }) => {
      const rest = present(id).watchers.filter((one) => one.id !== accountId)
      const name = accountId === me().id ? me().name : ''
      put(present(id), {}, { watchers: watching ? [...rest, { id: accountId, name }] : rest })
      return {}
    },
    'tickets.addFile': ({ id, name, bytes }) => {
      const fileId = uuidOf('9afe', (made += 1) + 1)
      const file = { id: fileId, name, mediaType: 'text/plain', bytes: bytes.length }
      const { files } = present(id)
      contents.set(fileId, bytes)
      put(present(id), {}, { files: [...files, { ...file, by: me().name, addedAt: now() }] })
      return { fileId }
    },
    'tickets.askSatisfaction': ({ id, channel }) => {
      const { satisfaction, ticket } = present(id)
      if (satisfaction !== null) {
        throw new NocturneError('ticket-asked', { number: ticket.number, why: 'asked' })
      }
      const asked = { askedAt: now(), channel, score: null, words: '', answeredAt: null }
      put(present(id), {}, { satisfaction: asked })
      return {}
    },
    'tickets.answerSatisfaction': ({ id, score, words }) => {
      const { satisfaction, ticket } = present(id)
      if (satisfaction?.score !== null) {
        throw new NocturneError('ticket-asked', { number: ticket.number, why: 'answered' })
      }
      const answered = { ...satisfaction, score, words, answeredAt: now() }
      put(present(id), {}, { satisfaction: answered })
      return {}
    },
    ...desk,
  }
  return { handlers }
}
