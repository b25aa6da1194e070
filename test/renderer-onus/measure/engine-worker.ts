import type { Bridge } from '../../../src-shared/contract/envelope.ts'
import { createFakeBridge } from '../../support/fake-engine/fake-bridge.ts'
import { readOptions } from '../../support/fake-engine/fake-options.ts'
import type { FromWorker, ToWorker } from './messages.ts'

let bridge: Bridge | null = null

// Typed for a page here: a worker's takes the message alone.
const post = self.postMessage as unknown as (message: FromWorker) => void

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'start') {
    bridge = createFakeBridge(readOptions(data.search))
    bridge.on((channel, payload) => post({ kind: 'event', channel, payload }))
    return
  }
  void bridge?.invoke(data.channel, data.input).then((envelope) => {
    post({ kind: 'answer', id: data.id, envelope })
  })
})
