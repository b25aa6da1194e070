import { useEffect, useRef } from 'react'
import { changePreferences, usePreferences } from '../../state/preferences.ts'
import { defaultViewOf, type SavedView } from './view-list.ts'

const none: readonly SavedView[] = []

export const useSavedViews = (
  list: string,
): {
  readonly views: readonly SavedView[]
  readonly setViews: (views: readonly SavedView[]) => void
} => {
  const views = usePreferences((state) => state.preferences.views[list]) ?? none
  return {
    views,
    setViews: (next) => {
      const all = usePreferences.getState().preferences.views
      changePreferences({ views: { ...all, [list]: [...next] } })
    },
  }
}

/** Opens the person's own view once, where the address says nothing. */
export const useDefaultView = (
  list: string,
  query: string,
  onQuery: (query: string) => void,
): void => {
  const loaded = usePreferences((state) => state.loaded)
  const view = defaultViewOf(useSavedViews(list).views)
  const asked = useRef(query !== '')
  useEffect(() => {
    if (!loaded || asked.current) return
    asked.current = true
    if (view !== undefined && query === '') onQuery(view.query)
  }, [loaded, view, query, onQuery])
}
