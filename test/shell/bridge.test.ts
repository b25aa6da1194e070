import type { Page } from '@playwright/test'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchFixture } from './fixture-console.ts'
import type { FixtureConsole } from './fixture-console.ts'

let fixture: FixtureConsole
let page: Page
beforeAll(async () => {
  fixture = await launchFixture()
  page = fixture.page
})
afterAll(async () => {
  await fixture?.stop()
})

describe('window.nocturne', () => {
  it('has exactly two functions, and the page can neither replace, extend nor rebuild it', async () => {
    const found = await page.evaluate(`(() => {
      'use strict'
      const tries = [
        () => { window.nocturne = {} },
        () => { nocturne.invoke = () => 'mine' },
        () => { nocturne.more = 1 },
        () => { delete window.nocturne },
        () => { delete nocturne.on },
        () => { Object.defineProperty(window, 'nocturne', { value: 1 }) },
        () => { nocturne.invoke.secret = 1 },
      ].map((attempt) => { try { attempt(); return 'changed' } catch (e) { return e.name } })
      return { keys: Reflect.ownKeys(nocturne), tries: [...new Set(tries)] }
    })()`)
    expect(found).toEqual({ keys: ['invoke', 'on'], tries: ['TypeError'] })
  })

  it('is all the page sees of the way out: no binding, no ipcRenderer', async () => {
    const leaked = await page.evaluate(
      `Object.getOwnPropertyNames(window).filter((name) => /nocturne|ipc|electron|host/i.test(name))`,
    )
    expect(leaked).toEqual(['nocturne'])
  })

  it('works on for a page that has spoilt its own built-ins, and tells it nothing', async () => {
    const result = await page.evaluate(`(async () => {
      const heard = []
      const spoil = (object, name) => {
        const before = object[name]
        object[name] = function (...args) { heard.push(name); return before.apply(this, args) }
        return () => { object[name] = before }
      }
      const undo = [
        spoil(EventTarget.prototype, 'dispatchEvent'),
        spoil(EventTarget.prototype, 'addEventListener'),
        spoil(MessagePort.prototype, 'postMessage'),
        spoil(Function.prototype, 'call'),
        spoil(JSON, 'stringify'),
      ]
      Object.prototype.$callback = 7
      Object.prototype.$function = 0
      try {
        const reply = await nocturne.invoke('echo', { a: [1, 'two'] })
        return { reply: structuredClone(reply), heard }
      } finally {
        for (const step of undo) step()
        delete Object.prototype.$callback
        delete Object.prototype.$function
      }
    })()`)
    expect(result).toEqual({ reply: { ok: true, value: { a: [1, 'two'] } }, heard: [] })
  })

  it('is refused to a frame inside the page that gets hold of the raw binding', async () => {
    await page.evaluate(`new Promise((resolve) => {
      const frame = document.createElement('iframe')
      // Without a policy that lets it, the page could not even write this.
      const policy = trustedTypes.createPolicy('default', { createHTML: (text) => text })
      frame.srcdoc = policy.createHTML('<p>inner')
      frame.onload = resolve
      document.body.append(frame)
    })`)
    const session = await page.context().newCDPSession(page)
    const { frameTree } = await session.send('Page.getFrameTree')
    const frameId = frameTree.childFrames?.[0]?.frame.id ?? ''
    const { executionContextId } = await session.send('Page.createIsolatedWorld', {
      frameId,
      worldName: 'nocturne-preload',
    })
    const { result } = await session.send('Runtime.evaluate', {
      contextId: executionContextId,
      awaitPromise: true,
      returnByValue: true,
      expression: `new Promise((resolve) => {
        globalThis.__nocturneFromHost = resolve
        __nocturneToHost(JSON.stringify({
          kind: 'invoke', id: 1, channel: 'invoke', args: '["session.current",{}]',
        }))
      })`,
    })
    await session.detach()
    await page.evaluate(`document.querySelector('iframe').remove()`)
    const message = result.value as { value: string }
    expect(JSON.parse(message.value)).toMatchObject({
      ok: false,
      error: { code: 'sender-refused' },
    })
    expect(JSON.stringify(await fixture.tell('seen'))).not.toContain('session.current')
  })

  it('rejects what cannot be cloned, and an answer still comes to the next question', async () => {
    const outcome = await page.evaluate(`(async () => {
      try { await nocturne.invoke('echo', document.body); return 'sent' }
      catch (e) { return e.message }
    })()`)
    expect(outcome).toMatch(/cloned/)
    expect(await page.evaluate(`nocturne.invoke('echo', 1)`)).toEqual({ ok: true, value: 1 })
  })
})

/** What the page received, in words that survive its way to the test. */
const describeSamples = (expression: string) => `(async () => {
  const value = ${expression}
  const tag = (item) => Object.prototype.toString.call(item).slice(8, -1)
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    tag(item),
    ArrayBuffer.isView(item) ? [...item].map(String) : Array.isArray(item) ? item : String(item),
  ])
  return entries
})()`

const describedSamples = [
  ['bytes', 'Uint8Array', ['0', '1', '254', '255']],
  ['ints', 'Int32Array', ['-1', '2147483647']],
  ['floats', 'Float32Array', ['-27.5', 'NaN']],
  ['doubles', 'Float64Array', ['1e-300', 'Infinity']],
  ['nan', 'Number', 'NaN'],
  ['missing', 'Undefined', 'undefined'],
  ['nothing', 'Null', 'null'],
  ['nested', 'Array', [{ $key: 'dollar', text: 'Zürich 光', list: [1, undefined, -0] }]],
]

describe('values', () => {
  it('arrive in the page as they were sent: typed arrays, NaN, undefined', async () => {
    expect(
      await page.evaluate(describeSamples(`(await nocturne.invoke('samples')).value`)),
    ).toEqual(describedSamples)
  })

  it('arrive in the engine as they were sent', async () => {
    const described = await page.evaluate(
      `nocturne.invoke('describe', {
        bytes: new Uint8Array([7, 255]),
        part: new Int32Array([1, 2, 3, 4]).subarray(1, 3),
        missing: undefined,
        nan: NaN,
      }).then(({ value }) => value)`,
    )
    expect(described).toEqual([
      ['bytes', '[object Uint8Array]', [7, 255]],
      ['part', '[object Int32Array]', [2, 3]],
      ['missing', '[object Undefined]', null],
      ['nan', '[object Number]', null],
    ])
  })

  it('carry 256 KB there and back', async () => {
    const same = await page.evaluate(`(async () => {
      const sent = new Float64Array(32 * 1024).map((_, index) => index / 3)
      const { value } = await nocturne.invoke('echo', sent)
      return value instanceof Float64Array && value.every((item, index) => item === sent[index])
    })()`)
    expect(same).toBe(true)
  })
})

describe('events', () => {
  it('come in order, before the reply that follows them, and none for another window', async () => {
    await page.evaluate('received.length = 0')
    const count = await page.evaluate(`nocturne.invoke('burst', 100).then(() => received.length)`)
    expect(count).toBe(101)
    const ticks = await page.evaluate(
      `received.filter(([channel]) => channel === 'tick').map(([, payload]) => payload)`,
    )
    expect(ticks).toEqual(Array.from({ length: 100 }, (_, index) => index))
    expect(
      await page.evaluate(
        describeSamples(`received.find(([channel]) => channel === 'samples')[1]`),
      ),
    ).toEqual(describedSamples)
  })

  it('end when the listener unsubscribes, which it can do at once', async () => {
    const heard = await page.evaluate(`(async () => {
      let heard = 0
      const off = nocturne.on(() => { heard += 1 })
      const kind = typeof off
      await nocturne.invoke('burst', 2)
      const before = heard
      off()
      await nocturne.invoke('burst', 2)
      return { kind, before, after: heard }
    })()`)
    expect(heard).toEqual({ kind: 'function', before: 3, after: 3 })
  })
})

describe('the window', () => {
  it('has the asked size, and its picture too', async () => {
    expect(await page.evaluate('[innerWidth, innerHeight]')).toEqual([1440, 900])
    const folder = mkdtempSync(join(tmpdir(), 'nocturne-capture-'))
    try {
      const file = join(folder, 'window.png')
      expect(await fixture.tell('capture', file)).toBe('captured')
      const png = readFileSync(file)
      expect(png.subarray(1, 4).toString()).toBe('PNG')
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1440, 900])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('passes a locked screen and suspend on to the engine', async () => {
    await fixture.ask('lock-screen')
    await fixture.ask('suspend')
    expect(await fixture.tell('seen')).toEqual(
      expect.arrayContaining([{ lock: 'os-lock' }, { lock: 'suspend' }]),
    )
  })
})
