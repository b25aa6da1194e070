import type { AlgorithmList, Algorithms } from 'ssh2'
import type { CliHostKey } from './host-keys.ts'

interface Names {
  readonly kex: readonly string[]
  readonly serverHostKey: readonly string[]
  readonly cipher: readonly string[]
  readonly hmac: readonly string[]
}

/** No SHA-1, no CBC, no group under 2048 bits. */
export const modernAlgorithms: Names = {
  kex: [
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
    'diffie-hellman-group-exchange-sha256',
    'diffie-hellman-group14-sha256',
    'diffie-hellman-group16-sha512',
    'diffie-hellman-group18-sha512',
  ],
  serverHostKey: [
    'ssh-ed25519',
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
    'rsa-sha2-512',
    'rsa-sha2-256',
  ],
  cipher: [
    'aes128-gcm@openssh.com',
    'aes256-gcm@openssh.com',
    'chacha20-poly1305@openssh.com',
    'aes128-ctr',
    'aes192-ctr',
    'aes256-ctr',
  ],
  hmac: [
    'hmac-sha2-256-etm@openssh.com',
    'hmac-sha2-512-etm@openssh.com',
    'hmac-sha2-256',
    'hmac-sha2-512',
  ],
}

/** What firmware of before about 2016 offers; behind the modern ones, never before them. */
export const legacyAlgorithms: Names = {
  kex: [
    'diffie-hellman-group14-sha1',
    'diffie-hellman-group-exchange-sha1',
    'diffie-hellman-group1-sha1',
  ],
  serverHostKey: ['ssh-rsa', 'ssh-dss'],
  cipher: ['aes128-cbc', 'aes192-cbc', 'aes256-cbc', '3des-cbc'],
  hmac: ['hmac-sha1-etm@openssh.com', 'hmac-sha1', 'hmac-sha1-96', 'hmac-md5'],
}

/** Signatures that an RSA key can give go by other names than the key. */
const namesOfKey = (algorithm: string): readonly string[] =>
  algorithm === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'] : [algorithm]

/**
 * ssh2 refuses names that this machine's OpenSSL lacks, but passes over patterns (its README tells
 * of them, its types do not).
 */
const exactly = <Name extends string>(names: readonly string[]): AlgorithmList<Name> =>
  ({
    remove: [/^/],
    append: names.map((name) => new RegExp(`^${name.replaceAll('.', '\\.')}$`)),
  }) as unknown as AlgorithmList<Name>

/** The key that is pinned is asked for first: an OLT may hold several, and none has changed then. */
export const sshAlgorithms = (legacy: boolean, pinned: CliHostKey | null): Algorithms => {
  const both = (part: keyof Names): readonly string[] =>
    legacy ? [...modernAlgorithms[part], ...legacyAlgorithms[part]] : modernAlgorithms[part]
  const first = pinned === null ? [] : namesOfKey(pinned.algorithm)
  const keys = both('serverHostKey')
  return {
    kex: exactly(both('kex')),
    cipher: exactly(both('cipher')),
    hmac: exactly(both('hmac')),
    serverHostKey: exactly([
      ...keys.filter((name) => first.includes(name)),
      ...keys.filter((name) => !first.includes(name)),
    ]),
    compress: exactly(['none']),
  }
}
