import { createHash, getCiphers } from 'node:crypto'
import {
  snmpAuthAlgorithms,
  snmpPrivAlgorithms,
  type SnmpAuthAlgorithm,
  type SnmpPrivAlgorithm,
} from '../../../../src-shared/contract/snmp-access.ts'
import { cipherFor } from './cipher.ts'

export interface SnmpAlgorithms {
  readonly auth: readonly SnmpAuthAlgorithm[]
  readonly priv: readonly SnmpPrivAlgorithm[]
  /** What this build cannot do: shown in the form, refused by `olt-v3-algorithm-missing`. */
  readonly missing: readonly (SnmpAuthAlgorithm | SnmpPrivAlgorithm)[]
}

/** Digest of "abc" (RFC 1321 A.5, FIPS 180-4 examples). */
const digests: Readonly<Record<SnmpAuthAlgorithm, string>> = {
  md5: '900150983cd24fb0d6963f7d28e17f72',
  sha1: 'a9993e364706816aba3e25717850c26c9cd0d89d',
  sha224: '23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7',
  sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  sha384:
    'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
  sha512:
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
}

/** FIPS 81 table C1 for DES, NIST SP 800-38A section F.3 (CFB128, first two blocks) for AES. */
const aesIv = '000102030405060708090a0b0c0d0e0f'
const aesPlain = '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51'
const aes192 = {
  key: '8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b',
  iv: aesIv,
  plain: aesPlain,
  enciphered: 'cdc80d6fddf18cab34c25909c99a417467ce7f7f81173621961a2b70171d3d7a',
}
const aes256 = {
  key: '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4',
  iv: aesIv,
  plain: aesPlain,
  enciphered: 'dc7e84bfda79164b7ecd8486985d386039ffed143b28b1c832113c6331e5407b',
}
const examples: Readonly<
  Record<SnmpPrivAlgorithm, { key: string; iv: string; plain: string; enciphered: string }>
> = {
  des: {
    key: '0123456789abcdef',
    iv: '1234567890abcdef',
    plain: '4e6f77206973207468652074696d6520666f7220616c6c20',
    enciphered: 'e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6',
  },
  aes128: {
    key: '2b7e151628aed2a6abf7158809cf4f3c',
    iv: aesIv,
    plain: aesPlain,
    enciphered: '3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b',
  },
  aes192,
  aes256,
  'aes192-reeder': aes192,
  'aes256-reeder': aes256,
}

const works = (test: () => boolean): boolean => {
  try {
    return test()
  } catch {
    // OpenSSL 3 lists what a policy (FIPS, a missing provider) then refuses to run.
    return false
  }
}

const hashes = (auth: SnmpAuthAlgorithm): boolean =>
  works(() => createHash(auth).update('abc').digest('hex') === digests[auth])

const enciphers = (priv: SnmpPrivAlgorithm, offered: ReadonlySet<string>): boolean =>
  works(() => {
    const { key, iv, plain, enciphered } = examples[priv]
    const cipher = cipherFor(priv, offered)
    if (cipher === null) return false
    const [keyOctets, ivOctets] = [cipher.keyOf(Buffer.from(key, 'hex')), Buffer.from(iv, 'hex')]
    const there = cipher.encrypt(keyOctets, ivOctets, Buffer.from(plain, 'hex'))
    const back = cipher.decrypt(keyOctets, ivOctets, there)
    return there.toString('hex') === enciphered && back?.toString('hex') === plain
  })

/**
 * Start-up self test: which SNMPv3 algorithms this build computes rightly, by published examples.
 * Electron's BoringSSL and an OpenSSL under a policy offer less than Node's own.
 */
export const snmpAlgorithms = (offered: readonly string[] = getCiphers()): SnmpAlgorithms => {
  const ciphers = new Set(offered)
  const auth = snmpAuthAlgorithms.filter(hashes)
  const priv = snmpPrivAlgorithms.filter((protocol) => enciphers(protocol, ciphers))
  return {
    auth,
    priv,
    missing: [...snmpAuthAlgorithms, ...snmpPrivAlgorithms].filter(
      (protocol) => !auth.some((one) => one === protocol) && !priv.some((one) => one === protocol),
    ),
  }
}
