import { appendFileSync, chmodSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const maxBytes = 5 * 1024 * 1024

/**
 * Appends lines to a file of mode 0600 and keeps one older file of the same size. A log that
 * cannot be written (full disk) is dropped: it must never stop the console.
 */
export const openLogFile = (path: string): ((line: string) => void) => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  let size = existsSync(path) ? statSync(path).size : 0
  return (line) => {
    try {
      if (size > maxBytes) {
        renameSync(path, `${path}.1`)
        size = 0
      }
      const fresh = size === 0
      appendFileSync(path, line, { mode: 0o600 })
      if (fresh) chmodSync(path, 0o600)
      size += Buffer.byteLength(line)
    } catch {
      size = 0
    }
  }
}
