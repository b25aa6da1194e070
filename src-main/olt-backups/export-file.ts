import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { NocturneError } from '../../src-shared/errors.ts'
import { secureWorkspaceFolder } from '../store/workspace-files.ts'
import type { VersionRow } from './tables.ts'

const stampOf = (at: number): string =>
  new Date(at)
    .toISOString()
    .replace(/\.\d+Z$/u, 'Z')
    .replaceAll(/[-:]/gu, '')

/** `KARANG-01-20261123T041200Z-1a2b3c4d.cfg`: names that every file system takes. */
export const exportName = (oltName: string, version: VersionRow, now: number): string => {
  const name = oltName.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replaceAll(/^[.-]+|[.-]+$/gu, '')
  const stamp = `${stampOf(version.lastAt)}-${version.sha256.slice(0, 8)}`
  return `${name.slice(0, 60) || 'olt'}-${stamp}-${now.toString(36)}.cfg`
}

/** Refusals of the file system that a person can do something about. */
const codes: Readonly<Record<string, 'disk-full' | 'permission-denied'>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'permission-denied',
  EPERM: 'permission-denied',
  EROFS: 'permission-denied',
}

/** SECURITY: for its owner alone, and never over a file that is there. */
export const writeExport = (folder: string, fileName: string, text: string): void => {
  try {
    secureWorkspaceFolder(folder)
    writeFileSync(join(folder, fileName), text, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? codes[String(error.code)] : undefined
    throw code === undefined ? error : new NocturneError(code, {}, { cause: error })
  }
}
