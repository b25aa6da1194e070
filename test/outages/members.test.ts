import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addMembers,
  countMembers,
  emptyPart,
  packPart,
  placeOf,
  unpackPart,
} from '../../src-main/outages/members.ts'

const addresses = fc
  .uniqueArray(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { maxLength: 60 })
  .map((list) => Int32Array.from(list).sort())

const fresh = (list: Int32Array, at: number) => ({
  addresses: list,
  downAt: Float64Array.from(list, () => at),
  gasp: Uint8Array.from(list, (address) => address & 1),
  rx: Int16Array.from(list, () => -2_100),
})

describe('members of an outage', () => {
  test('refuse to come back from octets that do not fit one another', () => {
    const part = emptyPart('olt', 'OLT')
    addMembers(part, fresh(Int32Array.of(1, 2, 3), 5))
    const packed = packPart(part)
    expect(unpackPart('olt', 'OLT', { ...packed, gasp: packed.gasp.subarray(1) })).toBeNull()
    expect(unpackPart('olt', 'OLT', { ...packed, downAt: new Uint8Array(7) })).toBeNull()
  })

  test('are each there once, in order, and are down again when they fall again', () => {
    fc.assert(
      fc.property(addresses, addresses, (one, other) => {
        const part = emptyPart('olt', 'OLT')
        expect(addMembers(part, fresh(one, 1))).toBe(one.length)
        part.backAt.fill(9)
        const all = Int32Array.from(new Set([...one, ...other])).sort()
        expect(addMembers(part, fresh(other, 2))).toBe(all.length - one.length)
        expect(part.addresses).toEqual(all)
        for (const address of all) {
          const place = placeOf(part.addresses, address)
          expect(part.downAt[place]).toBe(one.includes(address) ? 1 : 2)
          expect(Number.isNaN(part.backAt[place])).toBe(other.includes(address))
        }
        expect(countMembers([part])).toMatchObject({ affected: all.length, down: other.length })
      }),
      { seed: 62420 },
    )
  })

  test('are the same after a way through the store', () => {
    fc.assert(
      fc.property(addresses, (list) => {
        const part = emptyPart('olt', 'OLT')
        addMembers(part, fresh(list, 3))
        // As SQLite gives it: at any place of a larger buffer.
        const shifted = (bytes: Uint8Array): Uint8Array => {
          const room = new Uint8Array(bytes.length + 3)
          room.set(bytes, 3)
          return room.subarray(3)
        }
        const { addresses: a, downAt, backAt, gasp, rx } = packPart(part)
        const packed = {
          addresses: shifted(a),
          downAt: shifted(downAt),
          backAt: shifted(backAt),
          gasp: shifted(gasp),
          rx: shifted(rx),
        }
        expect(unpackPart('olt', 'OLT', packed)).toEqual(part)
      }),
      { seed: 40462 },
    )
  })
})
