import type { ApprovalGate } from '../../src-main/engine/approval-ports.ts'

/** Nothing needs a second person: every rule is off. */
export const nobodyElse: ApprovalGate = {
  needs: () => false,
  check: () => undefined,
  use: () => undefined,
  heldUntil: () => null,
}

/** What billing is given where nobody else decides, and nothing is left to chance. */
export const alone = { approvals: nobodyElse, vaultKey: Buffer.alloc(32, 5), chance: () => 0 }
