import { encode } from 'uqr'
import { fontOf, type LaidPage, type Mark, type PdfDocument } from './pen.ts'
import type { Slices } from './slices.ts'

const ink = '#111111'
const softInk = '#555555'
const ruleInk = '#bbbbbb'

export const drawPage = async (
  document: PdfDocument,
  { width, height, marks }: LaidPage,
  slices: Slices,
): Promise<void> => {
  document.addPage({ size: [width, height], margin: 0 })
  for (const mark of marks) {
    draw(document, mark)
    const pause = slices.pause()
    if (pause !== null) await pause
  }
}

const draw = (document: PdfDocument, mark: Mark): void => {
  if (mark.kind === 'code') return drawCode(document, mark)
  if (mark.kind === 'rule') {
    const { x, y, width } = mark
    document.moveTo(x, y).lineTo(x + width, y)
    document.lineWidth(0.5).strokeColor(ruleInk).stroke()
    return
  }
  const { text, x, y, face } = mark
  document.font(fontOf(face)).fontSize(face.size)
  document.fillColor(face.soft === true ? softInk : ink)
  document.text(text, x, y, { lineBreak: false })
}

/** A QR code as black squares; runs of a row are one. Error correction M. */
const drawCode = (
  document: PdfDocument,
  { text, x, y, side }: Extract<Mark, { kind: 'code' }>,
): void => {
  const { data, size } = encode(text, { ecc: 'M', boostEcc: false, border: 0 })
  const unit = side / size
  data.forEach((row, line) => {
    for (let at = 0; at < size; at++) {
      if (row[at] !== true) continue
      const from = at
      while (row[at + 1] === true) at += 1
      document.rect(x + from * unit, y + line * unit, (at - from + 1) * unit, unit)
    }
  })
  document.fill('#000000')
}
