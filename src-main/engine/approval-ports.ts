import type { ApprovalKindName } from '../../src-shared/contract/approvals.ts'
import type { PermissionName } from '../../src-shared/contract/define.ts'
import type { Transaction } from '../store/write-path.ts'
import type { ConfirmRequest } from './confirm.ts'
import type { Reach } from './reach.ts'

/**
 * Between the approvals capability and those whose acts may need a second person. Each kind of act
 * is registered by its own capability; wired in open-workspace.ts.
 */

/** How much a thing is, as it is now. */
export interface ApprovalSize {
  /** Accounts that made it or changed it last. */
  readonly authors: readonly string[]
  /** What the limit counts: of a plan its ONUs, of a credit note minor units. */
  readonly measure: number
  /** Does not come back by undo alone. */
  readonly grave: boolean
  /** A rule would ask for a second person, but not of this one. */
  readonly exempt: boolean
}

/** A thing that somebody asks a second person about. */
export interface ApprovalThing extends ApprovalSize {
  /** SHA-256 over all that would be done: an approval holds for exactly this. */
  readonly contentHash: string
  /** Goes up with every change of the thing. */
  readonly revision: number
  /** What an approver must see before he decides. */
  readonly preview: ApprovalFacts
}

export type ApprovalFacts = Omit<ConfirmRequest, 'action' | 'by' | 'words' | 'rules'>

export interface ApprovalKind {
  readonly name: ApprovalKindName
  readonly readPermission: PermissionName
  readonly askPermission: PermissionName
  readonly approvePermission: PermissionName
  /** What the window outside the page asks. */
  readonly actions: Readonly<Record<'approve' | 'decline', ConfirmRequest['action']>>
  /** Of a limit in money; null: it counts things. */
  readonly currency: () => string | null
  /** Until it is decided, and from then until it is used, in ms. */
  readonly waitsMs: number
  readonly holdsMs: number
  /** Whether the thing lies within somebody's scope. */
  readonly reached: (reach: Reach, subjectId: string) => boolean
  /** Null: not there, or nothing to decide about any more. May take its time, in slices. */
  readonly look: (subjectId: string) => Promise<ApprovalThing | null>
  /** Null as `look`. Cheap. */
  readonly size: (subjectId: string) => ApprovalSize | null
  readonly revision: (subjectId: string) => number | null
  /** Its approval moved: whoever shows the thing asks again. */
  readonly moved: (subjectId: string) => void
}

/** What the capability whose act it is asks before it acts. */
export interface ApprovalGate {
  /** As the rule stands now. */
  readonly needs: (
    kind: ApprovalKindName,
    thing: Pick<ApprovalThing, 'measure' | 'grave'>,
  ) => boolean
  /** Errors: `approval-needed`. */
  readonly check: (kind: ApprovalKindName, subjectId: string, contentHash: string) => void
  /** SECURITY: in the transaction of the act itself: once and no more. Errors: `approval-needed`. */
  readonly use: (
    tx: Transaction,
    kind: ApprovalKindName,
    subjectId: string,
    contentHash: string,
    by: string,
  ) => void
  /** Wall ms until which the thing is kept for its approval; null: it is not. */
  readonly heldUntil: (kind: ApprovalKindName, subjectId: string) => number | null
}

/** Who somebody is and what he may, at this moment. */
export interface PersonNow {
  /** May sign in. */
  readonly active: boolean
  readonly employeeId: string | null
  readonly permissions: ReadonlySet<string>
}

/** And how far. */
export interface PersonReaching extends PersonNow {
  readonly reach: Reach
}

export interface ApprovalPeople {
  readonly now: (accountId: string) => PersonReaching
  readonly nameOf: (accountId: string) => string | null
  /** Accounts that may sign in and have done so, or could. */
  readonly active: () => readonly string[]
  /**
   * Who has had the use of this account since then, being somebody else: who made it or gave it a
   * one-time code.
   */
  readonly handsOn: (accountId: string, since: number) => readonly string[]
}
