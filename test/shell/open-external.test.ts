import { describe, expect, it } from 'vitest'
import { externalHosts, externalUrl, openExternal } from '../../src-main/shell/open-external.ts'

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
