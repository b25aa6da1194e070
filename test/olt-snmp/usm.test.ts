import fc from 'fast-check'
import { createCipheriv, getCiphers } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { snmpPrivAlgorithms } from '../../src-shared/contract/snmp-access.ts'
import { cipherFor } from '../../src-main/olt/snmp/usm/cipher.ts'
import { localisedKey, masterKey, privacyKey } from '../../src-main/olt/snmp/usm/keys.ts'
import { createSalts } from '../../src-main/olt/snmp/usm/message.ts'
import { snmpAlgorithms } from '../../src-main/olt/snmp/usm/self-test.ts'

const engineId = Buffer.from('000000000000000000000002', 'hex')

describe('the self test', () => {
  it('finds DES missing where neither DES nor triple DES is there, and AES where nothing is', () => {
    expect(snmpAlgorithms(['aes-128-cfb', 'aes-192-cfb', 'aes-256-cfb']).missing).toEqual(['des'])
    expect(snmpAlgorithms([]).priv).toEqual([])
    expect(snmpAlgorithms(['aes-128-ecb']).priv).toEqual(['aes128'])
  })

  it('does not take a listed cipher at its word', () => {
    const offered = getCiphers().includes('des-cbc') ? [] : ['des-cbc']
    expect(snmpAlgorithms(offered).priv).not.toContain('des')
  })

  it('finds everything in this Node', () => {
    expect(snmpAlgorithms().missing).toEqual([])
  })
})

describe('keys', () => {
  // RFC 3414 A.3.1 and A.3.2; draft-reeder-snmpv3-usm-3desede-00 B.1 (both halves).
  it.each([
    ['md5', '526f5eed9fcce26f8964c2930787d82b'],
    ['sha1', '6695febc9288e36282235fc7151f128497b38f3f'],
  ] as const)('of %s are those of the RFC', (auth, expected) => {
    const key = localisedKey(auth, masterKey(auth, Buffer.from('maplesyrup')), engineId)
    expect(key.toString('hex')).toBe(expected)
  })

  it('that are lengthened by Reeder’s way are those of its draft', () => {
    const localised = localisedKey('md5', masterKey('md5', Buffer.from('maplesyrup')), engineId)
    expect(privacyKey('md5', 'aes256-reeder', localised, engineId).toString('hex')).toBe(
      '526f5eed9fcce26f8964c2930787d82b79eff44a90650ee0a3a40abfac5acc12',
    )
  })

  it('need a secret', () => {
    expect(() => masterKey('sha1', Buffer.alloc(0))).toThrow(RangeError)
  })
})

describe('ciphers', () => {
  it('made of ECB are the native ones, whatever the length', () => {
    const offered = new Set(['aes-128-ecb', 'aes-192-ecb', 'aes-256-ecb'])
    fc.assert(
      fc.property(
        fc.constantFrom('aes128', 'aes192', 'aes256'),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.uint8Array({ maxLength: 100 }),
        (protocol, keyOctets, ivOctets, octets) => {
          const own = cipherFor(protocol, offered)
          const bits = Number(protocol.slice(3))
          const key = Buffer.from(keyOctets.subarray(0, bits / 8))
          const [iv, plain] = [Buffer.from(ivOctets), Buffer.from(octets)]
          if (own === null) throw new Error('ECB was offered')
          const there = own.encrypt(own.keyOf(key), iv, plain)
          expect(there).toEqual(createCipheriv(`aes-${bits}-cfb`, key, iv).update(plain))
          expect(own.decrypt(own.keyOf(key), iv, there)).toEqual(plain)
        },
      ),
      { seed: 9, numRuns: 200 },
    )
  })

  it('refuse DES octets that are no whole blocks', () => {
    const des = cipherFor('des')
    const key = des?.keyOf(Buffer.alloc(16, 1))
    if (des === null || key === undefined) throw new Error('DES is missing')
    expect(des.decrypt(key, Buffer.alloc(8), Buffer.alloc(0))).toBeNull()
    expect(des.decrypt(key, Buffer.alloc(8), Buffer.alloc(9))).toBeNull()
  })

  it('exist for every protocol that is offered', () => {
    for (const protocol of snmpPrivAlgorithms) expect(cipherFor(protocol)).not.toBeNull()
  })
})

describe('salts', () => {
  it('never come twice, also across the end of their counter', () => {
    const salt = createSalts(() => Buffer.from('fffffffffffffff0', 'hex'))
    const seen = new Set(Array.from({ length: 100 }, () => salt().toString('hex')))
    expect(seen.size).toBe(100)
  })
})
