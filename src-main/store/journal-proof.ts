import { existsSync, readFileSync, statSync, openSync, readSync, closeSync } from 'node:fs'
import { pageHmacKey, pageBytes, isProved, saltBytes } from './page-proof.ts'

/**
 * SQLite takes the write-ahead log as far as its checksums hold and forgets the rest without a word: what a
 * power cut tore is meant by that, and never was acknowledged. A log that was damaged afterwards ends there too,
 * and what was acknowledged would be gone. The two are told apart by what lies behind the place: each
 * transaction is on the disk before the next one begins (synchronous=FULL), so a torn one has nothing behind
 * it. Format: SQLite, "WAL-mode File Format"; each frame holds a page that proves itself (page-proof.ts).
 */
const headerBytes = 32
const frameHeadBytes = 24
const frameBytes = frameHeadBytes + pageBytes

/** Whether the log of a closed store has lost what was acknowledged. Changes no byte. */
export const isJournalDamaged = (path: string, key: Buffer): boolean => {
  const journal = `${path}-wal`
  const size = statSync(journal, { throwIfNoEntry: false })?.size ?? 0
  if (size < headerBytes + frameBytes) return false
  const log = readFileSync(journal)
  const salt = saltOf(path, log)
  if (salt === null) return false
  const hmacKey = pageHmacKey(key, salt)
  const proves = (at: number): boolean =>
    isProved(log.subarray(at + frameHeadBytes, at + frameBytes), log.readUInt32BE(at), hmacKey)
  const frames = Math.floor((size - headerBytes) / frameBytes)
  const isCommit = (at: number): boolean => log.readUInt32BE(at + 4) !== 0
  const startOf = (frame: number): number => headerBytes + frame * frameBytes
  const sums = headerSums(log)
  // Without its header all of it is ignored.
  if (sums === null) return anyFrame(frames, (frame) => proves(startOf(frame)))
  const salts = log.subarray(16, 24)
  const isOfNow = (at: number): boolean => log.subarray(at + 8, at + 16).equals(salts)
  let frame = 0
  let before = sums
  for (; frame < frames; frame += 1) {
    const at = startOf(frame)
    const next = isOfNow(at) ? frameSums(log, at, before) : null
    if (next === null) break
    before = next
  }
  let commits = 0
  for (let behind = frame; behind < frames; behind += 1) {
    const at = startOf(behind)
    // The first one may end the transaction that a power cut tore.
    if (isOfNow(at) && isCommit(at) && proves(at) && (commits += 1) > 1) return true
  }
  return false
}

const anyFrame = (frames: number, holds: (frame: number) => boolean): boolean => {
  for (let frame = 0; frame < frames; frame += 1) if (holds(frame)) return true
  return false
}

/** The file's own; of one whose first page is still in the log, that one's. */
const saltOf = (path: string, log: Buffer): Buffer | null => {
  if (existsSync(path)) {
    const file = openSync(path, 'r')
    try {
      const salt = Buffer.alloc(saltBytes)
      if (readSync(file, salt, 0, saltBytes, 0) === saltBytes) return salt
    } finally {
      closeSync(file)
    }
  }
  for (let at = headerBytes; at + frameBytes <= log.length; at += frameBytes) {
    if (log.readUInt32BE(at) !== 1) continue
    return log.subarray(at + frameHeadBytes, at + frameHeadBytes + saltBytes)
  }
  return null
}

type Sums = readonly [number, number]

/** Null: this is no header of a log. */
const headerSums = (log: Buffer): Sums | null => {
  const magic = log.readUInt32BE(0)
  if (magic !== 0x377f0682 && magic !== 0x377f0683) return null
  const sums = add(log, 0, 24, [0, 0])
  return sums[0] === log.readUInt32BE(24) && sums[1] === log.readUInt32BE(28) ? sums : null
}

const frameSums = (log: Buffer, at: number, before: Sums): Sums | null => {
  const head = add(log, at, at + 8, before)
  const sums = add(log, at + frameHeadBytes, at + frameBytes, head)
  return sums[0] === log.readUInt32BE(at + 16) && sums[1] === log.readUInt32BE(at + 20)
    ? sums
    : null
}

/** SQLite's checksum of pairs of words; the magic says in which order of bytes. */
const add = (log: Buffer, from: number, to: number, [first, second]: Sums): Sums => {
  const isBig = (log[3] ?? 0) === 0x83
  let one = first
  let two = second
  for (let at = from; at < to; at += 8) {
    const a = isBig ? log.readUInt32BE(at) : log.readUInt32LE(at)
    const b = isBig ? log.readUInt32BE(at + 4) : log.readUInt32LE(at + 4)
    one = (one + a + two) >>> 0
    two = (two + b + one) >>> 0
  }
  return [one, two]
}
