import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventChannel, invokeChannel } from '../../src-main/shell/ipc.ts'
import { buildPreload } from './built-preload.ts'

type Listener = (event: unknown, ...args: unknown[]) => void
type Bridge = Record<string, (...args: never[]) => unknown>

let source = ''
let remove = (): void => undefined
beforeAll(async () => {
  const built = await buildPreload()
  source = readFileSync(built.path, 'utf8')
  remove = built.remove
})
afterAll(() => {
  remove()
})

const runPreload = () => {
  const exposed: [string, Bridge][] = []
  const invoked: unknown[][] = []
  const listeners = new Map<string, Set<Listener>>()
  const required: string[] = []
  const electron = {
    contextBridge: { exposeInMainWorld: (key: string, api: Bridge) => exposed.push([key, api]) },
    ipcRenderer: {
      invoke: (...args: unknown[]) => {
        invoked.push(args)
        return Promise.resolve('reply')
      },
      on: (channel: string, listener: Listener) => {
        listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener))
      },
      off: (channel: string, listener: Listener) => listeners.get(channel)?.delete(listener),
    },
  }
  const require = (name: string): unknown => {
    required.push(name)
    return electron
  }
  runInNewContext(`(function (require, module, exports) {${source}\n})`)(require, {}, {})
  const emit = (channel: string, ...args: unknown[]): void => {
    for (const listener of listeners.get(channel) ?? []) listener({ sender: 'secret' }, ...args)
  }
  return { exposed, invoked, required, listeners, emit }
}

describe('the preload script', () => {
  it('exposes one object with exactly two functions', () => {
    const { exposed } = runPreload()
    expect(exposed.map(([key]) => key)).toEqual(['nocturne'])
    expect(Reflect.ownKeys(exposed[0]?.[1] ?? {})).toEqual(['invoke', 'on'])
  })

  it('imports electron and nothing else, as a sandboxed preload must', () => {
    expect(runPreload().required).toEqual(['electron'])
  })

  it('invokes on the one channel that main handles', async () => {
    const { exposed, invoked } = runPreload()
    const reply = await exposed[0]?.[1]['invoke']?.(...(['a', { b: 1 }, 'extra'] as never[]))
    expect(reply).toBe('reply')
    expect(invoked).toEqual([[invokeChannel, 'a', { b: 1 }]])
  })

  it('passes channel and payload to a listener, never the event object, until it unsubscribes', () => {
    const { exposed, emit, listeners } = runPreload()
    const received: unknown[][] = []
    const listener = (...args: unknown[]) => received.push(args)
    const off = exposed[0]?.[1]['on']?.(...([listener] as never[])) as () => unknown
    emit(eventChannel, 'onu.changed', { rows: 1 }, 'extra')
    expect(received).toEqual([['onu.changed', { rows: 1 }]])
    expect(off()).toBeUndefined()
    emit(eventChannel, 'onu.changed', { rows: 2 })
    expect(received).toHaveLength(1)
    expect([...listeners.keys()]).toEqual([eventChannel])
  })
})
