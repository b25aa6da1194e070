import { describe, expect, it } from 'vitest'
import type { RecordedObject } from '../../src-main/replay/recording.ts'
import { readSnmprec } from '../../src-main/replay/snmprec.ts'
import { snmprecLine } from '../../src-main/terminal/recorded-value.ts'
import { redact } from '../../src-main/terminal/redact.ts'
import { shippedFamilies } from '../olt/support/shipped-families.ts'

const key = Buffer.alloc(32, 7)
const from = (lines: readonly string[]): readonly RecordedObject[] =>
  readSnmprec(lines.join('\n')).objects
const redacted = (lines: readonly string[], keep: readonly string[] = [], own = key): string[] =>
  redact(from(lines), { families: shippedFamilies, keep, key: own }).map((object) =>
    snmprecLine(object),
  )
const one = (line: string): string => redacted([line])[0]?.split('|').slice(1).join('|') ?? ''

const unknown = '1.3.6.1.4.1.99999.1.2.1'
/** onus.serial and onus.description of huawei-smartax-gpon. */
const huaweiSerial = '1.3.6.1.4.1.2011.6.128.1.1.2.43.1.3'
const huaweiName = '1.3.6.1.4.1.2011.6.128.1.1.2.43.1.9'

describe('redaction hides', () => {
  it.each([
    ['a name', `${unknown}|4|Budi Santoso`],
    ['a name beyond ASCII', `${unknown}|4x|${Buffer.from('Želimir Ćosić').toString('hex')}`],
    ['a serial number as text', `${unknown}|4|HWTC1A2B3C4D`],
    ['a serial number as octets', `${unknown}|4x|485754431a2b3c4d`],
    ['a serial number whose octets could be letters', `${unknown}|4x|4857544331c3a900`],
    ['a MAC address as octets', `${unknown}|4x|001122aabbcc`],
    ['a MAC address as text', `${unknown}|4|00:11:22:aa:bb:cc`],
    ['a MAC address in a name', `${unknown}|4|ONU 0011.22aa.bbcc left`],
    ['an IP address', `${unknown}|64|203.0.113.7`],
    ['an IP address as text', `${unknown}|4|203.0.113.7`],
    ['a telephone number', `${unknown}|4|081234567890`],
    ['a street that looks like a port', `${unknown}|4|Mawar 12/5`],
    ['a community', `${unknown}|4|lab-read`],
    ['octets of no known meaning', `${unknown}|4x|0102ff7f`],
    ['sysName', '1.3.6.1.2.1.1.5.0|4|olt-jakarta'],
    ['ifAlias', '1.3.6.1.2.1.31.1.1.1.18.3|4|vlan 12'],
    ['an interface that is named for a person', '1.3.6.1.2.1.2.2.1.2.3|4|Budi'],
    ['a word that would be harmless, in a column of names', `${huaweiName}.1.2|4|online`],
  ])('%s', (_what, line) => {
    const [, , original] = line.split('|')
    expect(one(line)).not.toContain(original)
  })

  it('a serial number that only an index spells, as letters or as octets', () => {
    const letters = [...Buffer.from('UBNT1A2B3C4D')].join('.')
    const octets = [...Buffer.from('ELTX'), 1, 2, 3, 250].join('.')
    const lines = redacted([`${unknown}.12.${letters}|2|1`, `${unknown}.2.8.${octets}.5|2|1`])
    expect(lines.join()).not.toContain(letters)
    expect(lines.join()).not.toContain(octets)
    expect(lines.join()).toContain([...Buffer.from('UBNT')].join('.'))
  })

  it('a MAC address in an index, when a value says it too, with the same pseudonym', () => {
    const [first, second] = redacted([
      `${unknown}.1|4x|001122aabbcc`,
      `${unknown}.2.0.17.34.170.187.204|2|1`,
    ])
    const octets = [...Buffer.from(first?.split('|')[2] ?? '', 'hex')]
    expect(second).toBe(`${unknown}.2.${octets.join('.')}|2|1`)
  })

  it("the device's own name within sysDescr", () => {
    const [descr] = redacted([
      '1.3.6.1.2.1.1.1.0|4|Linux olt-jakarta 5.10',
      '1.3.6.1.2.1.1.5.0|4|olt-jakarta',
    ])
    expect(descr).toMatch(/\|Linux [a-z]{3}-[a-z]{7} 5\.10$/u)
    expect(descr).not.toContain('olt-jakarta')
  })
})

describe('redaction leaves', () => {
  it.each([
    `${unknown}|4|-21.50`,
    `${unknown}|4|0.03 mW (-14.61 dBm)`,
    `${unknown}|4|online`,
    `${unknown}|4|gpon-olt_1/2/3`,
    `${unknown}|4|2026-11-22 10:00:00`,
    `${unknown}|4x|07ea0b160a0000002b0700`,
    `${unknown}|64|0.0.0.0`,
    `${unknown}|2|-5`,
    `${unknown}|70|18446744073709551615`,
    '1.3.6.1.2.1.1.1.0|4|Huawei Integrated Access Software',
    '1.3.6.1.2.1.31.1.1.1.1.4194304000|4|GPON 0/1/0',
    '1.3.6.1.2.1.2.2.1.2.9|4|EPON0/1:2',
  ])('%s', (line) => {
    expect(redacted([line])).toEqual([line])
  })

  it('what the user says is harmless', () => {
    const line = `${unknown}.5|4|HG8310M`
    expect(redacted([line])).not.toEqual([line])
    expect(redacted([line], [unknown])).toEqual([line])
  })
})

describe('pseudonyms', () => {
  it('are equal for what was equal, in every spelling, and differ for what differed', () => {
    const [octets, text, upper, other] = redacted([
      `${huaweiSerial}.1|4x|485754431a2b3c4d`,
      `${unknown}.1|4|HWTC1A2B3C4D`,
      `${unknown}.2|4|HWTC1A2B3C4D`,
      `${unknown}.3|4|HWTC1A2B3C4E`,
    ]).map((line) => line.split('|')[2] ?? '')
    expect(text).toBe(upper)
    expect(text).not.toBe(other)
    expect(text?.slice(0, 4)).toBe('HWTC')
    expect(octets).toBe(`48575443${text?.slice(4).toLowerCase()}`)
  })

  it('keep the length of a serial number whose octets could be letters', () => {
    expect(one(`${huaweiSerial}.1|4x|4857544331c3a900`)).toMatch(/^4x\|48575443[0-9a-f]{8}$/u)
  })

  it('cannot be had without the key of their own file', () => {
    const line = `${huaweiSerial}.1|4x|485754431a2b3c4d`
    expect(redacted([line])).toEqual(redacted([line]))
    expect(redacted([line])).not.toEqual(redacted([line], [], Buffer.alloc(32, 8)))
  })
})
