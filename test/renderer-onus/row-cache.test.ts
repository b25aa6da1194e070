import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRowCache } from '../../src-renderer/components/table/row-cache.ts'

interface Row {
  readonly id: number
  readonly value: string
}

const rows = (from: number, to: number, value = 'first'): Row[] =>
  Array.from({ length: to - from }, (_, i) => ({ id: from + i, value }))

const make = (maxPages = 3) =>
  createRowCache<Row>({ idOf: (row) => row.id, pageSize: 10, maxPages })

describe('the sparse row cache', () => {
  it('ignores a newer reading of a row that it does not hold', () => {
    const cache = make()
    cache.put(0, rows(0, 10))
    expect(cache.patch([{ id: 99, value: 'newer' }])).toBe(0)
  })

  it('forgets the page that was used longest ago, and its rows can no longer be patched', () => {
    const cache = make(2)
    cache.put(0, rows(0, 10))
    cache.put(10, rows(10, 20))
    cache.put(20, rows(20, 30))
    expect(cache.get(5)).toBeUndefined()
    expect(cache.get(25)?.id).toBe(25)
    expect(cache.patch([{ id: 5, value: 'newer' }])).toBe(0)
    expect(cache.held()).toBe(2)
  })

  it('puts a newer reading where the row stands', () => {
    const cache = make()
    cache.put(7, rows(100, 110))
    expect(cache.patch([{ id: 104, value: 'newer' }])).toBe(1)
    expect(cache.get(11)).toEqual({ id: 104, value: 'newer' })
  })

  it('names the page with the first hole, cut at the end of the list', () => {
    const cache = make()
    cache.put(0, rows(0, 10))
    expect(cache.missing(0, 10, 23)).toBeNull()
    expect(cache.missing(5, 15, 23)).toEqual({ start: 10, end: 20 })
    cache.put(10, rows(10, 20))
    expect(cache.missing(15, 60, 23)).toEqual({ start: 20, end: 23 })
    expect(cache.missing(30, 60, 23)).toBeNull()
  })

  it('holds after any sequence of pieces exactly what was put last, and never more than its bound', () => {
    const piece = fc.record({
      offset: fc.integer({ min: 0, max: 120 }),
      length: fc.integer({ min: 0, max: 35 }),
    })
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const cache = make(6)
        for (const { offset, length } of pieces) {
          cache.put(offset, rows(offset, offset + length))
          expect(cache.held()).toBeLessThanOrEqual(6)
          for (let index = offset; index < offset + length; index++) {
            expect(cache.get(index)?.id).toBe(index)
          }
        }
        const gap = cache.missing(0, 160, 160)
        if (gap === null) return
        const hole = Array.from({ length: 160 }, (_, i) => i).find(
          (i) => cache.get(i) === undefined,
        )
        expect(gap.start).toBeLessThanOrEqual(hole ?? -1)
        expect(gap.end).toBeGreaterThan(hole ?? 1000)
      }),
      { seed: 7 },
    )
  })
})
