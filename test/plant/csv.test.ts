import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText } from '../../src-shared/domain/decode-text.ts'
import { columnsOf, columnsSuffice } from '../../src-main/plant/imports/headers.ts'
import { parseCsv, separatorOf, separators } from '../../src-shared/domain/csv-records.ts'
import {
  pointOf,
  readCapacity,
  readOnuAddress,
  readPath,
  readPoint,
  readPon,
  serialKey,
  writePath,
} from '../../src-main/plant/imports/read-values.ts'
import { cellText, csvCell } from '../../src-shared/domain/csv-write.ts'
import { streetOf } from '../../src-main/plant/rules.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`
const cell = fc.string({
  unit: fc.constantFrom('a', 'é', '"', ',', ';', '\t', '\n', '\r', ' ', "'"),
  maxLength: 6,
})

describe('a file of comma-separated values', () => {
  it('reads back every cell, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(...separators),
        fc.constantFrom('\n', '\r\n', '\r'),
        (rows, separator, ending) => {
          const text = rows.map((row) => row.map(quoted).join(separator)).join(ending)
          const read = [...parseCsv(text, separator)]
          expect(read.map(({ cells }) => cells)).toEqual(rows)
          expect(read.every(({ broken }) => !broken)).toBe(true)
        },
      ),
      { seed: 4, numRuns: 300 },
    )
  })

  it('never loops or throws on any text, and counts its lines', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r'), maxLength: 40 }),
        (text) => {
          let before = 0
          for (const { line } of parseCsv(text, ',')) {
            expect(line).toBeGreaterThan(before)
            before = line
          }
        },
      ),
      { seed: 5, numRuns: 500 },
    )
  })

  it('tells a quote that never closes, and text behind a closing one, with their lines', () => {
    const records = [...parseCsv('a,b\n"c"d,e\n"two\nlines",f\n"open,g\n', ',')]
    expect(records.map(({ line, broken }) => [line, broken])).toEqual([
      [1, false],
      [2, true],
      [3, false],
      [5, true],
    ])
  })

  it('is told apart by its separator, also with commas inside addresses', () => {
    expect(separatorOf('a;b;c\n1;Jl. A, No.2, X;3\n')).toBe(';')
    expect(separatorOf('a\tb\n1,5\t2,5\n')).toBe('\t')
    expect(separatorOf('a,b,c\n1,"x;y",3\n')).toBe(',')
    expect(separatorOf('name\nODB 1\n')).toBe(',')
  })

  it('is told apart by its encoding', () => {
    const text = 'name,street\nCafé Séñor,Jl. Melati\n'
    const wide = Buffer.from(text, 'utf16le')
    const wideBig = Buffer.from(wide).swap16()
    const cases: readonly [string, Uint8Array][] = [
      ['UTF-8', Buffer.from(text, 'utf8')],
      ['UTF-8 with BOM', Buffer.from(`\ufeff${text}`, 'utf8')],
      ['UTF-16 LE', Buffer.concat([Buffer.from([0xff, 0xfe]), wide])],
      ['UTF-16 BE', Buffer.concat([Buffer.from([0xfe, 0xff]), wideBig])],
      ['UTF-16 LE', wide],
      ['UTF-16 BE', wideBig],
      ['Windows-1252', Buffer.from(text, 'latin1')],
    ]
    for (const [encoding, bytes] of cases) expect(decodeText(bytes)).toEqual({ text, encoding })
    expect(decodeText(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 8, 0]))).toBeNull()
  })

  it('SECURITY: gives a spreadsheet no formula, and takes the apostrophe off again', () => {
    for (const text of ['=1+1', '+cmd', '-2+3', '@SUM(A1)', ' =x', "'=x", "''+y"]) {
      expect(csvCell(text).replaceAll('"', '')).toMatch(/^'/u)
      expect(cellText(csvCell(text))).toBe(text.trim())
    }
    expect(csvCell('-6.75')).toBe('-6.75')
    expect(csvCell("O'Hara")).toBe("O'Hara")
  })
})

describe('columns', () => {
  it('are known by their names in English and Indonesian', () => {
    const fields = (kind: 'nodes' | 'onus' | 'olts', headers: readonly string[]) =>
      columnsOf(kind, headers).map(({ field }) => field)
    expect(
      fields('nodes', ['Nama', 'JENIS', 'Kapasitas', 'Garis Lintang', 'bujur', 'Catatan']),
    ).toEqual(['name', 'kind', 'capacity', 'latitude', 'longitude', 'note'])
    expect(fields('onus', ['Serial_Number', 'ODP', 'Port ODP', 'Alamat', 'SN'])).toEqual([
      'serial',
      'odb',
      'nodePort',
      'streetAddress',
      null,
    ])
    expect(fields('olts', ['OLT', 'Koordinat', 'whatever'])).toEqual(['olt', 'coordinates', null])
  })

  it('must say what each row is about', () => {
    const suffice = (kind: 'nodes' | 'onus' | 'olts', headers: readonly string[]) =>
      columnsSuffice(kind, columnsOf(kind, headers))
    expect(suffice('nodes', ['street'])).toBe(false)
    expect(suffice('onus', ['odb', 'port'])).toBe(false)
    expect(suffice('onus', ['olt', 'pon', 'odb'])).toBe(false)
    expect(suffice('onus', ['olt', 'pon', 'onu'])).toBe(true)
    expect(suffice('olts', ['olt', 'lat'])).toBe(false)
  })
})

describe('what people write in cells', () => {
  it('addresses of ports and ONUs', () => {
    expect(readOnuAddress('0/1/3:12')).toBe(
      packOnuAddress({ shelf: 0, slot: 1, port: 3, onuId: 12 }),
    )
    expect(readOnuAddress('gpon-onu_1/2/3:4')).toBe(
      packOnuAddress({ shelf: 1, slot: 2, port: 3, onuId: 4 }),
    )
    expect(readOnuAddress('0-1-3-12')).toBe(readOnuAddress('0/1/3/12'))
    expect(readPon('0/1/3')).toBe(packOnuAddress({ shelf: 0, slot: 1, port: 3, onuId: 0 }))
    for (const wrong of ['', '1/3', '0/1/3:9999', '99/1/3:1', 'x'])
      expect(readOnuAddress(wrong)).toBeNull()
  })

  it('coordinates, with decimal commas and sides of the world', () => {
    const point = { latitude: -6.2, longitude: 106.8 }
    for (const text of [
      '-6.2, 106.8',
      '-6.2 106.8',
      '-6,2; 106,8',
      '-6.2,106.8',
      '6.2 S, 106.8 E',
    ]) {
      expect(readPoint(text), text).toEqual(point)
    }
    expect(pointOf('6,2 LS', '106,8 BT')).toEqual(point)
    for (const wrong of ['', 'x', '-6.2', '95, 10', '-6.2, 200'])
      expect(readPoint(wrong)).toBeNull()
    expect(pointOf('-6.2', '')).toBeNull()
  })

  it('ports of a splitter, and serials in both their forms', () => {
    expect(['8', '1:8', '1/16', '8 port', '0', 'x', '2000'].map(readCapacity)).toEqual([
      8,
      8,
      16,
      8,
      null,
      null,
      null,
    ])
    expect(serialKey('48575443 1A2B3C4D')).toBe(serialKey('hwtc-1a2b3c4d'))
  })

  it('paths: what is written reads back, also with arrows in names', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc
            .string({
              unit: fc.constantFrom('a', '1', '>', '/', ' ', 'é'),
              minLength: 1,
              maxLength: 6,
            })
            .map((name) => name.trim())
            .filter((name) => name !== ''),
          { minLength: 2, maxLength: 5 },
        ),
        (names) => {
          expect(readPath(writePath(names))).toEqual(names)
        },
      ),
      { seed: 6 },
    )
    expect(readPath('Zone > Cabinet > ODB 1')).toEqual(['Zone', 'Cabinet', 'ODB 1'])
    expect(readPath('Zone / ODC 0/1/2')).toEqual(['Zone', 'ODC 0/1/2'])
  })

  it('streets without house numbers', () => {
    const cases: readonly [string, string | null][] = [
      ['Jl. Kenanga Timur No.12', 'Jl. Kenanga Timur'],
      ['Warung Senja, Jl. Kenanga Timur No 12A', 'Jl. Kenanga Timur'],
      ['Perum Griya Lestari Blok C5/12', 'Perum Griya Lestari'],
      ['Gg. Mangga 7, RT 03/02', 'Gg. Mangga'],
      ['12 Old Mill Lane', 'Old Mill Lane'],
      ['Jl. Cendana III', 'Jl. Cendana III'],
      ['Jl. Norte', 'Jl. Norte'],
      ['', null],
      ['12', null],
    ]
    for (const [text, street] of cases) expect(streetOf(text), text).toBe(street)
  })
})
