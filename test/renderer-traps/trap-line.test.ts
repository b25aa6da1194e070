import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainText } from '../../src-renderer/screens/network-traps/plain-text.ts'
import {
  shellWord,
  snmptrapLine,
  testLine,
  trapText,
} from '../../src-renderer/screens/network-traps/trap-line.ts'
import { sampleTrap } from './sample-trap.ts'

const hostile = fc.string({ unit: 'binary', maxLength: 40 })

describe('the text of a stranger', () => {
  test('cannot break a line, turn the direction of reading or hide a part of itself', () => {
    expect(plainText('a\nb')).toBe('a\\u{a}b')
    expect(plainText('\u202egnirts\u202c')).toBe('\\u{202e}gnirts\\u{202c}')
    expect(plainText('pay\u200bpal\u2028\u0007\u001b[2J')).toBe(
      'pay\\u{200b}pal\\u{2028}\\u{7}\\u{1b}[2J',
    )
  })

  test('is left as it is where it is harmless', () => {
    expect(plainText("Kipas nº 2: <b>'naik'</b> — 風扇")).toBe("Kipas nº 2: <b>'naik'</b> — 風扇")
  })

  test('holds no control and no format character afterwards, whatever it held', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(plainText(text)).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u)
      }),
      { seed: 82813 },
    )
  })
})

describe('a word for the shell', () => {
  test('runs nothing of what it holds', () => {
    const words = [
      '$(id)',
      '`id`',
      "'; id; '",
      '"; id #',
      'a\nid\n',
      '-x',
      '*',
      '~',
      '!!',
      '\\',
      '',
    ]
    const line = words.map(shellWord).join(' ')
    expect(line).not.toContain('\n')
    const shown = execFileSync('sh', ['-c', `printf '%s\\n' ${line}`], { encoding: 'utf8' })
    expect(shown.split('\n').slice(0, -1)).toEqual(words.map(plainText))
  })

  test('comes out of a shell as it went in, whatever it holds', () => {
    const words = fc.sample(hostile, { numRuns: 300, seed: 20_261_122 })
    const line = words.map(shellWord).join(' ')
    const shown = execFileSync('sh', ['-c', `printf '%s\\n' ${line}`], { encoding: 'utf8' })
    expect(shown.split('\n').slice(0, -1)).toEqual(words.map(plainText))
  })
})

describe('a trap as a line', () => {
  test('leaves out what is no object id, and quotes what is no plain word', () => {
    const line = snmptrapLine(
      sampleTrap({
        trapOid: '1.3.6.1.4.1.9.1',
        varbinds: [
          { oid: '1.3.6.1.2.1.2.2.1.1.7', text: '7' },
          { oid: '$(reboot)', text: 'x' },
          { oid: '1.3.6.1.2.1.1.2.0', text: '1.3.6.1.4.1.9.2' },
          { oid: '1.3.6.1.2.1.1.5.0', text: "it's $(reboot)" },
          { oid: '1.3.6.1.2.1.1.6.0', text: '99999999999' },
          { oid: '1.3.6.1.2.1.1.7.0', text: '10.0.0.1' },
        ],
      }),
      10_162,
    )
    expect(line).toBe(
      "snmptrap -v 2c -c public 127.0.0.1:10162 '' 1.3.6.1.4.1.9.1 " +
        '1.3.6.1.2.1.2.2.1.1.7 i 7 1.3.6.1.2.1.1.2.0 o 1.3.6.1.4.1.9.2 ' +
        "1.3.6.1.2.1.1.5.0 s 'it'\\''s $(reboot)' 1.3.6.1.2.1.1.6.0 s 99999999999 " +
        '1.3.6.1.2.1.1.7.0 s 10.0.0.1',
    )
  })

  test('to try the port goes to that port of this machine', () => {
    expect(testLine(1162)).toBe("snmptrap -v 2c -c public 127.0.0.1:1162 '' 1.3.6.1.6.3.1.1.5.3")
  })
})

describe('a trap as text', () => {
  test('has one fact a line, even when a value holds line breaks', () => {
    const text = trapText(
      sampleTrap({
        agentAddress: '192.168.1.1',
        oltName: 'KARANG-01',
        varbinds: [{ oid: '1.3.6', text: 'one\ntrap 1.2.3' }],
      }),
    )
    expect(text.split('\n')).toEqual([
      'trap 1.3.6.1.6.3.1.1.5.3',
      'version 2c',
      'source 10.0.0.9 (KARANG-01)',
      'agent 192.168.1.1',
      'count 3',
      'first 2026-11-22T00:00:00.000Z',
      'last 2026-11-22T01:00:00.000Z',
      '1.3.6 = one\\u{a}trap 1.2.3',
    ])
  })
})
