/// <reference types="vite/client" />
import type { Bridge, Envelope } from '../../../src-shared/contract/envelope.ts'
import type { FromWorker, ToWorker } from './messages.ts'

// The fake engine in a worker, as the real one is elsewhere too: the page pays for its own work only.
const worker = new Worker(new URL('./engine-worker.ts', import.meta.url), { type: 'module' })
const waiting = new Map<number, (envelope: Envelope) => void>()
const listeners = new Set<(channel: string, payload: unknown) => void>()
let last = 0

const post = (message: ToWorker): void => worker.postMessage(message)

worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
  if (data.kind === 'event') {
    for (const listener of listeners) listener(data.channel, data.payload)
    return
  }
  waiting.get(data.id)?.(data.envelope)
  waiting.delete(data.id)
})

const bridge: Bridge = {
  invoke: (channel, input) =>
    new Promise((resolve) => {
      last += 1
      waiting.set(last, resolve)
      post({ kind: 'invoke', id: last, channel, input })
    }),
  on: (listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

post({ kind: 'start', search: window.location.search })
Object.defineProperty(window, 'nocturne', { value: bridge })
await import('../../../src-renderer/main.tsx')
