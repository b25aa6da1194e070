import type { CallInput } from '../../../src-shared/contract/index.ts'

/** What the list shows, as its address has it: pure. */

const statuses = ['lead', 'active', 'suspended', 'ended'] as const
export type Status = (typeof statuses)[number]
export const allStatuses: readonly Status[] = statuses

export const sorts = [
  'name',
  'code',
  'status',
  'agent',
  'services',
  'createdAt',
  'updatedAt',
] as const
export type Sort = (typeof sorts)[number]

export interface ListView {
  readonly search: string
  readonly status: Status | null
  /** An account, `none`, or null for all. */
  readonly agent: string | null
  readonly service: 'live' | 'none' | null
  readonly mark: 'neverSuspend' | 'restricted' | null
  readonly sort: Sort
  readonly descending: boolean
}

export const plainView: ListView = {
  search: '',
  status: null,
  agent: null,
  service: null,
  mark: null,
  sort: 'name',
  descending: false,
}

const oneOf = <Value extends string>(from: readonly Value[], text: string | null): Value | null =>
  from.find((one) => one === text) ?? null

export const readView = (query: string): ListView => {
  const read = new URLSearchParams(query)
  const agent = read.get('agent')
  return {
    search: (read.get('q') ?? '').slice(0, 200),
    status: oneOf(statuses, read.get('status')),
    agent: agent === 'none' || /^[0-9a-f-]{36}$/u.test(agent ?? '') ? agent : null,
    service: oneOf(['live', 'none'], read.get('service')),
    mark: oneOf(['neverSuspend', 'restricted'], read.get('mark')),
    sort: oneOf(sorts, read.get('sort')) ?? 'name',
    descending: read.get('down') === '1',
  }
}

export const writeView = (view: ListView): string => {
  const written = new URLSearchParams()
  if (view.search !== '') written.set('q', view.search)
  if (view.status !== null) written.set('status', view.status)
  if (view.agent !== null) written.set('agent', view.agent)
  if (view.service !== null) written.set('service', view.service)
  if (view.mark !== null) written.set('mark', view.mark)
  if (view.sort !== 'name') written.set('sort', view.sort)
  if (view.descending) written.set('down', '1')
  return written.toString()
}

type Filter = NonNullable<CallInput<'subscribers.list'>['filter']>

export const filterOf = ({ search, status, agent, service, mark }: ListView): Filter => ({
  search,
  statuses: status === null ? [] : [status],
  agent,
  service,
  neverSuspend: mark === 'neverSuspend',
  restricted: mark === 'restricted',
})

export const isNarrowed = ({ search, status, agent, service, mark }: ListView): boolean =>
  search !== '' || status !== null || agent !== null || service !== null || mark !== null

/** A column that is sorted already turns round. */
export const sortedBy = (view: ListView, sort: Sort): ListView => ({
  ...view,
  sort,
  descending: view.sort === sort ? !view.descending : false,
})
