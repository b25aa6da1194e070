import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createOnuTable, reserveRows, takeRow } from '../../src-main/network/onu-table.ts'
import { createSerialIndex } from '../../src-main/network/serial-index.ts'

describe('the index of serial numbers', () => {
  test('agrees with a plain count, whatever comes and goes', () => {
    const step = fc.record({ row: fc.nat(3_999), serial: fc.nat(40), add: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const table = createOnuTable()
        reserveRows(table, 4_000)
        for (let row = 0; row < 4_000; row++) takeRow(table, 0, row, 1)
        const changed = new Set<number>()
        const index = createSerialIndex(table, (row) => changed.add(row))
        // More rows than the first table of chains, so that it has to grow.
        for (let row = 100; row < 2_500; row++) {
          table.serial[row] = `FILL${row}`
          index.add(row)
        }
        const serials = new Map<number, string>()
        for (const { row, serial, add } of steps) {
          const place = row < 100 ? row : (row % 100) + 3_000
          index.remove(place)
          serials.delete(place)
          table.serial[place] = null
          if (!add) continue
          table.serial[place] = `S${serial}`
          serials.set(place, `S${serial}`)
          index.add(place)
          index.add(place)
        }
        const rowsBySerial = Map.groupBy(serials, ([, serial]) => serial)
        const several = [...rowsBySerial.values()].filter((rows) => rows.length > 1)
        expect(index.duplicates()).toBe(several.length)
        for (const [row, serial] of serials) {
          const same = (rowsBySerial.get(serial) ?? []).map(([other]) => other)
          expect(index.sameSerial(row).toSorted((a, b) => a - b)).toEqual(
            same.toSorted((a, b) => a - b),
          )
          expect(table.duplicate[row]).toBe(same.length > 1 ? 1 : 0)
        }
      }),
      { seed: 7396, numRuns: 40 },
    )
  })
})
