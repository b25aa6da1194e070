import { createHash } from 'node:crypto'
import type {
  SnmpAuthAlgorithm,
  SnmpPrivAlgorithm,
} from '../../../../src-shared/contract/snmp-access.ts'
import { privAlgorithms } from './algorithms.ts'

const expandedOctets = 1024 * 1024

/**
 * The user's key: the hash of the secret repeated to 1 MB (RFC 3414 section A.2). It depends on no
 * engine, so it is made once and localised cheaply; a flood of unknown engines costs no megabytes.
 * Takes a few milliseconds.
 */
export const masterKey = (auth: SnmpAuthAlgorithm, secret: Buffer): Buffer => {
  if (secret.length === 0) throw new RangeError('an SNMPv3 secret must not be empty')
  const block = Buffer.alloc(secret.length * Math.ceil(8192 / secret.length), secret)
  const hash = createHash(auth)
  let left = expandedOctets
  for (; left >= block.length; left -= block.length) hash.update(block)
  hash.update(block.subarray(0, left))
  block.fill(0)
  return hash.digest()
}

/** The key for one engine (RFC 3414 section 2.6). */
export const localisedKey = (auth: SnmpAuthAlgorithm, master: Buffer, engineId: Buffer): Buffer =>
  createHash(auth).update(master).update(engineId).update(master).digest()

/** The key for enciphering, as long as the cipher needs it. `localised` comes from `localisedKey`. */
export const privacyKey = (
  auth: SnmpAuthAlgorithm,
  priv: SnmpPrivAlgorithm,
  localised: Buffer,
  engineId: Buffer,
): Buffer => {
  const { keyOctets, extension } = privAlgorithms[priv]
  let key = localised
  let last = localised
  while (key.length < keyOctets) {
    last =
      extension === 'blumenthal'
        ? createHash(auth).update(key).digest()
        : localisedKey(auth, masterKey(auth, last), engineId)
    key = Buffer.concat([key, last])
  }
  return key.subarray(0, keyOctets)
}
