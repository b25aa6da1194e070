import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  printable,
  receiptBytes,
  rowLines,
  wrapped,
  type Printer,
} from '../../src-main/billing/receipt/esc-pos.ts'

const printer: Printer = { columns: 32, cuts: true, opensDrawer: true }
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

test('a receipt begins with a reset and its code page, and ends with feed, cut and drawer', () => {
  const bytes = receiptBytes([{ kind: 'text', text: 'Total' }], printer)
  expect([...bytes.subarray(0, 5)]).toEqual([0x1b, 0x40, 0x1b, 0x74, 16])
  expect([...bytes.subarray(-11)]).toEqual([0x1b, 0x64, 4, 0x1d, 0x56, 1, 0x1b, 0x70, 0, 25, 250])
  const plain = receiptBytes([], { ...printer, cuts: false, opensDrawer: false })
  expect([...plain.subarray(-3)]).toEqual([0x1b, 0x64, 4])
})

test('a name cannot command the printer', () => {
  const bytes = receiptBytes([{ kind: 'text', text: 'a\u001B@\u001DV\u0001b\u0000' }], printer)
  expect(textOf(bytes)).toContain('a?@?V?b?')
})

test('letters beyond the code page lose their marks, the rest is a question mark', () => {
  expect(printable('Žižek €5 ąę Łódź 漢字')).toBe('Žižek €5 ae ?ódz ??')
  expect(textOf(receiptBytes([{ kind: 'text', text: '€' }], printer))).toContain('\u0080')
})

test('an amount is never broken, a long name goes above it', () => {
  expect(rowLines('Home 20', 'Rp 350.000', 32)).toEqual([`Home 20${' '.repeat(15)}Rp 350.000`])
  expect(rowLines('Internet rumah keluarga 20 Mbps November', 'Rp 350.000', 32)).toEqual([
    'Internet rumah',
    'keluarga 20 Mbps',
    `November${' '.repeat(14)}Rp 350.000`,
  ])
  for (const line of rowLines('x'.repeat(100), 'y'.repeat(100), 32)) {
    expect(line.length).toBeLessThanOrEqual(32)
  }
})

test('whatever is written, no line is longer than the paper and no letter is lost', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 8, max: 48 }), (text, columns) => {
      const lines = wrapped(text, columns)
      expect(lines.length).toBeGreaterThan(0)
      expect(lines.every((line) => line.length <= columns)).toBe(true)
      expect(lines.join('').replaceAll(' ', '')).toBe(printable(text).replaceAll(' ', ''))
    }),
    { seed: 3, numRuns: 300 },
  )
})

test('a QR code is stored with its length and printed in the middle', () => {
  const bytes = receiptBytes([{ kind: 'qr', text: 'x'.repeat(300) }], printer)
  const text = textOf(bytes)
  expect(text).toContain(`\u001D(k${String.fromCharCode(303 & 0xff, 1)}1P0${'x'.repeat(300)}`)
  expect(() => receiptBytes([{ kind: 'qr', text: 'x'.repeat(501) }], printer)).toThrow(RangeError)
})
