import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fileNameOf, tidyPapers } from '../../src-main/billing/pdf/paper-files.ts'
import { paperTemplate } from '../../src-main/billing/pdf/paper-model.ts'
import { putPaper } from '../../src-main/billing/pdf/paper-tables.ts'
import { createPaymentDesk } from '../../src-main/billing/payments/payment-desk.ts'
import { calendarDate } from '../../src-shared/domain/calendar-date.ts'
import { createBillingBench } from '../support/billing-bench.ts'
import { rejectionOf } from '../support/error-code.ts'
import { idOf, temporaryFolder } from '../support/store-workspace.ts'
import { pdfText, squaresOf } from './pdf-text.ts'

/** Papers as they are handed out: files, hashes that are kept, refusals. */

const iban = 'DE89370400440532013000'

const scene = async (many = 1) => {
  const bench = createBillingBench()
  bench.seller()
  bench.taxRate('VAT', 110_000)
  const home = bench.plan('Home 20', 3100, { taxCodes: ['VAT'] })
  const ids = Array.from({ length: many }, (_, index) => {
    const subscriberId = bench.subscriber(`Ani ${index}`)
    bench.subscription(subscriberId, home, '2026-01-31')
    return subscriberId
  })
  const runId = await bench.run('2026-01-31')
  const invoices = bench.reads.all<{ id: string; number: string }>(
    `SELECT id, number FROM invoice ORDER BY number`,
  )
  return { bench, runId, invoices, invoiceId: invoices[0]?.id ?? '', subscriberId: ids[0] ?? '' }
}

/** Another paper of it went out before: as a store or a program that was tampered with would say. */
const handedOut = (
  bench: ReturnType<typeof createBillingBench>,
  documentId: string,
  size: 'a4' | '80mm',
): void =>
  bench.write('test.handedOut', {}, (tx) => {
    const key = { subjectKind: 'document', subjectId: documentId, size } as const
    const paper = { sha256: 'a'.repeat(64), bytes: 1, shown: { codes: [] }, at: 0 }
    putPaper(tx, { ...key, language: 'id', template: paperTemplate }, paper)
  })

const settingsWith = async (
  { bench }: Awaited<ReturnType<typeof scene>>,
  transfer: { iban: string; bic: string; name: string },
  shopCode = '',
) => {
  const { version, settings } = await bench.ask('billing.paperSettings', {})
  return bench.act('billing.configurePapers', {
    baseVersion: version,
    settings: { ...settings, transfer, shopCode },
  })
}

describe('the PDF of a document', () => {
  test('is refused of what is not there and of a draft', async () => {
    const { bench, subscriberId } = await scene()
    const code = (documentId: string) =>
      rejectionOf(bench.act('billing.documentPdf', { documentId }))
    expect(await code(idOf(9))).toMatchObject({ code: 'not-found' })
    const { documentId } = await bench.act('billing.saveDraft', {
      documentId: null,
      baseVersion: 0,
      kind: 'invoice',
      subscriberId,
      currency: 'USD',
      lines: [
        {
          description: 'Cable',
          quantity: 1,
          unitPrice: 100,
          unitScale: 2,
          taxIncluded: false,
          taxCodes: [],
        },
      ],
    })
    expect(await code(documentId)).toMatchObject({ code: 'document-not-issued' })
  })

  test('is a file for its owner alone, in the customer’s language, and the same each time', async () => {
    const { bench, invoiceId, invoices } = await scene()
    const made = await bench.act('billing.documentPdf', { documentId: invoiceId })
    const path = join(made.folder, made.fileName)
    expect(made.fileName).toBe(`${invoices[0]?.number}-a4-id.pdf`)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const bytes = readFileSync(path)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(made.sha256)
    expect(pdfText(bytes)).toContain('Faktur')
    bench.clock.at += 86_400_000
    const again = await bench.act('billing.documentPdf', { documentId: invoiceId })
    expect(again.sha256).toBe(made.sha256)
    const other = await bench.act('billing.documentPdf', {
      documentId: invoiceId,
      paper: '58mm',
      language: 'en',
    })
    expect(other.sha256).not.toBe(made.sha256)
    expect(bench.reads.all(`SELECT 1 FROM paper`)).toHaveLength(2)
    expect(readdirSync(made.folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  test('that would be another one is told, never handed out', async () => {
    const { bench, invoiceId } = await scene()
    handedOut(bench, invoiceId, '80mm')
    const again = bench.act('billing.documentPdf', { documentId: invoiceId, paper: '80mm' })
    expect(await rejectionOf(again)).toMatchObject({
      code: 'document-pdf-differs',
      params: { size: '80mm', language: 'id' },
    })
    expect(existsSync(bench.exportsFolder)).toBe(false)
  })

  test('keeps the codes of its first paper, whatever the settings become', async () => {
    const now = await scene()
    const { bench, invoiceId } = now
    const first = await bench.act('billing.documentPdf', { documentId: invoiceId })
    await settingsWith(now, { iban, bic: '', name: 'Nusa' })
    const again = await bench.act('billing.documentPdf', { documentId: invoiceId })
    expect(again.sha256).toBe(first.sha256)
    expect(squaresOf(readFileSync(join(first.folder, first.fileName)))).toBe(0)
  })

  test('hashes are changed and removed by nothing', async () => {
    const { bench, invoiceId } = await scene()
    await bench.act('billing.documentPdf', { documentId: invoiceId })
    for (const sql of [`UPDATE paper SET bytes = 1`, `DELETE FROM paper`])
      expect(() => bench.write('test.attack', {}, (tx) => void tx.run(sql)), sql).toThrow(
        /handed out/u,
      )
  })
})

describe('codes to pay by', () => {
  const none = { iban: '', bic: '', name: '' }

  test('are refused where no app would read them', async () => {
    const now = await scene()
    const part = async (transfer: typeof none, shopCode = '') =>
      (await rejectionOf(settingsWith(now, transfer, shopCode))) as { params?: { part?: string } }
    expect((await part({ ...none, iban: 'DE00370400440532013000', name: 'N' })).params?.part).toBe(
      'IBAN',
    )
    expect((await part({ iban, bic: 'NOPE', name: 'N' })).params?.part).toBe('BIC')
    expect((await part({ iban, bic: '', name: '' })).params?.part).toBe('name')
    expect((await part(none, '0002010102')).params?.part).toBe('QR')
  })

  test('of settings that somebody else changed meanwhile are a conflict', async () => {
    const now = await scene()
    const { settings } = await now.bench.ask('billing.paperSettings', {})
    await settingsWith(now, none)
    const late = now.bench.act('billing.configurePapers', { baseVersion: 1, settings })
    expect(await rejectionOf(late)).toMatchObject({ code: 'conflict' })
  })
})

describe('a receipt', () => {
  const paid = async () => {
    const now = await scene()
    const { bench, subscriberId } = now
    const paymentId = bench.newId()
    const desk = createPaymentDesk({
      clock: { now: () => bench.clock.at, monotonic: () => 0, after: () => () => undefined },
      newId: bench.newId,
      subscribers: {
        party: bench.party,
        note: () => undefined,
        services: () => [],
        belongs: () => null,
      },
      today: () => calendarDate('2026-01-31'),
    })
    bench.write('billing.takePayment', { paymentId }, (tx) => {
      desk.take(
        tx,
        {
          paymentId,
          subscriberId,
          method: 'cash',
          currency: 'USD',
          amount: 5000,
          receivedOn: '2026-01-31',
          reference: '',
          payer: '',
          note: '',
          settles: [],
        },
        null,
      )
    })
    return { ...now, paymentId }
  }

  test('says what was settled when it was taken, and stays so when the seller moves', async () => {
    const { bench, paymentId } = await paid()
    const wish = { paymentId, language: 'en' as const }
    const made = await bench.act('billing.receiptPdf', wish)
    const text = pdfText(readFileSync(join(made.folder, made.fileName)))
    for (const part of ['34.41', '15.59', 'USD 50.00', 'Nusa Fiber']) expect(text).toContain(part)
    bench.seller({ name: 'Another Name' })
    expect((await bench.act('billing.receiptPdf', wish)).sha256).toBe(made.sha256)
  })

  test('speaks the customer’s language, English where there is none', async () => {
    const { bench, paymentId, subscriberId } = await paid()
    const words = async (): Promise<string> => {
      const made = await bench.act('billing.receiptPdf', { paymentId })
      return pdfText(readFileSync(join(made.folder, made.fileName)))
    }
    expect(await words()).toContain('Diterima dari')
    bench.write('test.speaks', {}, (tx) => {
      tx.run(`UPDATE subscriber SET language = '' WHERE id = ?`, subscriberId)
    })
    expect(await words()).toContain('Received from')
  })

  test('is handed out by the cashier who took it, and by no other cashier', async () => {
    const { bench, paymentId } = await paid()
    const own = (accountId: string) =>
      bench.act('billing.receiptPdfOfMine', { paymentId }, undefined, {
        sessionId: 's',
        accountId,
        name: '',
        role: 'cashier',
        permissions: new Set(['billing.cash.run']),
      })
    const [sari, budi] = [idOf(0xca), idOf(0xcb)]
    // Not taken at a counter at all.
    expect(await rejectionOf(own(sari))).toMatchObject({ code: 'not-found' })
    bench.write('test.counter', {}, (tx) => {
      tx.run(
        `INSERT INTO account (id, name, login, role, created_at, updated_at)
          VALUES (?, 'Sari', 'sari', 'cashier', 0, 0)`,
        sari,
      )
      tx.run(`INSERT INTO cash_till VALUES ('t', 1, 'Till', 'till', 'USD', 1, 0, NULL, 0)`)
      tx.run(
        `INSERT INTO cash_session (id, till_id, account_id, currency, opened_at, opened_on, float)
          VALUES ('c', 't', ?, 'USD', 0, '2026-01-31', 0)`,
        sari,
      )
      tx.run(
        `INSERT INTO cash_move (id, session_id, kind, method, amount, payment_id, at)
          VALUES ('m', 'c', 'payment', 'cash', 5000, ?, 0)`,
        paymentId,
      )
    })
    expect(await rejectionOf(own(budi))).toMatchObject({ code: 'not-found' })
    const made = await own(sari)
    expect(existsSync(join(made.folder, made.fileName))).toBe(true)
  })

  test('of no payment is refused', async () => {
    const { bench } = await paid()
    const none = bench.act('billing.receiptPdf', { paymentId: idOf(9) })
    expect(await rejectionOf(none)).toMatchObject({ code: 'not-found' })
  })

  test('and its invoice make a statement and a journal that add up', async () => {
    const { bench, subscriberId } = await paid()
    const days = { fromOn: '2026-01-01', untilOn: '2026-02-01' }
    const made = await bench.act('billing.statementPdf', {
      subscriberId,
      currency: 'USD',
      language: 'en',
      ...days,
    })
    const text = pdfText(readFileSync(join(made.folder, made.fileName)))
    expect(made.rows).toBe(2)
    expect(text).toContain('USD -15.59')
    const journal = await bench.act('billing.exportJournal', { ...days, taskId: idOf(5) })
    expect(journal.sums).toEqual([{ currency: 'USD', debit: 8441, credit: 8441 }])
    const lines = readFileSync(join(journal.folder, journal.fileName), 'utf8').split('\r\n')
    expect(lines[0]).toContain('entry,date,kind,number,account,debit,credit')
    expect(lines.slice(1, -1).map((line) => line.split(',').slice(2, 10).join(','))).toEqual([
      'invoice,INV-A-2026-000001,1200,34.41,,USD,,',
      'invoice,INV-A-2026-000001,4000,,31.00,USD,VAT,11',
      'invoice,INV-A-2026-000001,2200,,3.41,USD,VAT,11',
      'payment,RC-A-2026-000001,1200,,50.00,USD,,',
      'payment,RC-A-2026-000001,1000,50.00,,USD,,',
    ])
  })
})

describe('many papers', () => {
  const taskId = idOf(7)

  test('lie in a folder of their own, one for each document of the run', async () => {
    const { bench, runId, invoices } = await scene(5)
    const made = await bench.act('billing.runPdfs', { runId, taskId })
    expect(made).toMatchObject({ files: 5, differ: [] })
    expect(readdirSync(made.folder).toSorted()).toEqual(
      invoices.map(({ number }) => `${number}-a4-id.pdf`),
    )
    const kept = bench.reads.all(`SELECT 1 FROM paper`)
    expect(kept).toHaveLength(5)
    const again = await bench.act('billing.runPdfs', { runId, taskId })
    expect(again.folder).not.toBe(made.folder)
    expect(bench.reads.all(`SELECT 1 FROM paper`)).toHaveLength(5)
  })

  test('of nothing are refused, and leave no folder', async () => {
    const { bench } = await scene()
    const refused = bench.act('billing.runPdfs', { runId: idOf(9), taskId })
    expect(await rejectionOf(refused)).toMatchObject({ code: 'nothing-to-print' })
  })

  test('that were cancelled leave no folder', async () => {
    const { bench, runId, invoiceId } = await scene(3)
    const { folder } = await bench.act('billing.documentPdf', { documentId: invoiceId })
    const cancelled = new AbortController()
    cancelled.abort()
    const made = bench.act('billing.runPdfs', { runId, taskId }, cancelled.signal)
    expect(await rejectionOf(made)).toMatchObject({ code: 'cancelled' })
    const journal = bench.act(
      'billing.exportJournal',
      { fromOn: '2026-01-01', untilOn: '2026-02-01', taskId },
      cancelled.signal,
    )
    expect(await rejectionOf(journal)).toMatchObject({ code: 'cancelled' })
    expect(readdirSync(folder)).toHaveLength(1)
  })

  test('leave out one that is not as it was, and say which', async () => {
    const { bench, runId, invoices, invoiceId } = await scene(3)
    handedOut(bench, invoiceId, 'a4')
    const made = await bench.act('billing.runPdfs', { runId, taskId })
    expect(made).toMatchObject({ files: 2, differ: [invoices[0]?.number] })
  })
})

test('a name is one that every file system takes, and stays in its folder', () => {
  expect(fileNameOf('../../etc/passwd', 'a4')).toBe('etc-passwd-a4')
  expect(fileNameOf('..', '', 'C:\\x\u0000|y*?', 'é.')).toBe('C-x-y-é')
  expect(fileNameOf('.hidden', 'S/1')).toBe('hidden-S-1')
  expect(fileNameOf('x'.repeat(500))).toHaveLength(120)
})

test('what a console that died left half written goes with the next start, and nothing else', async () => {
  const folder = temporaryFolder()
  const id = idOf(3)
  const left = [`INV-1-a4-id.pdf.${id}.part`, `journal.csv.${id}.part`]
  const kept = ['INV-1-a4-id.pdf', `vouchers-${id}.pdf.part`, 'mine.part']
  for (const name of [...left, ...kept]) writeFileSync(join(folder, name), 'x')
  mkdirSync(join(folder, `documents-${id}.part`))
  await tidyPapers(folder)
  expect(readdirSync(folder).toSorted()).toEqual(kept.toSorted())
  await tidyPapers(join(folder, 'not-there'))
})
