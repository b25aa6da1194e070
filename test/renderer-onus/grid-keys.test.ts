import { describe, expect, it } from 'vitest'
import {
  gridActionOf,
  rangeBetween,
  type GridKey,
} from '../../src-renderer/components/table/grid-keys.ts'

const press = (key: string, change: Partial<GridKey> = {}): GridKey => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...change,
})

describe('the keys of the grid', () => {
  it('leaves keys with Ctrl, Alt or the command key to others', () => {
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey'] as const) {
      for (const key of ['j', 'x', 'o', 'Enter', ' ', 'ArrowDown']) {
        expect(gridActionOf(press(key, { [modifier]: true }), 5, 100, 20), key).toBeNull()
      }
    }
  })

  it('does nothing in an empty table', () => {
    for (const key of ['j', 'End', 'Enter', 'x']) {
      expect(gridActionOf(press(key), 0, 0, 20)).toBeNull()
    }
  })

  it('stays within the table', () => {
    expect(gridActionOf(press('k'), 0, 100, 20)).toMatchObject({ to: 0 })
    expect(gridActionOf(press('PageDown'), 95, 100, 20)).toMatchObject({ to: 99 })
  })

  it('moves by one, by a screen less one row, and to the ends', () => {
    const to = (key: string) => gridActionOf(press(key), 50, 1000, 20)
    expect(to('j')).toEqual({ kind: 'move', to: 51, extend: false })
    expect(to('ArrowUp')).toEqual({ kind: 'move', to: 49, extend: false })
    expect(to('PageDown')).toMatchObject({ to: 69 })
    expect(to('Home')).toMatchObject({ to: 0 })
    expect(to('End')).toMatchObject({ to: 999 })
  })

  it('extends the selection with Shift and an arrow only', () => {
    expect(gridActionOf(press('ArrowDown', { shiftKey: true }), 5, 100, 20)).toMatchObject({
      extend: true,
    })
    expect(gridActionOf(press('x', { shiftKey: true }), 5, 100, 20)).toBeNull()
  })

  it('opens, peeks and selects', () => {
    expect(gridActionOf(press('Enter'), 5, 100, 20)).toEqual({ kind: 'open' })
    expect(gridActionOf(press(' '), 5, 100, 20)).toEqual({ kind: 'peek' })
    expect(gridActionOf(press('o'), 5, 100, 20)).toEqual({ kind: 'peek' })
    expect(gridActionOf(press('x'), 5, 100, 20)).toEqual({ kind: 'select' })
  })

  it('counts a range from either end', () => {
    expect(rangeBetween(3, 5)).toEqual([3, 4, 5])
    expect(rangeBetween(5, 3)).toEqual([3, 4, 5])
    expect(rangeBetween(4, 4)).toEqual([4])
  })
})
