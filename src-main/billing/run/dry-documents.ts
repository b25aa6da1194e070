import type { Output } from '../../../src-shared/contract/index.ts'
import { daysOf } from '../documents/days-of.ts'
import { documentHeadById } from '../documents/document-tables.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { PlannedBilling } from './plan-billing.ts'

type Shown = Output<'billing.dryRunDocuments'>['documents']

/** Planned documents as they are shown, with why each line costs what it costs. */
export const dryDocuments = (
  reads: Reads,
  { creditNotes, invoices }: Pick<PlannedBilling, 'creditNotes' | 'invoices'>,
): Shown =>
  [...creditNotes, ...invoices.flatMap(({ draft }) => (draft === null ? [] : [draft]))].map(
    (draft) => ({
      kind: draft.kind,
      currency: draft.currency,
      corrects:
        draft.correctsId === null
          ? null
          : (documentHeadById(reads, draft.correctsId)?.number ?? null),
      lines: draft.lines.map((line) => ({
        description: line.description,
        gross: line.gross,
        discount: line.discount,
        amount: line.amount,
        net: line.net,
        tax: line.tax,
        explanation: line.explanation.map(({ why, discounts }) => ({
          why,
          discounts: [...discounts],
        })),
      })),
      taxes: draft.taxes.map(({ tax, base, amount }) => ({
        code: tax.code,
        ratePpm: tax.ratePpm,
        baseNum: tax.baseNum,
        baseDen: tax.baseDen,
        base,
        amount,
      })),
      ...daysOf(
        draft.lines.map((line) => ({
          ...line,
          startOn: line.period?.start ?? null,
          endOn: line.period?.end ?? null,
        })),
      ),
      net: draft.net,
      tax: draft.tax,
      total: draft.total,
    }),
  )
