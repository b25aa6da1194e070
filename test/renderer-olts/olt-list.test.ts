import { describe, expect, test } from 'vitest'
import { toCsv } from '../../src-renderer/components/export-csv.ts'
import {
  exportColumns,
  exportRow,
  fitsOlt,
} from '../../src-renderer/screens/network-olts/olt-list.ts'
import { sampleCounts, sampleOlt } from './sample-olt.ts'

const cellOf = (olt: Parameters<typeof exportRow>[0], column: (typeof exportColumns)[number]) =>
  exportRow(olt)[exportColumns.indexOf(column)]

describe('the filter of the OLT list', () => {
  const olt = sampleOlt({
    name: 'KARANG-01',
    host: '10.1.2.3',
    port: 1161,
    note: 'Key at the desk',
  })

  test('leaves out an OLT that lacks one of the words', () => {
    expect(fitsOlt(olt, 'karang 10.9')).toBe(false)
    expect(fitsOlt(olt, 'melati')).toBe(false)
  })

  test('finds by name, address with port, family and note, in any order and case', () => {
    for (const text of ['', '  ', 'karang', '10.1.2.3:1161', 'ZTE karang', 'DESK key']) {
      expect(fitsOlt(olt, text), text).toBe(true)
    }
  })
})

describe('the export of the OLT list', () => {
  test('has an empty cell, not 0, where nothing was read', () => {
    const never = { status: null, optics: null, counters: null, identity: null }
    const unread = sampleOlt({ ages: never, counts: sampleCounts({ total: 0, online: 0 }) })
    const lost = sampleOlt({ reachability: 'unreachable' })
    expect(cellOf(unread, 'online')).toBeNull()
    expect(cellOf(unread, 'low')).toBeNull()
    expect(cellOf(lost, 'offline')).toBeNull()
    expect(cellOf(lost, 'total')).toBe(100)
  })

  test('has as many cells as columns, and a harmless name', () => {
    expect(exportRow(sampleOlt())).toHaveLength(exportColumns.length)
    expect(toCsv(['x'], [exportRow(sampleOlt({ name: '=1+1' }))])).toContain("'=1+1")
  })
})
