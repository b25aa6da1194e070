import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { NocturneError } from '../../src-shared/errors.ts'
import { canonicalJson } from './canonical-json.ts'

/**
 * One backup is one file: the line `NOCTURNE-BACKUP-1`, the header's length (4 bytes, little
 * endian), the header as JSON, then the encrypted database as it is. The header is a label: it
 * holds no secret in clear, and nothing in it is believed before the database has proved itself.
 */
const magic = Buffer.from('NOCTURNE-BACKUP-1\n', 'latin1')
const headBytes = magic.length + 4
const longestHeader = 65_536

const backupHeader = z.strictObject({
  format: z.literal(1),
  /** Milliseconds since 1970. */
  createdAt: z.int().nonnegative(),
  schemaVersion: z.int().nonnegative(),
  databaseBytes: z.int().positive(),
  databaseSha256: z.hex().length(64),
  /** The keys wrapped by a passphrase (vault/key-envelope.ts); null: the workspace's own keys. */
  keyEnvelope: z.json(),
})

export type BackupHeader = z.output<typeof backupHeader>

/** Throws 'store-damaged' for a file that is no backup of ours. */
export const readBackupHeader = async (path: string): Promise<BackupHeader> =>
  (await readHead(path)).header

export const hashFile = async (path: string, signal?: AbortSignal): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, signalOption(signal))) {
    hash.update(chunk as Buffer)
  }
  return hash.digest('hex')
}

/** Writes header and database into `part`, which exists and is empty, and syncs it. */
export const writeBackupFile = async (
  part: string,
  header: BackupHeader,
  database: string,
  signal?: AbortSignal,
): Promise<void> => {
  const text = Buffer.from(canonicalJson(header), 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32LE(text.length)
  const file = await open(part, 'r+')
  try {
    await file.write(Buffer.concat([magic, length, text]))
  } finally {
    await file.close()
  }
  await pipeline(
    createReadStream(database),
    createWriteStream(part, { flags: 'a' }),
    signalOption(signal),
  )
  await syncFile(part)
}

/** Copies the database into `part`, which exists and is empty. Throws 'store-damaged'. */
export const extractDatabase = async (
  path: string,
  part: string,
  signal?: AbortSignal,
): Promise<BackupHeader> => {
  const { header, databaseStart } = await readHead(path)
  const { size } = await stat(path)
  if (size - databaseStart !== header.databaseBytes) {
    throw new NocturneError('store-damaged', { what: 'backup-length' })
  }
  const hash = createHash('sha256')
  await pipeline(
    createReadStream(path, { start: databaseStart }),
    hashing(hash),
    createWriteStream(part, { flags: 'r+' }),
    signalOption(signal),
  )
  if (hash.digest('hex') !== header.databaseSha256) {
    throw new NocturneError('store-damaged', { what: 'backup-checksum' })
  }
  await syncFile(part)
  return header
}

const readHead = async (
  path: string,
): Promise<{ readonly header: BackupHeader; readonly databaseStart: number }> => {
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(headBytes)
    const { bytesRead } = await file.read(head, 0, headBytes, 0)
    if (bytesRead < headBytes || !head.subarray(0, magic.length).equals(magic)) throw noBackup()
    const length = head.readUInt32LE(magic.length)
    if (length > longestHeader) throw noBackup()
    const text = Buffer.alloc(length)
    if ((await file.read(text, 0, length, headBytes)).bytesRead < length) throw noBackup()
    const parsed = backupHeader.safeParse(parseJson(text.toString('utf8')))
    if (!parsed.success) throw noBackup()
    return { header: parsed.data, databaseStart: headBytes + length }
  } finally {
    await file.close()
  }
}

const noBackup = (): NocturneError => new NocturneError('store-damaged', { what: 'backup-header' })

const hashing = (hash: Hash): Transform =>
  new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })

const syncFile = async (path: string): Promise<void> => {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const signalOption = (signal: AbortSignal | undefined): { signal?: AbortSignal } =>
  signal === undefined ? {} : { signal }
