import { createHash } from 'node:crypto'
import { chosenProblem } from '../../../src-shared/domain/settlements.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { ApprovalGate, ApprovalKind, ApprovalSize } from '../../engine/approval-ports.ts'
import type { SubscriberPort } from '../../engine/capability-ports.ts'
import { isEverything, reaches, type Belongs } from '../../engine/reach.ts'
import type { Transaction } from '../../store/write-path.ts'
import { openDocuments } from '../payments/payment-tables.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { billingSettings } from '../plans/settings-tables.ts'
import { wishById, writtenOffSince, type GivenUp, type WriteOffWish } from './write-off-tables.ts'

const kindName = 'billing.write-off'
const dayMs = 24 * 3_600_000
/** Another currency than the seller's has no limit to be held against: it is above any. */
const aboveAll = Number.MAX_SAFE_INTEGER

export interface WantedWriteOff {
  readonly subscriberId: string
  readonly currency: string
  readonly documents: readonly GivenUp[]
}

export const amountOf = (documents: readonly GivenUp[]): number =>
  documents.reduce((sum, { amount }) => sum + amount, 0)

/** Why it cannot be written off now; null: it can. */
export const writeOffProblem = (reads: Reads, wanted: WantedWriteOff): NocturneError | null => {
  const open = openDocuments(reads, wanted.subscriberId, wanted.currency)
  const problem = chosenProblem(amountOf(wanted.documents), wanted.documents, open)
  if (problem === null) return null
  return problem.code === 'allocation-beyond-document'
    ? new NocturneError(problem.code, { open: problem.open })
    : new NocturneError(problem.code, {})
}

const contentOf = (wish: WriteOffWish): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        wish.id,
        wish.subscriberId,
        wish.currency,
        wish.reason,
        wish.documents.map(({ documentId, amount }) => [documentId, amount]),
      ]),
    )
    .digest('hex')

/** Write-offs as things that a second person may have to approve. */
export const createWriteOffApproval = (deps: {
  readonly gate: ApprovalGate
  readonly reads: Reads
  readonly now: () => number
  readonly subscribers: Pick<SubscriberPort, 'party'>
  readonly belongs: (writeOffId: string) => Belongs | null
  readonly moved: () => void
}) => {
  const { gate, now } = deps

  const measureOf = (reads: Reads, wanted: WantedWriteOff): number =>
    wanted.currency === billingSettings(reads).currency
      ? // SECURITY: several small ones of one subscriber within a day are one.
        amountOf(wanted.documents) + writtenOffSince(reads, wanted, now() - dayMs)
      : aboveAll
  const isNeeded = (reads: Reads, wanted: WantedWriteOff): boolean =>
    gate.needs(kindName, { measure: measureOf(reads, wanted), grave: false })
  const sizeOf = (reads: Reads, wish: WriteOffWish): ApprovalSize => ({
    authors: wish.createdBy === null ? [] : [wish.createdBy],
    measure: measureOf(reads, wish),
    grave: false,
    exempt: false,
  })
  /** Null: there is none, or a document was settled meanwhile. */
  const standing = (reads: Reads, id: string): WriteOffWish | null => {
    const wish = wishById(reads, id)
    return wish === null || writeOffProblem(reads, wish) !== null ? null : wish
  }

  const kind: ApprovalKind = {
    name: kindName,
    readPermission: 'billing.payment.read',
    askPermission: 'billing.write-off.make',
    approvePermission: 'billing.credit.approve',
    actions: { approve: 'approve-write-off', decline: 'decline-write-off' },
    currency: () => billingSettings(deps.reads).currency,
    waitsMs: 7 * dayMs,
    holdsMs: 3 * dayMs,
    reached: (reach, id) => {
      if (isEverything(reach)) return true
      const belongs = deps.belongs(id)
      return belongs !== null && reaches(reach, belongs)
    },
    size: (id) => {
      const wish = standing(deps.reads, id)
      return wish === null ? null : sizeOf(deps.reads, wish)
    },
    look: (id) => {
      const wish = standing(deps.reads, id)
      if (wish === null) return Promise.resolve(null)
      const { subscriberId, currency } = wish
      const party = deps.subscribers.party(subscriberId)
      const numbers = new Map(
        openDocuments(deps.reads, subscriberId, currency).map((one) => [one.id, one.number]),
      )
      const total = amountOf(wish.documents)
      return Promise.resolve({
        ...sizeOf(deps.reads, wish),
        contentHash: contentOf(wish),
        revision: wish.version,
        preview: {
          risk: 'read',
          how: 'confirm',
          expected: '',
          change: 'write-off',
          olts: [],
          onus: 0,
          samples: [],
          lines: [],
          serviceLossS: null,
          money: {
            documentId: null,
            number: '',
            subscriberId,
            subscriberCode: party?.code ?? '',
            subscriberName: party?.name ?? '',
            currency,
            net: total,
            tax: 0,
            total,
            reason: wish.reason,
            billAgain: false,
            lines: wish.documents.map(({ documentId, amount }) => ({
              text: numbers.get(documentId) ?? '',
              amount,
            })),
          },
        },
      })
    },
    revision: (id) => standing(deps.reads, id)?.version ?? null,
    moved: deps.moved,
  }

  return {
    kind,
    isNeeded,
    stands: (id: string): boolean => standing(deps.reads, id) !== null,
    /** SECURITY: in the transaction that carries it out. Errors: `approval-needed`. */
    use: (tx: Transaction, wish: WriteOffWish, by: string): void => {
      if (isNeeded(tx, wish)) gate.use(tx, kindName, wish.id, contentOf(wish), by)
    },
  }
}

export type WriteOffApproval = ReturnType<typeof createWriteOffApproval>
