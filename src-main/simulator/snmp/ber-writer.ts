import { tag } from './ber-tags.ts'

/**
 * Writes BER forward into one reused buffer. Long containers get a fixed three-octet length that is
 * patched when they close; short ones get one octet and are moved in the rare case that they grow.
 * The caller checks `at` against its own limit; the buffer must be larger than that limit.
 */
export class BerWriter {
  readonly bytes: Uint8Array
  at = 0

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity)
  }

  /** Opens a container whose length is not known; give the mark to `close`. */
  open(tagByte: number): number {
    this.bytes[this.at] = tagByte
    this.bytes[this.at + 1] = 0x82
    this.at += 4
    return this.at
  }

  close(mark: number): void {
    const length = this.at - mark
    this.bytes[mark - 2] = length >>> 8
    this.bytes[mark - 1] = length
  }

  /** Opens a container that is expected to stay under 128 octets. */
  openShort(tagByte: number): number {
    this.bytes[this.at] = tagByte
    this.at += 2
    return this.at
  }

  closeShort(mark: number): void {
    const length = this.at - mark
    if (length < 0x80) {
      this.bytes[mark - 1] = length
      return
    }
    this.bytes.copyWithin(mark + 2, mark, this.at)
    this.bytes[mark - 1] = 0x82
    this.bytes[mark] = length >>> 8
    this.bytes[mark + 1] = length
    this.at += 2
  }

  raw(source: Uint8Array, start = 0, end: number = source.length): void {
    const bytes = this.bytes
    let at = this.at
    for (let i = start; i < end; i++) bytes[at++] = source[i] as number
    this.at = at
  }

  empty(tagByte: number): void {
    this.bytes[this.at] = tagByte
    this.bytes[this.at + 1] = 0
    this.at += 2
  }

  /** Minimal two's complement of a whole number within ±2^53; unsigned types pass their own tag. */
  integer(value: number, tagByte: number = tag.integer): void {
    let octets = 1
    for (let limit = 0x80; value >= limit || value < -limit; limit *= 0x100) octets++
    const bytes = this.bytes
    bytes[this.at] = tagByte
    bytes[this.at + 1] = octets
    let at = this.at + 2
    if (octets > 4) {
      const high = Math.floor(value / 0x1_0000_0000)
      for (let i = octets - 5; i >= 0; i--) bytes[at++] = high >> (8 * i)
    }
    const low = value >>> 0
    for (let i = Math.min(octets, 4) - 1; i >= 0; i--) bytes[at++] = low >>> (8 * i)
    this.at = at
  }

  octets(value: Uint8Array, tagByte: number = tag.octetString): void {
    this.header(tagByte, value.length)
    this.raw(value)
  }

  /** A string as UTF-8, which for ASCII is what every OLT sends. */
  text(value: string): void {
    const start = this.at
    this.header(tag.octetString, value.length)
    let at = this.at
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i)
      if (code > 0x7f) {
        this.at = start
        this.octets(new TextEncoder().encode(value))
        return
      }
      this.bytes[at++] = code
    }
    this.at = at
  }

  private header(tagByte: number, length: number): void {
    this.bytes[this.at++] = tagByte
    if (length > 0xff) {
      this.bytes[this.at++] = 0x82
      this.bytes[this.at++] = length >>> 8
    } else if (length > 0x7f) this.bytes[this.at++] = 0x81
    this.bytes[this.at++] = length
  }
}
