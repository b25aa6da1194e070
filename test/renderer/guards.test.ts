import { describe, expect, it } from 'vitest'
import { refuseMarkup } from '../../src-renderer/app/trusted-types.ts'

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
