import { randomInt } from 'node:crypto'
import { NocturneError } from '../../../src-shared/errors.ts'
import { parseBulkAnswer, peekRequestId, type BulkAnswer } from './bulk-answer.ts'
import { encodeBulkRequest } from './bulk-request.ts'
import { systemSnmpClock, type SnmpClock } from './clock.ts'
import { openGetLane } from './get-lane.ts'
import type { SnmpValue } from './snmp-value.ts'
import { openUdpTransport, type OpenTransport } from './transport.ts'

export interface SnmpSessionOptions {
  readonly host: string
  readonly port: number
  readonly version: '2c'
  /** Secret. It is held in memory only and never part of an error or a log. */
  readonly community: Buffer
  readonly timeoutMs: number
  /** How often a GET or a GETBULK is sent again before it counts as unanswered. */
  readonly retries: number
  readonly clock?: SnmpClock
  /** An unpredictable integer of [min, max): the request ids. */
  readonly random?: (min: number, max: number) => number
  readonly openTransport?: OpenTransport
}

/** Counted from the session's start. */
export interface SnmpSessionStats {
  requests: number
  answers: number
  timeouts: number
  /** Datagrams from the OLT's own address that were no answer to anything we asked. */
  undecodable: number
  octetsIn: number
  octetsOut: number
}

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined
  readonly timeoutMs?: number
  readonly retries?: number
}

export interface SnmpSession {
  readonly host: string
  readonly port: number
  /**
   * Values in the order of `oids`.
   * Errors: `olt-no-snmp-answer-community` (nobody answered: wrong community, access list or host
   * down), `olt-port-closed`, `olt-answer-garbage`, `olt-too-big`, `cancelled`.
   */
  readonly get: (oids: readonly string[], signal?: AbortSignal) => Promise<readonly SnmpValue[]>
  /**
   * One GETBULK; `oids` are BER (oid.ts). The answer must be read before the next await.
   * Errors: `timeout`, `olt-port-closed`, `olt-answer-garbage`, `cancelled`.
   */
  readonly getBulk: (
    oids: readonly Uint8Array[],
    nonRepeaters: number,
    maxRepetitions: number,
    options?: RequestOptions,
  ) => Promise<BulkAnswer>
  readonly close: () => void
  readonly stats: Readonly<SnmpSessionStats>
  readonly clock: SnmpClock
}

interface PendingBulk {
  readonly answer: (answer: BulkAnswer) => void
  readonly fail: (error: NocturneError) => void
}

/** Net-snmp's own ids stay below 10^8; ours start above, so that one socket can serve both lanes. */
const lowestRequestId = 2 ** 27
const requestIdLimit = 2 ** 31 - 1

/**
 * An SNMPv2c session with one OLT: one socket, any number of requests.
 * GET goes through net-snmp; GETBULK, which is nearly all the traffic, has a lane of its own that
 * indexes the answer in place (docs/adr/0020-own-getbulk-decoder.md).
 * Errors: `olt-host-unresolvable`, `olt-no-answer` (no route).
 */
export const openSnmpSession = async (options: SnmpSessionOptions): Promise<SnmpSession> => {
  const { host, port, community } = options
  const clock = options.clock ?? systemSnmpClock
  const random = options.random ?? randomInt
  const stats: SnmpSessionStats = {
    requests: 0,
    answers: 0,
    timeouts: 0,
    undecodable: 0,
    octetsIn: 0,
    octetsOut: 0,
  }
  const pending = new Map<number, PendingBulk>()
  let closed = false

  const failAll = (error: NocturneError): void => {
    const waiting = [...pending.values()]
    pending.clear()
    for (const request of waiting) request.fail(error)
    getLane.fail(error)
  }

  const onDatagram = (datagram: Buffer): void => {
    stats.octetsIn += datagram.length
    const requestId = peekRequestId(datagram, community)
    const request = requestId === null ? undefined : pending.get(requestId)
    if (requestId === null || request === undefined) {
      // Not ours, late, or garbage: net-snmp decides, and its errors end in our listener.
      getLane.accept(datagram)
      return
    }
    pending.delete(requestId)
    const answer = parseBulkAnswer(datagram, community)
    if (answer === null) {
      stats.undecodable++
      request.fail(new NocturneError('olt-answer-garbage', { host, port }))
    } else {
      stats.answers++
      request.answer(answer)
    }
  }

  const onError = (error: Error): void => {
    const refused = 'code' in error && error.code === 'ECONNREFUSED'
    failAll(
      new NocturneError(
        refused ? 'olt-port-closed' : 'olt-no-answer',
        { host, port },
        { cause: error },
      ),
    )
  }

  const transport = await (options.openTransport ?? openUdpTransport)(
    { host, port },
    { onDatagram, onError },
  )
  const getLane = openGetLane({
    host,
    port,
    community,
    timeoutMs: options.timeoutMs,
    retries: options.retries,
    transport,
    onUndecodable: () => stats.undecodable++,
  })

  const newRequestId = (): number => {
    let id = random(lowestRequestId, requestIdLimit)
    while (pending.has(id)) id = id + 1 < requestIdLimit ? id + 1 : lowestRequestId
    return id
  }

  const getBulk: SnmpSession['getBulk'] = (oids, nonRepeaters, maxRepetitions, request = {}) => {
    const { signal, timeoutMs = options.timeoutMs, retries = options.retries } = request
    if (closed || signal?.aborted === true) return Promise.reject(new NocturneError('cancelled'))
    const requestId = newRequestId()
    const datagram = encodeBulkRequest(community, requestId, oids, nonRepeaters, maxRepetitions)
    return new Promise<BulkAnswer>((resolve, reject) => {
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
        if (attemptsLeft-- > 0) {
          transmit()
        } else if (stats.undecodable > undecodableBefore) {
          fail(new NocturneError('olt-answer-garbage', { host, port }))
        } else {
          fail(new NocturneError('timeout', { host, port }))
        }
      }
      const transmit = (): void => {
        stats.requests++
        stats.octetsOut += datagram.length
        stopTimer = clock.after(timeoutMs, onTimeout)
        transport.send(datagram, (error) => {
          if (error !== null && error !== undefined) onError(error)
        })
      }
      pending.set(requestId, {
        fail,
        answer: (answer) => {
          settle()
          resolve(answer)
        },
      })
      signal?.addEventListener('abort', onAbort, { once: true })
      transmit()
    })
  }

  const get: SnmpSession['get'] = (oids, signal) => {
    if (closed || signal?.aborted === true) return Promise.reject(new NocturneError('cancelled'))
    stats.requests++
    const answer = getLane.get(oids).then((values) => {
      stats.answers++
      return values
    })
    return signal === undefined ? answer : raceAbort(answer, signal)
  }

  const close = (): void => {
    if (closed) return
    closed = true
    failAll(new NocturneError('cancelled'))
    getLane.close()
    transport.close()
  }

  return { host, port, get, getBulk, close, stats, clock }
}

/** Net-snmp cannot take back one request; its late answer is dropped instead. */
const raceAbort = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new NocturneError('cancelled'))
    signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
