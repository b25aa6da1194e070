/**
 * The console's shell with an engine of cardboard, on the stand-in, for the tests of the shell.
 * Its parent tells it over the process channel what the engine should say.
 */
import { join } from 'node:path'
import { app, clipboard, protocol } from 'electron'
import type { EngineEvent, EnginePort } from '../../src-main/shell/engine-port.ts'
import { startShell } from '../../src-main/shell/start-shell.ts'

const [preloadPath = '', rendererDir = '', confirmPreloadPath = ''] = process.argv.slice(2)
const listeners = new Set<(event: EngineEvent) => void>()
const seen: unknown[] = []
let turnedAway: (() => void) | null = null
let confirmer: Parameters<EnginePort['onConfirm']>[0] | null = null

const confirmText = {
  language: 'en',
  theme: 'light',
  title: 'Apply this plan?',
  warning: '<img src=x onerror=alert(1)>',
  grave: true,
  facts: [{ label: 'OLT', value: 'KARANG-01' }],
  linesLabel: 'What will be sent',
  lines: ['(config-if-gpon-0/1) ont delete 3 12'],
  typeLabel: 'Type the name of the OLT: KARANG-01',
  expected: 'KARANG-01',
  confirm: 'Delete',
  cancel: 'Do nothing',
} as const

const secretText = {
  kind: 'secret',
  language: 'en',
  theme: 'light',
  title: 'Your recovery codes',
  intro: '<img src=x onerror=alert(1)>',
  qr: null,
  lines: ['AAAAA-BBBBB', 'CCCCC-DDDDD'],
  note: '',
  copy: 'Copy',
  copied: 'Copied',
  print: '',
  close: 'I have kept them',
} as const

const samples = (): Record<string, unknown> => ({
  bytes: Uint8Array.of(0, 1, 254, 255),
  ints: Int32Array.of(-1, 2 ** 31 - 1),
  floats: Float32Array.of(-27.5, Number.NaN),
  doubles: Float64Array.of(1e-300, Number.POSITIVE_INFINITY),
  nan: Number.NaN,
  missing: undefined,
  nothing: null,
  nested: [{ $key: 'dollar', text: 'Zürich 光', list: [1, undefined, -0] }],
})

const engine: EnginePort = {
  call: ({ clientId, channel, input }) => {
    seen.push({ call: channel, clientId })
    if (channel === 'describe') {
      // What arrived, told by the side that received it.
      const entries = Object.entries(input as Record<string, unknown>)
      const value = entries.map(([key, item]) => [
        key,
        Object.prototype.toString.call(item),
        ArrayBuffer.isView(item) ? [...(item as Uint8Array)] : null,
      ])
      return Promise.resolve({ ok: true, value })
    }
    if (channel === 'samples') return Promise.resolve({ ok: true, value: samples() })
    if (channel === 'burst') {
      for (let index = 0; index < Number(input); index += 1) {
        for (const listener of listeners) {
          listener({ clientId: index % 2 === 0 ? null : clientId, channel: 'tick', payload: index })
        }
      }
      for (const listener of listeners) {
        listener({ clientId: clientId + 1, channel: 'tick', payload: 'for somebody else' })
        listener({ clientId, channel: 'samples', payload: samples() })
      }
    }
    return Promise.resolve({ ok: true, value: input })
  },
  onEvent: (listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  onDesktop: () => () => undefined,
  onConfirm: (listener) => {
    confirmer = listener
    return () => {
      confirmer = null
    }
  },
  onOpenInBrowser: () => () => undefined,
  onTurnedAway: (listener) => {
    turnedAway = listener
    return () => undefined
  },
  openRoute: () => undefined,
  clientGone: (clientId) => seen.push({ gone: clientId }),
  lock: (reason) => seen.push({ lock: reason }),
  idleFor: () => undefined,
  wake: () => undefined,
}

const leave = async (): Promise<void> => {
  await shell.stop()
  app.exit(0)
}

// A file server could redirect; the console's own never does, so the fixture adds one that does.
const handle = protocol.handle.bind(protocol)
protocol.handle = (scheme, handler) => {
  handle(scheme, (request) =>
    request.url === 'app://console/redirect'
      ? new Response(null, { status: 302, headers: { location: 'https://example.invalid/' } })
      : handler(request),
  )
}

const shell = await startShell({
  engine,
  rendererDir,
  preloadPath,
  confirmPreloadPath,
  iconsDir: join(import.meta.dirname, '..', '..', 'assets', 'icons'),
  packaged: false,
  onAllWindowsClosed: () => {
    void leave()
  },
  log: (message) => seen.push({ log: message }),
})

const tell = (fixture: string, value: unknown): void => {
  process.send?.({ fixture, value })
}

process.on('message', ({ fixture, path }: { fixture?: string; path?: string }) => {
  if (fixture === 'seen') tell(fixture, seen)
  if (fixture === 'close') shell.window.close()
  if (fixture === 'confirm' || fixture === 'confirm-off') {
    const control = new AbortController()
    if (fixture === 'confirm-off') setImmediate(() => control.abort())
    void confirmer?.({ clientId: 1, text: confirmText, signal: control.signal }).then((typed) =>
      tell(fixture, { typed }),
    )
  }
  if (fixture === 'secret') {
    void confirmer?.({
      clientId: 1,
      text: secretText,
      signal: new AbortController().signal,
    }).then((typed) => tell(fixture, { typed }))
  }
  if (fixture === 'turned-away') turnedAway?.()
  if (fixture === 'clipboard') void clipboard.readText().then((text) => tell(fixture, text))
  if (fixture === 'capture') {
    const captured = shell.capture(path ?? '')
    captured.then(
      () => {
        tell(fixture, 'captured')
        return undefined
      },
      (error: unknown) => {
        tell(fixture, String(error))
      },
    )
  }
  if (fixture === 'load-redirect') {
    shell.window.loadURL('app://console/redirect').then(
      () => {
        tell(fixture, 'loaded')
        return undefined
      },
      (error: unknown) => {
        tell(fixture, String(error))
      },
    )
  }
})
process.channel?.unref()
