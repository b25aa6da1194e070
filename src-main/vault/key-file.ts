import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { NocturneError } from '../../src-shared/errors.ts'
import { keyEnvelope } from './key-envelope.ts'

/**
 * keys.json in the workspace: which backend holds the keys, never a key. With a passphrase it
 * holds them wrapped. Mode 0600; written whole (temporary file, fsync, rename).
 */
export const keysFileName = 'keys.json'
/** The keys that follow, while a rotation of them is under way. */
export const nextKeysFileName = 'keys-next.json'

type KeyFileName = typeof keysFileName | typeof nextKeysFileName

const keyFile = z.discriminatedUnion('backend', [
  z.strictObject({
    format: z.literal(1),
    workspaceId: z.uuid(),
    backend: z.literal('os-keychain'),
    /** Which keychain: a workspace carried to another system stops with a clear word. */
    keychain: z.string(),
    /**
     * Under which name it has them; without it: under the workspace's id. A restored workspace, or
     * one with new keys, has another one beside those that are still wanted.
     */
    entry: z.string().max(200).optional(),
    /** Of the keys before these: still to be taken out of the keychain. */
    former: z.string().max(200).optional(),
    /** By which the keychain's answer is known to be the right keys (workspace-keys.ts). */
    keyMark: z.base64(),
  }),
  z.strictObject({
    format: z.literal(1),
    workspaceId: z.uuid(),
    backend: z.literal('passphrase'),
    envelope: keyEnvelope,
  }),
])

export type KeyFile = z.output<typeof keyFile>

/** Null when there is none. Throws 'key-missing' for one that cannot be understood. */
export const readKeyFile = (dir: string, name: KeyFileName = keysFileName): KeyFile | null => {
  const path = join(dir, name)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
  if (process.platform !== 'win32' && (lstatSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600)
  const parsed = keyFile.safeParse(parseJson(text))
  if (!parsed.success) throw new NocturneError('key-missing', { what: 'keys-file' })
  return parsed.data
}

const partOf = (dir: string, name: KeyFileName): string => join(dir, `${name}.new`)
const keyFileNames: readonly KeyFileName[] = [keysFileName, nextKeysFileName]

/** Whether a kill has left one that was being written. */
export const hasHalfKeyFile = (dir: string): boolean =>
  keyFileNames.some((name) => existsSync(partOf(dir, name)))

export const removeHalfKeyFiles = (dir: string): void => {
  for (const name of keyFileNames) rmSync(partOf(dir, name), { force: true })
}

/** create: throws 'already-set-up' when there is one already, in one step with writing it. Both: 'disk-full'. */
export const writeKeyFile = (
  dir: string,
  file: KeyFile,
  mode: 'create' | 'replace',
  name: KeyFileName = keysFileName,
): void => {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const path = join(dir, name)
  const temporary = partOf(dir, name)
  rmSync(temporary, { force: true })
  const handle = openSync(temporary, 'wx', 0o600)
  try {
    writeWhole(handle, Buffer.from(`${JSON.stringify(file, null, 2)}\n`))
    fsyncSync(handle)
  } catch (error) {
    if (hasCode(error, 'ENOSPC') || hasCode(error, 'EDQUOT')) {
      throw new NocturneError('disk-full', { what: name }, { cause: error })
    }
    throw error
  } finally {
    closeSync(handle)
  }
  if (mode === 'replace') {
    renameSync(temporary, path)
  } else {
    try {
      // link, unlike rename, refuses to replace.
      linkSync(temporary, path)
    } catch (error) {
      if (hasCode(error, 'EEXIST')) throw new NocturneError('already-set-up')
      throw error
    } finally {
      rmSync(temporary, { force: true })
    }
  }
  syncFolder(dir)
}

/** More than a header of a backup has (store/backup-file.ts). */
const spoiledBytes = 128 * 1024

/**
 * Writes noise over what holds wrapped keys, and waits for the disk: after that the file opens
 * nothing. (A disk that spreads its writes may keep an older copy of a block where no program reads
 * it: docs/security.md.)
 */
export const spoil = (path: string): void => {
  const handle = openSync(path, 'r+')
  try {
    const size = Math.min(fstatSync(handle).size, spoiledBytes)
    writeWhole(handle, randomBytes(size))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Wrapped keys are overwritten before the name of their file goes. */
export const destroyKeyFile = (dir: string, name: KeyFileName): void => {
  const path = join(dir, name)
  if (!existsSync(path)) return
  spoil(path)
  rmSync(path, { force: true })
  syncFolder(dir)
}

/** The keys that follow are the keys, in one step. */
export const takeNextKeyFile = (dir: string): void => {
  renameSync(join(dir, nextKeysFileName), join(dir, keysFileName))
  syncFolder(dir)
}

const syncFolder = (dir: string): void => {
  if (process.platform === 'win32') return
  const handle = openSync(dir, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** A disk that fills up takes a part first and says nothing; what follows is then refused. */
const writeWhole = (handle: number, bytes: Uint8Array): void => {
  for (let done = 0; done < bytes.length;) done += writeSync(handle, bytes, done)
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
