interface Keyed {
  key(key: Buffer): number
  rekey(key: Buffer): number
}

/**
 * Gives a connection that the store or the history has opened its raw 256-bit key, before anything
 * is read. The key stays the caller's.
 */
export const applyKey = (connection: object, key: Buffer): void => giveKey(connection, 'key', key)

/** Encrypts every page anew, under another key. Not in WAL mode. */
export const changeKey = (connection: object, key: Buffer): void =>
  giveKey(connection, 'rekey', key)

const giveKey = (connection: object, act: keyof Keyed, key: Buffer): void => {
  // SECURITY: the key goes in as bytes, never as the text of a statement: no string of it stays
  // in the heap, and no error or trace of a statement can show it (docs/adr/0010).
  const raw = Buffer.allocUnsafeSlow(4 + key.length)
  raw.write('raw:', 'latin1')
  key.copy(raw, 4)
  try {
    const keyed = connection as Keyed
    keyed[act](raw)
  } finally {
    raw.fill(0)
  }
}
