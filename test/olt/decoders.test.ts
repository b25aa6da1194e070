import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { onuStates } from '../../src-shared/domain/onu-state.ts'
import {
  buildCodeDecoder,
  buildNumberDecoder,
  buildTextDecoder,
} from '../../src-main/olt/family/decoders.ts'
import { cleanDeviceText } from '../../src-main/olt/family/device-text.ts'
import type { DecodeRule } from '../../src-main/olt/family/column-schema.ts'
import { undecodable } from '../../src-main/olt/family/value-functions.ts'
import { writeValue, type WireValue } from './support/ber-writer.ts'

const utc = { utcOffsetMinutes: 0 }

const apply = <Result>(
  decode: (tag: number, buffer: Buffer, start: number, end: number) => Result,
  value: WireValue,
): Result => {
  const wire = writeValue(value)
  const lengthOctets = (wire[1] ?? 0) < 128 ? 1 : 1 + ((wire[1] ?? 0) & 127)
  return decode(wire[0] ?? 0, wire, 1 + lengthOctets, wire.length)
}
const integer = (value: number): WireValue => ({ type: 'integer', value })
const octets = (value: string | readonly number[]): WireValue => ({
  type: 'octets',
  value: typeof value === 'string' ? Buffer.from(value) : Buffer.from(value),
})
const number = (
  rule: DecodeRule,
  value: WireValue,
  context: { utcOffsetMinutes: number | null } = utc,
) => apply(buildNumberDecoder(rule, context), value)
const text = (rule: DecodeRule, value: WireValue) => apply(buildTextDecoder(rule, utc), value)

describe('a decoder looks at no-value markers first', () => {
  it('before scaling a number', () => {
    const rule: DecodeRule = { noValue: [2147483647], number: { divide: 100 } }
    expect(number(rule, integer(2147483647))).toBeNaN()
    expect(number(rule, integer(-1414))).toBe(-14.14)
  })

  it('before looking up an enumeration', () => {
    const rule: DecodeRule = { noValue: [1], enum: { '1': 'online', '2': 'offline' } }
    const decode = buildCodeDecoder(rule, onuStates)
    expect(apply(decode, integer(1))).toBeNaN()
    expect(apply(decode, integer(2))).toBe(onuStates.indexOf('offline'))
  })

  it('before taking a text', () => {
    expect(text({ noValue: ['-'], text: {} }, octets('-'))).toBeNull()
    expect(text({ noValue: ['-'], text: {} }, octets('--'))).toBe('--')
  })

  it('before a flag and before a named function', () => {
    expect(number({ noValue: [2], flag: [2] }, integer(2))).toBeNaN()
    expect(number({ noValue: [5635], function: 'zte-onu-power' }, integer(5635))).toBeNaN()
    expect(
      text({ noValue: ['HWTC00000000'], function: 'onu-serial' }, octets('HWTC00000000')),
    ).toBeNull()
  })
})

describe('a decoder refuses', () => {
  it('a text where a number belongs, unless it is a marker', () => {
    expect(number({ number: {} }, octets('12'))).toBe(undecodable)
    expect(number({ noValue: ['N/A'], number: {} }, octets('N/A'))).toBeNaN()
    expect(number({ flag: [2] }, octets('x'))).toBe(undecodable)
  })

  it('a number where a text belongs', () => {
    expect(text({ text: {} }, integer(5))).toBeUndefined()
    expect(text({ function: 'onu-serial' }, integer(5))).toBeUndefined()
  })

  it('an enumeration number that the profile does not know', () => {
    expect(apply(buildCodeDecoder({ enum: { '1': 'online' } }, onuStates), integer(9))).toBe(
      undecodable,
    )
    expect(apply(buildCodeDecoder({ enum: { '1': 'online' } }, onuStates), octets('1'))).toBe(
      undecodable,
    )
  })
})

describe('numbers of real devices', () => {
  it('Huawei: 8064 at the OLT is -19.36 dBm, 213 is 2.13 dBm, 3220 is 3.22 V', () => {
    expect(number({ number: { add: -10000, divide: 100 } }, integer(8064))).toBe(-19.36)
    expect(number({ number: { divide: 100 } }, integer(213))).toBe(2.13)
    expect(number({ number: { divide: 1000 } }, integer(3220))).toBe(3.22)
  })

  it('ZTE: 5635 is -18.73 dBm, 65535 none, above 30000 below -30 dBm', () => {
    const rule: DecodeRule = { function: 'zte-onu-power' }
    expect(number(rule, integer(5635))).toBe(-18.73)
    expect(number(rule, integer(65_535))).toBeNaN()
    expect(number(rule, integer(65_036))).toBe(-31)
    expect(number(rule, integer(-1))).toBe(undecodable)
    expect(number(rule, integer(70_000))).toBe(undecodable)
  })

  it('ZTE power survives encoding as the OLT does it and decoding', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 30_000 }), (steps) => {
        const raw = steps < 0 ? steps + 65_536 : steps
        if (raw === 65_535) return
        expect(number({ function: 'zte-onu-power' }, integer(raw))).toBeCloseTo(
          steps * 0.002 - 30,
          6,
        )
      }),
      { seed: 1 },
    )
  })

  it('Counter64 beyond 2^53 is still a number of its size', () => {
    expect(number({ number: {} }, { type: 'counter64', value: 2n ** 63n })).toBe(2 ** 63)
  })
})

describe('a time', () => {
  const rule: DecodeRule = { function: 'date-and-time' }
  const at = Date.UTC(2026, 10, 22, 17, 30, 5, 400)
  const octets8 = [0x07, 0xea, 11, 22, 17, 30, 5, 4]

  it('is refused when it is no date', () => {
    for (const wrong of [
      [0x07, 0xea, 13, 22, 17, 30, 5, 4],
      [0x07, 0xea, 2, 30, 17, 30, 5, 4],
      [0x07, 0xea, 11, 22, 24, 30, 5, 4],
      [0x07, 0xea, 11, 22, 17, 30, 5],
      [...octets8, 0x2b, 15, 0],
      [...octets8, 0x20, 1, 0],
      [0, 5, 11, 22, 17, 30, 5, 4],
    ]) {
      expect(number(rule, octets(wrong))).toBe(undecodable)
    }
    expect(number(rule, integer(5))).toBe(undecodable)
  })

  it('of zeros only, or of no octets, means never', () => {
    expect(number(rule, octets([0, 0, 0, 0, 0, 0, 0, 0]))).toBeNaN()
    expect(number(rule, octets([]))).toBeNaN()
  })

  it('of 11 octets says its own offset', () => {
    expect(number(rule, octets([...octets8, 0x2b, 7, 0]))).toBe(at - 7 * 3_600_000)
    expect(number(rule, octets([...octets8, 0x2d, 3, 30]))).toBe(at + 3.5 * 3_600_000)
  })

  it('of 8 octets is taken as the OLT clock, or as the clock of this machine', () => {
    expect(number(rule, octets(octets8), { utcOffsetMinutes: 420 })).toBe(at - 7 * 3_600_000)
    expect(number(rule, octets(octets8), { utcOffsetMinutes: null })).toBe(
      new Date(2026, 10, 22, 17, 30, 5, 400).getTime(),
    )
  })

  it('survives writing and reading', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1971-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (date) => {
          const year = date.getUTCFullYear()
          const wire = [
            year >> 8,
            year & 255,
            date.getUTCMonth() + 1,
            date.getUTCDate(),
            date.getUTCHours(),
            date.getUTCMinutes(),
            date.getUTCSeconds(),
            Math.floor(date.getUTCMilliseconds() / 100),
          ]
          expect(number(rule, octets(wire))).toBe(Math.floor(date.getTime() / 100) * 100)
        },
      ),
      { seed: 2 },
    )
  })
})

describe('a serial number', () => {
  const serial = (value: WireValue) => text({ function: 'onu-serial' }, value)

  it('is refused when it is neither octets nor a text of a serial', () => {
    expect(serial(octets('HELLO'))).toBeUndefined()
    expect(serial(octets('HWTC11E70E9'))).toBeUndefined()
  })

  it('is read from octets as bytes, never as UTF-8', () => {
    expect(serial(octets([0x48, 0x57, 0x54, 0x43, 0x11, 0xe7, 0x0e, 0x9a]))).toBe('HWTC11E70E9A')
    expect(serial(octets([0, 1, 2, 3, 4, 5, 6, 7]))).toBe('0001020304050607')
    expect(serial(octets([0, 0, 0, 0, 0, 0, 0, 0]))).toBeNull()
  })

  it('is read from the texts that firmwares send', () => {
    expect(serial(octets('ZTEGC0FFEE01'))).toBe('ZTEGC0FFEE01')
    expect(serial(octets('1,ZTEGC0FFEE01'))).toBe('ZTEGC0FFEE01')
    expect(serial(octets('5A544547c0ffee01'))).toBe('ZTEGC0FFEE01')
    expect(serial(octets(''))).toBeNull()
  })

  it('of every vendor survives the way as octets', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z]{4}[0-9A-F]{8}$/u), (label) => {
        const wire = [...Buffer.from(label.slice(0, 4)), ...Buffer.from(label.slice(4), 'hex')]
        expect(serial(octets(wire))).toBe(label)
      }),
      { seed: 5 },
    )
  })
})

describe('text of a device', () => {
  const clean = (value: Buffer | string): string => {
    const buffer = Buffer.from(value)
    return cleanDeviceText(buffer, 0, buffer.length)
  }

  it('loses control characters and marks that reorder the line around them', () => {
    expect(clean('Shop\u001b[31m\r\n\u0000 7')).toBe('Shop[31m 7')
    expect(clean('abc\u202Egnp.exe\u2066x\uFEFF')).toBe('abcgnp.exex')
  })

  it('is cut at 255 characters, never inside one', () => {
    expect(clean('x'.repeat(5000))).toHaveLength(255)
    const emoji = clean(`${'x'.repeat(254)}😀`)
    expect(emoji).toBe('x'.repeat(254))
  })

  it('is UTF-8, or Latin-1 when it is not that', () => {
    expect(clean('Jalan Café 世界')).toBe('Jalan Café 世界')
    expect(clean(Buffer.from([0x43, 0x61, 0x66, 0xe9]))).toBe('Café')
  })

  it('is never longer than it may be and never holds a control, whatever came', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        const result = clean(Buffer.from(bytes))
        expect(result.length).toBeLessThanOrEqual(255)
        // oxlint-disable-next-line no-control-regex
        expect(result).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u)
      }),
      { seed: 6 },
    )
  })
})
