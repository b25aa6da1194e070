import type { CallInput } from '../../../../src-shared/contract/index.ts'
import { documentSorts } from '../../../../src-shared/contract/billing-documents.ts'
import {
  documentKinds,
  type DocumentKind,
} from '../../../../src-shared/contract/billing-documents-model.ts'

/** What the list of documents shows, as its address has it: pure. */

export type DocumentSort = (typeof documentSorts)[number]
export const sorts: readonly DocumentSort[] = documentSorts

export interface DocumentView {
  readonly search: string
  readonly kind: DocumentKind | null
  readonly state: 'draft' | 'issued' | null
  readonly currency: string | null
  /** Both days included, as people say them. */
  readonly from: string | null
  readonly to: string | null
  readonly subscriberId: string | null
  readonly subscriptionId: string | null
  readonly runId: string | null
}

export const plainView: DocumentView = {
  search: '',
  kind: null,
  state: null,
  currency: null,
  from: null,
  to: null,
  subscriberId: null,
  subscriptionId: null,
  runId: null,
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u
const idOf = (text: string | null): string | null =>
  text !== null && uuid.test(text) ? text : null

export const isDay = (text: string | null): text is string =>
  text !== null &&
  /^\d{4}-\d{2}-\d{2}$/u.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)

const dayOf = (text: string | null): string | null => (isDay(text) ? text : null)

export const readView = (query: string): DocumentView => {
  const read = new URLSearchParams(query)
  const state = read.get('state')
  const currency = read.get('currency')
  return {
    search: (read.get('q') ?? '').slice(0, 120),
    kind: documentKinds.find((kind) => kind === read.get('kind')) ?? null,
    state: state === 'draft' || state === 'issued' ? state : null,
    currency: /^[A-Z]{3}$/u.test(currency ?? '') ? currency : null,
    from: dayOf(read.get('from')),
    to: dayOf(read.get('to')),
    subscriberId: idOf(read.get('subscriber')),
    subscriptionId: idOf(read.get('subscription')),
    runId: idOf(read.get('run')),
  }
}

export const writeView = (view: DocumentView): string => {
  const written = new URLSearchParams()
  const put = (key: string, value: string | null): void => {
    if (value !== null && value !== '') written.set(key, value)
  }
  put('q', view.search)
  put('kind', view.kind)
  put('state', view.state)
  put('currency', view.currency)
  put('from', view.from)
  put('to', view.to)
  put('subscriber', view.subscriberId)
  put('subscription', view.subscriptionId)
  put('run', view.runId)
  return written.toString()
}

/** The day after: the engine's ranges are half-open. */
export const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

export const filterOf = (view: DocumentView): CallInput<'billing.documents'>['filter'] => ({
  search: view.search,
  kinds: view.kind === null ? [] : [view.kind],
  state: view.state,
  subscriberId: view.subscriberId,
  subscriptionId: view.subscriptionId,
  runId: view.runId,
  currency: view.currency,
  fromOn: view.from,
  untilOn: view.to === null ? null : dayAfter(view.to),
})

export const isNarrowed = (view: DocumentView): boolean => writeView(view) !== ''
