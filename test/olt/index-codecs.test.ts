import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  boardCodecs,
  indexCodecs,
  type IndexCodecName,
} from '../../src-main/olt/family/index-codecs.ts'

const spaces: Readonly<
  Record<
    Exclude<IndexCodecName, 'interface'>,
    fc.Arbitrary<{ shelf: number; slot: number; port: number }>
  >
> = {
  'huawei-gpon': fc.record({
    shelf: fc.integer({ min: 0, max: 31 }),
    slot: fc.integer({ min: 0, max: 63 }),
    port: fc.integer({ min: 0, max: 31 }),
  }),
  'zte-1012': fc.record({
    shelf: fc.integer({ min: 1, max: 16 }),
    slot: fc.integer({ min: 0, max: 63 }),
    port: fc.integer({ min: 1, max: 255 }),
  }),
  'zte-1082': fc.record({
    shelf: fc.constant(1),
    slot: fc.integer({ min: 0, max: 63 }),
    port: fc.integer({ min: 1, max: 255 }),
  }),
  'pon-number': fc.record({
    shelf: fc.constant(0),
    slot: fc.constant(0),
    port: fc.integer({ min: 1, max: 255 }),
  }),
  'fiberhome-pon': fc.record({
    shelf: fc.constant(0),
    slot: fc.integer({ min: 1, max: 63 }),
    port: fc.integer({ min: 1, max: 63 }),
  }),
  'isam-pon': fc.record({
    shelf: fc.constant(0),
    slot: fc.integer({ min: 0, max: 63 }),
    port: fc.integer({ min: 0, max: 31 }),
  }),
}

describe.each(Object.keys(spaces) as (keyof typeof spaces)[])('the numbering %s', (name) => {
  const codec = indexCodecs[name]

  it('gives every PON port its own number and back', () => {
    fc.assert(
      fc.property(spaces[name], (address) => {
        expect(codec.decodePon(codec.encodePon(address))).toEqual(address)
      }),
      { seed: 3 },
    )
  })

  it('gives an address only to numbers that it would give itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (index) => {
        const address = codec.decodePon(index)
        if (address !== null) expect(codec.encodePon(address)).toBe(index)
      }),
      { seed: 4, numRuns: 2000 },
    )
  })
})

describe('numbers of real devices', () => {
  it.each([
    ['huawei-gpon', 4194316032, '0/1/15'],
    ['huawei-gpon', 4194304000, '0/0/0'],
    ['huawei-gpon', 4194312192, '0/1/0'],
    ['zte-1012', 268501248, '1/1/1'],
    ['zte-1012', 268503040, '1/1/8'],
    ['zte-1082', 285278465, '1/1/1'],
    ['zte-1082', 285278977, '1/3/1'],
    ['isam-pon', 0x05a02000, '0/2/0'],
    ['isam-pon', 0x05a32000, '0/2/3'],
    ['pon-number', 2, '0/0/2'],
  ] as const)('%s %i is %s', (name, index, expected) => {
    const address = indexCodecs[name].decodePon(index)
    expect(`${address?.shelf}/${address?.slot}/${address?.port}`).toBe(expected)
  })

  it('of uplinks and of other spaces are no PON ports', () => {
    expect(indexCodecs['huawei-gpon'].decodePon(234938368)).toBeNull()
    expect(indexCodecs['huawei-gpon'].decodePon(268501248)).toBeNull()
    expect(indexCodecs['zte-1012'].decodePon(285278465)).toBeNull()
    expect(indexCodecs['zte-1082'].decodePon(268501248)).toBeNull()
  })

  it('of ZTE IF-MIB mean other ports in 1012: which is why names decide', () => {
    // gpon_1/1/6 of IF-MIB; in space (a) the same number is no port at all, and 268501760 is port 3.
    expect(indexCodecs['zte-1012'].decodePon(268436736)).toEqual({ shelf: 1, slot: 0, port: 5 })
    expect(indexCodecs['zte-1012'].decodePon(268501760)).toEqual({ shelf: 1, slot: 1, port: 3 })
  })
})

describe('the place of a board', () => {
  it('is refused when the arcs are not a place', () => {
    expect(boardCodecs['frame-slot']([0])).toBeNull()
    expect(boardCodecs['frame-slot']([0, 64])).toBeNull()
    expect(boardCodecs['rack-shelf-slot']([2, 1, 1])).toBeNull()
    expect(boardCodecs['rack-shelf-slot']([1, 1])).toBeNull()
    expect(boardCodecs.slot([64])).toBeNull()
    expect(boardCodecs.slot([1, 1])).toBeNull()
  })

  it('is read from its arcs', () => {
    expect(boardCodecs['frame-slot']([0, 7])).toEqual({ shelf: 0, slot: 7 })
    expect(boardCodecs['rack-shelf-slot']([1, 1, 4])).toEqual({ shelf: 1, slot: 4 })
    expect(boardCodecs.slot([9])).toEqual({ shelf: 0, slot: 9 })
  })
})
