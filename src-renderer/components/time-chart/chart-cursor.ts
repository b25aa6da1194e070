import { useSyncExternalStore } from 'react'

/** Where the cursor of a stack of charts stands, and what is being selected; not React's state: it moves with the mouse. */
export interface ChartCursor {
  /** Wall ms; null: nowhere. */
  readonly at: number | null
  readonly selection: { readonly from: number; readonly to: number } | null
}

export interface CursorStore {
  readonly get: () => ChartCursor
  readonly set: (change: Partial<ChartCursor>) => void
  readonly subscribe: (listener: () => void) => () => void
}

export const createCursor = (): CursorStore => {
  const listeners = new Set<() => void>()
  let cursor: ChartCursor = { at: null, selection: null }
  return {
    get: () => cursor,
    set: (change) => {
      const next = { ...cursor, ...change }
      if (next.at === cursor.at && next.selection === cursor.selection) return
      cursor = next
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export const useCursorAt = (store: CursorStore): number | null =>
  useSyncExternalStore(store.subscribe, () => store.get().at)
