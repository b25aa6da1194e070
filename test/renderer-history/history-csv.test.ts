import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toCsv } from '../../src-renderer/components/export-csv.ts'
import {
  columnsOfLine,
  csvRows,
  historyFileName,
  partsOf,
} from '../../src-renderer/components/time-chart/history-csv.ts'

const before = process.env['TZ']
const at = Date.parse('2026-11-22T07:00:00Z')
const words = { least: 'least', mean: 'mean', greatest: 'greatest' }

describe('the table of a chart', () => {
  beforeAll(() => {
    process.env['TZ'] = 'Asia/Jakarta'
  })
  afterAll(() => {
    if (before === undefined) delete process.env['TZ']
    else process.env['TZ'] = before
  })

  it('has a row per time and leaves a cell empty where a line has no point', () => {
    const rows = [
      ...csvRows([
        { head: 'a', at: [at, at + 1000], values: [1, 2] },
        { head: 'b', at: [at + 500, at + 1000], values: [3, Number.NaN] },
      ]),
    ]
    expect(rows).toEqual([
      ['2026-11-22T14:00:00.000+07:00', 1, null],
      ['2026-11-22T14:00:00.500+07:00', null, 3],
      ['2026-11-22T14:00:01.000+07:00', 2, Number.NaN],
    ])
    expect(toCsv(['Time', 'a', 'b'], rows)).toBe(
      '\ufeffTime,a,b\r\n2026-11-22T14:00:00.000+07:00,1,\r\n2026-11-22T14:00:00.500+07:00,,3\r\n2026-11-22T14:00:01.000+07:00,2,\r\n',
    )
  })

  it('keeps every row of times that come twice', () => {
    const rows = [...csvRows([{ head: 'a', at: [at, at], values: [1, 2] }])]
    expect(rows.map((row) => row[1])).toEqual([1, 2])
  })

  it('says least, mean and greatest of what is seen, without gaps', () => {
    const points = {
      at: Float64Array.of(at - 1, at, at + 1, at + 2),
      min: Float64Array.of(0, -22.1234, Number.NaN, 0),
      avg: Float64Array.of(0, -21.5, Number.NaN, 0),
      max: Float64Array.of(0, -21, Number.NaN, 0),
      resets: new Float64Array(0),
    }
    const columns = columnsOfLine('Rx (dBm)', points, { from: at, to: at + 1 }, words, 2)
    expect(columns.map(({ head, values }) => [head, ...Array.from(values)])).toEqual([
      ['Rx (dBm), least', -22.123],
      ['Rx (dBm), mean', -21.5],
      ['Rx (dBm), greatest', -21],
    ])
  })

  it('lets no name of a device begin a formula', () => {
    const [head] = columnsOfLine(
      '=1+1',
      {
        at: new Float64Array(0),
        min: new Float64Array(0),
        avg: new Float64Array(0),
        max: new Float64Array(0),
        resets: new Float64Array(0),
      },
      { from: 0, to: 1 },
      words,
      1,
    )
    expect(toCsv([head!.head], [])).toContain("'=1+1")
  })

  it('is named after what it is about, with nothing that a file system refuses', () => {
    expect(historyFileName('ZTEG12AB', { from: at, to: at + 3_600_000 }, 'points')).toBe(
      'ZTEG12AB_2026-11-22T1400_2026-11-22T1500_points.csv',
    )
    expect(historyFileName('../../a b:c*?', { from: at, to: at }, 'readings')).toMatch(
      /^[\p{L}\p{N}._-]+$/u,
    )
    expect(historyFileName('', { from: at, to: at }, 'points')).toMatch(/^history_/)
  })
})

describe('reading a long range in parts', () => {
  it('covers all of it, each moment once', () => {
    const parts = partsOf({ from: 0, to: 25 }, 10)
    expect(parts).toEqual([
      { from: 0, to: 10 },
      { from: 10.001, to: 20 },
      { from: 20.001, to: 25 },
    ])
    expect(partsOf({ from: 5, to: 5 }, 10)).toEqual([{ from: 5, to: 5 }])
  })
})
