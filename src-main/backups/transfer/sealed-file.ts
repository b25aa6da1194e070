import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { z } from 'zod'
import { NocturneError } from '../../../src-shared/errors.ts'
import { transferWay } from '../../vault/transfer-envelope.ts'

/**
 * A transfer file: the line `NOCTURNE-TRANSFER-1`, the header's length (4 bytes, little endian), the
 * header as JSON (nothing but how the file's key is wrapped), then the content in pieces of 1 MiB,
 * each AES-256-GCM. The key of the pieces is made from the file's key and the hash of all that stands
 * before them, so a changed header opens none; the nonce is the piece's number and whether it is the
 * last one (the STREAM construction: Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015), so pieces that
 * are left out, moved, added, or another file's do not open.
 */
const magicOf = (format: number): string => `NOCTURNE-TRANSFER-${format}\n`
const magic = Buffer.from(magicOf(1), 'latin1')
const anyMagic = /^NOCTURNE-TRANSFER-(\d{1,9})\n/u
const longestHeader = 16_384
export const pieceBytes = 1_048_576
const tagBytes = 16

const sealedHeader = z.strictObject({ format: z.literal(1), id: z.uuid(), way: transferWay })

export type SealedHeader = z.output<typeof sealedHeader>

export interface SealedHead {
  readonly header: SealedHeader
  /** All that stands before the pieces. */
  readonly bytes: Buffer
}

export const makeHead = (header: SealedHeader): SealedHead => {
  const text = Buffer.from(JSON.stringify(header), 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32LE(text.length)
  return { header, bytes: Buffer.concat([magic, length, text]) }
}

/** Null: it is no transfer file at all. Throws 'transfer-damaged', 'store-from-newer-version'. */
export const readHead = (path: string): SealedHead | null => {
  const file = openSync(path, 'r')
  try {
    const start = Buffer.alloc(magic.length + 4 + longestHeader)
    const found = start.subarray(0, readFully(file, start))
    const format = anyMagic.exec(found.subarray(0, 32).toString('latin1'))?.[1]
    if (format === undefined) return null
    if (format !== '1') {
      throw new NocturneError('store-from-newer-version', { found: Number(format), known: 1 })
    }
    if (found.length < magic.length + 4) throw damaged('header')
    const length = found.readUInt32LE(magic.length)
    const end = magic.length + 4 + length
    if (length > longestHeader || end > found.length) throw damaged('header')
    const text = found.subarray(magic.length + 4, end).toString('utf8')
    const parsed = sealedHeader.safeParse(parseJson(text))
    if (!parsed.success) throw damaged('header')
    return { header: parsed.data, bytes: Buffer.from(found.subarray(0, end)) }
  } finally {
    closeSync(file)
  }
}

const readFully = (file: number, into: Buffer): number => {
  let at = 0
  for (;;) {
    const read = readSync(file, into, at, into.length - at, at)
    at += read
    if (read === 0 || at === into.length) return at
  }
}

export const damaged = (what: string): NocturneError =>
  new NocturneError('transfer-damaged', { what })

/** Of the pieces. The caller wipes it. */
export const pieceKey = (fileKey: Buffer, head: SealedHead): Buffer =>
  Buffer.from(
    hkdfSync(
      'sha256',
      fileKey,
      createHash('sha256').update(head.bytes).digest(),
      'nocturne-transfer-pieces-1',
      32,
    ),
  )

/** How long a file of so much content is. */
export const sealedBytes = (head: SealedHead, content: number): number =>
  head.bytes.length + content + Math.max(1, Math.ceil(content / pieceBytes)) * tagBytes

/** 11 bytes count, the last one says whether it is the last piece. */
const nonceOf = (number: number, isLast: boolean): Buffer => {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(number, 5, 6)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

export interface Sealer {
  write(bytes: Uint8Array): Promise<void>
  /** The last piece. */
  end(): Promise<void>
}

/** Seals what is written, piece by piece: one of them is in memory. */
export const createSealer = (key: Buffer, put: (bytes: Buffer) => Promise<void>): Sealer => {
  const held = Buffer.alloc(pieceBytes)
  let filled = 0
  let number = 0
  const flush = async (isLast: boolean): Promise<void> => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, isLast), {
      authTagLength: tagBytes,
    })
    const body = cipher.update(held.subarray(0, filled))
    cipher.final()
    number += 1
    filled = 0
    await put(body)
    await put(cipher.getAuthTag())
  }
  return {
    async write(bytes) {
      for (let at = 0; at < bytes.length;) {
        if (filled === pieceBytes) await flush(false)
        const some = bytes.subarray(at, at + pieceBytes - filled)
        held.set(some, filled)
        filled += some.length
        at += some.length
      }
    },
    async end() {
      await flush(true)
      held.fill(0)
    },
  }
}

/**
 * The content, piece by piece, each proved before it is given; the last one is proved to be the last,
 * and nothing may follow it. Throws 'transfer-damaged', 'cancelled'.
 */
export async function* openPieces(
  file: FileHandle,
  key: Buffer,
  start: number,
  signal?: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  const { size } = await file.stat()
  const held = Buffer.alloc(Math.min(Math.max(size - start, 0), pieceBytes + tagBytes))
  let at = start
  for (let number = 0; ; number += 1) {
    if (signal?.aborted === true) throw new NocturneError('cancelled')
    const length = Math.min(size - at, pieceBytes + tagBytes)
    if (length < tagBytes) throw damaged('cut-off')
    const sealed = held.subarray(0, length)
    for (let read = 0; read < length;) {
      const { bytesRead } = await file.read(sealed, read, length - read, at + read)
      if (bytesRead === 0) throw damaged('cut-off')
      read += bytesRead
    }
    at += length
    const isLast = at === size
    yield openPiece(sealed, key, nonceOf(number, isLast))
    if (isLast) return
  }
}

const openPiece = (sealed: Buffer, key: Buffer, nonce: Buffer): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
  const plain = decipher.update(sealed.subarray(0, sealed.length - tagBytes))
  try {
    decipher.final()
    return plain
  } catch {
    // SECURITY: bytes of a piece that does not prove itself never leave this function.
    plain.fill(0)
    throw damaged('piece')
  }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
