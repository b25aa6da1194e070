import { provisioningAccess } from '../../../src-shared/contract/provisioning-access.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { ApprovalGate, ApprovalKind, ApprovalSize } from '../../engine/approval-ports.ts'
import type { Clock } from '../../engine/clock.ts'
import { isEverything, reaches } from '../../engine/reach.ts'
import type { StoreReader } from '../../store/read-handle.ts'
import type { Transaction } from '../../store/write-path.ts'
import { belongingOfPlan } from './plan-belongs.ts'
import { createPlanContent } from './plan-content.ts'
import { onusOf, planFacts } from './plan-facts.ts'
import type { PlanReads, PlanRecord } from './tables.ts'

const kindName = 'provisioning.plan'
const hourMs = 3_600_000
/** A shift to decide in, a shift to use it in. */
const waitsMs = 24 * hourMs
const holdsMs = 8 * hourMs

/** So long after a change its own maker takes it back without a second person. */
export const quickUndoMs = 30 * 60_000

/**
 * A change that went wrong is taken back at once by who made it: it leads to where everything stood
 * half an hour ago. An undo of an undo does not: it would do the first thing once more.
 */
export const isQuickUndo = (
  undo: Pick<PlanRecord, 'undoes' | 'accountId'>,
  undone: Pick<PlanRecord, 'undoes' | 'accountId' | 'startedAt' | 'endedAt'> | null,
  now: number,
): boolean => {
  if (undo.undoes === null || undone === null || undone.undoes !== null) return false
  if (undo.accountId === null || undo.accountId !== undone.accountId) return false
  const at = undone.endedAt ?? undone.startedAt
  return at !== null && now >= at && now - at <= quickUndoMs
}

/** Plans as things that a second person may have to approve. */
export const createPlanApproval = (deps: {
  readonly gate: ApprovalGate
  readonly reader: StoreReader
  readonly reads: PlanReads
  readonly clock: Pick<Clock, 'now'>
  readonly isExpired: (plan: PlanRecord) => boolean
  readonly moved: (planId: string) => void
}) => {
  const { clock, gate, reads } = deps
  const contentOf = createPlanContent(deps.reader)

  const draft = (planId: string): PlanRecord | null => {
    const plan = reads.plan(planId)
    return plan === null || plan.state !== 'draft' || deps.isExpired(plan) ? null : plan
  }
  const sizeOf = (plan: PlanRecord): ApprovalSize => ({
    authors: plan.accountId === null ? [] : [plan.accountId],
    measure: onusOf(reads, plan.id),
    grave: plan.risk === 'destructive',
    exempt: isQuickUndo(plan, plan.undoes === null ? null : reads.plan(plan.undoes), clock.now()),
  })
  const isNeeded = (plan: PlanRecord): boolean => {
    const size = sizeOf(plan)
    return !size.exempt && gate.needs(kindName, size)
  }

  const kind: ApprovalKind = {
    name: kindName,
    readPermission: provisioningAccess.read,
    askPermission: provisioningAccess.make,
    approvePermission: 'provisioning.plan.approve',
    actions: { approve: 'approve-plan', decline: 'decline-plan' },
    currency: () => null,
    waitsMs,
    holdsMs,
    reached: (reach, planId) => {
      const plan = reads.plan(planId)
      return isEverything(reach) || (plan !== null && reaches(reach, belongingOfPlan(plan)))
    },
    size: (planId) => {
      const plan = draft(planId)
      return plan === null ? null : sizeOf(plan)
    },
    look: async (planId) => {
      const plan = draft(planId)
      if (plan === null) return null
      const contentHash = await contentOf(plan)
      const { version: revision } = plan
      return { ...sizeOf(plan), contentHash, revision, preview: planFacts(reads, plan) }
    },
    revision: (planId) => draft(planId)?.version ?? null,
    moved: deps.moved,
  }

  return {
    kind,
    /** The content that is approved; null: nobody else is needed. Errors: `approval-needed`. */
    required: async (plan: PlanRecord): Promise<string | null> => {
      if (!isNeeded(plan)) return null
      const contentHash = await contentOf(plan)
      gate.check(kindName, plan.id, contentHash)
      return contentHash
    },
    /** SECURITY: asked again where it is used up: the rule, the persons and the plan as they are then. */
    use: (tx: Transaction, plan: PlanRecord, contentHash: string | null, by: string): void => {
      if (contentHash === null) {
        if (isNeeded(plan)) throw new NocturneError('approval-needed', { state: 'none' })
        return
      }
      gate.use(tx, kindName, plan.id, contentHash, by)
    },
  }
}

export type PlanApproval = ReturnType<typeof createPlanApproval>
