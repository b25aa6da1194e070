/** Longest text we keep of a device: SNMP's own DisplayString limit (RFC 2579). */
const maxDeviceTextLength = 255

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * C0 and C1 controls, DEL, byte order mark, and the marks that reorder or hide text around them:
 * an ONU's name must not be able to change how the line beside it reads.
 */
// oxlint-disable-next-line no-control-regex
const unwanted = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

/**
 * Text that a device sent: UTF-8, or Latin-1 when it is not that; without control characters,
 * trimmed, at most 255 characters.
 * SECURITY: device text is hostile input; it is only ever shown, never interpreted.
 */
export const cleanDeviceText = (buffer: Uint8Array, start: number, end: number): string => {
  // Four octets per character at most: what lies behind could not be kept anyway.
  const octets = buffer.subarray(start, Math.min(end, start + maxDeviceTextLength * 4))
  const text = decode(octets).replace(unwanted, '').trim()
  if (text.length <= maxDeviceTextLength) return text
  return text.slice(0, maxDeviceTextLength).replace(/[\ud800-\udbff]$/u, '')
}

const decode = (octets: Uint8Array): string => {
  try {
    return utf8.decode(octets)
  } catch {
    return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('latin1')
  }
}
