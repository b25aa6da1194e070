import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  getCiphers,
  type KeyObject,
} from 'node:crypto'
import type { SnmpPrivAlgorithm } from '../../../../src-shared/contract/snmp-access.ts'
import { privAlgorithms } from './algorithms.ts'

/**
 * DES-CBC (RFC 3414 section 8) and AES-CFB128 (RFC 3826), out of what this build's OpenSSL or
 * BoringSSL has. Single DES is triple DES with three equal keys; CFB is ECB and an exclusive or.
 */
export interface UsmCipher {
  /** Made once per engine: with a bare buffer each message would cost four times as much. */
  readonly keyOf: (key: Buffer) => KeyObject
  readonly encrypt: (key: KeyObject, iv: Buffer, plain: Buffer) => Buffer
  /** Null when the octets cannot have been enciphered so. */
  readonly decrypt: (key: KeyObject, iv: Buffer, enciphered: Buffer) => Buffer | null
}

const aesBlock = 16
const desBlock = 8

const nativeCfb = (name: string): UsmCipher => ({
  keyOf: (key) => createSecretKey(key),
  encrypt: (key, iv, plain) => createCipheriv(name, key, iv).update(plain),
  decrypt: (key, iv, enciphered) => createDecipheriv(name, key, iv).update(enciphered),
})

const cfbOverEcb = (name: string): UsmCipher => ({
  keyOf: (key) => createSecretKey(key),
  encrypt: (key, iv, plain) => {
    const block = createCipheriv(name, key, null).setAutoPadding(false)
    const out = Buffer.alloc(plain.length)
    let before = iv
    for (let at = 0; at < plain.length; at += aesBlock) {
      xorInto(out, plain, block.update(before), at)
      before = out.subarray(at, at + aesBlock)
    }
    return out
  },
  decrypt: (key, iv, enciphered) => {
    const block = createCipheriv(name, key, null).setAutoPadding(false)
    const blocks = Math.ceil(enciphered.length / aesBlock)
    const feed = Buffer.concat([iv, enciphered]).subarray(0, blocks * aesBlock)
    const stream = block.update(feed)
    const out = Buffer.alloc(enciphered.length)
    for (let at = 0; at < out.length; at++) {
      out[at] = (enciphered[at] as number) ^ (stream[at] as number)
    }
    return out
  },
})

/** One block of key stream over the octets from `at` on. */
const xorInto = (out: Buffer, plain: Buffer, stream: Buffer, at: number): void => {
  const end = Math.min(plain.length, at + aesBlock)
  for (let index = at; index < end; index++) {
    out[index] = (plain[index] as number) ^ (stream[index - at] as number)
  }
}

const desCbc = (name: string, copies: 1 | 3): UsmCipher => ({
  // The second half of a DES key is no key: see `ivFor`.
  keyOf: (key) => createSecretKey(Buffer.concat(Array(copies).fill(key.subarray(0, desBlock)))),
  encrypt: (key, iv, plain) => {
    const padded = Buffer.alloc(Math.ceil(plain.length / desBlock) * desBlock)
    padded.set(plain)
    return createCipheriv(name, key, iv).setAutoPadding(false).update(padded)
  },
  decrypt: (key, iv, enciphered) =>
    enciphered.length === 0 || enciphered.length % desBlock !== 0
      ? null
      : createDecipheriv(name, key, iv).setAutoPadding(false).update(enciphered),
})

/** The cipher for a protocol, made of the ciphers on offer; null when this build cannot. */
export const cipherFor = (
  priv: SnmpPrivAlgorithm,
  offered: ReadonlySet<string> = builtIn(),
): UsmCipher | null => {
  const { cipher, keyOctets } = privAlgorithms[priv]
  if (cipher === 'des') {
    if (offered.has('des-cbc')) return desCbc('des-cbc', 1)
    if (!offered.has('des-ede3-cbc')) return null
    return desCbc('des-ede3-cbc', 3)
  }
  const bits = keyOctets * 8
  if (offered.has(`aes-${bits}-cfb`)) return nativeCfb(`aes-${bits}-cfb`)
  return offered.has(`aes-${bits}-ecb`) ? cfbOverEcb(`aes-${bits}-ecb`) : null
}

let built: ReadonlySet<string> | null = null
const builtIn = (): ReadonlySet<string> => (built ??= new Set(getCiphers()))

/** Initialisation vector of a message: DES mixes the second half of its key with the salt. */
export const ivFor = (
  priv: SnmpPrivAlgorithm,
  desHalf: Buffer,
  salt: Buffer,
  boots: number,
  time: number,
): Buffer => {
  if (privAlgorithms[priv].cipher === 'des') {
    const iv = Buffer.alloc(desBlock)
    for (let index = 0; index < desBlock; index++) {
      iv[index] = (desHalf[index] as number) ^ (salt[index] as number)
    }
    return iv
  }
  const iv = Buffer.alloc(aesBlock)
  iv.writeUInt32BE(boots, 0)
  iv.writeUInt32BE(time, 4)
  iv.set(salt, 8)
  return iv
}

/** The part of a DES key that makes its IV; of other keys nothing. */
export const desHalfOf = (priv: SnmpPrivAlgorithm, key: Buffer): Buffer =>
  privAlgorithms[priv].cipher === 'des' ? Buffer.from(key.subarray(desBlock)) : Buffer.alloc(0)
