/** What a key means in a grid whose rows, not cells, take the focus. */

export interface GridKey {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

export type GridAction =
  | { readonly kind: 'move'; readonly to: number; readonly extend: boolean }
  | { readonly kind: 'open' }
  | { readonly kind: 'peek' }
  | { readonly kind: 'select' }

/**
 * null: not the grid's key. `pageRows`: how many rows the window shows.
 * Source of the keys: facts/noc.md E6 and the ARIA grid pattern.
 */
export const gridActionOf = (
  event: GridKey,
  active: number,
  rowCount: number,
  pageRows: number,
): GridAction | null => {
  if (event.metaKey || event.altKey || rowCount === 0) return null
  const to = moveTarget(event, active, rowCount, pageRows)
  if (to !== null) {
    return {
      kind: 'move',
      to: Math.max(0, Math.min(rowCount - 1, to)),
      extend: event.shiftKey && event.key.startsWith('Arrow'),
    }
  }
  if (event.ctrlKey || event.shiftKey) return null
  switch (event.key) {
    case 'Enter':
      return { kind: 'open' }
    case 'o':
    case ' ':
      return { kind: 'peek' }
    case 'x':
      return { kind: 'select' }
    default:
      return null
  }
}

const moveTarget = (
  event: GridKey,
  active: number,
  rowCount: number,
  pageRows: number,
): number | null => {
  if (event.key === 'Home') return 0
  if (event.key === 'End') return rowCount - 1
  if (event.ctrlKey) return null
  const page = Math.max(1, pageRows - 1)
  switch (event.key) {
    case 'ArrowDown':
    case 'j':
      return active + 1
    case 'ArrowUp':
    case 'k':
      return active - 1
    case 'PageDown':
      return active + page
    case 'PageUp':
      return active - page
    default:
      return null
  }
}

/** The rows between two positions, both ends included. */
export const rangeBetween = (a: number, b: number): readonly number[] =>
  Array.from({ length: Math.abs(a - b) + 1 }, (_, i) => Math.min(a, b) + i)
