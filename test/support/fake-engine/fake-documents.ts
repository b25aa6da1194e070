import type {
  DocumentHead,
  DocumentKind,
  DocumentRecord,
  SellerSettings,
} from '../../../src-shared/contract/billing-documents-model.ts'
import type { Input, Output, ProcedureName } from '../../../src-shared/contract/index.ts'
import { addDays, addMonths, calendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { DocumentDraft } from '../../../src-main/billing/documents/document-draft.ts'
import { draftLook } from '../../../src-main/billing/documents/draft-look.ts'
import { typedDocument } from '../../../src-main/billing/documents/typed-document.ts'
import type { DatedTax } from '../../../src-main/billing/tax-rates.ts'
import type { FakeBillingDeps } from './fake-billing.ts'
import type { MoneyPreview } from './fake-approvals.ts'
import { createFakeCredits, type Kept } from './fake-credits.ts'
import {
  firstSeller,
  keyOf,
  matches,
  ofMonth,
  prefixes,
  reportOf,
  signed,
} from './fake-document-parts.ts'
import { draftRecord } from './fake-draft-record.ts'
import { createFakeRuns } from './fake-runs.ts'
import { uuidOf } from './fake-subscriber-book.ts'

type Names =
  | 'billing.seller'
  | 'billing.documents'
  | 'billing.document'
  | 'billing.draftLook'
  | 'billing.ledger'
  | 'billing.report'
  | 'billing.configureSeller'
  | 'billing.saveDraft'
  | 'billing.removeDraft'
  | 'billing.issueDraft'
  | `billing.${'credit' | 'creditLook' | 'draftCredit' | 'issueCredit'}`
  | Extract<
      ProcedureName,
      `billing.${'dryRun' | 'dryRunRows' | 'dryRunDocuments' | 'run' | 'runs' | 'startRun' | 'cancelRun'}`
    >

type Handlers = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}

/** An entry of a payment, before its balance is known. */
export type LedgerLine = Omit<Output<'billing.ledger'>['rows'][number], 'balanceAfter'>

/** Documents of the fake subscribers, three months of them; sums are made by the product's own rules. */
export const createFakeDocuments = (
  deps: FakeBillingDeps & {
    readonly today: () => CalendarDate
    readonly newId: () => string
    readonly rates: () => readonly DatedTax[]
    /** Of the fake payments, which are made after these. */
    readonly settledBy: (documentId: string) => DocumentRecord['settledBy']
    readonly paidBy: (subscriberId: string) => readonly LedgerLine[]
  },
): {
  readonly handlers: Handlers
  readonly issuedOf: (subscriberId: string) => readonly DocumentHead[]
  readonly recordOf: (documentId: string) => DocumentRecord | null
  /** Null: a draft. */
  readonly numberOf: (documentId: string) => string | null
  readonly moneyOf: (wishId: string) => MoneyPreview
} => {
  const { newId, now, today } = deps
  const people = Array.from({ length: 12 }, (_, at) => uuidOf('a000', at + 1)).flatMap((id) => {
    const found = deps.subscriber(id)
    return found === undefined ? [] : [found]
  })
  const kept: Kept[] = []
  const next: Record<DocumentKind, number> = {
    invoice: 1,
    'credit-note': 1,
    'debit-note': 1,
    proforma: 1,
  }
  let seller: SellerSettings = firstSeller
  let version = 1

  const taxing = () => ({
    rates: deps.rates(),
    relief: null,
    reliefPrice: seller.reliefPrice,
    on: today(),
  })

  const put = (draft: DocumentDraft): Kept => {
    const person = people.find(({ id }) => id === draft.subscriberId)
    const made = { draft, record: draftRecord(draft, { person, at: now(), by: deps.me() }) }
    const place = kept.findIndex(({ record }) => record.id === draft.id)
    if (place < 0) kept.push(made)
    else kept[place] = made
    return made
  }

  const issue = (one: Kept, on: CalendarDate): string => {
    const { kind } = one.record
    const number = `${prefixes[kind]}-A-${on.slice(0, 4)}-${String(next[kind]).padStart(6, '0')}`
    next[kind] += 1
    const { name, address, taxId, phone, email, paymentNote } = seller
    one.record = {
      ...one.record,
      version: one.record.version + 1,
      state: 'issued',
      typed: null,
      number,
      issuedOn: on,
      taxPointOn: on,
      dueOn: addDays(on, 14),
      issuedAt: Date.parse(`${on}T02:00:00Z`),
      seller: { name, address, taxId, phone, email, paymentNote },
      buyer: {
        code: one.record.subscriberCode,
        kind: 'person',
        name: one.record.subscriberName,
        taxId: '',
        taxTreatment: 'standard',
        language: 'id',
        address: null,
      },
    }
    return number
  }

  const write = (
    subscriberId: string,
    price: number,
    kind: Input<'billing.saveDraft'>['kind'] = 'invoice',
    changes = false,
  ): DocumentDraft =>
    typedDocument(
      {
        kind,
        subscriberId,
        currency: 'IDR' as Input<'billing.saveDraft'>['currency'],
        correctsId: null,
        reason: '',
        note: '',
        lines: [
          {
            description: 'Home 20',
            quantity: 1,
            quantityScale: 0,
            unitPrice: price,
            unitScale: 2,
            discount: 0,
            taxIncluded: false,
            taxCodes: deps.rates().length > 0 ? ['PPN'] : [],
          },
        ].flatMap((line) => (changes ? [line, { ...line, description: 'Home 50' }] : [line])),
      },
      taxing(),
      { id: newId(), newId },
    )

  for (const months of [-2, -1, 0]) {
    const on = addMonths(calendarDate(`${today().slice(0, 8)}01`), months)
    people.forEach(({ id }, at) => {
      const one = put(
        write(id, 15_000_000 + (at % 3) * 5_000_000, 'invoice', months === 0 && at === 1),
      )
      one.record = ofMonth(one.record, on, at)
      issue(one, on)
    })
  }
  people.slice(0, 1).forEach(({ id }) => put(write(id, 2_500_000, 'proforma')))

  const found = (id: string): Kept => {
    const one = kept.find(({ record }) => record.id === id)
    if (one === undefined) throw new NocturneError('not-found', { what: 'invoice' })
    return one
  }
  const draftOf = (id: string, baseVersion: number): Kept => {
    const one = found(id)
    if (one.record.state === 'issued') throw new NocturneError('document-issued')
    if (one.record.version !== baseVersion) throw new NocturneError('conflict')
    return one
  }
  /** With what credit notes and payments settle of it. */
  const shown = (record: DocumentRecord): DocumentRecord => {
    const settledBy = [
      ...kept
        .filter(({ record: note }) => note.kind === 'credit-note' && note.correctsId === record.id)
        .map(({ record: note }) => ({
          kind: 'credit-note' as const,
          id: note.id,
          number: note.number ?? '',
          on: note.issuedOn ?? '',
          amount: note.total,
        })),
      ...deps.settledBy(record.id),
    ]
    const settled = settledBy.reduce((sum, { amount }) => sum + amount, 0)
    return { ...record, settledBy, settled }
  }
  const changed = (): void => deps.emit('billing.documentsChanged', {})
  const handlers: Handlers = {
    ...createFakeRuns({ ...deps, people: () => people }),
    ...createFakeCredits({
      gate: deps.creditGate,
      kept,
      found,
      newId,
      today,
      put,
      issue: (one) => issue(one, today()),
      changed,
    }),
    'billing.seller': () => ({ version, seller }),
    'billing.configureSeller': ({ baseVersion, seller: wanted }) => {
      if (baseVersion !== version) throw new NocturneError('conflict')
      seller = wanted
      version += 1
      changed()
      return {}
    },
    'billing.documents': ({ filter, sort, descending, offset, limit }) => {
      const heads = kept.map(({ record }) => shown(record)).filter((head) => matches(head, filter))
      const key = keyOf[sort]
      const sorted = heads.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
      const sum = (of: 'net' | 'tax' | 'total'): number =>
        heads.reduce((all, head) => all + signed({ kind: head.kind, total: head[of] }), 0)
      const ordered = descending ? sorted.toReversed() : sorted
      return {
        total: heads.length,
        sums:
          heads.length === 0
            ? []
            : [{ currency: 'IDR', net: sum('net'), tax: sum('tax'), total: sum('total') }],
        documents: ordered.slice(offset, offset + limit),
      }
    },
    'billing.document': ({ documentId }) => shown(found(documentId).record),
    'billing.draftLook': (input) => draftLook(input, taxing()),
    'billing.ledger': ({ subscriberId, fromOn, untilOn, offset, limit }) => {
      let balance = 0
      const documents = kept
        .map(({ record }) => record)
        .filter((one) => one.subscriberId === subscriberId && signed(one) !== 0)
        .filter(({ state }) => state === 'issued')
        .map((one): LedgerLine => ({
          id: uuidOf('b0fe', Number.parseInt(one.id.slice(-6), 16)),
          on: one.issuedOn ?? '',
          at: one.issuedAt ?? 0,
          kind: one.kind === 'proforma' ? 'invoice' : one.kind,
          docId: one.id,
          number: one.number,
          paymentId: null,
          amount: signed(one),
        }))
      const rows = [...documents, ...deps.paidBy(subscriberId)]
        .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.at - b.at))
        .map((row) => ({ ...row, balanceAfter: (balance += row.amount) }))
      const opening = rows
        .filter(({ on }) => fromOn !== null && on < fromOn)
        .reduce((sum, { amount }) => sum + amount, 0)
      const within = rows.filter(
        ({ on }) => (fromOn === null || on >= fromOn) && (untilOn === null || on < untilOn),
      )
      return {
        currency: 'IDR',
        currencies: ['IDR'],
        total: within.length,
        opening,
        closing: within.reduce((sum, { amount }) => sum + amount, opening),
        balance,
        rows: within.slice(offset, offset + limit),
      }
    },
    'billing.report': ({ fromOn, untilOn }) =>
      reportOf(
        kept
          .map(({ record }) => record)
          .filter(({ issuedOn }) => issuedOn !== null && issuedOn >= fromOn && issuedOn < untilOn),
      ),
    'billing.saveDraft': ({ documentId, baseVersion, ...typed }) => {
      if (documentId !== null) draftOf(documentId, baseVersion)
      const draft = typedDocument(typed, taxing(), { id: documentId ?? newId(), newId })
      const one = put(draft)
      const of = kept.find(({ record }) => record.id === typed.correctsId)?.record
      one.record = {
        ...one.record,
        version: baseVersion + 1,
        corrects: of === undefined ? null : { id: of.id, number: of.number },
      }
      changed()
      return { documentId: draft.id, version: baseVersion + 1, total: draft.total }
    },
    'billing.removeDraft': ({ documentId, baseVersion }) => {
      kept.splice(kept.indexOf(draftOf(documentId, baseVersion)), 1)
      changed()
      return {}
    },
    'billing.issueDraft': ({ documentId, baseVersion }) => {
      const one = draftOf(documentId, baseVersion)
      const number = issue(one, today())
      const { id, kind, correctsId, total } = one.record
      const corrected = kept.find(({ record }) => record.id === correctsId)
      if (corrected !== undefined)
        corrected.record = {
          ...corrected.record,
          corrections: [...corrected.record.corrections, { id, kind, number, total }],
        }
      changed()
      return { number }
    },
  }
  return {
    handlers,
    recordOf: (documentId) => kept.find(({ record }) => record.id === documentId)?.record ?? null,
    numberOf: (documentId) =>
      kept.find(({ record }) => record.id === documentId)?.record.number ?? null,
    moneyOf: (wishId) => {
      const { record } = found(wishId)
      const documentId = record.correctsId ?? ''
      return {
        documentId,
        number: found(documentId).record.number ?? '',
        subscriberId: record.subscriberId,
        subscriberCode: record.subscriberCode,
        subscriberName: record.subscriberName,
        currency: record.currency,
        net: record.net,
        tax: record.tax,
        total: record.total,
        reason: record.reason,
        billAgain: false,
        lines: record.lines.map(({ description, amount }) => ({ text: description, amount })),
      }
    },
    issuedOf: (subscriberId) =>
      kept
        .map(({ record }) => record)
        .filter((one) => one.subscriberId === subscriberId && one.state === 'issued'),
  }
}
