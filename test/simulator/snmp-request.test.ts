import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatOid } from '../../src-main/simulator/snmp/oid.ts'
import { decodeRequest } from '../../src-main/simulator/snmp/snmp-request.ts'
import { encodeRequest } from '../support/snmp-datagrams.ts'

const good = encodeRequest({ kind: 'get', oids: ['1.3.6.1.2.1.1.1.0'] })

describe('the agent reads requests', () => {
  it('refuses SNMP v1 and v3', () => {
    expect(
      decodeRequest(encodeRequest({ kind: 'get', oids: ['1.3.6'], version: 0 })),
    ).toBeUndefined()
    expect(
      decodeRequest(encodeRequest({ kind: 'get', oids: ['1.3.6'], version: 3 })),
    ).toBeUndefined()
  })

  it('refuses a response sent to it', () => {
    const response = Buffer.from(good)
    response[response.indexOf(0xa0)] = 0xa2
    expect(decodeRequest(response)).toBeUndefined()
  })

  it('refuses every truncation of a good request', () => {
    for (let length = 0; length < good.length; length++) {
      expect(decodeRequest(good.subarray(0, length))).toBeUndefined()
    }
  })

  it('refuses a sub-identifier above 32 bits and an OID that ends in its middle', () => {
    const tooLarge = encodeRequest({ kind: 'get', oids: ['1.3.4294967296'] })
    expect(decodeRequest(tooLarge)).toBeUndefined()
    const cut = Buffer.from(good)
    cut[cut.length - 3] = 0x80
    expect(decodeRequest(cut)).toBeUndefined()
  })

  it('never throws, whatever octets come', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        decodeRequest(bytes)
      }),
      { seed: 98296 },
    )
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (at, value) => {
        const bent = Buffer.from(good)
        bent[at] = value
        decodeRequest(bent)
      }),
      { numRuns: 2000, seed: 3 },
    )
  })

  it('reads back what a manager wrote', () => {
    const oid = fc
      .tuple(fc.nat(2), fc.nat(39), fc.array(fc.nat(0xffffffff), { minLength: 1, maxLength: 20 }))
      .map(([a, b, rest]) => [a, b, ...rest].join('.'))
    fc.assert(
      fc.property(
        fc.array(oid, { minLength: 1, maxLength: 12 }),
        fc.nat(0x7fffffff),
        fc.nat(100),
        (oids, requestId, maxRepetitions) => {
          const request = decodeRequest(
            encodeRequest({ kind: 'getBulk', oids, requestId, maxRepetitions, nonRepeaters: 1 }),
          )
          expect(request?.names.map(formatOid)).toEqual(oids)
          expect(request?.maxRepetitions).toBe(maxRepetitions)
          expect(request?.nonRepeaters).toBe(1)
        },
      ),
      { seed: 63348 },
    )
  })

  it('counts negative repetitions as none', () => {
    const request = decodeRequest(
      encodeRequest({ kind: 'getBulk', oids: ['1.3'], maxRepetitions: -5, nonRepeaters: -1 }),
    )
    expect(request).toMatchObject({ maxRepetitions: 0, nonRepeaters: 0 })
  })
})
