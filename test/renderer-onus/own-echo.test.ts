import { describe, expect, it } from 'vitest'
import { createOwnEcho } from '../../src-renderer/screens/network-onus/own-echo.ts'

describe('the search box tells its own echo from a text set elsewhere', () => {
  it('a text of a few letters ago does not undo the letters typed since', () => {
    const echo = createOwnEcho('')
    for (const text of ['k', 'ka', 'kar']) echo.sent(text)
    expect(echo.isForeign('k')).toBe(false)
    echo.sent('kara')
    expect(echo.isForeign('kar')).toBe(false)
    expect(echo.isForeign('kara')).toBe(false)
  })

  it('a text that was passed over and comes later was set by someone else', () => {
    const echo = createOwnEcho('')
    for (const text of ['k', 'ka', 'kar']) echo.sent(text)
    expect(echo.isForeign('kar')).toBe(false)
    expect(echo.isForeign('k')).toBe(true)
  })

  it('"back" to the empty box is seen, also right after the first look', () => {
    const echo = createOwnEcho('')
    expect(echo.isForeign('')).toBe(false)
    echo.sent('k')
    expect(echo.isForeign('k')).toBe(false)
    expect(echo.isForeign('')).toBe(true)
    expect(echo.isForeign('')).toBe(false)
  })

  it('the same text drawn twice is the same echo', () => {
    const echo = createOwnEcho('karang')
    expect(echo.isForeign('karang')).toBe(false)
    expect(echo.isForeign('karang')).toBe(false)
  })

  it('keeps no more than a person can be ahead', () => {
    const echo = createOwnEcho('')
    for (let index = 0; index < 1000; index++) echo.sent(`text ${index}`)
    expect(echo.isForeign('text 999')).toBe(false)
    expect(echo.isForeign('text 10')).toBe(true)
  })
})
