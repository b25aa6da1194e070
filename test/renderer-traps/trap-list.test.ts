import { describe, expect, test } from 'vitest'
import { toCsv } from '../../src-renderer/components/export-csv.ts'
import {
  fitsNews,
  fitsUnknown,
  sortNews,
  sortUnknown,
  unknownColumns,
  unknownExportRow,
} from '../../src-renderer/screens/network-traps/trap-list.ts'
import { sampleNews, sampleTrap } from './sample-trap.ts'

describe('the filter of the traps', () => {
  const trap = sampleTrap({ varbinds: [{ oid: '1.3.6.1.9', text: 'Fan tray 2' }] })

  test('leaves out a trap that lacks one of the words', () => {
    expect(fitsUnknown(trap, 'fan 10.0.0.8')).toBe(false)
    expect(fitsNews(sampleNews(), 'Dying gasp', 'karang offline')).toBe(false)
  })

  test('finds by trap, source, OLT, varbind and meaning, in any order and case', () => {
    for (const text of ['', '  ', '1.1.5.3', 'TRAY 10.0.0.9', '6.1.9']) {
      expect(fitsUnknown(trap, text), text).toBe(true)
    }
    expect(fitsNews(sampleNews(), 'Dying gasp', 'gasp karang')).toBe(true)
  })
})

describe('the order of the traps', () => {
  test('has numbers in object ids by their value', () => {
    const traps = ['1.3.6.10', '1.3.6.9', '1.3.10.1'].map((trapOid) => sampleTrap({ trapOid }))
    const order = sortUnknown(traps, { column: 'trapOid', descending: false })
    expect(order.map((trap) => trap.trapOid)).toEqual(['1.3.6.9', '1.3.6.10', '1.3.10.1'])
  })

  test('has strangers last in either direction', () => {
    const traps = [sampleTrap(), sampleTrap({ oltName: 'A' }), sampleTrap({ oltName: 'B' })]
    for (const descending of [false, true]) {
      const order = sortUnknown(traps, { column: 'olt', descending })
      expect(order.at(-1)?.oltName).toBeNull()
    }
  })

  test('of what was looked at goes by the words of the meaning where that is chosen', () => {
    const news = [sampleNews({ count: 1 }), sampleNews({ count: 2 })]
    const words = (each: { count: number }) => (each.count === 1 ? 'b' : 'a')
    const order = sortNews(news, { column: 'meanings', descending: false }, words)
    expect(order.map((each) => each.count)).toEqual([2, 1])
  })
})

describe('the export of unknown traps', () => {
  test('has a cell for each head, and no formula of a stranger', () => {
    const row = unknownExportRow(
      sampleTrap({ source: '=cmd|calc', varbinds: [{ oid: '1.3', text: 'a\nb' }] }),
    )
    expect(row).toHaveLength(unknownColumns.length + 2)
    expect(toCsv([], [row])).toContain("'=cmd|calc")
    expect(row.at(-1)).toBe('1.3 = a\\u{a}b')
  })
})
