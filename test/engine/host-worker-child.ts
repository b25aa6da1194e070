import type { SecretText } from '../../src-shared/contract/confirm-text.ts'
import { parentPort, workerData } from 'node:worker_threads'
import type { FromEngine, ToEngine } from '../../src-main/engine/worker-messages.ts'

/** Stands in for the engine's worker where the host alone is tested. */
const post = (message: FromEngine): void => parentPort?.postMessage(message)
const secret: SecretText = {
  kind: 'secret',
  language: 'en',
  theme: 'light',
  title: 'Your recovery codes',
  intro: '',
  qr: null,
  lines: ['AAAAA-BBBBB'],
  note: '',
  copy: 'Copy',
  copied: 'Copied',
  print: '',
  close: 'Seen',
}
const { mode, workspaceDir } = workerData as { mode: string; workspaceDir: string }

parentPort?.on('message', (message: ToEngine) => {
  if (message.t === 'stop') post({ t: 'stopped' })
  if (message.t === 'confirmed' && message.typed !== null) post({ t: 'turned-away' })
  if (message.t !== 'call') return
  const { id, channel, clientId } = message
  if (channel === 'crash') throw new Error('crash on purpose')
  if (channel === 'never') return
  if (channel === 'look-around') post({ t: 'switch', target: 'simulated' })
  const to = channel.split('switch-to:')[1]
  if (to !== undefined) post({ t: 'switch', target: { workspaceDir: to } })
  if (channel === 'secret') post({ t: 'confirm', id: 1, clientId, text: secret })
  if (channel === 'browse') {
    post({ t: 'open-in-browser', id: 7, address: 'https://login.company.example/' })
    parentPort?.once('message', (back: ToEngine) => {
      const value = back.t === 'opened-in-browser' && back.id === 7 ? back.isOpen : null
      post({ t: 'reply', id, envelope: { ok: true, value } })
    })
    return
  }
  if (channel === 'event') {
    post({ t: 'events', clientId, batch: { seq: 1, events: [] } })
  }
  post({ t: 'reply', id, envelope: { ok: true, value: { mode, channel, workspaceDir } } })
})
