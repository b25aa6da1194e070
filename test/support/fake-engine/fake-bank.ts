import type { BankLineRow } from '../../../src-shared/contract/billing-bank-model.ts'
import type { Input, Output, ProcedureName } from '../../../src-shared/contract/index.ts'
import { addDays, type CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { bankMapping, fakeBankPreview } from './fake-bank-file.ts'
import type { FakeBillingDeps } from './fake-billing.ts'

type Names = Extract<ProcedureName, `billing.${string}${'Bank' | 'bank'}${string}`>
type Handlers = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}

const idOf = (part: string, number: number): string =>
  `01930000-0000-7000-${part}-${number.toString(16).padStart(12, '0')}`

/** Movements of a bank of the fake subscribers: some sure, some not, a fee, a returned payment. */
export const createFakeBank = (
  deps: Pick<FakeBillingDeps, 'now' | 'me' | 'subscriber' | 'plant' | 'emit'> & {
    readonly newId: () => string
    readonly today: () => CalendarDate
    readonly changed: () => void
  },
): Handlers => {
  const { changed, newId, now } = deps
  const accountId = idOf('ba00', 1)
  const importId = idOf('ba01', 1)
  let lines: BankLineRow[] = []
  let receipts = 200
  let imports: Output<'billing.bankImports'>['imports'] = []
  let isBrought = deps.plant.size > 0

  const line = (
    at: number,
    daysAgo: number,
    minor: number,
    payer: string | null,
    words: string,
    proposals: BankLineRow['proposals'] = [],
    over: Partial<BankLineRow> = {},
  ): BankLineRow => ({
    id: idOf('ba02', at),
    accountId,
    accountName: 'BCA giro',
    importId,
    position: at + 1,
    bookedOn: addDays(deps.today(), -daysAgo),
    valueOn: null,
    minor,
    currency: 'IDR',
    isReversal: false,
    remittance: words,
    reference: `TRX${9000 + at}`,
    payer,
    payerEnd: payer === null ? null : String(3000 + at * 7).slice(-4),
    twin: false,
    state: proposals.length === 0 ? 'unmatched' : 'proposed',
    decidedAt: null,
    decidedBy: null,
    reason: '',
    left: Math.max(0, minor),
    proposals,
    payments: [],
    ...over,
  })

  const proposal = (
    number: number,
    strength: BankLineRow['proposals'][number]['strength'],
    reasons: BankLineRow['proposals'][number]['reasons'],
    amount: number,
    credit = 0,
  ): BankLineRow['proposals'] => {
    const found = deps.subscriber(idOf('a000', number))
    if (found === undefined) return []
    return [
      {
        subscriberId: idOf('a000', number),
        subscriberCode: found.code,
        subscriberName: found.name,
        strength,
        reasons: [...reasons],
        settles: [
          { documentId: idOf('b0d0', number), number: `INV-A-2026-00000${number}`, amount },
        ],
        credit,
        payment: null,
      },
    ]
  }

  const seed = (): void => {
    const number = 'INV-A-2026-000001'
    lines = [
      line(1, 1, 33_300_000, 'BUDI SANTOSO', `Internet November ${number}`, [
        ...proposal(1, 'certain', ['document-number', 'same-amount'], 33_300_000),
      ]),
      line(2, 1, 16_650_000, 'SITI AMINAH', 'BAYAR WIFI S-000002', [
        ...proposal(2, 'certain', ['subscriber-code', 'same-amount'], 16_650_000),
      ]),
      line(3, 2, 50_000_000, 'PT MAJU JAYA', 'pembayaran', [
        ...proposal(3, 'likely', ['known-account'], 33_300_000, 16_700_000),
        ...proposal(1, 'weak', ['name'], 33_300_000, 16_700_000),
      ]),
      line(4, 3, 12_345_600, 'AGUS', 'transfer dari agus'),
      line(5, 3, -1_500_000, null, 'BIAYA ADM'),
      line(6, 4, 20_000_000, null, 'SETORAN TUNAI', [], { twin: true }),
      line(7, 6, -5_000_000, 'LISTRIK', 'PLN', [], {
        state: 'ignored',
        reason: 'own electricity',
        decidedAt: now() - 86_400_000,
        decidedBy: 'Dewi Lestari',
      }),
    ]
    imports = [
      {
        id: importId,
        at: now() - 7_200_000,
        by: 'Dewi Lestari',
        fileName: 'mutasi-november.csv',
        format: 'csv',
        encoding: 'Windows-1252',
        read: 9,
        added: 7,
        failed: 1,
        accounts: ['BCA giro'],
        differs: 0,
        waiting: 6,
      },
    ]
  }
  /** Not before the subscribers are there. */
  const book = (): BankLineRow[] => {
    if (isBrought && imports.length === 0) seed()
    return lines
  }
  const put = (lineId: string, over: (line: BankLineRow) => Partial<BankLineRow>): void => {
    const found = book().find(({ id }) => id === lineId)
    if (found === undefined) throw new NocturneError('not-found', { what: 'bank-line' })
    lines = lines.map((one) => (one === found ? { ...one, ...over(one) } : one))
    changed()
  }
  const decided = { decidedAt: now(), decidedBy: deps.me() }
  const take = (lineId: string, parts: readonly { subscriberId: string; amount: number }[]) => {
    const found = book().find(({ id }) => id === lineId)
    if (found?.state === 'taken') {
      throw new NocturneError('bank-line-decided', { state: 'taken' })
    }
    const numbers = parts.map(() => `RC-A-2026-${String(receipts++).padStart(6, '0')}`)
    put(lineId, () => ({
      ...decided,
      state: 'taken',
      left: 0,
      proposals: [],
      payments: parts.map(({ subscriberId, amount }, at) => ({
        id: newId(),
        number: numbers[at] ?? '',
        subscriberId,
        subscriberCode: deps.subscriber(subscriberId)?.code ?? '',
        subscriberName: deps.subscriber(subscriberId)?.name ?? '',
        amount,
        reversed: false,
        role: 'in' as const,
      })),
    }))
    return { numbers }
  }
  const found = (filter: Input<'billing.bankLines'>['filter']): BankLineRow[] =>
    book().filter(
      (one) =>
        (filter.states.length === 0 || filter.states.includes(one.state)) &&
        (filter.direction === null || (filter.direction === 'in') === one.minor > 0) &&
        (filter.strength === null || one.proposals[0]?.strength === filter.strength) &&
        (filter.importId === null || one.importId === filter.importId) &&
        `${one.payer} ${one.remittance} ${one.reference}`
          .toLowerCase()
          .includes(filter.search.toLowerCase()),
    )
  const sumOf = (rows: readonly BankLineRow[]) =>
    rows.length === 0
      ? []
      : [
          {
            currency: 'IDR',
            count: rows.length,
            minor: rows.reduce((sum, { minor }) => sum + minor, 0),
          },
        ]
  const waits = ({ state }: BankLineRow): boolean => state === 'unmatched' || state === 'proposed'

  return {
    'billing.bankAccounts': () => ({
      accounts:
        book().length === 0
          ? []
          : [
              {
                id: accountId,
                name: 'BCA giro',
                number: null,
                currency: 'IDR',
                mapping: bankMapping,
                lines: lines.length,
                waiting: lines.filter(waits).length,
                lastOn: lines[0]?.bookedOn ?? null,
                lastImportAt: imports[0]?.at ?? null,
              },
            ],
    }),
    'billing.previewBankFile': (input) =>
      fakeBankPreview(input, {
        stagedId: newId(),
        today: deps.today(),
        accountId: book().length > 0 ? accountId : null,
      }),
    'billing.importBankFile': () => {
      isBrought = true
      const id = newId()
      const at = book().length + 1
      lines = [
        line(at, 2, 33_300_000, null, 'TRSF E-BANKING SARI S-000004', [], { importId: id }),
        ...lines,
      ]
      const [first] = imports
      if (first !== undefined) {
        imports = [{ ...first, id, at: now(), added: 1, read: 4, fileName: 'new.csv' }, ...imports]
      }
      changed()
      return { importId: id, added: 1, known: 3, proposed: 0 }
    },
    'billing.bankImports': () => {
      book()
      return { total: imports.length, imports }
    },
    'billing.bankImport': ({ importId: id }) => {
      const own = book().filter((one) => one.importId === id)
      const one = imports.find((each) => each.id === id)
      if (one === undefined) throw new NocturneError('not-found', { what: 'bank-import' })
      return {
        import: one,
        statements: [
          {
            account: 'BCA giro',
            number: '7',
            currency: 'IDR',
            opening: 100_000_000,
            closing: 231_795_600,
            closingOn: deps.today(),
            difference: 0,
          },
        ],
        problems: [{ position: 6, code: 'bad-date', found: '31/02/2026' }],
        states: [
          {
            state: 'proposed',
            currency: 'IDR',
            direction: 'in',
            count: own.filter(({ state }) => state === 'proposed').length,
            minor: sumOf(own.filter(({ state }) => state === 'proposed'))[0]?.minor ?? 0,
          },
        ],
      }
    },
    'billing.bankLines': ({ filter, sort, descending, offset, limit }) => {
      const rows = found(filter).toSorted((one, other) => {
        const way = descending ? -1 : 1
        if (sort === 'amount') return way * (Math.abs(one.minor) - Math.abs(other.minor))
        const [a, b] =
          sort === 'payer' ? [one.payer ?? '', other.payer ?? ''] : [one.bookedOn, other.bookedOn]
        return way * a.localeCompare(b)
      })
      const waiting = lines.filter(waits)
      return {
        total: rows.length,
        sums: sumOf(rows),
        rows: rows.slice(offset, offset + limit),
        waiting: {
          in: waiting.filter(({ minor }) => minor > 0).length,
          out: waiting.filter(({ minor }) => minor < 0).length,
          certain: waiting.filter(({ proposals: [one] }) => one?.strength === 'certain').length,
        },
        running: null,
      }
    },
    'billing.matchBankLines': () => {
      const waiting = book().filter(waits)
      const proposed = waiting.filter(({ state }) => state === 'proposed').length
      return { proposed, unmatched: waiting.length - proposed }
    },
    'billing.takeBankLine': ({ lineId, parts }) => take(lineId, parts),
    'billing.linkBankLine': ({ lineId }) => {
      put(lineId, () => ({ ...decided, state: 'taken', left: 0, proposals: [] }))
      return { number: 'RC-A-2026-000001' }
    },
    'billing.returnBankLine': ({ lineId }) => {
      put(lineId, () => ({ ...decided, state: 'taken', proposals: [] }))
      return { number: 'RC-A-2026-000001' }
    },
    'billing.takeSureBankLines': () => {
      const sure = book().filter((one) => waits(one) && one.proposals[0]?.strength === 'certain')
      for (const { id, left, proposals } of sure) {
        take(id, [{ subscriberId: proposals[0]?.subscriberId ?? '', amount: left }])
      }
      const total = sure.length
      deps.emit('billing.bankProgress', {
        state: 'done',
        done: total,
        total,
        taken: total,
        left: 0,
      })
      return { total }
    },
    'billing.cancelBankTaking': () => {
      throw new NocturneError('not-found', { what: 'bank-taking' })
    },
    'billing.ignoreBankLines': ({ lineIds, reason }) => {
      for (const id of lineIds) put(id, () => ({ ...decided, state: 'ignored', reason }))
      return { ignored: lineIds.length }
    },
    'billing.unignoreBankLines': ({ lineIds }) => {
      for (const id of lineIds) {
        put(id, ({ proposals }) => ({
          state: proposals.length > 0 ? 'proposed' : 'unmatched',
          reason: '',
          decidedAt: null,
          decidedBy: null,
        }))
      }
      return { back: lineIds.length }
    },
  }
}
