import type { Clock } from '../engine/clock.ts'

/** Sign-ins that wait for their second step, by client. They allow nothing but that step. */

/** Of each step. */
const stepMs = 5 * 60_000

export interface PendingSignIn {
  readonly accountId: string
  readonly next: 'second-factor' | 'set-up-second-factor'
  /** With what the first step was done. */
  readonly means: 'password' | 'one-time-code' | 'recovery-kit' | 'oidc'
}

export interface PendingSignIns {
  /** Null also where it has come to its end. */
  get(clientId: number): PendingSignIn | null
  begin(clientId: number, pending: PendingSignIn): void
  /** Another step was done: its five minutes begin anew. */
  prolong(clientId: number): void
  end(clientId: number): void
}

export const createPendingSignIns = ({ monotonic }: Pick<Clock, 'monotonic'>): PendingSignIns => {
  const byClient = new Map<number, { readonly pending: PendingSignIn; until: number }>()
  const get = (clientId: number): PendingSignIn | null => {
    const found = byClient.get(clientId)
    if (found === undefined) return null
    if (monotonic() < found.until) return found.pending
    byClient.delete(clientId)
    return null
  }
  return {
    get,
    begin: (clientId, pending) => {
      byClient.set(clientId, { pending, until: monotonic() + stepMs })
    },
    prolong(clientId) {
      const pending = get(clientId)
      if (pending !== null) byClient.set(clientId, { pending, until: monotonic() + stepMs })
    },
    end: (clientId) => {
      byClient.delete(clientId)
    },
  }
}
