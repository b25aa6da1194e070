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
import { typedDocument } from '../../../src-main/billing/documents/typed-document.ts'
import type { DatedTax } from '../../../src-main/billing/tax-rates.ts'
import type { FakeBillingDeps } from './fake-billing.ts'
import { createFakeRuns } from './fake-runs.ts'
import { uuidOf } from './fake-subscriber-book.ts'

type Names =
  | 'billing.seller'
  | 'billing.documents'
  | 'billing.document'
  | 'billing.ledger'
  | 'billing.report'
  | 'billing.configureSeller'
  | 'billing.saveDraft'
  | 'billing.removeDraft'
  | 'billing.issueDraft'
  | 'billing.credit'
  | Extract<
      Exclude<ProcedureName, 'billing.runDunning'>,
      `billing.${'dryRun' | 'run' | 'startRun' | 'cancelRun'}${string}`
    >

type Handlers = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}

/** A document with what it was typed from. */
interface Kept {
  record: DocumentRecord
  readonly draft: DocumentDraft
}

const prefixes = {
  invoice: 'INV',
  'credit-note': 'CN',
  'debit-note': 'DN',
  proforma: 'PF',
  receipt: 'RC',
} as const

/** Documents of the fake subscribers, three months of them; sums are made by the product's own rules. */
export const createFakeDocuments = (
  deps: FakeBillingDeps & {
    readonly today: () => CalendarDate
    readonly newId: () => string
    readonly rates: () => readonly DatedTax[]
  },
): {
  readonly handlers: Handlers
  readonly issuedOf: (subscriberId: string) => readonly DocumentHead[]
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
  let seller: SellerSettings = {
    name: 'PT Nusa Serat Optik',
    address: {
      lines: 'Jl. Merdeka 12',
      city: 'Malang',
      region: 'Jawa Timur',
      postcode: '65119',
      country: 'ID',
    },
    taxId: '01.234.567.8-901.000',
    phone: '+62341555012',
    email: 'billing@nusa-serat.example',
    paymentNote: 'BCA 123 456 7890',
    installation: 'A',
    prefixes,
    yearly: true,
    terms: { kind: 'days', days: 14 },
    leadDays: 0,
    endDay: 'free',
    catchUp: 'each',
    reliefPrice: 'less-tax',
  }
  let version = 1

  const taxing = () => ({
    rates: deps.rates(),
    relief: null,
    reliefPrice: seller.reliefPrice,
    on: today(),
  })

  const recordOf = (draft: DocumentDraft): DocumentRecord => {
    const person = people.find(({ id }) => id === draft.subscriberId)
    return {
      id: draft.id,
      version: 1,
      kind: draft.kind,
      state: 'draft',
      number: null,
      subscriberId: draft.subscriberId,
      subscriberCode: person?.code ?? '',
      subscriberName: person?.name ?? '',
      subscriptionId: null,
      runId: null,
      correctsId: draft.correctsId,
      issuedOn: null,
      dueOn: null,
      currency: draft.currency,
      net: draft.net,
      tax: draft.tax,
      rounding: draft.rounding,
      total: draft.total,
      credited: 0,
      createdAt: now(),
      reason: draft.reason,
      note: draft.note,
      taxPointOn: null,
      issuedAt: null,
      createdBy: deps.me(),
      seller: null,
      buyer: null,
      lines: draft.lines.map((line, index) => ({
        ...line,
        seq: index + 1,
        startOn: line.period?.start ?? null,
        endOn: line.period?.end ?? null,
        explanation: [],
        credited: 0,
      })),
      taxes: draft.taxes.map(({ tax, ...rest }) => ({
        ...rest,
        code: tax.code,
        name: tax.name,
        ratePpm: tax.ratePpm,
        baseNum: tax.baseNum,
        baseDen: tax.baseDen,
        relief: tax.relief ?? null,
      })),
      corrections: [],
      corrects: null,
    }
  }

  const put = (draft: DocumentDraft): Kept => {
    const made = { draft, record: recordOf(draft) }
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
        ],
      },
      taxing(),
      { id: newId(), newId },
    )

  for (const months of [-2, -1, 0]) {
    const on = addMonths(calendarDate(`${today().slice(0, 8)}01`), months)
    people.forEach(({ id }, at) => issue(put(write(id, 15_000_000 + (at % 3) * 5_000_000)), on))
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
  const changed = (): void => deps.emit('billing.documentsChanged', {})
  const signed = ({ kind, total }: Pick<DocumentHead, 'kind' | 'total'>): number =>
    kind === 'credit-note' ? -total : kind === 'proforma' ? 0 : total

  const matches = (head: DocumentHead, filter: Input<'billing.documents'>['filter']): boolean => {
    const text = filter.search.toLowerCase()
    const words = [head.number ?? '', head.subscriberName, head.subscriberCode]
    return (
      (text === '' || words.some((word) => word.toLowerCase().includes(text))) &&
      (filter.kinds.length === 0 || filter.kinds.includes(head.kind)) &&
      (filter.state === null || filter.state === head.state) &&
      (filter.subscriberId === null || filter.subscriberId === head.subscriberId) &&
      (filter.runId === null || filter.runId === head.runId) &&
      (filter.fromOn === null || (head.issuedOn ?? '') >= filter.fromOn) &&
      (filter.untilOn === null || (head.issuedOn ?? '9') < filter.untilOn)
    )
  }
  const keyOf: Readonly<
    Record<Input<'billing.documents'>['sort'], (head: DocumentHead) => string | number>
  > = {
    issuedOn: ({ issuedOn }) => issuedOn ?? '',
    number: ({ number }) => number ?? '',
    subscriber: ({ subscriberName }) => subscriberName,
    dueOn: ({ dueOn }) => dueOn ?? '',
    total: ({ total }) => total,
  }

  const handlers: Handlers = {
    ...createFakeRuns({ ...deps, people: () => people }),
    'billing.seller': () => ({ version, seller }),
    'billing.configureSeller': ({ baseVersion, seller: wanted }) => {
      if (baseVersion !== version) throw new NocturneError('conflict')
      seller = wanted
      version += 1
      changed()
      return {}
    },
    'billing.documents': ({ filter, sort, descending, offset, limit }) => {
      const heads = kept.map(({ record }) => record).filter((head) => matches(head, filter))
      const key = keyOf[sort]
      const sorted = heads.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
      const total = heads.reduce((sum, head) => sum + signed(head), 0)
      const ordered = descending ? sorted.toReversed() : sorted
      return {
        total: heads.length,
        sums: heads.length === 0 ? [] : [{ currency: 'IDR', net: total, tax: 0, total }],
        documents: ordered.slice(offset, offset + limit),
      }
    },
    'billing.document': ({ documentId }) => found(documentId).record,
    'billing.ledger': ({ subscriberId }) => {
      let balance = 0
      const rows = kept
        .map(({ record }) => record)
        .filter((one) => one.subscriberId === subscriberId && signed(one) !== 0)
        .filter(({ state }) => state === 'issued')
        .map((one) => {
          balance += signed(one)
          return {
            id: uuidOf('b0fe', Number.parseInt(one.id.slice(-6), 16)),
            on: one.issuedOn ?? '',
            at: one.issuedAt ?? 0,
            kind: one.kind === 'proforma' ? ('invoice' as const) : one.kind,
            docId: one.id,
            number: one.number,
            amount: signed(one),
            balanceAfter: balance,
          }
        })
      const total = rows.length
      return {
        currency: 'IDR',
        currencies: ['IDR'],
        total,
        opening: 0,
        closing: balance,
        balance,
        rows,
      }
    },
    'billing.report': ({ fromOn, untilOn }) => {
      const heads = kept
        .map(({ record }) => record)
        .filter(({ issuedOn }) => issuedOn !== null && issuedOn >= fromOn && issuedOn < untilOn)
      const sum = (of: 'net' | 'tax'): number =>
        heads.reduce((all, head) => all + (head.kind === 'credit-note' ? -head[of] : head[of]), 0)
      const [net, tax] = [sum('net'), sum('tax')]
      const base = { currency: 'IDR', net, tax }
      return {
        documents: heads.length,
        taxes: [
          {
            currency: 'IDR',
            code: 'PPN',
            name: 'PPN',
            ratePpm: 120_000,
            baseNum: 11,
            baseDen: 12,
            relief: null,
            base: net,
            amount: tax,
          },
        ],
        revenue: [{ ...base, name: 'Home 20', lines: heads.length }],
        sums: [{ ...base, documents: heads.length, rounding: 0, total: net + tax }],
      }
    },
    'billing.saveDraft': ({ documentId, baseVersion, ...typed }) => {
      if (documentId !== null) draftOf(documentId, baseVersion)
      const draft = typedDocument(typed, taxing(), { id: documentId ?? newId(), newId })
      const one = put(draft)
      one.record = { ...one.record, version: baseVersion + 1 }
      changed()
      return { documentId: draft.id, version: baseVersion + 1, total: draft.total }
    },
    'billing.removeDraft': ({ documentId, baseVersion }) => {
      kept.splice(kept.indexOf(draftOf(documentId, baseVersion)), 1)
      changed()
      return {}
    },
    'billing.issueDraft': ({ documentId, baseVersion }) => {
      const number = issue(draftOf(documentId, baseVersion), today())
      changed()
      return { number }
    },
    'billing.credit': ({ documentId, lines, reason }) => {
      const { record, draft } = found(documentId)
      const wanted = lines?.reduce((sum, { amount }) => sum + amount, 0) ?? record.net
      if (wanted > record.net || record.credited > 0)
        throw new NocturneError('credit-beyond-document', { left: record.net - record.credited })
      const part = write(draft.subscriberId, wanted)
      const note = put({ ...part, kind: 'credit-note', correctsId: documentId, reason })
      const number = issue(note, today())
      const { id, total } = note.record
      const of = found(documentId)
      of.record = {
        ...of.record,
        credited: total,
        corrections: [{ id, kind: 'credit-note', number, total }],
      }
      note.record = { ...note.record, corrects: { id: documentId, number: of.record.number } }
      changed()
      return { documentId: id, number, total }
    },
  }
  return {
    handlers,
    issuedOf: (subscriberId) =>
      kept
        .map(({ record }) => record)
        .filter((one) => one.subscriberId === subscriberId && one.state === 'issued'),
  }
}
