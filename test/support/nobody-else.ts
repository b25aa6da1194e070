import type { ApprovalGate } from '../../src-main/engine/approval-ports.ts'

/** Nothing needs a second person: every rule is off. */
export const nobodyElse: ApprovalGate = {
  needs: () => false,
  check: () => undefined,
  use: () => undefined,
  heldUntil: () => null,
}
