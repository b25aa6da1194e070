import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerAppRequest, appSchemes } from '../../src-main/shell/app-protocol.ts'
import { contentSecurityPolicy, permissionsPolicy } from '../../src-main/shell/response-headers.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nocturne-renderer-'))
  writeFileSync(join(folder, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">')
  writeFileSync(join(folder, 'app.js'), 'export {} // __CSP_NONCE__')
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const ask = (path: string, method = 'GET') =>
  answerAppRequest({ url: `app://console/${path}`, method }, folder)

const nonceOf = (text: string): string | undefined => /content="([^"]*)"/.exec(text)?.[1]

describe('the content security policy', () => {
  it('names no wildcard, no foreign address and nothing unsafe', () => {
    const policy = contentSecurityPolicy('abc')
    expect(policy).not.toMatch(/unsafe|https?:|\*|blob:|strict-dynamic/)
    expect(policy).not.toMatch(/script-src[^;]*nonce/)
  })

  it('is the one of the security baseline, with a nonce for styles alone', () => {
    expect(contentSecurityPolicy('abc').split('; ')).toEqual([
      `default-src 'none'`,
      `script-src 'self'`,
      `style-src 'self' 'nonce-abc'`,
      `img-src 'self' data:`,
      `font-src 'self'`,
      `connect-src 'self'`,
      `base-uri 'none'`,
      `form-action 'none'`,
      `frame-ancestors 'none'`,
      `require-trusted-types-for 'script'`,
      `trusted-types default`,
    ])
    expect(contentSecurityPolicy(null)).toContain(`style-src 'self';`)
  })

  it('comes with a permissions policy that grants nothing', () => {
    for (const entry of permissionsPolicy.split(', ')) expect(entry).toMatch(/^[a-z-]+=\(\)$/)
    expect(permissionsPolicy).toContain('usb=()')
  })
})

describe('app://console', () => {
  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s', async (method) => {
    expect((await ask('', method)).status).toBe(405)
  })

  it('refuses with the same headers as it answers, and with no text', async () => {
    for (const path of ['..%2f..%2fetc%2fpasswd', 'missing.js', '%00']) {
      const response = await ask(path)
      expect(response.ok).toBe(false)
      expect(await response.text()).toBe('')
      expect(response.headers.get('content-security-policy')).toContain(`default-src 'none'`)
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  it('sends every answer with the headers of the baseline', async () => {
    expect(Object.fromEntries((await ask('app.js')).headers)).toEqual({
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy(null),
      'content-type': 'text/javascript; charset=utf-8',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': permissionsPolicy,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
  })

  it('gives each load of the page a nonce of its own, in page and header alike', async () => {
    const nonces = new Set<string>()
    for (let load = 0; load < 5; load += 1) {
      const response = await ask('')
      const nonce = nonceOf(await response.text()) ?? ''
      expect(nonce).toMatch(/^[A-Za-z0-9+/]{24}$/)
      expect(response.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`)
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(5)
  })

  it('puts a nonce into the page alone', async () => {
    const response = await ask('app.js')
    expect(await response.text()).toContain('__CSP_NONCE__')
    expect(response.headers.get('content-security-policy')).not.toContain('nonce')
  })

  it('is registered without a right to bypass anything', () => {
    expect(appSchemes).toEqual([
      {
        scheme: 'app',
        privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
      },
    ])
  })
})
