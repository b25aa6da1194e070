import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvCell, toCsv } from '../../src-renderer/components/export-csv.ts'

/** RFC 4180, as small as can be: for the round trip only. */
const parse = (text: string): string[][] => {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  const body = text.replace(/^\ufeff/, '')
  for (let at = 0; at < body.length; at += 1) {
    const sign = body[at]!
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (body[at + 1] === '"') {
        cell += '"'
        at += 1
      } else quoted = false
    } else if (sign === '"') quoted = true
    else if (sign === ',') {
      rows.at(-1)!.push(cell)
      cell = ''
    } else if (sign === '\r' && body[at + 1] === '\n') {
      rows.at(-1)!.push(cell)
      cell = ''
      at += 1
      rows.push([])
    } else cell += sign
  }
  return rows.slice(0, -1)
}

describe('CSV export', () => {
  it('lets no cell of a device begin a formula', () => {
    for (const evil of ['=1+1', '+cmd', '-cmd|x', '@SUM(A1)', '\t=1', '  =1', '\r=1']) {
      expect(parse(toCsv(['a'], [[evil]]))[1]![0]).toBe(`'${evil}`)
    }
  })

  it('leaves plain numbers as numbers, negative ones too', () => {
    expect(csvCell(-24.1)).toBe('-24.1')
    expect(csvCell('-24.1')).toBe('-24.1')
    expect(csvCell('+62')).toBe('+62')
  })

  it('writes a missing value as nothing, never as 0', () => {
    expect([null, undefined, Number.NaN].map(csvCell)).toEqual(['', '', ''])
  })

  it('quotes what would break a row', () => {
    expect(csvCell('a,"b"\n')).toBe('"a,""b""\n"')
  })

  it('gives every text back after a round trip, apart from the guarding apostrophe', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 3, maxLength: 3 }), {
          maxLength: 5,
        }),
        (rows) => {
          const back = parse(toCsv(['x', 'y', 'z'], rows)).slice(1)
          const unguarded = back.map((row, at) =>
            row.map((cell, column) => (cell === `'${rows[at]![column]}` ? cell.slice(1) : cell)),
          )
          expect(unguarded).toEqual(rows)
        },
      ),
      { seed: 21067 },
    )
  })
})
