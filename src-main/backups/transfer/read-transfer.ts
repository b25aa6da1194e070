import { mkdirSync, rmSync, statfsSync, statSync, type Stats } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { NocturneError } from '../../../src-shared/errors.ts'
import { knownLayout } from '../../store/backup.ts'
import { createPrivateFile, secureWorkspaceFolder } from '../../store/workspace-files.ts'
import { unwrapFileKey } from '../../vault/transfer-envelope.ts'
import { keysFromPair, type WorkspaceKeys } from '../../vault/workspace-keys.ts'
import { asRefusal } from '../make-backup.ts'
import type { BackupView } from '../read-backup.ts'
import { anyManifest, carriedFacts, longestManifest, manifest, type Manifest } from './manifest.ts'
import type { ProveStore } from '../store-work.ts'
import { createPayload, type Payload } from './payload.ts'
import {
  damaged,
  openPieces,
  pieceKey,
  readHead,
  sealedBytes,
  type SealedHead,
} from './sealed-file.ts'

/** A transfer file whose secret fitted. */
export interface OpenedTransfer {
  readonly manifest: Manifest
  /** Of the workspace in it. */
  readonly keys: WorkspaceKeys
  readonly view: Omit<BackupView, 'ways'>
  readonly ways: BackupView['ways']
  /**
   * Unpacks all of it into a folder that is not there yet, and proves the store. Throws
   * 'transfer-damaged', 'disk-full', 'folder-not-writable', 'store-from-newer-version', 'cancelled'.
   */
  unpack(
    into: string,
    prove: ProveStore,
    signal: AbortSignal | undefined,
    onBytes?: (done: number, total: number) => void,
  ): Promise<void>
  readonly wipe: () => void
}

/** A path that no file can have is none: longer than the file system takes, or through a file. */
const fileAt = (path: string): Stats | undefined => {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENAMETOOLONG' || code === 'ENOTDIR' || code === 'EINVAL') return undefined
    throw error
  }
}

/** Null: it is another kind of file. Throws 'not-found', 'transfer-damaged'. */
export const transferHead = (path: string): SealedHead | null => {
  const state = fileAt(path)
  if (state === undefined || !state.isFile()) throw new NocturneError('not-found', { what: 'file' })
  return readHead(path)
}

export const wayInto = ({ header }: SealedHead): BackupView['ways'][number] =>
  header.way.kind === 'passphrase' ? 'passphrase' : 'recovery-key'

/**
 * Opens it with what a person typed and reads what is inside: the first pieces alone, which prove
 * themselves, and whether as much follows as they say. The caller wipes it.
 *
 * Throws 'wrong-passphrase', 'transfer-damaged', 'store-from-newer-version'.
 */
export const openTransfer = async (
  path: string,
  head: SealedHead,
  typed: string,
): Promise<OpenedTransfer> => {
  const fileKey = await unwrapFileKey(head.header.way, head.header.id, typed)
  const key = pieceKey(fileKey, head)
  fileKey.fill(0)
  let keys: WorkspaceKeys | null = null
  const wipe = (): void => {
    key.fill(0)
    keys?.wipe()
  }
  const reading = async <Result>(
    signal: AbortSignal | undefined,
    work: (payload: Payload) => Promise<Result>,
  ): Promise<Result> => {
    const file = await open(path, 'r')
    try {
      return await work(createPayload(openPieces(file, key, head.bytes.length, signal)))
    } finally {
      await file.close()
    }
  }
  try {
    const { told, content } = await reading(undefined, async (payload) => {
      const pair = await payload.take(64)
      try {
        const length = (await payload.take(4)).readUInt32LE(0)
        if (length > longestManifest) throw damaged('manifest')
        const read = parseManifest(await payload.take(length))
        keys = keysFromPair(read.workspaceId, pair)
        return { told: read, content: 64 + 4 + length }
      } finally {
        pair.fill(0)
      }
    })
    const opened = keys as WorkspaceKeys | null
    if (opened === null) throw damaged('manifest')
    const files = told.files.reduce((sum, { bytes }) => sum + bytes, 0)
    const { size } = statSync(path)
    if (size !== sealedBytes(head, content + files)) throw damaged('cut-off')
    const facts = carriedFacts(told.files)
    return {
      manifest: told,
      keys: opened,
      ways: [wayInto(head)],
      view: {
        createdAt: told.createdAt,
        bytes: size,
        workspaceId: told.workspaceId,
        schemaVersion: told.schemaVersion,
        contents: told.contents,
        transfer: { act: told.act, name: told.name, appVersion: told.appVersion, ...facts },
      },
      unpack: (into, prove, signal, onBytes) =>
        reading(signal, async (payload) => {
          await payload.take(content)
          await unpackFiles(payload, { into, told, total: files, onBytes })
          await prove(join(into, 'store.db'), opened, signal)
          for (const suffix of ['-wal', '-shm'])
            rmSync(join(into, `store.db${suffix}`), { force: true })
        }).catch((error: unknown) => {
          throw asTransferDamage(asRefusal(error))
        }),
      wipe,
    }
  } catch (error) {
    wipe()
    throw error
  }
}

/** What is inside and does not prove itself is the file's damage, not a workspace's. */
const asTransferDamage = (error: unknown): unknown =>
  error instanceof NocturneError &&
  (error.code === 'store-damaged' || error.code === 'store-wrong-key')
    ? damaged(String(error.params['what'] ?? error.code))
    : error

const parseManifest = (bytes: Buffer): Manifest => {
  const json = parseJson(bytes.toString('utf8'))
  const any = anyManifest.safeParse(json)
  if (!any.success) throw damaged('manifest')
  const { format, schemaVersion } = any.data
  if (format > 1 || schemaVersion > knownLayout) {
    throw new NocturneError('store-from-newer-version', {
      found: format > 1 ? format : schemaVersion,
      known: format > 1 ? 1 : knownLayout,
    })
  }
  const parsed = manifest.safeParse(json)
  const isOne = (file: Manifest['files'][number]): boolean => file.path === 'store.db'
  if (!parsed.success || parsed.data.files.filter(isOne).length !== 1) throw damaged('manifest')
  return parsed.data
}

const unpackFiles = async (
  payload: Payload,
  {
    into,
    told,
    total,
    onBytes,
  }: {
    readonly into: string
    readonly told: Manifest
    readonly total: number
    readonly onBytes: ((done: number, total: number) => void) | undefined
  },
): Promise<void> => {
  mkdirSync(dirname(into), { recursive: true, mode: 0o700 })
  const { bavail, bsize } = statfsSync(dirname(into))
  if (bavail * bsize < total) {
    throw new NocturneError('disk-full', { needed: total, free: bavail * bsize })
  }
  secureWorkspaceFolder(into)
  let done = 0
  for (const { path, bytes } of told.files) {
    const to = join(into, path)
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
    // SECURITY: it must not be there yet: two of one name are not one another's.
    createPrivateFile(to)
    const file = await open(to, 'r+')
    try {
      await payload.pass(bytes, async (some) => {
        await file.appendFile(some)
        done += some.length
        onBytes?.(done, total)
      })
      await file.sync()
    } finally {
      await file.close()
    }
  }
  await payload.end()
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
