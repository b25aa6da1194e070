/**
 * Receipts for thermal printers that speak ESC/POS (Epson's command set, which most others follow):
 * lines to bytes. No I/O; a page of paper is a list of parts.
 */

export type ReceiptPart =
  | {
      readonly kind: 'text'
      readonly text: string
      readonly align?: 'left' | 'centre' | 'right'
      readonly isBold?: boolean
      readonly isLarge?: boolean
    }
  /** A name at the left and an amount at the right of one line; a long name takes more lines. */
  | {
      readonly kind: 'row'
      readonly left: string
      readonly right: string
      readonly isBold?: boolean
    }
  | { readonly kind: 'rule' }
  | { readonly kind: 'space'; readonly lines: number }
  | { readonly kind: 'qr'; readonly text: string }

export interface Printer {
  /** Characters in a line of the plain face: 32 on 58 mm paper, 48 on 80 mm. */
  readonly columns: 32 | 42 | 48
  /** The number that Windows-1252 has at this printer (16 at most); null: letters without marks. */
  readonly codePage?: number | null
  readonly cuts: boolean
  /** Opens the drawer with the receipt (cash was taken). */
  readonly opensDrawer: boolean
}

const esc = 0x1b
const gs = 0x1d
const newLine = 0x0a

/** Windows-1252, code page 16 of ESC t: Western Europe and the euro, on nearly every printer. */
const codePage = 16
const beyondLatin1: Readonly<Record<string, number>> = {
  '€': 0x80,
  '‚': 0x82,
  '„': 0x84,
  '…': 0x85,
  Š: 0x8a,
  Œ: 0x8c,
  Ž: 0x8e,
  '‘': 0x91,
  '’': 0x92,
  '“': 0x93,
  '”': 0x94,
  '•': 0x95,
  '–': 0x96,
  '—': 0x97,
  '™': 0x99,
  š: 0x9a,
  œ: 0x9c,
  ž: 0x9e,
  Ÿ: 0x9f,
}

/** SECURITY: no control character of a name gets to the printer as a command. */
const byteOf = (character: string): number => {
  const code = character.codePointAt(0) ?? 0
  const known = beyondLatin1[character]
  if (known !== undefined) return known
  if ((code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xff)) return code
  return 0x3f
}

/** Of a printer without a page that we know: the plain letter, or `?`. One byte for one character. */
const plainOf = (character: string): number => {
  const bare = character.normalize('NFD').replaceAll(/\p{M}/gu, '')
  const code = bare.codePointAt(0) ?? 0
  if (bare.length === 1 && code >= 0x20 && code < 0x7f) return code
  return { '–': 0x2d, '—': 0x2d, '‘': 0x27, '’': 0x27, '“': 0x22, '”': 0x22 }[character] ?? 0x3f
}

/** Letters without a place in the code page lose their marks; what is left unknown becomes `?`. */
export const printable = (text: string): string =>
  [...text.normalize('NFC')]
    .map((character) => {
      if (/\s/u.test(character)) return ' '
      if (byteOf(character) !== 0x3f || character === '?') return character
      const bare = character.normalize('NFD').replaceAll(/\p{M}/gu, '')
      return bare !== '' && [...bare].every((one) => byteOf(one) !== 0x3f) ? bare : '?'
    })
    .join('')

/** At blanks where it can be, hard where a word is longer than a line. */
export const wrapped = (text: string, columns: number): readonly string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of printable(text)
    .split(' ')
    .filter((one) => one !== '')) {
    let rest = word
    if (line !== '' && line.length + 1 + rest.length <= columns) {
      line += ` ${rest}`
      continue
    }
    if (line !== '') lines.push(line)
    for (; rest.length > columns; rest = rest.slice(columns)) lines.push(rest.slice(0, columns))
    line = rest
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line]
}

/** The amount is never broken: a name that leaves it no place goes above it. */
export const rowLines = (left: string, right: string, columns: number): readonly string[] => {
  const amount = printable(right).slice(0, columns)
  const room = columns - amount.length - 1
  const names = wrapped(left, room >= 8 ? room : columns)
  const last = names.at(-1) ?? ''
  const fits = last.length <= room
  const above = fits ? names.slice(0, -1) : names
  const beside = fits ? last : ''
  return [...above, beside + ' '.repeat(columns - beside.length - amount.length) + amount]
}

/** `GS ( k` with its parameters: of a QR code (49), one function of it. */
const qrCommand = (...parameters: readonly number[]): number[] => {
  const length = parameters.length + 1
  return [gs, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, ...parameters]
}

const qrData = (text: string): number[] =>
  [
    // Model 2; dots of 6; error correction M; the data; print.
    qrCommand(0x41, 0x32, 0),
    qrCommand(0x43, 6),
    qrCommand(0x45, 0x31),
    qrCommand(0x50, 0x30, ...new TextEncoder().encode(text)),
    qrCommand(0x51, 0x30),
  ].flat()

const aligned = { left: 0, centre: 1, right: 2 } as const

/** @throws RangeError when a QR code holds more than 500 bytes: no such printer draws it legibly. */
export const receiptBytes = (parts: readonly ReceiptPart[], printer: Printer): Uint8Array => {
  const page = printer.codePage === undefined ? codePage : printer.codePage
  const bytes: number[] = [esc, 0x40, ...(page === null ? [] : [esc, 0x74, page])]
  const line = (text: string): void => {
    for (const character of text) bytes.push(page === null ? plainOf(character) : byteOf(character))
    bytes.push(newLine)
  }
  const bold = (isOn: boolean): void => {
    bytes.push(esc, 0x45, isOn ? 1 : 0)
  }
  for (const part of parts) {
    switch (part.kind) {
      case 'text': {
        const isLarge = part.isLarge === true
        bytes.push(esc, 0x61, aligned[part.align ?? 'left'])
        if (part.isBold === true) bold(true)
        // Twice as wide and as high: half as many in a line.
        if (isLarge) bytes.push(gs, 0x21, 0x11)
        const columns = isLarge ? Math.floor(printer.columns / 2) : printer.columns
        for (const one of wrapped(part.text, columns)) line(one)
        if (isLarge) bytes.push(gs, 0x21, 0)
        if (part.isBold === true) bold(false)
        bytes.push(esc, 0x61, 0)
        break
      }
      case 'row':
        if (part.isBold === true) bold(true)
        for (const one of rowLines(part.left, part.right, printer.columns)) line(one)
        if (part.isBold === true) bold(false)
        break
      case 'rule':
        line('-'.repeat(printer.columns))
        break
      case 'space':
        for (let left = Math.min(part.lines, 20); left > 0; left--) bytes.push(newLine)
        break
      default: {
        if (new TextEncoder().encode(part.text).length > 500) throw new RangeError('a QR too large')
        bytes.push(esc, 0x61, 1, ...qrData(part.text), newLine, esc, 0x61, 0)
      }
    }
  }
  // Out of the printer before the knife; a partial cut keeps the paper from falling.
  bytes.push(esc, 0x64, 4)
  if (printer.cuts) bytes.push(gs, 0x56, 1)
  if (printer.opensDrawer) bytes.push(esc, 0x70, 0, 25, 250)
  return Uint8Array.from(bytes)
}
