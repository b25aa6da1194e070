import { connect } from 'node:net'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { Clock } from '../../engine/clock.ts'

/**
 * Sends bytes to a receipt printer on the network (raw TCP, port 9100), and says what went wrong in
 * a way that somebody at a counter can act upon.
 */
export type SendToPrinter = (
  printer: { readonly host: string; readonly port: number },
  bytes: Uint8Array,
  signal: AbortSignal,
) => Promise<void>

/** To be there; and to take all of it and close, with a drawer and a cut. */
const connectMs = 4_000
const takeMs = 8_000

/**
 * SECURITY: it connects to the one address that a person with `billing.cash.manage` typed, and reads
 * nothing of what comes back. Errors: `printer-unreachable` (nobody is there, or it refuses),
 * `printer-silent` (connected, and never says that it has all: paper may have come out all the same),
 * `printer-broke-off` (gone before it had all), `cancelled`.
 */
export const createPrinterLine =
  (clock: Pick<Clock, 'after'>, limits = { connectMs, takeMs }): SendToPrinter =>
  ({ host, port }, bytes, signal) =>
    new Promise((resolve, reject) => {
      // Some printers close their side at once and read on all the same.
      const socket = connect({ host, port, allowHalfOpen: true })
      let state: 'connecting' | 'sending' | 'sent' | 'over' = 'connecting'
      const params = { host, port }
      let stopTimer = (): void => undefined

      const end = (problem: NocturneError | null): void => {
        if (state === 'over') return
        state = 'over'
        stopTimer()
        signal.removeEventListener('abort', abort)
        socket.destroy()
        if (problem === null) resolve()
        else reject(problem)
      }
      const within = (ms: number): void => {
        stopTimer()
        stopTimer = clock.after(ms, () =>
          end(
            state === 'connecting'
              ? new NocturneError('printer-unreachable', { ...params, why: 'timeout' })
              : new NocturneError('printer-silent', params),
          ),
        )
      }
      const abort = (): void => end(new NocturneError('cancelled', {}))

      signal.addEventListener('abort', abort)
      within(limits.connectMs)
      if (signal.aborted) {
        abort()
        return
      }
      socket.on('connect', () => {
        state = 'sending'
        within(limits.takeMs)
        // The end is sent with the last byte; the printer closes when it has read all of it.
        socket.end(bytes, () => {
          if (state === 'sending') state = 'sent'
        })
      })
      socket.on('error', (error: NodeJS.ErrnoException) =>
        end(
          state === 'connecting'
            ? new NocturneError('printer-unreachable', { ...params, why: error.code ?? '' })
            : new NocturneError('printer-broke-off', params),
        ),
      )
      // What it says (its state, mostly) is read and dropped: else its end is never seen.
      socket.resume()
      socket.on('close', () =>
        end(state === 'sent' ? null : new NocturneError('printer-broke-off', params)),
      )
    })
