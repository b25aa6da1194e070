import type { PaperModel } from './paper-model.ts'
import { lineHeight, type Face, type LaidPage, type Pen } from './pen.ts'
import type { Slices } from './slices.ts'

/**
 * Thermal paper: one column, as long as it needs to be. First all lines are broken, so that the
 * length is known; then they are set.
 */

const margin = 8
/** What is left white around a code: four of its modules. */
const quiet = 12
const faces = {
  title: { size: 11, bold: true },
  text: { size: 8 },
  bold: { size: 8, bold: true },
  small: { size: 6.5, soft: true },
  total: { size: 10, bold: true },
} as const satisfies Record<string, Face>

/** Points; 14,400 is the longest page that readers take. */
const longest = 14_000

type Part =
  | { readonly kind: 'line'; readonly left: string; readonly right: string; readonly face: Face }
  | { readonly kind: 'rule' | 'space' }
  | { readonly kind: 'code'; readonly text: string }

/** What stands on the strip, broken to its width. */
const partsOf = async (
  pen: Pen,
  model: PaperModel,
  pageWidth: number,
  slices: Slices,
): Promise<readonly Part[]> => {
  const width = pageWidth - 2 * margin
  const parts: Part[] = []
  const text = (of: string, face: Face = faces.text): void => {
    for (const left of pen.wrap(of, face, width))
      parts.push({ kind: 'line', left, right: '', face })
  }
  /** A figure is never broken: where both do not fit in one line, it stands below. */
  const row = (label: string, value: string, face: Face = faces.text): void => {
    const [right = ''] = pen.wrap(value, face, width)
    const lines = pen.wrap(label, face, width)
    const last = lines.at(-1) ?? ''
    const fits = pen.widthOf(last, face) + pen.widthOf(right, face) + 4 <= width
    for (const left of lines.slice(0, -1)) parts.push({ kind: 'line', left, right: '', face })
    parts.push({ kind: 'line', left: last, right: fits ? right : '', face })
    if (!fits) parts.push({ kind: 'line', left: '', right, face })
  }
  const rule = (): void => void parts.push({ kind: 'rule' })
  const space = (): void => void parts.push({ kind: 'space' })

  text(model.seller.name, faces.bold)
  for (const line of model.seller.lines) text(line, faces.small)
  space()
  text(model.title, faces.title)
  for (const [label, value] of model.facts) row(label, value)
  for (const notice of model.notices) text(notice, faces.bold)
  space()
  text(model.buyer.name, faces.bold)
  for (const line of model.buyer.lines) text(line, faces.small)
  rule()
  const { columns, rows } = model.table
  for (const { cells, small } of rows) {
    row(cells[0] ?? '', cells.at(-1) ?? '')
    // Columns between the first and the last: quantity × price.
    const middle = cells.slice(1, -1).filter((cell) => cell !== '')
    if (columns.length > 3 && cells[1] !== '1') text(middle.join(' × '), faces.small)
    else if (columns.length === 3) text(middle.join(' '), faces.small)
    for (const line of small) text(line, faces.small)
    const pause = slices.pause()
    if (pause !== null) await pause
  }
  rule()
  for (const { label, value, strong } of model.sums) {
    row(label, value, strong ? faces.total : faces.text)
  }
  if (model.taxes !== null) {
    space()
    const base = model.taxes.columns[2]?.head ?? ''
    for (const { cells } of model.taxes.rows) {
      row(`${cells[0] ?? ''} ${cells[1] ?? ''}`, cells[3] ?? '', faces.small)
      row(base, cells[2] ?? '', faces.small)
    }
  }
  for (const { head, lines } of model.notes) {
    space()
    text(head, faces.bold)
    for (const line of lines) text(line)
  }
  for (const code of model.codes) {
    space()
    parts.push({ kind: 'code', text: code.text })
    text(code.caption, faces.small)
  }
  return parts
}

const sideOf = (pageWidth: number): number => Math.min(130, pageWidth - 2 * margin - 2 * quiet)

const heightOf = (part: Part, pageWidth: number): number => {
  if (part.kind === 'line') return lineHeight(part.face)
  return part.kind === 'code' ? sideOf(pageWidth) + 2 * quiet : 6
}

/** Pages that are each no longer than a page may be. */
export const layStrip = async (
  pen: Pen,
  model: PaperModel,
  width: number,
  slices: Slices,
): Promise<readonly LaidPage[]> => {
  const pages: LaidPage[] = []
  let marks: LaidPage['marks'] = []
  let y = margin
  const close = (): void => void pages.push({ width, height: y + margin, marks })
  const begin = (): void => {
    marks = []
    y = margin
    pen.on({ width, height: 0, marks })
  }
  begin()
  for (const part of await partsOf(pen, model, width, slices)) {
    const height = heightOf(part, width)
    if (y + height > longest) {
      close()
      begin()
    }
    if (part.kind === 'line') {
      pen.line(part.left, margin, y, part.face)
      pen.line(part.right, width - margin, y, part.face, true)
    } else if (part.kind === 'rule') pen.rule(margin, y + 3, width - 2 * margin)
    else if (part.kind === 'code') {
      const side = sideOf(width)
      pen.code(part.text, (width - side) / 2, y + quiet, side)
    }
    y += height
    const pause = slices.pause()
    if (pause !== null) await pause
  }
  close()
  return pages
}
