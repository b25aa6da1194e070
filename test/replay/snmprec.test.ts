import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSnmprec } from '../../src-main/replay/snmprec.ts'
import type { RecordedValue } from '../../src-main/replay/recording.ts'

const valueOf = (line: string): RecordedValue | undefined =>
  readSnmprec(`1.3.6.1.4.1.9.1|${line}`).objects[0]?.value

describe('a .snmprec line is refused, with its number, when', () => {
  it.each([
    ['it begins with no OID', 'sysDescr|4|x'],
    ['an arc is larger than 32 bits', '1.3.6.4294967296|2|1'],
    ['the type is not known', '1.3.6.1|99|1'],
    ['the value is a function of the recorder', '1.3.6.1|2:numeric|min=1'],
    ['a number is a text', '1.3.6.1|2|one'],
    ['a counter is negative', '1.3.6.1|65|-1'],
    ['a Counter64 is larger than 64 bits', '1.3.6.1|70|18446744073709551616'],
    ['hexadecimal digits are odd', '1.3.6.1|4x|abc'],
    ['an address has five parts', '1.3.6.1|64|1.2.3.4.5'],
    ['an escape is broken', String.raw`1.3.6.1|4e|\xz0`],
  ])('%s', (_why, line) => {
    const { objects, problems } = readSnmprec(`1.3.6.1.2|2|5\n${line}\n`)
    expect(objects).toHaveLength(1)
    expect(problems.map((problem) => problem.line)).toEqual([2])
  })
})

describe('a .snmprec line', () => {
  it.each([
    ['2|-17', { type: 'integer', value: -17 }],
    ['2|4294967295', { type: 'integer', value: -1 }],
    ['65|7', { type: 'counter32', value: 7 }],
    ['66|4294967295', { type: 'gauge32', value: 4294967295 }],
    ['67|100', { type: 'timeTicks', value: 100 }],
    ['70|18446744073709551615', { type: 'counter64', value: 18446744073709551615n }],
    ['6|.1.3.6.1.4.1.17409', { type: 'oid', value: [1, 3, 6, 1, 4, 1, 17409] }],
    ['5|', { type: 'null' }],
  ] as const)('%s is read', (line, value) => {
    expect(valueOf(line)).toEqual(value)
  })

  it('holds octets in three spellings', () => {
    const octets = (line: string) => {
      const value = valueOf(line)
      return value?.type === 'octets' ? Buffer.from(value.value).toString('hex') : null
    }
    expect(octets('4|a|b ')).toBe('617c6220')
    expect(octets('4x|48575443')).toBe('48575443')
    expect(octets(String.raw`4e|\xc0\xa8oo\n\\`)).toBe('c0a86f6f0a5c')
  })

  it('may stand among empty lines and remarks, in any order; the last of two counts', () => {
    const { objects, problems } = readSnmprec(
      '# recorded\r\n1.3.10|2|1\r\n\r\n1.3.9|2|2\r\n1.3.10|2|3\r\n1.3.9.1|2|4\r\n',
    )
    expect(problems).toEqual([])
    expect(objects.map(({ oid }) => oid.join('.'))).toEqual(['1.3.9', '1.3.9.1', '1.3.10'])
    expect(objects[2]?.value).toEqual({ type: 'integer', value: 3 })
  })

  it('of any kind never ends the reader', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (left, right) => {
        const { objects, problems } = readSnmprec(`${left}\n1.3.6.1|${right}\n`)
        expect(objects.length + problems.length).toBeLessThanOrEqual(
          `${left}\n${right}`.split(/\r?\n/u).length,
        )
      }),
      { seed: 11 },
    )
  })
})
