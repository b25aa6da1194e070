import type { Transaction } from '../../store/write-path.ts'
import type { ProvisioningDependencies } from '../ports.ts'

/** One line of the audit trail: what was about to be sent, or what came of it. */
export interface JournalNote {
  readonly planId: string
  readonly target: number
  readonly step: number | null
  readonly kind: string
  readonly oltId: string
  readonly state: string
  readonly code: string | null
}

/**
 * Writes what is about to happen and what happened. Resolves when it is on the disk: only then may a
 * line go out. What several OLTs have to write at the same moment goes into one transaction, so that
 * they share the wait for the disk.
 */
export interface Journal {
  readonly commit: (
    notes: readonly JournalNote[],
    apply: (tx: Transaction) => void,
  ) => Promise<void>
}

interface Entry {
  readonly notes: readonly JournalNote[]
  readonly apply: (tx: Transaction) => void
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export const createJournal = (write: ProvisioningDependencies['write']): Journal => {
  let waiting: Entry[] = []
  const flush = (): void => {
    const entries = waiting
    waiting = []
    try {
      write('provisioning.journal', { entries: entries.flatMap(({ notes }) => notes) }, (tx) => {
        for (const { apply } of entries) apply(tx)
      })
    } catch (error) {
      for (const { reject } of entries) reject(error)
      return
    }
    for (const { resolve } of entries) resolve()
  }
  return {
    commit: (notes, apply) =>
      new Promise((resolve, reject) => {
        waiting.push({ notes, apply, resolve, reject })
        if (waiting.length === 1) setImmediate(flush)
      }),
  }
}
