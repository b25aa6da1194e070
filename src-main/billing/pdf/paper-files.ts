import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NocturneError } from '../../../src-shared/errors.ts'
import { secureWorkspaceFolder } from '../../store/workspace-files.ts'

/**
 * Papers are written beside their name and take it after: a file that is there is whole. The same
 * name is the same paper, so one that is there already is put in its place again.
 */

/** Refusals of the file system that a person can do something about. */
const codes: Readonly<Record<string, 'disk-full' | 'permission-denied'>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'permission-denied',
  EPERM: 'permission-denied',
  EROFS: 'permission-denied',
}

const told = (error: unknown): Error => {
  const code = error instanceof Error && 'code' in error ? codes[String(error.code)] : undefined
  if (code !== undefined) return new NocturneError(code, {}, { cause: error })
  return error instanceof Error ? error : new Error(String(error))
}

/** SECURITY: names that every file system takes, whatever a prefix or a customer's code is made of. */
export const fileNameOf = (...parts: readonly string[]): string =>
  parts
    .map((part) => part.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replaceAll(/^[.-]+|[.-]+$/gu, ''))
    .filter((part) => part !== '')
    .join('-')
    .slice(0, 120)

/** Something that is written and gets its name, or is taken away again. */
export interface WrittenPart {
  readonly name: () => Promise<void>
  readonly drop: () => Promise<void>
}

const partAt = (part: string, target: string): WrittenPart => ({
  name: async () => {
    try {
      await rename(part, target)
    } catch (error) {
      throw told(error)
    }
  },
  drop: () => rm(part, { force: true, recursive: true }),
})

/** Errors: `disk-full`, `permission-denied`. */
export const writePaper = async (
  folder: string,
  fileName: string,
  /** Of this one writing: two at a time don't meet. */
  partId: string,
  bytes: Uint8Array,
): Promise<void> => {
  const part = join(folder, `${fileName}.${partId}.part`)
  try {
    secureWorkspaceFolder(folder)
    // SECURITY: what somebody owes is for the workspace's owner alone.
    const file = await open(part, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, join(folder, fileName))
  } catch (error) {
    await rm(part, { force: true })
    throw told(error)
  }
}

/** What a console that died left half written. */
export const tidyPapers = async (folder: string): Promise<void> => {
  if (!existsSync(folder)) return
  for (const name of await readdir(folder)) {
    const isOurs =
      /\.(?:pdf|csv|xml)\.[0-9a-f-]{36}\.part$/u.test(name) || /^documents-.*\.part$/u.test(name)
    if (isOurs) await rm(join(folder, name), { force: true, recursive: true })
  }
}

/** A folder of papers that gets its name when all of them are in it. */
export const openPaperFolder = async (
  exportsFolder: string,
  name: string,
): Promise<
  WrittenPart & { readonly put: (fileName: string, bytes: Uint8Array) => Promise<void> }
> => {
  const part = join(exportsFolder, `${name}.part`)
  try {
    secureWorkspaceFolder(exportsFolder)
    await mkdir(part, { mode: 0o700 })
  } catch (error) {
    throw told(error)
  }
  return {
    ...partAt(part, join(exportsFolder, name)),
    put: async (fileName, bytes) => {
      try {
        await writeFile(join(part, fileName), bytes, { mode: 0o600, flag: 'wx' })
      } catch (error) {
        throw told(error)
      }
    },
  }
}

/** A text that is written piece by piece. */
export const openPaperText = async (
  folder: string,
  fileName: string,
  partId: string,
): Promise<
  WrittenPart & {
    readonly write: (text: string) => Promise<void>
    readonly close: () => Promise<void>
  }
> => {
  const part = join(folder, `${fileName}.${partId}.part`)
  const file = await (async () => {
    try {
      secureWorkspaceFolder(folder)
      return await open(part, 'wx', 0o600)
    } catch (error) {
      throw told(error)
    }
  })()
  let isOpen = true
  const end = async (): Promise<void> => {
    if (!isOpen) return
    isOpen = false
    await file.close()
  }
  const after = partAt(part, join(folder, fileName))
  return {
    name: after.name,
    drop: async () => {
      await end()
      await after.drop()
    },
    write: async (text) => {
      try {
        await file.writeFile(text)
      } catch (error) {
        throw told(error)
      }
    },
    close: async () => {
      try {
        await file.sync()
        await end()
      } catch (error) {
        throw told(error)
      }
    },
  }
}
