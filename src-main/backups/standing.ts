import { z } from 'zod'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CommandHandlers, Emit, QueryHandlers } from '../engine/handlers.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'

/**
 * Whether another copy of this workspace may be at work.
 * - restored: it was made from a backup, and where that came from may still run. So nothing is written
 *   by itself, and nothing to a device, until the owner says that it does not.
 * - moved: a transfer file has carried it to another machine. So nothing is read, written or logged in
 *   to, until the owner takes it back.
 */
const standing = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('restored'),
    /** Wall ms. */
    since: z.number(),
    /** When the backup was made, wall ms. */
    from: z.number(),
  }),
  z.strictObject({
    kind: z.literal('moved'),
    /** When the file was made, wall ms. */
    since: z.number(),
    /** Where it was written. */
    path: z.string(),
    /** False: broken off, and the file's folder was not there to look. */
    sure: z.boolean(),
  }),
])

export type Standing = z.output<typeof standing>

const key = 'workspace:standing'

/** Null: it stands alone, as usual. */
export const readStanding = (reader: Pick<StoreReader, 'prepare'>): Standing | null => {
  const row = reader
    .prepare<[string], { value: string }>('SELECT value FROM setting WHERE key = ?')
    .get(key)
  if (row === undefined) return null
  return standing.parse(JSON.parse(row.value))
}

export const putStanding = (tx: Transaction, next: Standing | null, at: number): void => {
  if (next === null) {
    tx.run('DELETE FROM setting WHERE key = ?', key)
    return
  }
  tx.run(
    `INSERT INTO setting (key, value, updated_at) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
    key,
    JSON.stringify(next),
    at,
  )
}

export interface StandingPart {
  readonly queries: QueryHandlers<'workspace.standing'>
  readonly commands: CommandHandlers<'workspace.resume' | 'workspace.takeBack'>
  now(): Standing | null
  isMoved(): boolean
}

/** Kept in the store, so that neither a restart nor another start forgets it. */
export const createStandingPart = (deps: {
  readonly reader: StoreReader
  readonly clock: { readonly now: () => number }
  readonly emit: Emit
  /** The owner has said that it stands alone. */
  readonly onResumed: () => void
  /** Closes the workspace and opens it again: everything in it begins anew. */
  readonly beginAnew: () => Promise<void>
}): StandingPart => {
  let current = readStanding(deps.reader)
  const told = () => ({ standing: current })
  return {
    now: () => current,
    isMoved: () => current?.kind === 'moved',
    queries: { 'workspace.standing': told },
    commands: {
      'workspace.takeBack': () => {
        if (current?.kind !== 'moved') throw new NocturneError('conflict', { what: 'standing' })
        return {
          apply(tx) {
            putStanding(tx, null, deps.clock.now())
            return {}
          },
          after: deps.beginAnew,
        }
      },
      'workspace.resume': () => {
        // One that was moved is taken back, and in no other way.
        if (current?.kind !== 'restored') throw new NocturneError('conflict', { what: 'standing' })
        return {
          apply(tx) {
            putStanding(tx, null, deps.clock.now())
            return {}
          },
          after: () => {
            current = null
            deps.emit('workspace.standingChanged', told)
            deps.onResumed()
          },
        }
      },
    },
  }
}
