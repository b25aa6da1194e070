import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readNumber } from '../../src-main/olt/snmp/ber-values.ts'
import {
  parseBulkAnswer,
  peekRequestId,
  spansPerVarbind,
} from '../../src-main/olt/snmp/bulk-answer.ts'
import { encodeBulkRequest } from '../../src-main/olt/snmp/bulk-request.ts'
import {
  appendArcs,
  decodeOid,
  encodeOid,
  isOid,
  parseOid,
  readArcs,
} from '../../src-main/olt/snmp/oid.ts'
import {
  readRequest,
  writeOid,
  writeResponse,
  writeValue,
  type WireValue,
} from './support/ber-writer.ts'

const community = Buffer.from('public')
const arc = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const oid = fc
  .tuple(
    fc.constant(1),
    fc.integer({ min: 0, max: 39 }),
    fc.array(arc, { minLength: 1, maxLength: 20 }),
  )
  .map(([top, second, rest]) => [top, second, ...rest])
const value: fc.Arbitrary<WireValue> = fc.oneof(
  fc.integer().map((number): WireValue => ({ type: 'integer', value: number })),
  arc.map((number): WireValue => ({ type: 'gauge32', value: number })),
  fc
    .bigInt({ min: 0n, max: 2n ** 64n - 1n })
    .map((big): WireValue => ({ type: 'counter64', value: big })),
  fc
    .uint8Array({ maxLength: 300 })
    .map((octets): WireValue => ({ type: 'octets', value: Buffer.from(octets) })),
  fc.constant<WireValue>({ type: 'endOfMibView' }),
)
const varbinds = fc.array(fc.record({ oid, value }), { maxLength: 40 })
const requestId = fc.integer({ min: 1, max: 2 ** 31 - 1 })
const settings = { seed: 20_261_122, numRuns: 300 }

describe('a response is refused', () => {
  it('when it is cut off anywhere', () => {
    fc.assert(
      fc.property(
        varbinds,
        requestId,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (list, id, part) => {
          const whole = writeResponse('public', id, list)
          const cut = whole.subarray(0, Math.floor(whole.length * part))
          expect(parseBulkAnswer(cut, community)).toBeNull()
        },
      ),
      settings,
    )
  })

  it('or read inside its own octets, whatever octets are changed', () => {
    fc.assert(
      fc.property(
        varbinds,
        requestId,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 6,
        }),
        (list, id, changes) => {
          const damaged = writeResponse('public', id, list)
          for (const [position, octet] of changes) damaged[position % damaged.length] = octet
          const answer = parseBulkAnswer(damaged, community)
          if (answer === null) return
          for (let at = 0; at < answer.count * spansPerVarbind; at += 2) {
            const [start = -1, end = -1] = answer.spans.subarray(at, at + 2)
            expect(start).toBeGreaterThanOrEqual(0)
            expect(end).toBeGreaterThanOrEqual(start)
            expect(end).toBeLessThanOrEqual(damaged.length)
          }
        },
      ),
      settings,
    )
  })

  it('when it is noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        expect(parseBulkAnswer(Buffer.from(noise), community)).toBeNull()
      }),
      settings,
    )
  })

  it('when it carries another community, another version, or is a request', () => {
    const answer = writeResponse('public', 5, [])
    expect(peekRequestId(answer, Buffer.from('private'))).toBeNull()
    expect(peekRequestId(answer, Buffer.from('publi'))).toBeNull()
    const version1 = Buffer.from(answer)
    version1[4] = 0
    expect(peekRequestId(version1, community)).toBeNull()
    expect(peekRequestId(encodeBulkRequest(community, 5, [], 0, 1), community)).toBeNull()
  })
})

describe('a response', () => {
  it('is indexed so that every OID and value is found again', () => {
    fc.assert(
      fc.property(varbinds, requestId, (list, id) => {
        const datagram = writeResponse('public', id, list)
        expect(peekRequestId(datagram, community)).toBe(id)
        const answer = parseBulkAnswer(datagram, community)
        expect(answer).toMatchObject({
          requestId: id,
          errorStatus: 0,
          errorIndex: 0,
          count: list.length,
        })
        list.forEach((varbind, index) => {
          const [oidStart = 0, oidEnd = 0, start = 0, end = 0] =
            answer?.spans.subarray(index * spansPerVarbind) ?? []
          expect(decodeOid(datagram, oidStart, oidEnd)).toBe(varbind.oid.join('.'))
          const tag = datagram[oidEnd] as number
          if (varbind.value.type === 'octets') {
            expect(datagram.subarray(start, end)).toEqual(varbind.value.value)
          } else if ('value' in varbind.value && varbind.value.type !== 'oid') {
            expect(readNumber(tag, datagram, start, end)).toBe(Number(varbind.value.value))
          }
        })
      }),
      settings,
    )
  })

  it('keeps its error status and index', () => {
    const answer = writeResponse('public', 9, [], { status: 1, index: 3 })
    expect(parseBulkAnswer(answer, community)).toMatchObject({ errorStatus: 1, errorIndex: 3 })
  })
})

describe('a number', () => {
  it('of impossible length, or no number, is none', () => {
    const octets = Buffer.alloc(12, 1)
    expect(readNumber(0x02, octets, 0, 0)).toBeNaN()
    expect(readNumber(0x02, octets, 0, 6)).toBeNaN()
    expect(readNumber(0x46, octets, 0, 10)).toBeNaN()
    expect(readNumber(0x04, octets, 0, 1)).toBeNaN()
    expect(readNumber(0x81, octets, 0, 1)).toBeNaN()
  })

  it('of a Gauge32 that lacks its leading zero is read unsigned', () => {
    expect(readNumber(0x42, Buffer.from([0xff, 0xff, 0xff, 0xfe]), 0, 4)).toBe(4_294_967_294)
    expect(readNumber(0x02, Buffer.from([0xff, 0xff, 0xff, 0xfe]), 0, 4)).toBe(-2)
  })

  it('survives writing and reading', () => {
    fc.assert(
      fc.property(fc.integer(), (number) => {
        const wire = writeValue({ type: 'integer', value: number })
        expect(readNumber(0x02, wire, 2, wire.length)).toBe(number)
      }),
      settings,
    )
  })
})

describe('an object identifier', () => {
  it.each([
    '',
    '1',
    '.1.3.6',
    '1.3.',
    '1..3',
    '1.3.06',
    '1.3.4294967296',
    '3.1.1',
    '1.40.1',
    '1.3.x',
  ])('cannot be %j', (text) => {
    expect(isOid(text)).toBe(false)
    expect(() => parseOid(text)).toThrow(TypeError)
  })

  it('is encoded as an independent writer does, and read back', () => {
    fc.assert(
      fc.property(oid, (arcs) => {
        const text = arcs.join('.')
        const ber = encodeOid(parseOid(text))
        expect(ber).toEqual(writeOid(arcs))
        expect(decodeOid(ber, 0, ber.length)).toBe(text)
        expect(appendArcs(encodeOid(arcs.slice(0, 3)), arcs.slice(3))).toEqual(ber)
      }),
      settings,
    )
  })

  it('is refused when an arc is cut off, padded or too large', () => {
    const arcs = new Float64Array(4)
    expect(readArcs(Buffer.from([0x81]), 0, 1, arcs)).toBe(-1)
    expect(readArcs(Buffer.from([0x80, 0x01]), 0, 2, arcs)).toBe(-1)
    expect(readArcs(Buffer.from([0x9f, 0xff, 0xff, 0xff, 0x7f]), 0, 5, arcs)).toBe(-1)
    expect(readArcs(Buffer.from([1, 2, 3, 4, 5]), 0, 5, arcs)).toBe(-1)
    expect(readArcs(Buffer.from([0x8f, 0xff, 0xff, 0xff, 0x7f]), 0, 5, arcs)).toBe(1)
    expect(arcs[0]).toBe(2 ** 32 - 1)
  })
})

describe('a bulk request', () => {
  it('says what it should, as an independent reader sees it', () => {
    fc.assert(
      fc.property(
        fc.array(oid, { minLength: 1, maxLength: 30 }),
        requestId,
        fc.integer({ min: 1, max: 400 }),
        fc.string({ maxLength: 200 }),
        (oids, id, repetitions, secret) => {
          const request = encodeBulkRequest(
            Buffer.from(secret),
            id,
            oids.map(encodeOid),
            0,
            repetitions,
          )
          expect(readRequest(request)).toEqual({
            version: 1,
            community: secret,
            kind: 'get-bulk',
            requestId: id,
            second: 0,
            third: repetitions,
            oids,
          })
        },
      ),
      settings,
    )
  })
})
