import type { ApprovalKind, ApprovalPeople } from '../engine/approval-ports.ts'
import type { Clock } from '../engine/clock.ts'
import type { Confirm } from '../engine/confirm.ts'
import type { EngineWrite } from '../engine/engine-write.ts'
import type { Emit } from '../engine/handlers.ts'
import type { Sessions } from '../engine/sessions.ts'
import type { StoreReader } from '../store/read-handle.ts'

/** What approvals need of the house; wired in engine/open-workspace.ts. */
export interface ApprovalsDependencies {
  readonly clock: Clock
  readonly newId: () => string
  readonly emit: Emit
  readonly reader: StoreReader
  readonly write: EngineWrite
  readonly sessions: Sessions
  readonly confirm: Confirm
  readonly people: ApprovalPeople
  /** Asked at each call: capabilities are made one after the other. */
  readonly kinds: () => readonly ApprovalKind[]
}
