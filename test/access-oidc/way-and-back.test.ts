import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createCompanyFlow,
  type OpenInBrowser,
} from '../../src-main/access/company/company-flow.ts'
import { openLoopbackListener } from '../../src-main/access/company/loopback-listener.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { startHostileProvider, type HostileProvider } from '../support/hostile-provider.ts'
import { createManualClock } from '../support/manual-clock.ts'

/** The way to the browser and the one answer that is heard on this machine. */

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof NocturneError ? error.code : String(error)),
  )

describe('what waits for the browser', () => {
  const state = 'the state of this question'
  let end: AbortController
  let listener: Awaited<ReturnType<typeof openLoopbackListener>>
  beforeEach(async () => {
    end = new AbortController()
    listener = await openLoopbackListener({ state, language: 'en' }, end.signal)
  })
  afterEach(() => end.abort())

  const ask = (
    path: string,
    { method = 'GET', host }: { method?: string; host?: string } = {},
  ): Promise<number> =>
    new Promise((resolve, reject) => {
      const url = new URL(listener.redirectUri)
      const headers = host === undefined ? {} : { host }
      request({ host: url.hostname, port: url.port, path, method, headers }, (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
        .on('error', reject)
        .end()
    })
  const right = `/nocturne/signed-in?state=${encodeURIComponent(state)}&code=x`

  it('hears this machine alone, at a port that nobody chose, and one path to the letter', async () => {
    const url = new URL(listener.redirectUri)
    expect(url.hostname).toBe('127.0.0.1')
    expect(Number(url.port)).toBeGreaterThan(1023)
    const query = right.slice(right.indexOf('?'))
    for (const path of ['/', '/nocturne/signed-in/', '/nocturne/SIGNED-IN', '/x/../nocturne']) {
      expect(await ask(`${path}${query}`), path).toBe(404)
    }
    expect(await ask(right, { method: 'POST' })).toBe(405)
    // A name that somebody points at this machine.
    expect(await ask(right, { host: `evil.example:${url.port}` })).toBe(400)
    expect(await ask(right, { host: '127.0.0.1' })).toBe(400)
    expect(await ask(`http://evil.example${right}`)).toBe(404)
    expect(await ask(right)).toBe(200)
    expect((await listener.answer).get('code')).toBe('x')
  })

  it('takes no answer to another question, none with two states, and the right one once', async () => {
    const path = '/nocturne/signed-in'
    expect(await ask(`${path}?code=x`)).toBe(400)
    expect(await ask(`${path}?state=of+before&code=x`)).toBe(400)
    expect(await ask(`${right}&state=${encodeURIComponent(state)}`)).toBe(400)
    const [first, second] = await Promise.allSettled([ask(right), ask(right)])
    const said = [first, second].map((each) =>
      each.status === 'fulfilled' ? each.value : 'closed',
    )
    expect(said.filter((one) => one === 200)).toHaveLength(1)
    await expect(ask(right)).rejects.toThrow()
  })

  it('gives up on who guesses, and closes where nobody waits any more', async () => {
    for (let n = 0; n < 20; n++) expect(await ask(`/nocturne/signed-in?state=${n}`)).toBe(400)
    expect(await codeOf(listener.answer)).toBe('company-answer-refused')
    await expect(ask(right)).rejects.toThrow()
    const other = await openLoopbackListener({ state, language: 'en' }, end.signal)
    end.abort()
    expect(await codeOf(other.answer)).toBe('cancelled')
    await expect(fetch(other.redirectUri)).rejects.toThrow()
  })
})

describe('the way to the provider', () => {
  let provider: HostileProvider
  const clock = createManualClock()
  const opened: string[] = []
  let browser: OpenInBrowser
  let issuer: string
  beforeEach(async () => {
    provider = await startHostileProvider(() => clock.now())
    issuer = provider.issuer
    opened.length = 0
    clock.advance(60_000)
    browser = () => Promise.resolve(true)
  })
  afterEach(() => provider.stop())

  const flow = createCompanyFlow({
    clock,
    loopback: true,
    openInBrowser: (address) => {
      opened.push(address)
      return browser(address)
    },
  })
  const run = (clientId = 1, signal = new AbortController().signal) =>
    codeOf(
      flow.run(
        clientId,
        { issuer, clientId: 'nocturne', clientSecret: null, scopes: [], claim: 'sub' },
        { language: 'en', fresh: false, wantsProfile: false },
        signal,
      ),
    )
  const isOpen = async () => {
    while (opened.length === 0) await new Promise((resolve) => setImmediate(resolve))
    const redirect = new URL(opened.at(-1) ?? '').searchParams.get('redirect_uri') ?? ''
    opened.length = 0
    return redirect
  }
  const isClosed = (redirect: string) => expect(fetch(redirect)).rejects.toThrow()

  it('ends after three minutes, when it is called off, when the window goes, and with the engine', async () => {
    const gone = new AbortController()
    const ends: readonly (readonly [string, () => void])[] = [
      ['company-timeout', () => clock.advance(3 * 60_000)],
      ['cancelled', () => flow.cancel(1)],
      ['cancelled', () => flow.stop()],
      ['cancelled', () => gone.abort()],
    ]
    for (const [code, act] of ends) {
      const work = run(1, gone.signal)
      const redirect = await isOpen()
      act()
      expect(await work).toBe(code)
      await isClosed(redirect)
    }
    expect(clock.pending).toBe(0)
  })

  it('is one at a window: who begins again in a second tab ends the first', async () => {
    const first = run()
    const redirect = await isOpen()
    const second = run()
    expect(await first).toBe('cancelled')
    await isClosed(redirect)
    const other = run(2)
    flow.cancel(1)
    expect(await second).toBe('cancelled')
    flow.cancel(2)
    expect(await other).toBe('cancelled')
  })

  it('opens no browser for a provider that does not answer, is another, or has no TLS', async () => {
    await provider.stop()
    expect(await run()).toBe('company-unreachable')
    issuer = 'http://company.example'
    expect(await run()).toBe('company-issuer-insecure')
    expect(opened).toEqual([])
  })

  it('says so where there is no browser, and opens no hundred of them', async () => {
    browser = () => Promise.resolve(false)
    for (let n = 0; n < 6; n++) expect(await run()).toBe('company-browser')
    expect(await run()).toBe('sign-in-throttled')
    expect(opened).toHaveLength(6)
    const terminal = createCompanyFlow({ clock, loopback: true, openInBrowser: null })
    const asked = terminal.run(
      1,
      { issuer, clientId: 'x', clientSecret: null, scopes: [], claim: 'sub' },
      { language: 'en', fresh: false, wantsProfile: false },
      new AbortController().signal,
    )
    expect(await codeOf(asked)).toBe('company-browser')
  })
})
