import type { AlarmFilter, AlarmRow, AlarmSort } from '../../../src-shared/contract/alarms-model.ts'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type { CallInput, Output } from '../../../src-shared/contract/index.ts'

/**
 * The alarm list as a person looks at it: the order is that of the moment it was opened, rows change
 * in their places, what is new is counted and comes in only when he asks or nobody looks closely.
 */

export interface AlarmViewPorts {
  readonly list: (input: CallInput<'alarms.list'>) => Promise<Output<'alarms.list'>>
  readonly rows: (ids: string[]) => Promise<Output<'alarms.rows'>>
  readonly failureOf: (error: unknown) => Failure
}

export interface AlarmViewState {
  /** opening: nothing is known yet; ready: rows are there (perhaps older ones, see `failure`). */
  readonly status: 'opening' | 'changing' | 'ready'
  readonly failure: Failure | null
  readonly total: number
  /** Fit the filter and are not in the list yet. */
  readonly news: number
  /** Goes up with every new order. */
  readonly order: number
  /** Goes up when the list must be seen from its top. */
  readonly top: number
  /** Goes up when a row has changed in its place. */
  readonly change: number
}

export interface AlarmView {
  readonly snapshot: () => AlarmViewState
  readonly subscribe: (listener: () => void) => () => void
  readonly row: (index: number) => AlarmRow | undefined
  readonly indexOf: (id: string) => number
  /** It is in its place still and fits the filter no more: shelved, acknowledged, gone. */
  readonly isGone: (id: string) => boolean
  readonly open: (filter: AlarmFilter, sort: AlarmSort) => void
  /** A new order, the same question. */
  readonly renew: () => void
  /** The window of rows that are seen; fetches what is missing. */
  readonly show: (start: number, end: number) => void
  /** The book has changed: rows are read again in their places, the new ones counted. */
  readonly follow: () => void
  readonly close: () => void
}

const pageSize = 500

export const createAlarmView = (ports: AlarmViewPorts): AlarmView => {
  const listeners = new Set<() => void>()
  let question: { filter: AlarmFilter; sort: AlarmSort } | null = null
  let rows: AlarmRow[] = []
  let places = new Map<string, number>()
  let gone = new Set<string>()
  let seen = { start: 0, end: 60 }
  // An answer that belongs to an older turn is dropped.
  let turn = 0
  let filling = false
  let following = false
  let again = false
  let state: AlarmViewState = {
    status: 'opening',
    failure: null,
    total: 0,
    news: 0,
    order: 0,
    top: 0,
    change: 0,
  }
  const set = (part: Partial<AlarmViewState>): void => {
    state = { ...state, ...part }
    for (const listener of listeners) listener()
  }

  const ask = async (fromTop: boolean): Promise<void> => {
    if (question === null) return
    const mine = ++turn
    filling = false
    set({ status: state.order === 0 ? 'opening' : 'changing' })
    try {
      const answer = await ports.list({ ...question, offset: 0, limit: pageSize })
      if (mine !== turn) return
      rows = answer.alarms
      places = new Map(rows.map((row, index) => [row.id, index]))
      gone = new Set()
      set({
        status: 'ready',
        failure: null,
        total: Math.max(answer.total, rows.length),
        news: 0,
        order: state.order + 1,
        top: state.top + (fromTop ? 1 : 0),
      })
    } catch (error) {
      if (mine === turn) set({ status: 'ready', failure: ports.failureOf(error) })
    }
  }

  const fill = async (): Promise<void> => {
    if (question === null || filling || rows.length >= state.total) return
    if (seen.end + pageSize / 5 < rows.length) return
    const mine = turn
    filling = true
    try {
      const answer = await ports.list({ ...question, offset: rows.length, limit: pageSize })
      if (mine !== turn) return
      const more = answer.alarms.filter((row) => !places.has(row.id))
      for (const row of more) {
        places.set(row.id, rows.length)
        rows.push(row)
      }
      // An engine that gives nothing more has nothing more.
      const total = answer.alarms.length === 0 ? rows.length : Math.max(state.total, rows.length)
      filling = false
      set({ total, failure: null, change: state.change + 1 })
      if (more.length > 0) await fill()
    } catch (error) {
      if (mine !== turn) return
      filling = false
      set({ failure: ports.failureOf(error) })
    }
  }

  /** true: what is shown of it is not what it is. */
  const put = (row: AlarmRow): boolean => {
    const place = places.get(row.id)
    if (place === undefined) return false
    if (JSON.stringify(rows[place]) === JSON.stringify(row)) return false
    rows[place] = row
    return true
  }

  const readAgain = async (): Promise<void> => {
    if (question === null || state.order === 0) return
    const mine = turn
    const answer = await ports.list({ ...question, offset: 0, limit: pageSize })
    if (mine !== turn) return
    const fitting = new Set(answer.alarms.map((row) => row.id))
    const whole = answer.total <= answer.alarms.length
    // Those that are seen and were not in the answer: gone from the list, or only further down.
    const window = rows
      .slice(Math.max(0, seen.start - 20), seen.end + 20)
      .map((row) => row.id)
      .filter((id) => !fitting.has(id))
      .slice(0, pageSize)
    const others = window.length === 0 ? [] : (await ports.rows(window)).alarms
    if (mine !== turn) return
    let changed = false
    for (const row of [...answer.alarms, ...others]) changed = put(row) || changed
    if (whole) {
      const left = new Set(rows.map((row) => row.id).filter((id) => !fitting.has(id)))
      changed = changed || left.size !== gone.size || [...left].some((id) => !gone.has(id))
      gone = left
    }
    const unseen = answer.alarms.filter((row) => !places.has(row.id)).length
    const news = whole ? unseen : Math.max(unseen, answer.total - state.total)
    if (changed || news !== state.news || state.failure !== null) {
      set({ news, failure: null, change: state.change + (changed ? 1 : 0) })
    }
  }

  const follow = async (): Promise<void> => {
    if (following) {
      again = true
      return
    }
    following = true
    try {
      await readAgain()
    } catch (error) {
      set({ failure: ports.failureOf(error) })
    } finally {
      following = false
    }
    if (again) {
      again = false
      await follow()
    }
  }

  return {
    snapshot: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    row: (index) => rows[index],
    indexOf: (id) => places.get(id) ?? -1,
    isGone: (id) => gone.has(id),
    open: (filter, sort) => {
      question = { filter, sort }
      void ask(true)
    },
    renew: () => void ask(false),
    show: (start, end) => {
      seen = { start, end }
      void fill()
    },
    follow: () => void follow(),
    close: () => {
      turn += 1
      question = null
    },
  }
}
