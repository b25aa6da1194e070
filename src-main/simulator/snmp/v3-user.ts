import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  timingSafeEqual,
} from 'node:crypto'

/**
 * The user-based security model from an agent's side (RFC 3414, RFC 7860, RFC 3826): one user with
 * authentication and privacy. Written apart from the driver's, as everything here.
 */
export interface V3User {
  readonly userName: string
  readonly authAlgorithm: 'sha1' | 'sha256'
  readonly authPassword: string
  readonly privAlgorithm: 'aes128'
  readonly privPassword: string
}

/** Octets of a message's digest that are sent: 96 bits of SHA-1, 192 of SHA-256. */
const sentOctets = { sha1: 12, sha256: 24 } as const
const stretchedTo = 2 ** 20

/** RFC 3414 A.2: the password repeated to a mebibyte, digested, then bound to the engine. */
const keyOf = (hash: 'sha1' | 'sha256', password: string, engineId: Uint8Array): Buffer => {
  const octets = Buffer.from(password, 'utf8')
  const stretched = Buffer.alloc(stretchedTo, octets)
  const master = createHash(hash).update(stretched).digest()
  return createHash(hash).update(master).update(engineId).update(master).digest()
}

export interface V3Keys {
  readonly digestOctets: number
  /** Over a whole message whose digest is zeros. */
  readonly digest: (message: Uint8Array) => Buffer
  readonly fits: (message: Uint8Array, digest: Uint8Array) => boolean
  readonly encrypt: (plain: Uint8Array, boots: number, time: number, salt: Uint8Array) => Buffer
  readonly decrypt: (octets: Uint8Array, boots: number, time: number, salt: Uint8Array) => Buffer
}

export const deriveV3Keys = (user: V3User, engineId: Uint8Array): V3Keys => {
  const hash = user.authAlgorithm
  const auth = keyOf(hash, user.authPassword, engineId)
  const priv = keyOf(hash, user.privPassword, engineId).subarray(0, 16)
  const digestOctets = sentOctets[hash]
  const digest = (message: Uint8Array): Buffer =>
    createHmac(hash, auth).update(message).digest().subarray(0, digestOctets)
  /** RFC 3826 section 3.1.2.1: boots, time, salt. */
  const vector = (boots: number, time: number, salt: Uint8Array): Buffer => {
    const octets = Buffer.alloc(16)
    octets.writeUInt32BE(boots, 0)
    octets.writeUInt32BE(time, 4)
    octets.set(salt.subarray(0, 8), 8)
    return octets
  }
  return {
    digestOctets,
    digest,
    fits: (message, given) =>
      given.length === digestOctets && timingSafeEqual(digest(message), given),
    encrypt: (plain, boots, time, salt) =>
      createCipheriv('aes-128-cfb', priv, vector(boots, time, salt)).update(plain),
    decrypt: (octets, boots, time, salt) =>
      createDecipheriv('aes-128-cfb', priv, vector(boots, time, salt)).update(octets),
  }
}
