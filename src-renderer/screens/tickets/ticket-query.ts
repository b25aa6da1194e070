import { ticketSorts, type TicketFilter } from '../../../src-shared/contract/tickets-model.ts'
import {
  ticketPriorities,
  ticketStates,
  type TicketPriority,
  type TicketState,
} from '../../../src-shared/domain/ticket-state.ts'

/** What the list of tickets shows, as its address has it: pure. */

export type TicketSort = (typeof ticketSorts)[number]
export const sorts: readonly TicketSort[] = ticketSorts

/** `unfinished`: what somebody still has to do or wait for; the list opens with it. */
export const stateGroups = {
  unfinished: ['new', 'open', 'pending-customer', 'pending-vendor', 'pending-reminder'],
  waiting: ['pending-customer', 'pending-vendor', 'pending-reminder'],
  solved: ['solved'],
  over: ['closed', 'merged'],
  all: [],
} as const satisfies Readonly<Record<string, readonly TicketState[]>>

export type StateGroup = keyof typeof stateGroups

export interface TicketView {
  readonly search: string
  /** A group, or one state of its own. */
  readonly states: StateGroup | TicketState
  readonly priority: TicketPriority | null
  readonly queue: string | null
  readonly owner: string | null
  readonly subscriberId: string | null
  readonly tag: string | null
  readonly watching: boolean
  readonly sla: 'warned' | 'breached' | null
}

export const plainView: TicketView = {
  search: '',
  states: 'unfinished',
  priority: null,
  queue: null,
  owner: null,
  subscriberId: null,
  tag: null,
  watching: false,
  sla: null,
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u
const idOr = (text: string | null, words: readonly string[]): string | null =>
  text !== null && (uuid.test(text) || words.includes(text)) ? text : null

const isGroup = (text: string | null): text is StateGroup =>
  text !== null && Object.hasOwn(stateGroups, text)

export const readView = (query: string): TicketView => {
  const read = new URLSearchParams(query)
  const states = read.get('state')
  const sla = read.get('sla')
  const tag = read.get('tag')?.trim().slice(0, 40) ?? ''
  return {
    search: (read.get('q') ?? '').slice(0, 200),
    states: isGroup(states)
      ? states
      : (ticketStates.find((state) => state === states) ?? plainView.states),
    priority: ticketPriorities.find((priority) => priority === read.get('priority')) ?? null,
    queue: idOr(read.get('queue'), ['none']),
    owner: idOr(read.get('owner'), ['none', 'me']),
    subscriberId: idOr(read.get('subscriber'), []),
    tag: tag === '' ? null : tag,
    watching: read.get('watching') === '1',
    sla: sla === 'warned' || sla === 'breached' ? sla : null,
  }
}

export const writeView = (view: TicketView): string => {
  const written = new URLSearchParams()
  const put = (key: string, value: string | null): void => {
    if (value !== null && value !== '') written.set(key, value)
  }
  put('q', view.search)
  put('state', view.states === plainView.states ? null : view.states)
  put('priority', view.priority)
  put('queue', view.queue)
  put('owner', view.owner)
  put('subscriber', view.subscriberId)
  put('tag', view.tag)
  put('watching', view.watching ? '1' : null)
  put('sla', view.sla)
  return written.toString()
}

export const statesOf = ({ states }: Pick<TicketView, 'states'>): readonly TicketState[] =>
  isGroup(states) ? stateGroups[states] : [states]

export const filterOf = (view: TicketView): TicketFilter => ({
  search: view.search,
  states: [...statesOf(view)],
  priorities: view.priority === null ? [] : [view.priority],
  queue: view.queue,
  owner: view.owner,
  subscriberId: view.subscriberId,
  tag: view.tag,
  watching: view.watching,
  sla: view.sla,
})

/** Beside the states, which the list always is narrowed to. */
export const isNarrowed = (view: TicketView): boolean =>
  writeView({ ...view, states: plainView.states }) !== ''
