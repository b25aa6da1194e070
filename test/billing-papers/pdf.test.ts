import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  documentPaper,
  type DocumentShown,
  type IssuedDocument,
} from '../../src-main/billing/pdf/document-paper.ts'
import { paperText, paperWords } from '../../src-main/billing/pdf/paper-words.ts'
import { receiptPaper } from '../../src-main/billing/pdf/receipt-paper.ts'
import { renderPaper } from '../../src-main/billing/pdf/render-paper.ts'
import { createSlices } from '../../src-main/billing/pdf/slices.ts'
import { statementPaper } from '../../src-main/billing/pdf/statement-paper.ts'
import { paperSizes, type PaperLanguage } from '../../src-shared/contract/billing-papers.ts'
import { isSound, pdfPages, pdfText, squaresOf } from './pdf-text.ts'
import { noPause, ppn, someDocument, someLine } from './some-document.ts'

const noCodes: DocumentShown = { codes: [] }

const render = async (
  document: IssuedDocument,
  language: PaperLanguage = 'en',
  size: (typeof paperSizes)[number] = 'a4',
  shown = noCodes,
) => renderPaper(documentPaper(document, shown, language), size, noPause)

const explained = someLine(1, {
  gross: 35_000_000,
  discount: 5_000_000,
  amount: 30_000_000,
  net: 30_000_000,
  explanation: [
    {
      why: {
        kind: 'days',
        name: 'Home 50',
        from: '2026-01-01',
        until: '2026-01-13',
        days: 12,
        of: 31,
        fixed: false,
      },
      discounts: [{ name: 'Promo', minor: 5_000_000, ppm: null, cycle: 1, cycles: 3 }],
    },
  ],
})

describe('a document on paper', () => {
  test('says who, what, why, the base of its tax, what is owed and by when', async () => {
    const document = someDocument({
      lines: [explained],
      taxes: [ppn(27_500_000, 3_300_000)],
      note: 'Thank you\nSee you',
    })
    const text = pdfText((await render(document)).bytes)
    for (const part of [
      'Invoice',
      'INV-A-2026-000042',
      'PT Nusa Fiber',
      'Tax number: 01.234.567.8-999.000',
      'Budi Santoso',
      '31 January 2026',
      '14 February 2026',
      '1 January 2026 to 31 January 2026',
      'Home 50: 12 of 31 days',
      'Discount Promo (1 of 3): -50,000.00',
      '12 % on 11/12',
      '275,000.00',
      '33,000.00',
      'IDR 333,000.00',
      'BCA 123 456',
      'See you',
      'Page 1 of 1',
    ])
      expect(text, part).toContain(part)
  })

  test('speaks the language of the customer, with its marks', async () => {
    const text = pdfText((await render(someDocument(), 'id')).bytes)
    for (const part of ['Faktur', '31 Januari 2026', '12 % atas 11/12', 'IDR 388.500,00'])
      expect(text, part).toContain(part)
  })

  test('has the digits of its currency: JPY none, KWD three, IDR two', async () => {
    const of = async (currency: string) => {
      const line = someLine(1, { amount: 1_234_567, unitScale: currency === 'KWD' ? 3 : 0 })
      return pdfText((await render(someDocument({ currency, lines: [line], taxes: [] }))).bytes)
    }
    expect(await of('JPY')).toContain('JPY 1,234,567')
    expect(await of('KWD')).toContain('KWD 1,234.567')
    expect(await of('IDR')).toContain('IDR 12,345.67')
  })

  test('of a credit names what it corrects and why, and asks for no money', async () => {
    const credit = someDocument({
      kind: 'credit-note',
      reason: 'Wrong plan',
      corrects: { id: 'x', number: 'INV-A-2026-000007' },
      correctsOn: '2026-01-03',
    })
    const text = pdfText((await render(credit)).bytes)
    expect(text).toContain('Corrects INV-A-2026-000007 of 3 January 2026')
    expect(text).toContain('Reason: Wrong plan')
    expect(text).not.toContain('How to pay')
  })

  test.each(paperSizes)('is the same bytes whenever it is made: %s', async (size) => {
    const shown: DocumentShown = { codes: [{ kind: 'transfer', text: 'BCD\n002\n1\nSCT' }] }
    const [one, other] = [
      await render(someDocument(), 'id', size, shown),
      await render(someDocument(), 'id', size, shown),
    ]
    expect(one.sha256).toBe(other.sha256)
    expect(isSound(one.bytes)).toBe(true)
    expect(squaresOf(one.bytes)).toBeGreaterThan(100)
  })

  test('keeps its look: another one needs another template (paper-model.ts)', async () => {
    const document = someDocument({ lines: [explained], taxes: [ppn(27_500_000, 3_300_000)] })
    const hashes = []
    for (const size of paperSizes)
      for (const language of ['en', 'id'] as const)
        hashes.push(`${size} ${language} ${(await render(document, language, size)).sha256}`)
    expect(hashes).toMatchSnapshot()
  })

  test('goes on over pages: each with the heads of its columns and its number', async () => {
    const lines = Array.from({ length: 500 }, (_, index) =>
      someLine(index + 1, { description: `Line ${index + 1}.`, amount: 100 }),
    )
    const { bytes } = await render(someDocument({ lines, taxes: [] }))
    const pages = pdfPages(bytes)
    expect(isSound(bytes)).toBe(true)
    expect(pages.length).toBeGreaterThan(10)
    pages.forEach((page, index) => {
      if (index < pages.length - 1) expect(page).toContain('Description')
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`)
    })
    const text = pages.flat()
    for (const { description } of lines) expect(text).toContain(description)
    for (const size of ['80mm', '58mm'] as const) {
      const strip = (await render(someDocument({ lines, taxes: [] }), 'en', size)).bytes
      expect(
        pdfPages(strip)
          .flat()
          .filter((line) => line.startsWith('Line ')),
      ).toHaveLength(500)
    }
  })

  test('gives way while it is made, so that nothing waits for it', async () => {
    let [now, turns] = [0, 0]
    const slices = createSlices({
      monotonic: () => (now += 3),
      nextTurn: () => {
        turns += 1
        return Promise.resolve()
      },
    })
    const lines = Array.from({ length: 200 }, (_, index) => someLine(index + 1))
    for (const size of paperSizes) {
      turns = 0
      const model = documentPaper(someDocument({ lines }), noCodes, 'en')
      const rendered = await renderPaper(model, size, slices)
      expect(turns).toBeGreaterThan(50)
      expect(rendered.sha256).toBe((await renderPaper(model, size, noPause)).sha256)
    }
  })

  test('takes any text: what no font has is a question mark, and nothing breaks out', async () => {
    expect(paperText('Łukasz Đặng Žižek €5 漢字 \u202Eabc')).toBe('Lukasz Dang Žižek €5 ?? ?abc')
    const hostile = ') Tj ET Q endstream endobj <</JS (x)>> \u0000\u001B[31m\uD800 漢字'
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constantFrom(...paperSizes),
        async (text, size) => {
          const name = `${text}${hostile}`
          const document = someDocument({ note: name, reason: name })
          const { bytes } = await render(
            {
              ...document,
              buyer: { ...document.buyer, name },
              lines: [someLine(1, { description: name })],
            },
            'en',
            size,
          )
          expect(isSound(bytes)).toBe(true)
          expect(Buffer.from(bytes).toString('latin1')).not.toContain('<</JS')
        },
      ),
      { seed: 7, numRuns: 40 },
    )
  })

  test('writes figures without asking the system', () => {
    const { money, number, percent } = paperWords('id')
    expect(money(-123_456_789, 'IDR')).toBe('-1.234.567,89')
    expect(money(5, 'USD')).toBe('0,05')
    expect(number(15, 1)).toBe('1,5')
    expect(number(880, 5)).toBe('0,0088')
    expect(percent(110_000)).toBe('11 %')
    expect(percent(55_500)).toBe('5,55 %')
  })
})

describe('a receipt', () => {
  const payment = {
    number: 'RC-A-2026-000001',
    method: 'cash',
    reference: null,
    currency: 'EUR',
    amount: 5000,
    receivedOn: '2026-06-10',
    payer: '',
    note: '',
    takenAt: 1_800_000_000_000,
    reversedOn: null,
  } as const
  const shown = {
    seller: someDocument().seller,
    buyer: { code: 'S-1', name: 'Budi' },
    settles: [{ number: 'INV-1', amount: 3000 }],
  }

  test('says what was received, what it settles and what is left', async () => {
    const model = receiptPaper(payment, shown, 'en')
    const text = pdfText((await renderPaper(model, '58mm', noPause)).bytes)
    for (const part of [
      'Receipt',
      'RC-A-2026-000001',
      'cash',
      'INV-1',
      '30.00',
      '20.00',
      'EUR 50.00',
    ])
      expect(text, part).toContain(part)
  })

  test('of cash that coins rounded says what was handed over', async () => {
    const model = receiptPaper(payment, { ...shown, rounding: -2 }, 'en')
    const text = pdfText((await renderPaper(model, '80mm', noPause)).bytes)
    for (const part of ['Rounding', '-0.02', 'EUR 49.98']) expect(text, part).toContain(part)
  })

  test('of a payment that was reversed says that it is void', async () => {
    const model = receiptPaper({ ...payment, reversedOn: '2026-06-12' }, shown, 'en')
    const text = pdfText((await renderPaper(model, 'a4', noPause)).bytes)
    expect(text).toContain('Reversed on 12 June 2026: this receipt is void')
  })
})

test('a statement goes from its opening to its closing', async () => {
  const model = statementPaper(
    {
      seller: someDocument().seller,
      buyer: { code: 'S-1', name: 'Budi', address: null },
      currency: 'EUR',
      fromOn: '2026-06-01',
      untilOn: '2026-07-01',
      opening: 1000,
      rows: [
        { on: '2026-06-02', kind: 'invoice', number: 'INV-1', amount: 5000 },
        { on: '2026-06-10', kind: 'payment', number: 'RC-1', amount: -5500 },
      ],
      at: 0,
    },
    'en',
  )
  const lines = pdfPages((await renderPaper(model, 'a4', noPause)).bytes).flat()
  for (const part of ['Balance before 1 June 2026', 'Payment RC-1', '60.00', 'EUR 5.00'])
    expect(lines).toContain(part)
  expect(lines).toContain('Balance at the end of 30 June 2026')
})
