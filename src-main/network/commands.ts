import type { CommandHandlers } from '../engine/handlers.ts'
import type { ChangedSnmpAccess } from '../../src-shared/contract/snmp-access.ts'
import { createOltChanger } from './olt-change.ts'
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
import { insertOlt, refuseTakenAddress, type OltRow } from './tables.ts'

export type NetworkCommand =
  | 'network.addOlt'
  | 'network.updateOlt'
  | 'network.removeOlt'
  | 'network.restoreOlt'
  | 'network.setQuiet'
  | 'network.pollNow'

const minuteMs = 60_000

export const createNetworkCommands = (deps: {
  readonly records: OltRecords
  readonly now: () => number
  readonly newId: () => string
  readonly vaultKey: Uint8Array
  readonly isSimulated: (address: { readonly host: string; readonly port: number }) => boolean
  /** An OLT was added, or has come back. */
  readonly begin: (record: OltRecord) => void
  readonly change: (record: OltRecord) => void
  readonly end: (record: OltRecord) => void
  readonly quieten: (record: OltRecord) => void
  readonly pollNow: (oltId: string, group: 'status' | 'optics' | 'counters' | 'identity') => void
}): CommandHandlers<NetworkCommand> => {
  const { records, now, newId } = deps
  const changeOlt = createOltChanger(deps)

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
        opticsPolling: input.opticsPolling,
        quiet: null,
        note: noteOf(input.note),
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

    'network.updateOlt': (input) =>
      changeOlt({
        oltId: input.oltId,
        baseVersion: input.baseVersion,
        of: 'present',
        next: (before) => ({
          name: input.name ?? before.name,
          host: input.host ?? before.host,
          port: input.port ?? before.port,
          ...accessAfter(input, before),
          opticClass: input.opticClass ?? before.opticClass,
          intervals: input.intervals ?? before.intervals,
          opticsPolling: input.opticsPolling ?? before.opticsPolling,
          note: input.note === undefined ? before.note : noteOf(input.note),
        }),
        done: deps.change,
      }),

    'network.removeOlt': ({ oltId, baseVersion }) =>
      changeOlt({
        oltId,
        baseVersion,
        of: 'present',
        next: () => ({ deletedAt: now() }),
        done: deps.end,
      }),

    'network.restoreOlt': ({ oltId, baseVersion }) =>
      changeOlt({
        oltId,
        baseVersion,
        of: 'removed',
        next: () => ({ deletedAt: null }),
        done: deps.begin,
      }),

    // No base version: who wants an OLT left alone wants it whatever was edited meanwhile.
    'network.setQuiet': ({ oltId, quiet, minutes }) =>
      changeOlt({
        oltId,
        baseVersion: null,
        of: 'present',
        next: () => {
          if (!quiet) return { quiet: null }
          const at = now()
          const since = records.get(oltId)?.status.quiet?.since ?? at
          return { quiet: { since, until: minutes === null ? null : at + minutes * minuteMs } }
        },
        done: deps.quieten,
      }),

    'network.pollNow': ({ oltId, group }) => {
      records.presentOne(oltId)
      return { apply: () => ({}), after: () => deps.pollNow(oltId, group) }
    },
  }
}

const noteOf = (note: string | null): string | null => (note === '' ? null : note)
