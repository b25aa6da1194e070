import type { PlantNode } from '../../../src-shared/contract/plant.ts'

/** The rows of the tree as they stand below one another, and where keys lead. Needs no page. */

export interface TreeRow {
  readonly node: PlantNode
  /** 1: at the top. */
  readonly level: number
  readonly expanded: boolean
  /** Among those of the same parent, from 1. */
  readonly position: number
  readonly siblings: number
}

/** Children by id of the parent; the empty text: those at the top. */
export type Children = ReadonlyMap<string, readonly PlantNode[]>

export const topKey = ''

export const treeRows = (children: Children, expanded: ReadonlySet<string>): readonly TreeRow[] => {
  const rows: TreeRow[] = []
  const add = (key: string, level: number): void => {
    const siblings = children.get(key) ?? []
    for (const [at, node] of siblings.entries()) {
      const isOpen = node.children > 0 && expanded.has(node.id)
      rows.push({ node, level, expanded: isOpen, position: at + 1, siblings: siblings.length })
      if (isOpen) add(node.id, level + 1)
    }
  }
  add(topKey, 1)
  return rows
}

/** What was found by text: one below the other, without a tree. */
export const foundRows = (nodes: readonly PlantNode[]): readonly TreeRow[] =>
  nodes.map((node, at) => ({
    node,
    level: 1,
    expanded: false,
    position: at + 1,
    siblings: nodes.length,
  }))

export type TreeAct =
  | { readonly kind: 'move'; readonly to: number }
  | { readonly kind: 'expand' | 'collapse' | 'open'; readonly id: string }
  | { readonly kind: 'expandAll'; readonly ids: readonly string[] }

/** What a key does (WAI-ARIA tree view); null: it is not the tree's. */
export const treeActOf = (
  rows: readonly TreeRow[],
  active: number,
  key: string,
  page: number,
): TreeAct | null => {
  const row = rows[active]
  const move = (to: number): TreeAct => ({
    kind: 'move',
    to: Math.max(0, Math.min(rows.length - 1, to)),
  })
  if (row === undefined) return null
  switch (key) {
    case 'ArrowDown':
      return move(active + 1)
    case 'ArrowUp':
      return move(active - 1)
    case 'PageDown':
      return move(active + page)
    case 'PageUp':
      return move(active - page)
    case 'Home':
      return move(0)
    case 'End':
      return move(rows.length - 1)
    case 'ArrowRight':
      if (row.node.children === 0) return move(active)
      return row.expanded ? move(active + 1) : { kind: 'expand', id: row.node.id }
    case 'ArrowLeft':
      return row.expanded
        ? { kind: 'collapse', id: row.node.id }
        : move(parentOf(rows, active) ?? active)
    case 'Enter':
    case ' ':
      return { kind: 'open', id: row.node.id }
    case '*':
      return {
        kind: 'expandAll',
        ids: rows
          .filter(({ node, level }) => level === row.level && node.parentId === row.node.parentId)
          .filter(({ node }) => node.children > 0)
          .map(({ node }) => node.id),
      }
    default:
      return null
  }
}

const parentOf = (rows: readonly TreeRow[], active: number): number | null => {
  const level = rows[active]?.level ?? 1
  for (let at = active - 1; at >= 0; at--) if ((rows[at]?.level ?? 0) < level) return at
  return null
}

/** The next row whose name begins with what was typed, from the active one on, around the end. */
export const typedTo = (rows: readonly TreeRow[], active: number, typed: string): number => {
  const text = typed.toLowerCase()
  // One letter again and again goes on to the next; more letters stay where they fit.
  const from = text.length === 1 ? active + 1 : active
  for (let step = 0; step < rows.length; step++) {
    const at = (from + step) % rows.length
    if (rows[at]?.node.name.toLowerCase().startsWith(text) === true) return at
  }
  return active
}
