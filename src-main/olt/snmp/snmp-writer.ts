import { openSnmpSession, type SnmpSession, type SnmpSessionOptions } from './session.ts'
import type { SnmpSetting } from './set.ts'

/** SETs on one OLT, each in a session of its own: they are rare, and no socket stays behind. */
export interface SnmpWriter {
  /** Sent once: what an OLT may have taken is not said again. Errors: as createSet (set.ts). */
  readonly set: (settings: readonly SnmpSetting[], signal: AbortSignal) => Promise<void>
}

export const createSnmpWriter = (
  options: () => Omit<SnmpSessionOptions, 'retries'>,
  open: (options: SnmpSessionOptions) => Promise<SnmpSession> = openSnmpSession,
): SnmpWriter => ({
  set: async (settings, signal) => {
    // SECURITY: a SET that got no answer is never repeated by itself.
    const session = await open({ ...options(), retries: 0 })
    try {
      await session.set(settings, signal)
    } finally {
      session.close()
    }
  },
})
