import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BerWriter } from '../../src-main/simulator/snmp/ber-writer.ts'
import { encodeOidContent, parseOid } from '../../src-main/simulator/snmp/oid.ts'
import { decodeOid, signed } from '../support/snmp-datagrams.ts'

const written = (act: (writer: BerWriter) => void): Uint8Array => {
  const writer = new BerWriter(70_000)
  act(writer)
  return writer.bytes.slice(0, writer.at)
}

describe('the BER writer', () => {
  it('refuses nothing between -2^53 and 2^53 and writes the fewest octets', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        const bytes = written((writer) => writer.integer(value))
        const body = bytes.subarray(2)
        expect(bytes[1]).toBe(body.length)
        expect(signed(body)).toBe(value)
        if (body.length > 1) {
          const top = ((body[0] as number) << 1) | ((body[1] as number) >> 7)
          expect(top === 0 || top === 0x1ff).toBe(false)
        }
      }),
      { seed: 7090, numRuns: 2000 },
    )
  })

  it.each([
    [127, '02017f'],
    [128, '02020080'],
    [-128, '020180'],
    [-129, '0202ff7f'],
    [2_147_483_647, '02047fffffff'],
    [-2_147_483_648, '020480000000'],
    [4_294_967_295, '020500ffffffff'],
  ])('writes %i as %s', (value, hex) => {
    expect(Buffer.from(written((writer) => writer.integer(value))).toString('hex')).toBe(hex)
  })

  it('closes a short container that has grown long', () => {
    for (const size of [0, 100, 125, 126, 127, 128, 300, 2000]) {
      const bytes = written((writer) => {
        const mark = writer.openShort(0x30)
        writer.octets(new Uint8Array(size))
        writer.closeShort(mark)
      })
      const head = (bytes[1] as number) & 0x80 ? 4 : 2
      const length = head === 2 ? bytes[1] : ((bytes[2] as number) << 8) | (bytes[3] as number)
      expect(length).toBe(bytes.length - head)
      expect(bytes[head]).toBe(0x04)
    }
  })

  it('writes text as UTF-8', () => {
    const bytes = written((writer) => writer.text('Café 12'))
    expect(Buffer.from(bytes.subarray(2)).toString('utf8')).toBe('Café 12')
  })

  it('writes OIDs that read back the same', () => {
    const oid = fc
      .tuple(fc.nat(2), fc.nat(39), fc.array(fc.nat(0xffffffff), { maxLength: 20 }))
      .map(([a, b, rest]) => [a, b, ...rest].join('.'))
    fc.assert(
      fc.property(oid, (text) => decodeOid(encodeOidContent(parseOid(text))) === text),
      { seed: 87368 },
    )
  })

  it('refuses text that is no OID', () => {
    for (const text of ['', '1..3', '1.a', '1.3.4294967296', '-1.3']) {
      expect(() => parseOid(text)).toThrow(RangeError)
    }
  })
})
