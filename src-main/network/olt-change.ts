import type { CommandPlan } from '../engine/handlers.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { OltRecord, OltRecords } from './olt-records.ts'
import { oltInTransaction, refuseTakenAddress, replaceOlt, type OltRow } from './tables.ts'

export interface OltChange {
  readonly oltId: string
  /** The version that was edited; null: whatever it is now. */
  readonly baseVersion: number | null
  /** Which OLTs it is for; of the other kind: `not-found`, or `conflict` for one that is there. */
  readonly of: 'present' | 'removed'
  /** Pure; may throw a NocturneError. The version is raised here. */
  readonly next: (before: OltRow) => Partial<OltRow>
  /** Once it is on disk and in live state. */
  readonly done: (record: OltRecord) => void
}

/**
 * The one way in which an OLT that is stored changes. Errors: `not-found`, `conflict` with the
 * version that it has now, `olt-address-taken`, and those of `next`.
 */
export const createOltChanger = (deps: {
  readonly records: OltRecords
  readonly now: () => number
}) => {
  const { records, now } = deps
  return (change: OltChange): CommandPlan<{ version: number }> => {
    let after: OltRow
    return {
      apply: (tx) => {
        const before = oltInTransaction(tx, change.oltId)
        if (before === null) throw new NocturneError('not-found', { what: 'olt' })
        const isRemoved = before.deletedAt !== null
        if (isRemoved && change.of === 'present') {
          throw new NocturneError('not-found', { what: 'olt' })
        }
        if (change.baseVersion !== null && before.version !== change.baseVersion) {
          throw new NocturneError('conflict', { what: 'olt', version: before.version })
        }
        if (!isRemoved && change.of === 'removed') {
          throw new NocturneError('conflict', { what: 'olt' })
        }
        after = { ...before, ...change.next(before), version: before.version + 1 }
        if (after.deletedAt === null) refuseTakenAddress(tx, after)
        replaceOlt(tx, after, now())
        return { version: after.version }
      },
      after: () => {
        const record = records.get(change.oltId)
        if (record === undefined) return
        records.setRow(record, after)
        change.done(record)
      },
    }
  }
}
