import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seal, unseal } from '../../src-main/vault/seal.ts'
import { errorOf } from '../support/error-code.ts'
import { keyOf } from '../support/store-workspace.ts'

const key = keyOf('vault key')
const place = { purpose: 'olt.community', rowId: 'row-1' }
const secret = Buffer.from('public-c0mmunity')

describe('a sealed secret is unreadable', () => {
  const unreadable = (sealed: Uint8Array, withKey = key, at = place) => {
    const error = errorOf(() => unseal(sealed, withKey, at))
    expect(error.code).toBe('secret-unreadable')
    expect(JSON.stringify([error.params, error.message, error.stack])).not.toContain('c0mmunity')
  }

  test('in another row, or for another purpose', () => {
    const sealed = seal(secret, key, place)
    unreadable(sealed, key, { ...place, rowId: 'row-2' })
    unreadable(sealed, key, { ...place, purpose: 'olt.password' })
    unreadable(sealed, key, { purpose: 'olt', rowId: 'community\nrow-1' })
    expect(() => seal(secret, key, { purpose: 'olt\ncommunity', rowId: 'r' })).toThrow(RangeError)
  })

  test('with another key, and a key of another length is a bug', () => {
    unreadable(seal(secret, key, place), keyOf('another'))
    expect(() => seal(secret, key.subarray(1), place)).toThrow(RangeError)
    expect(() => unseal(seal(secret, key, place), Buffer.alloc(16), place)).toThrow(RangeError)
  })

  test('after a flip of any one bit', () => {
    const sealed = seal(secret, key, place)
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const flipped = Buffer.from(sealed)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      unreadable(flipped)
    }
  })

  test('when it is cut short or made longer', () => {
    const sealed = seal(secret, key, place)
    for (let length = 0; length < sealed.length; length += 1) unreadable(sealed.subarray(0, length))
    unreadable(Buffer.concat([sealed, Buffer.of(0)]))
  })
})

describe('a sealed secret', () => {
  test('reads back as the bytes it was made from', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (plain, rowId) => {
        const sealed = seal(plain, key, { purpose: 'test', rowId })
        expect(unseal(sealed, key, { purpose: 'test', rowId }).equals(plain)).toBe(true)
      }),
      { seed: 5 },
    )
  })

  test('never looks the same twice, and has its version and length in the open', () => {
    const first = seal(secret, key, place)
    expect(first.equals(seal(secret, key, place))).toBe(false)
    expect(first[0]).toBe(1)
    expect(first.length).toBe(1 + 12 + secret.length + 16)
    expect(first.includes(secret)).toBe(false)
  })
})
