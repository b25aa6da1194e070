import { NocturneError } from '../../../src-shared/errors.ts'
import type { LiveState } from '../live-state.ts'
import type { OltRecords } from '../olt-records.ts'
import type { TextOrders } from '../text-orders.ts'
import type { OpenView, ViewAnswer } from '../views.ts'
import { buildPastMoment, type PastMoment, type PastReader, type TellPast } from './past-moment.ts'
import { createPastMoments } from './past-moments.ts'

/**
 * Past moments for the queries. Errors of all: `before-history`, `history-unavailable`, `cancelled`,
 * and `invalid-input` for a moment that has not come yet.
 */
export interface PastStates {
  readonly get: (asOf: number, signal: AbortSignal, tell?: TellPast) => Promise<PastMoment>
  readonly openView: (
    clientId: number,
    asOf: number,
    view: OpenView,
    signal: AbortSignal,
  ) => Promise<ViewAnswer & { readonly ofTotal: number; readonly at: number }>
  /** Null: it is no view on a past moment. */
  readonly viewPage: (
    clientId: number,
    viewId: string,
    offset: number,
    limit: number,
    signal: AbortSignal,
  ) => Promise<ViewAnswer> | null
  readonly closeView: (clientId: number, viewId: string) => void
  readonly clientGone: (clientId: number) => void
  readonly stop: () => void
}

/** Moments are whole seconds: what is read of the same second is read of one moment. */
const secondMs = 1_000
/** Per client, as of views on the network of now. */
const mostViews = 12

interface OpenPastView {
  readonly at: number
  readonly request: OpenView
}

export const createPastStates = (deps: {
  readonly now: () => number
  readonly live: LiveState
  readonly records: OltRecords
  readonly texts: TextOrders
  /** Null: there is no history to read. */
  readonly reader: PastReader | null
}): PastStates => {
  const moments = createPastMoments((at, signal, tell) => {
    if (deps.reader === null) return Promise.reject(new NocturneError('history-unavailable'))
    return buildPastMoment(deps, deps.reader, at, signal, tell)
  })
  const clients = new Map<number, Map<string, OpenPastView>>()

  const get: PastStates['get'] = async (asOf, signal, tell) => {
    if (!Number.isFinite(asOf) || asOf > deps.now()) {
      throw new NocturneError('invalid-input', { what: 'as-of' })
    }
    return await moments.get(Math.floor(asOf / secondMs) * secondMs, signal, tell)
  }

  const page = async (
    clientId: number,
    { at, request }: OpenPastView,
    offset: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<ViewAnswer> => {
    const { views } = await moments.get(at, signal)
    try {
      return views.page(clientId, request.viewId, offset, limit)
    } catch {
      // The moment had to give way and was put together anew: the same view on it, in the same order.
      const { total, onus } = views.open(clientId, { ...request, offset, limit })
      return { total, offset, onus }
    }
  }

  return {
    get,
    openView: async (clientId, asOf, request, signal) => {
      const moment = await get(asOf, signal)
      const open = clients.get(clientId) ?? new Map<string, OpenPastView>()
      clients.set(clientId, open)
      open.delete(request.viewId)
      open.set(request.viewId, { at: moment.at(), request })
      const oldest = open.keys().next().value
      if (open.size > mostViews && oldest !== undefined) open.delete(oldest)
      return { ...moment.views.open(clientId, request), at: moment.at() }
    },
    viewPage: (clientId, viewId, offset, limit, signal) => {
      const view = clients.get(clientId)?.get(viewId)
      return view === undefined ? null : page(clientId, view, offset, limit, signal)
    },
    closeView: (clientId, viewId) => {
      clients.get(clientId)?.delete(viewId)
    },
    clientGone: (clientId) => {
      clients.delete(clientId)
    },
    stop: moments.stop,
  }
}
