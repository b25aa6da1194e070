import { z } from 'zod'
import { done, instant, line, password, problem, taskId, uuid } from './common.ts'
import { command, event, query } from './define.ts'
import { ofOlt, ofVersion, ofVersions } from './scope-rules.ts'

/** Configurations of OLTs: fetched, kept encrypted, versioned by content, compared, put back. */

const read = 'olt-backups.config.read'
const manage = 'olt-backups.config.manage'
/** What leaves the console with passwords in it: apart, so that fetching gives no right to it. */
const exportWhole = 'olt-backups.config.export'

/** How an OLT sends its configuration by itself, where its family does. */
export const exportWays = ['tftp', 'ftp', 'sftp'] as const

export const backupSchedule = z.strictObject({
  /** Null: only on demand. */
  everyHours: z.int().min(1).max(8760).nullable().default(24),
  /** How many different contents are kept per OLT; the one in force is never dropped. */
  keep: z.int().min(2).max(1000).default(60),
  /** Wall hour 0..23 near which it is done; null: any time. */
  atHour: z.int().min(0).max(23).nullable().default(3),
})

export const backupVersion = z.object({
  id: uuid,
  oltId: uuid,
  /** First and last time this content was read. */
  firstAt: z.number(),
  lastAt: z.number(),
  /** Hex of the content's SHA-256. */
  sha256: z.string(),
  lines: z.int(),
  bytes: z.int(),
  by: z.enum(['schedule', 'person', 'before-change', 'after-change']),
  /** Lines that differ from the version before. */
  added: z.int(),
  removed: z.int(),
  /** False: no change made by the console explains the difference. */
  explained: z.boolean(),
  /** Plans of the console that ran between this one and the one before. */
  planIds: z.array(uuid),
  note: z.string(),
})

export type OltBackupVersion = z.output<typeof backupVersion>

export const oltBackupState = z.object({
  oltId: uuid,
  oltName: z.string(),
  schedule: backupSchedule,
  lastAt: instant,
  /** When the schedule wants the next one; null: never. */
  nextAt: instant,
  overdue: z.boolean(),
  /** An unknown change that nobody has accepted yet. */
  unknownChangeAt: instant,
  versions: z.int(),
  lastProblem: problem.extend({ at: instant }).nullable(),
  running: z.boolean(),
  /** Why none can be made; null: it can. */
  obstacle: problem.nullable(),
  /** How the OLT can send its configuration by itself (`exportByOlt`); mostly none. */
  exportsBy: z.array(z.enum(exportWays)),
})

export type OltBackupState = z.output<typeof oltBackupState>

export const diffLine = z.object({
  /** `gap`: `count` equal lines are left out. */
  kind: z.enum(['same', 'added', 'removed', 'gap']),
  /** Secrets masked. */
  text: z.string(),
  /** Line numbers from 1; null on the side where it is not. */
  before: z.int().nullable(),
  after: z.int().nullable(),
  count: z.int().optional(),
})

export const oltBackupsQueries = {
  'olt-backups.overview': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({}),
    output: z.object({ olts: z.array(oltBackupState) }),
  }),
  /** The latest first. */
  'olt-backups.versions': query({
    access: read,
    scope: ofOlt,
    input: z.strictObject({ oltId: uuid }),
    output: z.object({ state: oltBackupState, versions: z.array(backupVersion) }),
  }),
  /** One version as text, secrets masked. */
  'olt-backups.text': query({
    access: read,
    scope: ofVersion,
    input: z.strictObject({ versionId: uuid }),
    output: z.object({ version: backupVersion, text: z.string() }),
  }),
  /** Two versions, also of different OLTs. Secrets masked: that one differs is told, not how. */
  'olt-backups.diff': query({
    access: read,
    scope: ofVersions,
    input: z.strictObject({
      beforeId: uuid,
      afterId: uuid,
      context: z.int().min(0).max(20).default(3),
    }),
    output: z.object({
      before: backupVersion,
      after: backupVersion,
      lines: z.array(diffLine),
      added: z.int(),
      removed: z.int(),
      /** More lines differ than are shown. */
      cut: z.boolean(),
    }),
  }),
  /** How a person puts a version back: no plan does it, as a reading back could not prove it. */
  'olt-backups.restoreGuide': query({
    access: manage,
    scope: ofVersion,
    input: z.strictObject({ versionId: uuid }),
    output: z.object({
      /** Keys of texts in the renderer's locales, with parameters. */
      steps: z.array(z.object({ key: z.string(), params: z.record(z.string(), z.string()) })),
    }),
  }),
}

export const oltBackupsCommands = {
  /** Reads the configuration now. Progress by `taskId`: characters read. */
  'olt-backups.make': command({
    access: manage,
    scope: ofOlt,
    input: z.strictObject({ oltId: uuid, taskId }),
    output: z.object({ versionId: uuid, changed: z.boolean() }),
  }),
  'olt-backups.setSchedule': command({
    access: manage,
    scope: ofOlt,
    input: z.strictObject({ oltId: uuid, schedule: backupSchedule }),
    output: done,
  }),
  /** The unknown change was looked at: the alarm ends. */
  'olt-backups.accept': command({
    access: manage,
    scope: ofVersion,
    input: z.strictObject({ versionId: uuid, note: z.string().trim().max(500) }),
    output: done,
  }),
  /**
   * SECURITY: writes a version as the OLT sent it, passwords and all, into the workspace's `exports`
   * folder (mode 0600): it never passes the page. Confirmed outside the page; audited.
   */
  'olt-backups.exportUnmasked': command({
    access: exportWhole,
    scope: ofVersion,
    stepUp: true,
    input: z.strictObject({ versionId: uuid }),
    output: z.object({ folder: z.string(), fileName: z.string() }),
  }),
  /**
   * SECURITY: the OLT sends its configuration by itself, passwords and all and mostly in the clear, to
   * a server of the person's. Confirmed outside the page, with the very lines; in the audit trail
   * before the first of them is sent. It waits for the OLT's one writer. What comes back: the OLT said
   * that it is done. Nothing is kept here.
   */
  'olt-backups.exportByOlt': command({
    access: exportWhole,
    scope: ofOlt,
    stepUp: true,
    input: z.strictObject({
      oltId: uuid,
      taskId,
      by: z.enum(exportWays),
      /** As the OLT reaches it; the family's pattern says what it takes (mostly addresses alone). */
      host: line(253),
      file: line(128),
      user: line(64).nullable().default(null),
      password: password.nullable().default(null),
    }),
    secrets: ['password'],
    output: done,
  }),
}

export const oltBackupsEvents = {
  'olt-backups.changed': event({
    access: read,
    scope: ofOlt,
    delivery: 'latest',
    payload: z.object({ oltId: uuid }),
  }),
}
