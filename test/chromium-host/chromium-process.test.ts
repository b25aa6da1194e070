import { describe, expect, it } from 'vitest'
import { chromiumFlags } from './chromium-process.ts'

const flags = (changes: Partial<Parameters<typeof chromiumFlags>[0]> = {}) =>
  chromiumFlags({
    headless: true,
    isRoot: false,
    profile: '/tmp/profile',
    debugPort: undefined,
    windowSize: { width: 1440, height: 900 },
    ...changes,
  })

describe('the flags of Chromium', () => {
  it('open no debug port unless a test asks for one', () => {
    expect(flags().join(' ')).not.toContain('--remote-debugging-port')
    expect(flags({ debugPort: '0' })).toContain('--remote-debugging-port=0')
  })

  it('give up the sandbox only for root, to whom Chromium grants none', () => {
    expect(flags()).not.toContain('--no-sandbox')
    expect(flags({ isRoot: true })).toContain('--no-sandbox')
  })

  it('never switch off what the tests of the shell rely on', () => {
    for (const isRoot of [true, false]) {
      const all = flags({ isRoot }).join(' ')
      expect(all).not.toMatch(/disable-web-security|allow-running-insecure|disable-site-isolation/)
      expect(all).toContain('--host-resolver-rules=MAP * ~NOTFOUND')
    }
  })

  it('open a window where there is a display, and none where there is not', () => {
    expect(flags()).toContain('--headless')
    expect(flags({ headless: false })).not.toContain('--headless')
    expect(flags({ headless: false }).at(-1)).toMatch(/^--app=/)
  })
})
