import { createHash } from 'node:crypto'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { ApprovalGate, ApprovalKind, ApprovalSize } from '../../engine/approval-ports.ts'
import { isEverything, reaches, type Belongs } from '../../engine/reach.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { billingSettings } from '../plans/settings-tables.ts'
import { standingWish, wishById, type StandingWish } from './credit-wish.ts'

export const creditKindName = 'billing.credit-note'
export const creditApprovePermission = 'billing.credit.approve'

const dayMs = 24 * 3_600_000
/** Finance is not there every day; an answer is not kept for a month. */
const waitsMs = 7 * dayMs
const holdsMs = 3 * dayMs

/** Another currency than the seller's has no limit to be held against: it is above any. */
const aboveAll = Number.MAX_SAFE_INTEGER

/** What people credited of a document within a day; what a billing run gave back is not theirs. */
export const creditedLately = (reads: Reads, documentId: string, now: number): number =>
  reads.all<{ readonly total: number }>(
    `SELECT coalesce(sum(total), 0) AS total FROM invoice WHERE corrects_id = ?
      AND kind = 'credit-note' AND status = 'issued' AND run_id IS NULL AND issued_at > ?`,
    documentId,
    now - dayMs,
  )[0]?.total ?? 0

/** What the limit counts. */
export const creditMeasure = (
  reads: Reads,
  of: { readonly documentId: string; readonly currency: string; readonly total: number },
  now: number,
): number =>
  of.currency === billingSettings(reads).currency
    ? // SECURITY: several small ones of one document are one, whoever makes them.
      of.total + creditedLately(reads, of.documentId, now)
    : aboveAll

/** All that would be issued, to the last unit, and whether its days are billed again. */
const contentOf = ({ wish, invoice, credit }: StandingWish): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        wish.id,
        wish.documentId,
        invoice.subscriberId,
        invoice.currency,
        wish.reason,
        wish.billAgain,
        credit.lines.map(({ id, amount, net, tax }) => [id, amount, net, tax]),
        credit.groups.map(({ key, net, taxes }) => [
          key,
          net,
          taxes.map(({ base, amount }) => [base, amount]),
        ]),
        [credit.net, credit.tax, credit.rounding, credit.total],
      ]),
    )
    .digest('hex')

/** Credit notes as things that a second person may have to approve. */
export const createCreditApproval = (deps: {
  readonly gate: ApprovalGate
  readonly reads: Reads
  readonly now: () => number
  readonly belongs: (documentId: string) => Belongs | null
  readonly moved: () => void
}) => {
  const { gate, now } = deps

  const sizeOf = (reads: Reads, { wish, invoice }: StandingWish): ApprovalSize => ({
    authors: wish.createdBy === null ? [] : [wish.createdBy],
    measure: creditMeasure(reads, { ...wish, currency: invoice.currency }, now()),
    grave: false,
    exempt: false,
  })

  const kind: ApprovalKind = {
    name: creditKindName,
    readPermission: 'billing.document.read',
    askPermission: 'billing.document.credit',
    approvePermission: creditApprovePermission,
    actions: { approve: 'approve-credit', decline: 'decline-credit' },
    currency: () => billingSettings(deps.reads).currency,
    waitsMs,
    holdsMs,
    reached: (reach, id) => {
      if (isEverything(reach)) return true
      const belongs = deps.belongs(id)
      return belongs !== null && reaches(reach, belongs)
    },
    size: (id) => {
      const standing = standingWish(deps.reads, id)
      return standing === null ? null : sizeOf(deps.reads, standing)
    },
    look: (id) => {
      const standing = standingWish(deps.reads, id)
      if (standing === null) return Promise.resolve(null)
      const { wish, invoice, credit } = standing
      const textOf = new Map(invoice.stored.map(({ id: line, description }) => [line, description]))
      return Promise.resolve({
        ...sizeOf(deps.reads, standing),
        contentHash: contentOf(standing),
        revision: wish.version,
        preview: {
          risk: 'read',
          how: 'confirm',
          expected: '',
          change: 'credit-note',
          olts: [],
          onus: 0,
          samples: [],
          lines: [],
          serviceLossS: null,
          money: {
            documentId: wish.documentId,
            number: standing.number,
            subscriberId: invoice.subscriberId,
            subscriberCode: standing.subscriberCode,
            subscriberName: standing.subscriberName,
            currency: invoice.currency,
            net: credit.net,
            tax: credit.tax,
            total: credit.total,
            reason: wish.reason,
            billAgain: wish.billAgain,
            lines: credit.lines.map(({ id: line, amount }) => ({
              text: textOf.get(line) ?? '',
              amount,
            })),
          },
        },
      })
    },
    revision: (id) => standingWish(deps.reads, id)?.wish.version ?? null,
    moved: deps.moved,
  }

  return {
    kind,
    isNeeded: (
      reads: Reads,
      of: { readonly documentId: string; readonly currency: string; readonly total: number },
    ): boolean =>
      gate.needs(creditKindName, { measure: creditMeasure(reads, of, now()), grave: false }),
    /**
     * SECURITY: in the transaction that issues it: as the rule, the persons and the document are then.
     * Errors: `approval-needed`, `credit-beyond-document`.
     */
    use: (tx: Transaction, id: string, by: string): StandingWish => {
      const standing = standingWish(tx, id)
      if (standing === null) {
        throw wishById(tx, id) === null
          ? new NocturneError('not-found', { what: 'invoice' })
          : new NocturneError('credit-beyond-document', { left: 0 })
      }
      if (gate.needs(creditKindName, sizeOf(tx, standing))) {
        gate.use(tx, creditKindName, id, contentOf(standing), by)
      }
      return standing
    },
  }
}

export type CreditApproval = ReturnType<typeof createCreditApproval>
