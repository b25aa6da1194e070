/**
 * What runs inside the page, injected as source text. Each function here is self-contained: it may
 * use its parameters and the globals of a page, nothing of this module.
 *
 * Two worlds share one document. The isolated world holds the preload script, `electron`'s
 * `contextBridge` and `ipcRenderer`, and the only binding to the host. The main world gets frozen
 * proxies of what the preload exposed. The two speak through events on a MessagePort which no page
 * script ever sees; an event reaches the other world at once, with its data copied by structured
 * clone, so calls are synchronous as they are with Electron's own bridge.
 */
import type { ValueCodec } from './value-codec.ts'

export type ShimConfig = Readonly<{
  /** Name of the one event that hands the port over; random, gone before any page script runs. */
  handshake: string
  binding: string
  deliver: string
}>

/** From page to host, through the binding. */
export type PageMessage =
  | Readonly<{ kind: 'invoke'; id: number; channel: string; args: string }>
  | Readonly<{ kind: 'send'; channel: string; args: string }>
  | Readonly<{ kind: 'navigate'; url: string }>

/** From host to page, as an argument of the deliver function. */
export type HostMessage =
  | Readonly<{ kind: 'settle'; id: number; ok: true; value: string }>
  | Readonly<{ kind: 'settle'; id: number; ok: false; message: string }>
  | Readonly<{ kind: 'event'; channel: string; args: string }>

type Preload = (require: (name: string) => unknown, module: object, exports: object) => void

export function isolatedWorldShim(config: ShimConfig, codec: ValueCodec, preload: Preload): void {
  const scope = globalThis as unknown as Record<string, unknown>
  const toHost = scope[config.binding] as (text: string) => void
  // Only the bindings in here may use it: a preload has no business with the raw channel.
  const post = (message: PageMessage): void => {
    toHost(JSON.stringify(message))
  }

  // Navigations which never become a request (about:, blob:, data:) would pass the host unseen.
  type NavigateEvent = Event & {
    destination: { url: string; sameDocument: boolean }
    downloadRequest: string | null
  }
  const navigation = scope['navigation'] as EventTarget | undefined
  navigation?.addEventListener('navigate', (event) => {
    const { destination, downloadRequest } = event as NavigateEvent
    if (destination.sameDocument || downloadRequest !== null) return
    if (/^https?:/.test(destination.url)) return
    event.preventDefault()
    post({ kind: 'navigate', url: destination.url })
  })

  // As with Electron's `nodeIntegrationInSubFrames: false`, a preload runs in the top frame alone.
  if (window.parent !== window) return

  const pending = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (e: Error) => void }
  >()
  type Listener = (event: object, ...args: unknown[]) => void
  const listeners = new Map<string, Set<Listener>>()
  let lastId = 0

  scope[config.deliver] = (message: HostMessage): void => {
    if (message.kind === 'event') {
      const args = codec.decode(message.args) as unknown[]
      const event = { sender: ipcRenderer, ports: [] }
      const current = Array.from(listeners.get(message.channel) ?? [])
      for (const listener of current) listener(event, ...args)
      return
    }
    const request = pending.get(message.id)
    pending.delete(message.id)
    if (message.ok) request?.resolve(codec.decode(message.value))
    else request?.reject(new Error(message.message))
  }

  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const id = ++lastId
        const encoded = codec.encode(args)
        pending.set(id, { resolve, reject })
        post({ kind: 'invoke', id, channel, args: encoded })
      }),
    send: (channel: string, ...args: unknown[]): void => {
      post({ kind: 'send', channel, args: codec.encode(args) })
    },
    on: (channel: string, listener: Listener): object => {
      const known = listeners.get(channel) ?? new Set()
      listeners.set(channel, known.add(listener))
      return ipcRenderer
    },
    off: (channel: string, listener: Listener): object => {
      listeners.get(channel)?.delete(listener)
      return ipcRenderer
    },
    removeListener: (channel: string, listener: Listener): object =>
      ipcRenderer.off(channel, listener),
  }

  type Callable = (...args: unknown[]) => unknown
  const exposed = new Map<string, Record<string, unknown>>()
  const callables: Callable[] = []
  let port: MessagePort | undefined
  const toMain = (type: string, data: unknown): void => {
    port?.dispatchEvent(new MessageEvent(type, { data }))
  }
  /** Functions cross as `{$function: n}`; everything else as a structured clone. */
  const outward = (value: unknown): unknown =>
    typeof value === 'function' ? { $function: callables.push(value as Callable) - 1 } : value
  const inward = (value: unknown): unknown => {
    const id = (value as { $callback?: number } | null)?.$callback
    if (id === undefined) return value
    return (...args: unknown[]) => {
      toMain('callback', { id, args })
    }
  }
  const answerCall = (event: Event): void => {
    const { fn, args, call } = (event as MessageEvent).data as {
      fn: number
      args: unknown[]
      call: number
    }
    try {
      const result = callables[fn]?.(...args.map(inward))
      if (!(result instanceof Promise)) {
        toMain('returned', { value: outward(result) })
        return
      }
      toMain('returned', { promise: true })
      void settleCall(call, result)
    } catch (error) {
      toMain('returned', { threw: String((error as Error).message) })
    }
  }
  const settleCall = async (call: number, result: Promise<unknown>): Promise<void> => {
    try {
      toMain('settled', { call, ok: true, value: outward(await result) })
    } catch (error) {
      toMain('settled', { call, ok: false, message: String((error as Error).message) })
    }
  }
  window.addEventListener(
    config.handshake,
    (event) => {
      event.stopImmediatePropagation()
      port = (event as MessageEvent).ports[0]
      port?.addEventListener('call', answerCall)
      for (const [key, api] of exposed) {
        const members = Object.entries(api).map(([name, value]) => [name, outward(value)])
        toMain('expose', { key, members })
      }
    },
    { once: true },
  )

  const contextBridge = {
    exposeInMainWorld: (key: string, api: Record<string, unknown>): void => {
      if (exposed.has(key)) throw new Error(`Cannot bind an API on top of an existing property`)
      exposed.set(key, api)
    },
  }
  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return { contextBridge, ipcRenderer }
    throw new Error(`module not found: ${name}`)
  }
  const module = { exports: {} }
  preload(require, module, module.exports)
}

export function mainWorldShim(config: ShimConfig): void {
  if (window.parent !== window) return
  // Kept from before any page script, so that a page which alters them harms itself alone.
  const { apply, getOwnPropertyDescriptor } = Reflect
  const { freeze, defineProperty, create } = Object
  const { isArray } = Array
  const PromiseBefore = Promise
  const MessageEventBefore = MessageEvent
  const ErrorBefore = Error
  const dispatch = EventTarget.prototype.dispatchEvent
  const listen = EventTarget.prototype.addEventListener
  const dataOf = getOwnPropertyDescriptor(MessageEvent.prototype, 'data')?.get as () => unknown

  type Settle = { resolve: (value: unknown) => void; reject: (error: Error) => void }
  type Reply = { value?: unknown; promise?: boolean; threw?: string }
  type Callback = (...args: unknown[]) => void
  // The port is only a place to dispatch events on that both worlds can hold.
  const { port1: link } = new MessageChannel()
  const pending = create(null) as Record<number, Settle>
  const callbacks = create(null) as Record<number, Callback>
  let callbackCount = 0
  let callCount = 0
  let reply: Reply | undefined

  const on = (type: string, listener: (data: never) => void): void => {
    const handler = (event: Event): void => {
      listener(apply(dataOf, event, []) as never)
    }
    apply(listen, link, [type, handler])
  }
  const functionOf = (value: unknown): unknown => {
    const own = typeof value === 'object' && value !== null
    const id = own ? getOwnPropertyDescriptor(value, '$function')?.value : undefined
    return typeof id === 'number' ? proxyOf(id) : value
  }
  const proxyOf = (fn: number): unknown =>
    freeze((...args: unknown[]) => {
      const call = ++callCount
      const carried: unknown[] = []
      for (let index = 0; index < args.length; index += 1) {
        const value = args[index]
        let sent: unknown = value
        if (typeof value === 'function') {
          callbacks[++callbackCount] = value as Callback
          sent = { $callback: callbackCount }
        }
        defineProperty(carried, index, { value: sent, enumerable: true })
      }
      const promise = new PromiseBefore((resolve, reject) => {
        pending[call] = { resolve, reject }
      })
      reply = undefined
      const data = { fn, args: carried, call }
      apply(dispatch, link, [new MessageEventBefore('call', { data })])
      const returned = reply as Reply | undefined
      if (returned === undefined) throw new ErrorBefore('An object could not be cloned.')
      if (returned.promise === true) return promise
      delete pending[call]
      if (returned.threw !== undefined) throw new ErrorBefore(returned.threw)
      return functionOf(returned.value)
    })

  on('returned', (data: Reply) => {
    reply = data
  })
  on('settled', (data: { call: number; ok: boolean; value: unknown; message: string }) => {
    const settle = pending[data.call]
    delete pending[data.call]
    if (data.ok) settle?.resolve(functionOf(data.value))
    else settle?.reject(new ErrorBefore(data.message))
  })
  on('callback', (data: { id: number; args: unknown[] }) => {
    const callback = callbacks[data.id]
    if (callback !== undefined && isArray(data.args)) apply(callback, undefined, data.args)
  })
  on('expose', (data: { key: string; members: [string, unknown][] }) => {
    const api: Record<string, unknown> = {}
    for (const [name, value] of data.members) api[name] = functionOf(value)
    // As Electron does: the page can neither replace nor extend what it was given.
    defineProperty(window, data.key, { value: freeze(api), enumerable: true })
  })
  window.dispatchEvent(new MessageEvent(config.handshake, { ports: [link] }))
}
