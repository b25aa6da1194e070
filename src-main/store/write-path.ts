import { createHash } from 'node:crypto'
import type { AuditOutcome } from '../../src-shared/domain/audit.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { ErrorCode } from '../../src-shared/errors.ts'
import { appendAudit, checkpointHead } from './audit-append.ts'
import type { Actor } from './audit-append.ts'
import { signWith } from './audit-checkpoint.ts'
import type { Checkpoint, Signed } from './audit-checkpoint.ts'
import { appendLines } from './audit-checkpoint-file.ts'
import { eraseSubjectKey, scrub } from './audit-detail.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Connection } from './connection.ts'
import type { Store } from './open-store.ts'
import { withStoreErrors } from './store-errors.ts'
import { beginWriteTransaction, preparedOf } from './write-transaction.ts'
import type { ChangeRow, Transaction, WriteTransactionEnd } from './write-transaction.ts'
import { writerOf } from './writer-access.ts'
import type { Writer } from './writer-access.ts'

export type { Actor, ChangeRow, Transaction }

/** A command as the write path sees it: permission and input have been checked before. */
export interface CommandCall {
  /** The id its caller made (UUIDv7): the same id never happens twice. */
  readonly commandId: string
  /** The command's name in the contract. */
  readonly name: string
  readonly actor: Actor
  /** The parameters with every secret taken out: plain JSON values. */
  readonly auditInput: unknown
  /** Milliseconds since 1970. */
  readonly at: number
}

export interface CommandOutcome<Result> {
  /** Plain JSON values without secrets: it is stored, and returned again for the same id. */
  readonly result: Result
  /** On top of those the handler noted with `transaction.change`. */
  readonly changes?: readonly ChangeRow[]
}

export interface CommandRun<Result> {
  readonly result: Result
  /** True when this id had been carried out before and nothing was done now. */
  readonly replayed: boolean
}

/**
 * The one way to write. In one transaction: the handler, its change-feed rows, the audit row, and
 * the result under the command's id. When this returns, all of it is on the disk
 * (synchronous=FULL); when it throws, none of it is.
 *
 * Throws 'conflict' when the id was used for another command, other parameters or by another
 * account; 'disk-full', 'store-damaged', 'workspace-in-use'; and whatever the handler throws.
 */
export const runCommand = <Result>(
  store: Store,
  call: CommandCall,
  handler: (transaction: Transaction) => CommandOutcome<Result>,
): CommandRun<Result> => {
  const writer = writerOf(store)
  const { connection } = writer
  if (connection.inTransaction) throw new Error('a command runs inside another command')
  const parameters = canonicalJson(call.auditInput)
  const inputHash = createHash('sha256').update(`${call.name}\n${parameters}`).digest()

  let signed: Checkpoint | null = null
  let erased = false

  const run = (): CommandRun<Result> => {
    const earlier = earlierResult(connection, call, inputHash)
    if (earlier !== null) return { result: JSON.parse(earlier) as Result, replayed: true }

    const { transaction, end } = beginWriteTransaction(connection)
    let outcome: CommandOutcome<Result>
    let ended: WriteTransactionEnd
    try {
      outcome = handler(transaction)
    } finally {
      ended = end()
    }
    if (outcome instanceof Promise) throw new TypeError('a command handler must not be async')
    const result = canonicalJson(outcome.result)
    const changes = [...ended.changes, ...(outcome.changes ?? [])]
    for (const change of changes) appendChange(connection, call, change)
    if (ended.erased !== null) eraseSubjectKey(writer, ended.erased, call)
    erased = ended.erased !== null
    const { about } = ended
    signed = appendAudit(writer, {
      ...call,
      outcome: 'done',
      code: null,
      parameters,
      changes,
      about,
    })
    preparedOf(connection, insertResult).run(
      call.commandId,
      call.name,
      call.actor.accountId,
      inputHash,
      result,
      call.at,
    )
    // The first answer and a repeated one are the same text read the same way.
    return { result: JSON.parse(result) as Result, replayed: false }
  }
  const done = withStoreErrors(() => connection.transaction(run).immediate())
  if (erased) scrub(writer)
  tellOutside(writer, signed)
  return done
}

/** What is on the disk is done: a line that cannot be written beside it is written the next time. */
const tellOutside = (writer: Writer, checkpoint: Checkpoint | null): void => {
  if (checkpoint === null) return
  try {
    appendLines(writer.checkpointFile, [checkpoint])
  } catch (error) {
    writer.checkpointMissed(error)
  }
}

/** Signs the audit trail as it stands, in the store and beside it. At start and at stop. */
export const checkpointAudit = (store: Store, at: number): void => {
  const writer = writerOf(store)
  const sign = (): Checkpoint | null => checkpointHead(writer, at)
  tellOutside(
    writer,
    withStoreErrors(() => writer.connection.transaction(sign).immediate()),
  )
}

/**
 * Signs a text about the audit trail with the workspace's key. `purpose` stands before it, so that
 * what was signed for one purpose is of no use for another.
 */
export const signForAudit = (
  store: Store,
  purpose: 'nocturne-audit-export-1',
  text: string,
  at: number,
): Signed => signWith(writerOf(store), at, () => Buffer.from(`${purpose}\n${text}`, 'utf8'))

export interface RefusalCall extends CommandCall {
  /** refused: not allowed, or asked wrongly; failed: allowed, but it did not succeed. */
  readonly outcome: 'refused' | 'failed'
  readonly code: ErrorCode
}

/**
 * Leaves an audit row of a command (or a query) that was refused or failed, in a transaction of its
 * own. The id stays free: the same command may be tried again.
 */
export const recordRefusal = (store: Store, call: RefusalCall): void => recordAlone(store, call)

/** Leaves an audit row of something sensitive that was read: nothing changes, it is only told. */
export const recordRead = (store: Store, call: CommandCall): void =>
  recordAlone(store, { ...call, outcome: 'done', code: null })

const recordAlone = (
  store: Store,
  call: CommandCall & { readonly outcome: AuditOutcome; readonly code: ErrorCode | null },
): void => {
  const writer = writerOf(store)
  if (writer.connection.inTransaction) throw new Error('a refusal is recorded inside a command')
  const parameters = canonicalJson(call.auditInput)
  const append = (): Checkpoint | null =>
    appendAudit(writer, { ...call, parameters, changes: [], about: {} })
  tellOutside(
    writer,
    withStoreErrors(() => writer.connection.transaction(append).immediate()),
  )
}

const selectResult = `SELECT name, account_id AS accountId, input_hash AS inputHash, result
  FROM command_result WHERE command_id = ?`

const insertResult = `INSERT INTO command_result
  (command_id, name, account_id, input_hash, result, at) VALUES (?, ?, ?, ?, ?, ?)`

const insertChange = `INSERT INTO change_feed
  (at, command_id, command_name, entity, entity_id, kind, version, data)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`

interface ResultRow {
  readonly name: string
  readonly accountId: string | null
  readonly inputHash: Buffer
  readonly result: string
}

const earlierResult = (
  connection: Connection,
  call: CommandCall,
  inputHash: Buffer,
): string | null => {
  const row = preparedOf(connection, selectResult).get(call.commandId) as ResultRow | undefined
  if (row === undefined) return null
  // SECURITY: an id gives its result to the account and the call that made it, and to no other.
  const same =
    row.name === call.name &&
    row.accountId === call.actor.accountId &&
    row.inputHash.equals(inputHash)
  if (!same) throw new NocturneError('conflict', { what: 'command-id' })
  return row.result
}

const appendChange = (connection: Connection, call: CommandCall, change: ChangeRow): void => {
  preparedOf(connection, insertChange).run(
    call.at,
    call.commandId,
    call.name,
    change.entity,
    change.entityId,
    change.kind,
    change.version,
    change.data === undefined ? null : canonicalJson(change.data),
  )
}
