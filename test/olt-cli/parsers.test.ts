import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNocturneError } from '../../src-shared/errors.ts'
import { readPlace, readSerial, Unreadable } from '../../src-main/olt/cli/field-values.ts'
import { parseAnswer } from '../../src-main/olt/cli/parse-answer.ts'
import type { CliParser, CliRecord } from '../../src-main/olt/cli/parser-schema.ts'
import { familyClis } from './family-clis.ts'

const parsers = [...familyClis].flatMap(([family, cli]) =>
  Object.entries(cli.profile.parsers).map(
    ([name, parser]) => [`${family} ${name}`, parser] as const,
  ),
)

const parserOf = (family: string, name: string): CliParser => {
  const parser = familyClis.get(family)?.profile.parsers[name]
  if (parser === undefined) throw new Error(`${family} has no ${name}`)
  return parser
}

const codeOf = (parse: () => readonly CliRecord[]): string => {
  try {
    return `${parse().length} records`
  } catch (error) {
    if (!isNocturneError(error)) throw error
    return error.code
  }
}

describe('a parser', () => {
  it.each(parsers)('takes any text, or says that it does not: %s', (_name, parser) => {
    const words = fc.constantFrom(
      '-----',
      ':',
      '0/ 0/6',
      'F/S/P',
      'ONT-ID',
      'INDEX VLAN',
      'gpon-onu_1/2/1:3',
      'service-port 1 vport 1',
      'onu 1 ',
      'tcont 1 ',
      'EPON0/1:3',
      '4857544311E70E9A',
      'Total: 1',
    )
    const line = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc
        .array(fc.oneof(words, fc.string({ maxLength: 8 })), { maxLength: 8 })
        .map((all) => all.join(' ')),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        expect(codeOf(() => parseAnswer(parser, lines.join('\n')))).toMatch(
          /^(\d+ records|cli-unexpected-answer)$/u,
        )
      }),
      { numRuns: 120, seed: 1_122 },
    )
  })

  it('does not look at lines that are longer than its patterns were judged for', () => {
    const long = `service-port 1 vport 1 user-vlan 1 vlan 1${' '.repeat(300)}x`
    expect(codeOf(() => parseAnswer(parserOf('zte-c300-gpon', 'onu-interface'), long))).toBe(
      'cli-unexpected-answer',
    )
  })

  const info = (description: readonly string[]): string =>
    [
      '  F/S/P                   : 0/ 0/6',
      '  ONT-ID                  : 2',
      '  Control flag            : deactivated',
      '  SN                      : 4857544311E70E9A (HWTC-11E70E9A)',
      `  Description             : ${description[0] ?? ''}`,
      ...description.slice(1).map((line) => `${' '.repeat(28)}${line}`),
      '  Line profile ID      : 500',
    ].join('\n')

  it('joins a description that the OLT has wrapped at the 31st column, whatever it holds', () => {
    const texts = fc.stringMatching(
      /^[A-Za-z0-9_.,:/@()+=-]{1,12}( [A-Za-z0-9_.,:/@()+=-]{1,12}){0,6}$/u,
    )
    fc.assert(
      fc.property(texts, (text) => {
        const lines = text.match(/.{1,31}/gu) ?? []
        const [record] = parseAnswer(parserOf('huawei-smartax-gpon', 'onu-info'), info(lines))
        expect(record?.cells).toMatchObject({
          description: text,
          lineProfile: '500',
          onuId: 2,
          serial: 'HWTC11E70E9A',
          adminEnabled: false,
        })
      }),
      { numRuns: 300, seed: 1_123 },
    )
  })

  it('is not deceived by a description that looks like something else', () => {
    const [record] = parseAnswer(
      parserOf('huawei-smartax-gpon', 'onu-info'),
      info(['SN : 5A54454700000000', 'ONT-ID : 9', 'Line profile ID : 1']),
    )
    expect(record?.cells).toMatchObject({ serial: 'HWTC11E70E9A', onuId: 2, lineProfile: '500' })
  })

  it.each([
    ['4857544311E70E9A (HWTC-11E70E9A)', 'HWTC11E70E9A'],
    ['HWTC-11E70E9A', 'HWTC11E70E9A'],
    ['ztegcc98debf', 'ZTEGCC98DEBF'],
    ['SN:ZTEGC0FFEE01', 'ZTEGC0FFEE01'],
    ['1,ZTEGC0FFEE01', 'ZTEGC0FFEE01'],
    ['0000000000000001', '0000000000000001'],
  ])('reads the serial number %s', (text, serial) => {
    expect(readSerial(text)).toBe(serial)
  })

  it.each(['', '-', 'HWTC', 'a b c', 'x'.repeat(41)])('reads no serial number from %j', (text) => {
    expect(() => readSerial(text)).toThrow(Unreadable)
  })

  it.each([
    ['0/1/3', { shelf: 0, slot: 1, port: 3 }],
    ['0/ 0/6', { shelf: 0, slot: 0, port: 6 }],
    ['0/0 /1', { shelf: 0, slot: 0, port: 1 }],
    ['0/0', { shelf: 0, slot: 0 }],
  ])('reads the place %s', (text, place) => {
    expect(readPlace(text)).toEqual(place)
    expect(() => readPlace(`${text}/x`)).toThrow(Unreadable)
  })
})
