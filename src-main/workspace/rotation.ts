import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isNocturneError, NocturneError } from '../../src-shared/errors.ts'
import type { ChainProof } from '../store/backup.ts'
import { isKeyOf } from '../store/page-proof.ts'
import { removeRotation, rotateStore, type RotationStep } from '../store/rotate-store.ts'
import { lockWorkspace } from '../store/workspace-lock.ts'
import {
  dropNextKeys,
  forgetFormer,
  inspectWorkspace,
  isRotationLeft,
  sealKeys,
  takeNextKeys,
  unsealKeys,
  unsealNextKeys,
  type Protection,
  type UnsealOptions,
} from '../vault/vault.ts'
import { makeKeys } from '../vault/workspace-keys.ts'
import type { WorkspaceKeys } from '../vault/workspace-keys.ts'
import { resealAll } from './sealed-columns.ts'

const storeFile = 'store.db'

/**
 * The keys of a workspace whose rotation may have been killed: whichever opens the store are the
 * keys, and the others go. Throws as unsealKeys does, and 'workspace-in-use' where the rotation is
 * another process's that has not ended. The caller wipes what it gets.
 */
export const openKeys = async (dir: string, options: UnsealOptions): Promise<WorkspaceKeys> => {
  if (!isRotationLeft(dir)) return unsealKeys(dir, options)
  // SECURITY: a second start must not take the next keys from under the first one's rotation.
  const release = lockWorkspace(join(dir, storeFile))
  try {
    return await settleKeys(dir, options)
  } finally {
    release()
  }
}

/** The workspace is locked by the caller. */
const settleKeys = async (dir: string, options: UnsealOptions): Promise<WorkspaceKeys> => {
  const keys = await unsealKeys(dir, options)
  const path = join(dir, storeFile)
  const isKey = (key: Buffer): boolean => existsSync(path) && isKeyOf(path, key)
  let next: WorkspaceKeys | null = null
  try {
    next = await nextKeysIn(dir, options)
    if (next !== null && isKey(next.storeKey)) {
      await takeNextKeys(dir, options.keychain)
      keys.wipe()
      return next
    }
    next?.wipe()
    // Where neither opens the store it is damaged, and no key of it is thrown away.
    if (isKey(keys.storeKey)) {
      removeRotation(path)
      await dropNextKeys(dir, options.keychain)
      await forgetFormer(dir, options.keychain)
    }
    return keys
  } catch (error) {
    keys.wipe()
    next?.wipe()
    throw error
  }
}

/** Null also where a kill came between the file and the keychain. */
const nextKeysIn = async (dir: string, options: UnsealOptions): Promise<WorkspaceKeys | null> => {
  try {
    return await unsealNextKeys(dir, options)
  } catch (error) {
    if (isNocturneError(error) && error.code === 'key-missing') return null
    throw error
  }
}

export interface RotateOptions extends UnsealOptions {
  readonly dir: string
  readonly now: number
  readonly proveChain: (keys: WorkspaceKeys) => ChainProof
  /** Where a test lets it be killed. */
  readonly onStep?: (step: RotationStep | 'sealed' | 'taken') => void
}

/**
 * Another store key and another vault key for a workspace that is not open. First the next keys are
 * sealed beside the present ones; then the store is written anew and takes its place in one step
 * (store/rotate-store.ts); then the next keys are the keys. Killed between any two of these,
 * `openKeys` knows which ones open the store. Returns the new keys, which the caller wipes.
 *
 * Throws 'workspace-in-use', 'wrong-passphrase', 'keychain-unavailable', 'disk-full',
 * 'store-damaged': then everything is as it was.
 */
export const rotateKeys = async (options: RotateOptions): Promise<WorkspaceKeys> => {
  const { dir, keychain } = options
  const path = join(dir, storeFile)
  const release = lockWorkspace(path)
  try {
    const old = await settleKeys(dir, options)
    const next = makeKeys(old.workspaceId)
    try {
      await sealKeys(dir, next, protectionOf(options), 'next')
      options.onStep?.('sealed')
      rotateStore({
        path,
        old,
        next,
        proveChain: options.proveChain(next),
        reseal: (reseal) => resealAll(reseal, old, next, options.now),
        ...(options.onStep === undefined ? {} : { onStep: options.onStep }),
      })
      await takeNextKeys(dir, keychain)
      options.onStep?.('taken')
      return next
    } catch (error) {
      next.wipe()
      if (isKeyOf(path, old.storeKey)) await dropNextKeys(dir, keychain)
      throw error
    } finally {
      old.wipe()
    }
  } finally {
    release()
  }
}

const protectionOf = ({ dir, keychain, passphrase }: RotateOptions): Protection => {
  if (inspectWorkspace(dir, keychain).state !== 'needs-passphrase') {
    return { backend: 'os-keychain', keychain }
  }
  if (passphrase === undefined) throw new NocturneError('workspace-sealed')
  return { backend: 'passphrase', passphrase }
}
