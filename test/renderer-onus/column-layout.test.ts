import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  moveColumn,
  resizeColumn,
  resolveLayout,
  toggleColumn,
  type ColumnSpec,
} from '../../src-renderer/components/table/column-layout.ts'

const specs: readonly ColumnSpec[] = [
  { id: 'state', width: 100, initially: true, fixed: true },
  { id: 'serial', width: 120, minWidth: 80, initially: true },
  { id: 'name', width: 150, initially: true },
  { id: 'model', width: 90, initially: false },
]

describe('column layout', () => {
  it('drops columns that do not exist, doubles, and widths of strangers', () => {
    const layout = resolveLayout(specs, {
      columns: ['name', 'nonsense', 'name', 'state'],
      widths: { nonsense: 500, name: 200 },
    })
    expect(layout).toEqual({ columns: ['name', 'state'], widths: { name: 200 } })
  })

  it('puts a fixed column back that was saved away', () => {
    expect(resolveLayout(specs, { columns: ['name'] }).columns).toEqual(['state', 'name'])
  })

  it('does not hide a fixed column', () => {
    const layout = resolveLayout(specs, null)
    expect(toggleColumn(specs, layout, 'state')).toBe(layout)
  })

  it('does not make a column narrower than it can be', () => {
    const layout = resizeColumn(specs, resolveLayout(specs, null), 'serial', 3)
    expect(layout.widths['serial']).toBe(80)
  })

  it('shows a column at its natural place among those shown', () => {
    const layout = resolveLayout(specs, { columns: ['state', 'model'] })
    expect(toggleColumn(specs, layout, 'serial').columns).toEqual(['state', 'serial', 'model'])
  })

  it('moves a column and stays within the ends', () => {
    const layout = resolveLayout(specs, null)
    expect(moveColumn(layout, 'state', 9).columns).toEqual(['serial', 'name', 'state'])
    expect(moveColumn(layout, 'name', -4).columns).toEqual(['name', 'state', 'serial'])
    expect(moveColumn(layout, 'stranger', 0)).toBe(layout)
  })

  it('makes any saved state whole: each column once, all known, fixed ones there', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom('state', 'serial', 'name', 'model'), fc.string())),
        fc.dictionary(fc.string(), fc.double()),
        (columns, widths) => {
          const layout = resolveLayout(specs, { columns, widths })
          expect(new Set(layout.columns).size).toBe(layout.columns.length)
          expect(layout.columns).toContain('state')
          for (const id of layout.columns) expect(specs.map((spec) => spec.id)).toContain(id)
          for (const width of Object.values(layout.widths)) expect(width).toBeGreaterThanOrEqual(40)
        },
      ),
      { seed: 7 },
    )
  })
})
