import type { CommandHandlers } from '../engine/handlers.ts'
import type { ChangedSnmpAccess } from '../../src-shared/contract/snmp-access.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Transaction } from '../store/write-path.ts'
import type { OltRecord, OltRecords } from './olt-records.ts'
import {
  accessOf,
  changedAccess,
  changesAccess,
  openAccess,
  sealAccess,
  shownAccessOf,
  type SnmpAccess,
} from './snmp-access.ts'
import {
  insertOlt,
  oltInTransaction,
  refuseTakenAddress,
  replaceOlt,
  type OltRow,
} from './tables.ts'

export type NetworkCommand =
  | 'network.addOlt'
  | 'network.updateOlt'
  | 'network.removeOlt'
  | 'network.restoreOlt'
  | 'network.pollNow'

export const createNetworkCommands = (deps: {
  readonly records: OltRecords
  readonly now: () => number
  readonly newId: () => string
  readonly vaultKey: Uint8Array
  /** An OLT was added, or has come back. */
  readonly begin: (record: OltRecord) => void
  readonly isSimulated: (address: { readonly host: string; readonly port: number }) => boolean
  readonly change: (record: OltRecord) => void
  readonly end: (record: OltRecord) => void
  readonly pollNow: (oltId: string, group: 'status' | 'optics' | 'counters' | 'identity') => void
}): CommandHandlers<NetworkCommand> => {
  const { records, now, newId } = deps

  const accessColumns = (access: SnmpAccess, oltId: string) => ({
    snmp: shownAccessOf(access),
    ...sealAccess(access, deps.vaultKey, oltId),
  })

  const accessAfter = (
    input: ChangedSnmpAccess,
    before: OltRow,
  ): Partial<ReturnType<typeof accessColumns>> =>
    changesAccess(input)
      ? accessColumns(
          changedAccess(input, before.snmp, () => openAccess(before, deps.vaultKey, before.id)),
          before.id,
        )
      : {}

  const stored = (tx: Transaction, oltId: string): OltRow => {
    const row = oltInTransaction(tx, oltId)
    if (row === null) throw new NocturneError('not-found', { what: 'olt' })
    return row
  }

  const refuseStale = (row: OltRow, baseVersion: number): void => {
    if (row.version !== baseVersion) {
      throw new NocturneError('conflict', { what: 'olt', version: row.version })
    }
  }

  return {
    'network.addOlt': (input) => {
      const id = newId()
      const row: OltRow = {
        id,
        name: input.name,
        host: input.host,
        port: input.port,
        ...accessColumns(accessOf(input), id),
        opticClass: input.opticClass,
        intervals: input.intervals,
        note: input.note === '' ? null : input.note,
        version: 1,
        deletedAt: null,
      }
      return {
        apply: (tx) => {
          refuseTakenAddress(tx, row)
          insertOlt(tx, row, now())
          return { oltId: id }
        },
        after: () => deps.begin(records.add(row, deps.isSimulated(row))),
      }
    },

    'network.updateOlt': (input) => {
      const { oltId, baseVersion } = input
      let next: OltRow
      return {
        apply: (tx) => {
          const before = stored(tx, oltId)
          if (before.deletedAt !== null) throw new NocturneError('not-found', { what: 'olt' })
          refuseStale(before, baseVersion)
          next = {
            ...before,
            name: input.name ?? before.name,
            host: input.host ?? before.host,
            port: input.port ?? before.port,
            ...accessAfter(input, before),
            opticClass: input.opticClass ?? before.opticClass,
            intervals: input.intervals ?? before.intervals,
            note: input.note === undefined ? before.note : input.note === '' ? null : input.note,
            version: before.version + 1,
          }
          refuseTakenAddress(tx, next)
          replaceOlt(tx, next, now())
          return { version: next.version }
        },
        after: () => {
          const record = records.get(oltId)
          if (record === undefined) return
          records.setRow(record, next)
          deps.change(record)
        },
      }
    },

    'network.removeOlt': ({ oltId, baseVersion }) => {
      let next: OltRow
      return {
        apply: (tx) => {
          const before = stored(tx, oltId)
          if (before.deletedAt !== null) throw new NocturneError('not-found', { what: 'olt' })
          refuseStale(before, baseVersion)
          next = { ...before, version: before.version + 1, deletedAt: now() }
          replaceOlt(tx, next, now())
          return { version: next.version }
        },
        after: () => {
          const record = records.get(oltId)
          if (record === undefined) return
          records.setRow(record, next)
          deps.end(record)
        },
      }
    },

    'network.restoreOlt': ({ oltId, baseVersion }) => {
      let next: OltRow
      return {
        apply: (tx) => {
          const before = stored(tx, oltId)
          refuseStale(before, baseVersion)
          if (before.deletedAt === null) throw new NocturneError('conflict', { what: 'olt' })
          next = { ...before, version: before.version + 1, deletedAt: null }
          refuseTakenAddress(tx, next)
          replaceOlt(tx, next, now())
          return { version: next.version }
        },
        after: () => {
          const record = records.get(oltId)
          if (record === undefined) return
          records.setRow(record, next)
          deps.begin(record)
        },
      }
    },

    'network.pollNow': ({ oltId, group }) => {
      const record = records.get(oltId)
      if (record === undefined || record.row.deletedAt !== null) {
        throw new NocturneError('not-found', { what: 'olt' })
      }
      return { apply: () => ({}), after: () => deps.pollNow(oltId, group) }
    },
  }
}
