import type Paper from 'pdfkit'
import { paperText } from './paper-words.ts'

/**
 * A paper is laid out first, as texts at places on pages, and drawn after: so the number of its pages
 * is known when they are numbered, and pages leave memory one by one.
 */

export type PdfDocument = InstanceType<typeof Paper>

export interface Face {
  readonly bold?: boolean
  /** Points. */
  readonly size: number
  readonly soft?: boolean
}

export type Mark =
  | {
      readonly kind: 'line'
      readonly text: string
      readonly x: number
      readonly y: number
      readonly face: Face
    }
  | { readonly kind: 'rule'; readonly x: number; readonly y: number; readonly width: number }
  | {
      readonly kind: 'code'
      readonly text: string
      readonly x: number
      readonly y: number
      readonly side: number
    }

/** Points. */
export interface LaidPage {
  readonly width: number
  readonly height: number
  readonly marks: Mark[]
}

export const lineHeight = ({ size }: Face): number => size * 1.25

export const fontOf = ({ bold = false }: Face): string => (bold ? 'Helvetica-Bold' : 'Helvetica')

/** Measures with the fonts of a document and marks pages; it draws nothing. */
export const createPen = (document: PdfDocument) => {
  let page: LaidPage = { width: 0, height: 0, marks: [] }
  /** Widths at size 1: words come again and again. */
  const widths = { plain: new Map<string, number>(), bold: new Map<string, number>() }

  const widthOf = (text: string, face: Face): number => {
    const known = face.bold === true ? widths.bold : widths.plain
    let width = known.get(text)
    if (width === undefined) {
      width = document.font(fontOf(face)).fontSize(1).widthOfString(text)
      known.set(text, width)
    }
    return width * face.size
  }

  /** As many letters of a word as fit; at least one. */
  const fitting = (word: string, face: Face, width: number): number => {
    let [low, high] = [1, word.length]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (widthOf(word.slice(0, middle), face) <= width) low = middle
      else high = middle - 1
    }
    return low
  }

  /** Lines that fit, at least one. What no font has is replaced here, and nowhere else. */
  const wrap = (text: string, face: Face, width: number): readonly string[] => {
    const whole = paperText(text).replaceAll(/ +/gu, ' ').trim()
    if (widthOf(whole, face) <= width) return [whole]
    const lines: string[] = []
    let line = ''
    for (const word of whole.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`
      if (widthOf(longer, face) <= width) {
        line = longer
        continue
      }
      if (line !== '') lines.push(line)
      line = word
      while (widthOf(line, face) > width && line.length > 1) {
        const count = Math.min(fitting(line, face, width), line.length - 1)
        lines.push(line.slice(0, count))
        line = line.slice(count)
      }
    }
    lines.push(line)
    return lines
  }

  return {
    wrap,
    widthOf,
    /** What is marked from now on is on this page. */
    on: (next: LaidPage): void => {
      page = next
    },
    /** One line that `wrap` made; `right`: it ends at x. */
    line: (text: string, x: number, y: number, face: Face, right = false): void => {
      if (text === '') return
      page.marks.push({ kind: 'line', text, x: right ? x - widthOf(text, face) : x, y, face })
    },
    rule: (x: number, y: number, width: number): void => {
      page.marks.push({ kind: 'rule', x, y, width })
    },
    code: (text: string, x: number, y: number, side: number): void => {
      page.marks.push({ kind: 'code', text, x, y, side })
    },
  }
}

export type Pen = ReturnType<typeof createPen>
