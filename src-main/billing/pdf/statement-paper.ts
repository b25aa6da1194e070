import type {
  LedgerKind,
  SellerSnapshot,
} from '../../../src-shared/contract/billing-documents-model.ts'
import type { PaperLanguage } from '../../../src-shared/contract/billing-papers.ts'
import { addDays, calendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { sellerOn } from './document-paper.ts'
import type { PaperModel } from './paper-model.ts'
import { fill, paperWords } from './paper-words.ts'

/** The ledger of a subscriber on paper: opening + rows = closing. */

export interface StatementFacts {
  readonly seller: SellerSnapshot
  readonly buyer: {
    readonly code: string
    readonly name: string
    readonly address: SellerSnapshot['address'] | null
  }
  readonly currency: string
  readonly fromOn: string
  readonly untilOn: string
  readonly opening: number
  readonly rows: readonly {
    readonly on: string
    readonly kind: LedgerKind
    readonly number: string | null
    readonly amount: number
  }[]
  /** ms. */
  readonly at: number
}

export const statementPaper = (facts: StatementFacts, language: PaperLanguage): PaperModel => {
  const write = paperWords(language)
  const { words, day, money } = write
  const { currency, fromOn, opening } = facts
  const lastOn = addDays(calendarDate(facts.untilOn), -1)
  let balance = opening
  const rows = facts.rows.map(({ on, kind, number, amount }) => {
    balance += amount
    return {
      cells: [
        day(on),
        fill(words.entries[kind], { number: number ?? '' }),
        money(amount, currency),
        money(balance, currency),
      ],
      small: [],
    }
  })
  return {
    title: words.kind.statement,
    number: facts.buyer.code,
    at: facts.at,
    seller: sellerOn(facts.seller, write),
    buyer: {
      head: words.to,
      name: facts.buyer.name,
      lines:
        facts.buyer.address === null
          ? []
          : sellerOn(
              { ...facts.seller, address: facts.buyer.address, taxId: '', phone: '', email: '' },
              write,
            ).lines,
    },
    facts: [
      [words.customer, facts.buyer.code],
      [words.day, fill(words.statementOf, { from: day(fromOn), until: day(lastOn) })],
    ],
    notices: [],
    table: {
      columns: [
        { head: words.day, share: 2.2, right: false },
        { head: words.entry, share: 4, right: false },
        { head: words.amount, share: 2, right: true },
        { head: words.balance, share: 2, right: true },
      ],
      rows: [
        {
          cells: ['', fill(words.opening, { day: day(fromOn) }), '', money(opening, currency)],
          small: [],
        },
        ...rows,
      ],
    },
    sums: [
      {
        label: fill(words.closing, { day: day(lastOn) }),
        value: `${currency} ${money(balance, currency)}`,
        strong: true,
      },
    ],
    taxes: null,
    notes: [{ head: words.balance, lines: [words.owedHint] }],
    codes: [],
    page: words.page,
  }
}
