import { existsSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { TransferAct } from '../../../src-shared/contract/transfer.ts'
import { knownLayout } from '../../store/backup.ts'
import { asStoreError } from '../../store/store-errors.ts'
import { createPrivateFile, syncFolder } from '../../store/workspace-files.ts'
import { lockWorkspace } from '../../store/workspace-lock.ts'
import { unwrapFileKey, wrapFileKey, type TransferLock } from '../../vault/transfer-envelope.ts'
import { pairFromKeys, type WorkspaceKeys } from '../../vault/workspace-keys.ts'
import type { BackupContents } from '../contents.ts'
import { asRefusal } from '../make-backup.ts'
import type { ProveStore } from '../store-work.ts'
import { filesOf, type CarriedFile, type Manifest } from './manifest.ts'
import { createPayload } from './payload.ts'
import {
  createSealer,
  damaged,
  makeHead,
  openPieces,
  pieceKey,
  readHead,
  sealedBytes,
  type Sealer,
} from './sealed-file.ts'

export type PackStep = 'gather' | 'pack' | 'proof' | 'named'

export interface PackOptions {
  /** Of the workspace, which is closed. */
  readonly dir: string
  readonly keys: WorkspaceKeys
  /** A file that is not there yet, in a folder that is. */
  readonly to: string
  /** Of the file; a UUID. */
  readonly id: string
  readonly act: TransferAct
  readonly name: string
  readonly appVersion: string
  /** Wall ms. */
  readonly at: number
  readonly lock: TransferLock
  /** What a person would type, to prove that it opens. */
  readonly typed: string
  readonly prove: ProveStore
  readonly signal?: AbortSignal
  /** What is done now, and how many bytes of how many; `gather` and `named` have none. */
  readonly onStep?: (step: PackStep, done: number, total: number) => void
}

/** While it is written; a start removes one that a kill has left. */
export const partOf = (to: string): string => `${to}.part`

/** On top of the file itself: its folder's own room. */
const spareBytes = 1_048_576

/**
 * Writes everything that a new machine needs into one file, reads all of it back, and only then gives
 * it its name. Nothing of the workspace is changed, and nothing of it is in clear on the disk.
 *
 * Throws 'workspace-in-use', 'store-damaged', 'disk-full', 'folder-not-writable', 'folder-gone',
 * 'conflict', 'cancelled': no file is left.
 */
export const packWorkspace = async (options: PackOptions): Promise<{ readonly bytes: number }> => {
  const { dir, to, signal } = options
  const part = partOf(to)
  const onStep = options.onStep ?? (() => undefined)
  const release = lockWorkspace(join(dir, 'store.db'))
  const fileKey = randomBytes(32)
  try {
    if (existsSync(to)) throw new NocturneError('conflict', { what: 'transfer-exists' })
    onStep('gather', 0, 0)
    refuseLeftLog(dir)
    const contents = await options.prove(join(dir, 'store.db'), options.keys, signal)
    const files = filesOf(dir)
    const text = manifestText(options, contents, files)
    const way = await wrapFileKey(fileKey, options.id, options.lock)
    const head = makeHead({ format: 1, id: options.id, way })
    const total = contentBytes(text, files)
    refuseWithoutRoom(dirname(to), sealedBytes(head, total) + spareBytes)
    rmSync(part, { force: true })
    createPrivateFile(part)
    const key = pieceKey(fileKey, head)
    try {
      await writePart(part, head.bytes, key, async (sealer) => {
        await writeContent(sealer, options, text, files, (done) => onStep('pack', done, total))
      })
    } finally {
      key.fill(0)
    }
    const bytes = await proveByReading(part, options, text, files, (done) =>
      onStep('proof', done, total),
    )
    refuseIfCancelled(signal)
    renameSync(part, to)
    syncFolder(dirname(to))
    onStep('named', total, total)
    return { bytes }
  } catch (error) {
    rmSync(part, { force: true })
    throw asPackRefusal(error)
  } finally {
    fileKey.fill(0)
    release()
  }
}

const asPackRefusal = (error: unknown): unknown => asRefusal(asStoreError(error))

const refuseIfCancelled = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted === true) throw new NocturneError('cancelled')
}

/** A closed store has its log in it: one that is left says that somebody has it open. */
const refuseLeftLog = (dir: string): void => {
  const left = statSync(join(dir, 'store.db-wal'), { throwIfNoEntry: false })
  if (left !== undefined && left.size > 0)
    throw new NocturneError('workspace-in-use', { what: 'journal' })
}

const refuseWithoutRoom = (folder: string, needed: number): void => {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize >= needed) return
  throw new NocturneError('disk-full', { needed, free: bavail * bsize })
}

const manifestText = (
  { act, keys, name, appVersion, at }: PackOptions,
  contents: BackupContents,
  files: readonly CarriedFile[],
): Buffer => {
  const told: Manifest = {
    format: 1,
    createdAt: at,
    act,
    workspaceId: keys.workspaceId,
    name,
    appVersion,
    schemaVersion: knownLayout,
    contents,
    files: [...files],
  }
  return Buffer.from(JSON.stringify(told), 'utf8')
}

/** Both keys of the workspace, the length of the manifest, the manifest, the files one by one. */
const contentBytes = (text: Buffer, files: readonly CarriedFile[]): number =>
  64 + 4 + text.length + files.reduce((sum, { bytes }) => sum + bytes, 0)

const writePart = async (
  part: string,
  head: Buffer,
  key: Buffer,
  write: (sealer: Sealer) => Promise<void>,
): Promise<void> => {
  const file = await open(part, 'r+')
  try {
    const put = async (bytes: Buffer): Promise<void> => {
      await file.appendFile(bytes)
    }
    await put(head)
    const sealer = createSealer(key, put)
    await write(sealer)
    await sealer.end()
    await file.sync()
  } finally {
    await file.close()
  }
}

const writeContent = async (
  sealer: Sealer,
  { dir, keys, signal }: PackOptions,
  text: Buffer,
  files: readonly CarriedFile[],
  onBytes: (done: number) => void,
): Promise<void> => {
  const pair = pairFromKeys(keys)
  try {
    await sealer.write(pair)
  } finally {
    pair.fill(0)
  }
  const length = Buffer.alloc(4)
  length.writeUInt32LE(text.length)
  await sealer.write(length)
  await sealer.write(text)
  let done = 64 + 4 + text.length
  for (const { path, bytes } of files) {
    const file = await open(join(dir, path), 'r')
    try {
      for await (const some of inSlices(file, bytes)) {
        refuseIfCancelled(signal)
        await sealer.write(some)
        done += some.length
        onBytes(done)
      }
    } finally {
      await file.close()
    }
  }
}

const sliceBytes = 262_144

/** As many bytes as the manifest says. Throws 'conflict' where the file is not as long any more. */
async function* inSlices(file: FileHandle, length: number): AsyncGenerator<Buffer> {
  const held = Buffer.alloc(Math.min(sliceBytes, Math.max(1, length)))
  let at = 0
  while (at < length) {
    const { bytesRead } = await file.read(held, 0, Math.min(held.length, length - at), at)
    if (bytesRead === 0) break
    at += bytesRead
    yield held.subarray(0, bytesRead)
  }
  const { size } = await file.stat()
  if (at !== length || size !== length) throw new NocturneError('conflict', { what: 'workspace' })
}

/**
 * As it will be opened: from what a person types on. What comes out is held against the manifest;
 * that each byte is the one that was sealed, each piece proves.
 */
const proveByReading = async (
  part: string,
  { id, typed, signal }: PackOptions,
  text: Buffer,
  files: readonly CarriedFile[],
  onBytes: (done: number) => void,
): Promise<number> => {
  const head = readHead(part)
  if (head === null || head.header.id !== id) throw damaged('header')
  const fileKey = await unwrapFileKey(head.header.way, id, typed)
  const key = pieceKey(fileKey, head)
  fileKey.fill(0)
  const file = await open(part, 'r')
  try {
    const payload = createPayload(openPieces(file, key, head.bytes.length, signal))
    ;(await payload.take(64)).fill(0)
    const length = (await payload.take(4)).readUInt32LE(0)
    if (length !== text.length || !(await payload.take(length)).equals(text)) throw damaged('piece')
    let done = 64 + 4 + length
    for (const { bytes } of files) {
      await payload.pass(bytes, async (some) => {
        done += some.length
        onBytes(done)
      })
    }
    await payload.end()
    const { size } = await file.stat()
    if (size !== sealedBytes(head, contentBytes(text, files))) throw damaged('more')
    return size
  } finally {
    key.fill(0)
    await file.close()
  }
}
