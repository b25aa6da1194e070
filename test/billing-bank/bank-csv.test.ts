import fc from 'fast-check'
import { expect, test } from 'vitest'
import { minorUnitsOf } from '../../src-main/billing/bank/bank-amount.ts'
import { readBankCsv } from '../../src-main/billing/bank/bank-csv.ts'
import { orderOf, readDay } from '../../src-main/billing/bank/bank-dates.ts'
import { guessMapping } from '../../src-main/billing/bank/guess-columns.ts'
import { readBankFile } from '../../src-main/billing/bank/read-bank-file.ts'
import { currencyCode } from '../../src-shared/domain/currencies.ts'

const rupiah = currencyCode('IDR')
const euro = currencyCode('EUR')

const read = (text: string, usual = rupiah) => {
  const mapping = guessMapping(text, usual)
  if (mapping === null) throw new Error('no mapping')
  return { mapping, file: readBankCsv(text, mapping) }
}

const indonesian = `Rekening;1234567890
Periode;01/11/2026 - 30/11/2026

Tanggal;Keterangan;Cabang;Jumlah;;Saldo
02/11/2026;"TRSF E-BANKING CR 0211/FTSCY/WS95031 350000.00 BUDI SANTOSO S-00042";0000;350,000.00;CR;1,350,000.00
03/11/2026;BIAYA ADM;0000;15,000.00;DB;1,335,000.00
Saldo Akhir;;;1,335,000.00;;
`

test("a bank's table is recognised by the names of its columns and the look of its cells", () => {
  const { mapping, file } = read(indonesian.replace('Jumlah;;', 'Jumlah;DB/CR;'))
  expect(mapping).toMatchObject({ separator: ';', dates: 'dmy', decimal: '.', skip: 3 })
  expect(file.statements[0]?.lines.map(({ minor, bookedOn }) => [minor, bookedOn])).toEqual([
    [35_000_000, '2026-11-02'],
    [-1_500_000, '2026-11-03'],
  ])
  expect(file.statements[0]?.lines[0]?.remittance).toContain('S-00042')
  // The total at the end is no movement, and nobody loses sight of it.
  expect(file.problems).toEqual([{ position: 7, code: 'bad-date', found: 'Saldo Akhir' }])
})

test('what came in and what went out in two columns, in German', () => {
  const text = `Buchungstag,Wertstellung,Auftraggeber,Verwendungszweck,Soll,Haben,Währung
02.01.26,03.01.26,Budi,INV-1,,"1.234,50",EUR
04.01.26,04.01.26,Bank,Gebühr,"3,00",,EUR
05.01.26,05.01.26,Odd,Both,"3,00","4,00",EUR
06.01.26,06.01.26,Odd,Code,"3,00",,EURO
"07.01.26,06.01.26,Odd
`
  const { file } = read(text, euro)
  expect(
    file.statements[0]?.lines.map(({ minor, valueOn, counterpartyName }) => [
      minor,
      valueOn,
      counterpartyName,
    ]),
  ).toEqual([
    [123_450, '2026-01-03', 'Budi'],
    [-300, '2026-01-04', 'Bank'],
  ])
  expect(file.problems.map(({ code, position }) => [code, position])).toEqual([
    ['bad-amount', 4],
    ['unknown-currency', 5],
    ['broken-quote', 6],
  ])
})

test('a table without names is guessed by what stands in it', () => {
  const { file } = read(
    '2026-01-02,19.99,Budi Santoso INV-1\n2026-01-03,-5.00,fee of the bank\n',
    euro,
  )
  expect(file.statements[0]?.lines.map(({ minor, remittance }) => [minor, remittance])).toEqual([
    [1999, 'Budi Santoso INV-1'],
    [-500, 'fee of the bank'],
  ])
})

test('no table, no guess', () => {
  expect(guessMapping('Dear customer,\nwe wish you a happy new year.\n', euro)).toBeNull()
  expect(guessMapping('a;b;c\n1;2;3\n', euro)).toBeNull()
})

test.each(['utf8', 'utf16le', 'latin1'] as const)(
  'the same table in %s is the same table',
  (encoding) => {
    const text = 'Tanggal;Währung;Jumlah;Keterangan\n02/11/2026;EUR;19,99;Müller\n'
    const bom = encoding === 'utf16le' ? '\uFEFF' : ''
    const found = readBankFile(Buffer.from(bom + text, encoding))
    expect(found).toMatchObject({ kind: 'table', text })
  },
)

test.each([
  ['2026-11-23', 'ymd', '2026-11-23'],
  ['20261123', 'ymd', '2026-11-23'],
  ['23/11/2026 14:02:11', 'dmy', '2026-11-23'],
  ['23.11.26', 'dmy', '2026-11-23'],
  ['3-Nov-2026', 'dmy', '2026-11-03'],
  ['17 Agu 2026', 'dmy', '2026-08-17'],
  ['11/23/2026', 'mdy', '2026-11-23'],
  ['2026-11-23T10:00:00+07:00', 'ymd', '2026-11-23'],
] as const)('%s as %s is %s', (text, order, day) => {
  expect(readDay(text, order)).toBe(day)
})

test.each(['', '30/02/2026', '23/11', '1/2/3/4', 'yesterday', '2026-13-01', '23/11/226'])(
  '%s is no day',
  (text) => {
    expect(orderOf([text])).toBeNull()
  },
)

test.each([
  ['1,234.50', 2, '.', 123_450],
  ['1.234,50', 2, ',', 123_450],
  ["1'234.50", 2, '.', 123_450],
  ['1 234,5', 2, ',', 123_450],
  ['350.000', 2, ',', 35_000_000],
  ['350000.0000', 2, '.', 35_000_000],
  ['12,30-', 2, ',', -1230],
  ['-0,00', 2, ',', 0],
  ['12.345', 2, '.', null],
  ['1,23,456.00', 2, '.', 12_345_600],
  ['1,2,345', 2, '.', null],
  ['12..3', 2, '.', null],
  ['-12-', 2, '.', null],
  ['99999999999999999', 2, '.', null],
  ['1e5', 2, '.', null],
  ['', 2, '.', null],
] as const)('%s with %i digits and %s is %s minor units', (text, digits, decimal, minor) => {
  expect(minorUnitsOf(text, digits, decimal)).toBe(minor)
})

test('every amount written with either mark comes back exactly', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e12, max: 1e12 }),
      fc.constantFrom(0, 2, 3),
      fc.constantFrom(',' as const, '.' as const),
      (minor, digits, decimal) => {
        const plain = String(Math.abs(minor)).padStart(digits + 1, '0')
        const whole = plain
          .slice(0, plain.length - digits)
          .replaceAll(/\B(?=(?:\d{3})+$)/gu, decimal === ',' ? '.' : ',')
        const fraction = digits === 0 ? '' : decimal + plain.slice(-digits)
        expect(minorUnitsOf(`${minor < 0 ? '-' : ''}${whole}${fraction}`, digits, decimal)).toBe(
          minor,
        )
      },
    ),
    { seed: 7, numRuns: 300 },
  )
})
