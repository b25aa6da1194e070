/**
 * UUIDv7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then a counter, then randomness.
 * Ids of one source sort in the order they were made, also within one millisecond and when the
 * clock steps back (RFC 9562 section 6.2, methods 1 and 4).
 */
export interface UuidV7Ports {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly now: () => number
  /** Cryptographically random bytes, as many as asked for. */
  readonly randomBytes: (count: number) => Uint8Array
}

export type UuidV7Source = () => string

const counterMax = 0xfff
const timestampMax = 2 ** 48 - 1

export const createUuidV7Source = ({ now, randomBytes }: UuidV7Ports): UuidV7Source => {
  let lastMs = -1
  let counter = 0

  return () => {
    const bytes = randomBytes(10)
    if (bytes.length < 10) throw new RangeError('randomBytes returned too few bytes')
    const ms = Math.floor(now())
    if (!(ms >= 0 && ms <= timestampMax)) throw new RangeError('clock outside the range of UUIDv7')
    if (ms > lastMs) {
      lastMs = ms
      // Half of the counter's room is left free, so that a burst rarely borrows from the next ms.
      counter = ((byteAt(bytes, 8) << 8) | byteAt(bytes, 9)) & 0x7ff
    } else {
      counter += 1
      if (counter > counterMax) {
        lastMs += 1
        counter = 0
      }
    }
    return format(lastMs, counter, bytes)
  }
}

/** When the id was made, in milliseconds since 1970; null when the text is no UUIDv7. */
export const uuidV7Time = (id: string): number | null =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u.test(id)
    ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
    : null

const byteAt = (bytes: Uint8Array, index: number): number => bytes[index] ?? 0

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')

const format = (ms: number, counter: number, bytes: Uint8Array): string => {
  const time = hex(ms, 12)
  const variant = hex(0x80 | (byteAt(bytes, 0) & 0x3f), 2) + hex(byteAt(bytes, 1), 2)
  const tail = Array.from(bytes.subarray(2, 8), (byte) => hex(byte, 2)).join('')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(counter, 3)}-${variant}-${tail}`
}
