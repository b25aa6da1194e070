import type { PaperModel, PaperTable } from './paper-model.ts'
import { fill } from './paper-words.ts'
import { lineHeight, type Face, type LaidPage, type Pen } from './pen.ts'
import type { Slices } from './slices.ts'

/** A4: the seller at the left, what it is at the right, then the buyer, lines, sums and how to pay. */

/** A4. */
const [pageWidth, pageHeight] = [595.28, 841.89]
const margin = 42
/** What is left white around a code: four of its modules. */
const quiet = 12
const gap = 6
const side = 96
const faces = {
  title: { size: 18, bold: true },
  name: { size: 11, bold: true },
  text: { size: 9 },
  head: { size: 8, bold: true },
  small: { size: 7.5, soft: true },
  soft: { size: 8.5, soft: true },
  total: { size: 11, bold: true },
} as const satisfies Record<string, Face>

export const laySheet = async (
  pen: Pen,
  model: PaperModel,
  slices: Slices,
): Promise<readonly LaidPage[]> => {
  const pages: LaidPage[] = []
  const width = pageWidth - 2 * margin
  const end = pageHeight - margin - 16
  const right = margin + width
  let y = margin

  const turn = (): void => {
    const page = { width: pageWidth, height: pageHeight, marks: [] }
    pages.push(page)
    pen.on(page)
    y = margin
  }
  /** True: on a new page now. */
  const room = (needed: number): boolean => {
    if (y + needed <= end) return false
    turn()
    return true
  }
  const block = (text: string, face: Face, of: number, x = margin): void => {
    for (const line of pen.wrap(text, face, of)) {
      room(lineHeight(face))
      pen.line(line, x, y, face)
      y += lineHeight(face)
    }
  }

  const table = async ({ columns, rows }: PaperTable, of: number): Promise<void> => {
    const shares = columns.reduce((sum, { share }) => sum + share, 0)
    const widths = columns.map(({ share }) => (share / shares) * of)
    const places = widths.map((_, index) =>
      widths.slice(0, index).reduce((sum, one) => sum + one, margin),
    )
    const cells = (
      texts: readonly (readonly string[])[],
      face: Face,
      top: number,
      from: number,
      until: number,
    ): void => {
      texts.forEach((lines, index) => {
        const isRight = columns[index]?.right === true
        const x = (places[index] ?? 0) + (isRight ? (widths[index] ?? 0) - gap : 0)
        lines.slice(from, until).forEach((line, place) => {
          pen.line(line, x, top + place * lineHeight(face), face, isRight)
        })
      })
    }
    const wrapped = (texts: readonly string[], face: Face): readonly (readonly string[])[] =>
      texts.map((text, index) => pen.wrap(text, face, (widths[index] ?? 0) - gap))
    const head = wrapped(
      columns.map((column) => column.head),
      faces.head,
    )
    const headLines = Math.max(...head.map(({ length }) => length))
    const headHeight = headLines * lineHeight(faces.head) + gap
    const putHead = (): void => {
      cells(head, faces.head, y, 0, headLines)
      y += headHeight - gap / 2
      pen.rule(margin, y - 2, of)
      y += gap / 2
    }
    room(headHeight + 3 * lineHeight(faces.text))
    putHead()
    for (const row of rows) {
      const main = wrapped(row.cells, faces.text)
      const small = row.small.flatMap((text) => pen.wrap(text, faces.small, (widths[0] ?? 0) - gap))
      const mainLines = Math.max(...main.map(({ length }) => length))
      // A row stays together unless it is longer than a page: then it goes on, below another head.
      const whole = mainLines * lineHeight(faces.text) + small.length * lineHeight(faces.small)
      if (y + Math.min(whole, end / 3) + gap > end) {
        turn()
        putHead()
      }
      for (let line = 0; line < mainLines; line++) {
        if (room(lineHeight(faces.text))) putHead()
        cells(main, faces.text, y, line, line + 1)
        y += lineHeight(faces.text)
      }
      for (const line of small) {
        if (room(lineHeight(faces.small))) putHead()
        pen.line(line, margin, y, faces.small)
        y += lineHeight(faces.small)
      }
      y += gap / 2
      const pause = slices.pause()
      if (pause !== null) await pause
    }
    pen.rule(margin, y, of)
    y += gap
  }

  const headOf = (): void => {
    const half = width * 0.52
    block(model.seller.name, faces.name, half)
    for (const line of model.seller.lines) block(line, faces.soft, half)
    const left = y
    y = margin
    const x = margin + half + gap
    for (const line of pen.wrap(model.title, faces.title, right - x)) {
      pen.line(line, right, y, faces.title, true)
      y += lineHeight(faces.title)
    }
    y += gap
    for (const [label, value] of model.facts) {
      const lines = pen.wrap(value, faces.text, (right - x) * 0.6)
      pen.line(pen.wrap(label, faces.soft, (right - x) * 0.4)[0] ?? '', x, y, faces.soft)
      for (const line of lines) {
        pen.line(line, right, y, faces.text, true)
        y += lineHeight(faces.text)
      }
    }
    y = Math.max(left, y) + 2 * gap
    pen.line(model.buyer.head, margin, y, faces.small)
    y += lineHeight(faces.small)
    block(model.buyer.name, faces.name, half)
    for (const line of model.buyer.lines) block(line, faces.text, half)
    y += 2 * gap
    for (const notice of model.notices) block(notice, faces.head, width)
    if (model.notices.length > 0) y += gap
  }

  const sums = (): void => {
    const of = width * 0.45
    const face = (strong: boolean): Face => (strong ? faces.total : faces.text)
    room(model.sums.reduce((height, { strong }) => height + lineHeight(face(strong)) + 2, 0))
    for (const { label, value, strong } of model.sums) {
      if (strong) pen.rule(right - of, y, of)
      if (strong) y += 3
      pen.line(label, right - of, y, face(strong))
      pen.line(value, right - gap, y, face(strong), true)
      y += lineHeight(face(strong)) + 2
    }
    y += gap
  }

  const codes = (): void => {
    for (const { text, caption } of model.codes) {
      room(side + 2 * quiet)
      pen.code(text, margin + quiet, y + quiet, side)
      const x = margin + side + 3 * quiet
      let top = y + quiet
      for (const line of pen.wrap(caption, faces.text, right - x)) {
        pen.line(line, x, top, faces.text)
        top += lineHeight(faces.text)
      }
      y += side + 2 * quiet
    }
  }

  turn()
  headOf()
  await table(model.table, width)
  sums()
  if (model.taxes !== null) await table(model.taxes, width * 0.8)
  for (const { head, lines } of model.notes) {
    room(3 * lineHeight(faces.text))
    block(head, faces.head, width)
    for (const line of lines) block(line, faces.text, width)
    y += gap
  }
  codes()

  pages.forEach((page, index) => {
    pen.on(page)
    const foot = pageHeight - margin
    pen.line(pen.wrap(model.number, faces.small, width)[0] ?? '', margin, foot, faces.small)
    const text = fill(model.page, { page: index + 1, pages: pages.length })
    pen.line(text, right, foot, faces.small, true)
  })
  return pages
}
