import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { NocturneError } from '../../src-shared/errors.ts'
import type { ErrorCode, ErrorParams } from '../../src-shared/errors.ts'
import { unwrapKeys, wrapKeys } from './key-envelope.ts'
import {
  destroyKeyFile,
  hasHalfKeyFile,
  keysFileName,
  nextKeysFileName,
  readKeyFile,
  removeHalfKeyFiles,
  takeNextKeyFile,
  writeKeyFile,
} from './key-file.ts'
import type { KeyFile } from './key-file.ts'
import type { Keychain } from './keychain.ts'
import { keyMark, keysFromPair, makeKeys, pairFromKeys } from './workspace-keys.ts'
import type { WorkspaceKeys } from './workspace-keys.ts'

/**
 * The key hierarchy of a workspace (facts/security.md, rows 24 and 25):
 * store key and vault key, both random, sealed by the operating system's keychain or by a
 * passphrase. keys.json remembers which, and a change stops the start.
 */
export type WorkspaceSeal =
  | { readonly state: 'new'; readonly keychain: 'available' | 'unavailable' }
  | { readonly state: 'sealed-by-keychain'; readonly workspaceId: string }
  | { readonly state: 'needs-passphrase'; readonly workspaceId: string }
  | { readonly state: 'refused'; readonly code: ErrorCode; readonly params: ErrorParams }

export type Protection =
  | { readonly backend: 'os-keychain'; readonly keychain: Keychain }
  | { readonly backend: 'passphrase'; readonly passphrase: string }

const keychainAccount = (workspaceId: string): string => `workspace/${workspaceId}`

const entryOf = (file: Pick<KeyFile, 'workspaceId'> & { readonly entry?: string | undefined }) =>
  file.entry ?? keychainAccount(file.workspaceId)

/**
 * An entry of this folder alone: what is there may be another folder's of the same workspace, kept
 * or restored, with the same keys or others, and would go with this one's.
 */
const freeEntry = async (keychain: Keychain, workspaceId: string): Promise<string> => {
  const usual = keychainAccount(workspaceId)
  const there = await keychain.get(usual)
  there?.fill(0)
  return there === null ? usual : `${usual}/${randomBytes(8).toString('hex')}`
}

/**
 * What stands in the folder, without opening anything. `storeFile` is the store's name in it: a
 * store without keys.json is refused ('key-missing') and never taken for a new workspace.
 */
export const inspectWorkspace = (
  dir: string,
  keychain: Keychain,
  storeFile = 'store.db',
): WorkspaceSeal => {
  let file: KeyFile | null
  try {
    file = readKeyFile(dir)
  } catch (error) {
    if (!(error instanceof NocturneError)) throw error
    return { state: 'refused', code: error.code, params: error.params }
  }
  if (file === null) {
    if (existsSync(join(dir, storeFile))) {
      return { state: 'refused', code: 'key-missing', params: { what: 'keys-file' } }
    }
    return { state: 'new', keychain: keychain.kind === 'none' ? 'unavailable' : 'available' }
  }
  const { workspaceId } = file
  if (file.backend === 'passphrase') return { state: 'needs-passphrase', workspaceId }
  const problem = keychainProblem(file.keychain, keychain)
  if (problem !== null) return { state: 'refused', code: problem.code, params: problem.params }
  return { state: 'sealed-by-keychain', workspaceId }
}

/**
 * Makes new keys and seals them. Throws 'already-set-up', 'keychain-unavailable',
 * 'password-too-weak'. The caller wipes what it gets.
 */
export const createKeys = async (
  dir: string,
  workspaceId: string,
  protection: Protection,
): Promise<WorkspaceKeys> => {
  const keys = makeKeys(workspaceId)
  try {
    await sealKeys(dir, keys, protection, 'create')
    return keys
  } catch (error) {
    keys.wipe()
    throw error
  }
}

/**
 * Seals keys that are there already: those of a restored backup (create), or the present ones
 * under another protection (replace); or beside the present ones those that follow them (next).
 * Throws as createKeys does.
 */
export const sealKeys = async (
  dir: string,
  keys: WorkspaceKeys,
  protection: Protection,
  mode: 'create' | 'replace' | 'next',
): Promise<void> => {
  const { workspaceId } = keys
  if (mode === 'create' && readKeyFile(dir) !== null) throw new NocturneError('already-set-up')
  const write = (file: KeyFile): void =>
    mode === 'next'
      ? writeKeyFile(dir, file, 'replace', nextKeysFileName)
      : writeKeyFile(dir, file, mode)
  if (protection.backend === 'passphrase') {
    const envelope = await wrapKeys(keys, protection.passphrase)
    write({ format: 1, workspaceId, backend: 'passphrase', envelope })
    return
  }
  const { keychain } = protection
  const pair = pairFromKeys(keys)
  try {
    const entry = await freeEntry(keychain, workspaceId)
    const before = mode === 'next' ? readKeyFile(dir) : null
    const file: KeyFile = {
      format: 1,
      workspaceId,
      backend: 'os-keychain',
      keychain: keychain.kind,
      ...(entry === keychainAccount(workspaceId) ? {} : { entry }),
      ...(before?.backend === 'os-keychain' ? { former: entryOf(before) } : {}),
      keyMark: keyMark(keys).toString('base64'),
    }
    // Killed after it, a key that nobody knows of would stay in the keychain.
    if (mode === 'next') write(file)
    await keychain.set(entry, pair)
    // Read back before anything depends on it: some keychains accept and forget.
    const kept = await keychain.get(entry)
    const isKept = kept !== null && kept.equals(pair)
    kept?.fill(0)
    if (!isKept) throw new NocturneError('keychain-unavailable', { why: 'entry was not kept' })
    if (mode !== 'next') write(file)
  } finally {
    pair.fill(0)
  }
}

export interface UnsealOptions {
  readonly keychain: Keychain
  /** Needed where inspectWorkspace says needs-passphrase. */
  readonly passphrase?: string
}

/**
 * Throws 'not-set-up' (no keys.json), 'workspace-sealed' (a passphrase is needed and none was
 * given), 'wrong-passphrase', 'keychain-unavailable', 'keychain-changed' (another keychain, or
 * another key in it), 'key-missing' (the keychain has no entry). The caller wipes what it gets.
 */
export const unsealKeys = async (dir: string, options: UnsealOptions): Promise<WorkspaceKeys> =>
  unsealFile(readKeyFile(dir), options)

const unsealFile = async (file: KeyFile | null, options: UnsealOptions): Promise<WorkspaceKeys> => {
  if (file === null) throw new NocturneError('not-set-up')
  if (file.backend === 'passphrase') {
    if (options.passphrase === undefined) throw new NocturneError('workspace-sealed')
    // SECURITY: the id outside the envelope is only a label; the bound one inside must agree.
    if (file.envelope.workspaceId !== file.workspaceId) throw new NocturneError('wrong-passphrase')
    return unwrapKeys(file.envelope, options.passphrase)
  }
  const problem = keychainProblem(file.keychain, options.keychain)
  if (problem !== null) throw problem
  const pair = await options.keychain.get(entryOf(file))
  if (pair === null) throw new NocturneError('key-missing', { what: 'keychain-entry' })
  try {
    return provedKeys(file.workspaceId, pair, Buffer.from(file.keyMark, 'base64'))
  } finally {
    pair.fill(0)
  }
}

/** Whether a rotation is under way, or was killed: keys beside the present ones. */
export const isRotationLeft = (dir: string): boolean => {
  if (existsSync(join(dir, nextKeysFileName)) || hasHalfKeyFile(dir)) return true
  const file = readKeyFile(dir)
  return file?.backend === 'os-keychain' && file.former !== undefined
}

/** Those that follow; null: no rotation is under way. Throws as unsealKeys does. */
export const unsealNextKeys = async (
  dir: string,
  options: UnsealOptions,
): Promise<WorkspaceKeys | null> => {
  const file = readKeyFile(dir, nextKeysFileName)
  return file === null ? null : unsealFile(file, options)
}

/** The keys that follow are the keys from now on; those of before go out of the keychain. */
export const takeNextKeys = async (dir: string, keychain: Keychain): Promise<void> => {
  const next = readKeyFile(dir, nextKeysFileName)
  if (next === null) throw new NocturneError('not-set-up')
  takeNextKeyFile(dir)
  await forgetFormer(dir, keychain)
}

/** Those of before a rotation, also of one that was killed at its last step. */
export const forgetFormer = async (dir: string, keychain: Keychain): Promise<void> => {
  const file = readKeyFile(dir)
  if (file?.backend !== 'os-keychain' || file.former === undefined) return
  const { former, ...rest } = file
  try {
    if (former !== entryOf(file)) await keychain.delete(former)
  } catch {
    // It opens nothing; the next start tries again.
    return
  }
  writeKeyFile(dir, rest, 'replace')
}

/** The rotation did not come to its end: the keys stay as they are. */
export const dropNextKeys = async (dir: string, keychain: Keychain): Promise<void> => {
  removeHalfKeyFiles(dir)
  const next = readKeyFile(dir, nextKeysFileName)
  if (next === null) return
  const present = readKeyFile(dir)
  if (next.backend === 'os-keychain') {
    const isPresent = present?.backend === 'os-keychain' && entryOf(present) === entryOf(next)
    // An entry that stays there too long opens nothing; one that goes too early would.
    if (!isPresent) await keychain.delete(entryOf(next)).catch(() => false)
  }
  rmSync(join(dir, nextKeysFileName), { force: true })
}

/** Throws 'wrong-passphrase' for `current`, 'password-too-weak' for `next`. */
export const changePassphrase = async (
  dir: string,
  current: string,
  next: string,
): Promise<void> => {
  const file = readKeyFile(dir)
  if (file === null || file.backend !== 'passphrase') throw new NocturneError('not-set-up')
  const keys = await unwrapKeys(file.envelope, current)
  try {
    await sealKeys(dir, keys, { backend: 'passphrase', passphrase: next }, 'replace')
  } finally {
    keys.wipe()
  }
}

const keychainProblem = (remembered: string, keychain: Keychain): NocturneError | null => {
  if (keychain.kind === 'none') return new NocturneError('keychain-unavailable')
  if (keychain.kind === remembered) return null
  return new NocturneError('keychain-changed', { was: remembered, is: keychain.kind })
}

const provedKeys = (workspaceId: string, pair: Buffer, mark: Buffer): WorkspaceKeys => {
  let keys: WorkspaceKeys | null = null
  try {
    keys = keysFromPair(workspaceId, pair)
    const found = keyMark(keys)
    if (found.length === mark.length && timingSafeEqual(found, mark)) return keys
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  keys?.wipe()
  throw new NocturneError('keychain-changed', { what: 'keychain-entry' })
}

/** For a workspace that is thrown away: takes its keys out of the keychain. */
export const forgetKeys = async (dir: string, keychain: Keychain): Promise<void> => {
  const file = readKeyFile(dir)
  if (file === null || file.backend !== 'os-keychain') return
  await keychain.delete(entryOf(file))
}

/**
 * Takes the keys of a folder out of the world: its entries in the keychain first, then the files
 * that name or wrap them. `begun` is told as soon as there is no way back. Throws
 * 'keychain-unavailable' where an entry cannot be removed, also where it is another keychain's.
 */
export const destroyKeys = async (
  dir: string,
  keychain: Keychain,
  begun: () => void = () => undefined,
): Promise<void> => {
  for (const name of [keysFileName, nextKeysFileName] as const) {
    const file = readKeyFileOrNull(dir, name)
    if (file?.backend === 'os-keychain') {
      const problem = keychainProblem(file.keychain, keychain)
      if (problem !== null) throw problem
      // Those of before a change of keys that was killed too.
      const entries = file.former === undefined ? [] : [file.former]
      for (const entry of [entryOf(file), ...entries]) {
        await keychain.delete(entry)
        // SECURITY: some keychains say yes and keep it.
        if (await isKept(keychain, entry)) {
          throw new NocturneError('keychain-unavailable', { why: 'entry was kept' })
        }
      }
    }
    if (file !== null) begun()
    destroyKeyFile(dir, name)
  }
  removeHalfKeyFiles(dir)
}

/** One that gives no answer now may well have let it go. */
const isKept = async (keychain: Keychain, entry: string): Promise<boolean> => {
  const left = await keychain.get(entry).catch(() => null)
  left?.fill(0)
  return left !== null
}

/** One that cannot be understood opens nothing, and goes as it is. */
const readKeyFileOrNull = (
  dir: string,
  name: typeof keysFileName | typeof nextKeysFileName,
): KeyFile | null => {
  try {
    return readKeyFile(dir, name)
  } catch (error) {
    if (error instanceof NocturneError) return null
    throw error
  }
}

/** By this two folders are known to open with the same keys; null: a passphrase wraps them. */
export const keyMarkIn = (dir: string): string | null => {
  const file = readKeyFileOrNull(dir, keysFileName)
  return file?.backend === 'os-keychain' ? `${file.workspaceId} ${file.keyMark}` : null
}
