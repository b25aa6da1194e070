interface Keyed {
  key(key: Buffer): number
}

/**
 * Gives a connection that the store or the history has opened its raw 256-bit key, before anything
 * is read. The key stays the caller's.
 */
export const applyKey = (connection: object, key: Buffer): void => {
  // SECURITY: the key goes in as bytes, never as the text of a statement: no string of it stays
  // in the heap, and no error or trace of a statement can show it (docs/adr/0010).
  const raw = Buffer.allocUnsafeSlow(4 + key.length)
  raw.write('raw:', 'latin1')
  key.copy(raw, 4)
  try {
    ;(connection as Keyed).key(raw)
  } finally {
    raw.fill(0)
  }
}
