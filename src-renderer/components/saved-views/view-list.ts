import type { Preferences } from '../../../src-shared/contract/preferences.ts'

/** Saved views of one list: pure rules over what the preferences keep. */

export type SavedView = Preferences['views'][string][number]

/** As the contract allows. */
export const viewLimits = { views: 50, name: 60, query: 4000 } as const

/** The view that a list opens with is marked in its id: the preferences know no other place for it. */
const defaultMark = 'd:'

export const isDefaultView = (view: SavedView): boolean => view.id.startsWith(defaultMark)

export const defaultViewOf = (views: readonly SavedView[]): SavedView | undefined =>
  views.find(isDefaultView)

const withoutMark = (id: string): string =>
  id.startsWith(defaultMark) ? id.slice(defaultMark.length) : id

const cleanName = (name: string): string => name.trim().slice(0, viewLimits.name).trim()

/** null: no name, too long a query, or no room for one more. A name that exists is replaced. */
export const saveView = (
  views: readonly SavedView[],
  view: SavedView,
): readonly SavedView[] | null => {
  const name = cleanName(view.name)
  if (name === '' || view.query.length > viewLimits.query) return null
  const twin = views.find((each) => each.name.toLowerCase() === name.toLowerCase())
  if (twin !== undefined) {
    return views.map((each) => (each === twin ? { ...twin, query: view.query } : each))
  }
  if (views.length >= viewLimits.views) return null
  return [...views, { ...view, name }]
}

/** null: the name is empty or belongs to another view. */
export const renameView = (
  views: readonly SavedView[],
  id: string,
  name: string,
): readonly SavedView[] | null => {
  const clean = cleanName(name)
  const taken = views.some(
    (view) => view.id !== id && view.name.toLowerCase() === clean.toLowerCase(),
  )
  if (clean === '' || taken) return null
  return views.map((view) => (view.id === id ? { ...view, name: clean } : view))
}

export const removeView = (views: readonly SavedView[], id: string): readonly SavedView[] =>
  views.filter((view) => view.id !== id)

/** One at most; the same again: none. */
export const toggleDefault = (views: readonly SavedView[], id: string): readonly SavedView[] =>
  views.map((view) => {
    const plain = { ...view, id: withoutMark(view.id) }
    return view.id === id && !isDefaultView(view)
      ? { ...plain, id: `${defaultMark}${plain.id}` }
      : plain
  })
