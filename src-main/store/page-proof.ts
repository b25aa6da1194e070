import { createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/**
 * Tells a wrong key from a damaged file when SQLite can read neither. SQLCipher 4 authenticates
 * every page with HMAC-SHA-512 over its ciphertext, its IV and its number (little endian), under
 * a key that PBKDF2-HMAC-SHA-512 makes in 2 rounds from the raw key and the file's salt XOR 0x3a
 * (Zetetic, "SQLCipher Design", sections on HMAC and key derivation). If any page of the first
 * few proves itself under the key, the key is right and the file is damaged.
 */
export const pageBytes = 4096
const reserveBytes = 80
const ivBytes = 16
const macBytes = 64
export const saltBytes = 16
const pagesTried = 64

export const classifyUnreadable = (
  path: string,
  key: Buffer,
): 'store-wrong-key' | 'store-damaged' => {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const first = Buffer.alloc(pageBytes)
    if (readSync(file, first, 0, pageBytes, 0) < pageBytes) return 'store-damaged'
    if (first.subarray(0, 15).toString('latin1') === 'SQLite format 3') return 'store-damaged'
    const hmacKey = pageHmacKey(key, first.subarray(0, saltBytes))
    const page = Buffer.alloc(pageBytes)
    const pages = Math.min(pagesTried, Math.floor(size / pageBytes))
    for (let number = 1; number <= pages; number += 1) {
      readSync(file, page, 0, pageBytes, (number - 1) * pageBytes)
      if (isProved(page, number, hmacKey)) return 'store-damaged'
    }
    return 'store-wrong-key'
  } finally {
    closeSync(file)
  }
}

/** Of the pages' HMAC, from the file's first 16 bytes. */
export const pageHmacKey = (key: Buffer, salt: Uint8Array): Buffer =>
  pbkdf2Sync(key, Buffer.from(salt.map((byte) => byte ^ 0x3a)), 2, 32, 'sha512')

/** Whether this is the key under which the file's first page was written. */
export const isKeyOf = (path: string, key: Buffer): boolean => {
  const file = openSync(path, 'r')
  try {
    const first = Buffer.alloc(pageBytes)
    if (readSync(file, first, 0, pageBytes, 0) < pageBytes) return false
    return isProved(first, 1, pageHmacKey(key, first.subarray(0, saltBytes)))
  } finally {
    closeSync(file)
  }
}

/** Whether this is page `number` as it was written under the key. */
export const isProved = (page: Buffer, number: number, hmacKey: Buffer): boolean => {
  const dataEnd = pageBytes - reserveBytes + ivBytes
  const pageNumber = Buffer.alloc(4)
  pageNumber.writeUInt32LE(number)
  const mac = createHmac('sha512', hmacKey)
    .update(page.subarray(number === 1 ? saltBytes : 0, dataEnd))
    .update(pageNumber)
    .digest()
  return timingSafeEqual(mac, page.subarray(dataEnd, dataEnd + macBytes))
}
