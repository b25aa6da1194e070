/** Where one BER element lies: its content without tag and length. */
export interface Span {
  readonly tag: number
  readonly start: number
  readonly end: number
}

/** The element at an offset; undefined where it does not fit. Up to four octets of length. */
export const readSpan = (bytes: Uint8Array, at: number, limit: number): Span | undefined => {
  if (at + 2 > limit) return undefined
  const tagByte = bytes[at] as number
  let length = bytes[at + 1] as number
  let start = at + 2
  if (length > 0x7f) {
    const octets = length & 0x7f
    if (octets === 0 || octets > 4 || start + octets > limit) return undefined
    length = 0
    for (let i = 0; i < octets; i++) length = length * 256 + (bytes[start++] as number)
  }
  return start + length > limit ? undefined : { tag: tagByte, start, end: start + length }
}

/** Up to six octets, two's complement; longer or empty is read as 0, which every caller refuses. */
export const readInteger = (bytes: Uint8Array, span: Span): number => {
  const octets = span.end - span.start
  if (octets < 1 || octets > 6) return 0
  return Buffer.from(bytes.buffer, bytes.byteOffset + span.start, octets).readIntBE(0, octets)
}
