import { describe, expect, it } from 'vitest'
import type { PlantNode } from '../../src-shared/contract/plant.ts'
import {
  foundRows,
  treeActOf,
  treeRows,
  typedTo,
  type Children,
} from '../../src-renderer/screens/plant/tree-model.ts'

const node = (id: string, name: string, parentId: string | null, children = 0): PlantNode => ({
  id,
  name,
  parentId,
  children,
  kind: 'odb',
  version: 1,
  path: '',
  capacity: null,
  pon: null,
  coordinates: null,
  street: '',
  note: '',
  onus: 0,
  online: 0,
  down: 0,
  unknown: 0,
  used: 0,
  exceeded: false,
})

const children: Children = new Map([
  ['', [node('a', 'Airport', null, 2), node('h', 'Harbour', null, 1)]],
  ['a', [node('a1', 'ODC 1', 'a'), node('a2', 'ODC 2', 'a', 1)]],
  ['a2', [node('a21', 'ODB 1', 'a2')]],
])
const names = (expanded: readonly string[]) =>
  treeRows(children, new Set(expanded)).map((row) => `${'.'.repeat(row.level)}${row.node.name}`)

describe('the tree', () => {
  it('shows what stands open, each with its level and its place among its neighbours', () => {
    expect(names([])).toEqual(['.Airport', '.Harbour'])
    expect(names(['a', 'a2'])).toEqual(['.Airport', '..ODC 1', '..ODC 2', '...ODB 1', '.Harbour'])
    const rows = treeRows(children, new Set(['a']))
    expect(rows.map(({ position, siblings }) => `${position}/${siblings}`)).toEqual([
      '1/2',
      '1/2',
      '2/2',
      '2/2',
    ])
  })

  it('shows nothing below a node whose children are not known yet', () => {
    expect(names(['h'])).toEqual(['.Airport', '.Harbour'])
  })

  it('goes where keys lead', () => {
    const rows = treeRows(children, new Set(['a']))
    const act = (active: number, key: string) => treeActOf(rows, active, key, 10)
    expect(act(0, 'ArrowDown')).toEqual({ kind: 'move', to: 1 })
    expect(act(0, 'ArrowUp')).toEqual({ kind: 'move', to: 0 })
    expect(act(0, 'End')).toEqual({ kind: 'move', to: 3 })
    expect(act(3, 'PageUp')).toEqual({ kind: 'move', to: 0 })
    expect(act(0, 'ArrowRight')).toEqual({ kind: 'move', to: 1 })
    expect(act(2, 'ArrowRight')).toEqual({ kind: 'expand', id: 'a2' })
    expect(act(1, 'ArrowRight')).toEqual({ kind: 'move', to: 1 })
    expect(act(2, 'ArrowLeft')).toEqual({ kind: 'move', to: 0 })
    expect(act(0, 'ArrowLeft')).toEqual({ kind: 'collapse', id: 'a' })
    expect(act(1, 'Enter')).toEqual({ kind: 'open', id: 'a1' })
    expect(act(0, '*')).toEqual({ kind: 'expandAll', ids: ['a', 'h'] })
    expect(act(0, 'q')).toBeNull()
    expect(treeActOf([], 0, 'ArrowDown', 10)).toBeNull()
  })

  it('goes to what is typed, around the end, and stays where nothing fits', () => {
    const rows = treeRows(children, new Set(['a', 'a2']))
    expect(typedTo(rows, 0, 'o')).toBe(1)
    expect(typedTo(rows, 1, 'o')).toBe(2)
    expect(typedTo(rows, 1, 'odb')).toBe(3)
    expect(typedTo(rows, 4, 'a')).toBe(0)
    expect(typedTo(rows, 2, 'zz')).toBe(2)
    expect(typedTo([], 0, 'a')).toBe(0)
  })

  it('lists what was found without levels', () => {
    expect(foundRows([node('x', 'X', 'a', 3)])).toMatchObject([
      { level: 1, expanded: false, position: 1, siblings: 1 },
    ])
  })
})
