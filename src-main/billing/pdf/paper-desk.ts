import type { PaperLanguage, PaperSize } from '../../../src-shared/contract/billing-papers.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { SubscriberPort } from '../../engine/capability-ports.ts'
import type { Transaction } from '../../store/write-path.ts'
import { paidAt } from '../counter/session-tables.ts'
import { sellerOf, snapshotOfSeller } from '../documents/seller-tables.ts'
import { paymentById } from '../payments/payment-tables.ts'
import { gone } from '../plans/plan-handlers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { documentPaper, type DocumentShown, type IssuedDocument } from './document-paper.ts'
import { paperTemplate } from './paper-model.ts'
import { fileNameOf } from './paper-files.ts'
import { paperLanguage } from './paper-words.ts'
import {
  firstShown,
  issuedDocument,
  paperHash,
  paperSettingsOf,
  putPaper,
  settledAtOnce,
  type PaperKey,
} from './paper-tables.ts'
import { paymentCodes } from './payment-codes.ts'
import { receiptPaper, type ReceiptShown } from './receipt-paper.ts'
import { renderPaper, type RenderedPaper } from './render-paper.ts'
import type { Slices } from './slices.ts'

/** A paper that is ready to be handed out. */
export interface MadePaper extends RenderedPaper {
  readonly key: PaperKey
  readonly number: string
  readonly subscriberId: string
  readonly fileName: string
  /** What it shows that nothing else keeps. */
  readonly shown: object
}

export interface PaperWish {
  readonly paper: PaperSize
  /** Null: the customer's. */
  readonly language: PaperLanguage | null
}

const differs = ({ key, number }: Pick<MadePaper, 'key' | 'number'>): NocturneError =>
  new NocturneError('document-pdf-differs', { number, size: key.size, language: key.language })

/** Renders papers and knows what was handed out before. */
export const createPaperDesk = (deps: {
  readonly reads: Reads
  readonly subscribers: Pick<SubscriberPort, 'party'>
}) => {
  const { reads, subscribers } = deps

  const issued = (documentId: string): IssuedDocument => {
    const document = issuedDocument(reads, documentId)
    if (document === null) throw gone('invoice')
    if (document === 'draft') throw new NocturneError('document-not-issued')
    return document
  }

  return {
    issued,

    document: async (
      documentId: string,
      { paper: size, language }: PaperWish,
      slices: Slices,
    ): Promise<MadePaper> => {
      const document = issued(documentId)
      const key: PaperKey = {
        subjectKind: 'document',
        subjectId: documentId,
        size,
        language: language ?? paperLanguage(document.buyer.language),
        template: paperTemplate,
      }
      // Another account since then is for documents that come.
      const shown = firstShown<DocumentShown>(reads, key) ?? {
        codes: paymentCodes(document, paperSettingsOf(reads).settings),
      }
      const model = documentPaper(document, shown, key.language)
      const rendered = await renderPaper(model, size, slices)
      const { number, subscriberId } = document
      const fileName = `${fileNameOf(number, size, key.language)}.pdf`
      return { ...rendered, key, number, subscriberId, shown, fileName }
    },

    receipt: async (
      paymentId: string,
      { paper: size, language }: PaperWish,
      slices: Slices,
    ): Promise<MadePaper> => {
      const payment = paymentById(reads, paymentId)
      const party = payment === null ? null : subscribers.party(payment.subscriberId)
      if (payment === null || party === null) throw gone('payment')
      const { number, subscriberId, reversedOn } = payment
      const subject = {
        subjectKind: reversedOn === null ? ('receipt' as const) : ('reversed-receipt' as const),
        subjectId: paymentId,
      }
      const shown =
        firstShown<ReceiptShown>(reads, subject) ??
        firstShown<ReceiptShown>(reads, { ...subject, subjectKind: 'receipt' }) ??
        ({
          seller: snapshotOfSeller(sellerOf(reads)),
          buyer: { code: party.code, name: party.taxName === '' ? party.name : party.taxName },
          settles: settledAtOnce(reads, payment),
          rounding: paidAt(reads, paymentId)?.rounding ?? 0,
        } satisfies ReceiptShown)
      const key: PaperKey = {
        ...subject,
        size,
        language: language ?? paperLanguage(party.language),
        template: paperTemplate,
      }
      const rendered = await renderPaper(receiptPaper(payment, shown, key.language), size, slices)
      const state = reversedOn === null ? '' : 'reversed'
      const fileName = `${fileNameOf(number, state, size, key.language)}.pdf`
      return { ...rendered, key, number, subscriberId, shown, fileName }
    },

    /** Against what was handed out before. */
    state: ({ key, sha256 }: MadePaper): 'new' | 'same' | 'differs' => {
      const known = paperHash(reads, key)
      return known === null ? 'new' : known === sha256 ? 'same' : 'differs'
    },

    /** Keeps the hash of what is handed out for the first time. */
    keep: (tx: Transaction, made: MadePaper, at: number): void => {
      const known = paperHash(tx, made.key)
      // SECURITY: what is handed out is what was handed out first.
      if (known !== null && known !== made.sha256) throw differs(made)
      if (known !== null) return
      const { key, sha256, bytes, shown } = made
      putPaper(tx, key, { sha256, bytes: bytes.length, shown, at })
    },
  }
}

export type PaperDesk = ReturnType<typeof createPaperDesk>
