import fc from 'fast-check'
import { resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rendererFile } from '../../src-main/shell/renderer-files.ts'

const root = '/opt/nocturne/renderer'

describe('a request for a file of the renderer', () => {
  it.each([
    ['app://console/..%2f..%2fetc/passwd.txt', 400],
    ['app://console/..%2Fsecret.js', 400],
    ['app://console/%2e%2e%2fsecret.js', 400],
    ['app://console/a%2fb.js', 400],
    ['app://console/..%5c..%5csecret.js', 400],
    ['app://console/a%5cb.js', 400],
    ['app://console/index.html%00.js', 400],
    ['app://console/%00', 400],
    ['app://console/%', 400],
    ['app://console/%zz.js', 400],
    ['app://console/%c3%28.js', 400],
    ['app://console/C:/windows/win.txt', 400],
    ['app://console/index.html::$DATA', 400],
    ['app://elsewhere/index.html', 403],
    ['app://console.evil/index.html', 403],
    ['app://user:secret@console/index.html', 403],
    ['app://console:8080/index.html', 403],
    ['https://console/index.html', 403],
    ['file:///etc/passwd', 403],
    ['nonsense', 403],
    ['app://console/.env', 404],
    ['app://console/assets/index.js.map', 404],
    ['app://console/assets/nothing', 404],
    ['app://console/run.exe', 404],
  ])('is refused for %s', (url, status) => {
    expect(rendererFile(url, root)).toEqual({ found: false, status })
  })

  it.each([
    'app://console/../../etc/passwd.txt',
    'app://console/%2e%2e/%2e%2e/etc/passwd.txt',
    'app://console/./../etc/passwd.txt',
    'app://console//etc/passwd.txt',
    'app://console/....//etc/passwd.txt',
  ])('stays inside the folder for %s', (url) => {
    const file = rendererFile(url, root)
    if (file.found) expect(file.path.startsWith(root + sep)).toBe(true)
  })

  it('stays inside the folder whatever is asked', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2E%2e',
      '/',
      '%2f',
      '\\',
      '%5c',
      '%00',
      '%',
      ':',
      'a',
      '.js',
      '//',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 }))), (pieces) => {
        const file = rendererFile(`app://console/${pieces.join('')}`, root)
        if (!file.found) return true
        return file.path.startsWith(root + sep) && resolve(file.path) === file.path
      }),
      { seed: 20261122, numRuns: 2_000 },
    )
  })

  it('finds files with their content type', () => {
    expect(rendererFile('app://console/assets/index-x1.js?v=2', root)).toEqual({
      found: true,
      path: `${root}/assets/index-x1.js`,
      contentType: 'text/javascript; charset=utf-8',
    })
    expect(rendererFile('app://console/a%20b.woff2', root)).toMatchObject({
      path: `${root}/a b.woff2`,
      contentType: 'font/woff2',
    })
  })

  it('answers the start and every place without an extension with the page', () => {
    for (const path of ['', 'index.html', 'onus', 'olts/018f/pon']) {
      expect(rendererFile(`app://console/${path}`, root)).toEqual({
        found: true,
        path: `${root}/index.html`,
        contentType: 'text/html; charset=utf-8',
      })
    }
  })
})
