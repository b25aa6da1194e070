import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asksForSecret, plainText } from '../../src-main/olt-cli/rules.ts'
import { createTranscript, deflateText, inflateText } from '../../src-main/olt-cli/transcript.ts'

const mask = (text: string): string => text.replaceAll(/secret=\S+/gu, 'secret=••••')

describe('a transcript', () => {
  it('masks whole lines, however the text came in pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 12 }), (cuts) => {
        const text = 'one\nsecret=hunter22 two\nthree secret=x\n'
        const transcript = createTranscript(mask)
        let from = 0
        for (const cut of cuts) {
          transcript.heard(text.slice(from, from + cut))
          from += cut
        }
        transcript.heard(text.slice(from))
        expect(transcript.text()).toBe('one\nsecret=•••• two\nthree secret=••••\n')
      }),
      { seed: 68539 },
    )
  })

  it('keeps beginning and end of what is too long, and says how much is missing', () => {
    const transcript = createTranscript((text) => text)
    for (let line = 0; line < 50_000; line++) transcript.heard(`line ${line} ${'x'.repeat(40)}\n`)
    const text = transcript.text()
    expect(text.length).toBeLessThanOrEqual(1_100_000)
    expect(text.startsWith('line 0 ')).toBe(true)
    expect(text).toContain('line 49999 ')
    expect(text).toMatch(/\[… \d+ …\]/u)
  })

  it('comes back from the store as it went in, and never as more than it can have been', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(inflateText(deflateText(text))).toBe(text)
      }),
      { seed: 56929 },
    )
    expect(() => inflateText(deflateText('x'.repeat(10_000)), 100)).toThrow()
  })
})

describe('text of a device', () => {
  it('reaches the page without anything that is not a sign or a line end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(/[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069]/u.test(plainText(text))).toBe(false)
      }),
      { seed: 81303 },
    )
    expect(plainText('a\r\nb\tc\u0000d')).toBe('a\nb\tcd')
  })

  it.each([
    'Password:',
    'Enter new password: ',
    'Confirm password(<=15 chars):',
    'SNMP community:',
    'Enter passphrase for key?',
  ])('asks for a secret: %s', (prompt) => expect(asksForSecret(prompt)).toBe(true))
  it.each(['OLT>', 'Are you sure? (y/n)', 'password changed', 'OLT(config-if-pin)#', 'User name:'])(
    'asks for none: %s',
    (prompt) => expect(asksForSecret(prompt)).toBe(false),
  )
})
