/** OIDs as sub-identifier arrays: the agent's hot path never touches OID strings. */
export type Oid = Uint32Array

/** Parses `1.3.6.1` or `.1.3.6.1`; throws a RangeError on anything else. */
export const parseOid = (text: string): Oid => {
  const parts = (text.startsWith('.') ? text.slice(1) : text).split('.')
  const oid = new Uint32Array(parts.length)
  for (const [i, part] of parts.entries()) {
    const value = Number(part)
    if (!/^\d+$/.test(part) || value > 0xffffffff) throw new RangeError(`not an OID: ${text}`)
    oid[i] = value
  }
  return oid
}

export const formatOid = (oid: Oid): string => oid.join('.')

/** Lexicographic order of OIDs; a proper prefix sorts first (RFC 3416 section 2). */
export const compareOids = (a: Oid, b: Oid): number => {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] as number) - (b[i] as number)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

export const startsWithOid = (oid: Oid, prefix: Oid): boolean => {
  if (oid.length < prefix.length) return false
  for (let i = 0; i < prefix.length; i++) if (oid[i] !== prefix[i]) return false
  return true
}

/** Content octets of sub-identifiers in base 128 (X.690 8.19), without tag and length. */
export const encodeSubIdentifiers = (values: ArrayLike<number>): number[] => {
  const bytes: number[] = []
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    for (let shift = 28; shift > 0; shift -= 7) {
      if (value >= 2 ** shift) bytes.push(0x80 | ((value >>> shift) & 0x7f))
    }
    bytes.push(value & 0x7f)
  }
  return bytes
}

/** Content octets of a whole OID: the first two sub-identifiers share one (X.690 8.19.4). */
export const encodeOidContent = (oid: ArrayLike<number>): Uint8Array => {
  const rest = Array.from(oid).slice(2)
  return Uint8Array.from(
    encodeSubIdentifiers([(oid[0] as number) * 40 + (oid[1] as number), ...rest]),
  )
}
