import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { classify } from '../../src-main/audit/classify.ts'
import { everything } from '../../src-main/engine/reach.ts'
import { openStore } from '../../src-main/store/open-store.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import { createTicketList } from '../../src-main/tickets/list.ts'
import { putWords } from '../../src-main/tickets/words.ts'
import { ticketFilter, type TicketRow } from '../../src-shared/contract/tickets-model.ts'
import { ticketPriorities, ticketStates } from '../../src-shared/domain/ticket-state.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { seededRandom } from '../support/seeded-random.ts'
import type { BenchResult } from './bench.ts'
import { machineNote } from './machine.ts'
import { median, quantile, rounded } from './statistics.ts'

/**
 * 50,000 tickets in an encrypted store, asked as the screens ask. The peer has the same rows as objects
 * in memory and goes through all of them (filter, sort, count, slice): nothing is read or decrypted.
 */

const places = ['Karang', 'Melati', 'Anggrek', 'Kenanga', 'Cempaka', 'Mawar', 'Dahlia', 'Seruni']
const faults = ['no light', 'slow in the evening', 'router restarts', 'cable torn', 'moves house']
const turns = 15

export const benchTickets = async (stack: AsyncDisposableStack): Promise<BenchResult> => {
  const machine = machineNote()
  const count = process.argv.includes('--quick') ? 2000 : 50_000
  const folder = mkdtempSync(join(tmpdir(), 'nocturne-bench-tickets-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  const keyOf = (name: string): Buffer => createHash('sha256').update(name).digest()
  const store = openStore({
    path: join(folder, 'ws', 'store.db'),
    key: keyOf('store'),
    auditKey: keyOf('audit'),
    auditDetailKey: keyOf('audit detail'),
    clock: { now: Date.now },
    classify,
  })
  stack.defer(() => store.stop())
  const newId = createUuidV7Source({ now: Date.now, randomBytes })
  const random = seededRandom(8)
  const pick = <Value>(from: readonly Value[]): Value =>
    from[Math.floor(random() * from.length)] as Value
  const now = Date.UTC(2026, 10, 23)
  const hour = 3_600_000
  runCommand(
    store,
    {
      commandId: newId(),
      name: 'bench.fill',
      actor: { accountId: null, sessionId: null, clientKind: 'bench' },
      auditInput: {},
      at: now,
    },
    (tx) => {
      const queues = Array.from({ length: 6 }, (_, index) => {
        const id = newId()
        tx.run(
          `INSERT INTO ticket_queue VALUES (?, 1, ?, ?, 1, ?)`,
          id,
          `Queue ${index}`,
          `${index}`,
          index,
        )
        return id
      })
      for (let seq = 1; seq <= count; seq++) {
        // Most are over, as in a desk that has run for years.
        const state = random() < 0.85 ? 'closed' : pick(ticketStates.slice(0, 6))
        const created = now - Math.floor(random() * 900 * 24 * hour)
        const isLive = state === 'new' || state === 'open'
        const due = isLive ? now + Math.floor((random() - 0.3) * 100 * hour) : null
        tx.run(
          `INSERT INTO ticket (seq, id, version, prefix, no, number, subject, state, state_since,
            priority, affected, queue_id, source, created_at, updated_at, last_event_at, due_at,
            warn_at) VALUES (?, ?, 1, 'T-', ?, ?, ?, ?, ?, ?, 1, ?, 'person', ?, ?, ?, ?, ?)`,
          seq,
          newId(),
          seq,
          `T-${String(seq).padStart(6, '0')}`,
          `${pick(places)} ${Math.floor(random() * 900)}: ${pick(faults)}`,
          state,
          created,
          pick(ticketPriorities),
          pick(queues),
          created,
          created + Math.floor(random() * 50 * hour),
          created,
          due,
          due === null ? null : due - 2 * hour,
        )
        putWords(tx, seq)
      }
      return { result: {} }
    },
  )
  const list = createTicketList({
    reader: store.reader,
    now: () => now,
    nameOfAccount: () => null,
    belongsSubscriber: () => null,
  })
  const who = { reach: everything, accountId: null }
  const ask = (filter: object, sort: 'updatedAt' | 'dueAt', descending: boolean) =>
    list.list({ filter: ticketFilter.parse(filter), sort, descending, offset: 0, limit: 100 }, who)

  const rows: TicketRow[] = []
  for (let offset = 0; offset < count; offset += 500) {
    rows.push(
      ...list.list(
        { filter: ticketFilter.parse({}), sort: 'number', descending: false, offset, limit: 500 },
        who,
      ).tickets,
    )
  }
  const peerList = (words: readonly string[], by: 'updatedAt' | 'dueAt', descending: boolean) => {
    const fits = rows.filter(({ number, subject }) => {
      const texts = `${number} ${subject}`.toLowerCase().split(/[^\p{L}\p{N}]+/u)
      return words.every((word) => texts.some((text) => text.startsWith(word)))
    })
    const states = Map.groupBy(fits, ({ state }) => state)
    const value = (row: TicketRow): number => row[by] ?? Infinity
    const sorted = fits.toSorted((one, other) => value(one) - value(other))
    return {
      total: fits.length,
      states,
      page: (descending ? sorted.toReversed() : sorted).slice(0, 100),
    }
  }
  const peerBoard = () => {
    const live = rows.filter(({ state }) => state !== 'closed' && state !== 'merged')
    return [...Map.groupBy(live, ({ state }) => state).values()].map((of) =>
      of.toSorted((one, other) => (one.dueAt ?? Infinity) - (other.dueAt ?? Infinity)).slice(0, 30),
    )
  }
  const timed = (act: () => unknown): number => {
    const began = performance.now()
    act()
    return performance.now() - began
  }
  const typed = places.flatMap((place) =>
    ['ro', 'ca', 'sl'].flatMap((fault) => [
      place.slice(0, 2).toLowerCase(),
      `${place.toLowerCase()} ${fault}`,
    ]),
  )
  // Both answer the same, or the figures say nothing.
  for (const text of typed) {
    const found = ask({ search: text }, 'updatedAt', true)
    if (found.total !== peerList(text.split(' '), 'updatedAt', true).total) {
      throw new Error(`another number of tickets for "${text}"`)
    }
  }
  const many = (act: () => unknown): number[] => Array.from({ length: turns }, () => timed(act))
  const orders = [
    ['updatedAt', true],
    ['dueAt', false],
  ] as const
  const lists = orders.flatMap(([by, descending]) => many(() => ask({}, by, descending)))
  const peerLists = orders.flatMap(([by, down]) => many(() => peerList([], by, down)))
  const filters = typed.map((text) => timed(() => ask({ search: text }, 'updatedAt', true)))
  const peerFilters = typed.map((text) => timed(() => peerList(text.split(' '), 'updatedAt', true)))
  const filter = ticketFilter.parse({})
  const boards = many(() => list.board({ filter, by: 'state', perColumn: 30 }, who))
  const peerBoards = many(peerBoard)
  const ours = { list: median(lists), filter: quantile(filters, 0.95), board: median(boards) }
  const peer = {
    list: median(peerLists),
    filter: quantile(peerFilters, 0.95),
    board: median(peerBoards),
  }
  return {
    peer: 'the same rows as objects in memory, gone through one by one',
    figures: {
      listMs: rounded(ours.list, 2),
      filterP95Ms: rounded(ours.filter, 2),
      boardMs: rounded(ours.board, 2),
      listRatio: rounded(ours.list / peer.list, 3),
      filterRatio: rounded(ours.filter / peer.filter, 3),
      boardRatio: rounded(ours.board / peer.board, 3),
    },
    notes: [
      machine,
      `tickets: ${count} in an encrypted store; a page of 100 with total and counts by state, ${typed.length} searches, a board of 6 columns of 30`,
      `peer: list ${rounded(peer.list, 2)} ms, filter p95 ${rounded(peer.filter, 2)} ms, board ${rounded(peer.board, 2)} ms`,
    ],
  }
}
