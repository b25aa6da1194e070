import { z } from 'zod'
import { done, instant, line, problem, taskId, uuid } from './common.ts'
import { command, event, query } from './define.ts'
import { ofOlt, ofTranscript } from './scope-rules.ts'

/**
 * The CLI of OLTs: how each lets us in, which key it showed, its sessions, and a terminal for
 * experts on the same rules.
 */

const read = 'olt-cli.access.read'
const manage = 'olt-cli.access.manage'
const terminal = 'olt-cli.terminal.use'
/** A terminal that may change the OLT. */
const terminalWrite = 'olt-cli.terminal.write'
const transcriptRead = 'olt-cli.transcript.read'

export const cliTransports = ['ssh', 'telnet'] as const

const host = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^[A-Za-z0-9_.:-]+$/, 'host')

/** Secrets: printable, one line; what a CLI asks for at a prompt. */
const secret = z
  .string()
  .min(1)
  .max(256)
  .regex(/^\P{Cc}*$/u, 'control characters')

const accessFields = {
  transport: z.enum(cliTransports).default('ssh'),
  /** Null: the address that SNMP uses. */
  host: host.nullable().default(null),
  port: z.int().min(1).max(65_535).default(22),
  userName: line(64),
  /** SECURITY: off until somebody allows it for this OLT; then a warning stays visible. */
  allowTelnet: z.boolean().default(false),
  /** Old SSH algorithms (SHA-1, CBC, 1024-bit groups), where the family knows them too. */
  allowLegacySsh: z.boolean().default(false),
  /** Sessions for reading at once; writing always takes one more at most. */
  maxReaders: z.int().min(1).max(4).default(2),
}

export const hostKey = z.object({
  /** `ssh-ed25519`, `rsa-sha2-256` … */
  algorithm: z.string(),
  /** `SHA256:…`, as ssh-keygen prints it. */
  fingerprint: z.string(),
  at: z.number(),
})

export const oltCliAccess = z.object({
  oltId: uuid,
  /** False: nothing was entered yet; the other fields are defaults. */
  configured: z.boolean(),
  version: z.int(),
  ...accessFields,
  userName: z.string(),
  hasPassword: z.boolean(),
  hasEnablePassword: z.boolean(),
  hasWriteCommunity: z.boolean(),
  /** Pinned at first use. */
  hostKey: hostKey.nullable(),
  /** It showed another key since: refused until somebody trusts it. */
  offeredHostKey: hostKey.nullable(),
  /** Failed logins in a row. At two nothing logs in by itself any more. */
  failedLogins: z.int(),
  /** Why nothing can be done over the CLI now; null: it can. */
  obstacle: problem.nullable(),
  lastProblem: problem.extend({ at: instant }).nullable(),
  lastLoginAt: instant,
  sessions: z.object({
    writer: z.enum(['none', 'idle', 'busy']),
    readers: z.int(),
    waiting: z.int(),
    allowedReaders: z.int(),
    /** The most writers that were open at once since they last began; never more than one. */
    peakWriters: z.int(),
  }),
  /** Transports that the family speaks; empty: it has no CLI profile. */
  familyTransports: z.array(z.enum(cliTransports)),
  familyKnowsLegacySsh: z.boolean(),
})

export type OltCliAccess = z.output<typeof oltCliAccess>

export const transcriptRow = z.object({
  id: uuid,
  oltId: uuid,
  oltName: z.string(),
  by: z.string(),
  startedAt: z.number(),
  endedAt: instant,
  /** Lines that were sent. */
  lines: z.int(),
  mayWrite: z.boolean(),
})

export const oltCliQueries = {
  'olt-cli.access': query({
    access: read,
    scope: ofOlt,
    input: z.strictObject({ oltId: uuid }),
    output: z.object({ access: oltCliAccess }),
  }),
  /** Every OLT that has something to say: no access, telnet in use, key changed, logins paused. */
  'olt-cli.overview': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({}),
    output: z.object({ olts: z.array(oltCliAccess.extend({ oltName: z.string() })) }),
  }),
  /** The latest first. */
  'olt-cli.transcripts': query({
    access: transcriptRead,
    scope: 'narrowed',
    input: z.strictObject({
      oltId: uuid.nullable().default(null),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.object({ total: z.int(), transcripts: z.array(transcriptRow) }),
  }),
  /** What was typed and answered, secrets masked. */
  'olt-cli.transcript': query({
    access: transcriptRead,
    scope: ofTranscript,
    input: z.strictObject({ transcriptId: uuid }),
    output: z.object({ transcript: transcriptRow, text: z.string() }),
  }),
}

export const oltCliCommands = {
  /** Secrets left out stay as they are. Changing who logs in forgets failed logins. */
  'olt-cli.setAccess': command({
    access: manage,
    scope: ofOlt,
    input: z.strictObject({
      oltId: uuid,
      /** 0: nothing was entered before. */
      baseVersion: z.int(),
      ...accessFields,
      password: secret.optional(),
      /** Null: there is none. */
      enablePassword: secret.nullable().optional(),
      /** For families that change something over SNMP. */
      writeCommunity: secret.nullable().optional(),
    }),
    secrets: ['password', 'enablePassword', 'writeCommunity'],
    output: z.object({ version: z.int() }),
  }),
  'olt-cli.removeAccess': command({
    access: manage,
    scope: ofOlt,
    input: z.strictObject({ oltId: uuid, baseVersion: z.int() }),
    output: done,
  }),
  /** Logs in and out once, pins a key that is new. A failure is the answer, not an error. */
  'olt-cli.test': command({
    access: manage,
    scope: ofOlt,
    input: z.strictObject({ oltId: uuid, taskId }),
    output: z.object({
      /** Null: it went well. */
      problem: problem.nullable(),
      prompt: z.string().nullable(),
      ms: z.number().nullable(),
    }),
  }),
  /** The person has compared the fingerprint with the OLT's own. */
  'olt-cli.trustHostKey': command({
    access: manage,
    scope: ofOlt,
    stepUp: true,
    input: z.strictObject({ oltId: uuid, fingerprint: z.string().max(100) }),
    output: done,
  }),
  /** Logins may be tried again: once, and once more. */
  'olt-cli.resumeLogins': command({
    access: manage,
    scope: ofOlt,
    input: z.strictObject({ oltId: uuid }),
    output: done,
  }),
  /**
   * Opens a terminal in a session of its own; it ends with the client, the lock and after five idle
   * minutes. `write`: needs `olt-cli.terminal.write` and a confirmation outside the page, and takes
   * the OLT's one writer session.
   */
  'olt-cli.openTerminal': command({
    access: terminal,
    scope: ofOlt,
    input: z.strictObject({ oltId: uuid, taskId, write: z.boolean().default(false) }),
    output: z.object({ terminalId: uuid, prompt: z.string() }),
  }),
  /**
   * One line. Read-only terminals refuse what the family does not list as reading
   * (`cli-not-read-only`). What is answered comes as `olt-cli.terminalOutput`.
   */
  'olt-cli.sendLine': command({
    access: terminal,
    scope: 'nothing',
    input: z.strictObject({ terminalId: uuid, line: z.string().max(1000) }),
    /** A line may hold a password. The transcript masks what the family calls secret. */
    secrets: ['line'],
    output: done,
  }),
  /** Ctrl-C, as the family interrupts. */
  'olt-cli.interrupt': command({
    access: terminal,
    scope: 'nothing',
    input: z.strictObject({ terminalId: uuid }),
    output: done,
  }),
  'olt-cli.closeTerminal': command({
    access: terminal,
    scope: 'nothing',
    input: z.strictObject({ terminalId: uuid }),
    output: done,
  }),
}

/** Named so that `terminalWrite` is in the contract: asked in the handler of openTerminal. */
export const oltCliExtraPermissions = [terminalWrite] as const

export const oltCliEvents = {
  'olt-cli.changed': event({
    access: read,
    scope: ofOlt,
    delivery: 'latest',
    payload: z.object({ oltId: uuid }),
  }),
  'olt-cli.terminalOutput': event({
    access: terminal,
    scope: 'nothing',
    delivery: 'all',
    payload: z.object({
      terminalId: uuid,
      /** Counts up from 0: a gap means something was lost. */
      seq: z.int(),
      /** Control characters stripped but for line ends. */
      text: z.string(),
      /** The prompt that waits now; null: still answering. */
      prompt: z.string().nullable(),
      /** Why the terminal ended; null: it goes on. */
      ended: problem.nullable(),
    }),
  }),
}
