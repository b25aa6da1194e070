import { NocturneError, type ErrorCode, type ErrorParams } from '../../../src-shared/errors.ts'
import type { SnmpClock } from './clock.ts'
import type { RequestGate } from './request-gate.ts'
import type { Opened } from './session-security.ts'
import type { SnmpSessionStats } from './session.ts'
import type { DatagramTransport } from './transport.ts'

/** A request that waits for its answer. */
export interface PendingRequest {
  readonly settle: (opened: Opened) => void
  readonly fail: (error: NocturneError) => void
}

export interface SendOptions {
  readonly signal: AbortSignal | undefined
  readonly timeoutMs: number
  readonly retries: number
}

/** Sends what `encode` gives for a new request id, again after silence. Errors: `timeout`, `olt-answer-garbage`, `cancelled`. */
export type Send = (encode: (requestId: number) => Buffer, how: SendOptions) => Promise<Opened>

export type Refusal = (code: ErrorCode, params?: ErrorParams, cause?: unknown) => NocturneError

interface ExchangeParts {
  readonly clock: SnmpClock
  readonly pending: Map<number, PendingRequest>
  readonly stats: SnmpSessionStats
  readonly transport: DatagramTransport
  readonly newRequestId: () => number
  readonly refusal: Refusal
  readonly gate: RequestGate | undefined
  readonly onSendError: (error: Error) => void
  readonly isClosed: () => boolean
}

/** One request and its answer, with timeouts, repeats and an end to every wait. */
export const createExchange = (parts: ExchangeParts): Send => {
  const { clock, pending, stats, transport, refusal, gate } = parts

  const exchange: Send = (encode, { signal, timeoutMs, retries }) => {
    if (parts.isClosed() || signal?.aborted === true) {
      return Promise.reject(new NocturneError('cancelled'))
    }
    return new Promise<Opened>((resolve, reject) => {
      const requestId = parts.newRequestId()
      let attemptsLeft = retries
      let stopTimer = (): void => undefined
      const undecodableBefore = stats.undecodable
      const settle = (): void => {
        stopTimer()
        pending.delete(requestId)
        signal?.removeEventListener('abort', onAbort)
      }
      const fail = (error: NocturneError): void => {
        settle()
        reject(error)
      }
      const onAbort = (): void => fail(new NocturneError('cancelled'))
      const onTimeout = (): void => {
        stats.timeouts++
        if (attemptsLeft-- > 0) transmit()
        else if (stats.undecodable > undecodableBefore) fail(refusal('olt-answer-garbage'))
        else fail(refusal('timeout'))
      }
      const transmit = (): void => {
        // Made anew each time: SNMPv3 carries the time, and no salt may come twice.
        const datagram = encode(requestId)
        stats.requests++
        stats.octetsOut += datagram.length
        stopTimer = clock.after(timeoutMs, onTimeout)
        transport.send(datagram, (error) => {
          if (error !== null && error !== undefined) parts.onSendError(error)
        })
      }
      pending.set(requestId, {
        fail,
        settle: (opened) => {
          settle()
          resolve(opened)
        },
      })
      signal?.addEventListener('abort', onAbort, { once: true })
      transmit()
    })
  }

  if (gate === undefined) return exchange
  return async (encode, how) => {
    const leave = await gate.enter(how.signal)
    let answered = false
    try {
      const opened = await exchange(encode, how)
      answered = true
      return opened
    } finally {
      leave(answered)
    }
  }
}
