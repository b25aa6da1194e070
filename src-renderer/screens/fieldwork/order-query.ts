import {
  workOrderSorts,
  type WorkOrderFilter,
} from '../../../src-shared/contract/fieldwork-model.ts'
import {
  workOrderKinds,
  workOrderStates,
  type WorkOrderKind,
  type WorkOrderState,
} from '../../../src-shared/domain/work-order.ts'

/** What the list of work orders shows, as its address has it: pure. */

export type OrderSort = (typeof workOrderSorts)[number]
export const sorts: readonly OrderSort[] = workOrderSorts

/** `unfinished`: what somebody still has to do; the list opens with it. */
export const stateGroups = {
  unfinished: [
    'draft',
    'scheduled',
    'dispatched',
    'accepted',
    'en-route',
    'on-site',
    'paused',
    'done',
  ],
  waiting: ['draft'],
  outside: ['accepted', 'en-route', 'on-site', 'paused'],
  signed: ['signed-off', 'closed'],
  failed: ['cancelled', 'not-completed'],
  all: [],
} as const satisfies Readonly<Record<string, readonly WorkOrderState[]>>

export type StateGroup = keyof typeof stateGroups

export interface OrderListView {
  readonly search: string
  /** A group, or one state of its own. */
  readonly states: StateGroup | WorkOrderState
  readonly kind: WorkOrderKind | null
  readonly assignee: string | null
  readonly subscriberId: string | null
  readonly ticketId: string | null
  readonly onlyClashes: boolean
}

export const plainView: OrderListView = {
  search: '',
  states: 'unfinished',
  kind: null,
  assignee: null,
  subscriberId: null,
  ticketId: null,
  onlyClashes: false,
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u
const idOr = (text: string | null, words: readonly string[]): string | null =>
  text !== null && (uuid.test(text) || words.includes(text)) ? text : null

const isGroup = (text: string | null): text is StateGroup =>
  text !== null && Object.hasOwn(stateGroups, text)

export const readView = (query: string): OrderListView => {
  const read = new URLSearchParams(query)
  const states = read.get('state')
  return {
    search: (read.get('q') ?? '').slice(0, 200),
    states: isGroup(states)
      ? states
      : (workOrderStates.find((state) => state === states) ?? plainView.states),
    kind: workOrderKinds.find((kind) => kind === read.get('kind')) ?? null,
    assignee: idOr(read.get('assignee'), ['none', 'me']),
    subscriberId: idOr(read.get('subscriber'), []),
    ticketId: idOr(read.get('ticket'), []),
    onlyClashes: read.get('clashes') === '1',
  }
}

export const writeView = (view: OrderListView): string => {
  const written = new URLSearchParams()
  const put = (key: string, value: string | null): void => {
    if (value !== null && value !== '') written.set(key, value)
  }
  put('q', view.search)
  put('state', view.states === plainView.states ? null : view.states)
  put('kind', view.kind)
  put('assignee', view.assignee)
  put('subscriber', view.subscriberId)
  put('ticket', view.ticketId)
  put('clashes', view.onlyClashes ? '1' : null)
  return written.toString()
}

const statesOf = ({ states }: Pick<OrderListView, 'states'>): readonly WorkOrderState[] =>
  isGroup(states) ? stateGroups[states] : [states]

export const filterOf = (view: OrderListView): WorkOrderFilter => ({
  search: view.search,
  states: [...statesOf(view)],
  kinds: view.kind === null ? [] : [view.kind],
  assignee: view.assignee,
  subscriberId: view.subscriberId,
  ticketId: view.ticketId,
  from: null,
  to: null,
  onlyClashes: view.onlyClashes,
})

/** Beside the states, which the list always is narrowed to. */
export const isNarrowed = (view: OrderListView): boolean =>
  writeView({ ...view, states: plainView.states }) !== ''
