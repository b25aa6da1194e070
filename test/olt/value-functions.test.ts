import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { downCauses } from '../../src-shared/domain/onu-state.ts'
import {
  buildCodeDecoder,
  buildNumberDecoder,
  buildTextDecoder,
} from '../../src-main/olt/family/decoders.ts'
import { undecodable, type ValueFunctionName } from '../../src-main/olt/family/value-functions.ts'

/** Tag, octets, start and end as a walk hands them over, with other octets around. */
const wire = (octets: Uint8Array): readonly [number, Buffer, number, number] => [
  4,
  Buffer.concat([Buffer.from('  '), octets, Buffer.from('9')]),
  2,
  2 + octets.length,
]
const fromText = (text: string) => wire(Buffer.from(text))
const number = (name: ValueFunctionName, text: string, utcOffsetMinutes = 0): number =>
  buildNumberDecoder({ function: name }, { utcOffsetMinutes })(...fromText(text))
const text = (name: ValueFunctionName, octets: Uint8Array) =>
  buildTextDecoder({ function: name }, { utcOffsetMinutes: 0 })(...wire(octets))

const silence = ['', '-', '--', 'N/A', 'na', 'null']

describe('a number as text', () => {
  it.each(silence)('is no value as "%s"', (word) => {
    expect(number('number-text', word)).toBeNaN()
    expect(number('dbm-text', word)).toBeNaN()
    expect(number('time-text', word)).toBeNaN()
  })

  it.each(['C 30', 'warm', '.5', 'dBm'])('is refused as "%s"', (word) => {
    expect(number('number-text', word)).toBe(undecodable)
  })

  it('is never read from a number', () => {
    const decode = buildNumberDecoder({ function: 'number-text' }, { utcOffsetMinutes: 0 })
    expect(decode(2, Buffer.from([5]), 0, 1)).toBe(undecodable)
  })

  it.each([
    ['30.67 C', 30.67],
    ['27.84 .C', 27.84],
    ['3.27 V', 3.27],
    ['-10.47', -10.47],
    ['40', 40],
  ])('%s is %f', (word, value) => {
    expect(number('number-text', word)).toBe(value)
  })
})

describe('light as text', () => {
  it.each([
    ['0.03 mW (-14.61 dBm)', -14.61],
    ['1.76 mW (2.45 dBm)', 2.45],
    ['6.56 dbm', 6.56],
    ['-10.47', -10.47],
  ])('%s is %f dBm', (word, value) => {
    expect(number('dbm-text', word)).toBe(value)
  })

  it('is darkness at -40, and refused in milliwatts alone', () => {
    expect(number('dbm-text', '0.00 mW (-40.00 dBm)')).toBeNaN()
    expect(number('dbm-text', '-40.00')).toBeNaN()
    expect(number('dbm-text', '0.03 mW')).toBe(undecodable)
  })

  it('survives being written and read', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3999, max: 1000 }), (hundredths) => {
        const dbm = hundredths / 100
        const shown = `${(10 ** (dbm / 10)).toFixed(2)} mW (${dbm.toFixed(2)} dBm)`
        expect(number('dbm-text', shown)).toBe(dbm)
      }),
      { seed: 21 },
    )
  })
})

describe('light in units of 0.0001 mW', () => {
  const decode = buildNumberDecoder({ function: 'tenth-microwatt' }, { utcOffsetMinutes: 0 })
  const of = (raw: number): number => {
    const buffer = Buffer.alloc(5)
    buffer.writeInt32BE(raw, 1)
    return decode(2, buffer, 1, 5)
  }

  it('is darkness at 0 and below, and refused as a text', () => {
    expect(of(0)).toBeNaN()
    expect(of(-5)).toBeNaN()
    expect(decode(...fromText('301'))).toBe(undecodable)
  })

  it('of 301 is -15.2 dBm', () => {
    expect(of(301)).toBeCloseTo(-15.2, 1)
    expect(of(10_000)).toBe(0)
  })

  it('rises with the light', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (raw) => {
        expect(of(raw * 2)).toBeGreaterThan(of(raw))
      }),
      { seed: 22 },
    )
  })
})

describe('a time as text', () => {
  it.each(['yesterday', '2026-13-01 00:00:00', '2026-02-30 00:00:00', '16:06:20'])(
    '"%s" is refused',
    (word) => {
      expect(number('time-text', word)).toBe(undecodable)
    },
  )

  it('is that of the device, whose clock may stand elsewhere', () => {
    const at = Date.UTC(2026, 8, 3, 16, 6, 20)
    expect(number('time-text', '2026-09-03 16:06:20')).toBe(at)
    expect(number('time-text', '2026 /9 /3  16:06:20')).toBe(at)
    expect(number('time-text', '2026/09/03 16:06:20', 420)).toBe(at - 420 * 60_000)
  })

  it('of a clock that was never set is no value', () => {
    expect(number('time-text', '1970-01-01 00:00:31')).toBeNaN()
    expect(number('time-text', '0000-00-00 00:00:00')).toBeNaN()
  })
})

describe('a MAC address', () => {
  it('is refused when it is something else', () => {
    for (const wrong of ['HWTC11E70E9A', '00:11:22:33:44', '00:11:22:33:44:gg', 'none']) {
      expect(text('mac-address', Buffer.from(wrong))).toBeUndefined()
    }
  })

  it('of zeros, or empty, is none', () => {
    expect(text('mac-address', Buffer.alloc(6))).toBeNull()
    expect(text('mac-address', Buffer.alloc(0))).toBeNull()
  })

  it('looks the same however the device writes it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 6, maxLength: 6 }), (octets) => {
        fc.pre(octets.some((octet) => octet !== 0))
        const hex = Buffer.from(octets).toString('hex')
        const pairs = hex.match(/../gu) ?? []
        const wanted = pairs.join(':').toUpperCase()
        const dotted = (hex.match(/..../gu) ?? []).join('.')
        for (const form of [hex, pairs.join(':'), pairs.join('-'), pairs.join(' '), dotted]) {
          expect(text('mac-address', Buffer.from(form))).toBe(wanted)
        }
        expect(text('mac-address', octets)).toBe(wanted)
      }),
      { seed: 23 },
    )
  })
})

describe('what identifies an ONU where GPON and EPON share a column', () => {
  it('is a serial number or a MAC address, by its form', () => {
    expect(text('onu-identity', Buffer.from('FHTT010203AB'))).toBe('FHTT010203AB')
    expect(text('onu-identity', Buffer.from('48575443010203ab', 'hex'))).toBe('HWTC010203AB')
    expect(text('onu-identity', Buffer.from('0025689f0a02', 'hex'))).toBe('00:25:68:9F:0A:02')
    expect(text('onu-identity', Buffer.from('0025689f0a02'))).toBe('00:25:68:9F:0A:02')
    expect(text('onu-identity', Buffer.from('nothing'))).toBeUndefined()
  })
})

describe('a cause in words', () => {
  const decode = buildCodeDecoder(
    { noValue: ['--'], words: { LOS: 'los', 'dying-gasp': 'dying-gasp' } },
    downCauses,
  )

  it('is refused where the profile lacks it, or it is a number', () => {
    expect(decode(...fromText('aliens'))).toBe(undecodable)
    expect(decode(2, Buffer.from([1]), 0, 1)).toBe(undecodable)
  })

  it('is known with capital letters or without; a marker or nothing is no value', () => {
    expect(decode(...fromText('los'))).toBe(downCauses.indexOf('los'))
    expect(decode(...fromText('Dying-Gasp'))).toBe(downCauses.indexOf('dying-gasp'))
    expect(decode(...fromText('--'))).toBeNaN()
    expect(decode(...fromText(''))).toBeNaN()
  })
})
