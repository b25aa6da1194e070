import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type { IpcMain } from 'electron'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { confirmUrl, startUrl } from '../../src-main/shell/app-address.ts'
import {
  answerChannel,
  copyChannel,
  questionChannel,
  routeConfirmations,
  type OpenQuestion,
} from '../../src-main/shell/ipc.ts'
import { buildPreload } from './built-preload.ts'
import { launchFixture, type FixtureConsole } from './fixture-console.ts'

/** facts/security.md row 31: what is disruptive is confirmed outside the console's own page. */

type Handler = (event: unknown, ...args: unknown[]) => unknown

const routed = (open: OpenQuestion | null) => {
  const handlers = new Map<string, Handler>()
  const refused: string[] = []
  const copied: string[] = []
  routeConfirmations({
    copy: (text) => {
      copied.push(text)
      return Promise.resolve()
    },
    ipcMain: {
      handle: (channel: string, handler: Handler) => handlers.set(channel, handler),
      removeHandler: (channel: string) => handlers.delete(channel),
    } as unknown as IpcMain,
    open: () => open,
    refused: (what) => refused.push(what),
  })
  const call = (channel: string, event: unknown, ...args: unknown[]): unknown =>
    handlers.get(channel)?.(event, ...args)
  return { call, refused, copied }
}

const question = (): OpenQuestion & { readonly answers: (string | null)[] } => {
  const answers: (string | null)[] = []
  return {
    contentsId: 7,
    text: { title: 'Apply this plan?' } as OpenQuestion['text'],
    answer: (typed) => answers.push(typed),
    answers,
  }
}

const from = (id: number, url: string, parent: object | null = null) => ({
  sender: { id },
  senderFrame: { url, parent },
})

describe('the channels of the confirmation window', () => {
  it.each([
    ['the console’s own page', from(1, startUrl)],
    ['the console’s own page under the address of the confirmation', from(1, confirmUrl)],
    ['the window itself at another address', from(7, startUrl)],
    ['a frame inside the window', from(7, confirmUrl, {})],
    ['a frame that is gone', { sender: { id: 7 }, senderFrame: null }],
    ['a look-alike', from(7, 'https://console/confirm.html')],
  ])('tell nothing to %s, and take no answer from it', (_, event) => {
    const open = question()
    const { call, refused } = routed(open)
    expect(call(questionChannel, event)).toBeNull()
    call(answerChannel, event, 'KARANG-01')
    expect(open.answers).toEqual([])
    expect(refused).toHaveLength(2)
  })

  it('copy a secret for its own window alone, and nothing but the lines that main has', async () => {
    const open = { ...question(), text: { kind: 'secret', lines: ['AAAAA', 'BBBBB'] } }
    const { call, copied } = routed(open as unknown as OpenQuestion)
    expect(await call(copyChannel, from(1, startUrl), 'mine')).toBe(false)
    expect(await call(copyChannel, from(7, confirmUrl, {}))).toBe(false)
    expect(copied).toEqual([])
    expect(await call(copyChannel, from(7, confirmUrl), 'mine')).toBe(true)
    expect(copied).toEqual(['AAAAA\nBBBBB'])
    // A question has nothing to copy.
    const asked = routed(question())
    expect(await asked.call(copyChannel, from(7, confirmUrl))).toBe(false)
    expect(asked.copied).toEqual([])
  })

  it('take nothing while no question is open', () => {
    const { call } = routed(null)
    expect(call(questionChannel, from(7, confirmUrl))).toBeNull()
    expect(() => call(answerChannel, from(7, confirmUrl), 'x')).not.toThrow()
  })

  it.each([[{ typed: 'x' }], [7], [undefined], ['x'.repeat(201)]])(
    'read an answer that is no short text as a no: %j',
    (typed) => {
      const open = question()
      routed(open).call(answerChannel, from(7, confirmUrl), typed)
      expect(open.answers).toEqual([null])
    },
  )

  it('hand the window its question and take what was typed', () => {
    const open = question()
    const { call } = routed(open)
    expect(call(questionChannel, from(7, confirmUrl))).toBe(open.text)
    call(answerChannel, from(7, confirmUrl), 'KARANG-01')
    expect(open.answers).toEqual(['KARANG-01'])
  })

  it('have the names that the preload calls', async () => {
    const { path, remove } = await buildPreload('confirm-preload')
    const source = readFileSync(path, 'utf8')
    remove()
    expect(source).toContain(`"${questionChannel}"`)
    expect(source).toContain(`"${answerChannel}"`)
    expect(source).toContain(`"${copyChannel}"`)
  })
})

describe('on Chromium', () => {
  let fixture: FixtureConsole
  beforeAll(async () => {
    fixture = await launchFixture()
  })
  afterAll(async () => {
    await fixture?.stop()
  })

  const confirmPage = (): Promise<Page> =>
    vi.waitFor(
      () => {
        const found = fixture.page
          .context()
          .pages()
          .find((page) => page.url().endsWith('/confirm.html'))
        if (found === undefined) throw new Error('no confirmation window yet')
        return found
      },
      { timeout: 15_000 },
    )

  const isClosed = (page: Page): Promise<void> =>
    vi.waitFor(() => expect(page.isClosed()).toBe(true), { timeout: 10_000 })

  it('a question opens a window of its own, and what is typed there is the answer', async () => {
    const answer = fixture.tell('confirm')
    const page = await confirmPage()
    await page.locator('h1', { hasText: 'Apply this plan?' }).waitFor()
    expect((await fixture.state()).windows).toBe(2)
    // Hostile text is text.
    expect(await page.locator('p').textContent()).toBe('<img src=x onerror=alert(1)>')
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.evaluate('typeof window.nocturne')).toBe('undefined')
    expect(await fixture.page.evaluate('typeof window.confirmation')).toBe('undefined')
    await page.evaluate("window.confirmation.answer('KARANG-01')")
    expect(await answer).toEqual({ typed: 'KARANG-01' })
    await isClosed(page)
  })

  it('the console’s own page cannot answer', async () => {
    const answer = fixture.tell('confirm')
    const page = await confirmPage()
    await page.locator('h1', { hasText: 'Apply' }).waitFor()
    const reply = await fixture.page.evaluate(
      `window.nocturne.invoke(${JSON.stringify(answerChannel)}, 'KARANG-01')`,
    )
    // It went to the engine as a call of that name, and not to the question.
    expect(reply).toMatchObject({ ok: true })
    expect((await fixture.state()).windows).toBe(2)
    await page.close()
    expect(await answer).toEqual({ typed: null })
  })

  it('closes the window when nobody waits any more', async () => {
    expect(await fixture.tell('confirm-off')).toEqual({ typed: null })
    await vi.waitFor(async () => expect((await fixture.state()).windows).toBe(1))
  })

  it('a secret opens in such a window, which is kept out of pictures of the screen', async () => {
    const seen = fixture.tell('secret')
    const page = await confirmPage()
    await page.locator('h1', { hasText: 'Your recovery codes' }).waitFor()
    expect(await page.locator('img').count()).toBe(0)
    const { journal } = await fixture.state()
    expect(journal).toContainEqual({ kind: 'content-protection', subject: 'true' })
    // The console's page has no way to it.
    expect(JSON.stringify(await fixture.page.content())).not.toContain('AAAAA-BBBBB')
    await fixture.page.evaluate(`window.nocturne.invoke(${JSON.stringify(copyChannel)})`)
    expect(await fixture.tell('clipboard')).toBe('')

    expect(await page.evaluate('window.confirmation.copy()')).toBe(true)
    expect(await fixture.tell('clipboard')).toBe('AAAAA-BBBBB\nCCCCC-DDDDD')
    void fixture.tell('turned-away')
    await vi.waitFor(async () => expect(await fixture.tell('clipboard')).toBe(''))

    await page.evaluate("window.confirmation.answer('')")
    expect(await seen).toEqual({ typed: '' })
    await isClosed(page)
  })

  it('a secret whose window is closed otherwise counts as not seen', async () => {
    const seen = fixture.tell('secret')
    const page = await confirmPage()
    await page.locator('h1', { hasText: 'Your recovery codes' }).waitFor()
    await page.close()
    expect(await seen).toEqual({ typed: null })
  })
})
