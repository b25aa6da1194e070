import type { PlantIndex } from '../plant-index.ts'
import { nameKey } from '../rules.ts'
import type { PlantNodeKind } from '../tables.ts'
import type { PlannedNode } from './plan.ts'
import { writePath } from './read-values.ts'

/** A node of the plant as the file would leave it. */
export interface TreeNode {
  /** Null: the file adds it. */
  readonly number: number | null
  readonly name: string
  readonly parent: TreeNode | null
  /** 1: at the top. */
  readonly depth: number
  fields: PlannedNode['fields']
  isChanged: boolean
}

/** The plant with what a file adds: found by path, or by a name that only one node has. */
export const createNodeTree = (index: PlantIndex) => {
  const children = new Map<TreeNode | null, Map<string, TreeNode>>()
  const byName = new Map<string, TreeNode[]>()
  const byNumber = new Map<number, TreeNode>()
  const touched: TreeNode[] = []

  const hang = (node: TreeNode): TreeNode => {
    const key = nameKey(node.name)
    const siblings = children.get(node.parent) ?? new Map<string, TreeNode>()
    children.set(node.parent, siblings)
    siblings.set(key, node)
    const named = byName.get(key)
    if (named === undefined) byName.set(key, [node])
    else named.push(node)
    return node
  }

  for (const number of index.order().numbers) {
    const row = index.nodeAt(number)
    if (row === undefined) continue
    const { id: _, version: __, removedWith: ___, number: ____, parent: above, ...fields } = row
    const parent = above === null ? null : (byNumber.get(above) ?? null)
    const depth = (parent?.depth ?? 0) + 1
    byNumber.set(number, hang({ number, name: row.name, parent, depth, fields, isChanged: false }))
  }

  const child = (parent: TreeNode | null, name: string): TreeNode | null =>
    children.get(parent)?.get(nameKey(name)) ?? null

  const namesOf = (node: TreeNode): string[] =>
    node.parent === null ? [node.name] : [...namesOf(node.parent), node.name]

  /** By whole path; else by the last name, where the names before it are all above it. */
  const find = (path: readonly string[], whole: string): TreeNode | 'ambiguous' | null => {
    let node: TreeNode | null = null
    for (const name of path) {
      node = child(node, name)
      if (node === null) break
    }
    if (node !== null) return node
    const exact = byName.get(nameKey(whole))
    if (exact !== undefined) return exact.length === 1 ? exact[0]! : 'ambiguous'
    const above = path.slice(0, -1).map(nameKey)
    const named = (byName.get(nameKey(path.at(-1) ?? '')) ?? []).filter((one) => {
      const names = new Set(namesOf(one).map(nameKey))
      return above.every((name) => names.has(name))
    })
    if (named.length === 0) return null
    return named.length === 1 ? named[0]! : 'ambiguous'
  }

  return {
    child,
    find,
    pathOf: (node: TreeNode): string => writePath(namesOf(node)),
    add: (parent: TreeNode | null, name: string, kind: PlantNodeKind): TreeNode => {
      const node: TreeNode = {
        number: null,
        name,
        parent,
        depth: (parent?.depth ?? 0) + 1,
        fields: { ...emptyFields, name, kind },
        isChanged: false,
      }
      touched.push(node)
      return hang(node)
    },
    /** True: it says something else than before. */
    merge: (node: TreeNode, fields: Partial<PlannedNode['fields']>): boolean => {
      const merged = { ...node.fields, ...fields, name: node.fields.name }
      const differs = (Object.keys(merged) as (keyof typeof merged)[]).some(
        (key) => merged[key] !== node.fields[key],
      )
      if (!differs) return false
      node.fields = merged
      if (node.number !== null && !node.isChanged) touched.push(node)
      node.isChanged = true
      return true
    },
    planned: (): readonly PlannedNode[] => {
      const position = new Map<TreeNode, number>()
      for (const [at, node] of touched.entries()) position.set(node, at)
      return touched.map(({ number, parent, fields }) => ({
        number,
        // A new parent was added before what hangs below it.
        parent: parent === null ? null : (parent.number ?? -1 - (position.get(parent) ?? 0)),
        fields,
      }))
    },
  }
}

const emptyFields: Omit<PlannedNode['fields'], 'name' | 'kind'> = {
  capacity: null,
  ponOlt: null,
  pon: null,
  latitude: null,
  longitude: null,
  street: '',
  note: '',
}
