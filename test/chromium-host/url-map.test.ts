import { describe, expect, it } from 'vitest'
import { toChromiumUrl, toShellUrl } from './url-map.ts'

describe('the address that stands for app://console in Chromium', () => {
  it.each([
    'https://console.invalid.evil/',
    'https://evil.console.invalid/',
    'https://console.invalid:8443/',
    'http://console.invalid/',
    'https://example.invalid/',
    'about:blank',
    'data:text/html,x',
    'nonsense',
  ])('is not %s, which stays foreign to the shell', (url) => {
    expect(toShellUrl(url)).toBe(url)
  })

  it.each(['app://evil/', 'app://console:1/', 'https://example.invalid/', 'nonsense'])(
    'is not given to %s',
    (url) => {
      expect(toChromiumUrl(url)).toBe(url)
    },
  )

  it.each([
    ['app://console/', 'https://console.invalid/'],
    ['app://console/a/b.js?v=1#/onus', 'https://console.invalid/a/b.js?v=1#/onus'],
    ['blob:app://console/1', 'blob:https://console.invalid/1'],
  ])('maps %s both ways', (shellUrl, chromiumUrl) => {
    expect(toChromiumUrl(shellUrl)).toBe(chromiumUrl)
    expect(toShellUrl(chromiumUrl)).toBe(shellUrl)
  })
})
