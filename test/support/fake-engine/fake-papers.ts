import type { Input, Output, ProcedureName } from '../../../src-shared/contract/index.ts'
import type { PaperSettings } from '../../../src-shared/contract/billing-papers.ts'
import { NocturneError } from '../../../src-shared/errors.ts'

type Names = Extract<
  ProcedureName,
  | 'billing.paperSettings'
  | 'billing.configurePapers'
  | 'billing.documentPdf'
  | 'billing.documentUbl'
  | 'billing.receiptPdf'
  | 'billing.receiptPdfOfMine'
  | 'billing.statementPdf'
  | 'billing.runPdfs'
  | 'billing.exportJournal'
>
type Handlers = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}

const folder = '/home/dewi/.local/share/nocturne/karang/exports'

/** Files that nobody writes, where the product would. */
export const createFakePapers = (deps: {
  readonly numberOf: (documentId: string) => string | null
  readonly changed: () => void
}): Handlers => {
  let version = 1
  let settings: PaperSettings = {
    transfer: { iban: '', bic: '', name: '' },
    shopCode: '',
    accounts: {
      receivable: '1200',
      revenue: '4000',
      tax: '2200',
      rounding: '4900',
      cash: '1000',
      transfer: '1010',
      card: '1020',
      paypal: '1030',
      voucher: '2300',
      agent: '2310',
      commission: '6200',
      other: '1090',
      opening: '3900',
      adjustment: '4910',
      writeOff: '6800',
      fee: '4800',
    },
    taxAccounts: [],
  }
  const sha256 = 'ab'.repeat(32)
  const issued = (documentId: string): string => {
    const number = deps.numberOf(documentId)
    if (number === null) throw new NocturneError('document-not-issued')
    return number
  }
  return {
    'billing.paperSettings': () => ({ version, settings }),
    'billing.configurePapers': (input) => {
      if (input.baseVersion !== version) throw new NocturneError('conflict')
      if (input.settings.transfer.iban.startsWith('XX'))
        throw new NocturneError('payment-code-invalid', { part: 'IBAN' })
      version += 1
      settings = input.settings
      deps.changed()
      return {}
    },
    'billing.documentPdf': ({ documentId, paper, language }) => ({
      folder,
      fileName: `${issued(documentId)}-${paper}-${language ?? 'id'}.pdf`,
      sha256,
    }),
    'billing.documentUbl': ({ documentId, profile }) => ({
      folder,
      fileName: `${issued(documentId)}-${profile === 'peppol' ? 'peppol' : 'ubl'}.xml`,
    }),
    'billing.receiptPdfOfMine': ({ paper, language }) => ({
      folder,
      fileName: `RC-A-2026-000001-${paper}-${language ?? 'id'}.pdf`,
      sha256,
    }),
    'billing.receiptPdf': ({ paper, language }) => ({
      folder,
      fileName: `RC-A-2026-000001-${paper}-${language ?? 'id'}.pdf`,
      sha256,
    }),
    'billing.statementPdf': ({ fromOn, untilOn, paper }) => ({
      folder,
      fileName: `statement-S-1-${fromOn}-${untilOn}-${paper}-id.pdf`,
      rows: 3,
    }),
    'billing.runPdfs': ({ documentIds }) => ({
      folder: `${folder}/documents-1`,
      files: Math.max(1, documentIds.length),
      differ: [],
    }),
    'billing.exportJournal': ({ fromOn, untilOn }) => ({
      folder,
      fileName: `journal-${fromOn}-${untilOn}.csv`,
      entries: 42,
      sums: [{ currency: 'IDR', debit: 123_456_700, credit: 123_456_700 }],
    }),
  }
}
