import { expect, test } from 'vitest'
import { readMt940 } from '../../src-main/billing/bank/mt940.ts'

const german = `:20:STARTUMSE
:25:51210600/9223382012
:28C:00001/001
:60F:C260101EUR1000,00
:61:2601020102CR119,00NTRFNONREF//B6A02KC
:86:166?00GUTSCHRIFT?109251?20EREF+INV-2026-000123?21SVWZ+Internet Januar?22 Kunde
 S-00042?30COBADEFFXXX?31DE89370400440532013000?32Budi Santo?33so
:61:251231 0102DR50,05NDDTRF7//
bank's own words
:86:nothing in particular
 over two lines
:61:2601030103RC19,00NRTI//R1
:86:109?00RUECKLASTSCHRIFT?20SVWZ+Rueckgabe
:62F:C260103EUR1049,95
-`

const dutch = `{1:F01INGBNL2ABXXX0000000000}{2:I940INGBNL2AXXXN}{4:\r
:20:P140220000000001\r
:25:NL69INGB0123456789EUR\r
:28C:00000\r
:60F:C140219EUR662,23\r
:61:1402200220C1,56NTRFEREF//00000000001005\r
:86:/EREF/EV12341REP1231456T1234//CNTP/NL32INGB0000012345/INGBNL2A/ING\r
BANK NV INZAKE WEB///REMI/USTD//EV10001REP1000000T1000//\r
:62F:C140220EUR663,79\r
-}`

test('movements with numbered information are read, with what the payer wrote', () => {
  const file = readMt940(german)
  const [statement] = file.statements
  expect(statement?.account).toBe('9223382012')
  expect(
    statement?.lines.map(({ minor, bookedOn, valueOn }) => [minor, bookedOn, valueOn]),
  ).toEqual([
    [11_900, '2026-01-02', '2026-01-02'],
    // The entry date has no year: on 2 January of the year after the value date.
    [-5005, '2026-01-02', '2025-12-31'],
    // A credit that the bank takes back goes out.
    [-1900, '2026-01-03', '2026-01-03'],
  ])
  expect(statement?.lines[0]).toMatchObject({
    remittance: 'Internet Januar Kunde S-00042',
    endToEndId: 'INV-2026-000123',
    counterpartyName: 'Budi Santoso',
    counterpartyAccount: 'DE89370400440532013000',
    bankReference: 'B6A02KC',
    isReversal: false,
    position: 5,
  })
  expect(statement?.lines[1]?.remittance).toBe('nothing in particular over two lines')
  expect(statement?.lines[2]).toMatchObject({ isReversal: true, remittance: 'Rueckgabe' })
  expect(file.problems).toEqual([])
})

test('code words between slashes and the blocks of the network are understood', () => {
  const file = readMt940(dutch)
  expect(file.problems).toEqual([])
  expect(file.statements[0]?.lines[0]).toMatchObject({
    minor: 156,
    currency: 'EUR',
    endToEndId: 'EV12341REP1231456T1234',
    counterpartyAccount: 'NL32INGB0000012345',
    counterpartyName: 'INGBANK NV INZAKE WEB',
    remittance: 'EV10001REP1000000T1000',
  })
})

test('a closing balance that the movements do not make is told', () => {
  const file = readMt940(german.replace('1049,95', '1049,96'))
  expect(file.problems).toEqual([
    { position: 12, code: 'balance-differs', found: '104995 ≠ 104996' },
  ])
})

test.each([
  [':61:2602300230C1,00NTRFX', 'bad-date'],
  [':61:2601020102X1,00NTRFX', 'bad-line'],
  [':61:2601020102C1,005NTRFX', 'bad-amount'],
  [':61:2601020102EC1,00NTRFX', 'not-booked'],
])('%s is told and left out; the rest is read', (line, code) => {
  const text = `:20:X\n:25:1\n:60F:C260101EUR0,00\n${line}\n:61:2601020102C2,00NTRFX\n`
  const file = readMt940(text)
  expect(file.problems.map((one) => one.code)).toEqual([code])
  expect(file.statements[0]?.lines.map(({ minor }) => minor)).toEqual([200])
})

test('amounts follow the digits of the currency: rupiah with two, yen with none', () => {
  const of = (currency: string, amount: string) =>
    readMt940(`:20:X\n:25:1\n:60F:C260101${currency}0,\n:61:2601020102C${amount}NTRFX\n`)
  expect(of('IDR', '350000,00').statements[0]?.lines[0]?.minor).toBe(35_000_000)
  expect(of('JPY', '350000,').statements[0]?.lines[0]?.minor).toBe(350_000)
  expect(of('JPY', '350000,50').problems[0]?.code).toBe('bad-amount')
  expect(of('XQX', '1,00').problems.map(({ code }) => code)).toContain('unknown-currency')
})
