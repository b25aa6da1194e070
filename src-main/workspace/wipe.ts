import { existsSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { syncFolder } from '../store/workspace-files.ts'
import { lockWorkspace } from '../store/workspace-lock.ts'
import type { Keychain } from '../vault/keychain.ts'
import { destroyKeys } from '../vault/vault.ts'
import { spoil } from '../vault/key-file.ts'
import { writePrivate } from './registry-file.ts'
import type { Registry } from './registry.ts'
import { readWipeMark, wipeMarkName, type WipeMark } from './wipe-mark.ts'

/**
 * A workspace is wiped by destroying its keys; that its files go too is the tidying after it. The
 * steps, in this order: a mark in the folder, from which on it is finished by whichever start finds
 * it; the keys; the record in the list; the files, and the mark with them.
 */
export type WipeStep = 'marked' | 'keys' | 'recorded'

export interface WipeOptions {
  readonly dir: string
  readonly registry: Pick<Registry, 'wiped'>
  readonly keychain: Keychain
  /** Where a test lets it be killed. */
  readonly onStep?: (step: WipeStep) => void
}

/** What an older restore left of the same workspace beside it, and one that was broken off. */
export const foldersBeside = (dir: string): readonly string[] => {
  const name = basename(dir)
  const isKept = (other: string): boolean =>
    other === `${name}.restoring` ||
    (other.startsWith(`${name}-before-restore-`) && /^[\d-]+$/u.test(other.slice(name.length + 16)))
  const parent = dirname(dir)
  if (!existsSync(parent)) return []
  return readdirSync(parent)
    .filter(isKept)
    .map((other) => join(parent, other))
}

/**
 * The workspace must not be open. Throws 'workspace-in-use', 'keychain-unavailable': where its own
 * keys are still there, the mark is taken back and all is as it was.
 */
export const wipeWorkspace = async (
  options: WipeOptions,
  mark: Omit<WipeMark, 'format'>,
): Promise<void> => {
  const release = lockWorkspace(join(options.dir, 'store.db'))
  try {
    writePrivate(join(options.dir, wipeMarkName), { format: 1, ...mark })
    options.onStep?.('marked')
    let isBegun = false
    try {
      await destroyAll(options, () => {
        isBegun = true
      })
    } catch (error) {
      if (!isBegun) rmSync(join(options.dir, wipeMarkName), { force: true })
      throw error
    }
  } finally {
    release()
  }
  finish(options, { format: 1, ...mark })
}

/** Brings a wiping to its end that was broken off. False: it is not being wiped. Throws as above. */
export const finishWipe = async (options: WipeOptions): Promise<boolean> => {
  const mark = readWipeMark(options.dir)
  if (mark === null) return false
  const release = lockWorkspace(join(options.dir, 'store.db'))
  try {
    await destroyAll(options)
  } finally {
    release()
  }
  finish(options, mark)
  return true
}

const destroyAll = async (
  { dir, keychain, onStep }: WipeOptions,
  begun?: () => void,
): Promise<void> => {
  await destroyKeys(dir, keychain, begun)
  for (const beside of foldersBeside(dir)) await destroyKeys(beside, keychain, begun)
  // Backups hold the keys too, wrapped by their passphrase.
  for (const folder of [dir, ...foldersBeside(dir)]) spoilHeads(join(folder, 'backups'))
  onStep?.('keys')
}

const spoilHeads = (folder: string): void => {
  if (!existsSync(folder)) return
  for (const each of readdirSync(folder, { withFileTypes: true })) {
    if (each.isFile()) spoil(join(folder, each.name))
  }
}

const finish = ({ dir, registry, onStep }: WipeOptions, mark: WipeMark): void => {
  const { format: _, ...record } = mark
  registry.wiped(record)
  onStep?.('recorded')
  for (const beside of foldersBeside(dir)) rmSync(beside, { recursive: true, force: true })
  for (const name of readdirSync(dir)) {
    if (name !== wipeMarkName) rmSync(join(dir, name), { recursive: true, force: true })
  }
  rmSync(dir, { recursive: true, force: true })
  syncFolder(dirname(dir))
}
