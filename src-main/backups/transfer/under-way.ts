import { existsSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { transferAct, type TransferAct } from '../../../src-shared/contract/transfer.ts'
import type { StoreReader } from '../../store/read-handle.ts'
import type { Transaction } from '../../store/write-path.ts'
import { putStanding } from '../standing.ts'
import { partOf } from './pack.ts'
import { readHead } from './sealed-file.ts'

/**
 * A transfer file that is being made. Noted before the first byte is written, in the transaction of
 * the command; looked at whenever the workspace opens again, after its end as after a kill. The file
 * gets its name in one step, and that step decides: with it the workspace is moved, without it nothing
 * has happened. So there is no moment at which it is moved without a file that was proved.
 */
const underWay = z.strictObject({
  to: z.string(),
  /** Of the file: another one of that name is not it. */
  id: z.uuid(),
  act: transferAct,
  /** Wall ms. */
  at: z.number(),
  /** Of the folder, by which a place is known where a disk is not mounted now. */
  folder: z.string(),
})

type UnderWay = z.output<typeof underWay>

const key = 'transfer:under-way'

const read = (reader: Pick<StoreReader, 'prepare'>): UnderWay | null => {
  const row = reader
    .prepare<[string], { value: string }>('SELECT value FROM setting WHERE key = ?')
    .get(key)
  return row === undefined ? null : underWay.parse(JSON.parse(row.value))
}

export const isUnderWay = (reader: Pick<StoreReader, 'prepare'>): boolean => read(reader) !== null

export const putUnderWay = (tx: Transaction, one: Omit<UnderWay, 'folder'>): void => {
  const next: UnderWay = { ...one, folder: markOf(dirname(one.to)) ?? '' }
  tx.run(
    `INSERT INTO setting (key, value, updated_at) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
    key,
    JSON.stringify(next),
    next.at,
  )
}

export const dropUnderWay = (tx: Transaction): void => {
  tx.run('DELETE FROM setting WHERE key = ?', key)
}

type Write = (name: string, input: object, apply: (tx: Transaction) => void) => void

/** What came of a file that was being made. Before anything else of an opened workspace. */
export const settleUnderWay = (reader: Pick<StoreReader, 'prepare'>, write: Write): void => {
  const one = read(reader)
  if (one === null) return
  const { act, at, to } = one
  const outcome = outcomeOf(one)
  if (outcome === 'none') rmSync(partOf(to), { force: true })
  const name = outcome === 'made' ? 'transfer.made' : 'transfer.ended'
  write(name, { act, outcome }, (tx) => {
    dropUnderWay(tx)
    // SECURITY: where nobody can say whether there is a file, it counts as moved: two at once harm the
    // network, and the owner can take it back.
    if (isMoved(act, outcome)) {
      putStanding(tx, { kind: 'moved', since: at, path: to, sure: outcome === 'made' }, at)
    }
  })
}

type Outcome = 'made' | 'none' | 'unknown'

const isMoved = (act: TransferAct, outcome: Outcome): boolean =>
  act === 'move' && outcome !== 'none'

const markOf = (folder: string): string | null =>
  statSync(folder, { throwIfNoEntry: false, bigint: true })?.ino.toString() ?? null

const outcomeOf = ({ to, id, folder }: UnderWay): Outcome => {
  try {
    if (existsSync(to)) return readHead(to)?.header.id === id ? 'made' : 'none'
    return markOf(dirname(to)) === folder ? 'none' : 'unknown'
  } catch {
    return 'unknown'
  }
}
