import type { Risk } from '../../src-shared/domain/device-steps.ts'

/**
 * A question to a person outside the page that asked for the act (facts/security.md row 31). Types
 * only. The text is made from these facts by the one who asks (the shell: a window of its own), never
 * taken from the renderer; a client that has no such place is refused.
 */
export interface ConfirmRequest {
  readonly action: 'apply-plan' | 'open-writing-terminal' | 'export-unmasked'
  readonly risk: Risk
  /** `type-name`: the OLT's name; `type-count`: the number of ONUs. */
  readonly how: 'confirm' | 'type-name' | 'type-count'
  /** What has to be typed; empty with `confirm`. */
  readonly expected: string
  /** Kind of the change, as in the contract: `delete`, `move`, `restore` … */
  readonly change: string
  readonly olts: readonly string[]
  readonly onus: number
  /** Some of them: serial and address. */
  readonly samples: readonly string[]
  /** The first lines that would be sent, secrets masked. */
  readonly lines: readonly string[]
  /** Seconds without service, as far as is known. */
  readonly serviceLossS: number | null
  readonly by: string
}

/** True: confirmed by the person at this client. Errors: `confirmation-unavailable`. */
export type Confirm = (
  clientId: number,
  request: ConfirmRequest,
  signal: AbortSignal,
) => Promise<boolean>
