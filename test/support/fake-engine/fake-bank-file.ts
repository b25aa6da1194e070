import type { BankMapping } from '../../../src-shared/contract/billing-bank-model.ts'
import type { Input, Output } from '../../../src-shared/contract/index.ts'
import { addDays, type CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { NocturneError } from '../../../src-shared/errors.ts'

/** A file of the fake bank: the same table, whatever is chosen. */

export const bankMapping: BankMapping = {
  separator: ',',
  skip: 1,
  dates: 'dmy',
  decimal: '.',
  currency: currencyCode('IDR'),
  columns: {
    bookedOn: 0,
    valueOn: null,
    amount: 2,
    credit: null,
    debit: null,
    mark: 3,
    currency: null,
    name: null,
    account: null,
    reference: null,
    remittance: [1],
  },
}

const records = [
  ['Tanggal', 'Keterangan', 'Jumlah', 'DB/CR'],
  ['20/11/2026', 'TRSF E-BANKING SARI S-000004', '333,000.00', 'CR'],
  ['21/11/2026', 'BIAYA ADM', '15,000.00', 'DB'],
]

export const fakeBankPreview = (
  input: Input<'billing.previewBankFile'>,
  made: {
    readonly stagedId: string
    readonly today: CalendarDate
    readonly accountId: string | null
  },
): Output<'billing.previewBankFile'> => {
  if (input.bytes.length === 0) throw new NocturneError('bank-file-empty', { line: 0 })
  const isKnown = made.accountId !== null
  return {
    stagedId: made.stagedId,
    format: 'csv',
    encoding: 'Windows-1252',
    table: {
      mapping: input.mapping ?? bankMapping,
      from: input.mapping === null ? (isKnown ? 'account' : 'guess') : 'person',
      records,
      widest: 4,
    },
    accounts: [
      {
        id: input.accountId ?? made.accountId,
        name: isKnown ? 'BCA giro' : '',
        number: null,
        currency: 'IDR',
      },
    ],
    read: 4,
    fresh: 2,
    twins: 0,
    incoming: [{ currency: 'IDR', count: 1, minor: 33_300_000 }],
    outgoing: [{ currency: 'IDR', count: 1, minor: -1_500_000 }],
    fromOn: addDays(made.today, -3),
    toOn: addDays(made.today, -2),
    statements: [],
    problems: [{ position: 6, code: 'bad-date', found: '31/02/2026' }],
    problemsTotal: 1,
    sample: [
      {
        position: 2,
        bookedOn: addDays(made.today, -3),
        minor: 33_300_000,
        currency: 'IDR',
        payer: '',
        words: 'TRSF E-BANKING SARI S-000004',
        known: false,
      },
      {
        position: 3,
        bookedOn: addDays(made.today, -2),
        minor: -1_500_000,
        currency: 'IDR',
        payer: '',
        words: 'BIAYA ADM',
        known: true,
      },
    ],
  }
}
