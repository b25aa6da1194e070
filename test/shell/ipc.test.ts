import type { IpcMain } from 'electron'
import { describe, expect, it } from 'vitest'
import type { EngineEvent, EnginePort, Envelope } from '../../src-main/shell/engine-port.ts'
import { isTrustedSender, routeEvents, routeInvocations } from '../../src-main/shell/ipc.ts'

const top = { parent: null }
const page = { url: 'app://console/', ...top }

describe('who may invoke', () => {
  it.each([
    ['a frame that is gone', null],
    ['a frame inside the page', { url: 'app://console/', parent: page }],
    ['an about:srcdoc frame', { url: 'about:srcdoc', parent: page }],
    ['about:srcdoc at the top', { url: 'about:srcdoc', ...top }],
    ['a blank page', { url: 'about:blank', ...top }],
    ['an empty address', { url: '', ...top }],
    ['a web site', { url: 'https://example.invalid/', ...top }],
    ['a web site named console', { url: 'https://console/', ...top }],
    ['another host of the scheme', { url: 'app://evil/', ...top }],
    ['a look-alike host', { url: 'app://console.evil/', ...top }],
    ['a look-alike prefix', { url: 'app://consoles/', ...top }],
    ['a user that looks like the host', { url: 'app://console@evil/', ...top }],
    ['a user at the host', { url: 'app://evil@console/', ...top }],
    ['a port', { url: 'app://console:1/', ...top }],
    ['another scheme', { url: 'apps://console/', ...top }],
    ['a scheme without a host', { url: 'app:console', ...top }],
    ['a file', { url: 'file:///console/', ...top }],
    ['a blob of the console', { url: 'blob:app://console/1', ...top }],
    ['data', { url: 'data:text/html,app://console/', ...top }],
  ])('not %s', (_name, frame) => {
    expect(isTrustedSender(frame)).toBe(false)
  })

  it('the console, wherever in it the person is', () => {
    expect(isTrustedSender(page)).toBe(true)
    expect(isTrustedSender({ url: 'app://console/#/onus?states=unknown', ...top })).toBe(true)
  })
})

type Handler = (event: unknown, ...args: unknown[]) => Promise<Envelope>

const routed = () => {
  const handlers = new Map<string, Handler>()
  const calls: unknown[] = []
  const refusals: string[] = []
  const engine: Pick<EnginePort, 'call'> = {
    call: (request) => {
      calls.push(request)
      return Promise.resolve({ ok: true, value: 'from the engine' })
    },
  }
  const ipcMain = {
    handle: (channel: string, handler: Handler) => {
      handlers.set(channel, handler)
    },
    removeHandler: (channel: string) => {
      handlers.delete(channel)
    },
  }
  const stop = routeInvocations({
    ipcMain: ipcMain as unknown as IpcMain,
    engine,
    refused: (what) => refusals.push(what),
  })
  const invoke = (senderFrame: unknown, ...args: unknown[]): Promise<Envelope> =>
    handlers.get('invoke')?.({ sender: { id: 7 }, senderFrame }, ...args) ?? Promise.reject()
  return { handlers, calls, refusals, invoke, stop }
}

describe('an invocation', () => {
  it('of a foreign frame never reaches the engine', async () => {
    const { invoke, calls, refusals } = routed()
    const envelope = await invoke({ url: 'about:srcdoc', parent: page }, 'session.current', {})
    expect(envelope).toMatchObject({ ok: false, error: { code: 'sender-refused', params: {} } })
    expect(calls).toEqual([])
    expect(refusals).toHaveLength(1)
  })

  it.each([[undefined], [null], [7], [{}], [['a']], ['x'.repeat(101)]])(
    'of a channel that is no name (%j) never reaches the engine',
    async (channel) => {
      const { invoke, calls } = routed()
      const envelope = await invoke(page, channel, {})
      expect(envelope).toMatchObject({ ok: false, error: { code: 'unknown-procedure' } })
      expect(calls).toEqual([])
    },
  )

  it('of the console is handed over with the id of who asks, and nothing else of the event', async () => {
    const { invoke, calls } = routed()
    const envelope = await invoke(page, 'olts.list', { page: 1 }, 'a third argument')
    expect(envelope).toEqual({ ok: true, value: 'from the engine' })
    expect(calls).toEqual([{ clientId: 7, channel: 'olts.list', input: { page: 1 } }])
  })

  it('has one handler, which goes when the shell stops', () => {
    const { handlers, stop } = routed()
    expect([...handlers.keys()]).toEqual(['invoke'])
    stop()
    expect(handlers.size).toBe(0)
  })
})

describe('an event of the engine', () => {
  it('reaches the window it is for, every window when it is for all, and no window that is gone', () => {
    let tell: (event: EngineEvent) => void = () => undefined
    const sent: unknown[] = []
    const contents = (id: number, isGone = false) => ({
      id,
      isDestroyed: () => isGone,
      send: (...args: unknown[]) => {
        sent.push([id, ...args])
      },
    })
    let isStopped = false
    const stop = routeEvents({
      engine: {
        onEvent: (listener) => {
          tell = listener
          return () => {
            isStopped = true
          }
        },
      },
      contents: () => [contents(1), contents(2), contents(3, true)],
    })
    tell({ clientId: null, channel: 'a', payload: 1 })
    tell({ clientId: 2, channel: 'b', payload: 2 })
    tell({ clientId: 3, channel: 'c', payload: 3 })
    tell({ clientId: 9, channel: 'd', payload: 4 })
    expect(sent).toEqual([
      [1, 'event', 'a', 1],
      [2, 'event', 'a', 1],
      [2, 'event', 'b', 2],
    ])
    stop()
    expect(isStopped).toBe(true)
  })
})
