import type { Output } from '../../../src-shared/contract/index.ts'
import {
  plainView,
  stateGroups,
  writeView,
  type StateGroup,
  type TicketView,
} from '../tickets/ticket-query.ts'

export type SharedView = Output<'tickets.views'>['views'][number]

const groups = Object.keys(stateGroups) as StateGroup[]

/** As the list has it: a group of states by its name, else one state. */
const shownOf = ({ filter }: SharedView['view']): TicketView => ({
  search: filter.search,
  states:
    groups.find((group) => [...stateGroups[group]].join() === filter.states.join()) ??
    filter.states[0] ??
    plainView.states,
  priority: filter.priorities[0] ?? null,
  queue: filter.queue,
  owner: filter.owner,
  subscriberId: filter.subscriberId,
  tag: filter.tag,
  watching: filter.watching,
  sla: filter.sla,
})

/** The address of the list that shows it. */
export const queryOf = ({ view }: Pick<SharedView, 'view'>): string => writeView(shownOf(view))

/** Only those for everybody. */
export const sharedOf = (views: readonly SharedView[]): readonly SharedView[] =>
  views.filter(({ shared }) => shared)
