import Paper from 'pdfkit'
import english from '../../../assets/locales/en/billing.json' with { type: 'json' }
import indonesian from '../../../assets/locales/id/billing.json' with { type: 'json' }
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { moneyText } from '../../../src-shared/domain/money-text.ts'
import { printedCode } from './voucher-code.ts'

/** The sheet of a batch: A4, cards to be cut, ten rows of two; black on white. */

export interface SheetInput {
  readonly name: string
  readonly value: number
  readonly currency: CurrencyCode
  readonly expiresOn: string | null
  readonly language: 'en' | 'id'
  readonly cards: readonly { readonly number: string; readonly code: string }[]
  /** ms; stands in the file itself. */
  readonly madeAt: number
  /** False for tests, which read the text. */
  readonly compress?: boolean
}

const margin = 36
const columns = 2
const rows = 10
const ink = '#111111'
const soft = '#555555'
const line = '#bbbbbb'

export const writeVoucherSheet = (input: SheetInput): Promise<Uint8Array> => {
  const words = input.language === 'id' ? indonesian.sheet : english.sheet
  const document = new Paper({
    size: 'A4',
    margin,
    compress: input.compress ?? true,
    info: {
      Title: input.name,
      CreationDate: new Date(input.madeAt),
      ModDate: new Date(input.madeAt),
    },
  })
  const done = collect(document)
  const width = (document.page.width - 2 * margin) / columns
  const height = (document.page.height - 2 * margin) / rows
  const value = `${input.currency} ${moneyText(input.value, input.currency, input.language)}`
  input.cards.forEach(({ number, code }, index) => {
    const place = index % (columns * rows)
    if (index > 0 && place === 0) document.addPage()
    const x = margin + (place % columns) * width
    const y = margin + Math.floor(place / columns) * height
    document.rect(x, y, width, height).lineWidth(0.5).dash(2, { space: 2 }).strokeColor(line)
    document.stroke().undash()
    const text = (
      of: string,
      top: number,
      font: string,
      size: number,
      colour: string,
      align: 'left' | 'right' = 'left',
    ): void => {
      document.font(font).fontSize(size).fillColor(colour)
      document.text(of, x + 10, y + top, { width: width - 20, align, lineBreak: false })
    }
    text(printable(input.name), 8, 'Helvetica', 8, soft)
    text(value, 8, 'Helvetica-Bold', 10, ink, 'right')
    text(printedCode(code), 27, 'Courier-Bold', 14, ink)
    text(`${words.number} ${number}`, 50, 'Helvetica', 7, soft)
    text(
      input.expiresOn === null ? words.noExpiry : words.expires.replace('{{day}}', input.expiresOn),
      50,
      'Helvetica',
      7,
      soft,
      'right',
    )
  })
  document.end()
  return done
}

/** The built-in fonts know Windows-1252 alone; what they lack is left out rather than garbled. */
const printable = (text: string): string => text.replaceAll(/[^\u0020-\u007e\u00a0-\u00ff]/gu, '?')

const collect = (document: InstanceType<typeof Paper>): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const parts: Uint8Array[] = []
    document.on('data', (part: Uint8Array) => parts.push(part))
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(parts))))
    document.on('error', reject)
  })
