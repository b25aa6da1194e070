import { describe, expect, it } from 'vitest'
import { refuseMarkup } from '../../src-renderer/app/trusted-types.ts'
import { passwordStrength } from '../../src-renderer/components/password-strength.ts'

describe('the page’s Trusted Types policy', () => {
  it('refuses every string that could be markup', () => {
    for (const text of ['<img src=x onerror=alert(1)>', 'a < b', '<']) {
      expect(() => refuseMarkup(text)).toThrow(/refused/)
    }
  })

  it('lets a style sheet through', () => {
    expect(refuseMarkup(':root{--a:1}')).toBe(':root{--a:1}')
  })
})

describe('password hint', () => {
  it('is not impressed by short, repeated or running characters', () => {
    for (const poor of [
      '',
      'a',
      'Ab1!',
      'aaaaaaaaaaaaaaaaaaaaaaaa',
      '12345678901',
      'abcdefghijk',
    ]) {
      expect(passwordStrength(poor), poor).toBeLessThanOrEqual(1)
    }
  })

  it('likes length more than signs', () => {
    expect(passwordStrength('correct horse battery staple')).toBe(4)
    expect(passwordStrength('kG7!x_2q')).toBeLessThan(4)
  })
})
