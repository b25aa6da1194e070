import { createHash } from 'node:crypto'
import Paper from 'pdfkit'
import type { PaperSize } from '../../../src-shared/contract/billing-papers.ts'
import { drawPage } from './draw-page.ts'
import { laySheet } from './lay-sheet.ts'
import { layStrip } from './lay-strip.ts'
import type { PaperModel } from './paper-model.ts'
import { createPen, type PdfDocument } from './pen.ts'
import type { Slices } from './slices.ts'

export interface RenderedPaper {
  readonly bytes: Uint8Array
  /** Hex. */
  readonly sha256: string
}

/** Points of 1/72 inch. */
const widths: Readonly<Record<Exclude<PaperSize, 'a4'>, number>> = {
  '80mm': (80 / 25.4) * 72,
  '58mm': (58 / 25.4) * 72,
}

/**
 * The same model is the same bytes, on every machine and in every year: its moment is the document's,
 * nothing is compressed (another zlib would pack it otherwise), and no formatter of the system is asked.
 */
export const renderPaper = async (
  model: PaperModel,
  size: PaperSize,
  slices: Slices,
): Promise<RenderedPaper> => {
  const document = open(model)
  const done = collect(document)
  const pen = createPen(document)
  const pages =
    size === 'a4'
      ? await laySheet(pen, model, slices)
      : await layStrip(pen, model, widths[size], slices)
  for (const page of pages) await drawPage(document, page, slices)
  document.end()
  const bytes = await done
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}

const open = ({ title, number, at, seller }: PaperModel): PdfDocument => {
  const made = new Date(at)
  return new Paper({
    autoFirstPage: false,
    compress: false,
    margin: 0,
    info: {
      Title: `${title} ${number}`.trim(),
      Author: seller.name,
      CreationDate: made,
      ModDate: made,
    },
  })
}

const collect = (document: PdfDocument): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const parts: Uint8Array[] = []
    document.on('data', (part: Uint8Array) => parts.push(part))
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(parts))))
    document.on('error', reject)
  })
