import { NocturneError } from '../../src-shared/errors.ts'
import { confirmByName, type Confirm } from '../engine/confirm.ts'
import type { CommandHandlers } from '../engine/handlers.ts'
import type { OltConfigs } from '../engine/olt-configs.ts'
import type { BackupBook } from './backup-book.ts'
import { exportName, writeExport } from './export-file.ts'
import type { MakeBackup, Made } from './make-backup.ts'
import { putAccepted, putSchedule, type VersionRow } from './tables.ts'

export type OltBackupsCommand =
  | 'olt-backups.make'
  | 'olt-backups.setSchedule'
  | 'olt-backups.accept'
  | 'olt-backups.exportUnmasked'
  | 'olt-backups.exportByOlt'

export const createOltBackupsCommands = (deps: {
  readonly now: () => number
  readonly book: BackupBook
  readonly nameOf: (oltId: string) => string | null
  readonly exportsFolder: string
  readonly readText: (versionId: string) => string | null
  readonly confirm: Confirm
  readonly configs: Pick<OltConfigs, 'of'>
  /** Errors: `cli-busy` where one is being made, those of the OLT, `cancelled`. */
  readonly make: (request: MakeBackup) => Promise<Made>
  readonly onChange: (oltId: string) => void
}): CommandHandlers<OltBackupsCommand> => {
  const { book } = deps

  /** Errors: `not-found`. */
  const name = (oltId: string): string => {
    const found = deps.nameOf(oltId)
    if (found === null) throw new NocturneError('not-found', { what: 'olt' })
    return found
  }

  const version = (versionId: string): VersionRow => {
    const found = book.version(versionId)
    if (found === null) throw new NocturneError('not-found', { what: 'olt-backup' })
    return found
  }

  return {
    'olt-backups.make': async ({ oltId, taskId }, { signal, progress }) => {
      name(oltId)
      // How much there will be is not told; it was about so much the last time.
      const before = book.versions(oltId)[0]?.bytes ?? null
      const made = await deps.make({
        oltId,
        by: 'person',
        signal,
        onProgress: (characters) =>
          progress(
            taskId,
            'read',
            characters,
            before === null ? null : Math.max(before, characters),
          ),
      })
      return {
        apply: (tx) => {
          made.apply(tx)
          return { versionId: made.versionId, changed: made.changed }
        },
        after: () => {
          made.taken()
          deps.onChange(oltId)
        },
      }
    },

    'olt-backups.setSchedule': ({ oltId, schedule }) => {
      name(oltId)
      return {
        apply: (tx) => {
          putSchedule(tx, oltId, schedule)
          tx.change({
            entity: 'olt-backup-schedule',
            entityId: oltId,
            kind: 'updated',
            version: 1,
            data: schedule,
          })
          return {}
        },
        after: () => {
          book.setSchedule(oltId, schedule)
          deps.onChange(oltId)
        },
      }
    },

    'olt-backups.accept': ({ versionId, note }) => {
      const { oltId, firstAt } = version(versionId)
      const at = deps.now()
      /** Whoever accepts a change has seen what came before it too. */
      const isAccepted = (one: VersionRow): boolean =>
        one.id === versionId || (!one.explained && one.acceptedAt === null && one.firstAt < firstAt)
      const next = book
        .versions(oltId)
        .map((one) =>
          isAccepted(one)
            ? { ...one, acceptedAt: at, note: one.id === versionId ? note : one.note }
            : one,
        )
      return {
        apply: (tx) => {
          for (const one of next.filter(isFresh(at))) putAccepted(tx, one.id, one.note, at)
          return {}
        },
        after: () => {
          book.setVersions(oltId, next)
          deps.onChange(oltId)
        },
      }
    },

    'olt-backups.exportUnmasked': async ({ versionId }, context) => {
      const found = version(versionId)
      // SECURITY: passwords of a network leave the store: asked outside the page, each time.
      await confirmByName(deps.confirm, context, () => ({
        oltName: name(found.oltId),
        action: 'export-unmasked',
        risk: 'read',
        change: 'export',
        lines: [],
      }))
      const text = deps.readText(versionId)
      if (text === null) throw new NocturneError('not-found', { what: 'olt-backup' })
      const fileName = exportName(name(found.oltId), found, deps.now())
      return {
        apply: () => ({ folder: deps.exportsFolder, fileName }),
        // Written when the audit trail has it.
        after: () => writeExport(deps.exportsFolder, fileName, text),
      }
    },

    'olt-backups.exportByOlt': async ({ oltId, taskId, user, password, ...where }, context) => {
      const target = { ...where, userName: user, password }
      // SECURITY: passwords of a network leave the OLT for a machine that the page names. What cannot
      // be said to this OLT is told before anybody is asked.
      await confirmByName(deps.confirm, context, () => ({
        oltName: name(oltId),
        action: 'export-by-olt',
        risk: 'read',
        change: 'export',
        lines: deps.configs
          .of(oltId)
          .renderExport(target)
          .map(({ mode, line }) => `(${mode})# ${line}`),
      }))
      return {
        apply: () => ({}),
        // Sent when the audit trail has it, and not when the same call comes again.
        after: async () => {
          context.progress(taskId, 'send', 0, null)
          await deps.configs.of(oltId).exportConfiguration(target, context.signal)
        },
      }
    },
  }
}

const isFresh =
  (at: number) =>
  ({ acceptedAt }: VersionRow): boolean =>
    acceptedAt === at
