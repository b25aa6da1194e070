import { existsSync, readdirSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { NocturneError } from '../../../src-shared/errors.ts'
import { secureWorkspaceFolder } from '../../store/workspace-files.ts'

/**
 * A sheet is written before its batch is in the store and takes its name after: of a batch that did
 * not come to be there is no sheet, and no batch is without one. Codes stand in no other file.
 */

export const sheetName = (batchId: string): string => `vouchers-${batchId}.pdf`

const partOf = (name: string): string => `${name}.part`

/** Refusals of the file system that a person can do something about. */
const codes: Readonly<Record<string, 'disk-full' | 'permission-denied'>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'permission-denied',
  EPERM: 'permission-denied',
  EROFS: 'permission-denied',
}

/** Errors: `disk-full`, `permission-denied`. */
export const writeSheetPart = async (
  folder: string,
  batchId: string,
  bytes: Uint8Array,
): Promise<void> => {
  const part = join(folder, partOf(sheetName(batchId)))
  try {
    secureWorkspaceFolder(folder)
    // SECURITY: cards are money: for the workspace's owner alone.
    const file = await open(part, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    await rm(part, { force: true })
    const code = error instanceof Error && 'code' in error ? codes[String(error.code)] : undefined
    throw code === undefined ? error : new NocturneError(code, {}, { cause: error })
  }
}

export const nameSheet = async (folder: string, batchId: string): Promise<void> => {
  const to = join(folder, sheetName(batchId))
  await rename(partOf(to), to)
}

/** What a dead process left: named where the batch is there, else removed. */
export const tidySheets = async (
  folder: string,
  isBatch: (batchId: string) => boolean,
): Promise<void> => {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    const batchId = /^vouchers-([0-9a-f-]{36})\.pdf\.part$/u.exec(name)?.[1]
    if (batchId === undefined) continue
    if (isBatch(batchId)) await nameSheet(folder, batchId)
    else await rm(join(folder, name), { force: true })
  }
}
