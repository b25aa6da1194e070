import type Paper from 'pdfkit'

/** A page with headings and tables that break between rows; sizes in points. */

export interface Column {
  readonly head: string
  /** Of the width, against the other columns. */
  readonly share: number
  readonly right?: boolean
}

type Document = InstanceType<typeof Paper>

const size = { title: 18, heading: 11.5, text: 8.5, small: 7.5 }
const ink = { text: '#111111', soft: '#555555', line: '#bbbbbb' }
const gap = 4

export const createSheet = (document: Document) => {
  const { left, right, top, bottom } = document.page.margins
  const width = document.page.width - left - right
  const end = document.page.height - bottom

  const room = (needed: number): void => {
    if (document.y + needed > end) document.addPage()
  }

  const rule = (): void => {
    document
      .moveTo(left, document.y)
      .lineTo(left + width, document.y)
      .lineWidth(0.5)
      .strokeColor(ink.line)
      .stroke()
    document.y += 2
  }

  const row = (
    columns: readonly Column[],
    cells: readonly string[],
    font: 'Helvetica' | 'Helvetica-Bold',
  ): void => {
    const shares = columns.reduce((all, { share }) => all + share, 0)
    document.font(font).fontSize(size.text).fillColor(ink.text)
    const widths = columns.map(({ share }) => (share / shares) * width)
    const texts = columns.map((_, index) => printable(cells[index] ?? ''))
    const height = Math.max(
      ...texts.map((text, index) => document.heightOfString(text, { width: widths[index]! - gap })),
    )
    room(height + gap)
    const y = document.y
    let x = left
    for (const [index, column] of columns.entries()) {
      document.text(texts[index]!, x, y, {
        width: widths[index]! - gap,
        align: column.right === true ? 'right' : 'left',
      })
      x += widths[index]!
    }
    document.x = left
    document.y = y + height + gap / 2
  }

  return {
    title: (text: string, below: string): void => {
      document.font('Helvetica-Bold').fontSize(size.title).fillColor(ink.text).text(printable(text))
      document.font('Helvetica').fontSize(size.text).fillColor(ink.soft).text(printable(below))
      document.y += gap * 2
    },
    heading: (text: string): void => {
      room(48)
      document.y += gap * 2
      document.font('Helvetica-Bold').fontSize(size.heading).fillColor(ink.text)
      document.text(printable(text), left, document.y, { width })
      document.y += 1
      rule()
    },
    paragraph: (text: string): void => {
      document
        .font('Helvetica')
        .fontSize(size.text + 1)
        .fillColor(ink.text)
      document.text(printable(text), left, document.y, { width })
      document.y += gap
    },
    /** Pairs side by side: a small word above its value. */
    facts: (pairs: readonly (readonly [string, string])[]): void => {
      room(30)
      const y = document.y
      const step = width / pairs.length
      for (const [index, [word, value]] of pairs.entries()) {
        const x = left + index * step
        document.font('Helvetica').fontSize(size.small).fillColor(ink.soft)
        document.text(printable(word), x, y, { width: step - gap })
        document.font('Helvetica-Bold').fontSize(size.heading).fillColor(ink.text)
        document.text(printable(value), x, y + 10, { width: step - gap })
      }
      document.x = left
      document.y = y + 28
    },
    table: (
      columns: readonly Column[],
      rows: readonly (readonly string[])[],
      empty: string,
    ): void => {
      if (rows.length === 0) {
        document.font('Helvetica').fontSize(size.text).fillColor(ink.soft)
        document.text(printable(empty), left, document.y, { width })
        return
      }
      row(
        columns,
        columns.map(({ head }) => head),
        'Helvetica-Bold',
      )
      for (const cells of rows) row(columns, cells, 'Helvetica')
    },
    pageNumbers: (text: (page: number, pages: number) => string): void => {
      const { start, count } = document.bufferedPageRange()
      for (let index = 0; index < count; index++) {
        document.switchToPage(start + index)
        // Below the margin, where text would otherwise begin a page of its own.
        document.page.margins.bottom = 0
        document.font('Helvetica').fontSize(size.small).fillColor(ink.soft)
        document.text(text(index + 1, count), left, end + top / 3, { width, align: 'right' })
        document.page.margins.bottom = bottom
      }
    },
  }
}

export type Sheet = ReturnType<typeof createSheet>

/**
 * The built-in fonts know Windows-1252 alone. What they lack is written without its accents where it
 * has some, and as "?" otherwise: better than signs that mean something else.
 */
export const printable = (text: string): string =>
  [...text.normalize('NFC')]
    .map((sign) => {
      if (isKnown(sign)) return sign
      const plain = sign.normalize('NFKD').replaceAll(/\p{M}/gu, '')
      return plain !== '' && [...plain].every(isKnown) ? plain : (replacements[sign] ?? '?')
    })
    .join('')

const replacements: Readonly<Record<string, string>> = {
  '\u2212': '-',
  '\u2192': '->',
  Ł: 'L',
  ł: 'l',
  Đ: 'D',
  đ: 'd',
  ı: 'i',
}

/** Signs of Windows-1252 above Latin-1. */
const above = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ')

const isKnown = (sign: string): boolean => {
  const code = sign.codePointAt(0) ?? 0
  return (
    sign === '\n' || (code >= 32 && code < 127) || (code >= 160 && code < 256) || above.has(sign)
  )
}
