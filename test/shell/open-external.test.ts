import { describe, expect, it } from 'vitest'
import {
  externalHosts,
  externalUrl,
  openExternal,
  openSignInPage,
  signInUrl,
} from '../../src-main/shell/open-external.ts'

const hosts: ReadonlySet<string> = new Set(['docs.example'])

const hostile = [
  'http://docs.example/',
  'HTTP://docs.example/',
  'file:///etc/passwd',
  'file://docs.example/share/run.exe',
  'smb://docs.example/share',
  'ms-msdt:/id PCWDiagnostic',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'mailto:a@docs.example',
  'ssh://docs.example/',
  '\\\\docs.example\\share',
  '//docs.example/',
  'docs.example',
  'https://evil.example/',
  'https://docs.example.evil/',
  'https://evil/docs.example',
  'https://docs.example@evil.example/',
  'https://user:password@docs.example/',
  'https://docs.example:8443/',
  'https://docs.example\\@evil.example/',
  'https://docs.example/%0acalc" & calc',
  'https://docs.example/\u0000',
  'https://docs.example/a b',
  'https://docs.example/"--flag',
  "https://docs.example/'$(calc)'\u2028",
  'https://dоcs.example/', // a Cyrillic o
  ' https://docs.example/',
  'https://docs.example/\nhttps://evil.example',
  'https:docs.example',
  'https:///docs.example',
  `https://docs.example/${'a'.repeat(3_000)}`,
  '',
]

describe('a link to the world outside', () => {
  it.each(hostile.map((url) => [url.slice(0, 60), url]))('is refused: %j', (_name, url) => {
    expect(externalUrl(url, hosts)).toBeNull()
  })

  it('is opened over https on a known host', () => {
    expect(externalUrl('https://docs.example/olt?a=b&c=%20#top', hosts)).toBe(
      'https://docs.example/olt?a=b&c=%20#top',
    )
  })

  it('is never handed to the system when it is refused', async () => {
    const opened: string[] = []
    const shell = {
      openExternal: (url: string) => {
        opened.push(url)
        return Promise.resolve()
      },
    }
    for (const url of hostile) expect(await openExternal(shell, url, hosts)).toBe(false)
    expect(opened).toEqual([])
    expect(await openExternal(shell, 'https://docs.example/', hosts)).toBe(true)
    expect(opened).toEqual(['https://docs.example/'])
  })

  it('leads nowhere yet: the list of the console is empty', () => {
    expect(externalHosts.size).toBe(0)
    expect(externalUrl('https://docs.example/')).toBeNull()
  })
})

describe('the page of a company’s sign-in', () => {
  const asked =
    'https://login.company.example:8443/auth?client_id=a&redirect_uri=http%3A%2F%2F127.0.0.1'

  it('is a page over https, also at a port; http to this machine only where that is in order', () => {
    expect(signInUrl(asked, false)).toBe(asked)
    expect(signInUrl('http://127.0.0.1:4000/auth?x=1', true)).toBe('http://127.0.0.1:4000/auth?x=1')
    expect(signInUrl('http://127.0.0.1:4000/auth?x=1', false)).toBeNull()
    expect(signInUrl('http://login.company.example/', true)).toBeNull()
  })

  it('is nothing else: no file, no user, no other scheme, nothing that a launcher takes apart', async () => {
    const opened: string[] = []
    const shell = {
      openExternal: (url: string) => {
        opened.push(url)
        return Promise.resolve()
      },
    }
    const plain = /^https:\/\/[\w.:]+\/[\w.]*$/
    const pages = hostile.filter((url) => !plain.test(url))
    for (const url of [...pages, `https://a.example/${'a'.repeat(5_000)}`]) {
      expect(await openSignInPage(shell, url, true), url.slice(0, 60)).toBe(false)
    }
    expect(opened).toEqual([])
    expect(await openSignInPage(shell, asked, false)).toBe(true)
    expect(opened).toEqual([asked])
  })
})
