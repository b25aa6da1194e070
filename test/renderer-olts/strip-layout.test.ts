import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import {
  cellBox,
  groupByPon,
  hitStrip,
  layoutFlow,
  layoutRows,
  moveInStrip,
} from '../../src-renderer/components/charts/strip-layout.ts'

const addressesOf = (pons: readonly (readonly number[])[]): Int32Array =>
  Int32Array.from(
    pons.flatMap((onuIds, port) =>
      onuIds.map((onuId) => packOnuAddress({ shelf: 0, slot: 1, port, onuId })),
    ),
  )

const run = (count: number, from = 1): readonly number[] =>
  Array.from({ length: count }, (_, i) => i + from)

const plants = fc.array(
  fc.uniqueArray(fc.integer({ min: 0, max: 127 }), { minLength: 1, maxLength: 128 }),
  { minLength: 1, maxLength: 16 },
)

describe('groups of a strip', () => {
  test('an OLT without ONUs has no group', () => {
    expect(groupByPon(new Int32Array(0))).toEqual([])
  })

  test('each PON is one group with its first ONU and its count', () => {
    const groups = groupByPon(addressesOf([run(3), run(1), run(2)]))
    expect(groups.map(({ first, count }) => [first, count])).toEqual([
      [0, 3],
      [3, 1],
      [4, 2],
    ])
  })

  test('the groups together hold every ONU once', () => {
    fc.assert(
      fc.property(plants, (pons) => {
        const sorted = pons.map((onuIds) => onuIds.toSorted((a, b) => a - b))
        const groups = groupByPon(addressesOf(sorted))
        expect(groups.map((group) => group.count)).toEqual(sorted.map((onuIds) => onuIds.length))
        expect(groups.map((group) => group.first)).toEqual(
          sorted.map((_, i) => sorted.slice(0, i).reduce((sum, ids) => sum + ids.length, 0)),
        )
      }),
      { seed: 79620 },
    )
  })
})

describe('the flowing strip', () => {
  test('no two ONUs share a place, and all lie inside the box', () => {
    fc.assert(
      fc.property(plants, fc.integer({ min: 300, max: 1600 }), (pons, width) => {
        const addresses = addressesOf(pons.map((onuIds) => onuIds.toSorted((a, b) => a - b)))
        const layout = layoutFlow(groupByPon(addresses), { width, height: 48 })
        const places = new Set<string>()
        for (let onu = 0; onu < addresses.length; onu++) {
          const box = cellBox(layout, onu)
          if (box === undefined) throw new Error('no box')
          places.add(`${box.x.toFixed(3)} ${box.y}`)
          expect(box.x).toBeGreaterThanOrEqual(0)
          expect(box.x + box.width).toBeLessThanOrEqual(width + 0.01)
          expect(box.y + box.height).toBeLessThanOrEqual(48)
        }
        expect(places.size).toBe(addresses.length)
      }),
      { seed: 19550, numRuns: 60 },
    )
  })

  test('2,048 ONUs on 16 PONs fit a dashboard row with cells one can point at', () => {
    const addresses = addressesOf(Array.from({ length: 16 }, () => run(128)))
    const layout = layoutFlow(groupByPon(addresses), { width: 760, height: 48 })
    expect(layout.cellWidth).toBeGreaterThanOrEqual(4)
  })

  test('few ONUs get large cells, never larger than the limit', () => {
    const layout = layoutFlow(
      groupByPon(addressesOf([run(3)])),
      { width: 720, height: 48 },
      { minCell: 2, maxCell: 12 },
    )
    expect(layout.cellHeight).toBe(12)
    expect(layout.cellWidth).toBeLessThanOrEqual(18)
  })

  test('a strip without room becomes finer instead of spilling over', () => {
    const addresses = addressesOf(Array.from({ length: 16 }, () => run(128)))
    const layout = layoutFlow(groupByPon(addresses), { width: 60, height: 8 })
    expect(layout.width).toBeLessThanOrEqual(60.01)
  })
})

describe('the strip with a row for each PON', () => {
  test('the same ONU number stands in the same column on every PON', () => {
    const addresses = addressesOf([run(5), [2, 4], [5]])
    const layout = layoutRows(groupByPon(addresses), addresses, {
      width: 400,
      rowHeight: 14,
      rowGap: 4,
    })
    expect([...layout.columnOf]).toEqual([0, 1, 2, 3, 4, 1, 3, 4])
    expect(layout.blocks.map((block) => block.y)).toEqual([0, 18, 36])
  })

  test('a free ONU number is ground of its PON, not an ONU', () => {
    const addresses = addressesOf([[1, 3]])
    const layout = layoutRows(groupByPon(addresses), addresses, {
      width: 300,
      rowHeight: 14,
      rowGap: 4,
    })
    expect(hitStrip(layout, layout.cellWidth * 1.5, 5)).toEqual({ kind: 'pon', block: 0 })
    expect(hitStrip(layout, layout.cellWidth * 2.5, 5)).toEqual({ kind: 'onu', onu: 1, block: 0 })
    expect(hitStrip(layout, 5, 15.5)).toEqual({ kind: 'none' })
  })
})

describe('pointer and arrow keys', () => {
  test('the middle of a cell hits its ONU, in both layouts', () => {
    fc.assert(
      fc.property(plants, (pons) => {
        const addresses = addressesOf(pons.map((onuIds) => onuIds.toSorted((a, b) => a - b)))
        const groups = groupByPon(addresses)
        for (const layout of [
          layoutFlow(groups, { width: 800, height: 50 }),
          layoutRows(groups, addresses, { width: 800, rowHeight: 14, rowGap: 4 }),
        ]) {
          for (let onu = 0; onu < addresses.length; onu += 7) {
            const box = cellBox(layout, onu)
            if (box === undefined) throw new Error('no box')
            const hit = hitStrip(layout, box.x + box.width / 2, box.y + box.height / 2)
            expect(hit).toMatchObject({ kind: 'onu', onu })
          }
        }
      }),
      { seed: 31272, numRuns: 30 },
    )
  })

  test('an arrow never leads outside the strip', () => {
    const moves = [
      'left',
      'right',
      'up',
      'down',
      'first',
      'last',
      'pon-next',
      'pon-previous',
    ] as const
    fc.assert(
      fc.property(plants, fc.array(fc.constantFrom(...moves)), (pons, path) => {
        const addresses = addressesOf(pons.map((onuIds) => onuIds.toSorted((a, b) => a - b)))
        const layout = layoutRows(groupByPon(addresses), addresses, {
          width: 800,
          rowHeight: 14,
          rowGap: 4,
        })
        let onu = 0
        for (const move of path) {
          onu = moveInStrip(layout, onu, move)
          expect(onu).toBeGreaterThanOrEqual(0)
          expect(onu).toBeLessThan(addresses.length)
        }
      }),
      { seed: 69707 },
    )
  })

  test('down goes to the ONU below, or to the nearest one where that number is free', () => {
    const addresses = addressesOf([run(8), [1, 7]])
    const layout = layoutRows(groupByPon(addresses), addresses, {
      width: 400,
      rowHeight: 14,
      rowGap: 4,
    })
    expect(moveInStrip(layout, 4, 'down')).toBe(9)
    expect(moveInStrip(layout, 9, 'up')).toBe(6)
    expect(moveInStrip(layout, 9, 'down')).toBe(9)
  })
})
