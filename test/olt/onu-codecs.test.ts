import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatOnu, type OnuAddress } from '../../src-shared/domain/onu-address.ts'
import {
  onuCodecs,
  serialCodecs,
  type OnuCodec,
  type OnuCodecName,
  type SerialCodecName,
} from '../../src-main/olt/family/onu-codecs.ts'

const space = (
  shelf: readonly [number, number],
  slot: readonly [number, number],
  port: readonly [number, number],
  onuId: readonly [number, number],
): fc.Arbitrary<OnuAddress> => {
  const between = ([min, max]: readonly [number, number]) => fc.integer({ min, max })
  return fc.record({
    shelf: between(shelf),
    slot: between(slot),
    port: between(port),
    onuId: between(onuId),
  })
}

const spaces: Readonly<Record<OnuCodecName, fc.Arbitrary<OnuAddress>>> = {
  'octets-onu': space([0, 0], [0, 63], [0, 255], [0, 255]),
  'compact-onu': space([0, 0], [0, 0], [1, 128], [0, 1023]),
  'fiberhome-onu': space([0, 0], [1, 63], [1, 63], [1, 1023]),
  'isam-onu': space([0, 0], [0, 63], [0, 31], [0, 127]),
  'zte-epon-onu': space([1, 16], [0, 31], [1, 8], [1, 255]),
  'counted-onu': space([0, 0], [0, 0], [0, 255], [0, 1023]),
}

describe.each(Object.keys(spaces) as OnuCodecName[])('the numbering %s', (name) => {
  const codec = onuCodecs[name]

  it('gives every ONU its own number and back', () => {
    fc.assert(
      fc.property(spaces[name], (address) => {
        const index = codec.encodeOnu(address)
        expect(index).toBeGreaterThanOrEqual(0)
        expect(index).toBeLessThan(2 ** 32)
        expect(codec.decodeOnu(index)).toEqual(address)
      }),
      { seed: 5 },
    )
  })

  it('finds an ONU again by the number of its PON port, where it has that', () => {
    const { indexAt, ponIfIndexOf }: OnuCodec = codec
    expect(indexAt === undefined).toBe(ponIfIndexOf === undefined)
    fc.assert(
      fc.property(spaces[name], (address) => {
        const index = codec.encodeOnu(address)
        if (indexAt === undefined || ponIfIndexOf === undefined) return
        expect(indexAt(ponIfIndexOf(index), address.onuId)).toBe(index)
      }),
      { seed: 5 },
    )
  })

  it('gives an address only to numbers that it would give itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (index) => {
        const address = codec.decodeOnu(index)
        if (address !== null) expect(codec.encodeOnu(address)).toBe(index)
      }),
      { seed: 6, numRuns: 2000 },
    )
  })
})

describe('numbers of real devices', () => {
  it.each([
    ['octets-onu', 16909073, '0/2/3:17'],
    ['octets-onu', 16777473, '0/0/1:1'],
    ['compact-onu', 4718593, '0/0/1:1'],
    ['isam-onu', 0x05c00000, '0/2/0:0'],
    ['isam-onu', 0x05c00200, '0/2/0:1'],
    ['isam-onu', 0x05c30000, '0/2/3:0'],
    ['zte-epon-onu', 805830912, '1/1/1:1'],
  ] as const)('%s %i is %s', (name, index, expected) => {
    const address = onuCodecs[name].decodeOnu(index)
    expect(address === null ? null : formatOnu(address)).toBe(expected)
  })

  it('carry the number of the PON interface', () => {
    expect(onuCodecs['compact-onu'].ponIfIndexOf?.(4718593)).toBe(1310721)
    expect(onuCodecs['octets-onu'].ponIfIndexOf?.(16780545)).toBe(16780544)
  })

  it('of PON ports and of subscriber ports are no ONTs of an ISAM', () => {
    expect(onuCodecs['isam-onu'].decodeOnu(0x05a02000)).toBeNull()
    expect(onuCodecs['isam-onu'].decodeOnu(0x05c00001)).toBeNull()
  })
})

const serials: Readonly<
  Record<SerialCodecName, fc.Arbitrary<{ serial: string; slot: number | null }>>
> = {
  'ascii-serial': fc.record({
    serial: fc.stringMatching(/^[A-Z0-9]{4,32}$/u),
    slot: fc.constant(null),
  }),
  'slot-octet-serial': fc.record({
    serial: fc.stringMatching(/^[A-Z]{4}[0-9A-F]{8}$/u),
    slot: fc.integer({ min: 0, max: 63 }),
  }),
}

describe.each(Object.keys(serials) as SerialCodecName[])(
  'an index that spells a serial, %s',
  (name) => {
    const codec = serialCodecs[name]

    it('is read as it was written', () => {
      fc.assert(
        fc.property(serials[name], (key) => {
          const arcs = codec.encodeSerial(key)
          expect(codec.decodeSerial(Float64Array.from(arcs), arcs.length)).toEqual(key)
        }),
        { seed: 7 },
      )
    })

    it('is refused when it is cut, too long, or no serial', () => {
      fc.assert(
        fc.property(serials[name], fc.integer({ min: 0, max: 300 }), (key, noise) => {
          const arcs = codec.encodeSerial(key)
          expect(codec.decodeSerial(Float64Array.from(arcs), arcs.length - 1)).toBeNull()
          const longer = Float64Array.from([...arcs, noise])
          expect(codec.decodeSerial(longer, longer.length)).toBeNull()
          const odd = Float64Array.from([...arcs.slice(0, -1), 256 + noise])
          expect(codec.decodeSerial(odd, odd.length)).toBeNull()
        }),
        { seed: 8 },
      )
    })
  },
)
