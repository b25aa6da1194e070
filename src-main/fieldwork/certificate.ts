import Paper from 'pdfkit'
import { opticClasses } from '../../src-shared/domain/optics.ts'
import { lightVerdict } from '../../src-shared/domain/power-budget.ts'
import type { OrderPaper } from '../../src-shared/domain/work-order.ts'
import type { OrderView } from '../../src-shared/domain/work-order-fold.ts'
import { createSheet, printable, type Sheet } from '../engine/pdf-sheet.ts'
import type { CertificateWords } from './certificate-words.ts'

export interface CertificateModel {
  readonly seller: string
  readonly number: string
  readonly kind: OrderPaperKind
  readonly type: { readonly en: string; readonly id: string }
  readonly subject: string
  readonly subscriber: string
  readonly place: string
  readonly serial: string | null
  readonly technician: string
  readonly paper: OrderPaper
  readonly view: OrderView
  /** What the receiver is specified for, dBm. */
  readonly range: { readonly minDbm: number; readonly maxDbm: number } | null
}

type OrderPaperKind = keyof CertificateWords['kinds']

/**
 * What the customer signed, on paper: A4, made from the events alone, so the same order gives the same
 * bytes. Where the signature was drawn it is drawn again, as lines.
 */
export const certificatePdf = (
  model: CertificateModel,
  words: CertificateWords,
  /** False for tests, which read the text. */
  compress = true,
): Promise<Uint8Array> => {
  const { view, paper } = model
  const at = new Date(view.signedAt ?? 0)
  const document = new Paper({
    size: 'A4',
    margin: 48,
    bufferPages: true,
    compress,
    info: { Title: `${words.title} ${model.number}`, CreationDate: at, ModDate: at },
  })
  const done = new Promise<Uint8Array>((resolve, reject) => {
    const parts: Uint8Array[] = []
    document.on('data', (part: Uint8Array) => parts.push(part))
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(parts))))
    document.on('error', reject)
  })
  const sheet = createSheet(document)
  sheet.title(words.title, [model.seller, model.number].filter((part) => part !== '').join('  ·  '))
  sheet.facts([
    [words.customer, model.subscriber === '' ? '–' : model.subscriber],
    [words.type, model.type[words.language]],
  ])
  sheet.facts([
    [words.place, model.place === '' ? '–' : model.place],
    [words.onu, model.serial ?? '–'],
  ])
  sheet.facts([
    [words.technician, model.technician],
    [words.doneAt, words.instant(view.doneAt)],
  ])
  sheet.heading(words.work)
  sheet.paragraph(model.subject)
  checklist(sheet, paper, view, words)
  light(sheet, model, words)
  materials(sheet, view, words)
  sheet.heading(words.time)
  sheet.facts(
    (['travel', 'work', 'paused'] as const).map((what) => [
      words[what],
      `${words.number(Math.round(view.spentMs[what] / 60_000))} min`,
    ]),
  )
  for (const { text, at: when } of view.amendments) {
    sheet.heading(`${words.amended} · ${words.instant(when)}`)
    sheet.paragraph(text)
  }
  sheet.heading(words.accepted)
  signature(document, view, words)
  sheet.pageNumbers((page, pages) => `${model.number}  ·  ${page}/${pages}`)
  document.end()
  return done
}

const checklist = (
  sheet: Sheet,
  paper: OrderPaper,
  view: OrderView,
  words: CertificateWords,
): void => {
  if (paper.items.length === 0) return
  sheet.heading(words.checklist)
  sheet.table(
    [
      { head: words.item, share: 5 },
      { head: words.answer, share: 3 },
    ],
    paper.items.map(({ id, label, unit }) => {
      const value = view.answers.get(id)?.value
      const said =
        value === undefined
          ? '–'
          : typeof value === 'boolean'
            ? value
              ? words.yes
              : words.no
            : typeof value === 'number'
              ? `${words.number(value)} ${unit}`.trim()
              : value
      return [label[words.language], said]
    }),
    '',
  )
}

const light = (sheet: Sheet, { view, range }: CertificateModel, words: CertificateWords): void => {
  const readings = (['before', 'after'] as const).flatMap((when) => {
    const read = view.light[when]
    return read === null ? [] : [{ when, read }]
  })
  if (readings.length === 0) return
  sheet.heading(words.light)
  sheet.table(
    [
      { head: '', share: 2 },
      { head: words.received, share: 2, right: true },
      { head: words.target, share: 2, right: true },
      { head: words.judged, share: 3 },
    ],
    readings.map(({ when, read }) => [
      words[when],
      words.dbm(read.rxDbm),
      words.dbm(read.targetDbm),
      words.verdicts[lightVerdict(read.rxDbm, read.targetDbm, range ?? opticClasses['B+'].onuRx)],
    ]),
    '',
  )
}

const materials = (sheet: Sheet, { materials: used }: OrderView, words: CertificateWords): void => {
  if (used.length === 0) return
  sheet.heading(words.materials)
  sheet.table(
    [
      { head: words.material, share: 4 },
      { head: words.quantity, share: 2, right: true },
      { head: words.serial, share: 3 },
    ],
    used.map(({ name, sku, quantityMilli, unit, serial }) => [
      sku === '' ? name : `${name} (${sku})`,
      `${words.number(quantityMilli / 1000)} ${unit}`.trim(),
      serial ?? '',
    ]),
    '',
  )
}

type Document = InstanceType<typeof Paper>

const pad = { width: 220, height: 90 }

const signature = (document: Document, view: OrderView, words: CertificateWords): void => {
  const { left, bottom } = document.page.margins
  if (document.y + pad.height + 40 > document.page.height - bottom) document.addPage()
  const top = document.y + 6
  if (view.signature === null) {
    document.font('Helvetica').fontSize(9).fillColor('#111111')
    document.text(
      printable(`${words.unsigned} ${view.reason ?? ''} (${words.instant(view.signedAt)})`),
      left,
      top,
    )
    return
  }
  document.lineWidth(1.2).lineCap('round').lineJoin('round').strokeColor('#111111')
  const scale = pad.width / 1000
  for (const { points } of view.signature.strokes) {
    for (let index = 0; index + 1 < points.length; index += 2) {
      const x = left + points[index]! * scale
      const y = top + points[index + 1]! * scale
      if (index === 0) document.moveTo(x, y)
      else document.lineTo(x, y)
    }
    document.stroke()
  }
  const under = top + pad.height
  document
    .moveTo(left, under)
    .lineTo(left + pad.width, under)
    .lineWidth(0.5)
    .strokeColor('#555555')
    .stroke()
  document.font('Helvetica').fontSize(9).fillColor('#111111')
  document.text(
    printable(`${view.signature.name}, ${words.instant(view.signature.at)}`),
    left,
    under + 4,
  )
}
