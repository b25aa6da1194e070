import type { Confirm } from '../../src-main/engine/confirm.ts'
import type { ApprovalGate } from '../../src-main/engine/approval-ports.ts'

/** Nothing needs a second person: every rule is off. */
export const nobodyElse: ApprovalGate = {
  needs: () => false,
  check: () => undefined,
  use: () => undefined,
  heldUntil: () => null,
}

/** Every question outside the page is answered with yes. */
export const alwaysYes: Confirm = () => Promise.resolve(true)

/** What billing is given where nobody else decides, and nothing is left to chance. */
export const alone = {
  confirm: alwaysYes,
  approvals: nobodyElse,
  vaultKey: Buffer.alloc(32, 5),
  chance: () => 0,
}
