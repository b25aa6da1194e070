import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { Checkpoint } from './audit-checkpoint.ts'
import { canonicalJson } from './canonical-json.ts'
import { syncFolder } from './workspace-files.ts'
import type { Writer } from './writer-access.ts'

/**
 * The checkpoints once more, outside the database: one line each, only ever appended. An older copy
 * of the database put back does not fit it.
 */
export const checkpointFileOf = (storePath: string): string =>
  join(dirname(storePath), 'checkpoints.jsonl')

const selectAll = `SELECT seq, day, at, lower(hex(hash)) AS hash, fingerprint,
  lower(hex(signature)) AS signature FROM audit_checkpoint ORDER BY seq`

/** Those of the store that the file does not have yet: a crash lies between the two. */
export const mirrorCheckpoints = (writer: Writer, path: string): void => {
  const stored = writer.connection.prepare<[], Checkpoint>(selectAll).all()
  if (stored.length === 0) return
  const told = new Set(
    readCheckpointFile(path).flatMap((line) => (line === null ? [] : [`${line.seq} ${line.hash}`])),
  )
  appendLines(
    path,
    stored.filter(({ seq, hash }) => !told.has(`${seq} ${hash}`)),
  )
}

export const appendLines = (path: string, checkpoints: readonly Checkpoint[]): void => {
  if (checkpoints.length === 0) return
  const isNew = !existsSync(path)
  const file = openSync(path, 'a+', 0o600)
  try {
    // What a power cut left of a line stays a line of its own.
    const text = checkpoints.map((one) => `${canonicalJson(one)}\n`).join('')
    writeSync(file, endsMidLine(file) ? `\n${text}` : text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  if (isNew) syncFolder(dirname(path))
}

const endsMidLine = (file: number): boolean => {
  const { size } = fstatSync(file)
  if (size === 0) return false
  const last = Buffer.alloc(1)
  readSync(file, last, 0, 1, size - 1)
  return last[0] !== 0x0a
}

/** Empty: there is no such file. Null: a line that is no checkpoint. */
export const readCheckpointFile = (path: string): readonly (Checkpoint | null)[] => {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map(checkpointIn)
}

export const checkpointIn = (line: string): Checkpoint | null => {
  try {
    const { seq, day, at, hash, fingerprint, signature } = JSON.parse(line) as Partial<Checkpoint>
    return Number.isSafeInteger(seq) &&
      typeof day === 'string' &&
      Number.isSafeInteger(at) &&
      isHex(hash, 32) &&
      isHex(fingerprint, 32) &&
      isHex(signature, 64)
      ? ({ seq, day, at, hash, fingerprint, signature } as Checkpoint)
      : null
  } catch {
    return null
  }
}

const isHex = (value: unknown, bytes: number): boolean =>
  typeof value === 'string' && value.length === 2 * bytes && /^[0-9a-f]+$/u.test(value)
