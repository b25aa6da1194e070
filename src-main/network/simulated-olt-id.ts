import { createHash } from 'node:crypto'

/**
 * The id of a simulated OLT: a UUID of version 8 (RFC 9562 section 5.8) made of its name, so that
 * addresses of pages and last readings fit again at the next start, when its port is another one.
 */
export const simulatedOltId = (name: string): string => {
  const bytes = createHash('sha256').update(`nocturne-simulated-olt\n${name}`).digest()
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex', 0, 16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-')
}
