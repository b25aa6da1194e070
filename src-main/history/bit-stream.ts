/** Bits, lowest first, in chunks of up to 24 so that all arithmetic stays in 32-bit integers. */
const chunkBits = 24
const chunkSize = 2 ** chunkBits

export class BitWriter {
  #bytes: Uint8Array
  #length = 0
  #held = 0
  #heldBits = 0
  readonly #view = new DataView(new ArrayBuffer(8))

  constructor(expectedBytes: number) {
    this.#bytes = new Uint8Array(Math.max(16, expectedBytes))
  }

  /** `value` < 2^bits, bits <= 53. */
  write(value: number, bits: number): void {
    let rest = value
    let left = bits
    while (left > chunkBits) {
      this.#put(rest % chunkSize, chunkBits)
      rest = Math.floor(rest / chunkSize)
      left -= chunkBits
    }
    if (left > 0) this.#put(rest, left)
  }

  writeDouble(value: number): void {
    this.#view.setFloat64(0, value, true)
    for (let index = 0; index < 8; index++) this.#put(this.#view.getUint8(index), 8)
  }

  /** A view of what was written; ends the writing. */
  finish(): Uint8Array {
    if (this.#heldBits > 0) this.#push(this.#held & 255)
    return this.#bytes.subarray(0, this.#length)
  }

  #put(value: number, bits: number): void {
    // At most 7 + 24 bits are held.
    this.#held |= value << this.#heldBits
    this.#heldBits += bits
    while (this.#heldBits >= 8) {
      this.#push(this.#held & 255)
      this.#held >>>= 8
      this.#heldBits -= 8
    }
  }

  #push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const grown = new Uint8Array(this.#bytes.length * 2)
      grown.set(this.#bytes)
      this.#bytes = grown
    }
    this.#bytes[this.#length++] = byte
  }
}

export class BitReader {
  readonly #bytes: Uint8Array
  readonly #view = new DataView(new ArrayBuffer(8))
  /** In bits; may be set anywhere. */
  position = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** bits <= 53. Past the end there are zeros: whoever reads checks the length once. */
  read(bits: number): number {
    let value = 0
    let factor = 1
    let left = bits
    while (left > chunkBits) {
      value += this.#take(chunkBits) * factor
      factor *= chunkSize
      left -= chunkBits
    }
    return left > 0 ? value + this.#take(left) * factor : value
  }

  readDouble(): number {
    for (let index = 0; index < 8; index++) this.#view.setUint8(index, this.#take(8))
    return this.#view.getFloat64(0, true)
  }

  #take(bits: number): number {
    const bytes = this.#bytes
    const at = this.position >>> 3
    const shift = this.position & 7
    this.position += bits
    const low =
      (bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24)
    // 24 bits and a shift of up to 7 fit into the four bytes.
    return (low >>> shift) & ((chunkSize - 1) >>> (chunkBits - bits))
  }
}
