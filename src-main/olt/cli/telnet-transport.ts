import { connect } from 'node:net'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { Clock } from '../../engine/clock.ts'
import type { CliTransport } from './cli-session.ts'
import { connectError } from './connect-error.ts'
import { createTelnetCodec } from './telnet-codec.ts'
import { createTransportListeners } from './transport-listeners.ts'

export interface TelnetOptions {
  readonly host: string
  readonly port: number
  /** SECURITY: without it nothing is connected, whatever the profile says. */
  readonly allowed: boolean
  readonly window: { readonly columns: number; readonly rows: number }
  readonly clock: Clock
  /** For the connection to come up, ms. */
  readonly connectMs: number
}

/** Errors: `cli-telnet-not-allowed`, `cli-unreachable` {why}, `cancelled`. */
export const openTelnetTransport = (
  options: TelnetOptions,
  signal: AbortSignal,
): Promise<CliTransport> =>
  new Promise((resolve, reject) => {
    if (!options.allowed) {
      reject(new NocturneError('cli-telnet-not-allowed'))
      return
    }
    if (signal.aborted) {
      reject(new NocturneError('cancelled'))
      return
    }
    const listeners = createTransportListeners()
    const socket = connect({ host: options.host, port: options.port, noDelay: true })
    let open = false
    const codec = createTelnetCodec({
      window: options.window,
      answer: (octets) => {
        if (socket.writable) socket.write(octets)
      },
    })
    const fail = (error: NocturneError): void => {
      done()
      socket.destroy()
      reject(error)
    }
    const abort = (): void => fail(new NocturneError('cancelled'))
    const stopTimer = options.clock.after(options.connectMs, () =>
      fail(new NocturneError('cli-unreachable', { why: 'timeout' })),
    )
    const done = (): void => {
      stopTimer()
      signal.removeEventListener('abort', abort)
    }
    signal.addEventListener('abort', abort)

    socket.on('error', (error) => {
      if (!open) fail(connectError(error))
      else listeners.over(error)
    })
    socket.on('data', (octets) => listeners.heard(codec.decode(octets)))
    socket.on('end', () => socket.end())
    socket.on('close', () => {
      if (open) listeners.over(null)
      else fail(new NocturneError('cli-unreachable', { why: 'closed' }))
    })
    socket.on('connect', () => {
      open = true
      done()
      resolve({
        kind: 'telnet',
        authenticated: false,
        onData: listeners.onData,
        onEnd: listeners.onEnd,
        write: (octets) => {
          if (socket.writable) socket.write(codec.encode(octets))
        },
        close: () => socket.destroy(),
      })
    })
  })
