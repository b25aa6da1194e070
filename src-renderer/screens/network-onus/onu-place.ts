/**
 * Where one was in the ONU table, so that "back" from a record finds the list as it was left.
 * Positions only, nothing of what the rows say; forgotten with the page.
 */
export interface OnuPlace {
  readonly active: number
  /** px. */
  readonly scrollTop: number
  /** About the first row that was visible. */
  readonly firstRow: number
}

const top: OnuPlace = { active: 0, scrollTop: 0, firstRow: 0 }
/** px: the smallest row, so that the guess is never above the window. */
const rowHeight = 28

let last: { readonly query: string; readonly place: OnuPlace } | null = null

/** `query`: the serialised question; another question begins at the top. */
export const rememberPlace = (query: string, active: number, scrollTop: number): void => {
  last = {
    query,
    place: { active, scrollTop, firstRow: Math.floor(scrollTop / rowHeight) },
  }
}

export const rememberedPlace = (query: string): OnuPlace =>
  last?.query === query ? last.place : top
