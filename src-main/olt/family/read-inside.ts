import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs'
import { join, sep } from 'node:path'

export type FileInside =
  | { readonly kind: 'read'; readonly octets: Buffer }
  | { readonly kind: 'missing' }
  /** `reason`: for people, without what the file holds. */
  | { readonly kind: 'refused'; readonly reason: string }

/**
 * A file of a folder that somebody else fills, with its links followed and only if it then lies in
 * that folder, is a plain file and has at most `maxBytes` octets. Never throws but for a bug.
 */
export const readInside = (folder: string, name: string, maxBytes: number): FileInside => {
  try {
    const file = realpathSync(join(folder, name))
    // SECURITY: a link to elsewhere would show a stranger's choice of this machine's files.
    if (!liesIn(folder, file)) {
      return { kind: 'refused', reason: 'is a link that leads out of the folder' }
    }
    return readPlain(file, maxBytes)
  } catch (error) {
    const code = codeOf(error)
    if (code === null) throw error
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' }
    return { kind: 'refused', reason: `cannot be read: ${code}` }
  }
}

/** Whether `path`, its links followed already, is the folder or in it. */
export const liesIn = (folder: string, path: string): boolean => {
  const root = realpathSync(folder)
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep)
}

const readPlain = (file: string, maxBytes: number): FileInside => {
  // SECURITY: a pipe or a device in place of a file must not hold the engine's thread.
  const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const { size } = fstatSync(handle)
    if (!fstatSync(handle).isFile()) return { kind: 'refused', reason: 'is no plain file' }
    if (size > maxBytes) return { kind: 'refused', reason: `is larger than ${sizeText(maxBytes)}` }
    const octets = Buffer.alloc(size)
    let length = 0
    while (length < size) {
      const read = readSync(handle, octets, length, size - length, length)
      if (read === 0) break
      length += read
    }
    return { kind: 'read', octets: octets.subarray(0, length) }
  } finally {
    closeSync(handle)
  }
}

const sizeText = (bytes: number): string =>
  bytes >= 1_000_000 ? `${bytes / 1_000_000} MB` : `${bytes / 1000} KB`

/** The system's own code of a failed file operation; null: some other error. */
export const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
