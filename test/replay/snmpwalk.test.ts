import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSnmpwalk } from '../../src-main/replay/snmpwalk.ts'
import { parseRecording } from '../../src-main/replay/read-recording.ts'

const one = (text: string) => {
  const { objects, problems } = readSnmpwalk(text)
  expect(problems).toEqual([])
  expect(objects).toHaveLength(1)
  return objects[0]?.value
}

const textOne = (text: string) => {
  const value = one(text)
  return value?.type === 'octets' ? Buffer.from(value.value).toString() : null
}

describe("a line of snmpwalk's text is refused, with its number, when", () => {
  it.each([
    ['it is no assignment', 'hello'],
    ['the OID is a name', 'SNMPv2-MIB::sysDescr.0 = STRING: x'],
    ['the type is not known', '.1.3.6.1 = Bits: 1'],
    ['a number is a word', '.1.3.6.1 = INTEGER: many'],
    ['hexadecimal digits are odd', '.1.3.6.1 = Hex-STRING: 4'],
  ])('%s', (_why, line) => {
    const { problems } = readSnmpwalk(`.1.3.6.1.9 = INTEGER: 1\n${line}\n`)
    expect(problems.map((problem) => problem.line)).toEqual([2])
  })
})

describe("a line of snmpwalk's text", () => {
  it.each([
    ['INTEGER: 5', { type: 'integer', value: 5 }],
    ['INTEGER: up(1)', { type: 'integer', value: 1 }],
    ['INTEGER: -1414', { type: 'integer', value: -1414 }],
    ['Counter32: 7', { type: 'counter32', value: 7 }],
    ['Gauge32: 9', { type: 'gauge32', value: 9 }],
    ['Timeticks: (123456) 0:20:34.56', { type: 'timeTicks', value: 123456 }],
    ['Counter64: 18446744073709551615', { type: 'counter64', value: 2n ** 64n - 1n }],
    ['OID: .1.3.6.1.4.1.2011.2.248', { type: 'oid', value: [1, 3, 6, 1, 4, 1, 2011, 2, 248] }],
    ['IpAddress: 10.0.0.1', { type: 'ipAddress', value: Uint8Array.from([10, 0, 0, 1]) }],
    ['""', { type: 'octets', value: new Uint8Array() }],
  ])('%s is read', (text, value) => {
    expect(one(`.1.3.6.1.2 = ${text}`)).toEqual(value)
  })

  it('holds a text with or without quotes', () => {
    expect(textOne('.1.3 = STRING: "xDSL ANO 1"')).toBe('xDSL ANO 1')
    expect(textOne(String.raw`.1.3 = STRING: "say \"hi\""`)).toBe('say "hi"')
    expect(textOne('.1.3 = STRING: plain')).toBe('plain')
  })

  it('goes on where a text or hexadecimal digits do', () => {
    expect(textOne('.1.3 = STRING: "BDCOM\nVersion 1"\n')).toBe('BDCOM\nVersion 1')
    const value = one('.1.3 = Hex-STRING: 48 57\n54 43 \n')
    expect(value).toEqual({ type: 'octets', value: Uint8Array.from(Buffer.from('HWTC')) })
  })

  it('that says what is not there is no object', () => {
    const { objects, problems } = readSnmpwalk(
      '.1.3.6 = No Such Object available on this agent at this OID\n.1.3.7 = No more variables left in this MIB View (It is past the end of the MIB tree)\n',
    )
    expect([objects, problems]).toEqual([[], []])
  })

  it('of any kind never ends the reader', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        readSnmpwalk(`.1.3.6 = ${text}\n${text}`)
      }),
      { seed: 12 },
    )
  })
})

it('which of the two forms a file has is told by its first line', () => {
  expect(parseRecording('# remark\n\n.1.3.6|2|1\n').objects).toHaveLength(1)
  expect(parseRecording('.1.3.6 = INTEGER: 1\n').objects).toHaveLength(1)
})
