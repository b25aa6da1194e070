import type { CallInput, Output, Payload } from '../../../src-shared/contract/index.ts'
import type { OnuFilter, OnuRow, OnuSort } from '../../../src-shared/contract/network-model.ts'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import { createRowCache, type RowRange } from '../../components/table/row-cache.ts'

/**
 * The screen's end of a view on the ONU table. The engine holds the order; here are only the rows
 * near the window. One question about the order is under way at a time and the newest waits: a
 * person who types faster than the engine answers sees the answer to the last key, not to each.
 */
export interface OnuView {
  /** Another filter or sort: a new order, looked at from the top or from where one was. */
  readonly open: (filter: OnuFilter, sort: OnuSort, keepsPlace?: boolean) => void
  /** The same question again, in place: the order is made new. */
  readonly refresh: () => void
  /** The rows [start, end) are in the window. */
  readonly show: (start: number, end: number) => void
  readonly row: (index: number) => OnuRow | undefined
  readonly snapshot: () => OnuViewSnapshot
  readonly subscribe: (listener: () => void) => () => void
  readonly stop: () => void
}

export interface OnuViewSnapshot {
  /** `opening`: no answer yet at all; `changing`: the rows still belong to the question before. */
  readonly status: 'opening' | 'changing' | 'ready'
  readonly total: number
  readonly ofTotal: number
  /** A new order or membership would look different. */
  readonly outdated: boolean
  /** The last question failed; the rows are from before. */
  readonly failure: Failure | null
  /** Goes up with each new order. */
  readonly order: number
  /** Goes up with each new order that is looked at from the top. */
  readonly fromTop: number
  /** Goes up with any change, also of single rows. */
  readonly version: number
  /** The filter that the rows belong to. */
  readonly filter: OnuFilter | null
}

export interface OnuViewPorts {
  readonly viewId: string
  readonly openView: (input: CallInput<'network.openView'>) => Promise<Output<'network.openView'>>
  readonly viewPage: (input: CallInput<'network.viewPage'>) => Promise<Output<'network.viewPage'>>
  readonly closeView: (viewId: string) => Promise<unknown>
  readonly onViewChanged: (
    listener: (payload: Payload<'network.viewChanged'>) => void,
  ) => () => void
  readonly failureOf: (error: unknown) => Failure
  /** Returns what cancels it. */
  readonly later: (run: () => void, ms: number) => () => void
}

const pageSize = 100
const maxPages = 60
const maxLoads = 2
/** The window must rest this long before the engine is told to watch exactly these rows. */
const settleMs = 120
const retryMs = 2000

interface Question {
  readonly filter: OnuFilter
  readonly sort: OnuSort
  readonly keepsPlace: boolean
}

export const createOnuView = (ports: OnuViewPorts): OnuView => {
  const { viewId } = ports
  const cache = createRowCache<OnuRow>({ idOf: (row) => row.row, pageSize, maxPages })
  const listeners = new Set<() => void>()
  let state: OnuViewSnapshot = {
    status: 'opening',
    total: 0,
    ofTotal: 0,
    outdated: false,
    failure: null,
    order: 0,
    fromTop: 0,
    version: 0,
    filter: null,
  }
  let stopped = false
  let current: Question | null = null
  let waiting: Question | null = null
  let asking = false
  let shown: RowRange = { start: 0, end: 40 }
  let forward = true
  let settled = true
  let watched: RowRange | null = null
  let cancelSettle: (() => void) | null = null
  let cancelRetry: (() => void) | null = null
  const loading = new Map<number, number>()

  const tell = (change: Partial<OnuViewSnapshot>): void => {
    state = { ...state, ...change, version: state.version + 1 }
    for (const listener of listeners) listener()
  }

  const ask = (question: Question): void => {
    waiting = question
    if (!asking) void askNext()
  }

  const askNext = async (): Promise<void> => {
    const question = waiting
    if (question === null || stopped) return
    waiting = null
    asking = true
    if (state.status === 'ready') tell({ status: 'changing' })
    const offset = question.keepsPlace ? Math.max(0, shown.start - 20) : 0
    try {
      const answer = await ports.openView({
        viewId,
        filter: question.filter,
        sort: question.sort,
        offset,
        limit: pageSize,
      })
      asking = false
      if (stopped) return
      if (waiting !== null) return void askNext()
      current = question
      loading.clear()
      cache.reset()
      cache.put(answer.offset, answer.onus)
      watched = { start: answer.offset, end: answer.offset + answer.onus.length }
      if (!question.keepsPlace) shown = { start: 0, end: shown.end - shown.start }
      tell({
        status: 'ready',
        total: answer.total,
        ofTotal: answer.ofTotal,
        outdated: false,
        failure: null,
        order: state.order + 1,
        fromTop: state.fromTop + (question.keepsPlace ? 0 : 1),
        filter: question.filter,
      })
      settle()
      pump()
    } catch (error) {
      asking = false
      if (stopped) return
      if (waiting !== null) return void askNext()
      current = question
      // Pages of before that came in meanwhile were dropped: let them be asked for again.
      loading.clear()
      tell({ status: 'ready', failure: ports.failureOf(error), filter: question.filter })
    }
  }

  const load = async (range: RowRange): Promise<void> => {
    const { order } = state
    loading.set(range.start, range.end)
    watched = range
    try {
      const page = await ports.viewPage({
        viewId,
        offset: range.start,
        limit: range.end - range.start,
      })
      if (stopped || order !== state.order || asking) return
      loading.delete(range.start)
      cache.put(page.offset, page.onus)
      // Fewer rows than asked for although the order says there are more: do not ask for ever.
      const short = page.onus.length < Math.min(range.end, page.total) - range.start
      tell({ failure: null, ...(page.total === state.total ? {} : { total: page.total }) })
      if (!short) pump()
    } catch (error) {
      if (stopped || order !== state.order || asking) return
      loading.delete(range.start)
      const failure = ports.failureOf(error)
      // The engine was started anew and knows no view of this name.
      if (failure.code === 'not-found' && current !== null) {
        ask({ ...current, keepsPlace: true })
        return
      }
      tell({ failure })
      cancelRetry?.()
      cancelRetry = ports.later(pump, retryMs)
    }
  }

  const nextGap = (): RowRange | null => {
    const screen = Math.max(1, shown.end - shown.start)
    const visible = cache.missing(shown.start, shown.end, state.total)
    if (visible !== null) return visible
    return forward
      ? cache.missing(shown.end, shown.end + 2 * screen, state.total)
      : cache.missing(shown.start - 2 * screen, shown.start, state.total)
  }

  const pump = (): void => {
    if (stopped || asking || state.order === 0 || loading.size >= maxLoads) return
    const gap = nextGap()
    if (gap !== null) {
      if (!loading.has(gap.start)) void load(gap)
      return
    }
    const end = Math.min(shown.end, state.total)
    const rests = settled && loading.size === 0 && end > shown.start
    if (rests && (watched?.start !== shown.start || watched.end !== end)) {
      void load({ start: shown.start, end })
    }
  }

  const settle = (): void => {
    settled = false
    cancelSettle?.()
    cancelSettle = ports.later(() => {
      settled = true
      pump()
    }, settleMs)
  }

  const stopListening = ports.onViewChanged((payload) => {
    if (payload.viewId !== viewId || asking || state.order === 0) return
    const replaced = cache.patch(payload.onus)
    const outdated = state.outdated || payload.outdated
    // An empty table that could fill has no order worth keeping still.
    if (outdated && state.total === 0 && current !== null) ask({ ...current, keepsPlace: true })
    else if (replaced > 0 || outdated !== state.outdated) tell({ outdated })
  })

  return {
    open: (filter, sort, keepsPlace = false) => ask({ filter, sort, keepsPlace }),
    refresh: () => {
      const question = waiting ?? current
      if (question !== null) ask({ ...question, keepsPlace: true })
    },
    show: (start, end) => {
      if (start === shown.start && end === shown.end) return
      forward = start >= shown.start
      shown = { start, end }
      settle()
      pump()
    },
    row: cache.get,
    snapshot: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop: () => {
      stopped = true
      cancelSettle?.()
      cancelRetry?.()
      stopListening()
      listeners.clear()
      ports.closeView(viewId).catch(() => undefined)
    },
  }
}
