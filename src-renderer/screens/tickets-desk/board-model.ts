import type { CallInput, Output } from '../../../src-shared/contract/index.ts'
import type { TicketRow } from '../../../src-shared/contract/tickets-model.ts'
import {
  isWaiting,
  mayMoveTicket,
  ticketPriorities,
  ticketStates,
  type TicketPriority,
  type TicketState,
} from '../../../src-shared/domain/ticket-state.ts'

export type Board = Output<'tickets.board'>
export type BoardColumn = Board['columns'][number]
export const boardWays = ['state', 'priority', 'owner', 'queue'] as const
export type BoardBy = (typeof boardWays)[number]

/** What the engine shows of a column at most; and how much more with each wish. */
export const mostOfColumn = 100
export const firstOfColumn = 30

export const isState = (key: string | null): key is TicketState =>
  ticketStates.some((state) => state === key)
const isPriority = (key: string | null): key is TicketPriority =>
  ticketPriorities.some((priority) => priority === key)

/** False: the columns are still those of another way, until the answer is here. */
export const fitsWay = (columns: readonly BoardColumn[], by: BoardBy): boolean =>
  columns.every(({ key }) => {
    if (by === 'state') return isState(key)
    return by === 'priority' ? isPriority(key) : !isState(key) && !isPriority(key)
  })

export const keyOf = (ticket: TicketRow, by: BoardBy): string | null =>
  by === 'owner' || by === 'queue' ? (ticket[by]?.id ?? null) : ticket[by]

export interface Mover {
  readonly accountId: string
  readonly mayAssign: boolean
}

/** Why a card cannot go to a column; null: it can. `here`: it is there. */
export const refusalOf = (
  ticket: TicketRow,
  by: BoardBy,
  key: string | null,
  { accountId, mayAssign }: Mover,
): 'here' | 'state' | 'owner' | null => {
  if (keyOf(ticket, by) === key) return 'here'
  if (by === 'state') return isState(key) && mayMoveTicket(ticket.state, key) ? null : 'state'
  if (by !== 'owner' || mayAssign) return null
  const mine = (id: string | null): boolean => id === null || id === accountId
  return mine(key) && mine(ticket.owner?.id ?? null) ? null : 'owner'
}

/** A word is asked for before it goes there: why it waits, until when, or what solved it. */
export const asksFirst = (by: BoardBy, key: string | null): boolean =>
  by === 'state' && isState(key) && (isWaiting(key) || key === 'solved')

export type Act =
  | { readonly name: 'tickets.move'; readonly input: CallInput<'tickets.move'> }
  | { readonly name: 'tickets.change'; readonly input: CallInput<'tickets.change'> }

/** What is to be done so that it stands in a column. */
export const actOf = (
  { id, version: baseVersion }: Pick<TicketRow, 'id' | 'version'>,
  by: BoardBy,
  key: string | null,
  more: { readonly reason: string; readonly until: number | null },
): Act => {
  const at = { id, baseVersion }
  if (by === 'state') {
    if (!isState(key) || key === 'new' || key === 'merged') throw new TypeError('no such column')
    const until = isWaiting(key) ? more.until : null
    return { name: 'tickets.move', input: { ...at, to: key, until, reason: more.reason } }
  }
  if (by === 'priority') {
    if (!isPriority(key)) throw new TypeError('no such column')
    return { name: 'tickets.change', input: { ...at, priority: key } }
  }
  return {
    name: 'tickets.change',
    input: { ...at, ...(by === 'owner' ? { ownerId: key } : { queueId: key }) },
  }
}

/** Queues and people that have nothing stand on the board too: a card can go there. */
export const columnsOf = (
  board: Board,
  by: BoardBy,
  known: readonly { readonly id: string; readonly name: string }[],
): readonly BoardColumn[] => {
  if (by === 'state' || by === 'priority') return board.columns
  const byKey = new Map(board.columns.map((column) => [column.key, column]))
  const empty = (key: string | null, name: string | null): BoardColumn => ({
    key,
    name,
    total: 0,
    tickets: [],
  })
  const rest = board.columns.filter(
    ({ key }) => key !== null && !known.some(({ id }) => id === key),
  )
  return [
    byKey.get(null) ?? empty(null, null),
    ...known.map(({ id, name }) => byKey.get(id) ?? empty(id, name)),
    ...rest,
  ]
}
