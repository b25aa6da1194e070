import { randomInt } from 'node:crypto'
import { NocturneError, type ErrorCode, type ErrorParams } from '../../../src-shared/errors.ts'
import type { BulkAnswer } from './bulk-answer.ts'
import { systemSnmpClock, type SnmpClock } from './clock.ts'
import { createCommunitySecurity } from './community-security.ts'
import { createExchange, type PendingRequest, type SendOptions } from './exchange.ts'
import { createGet, createGetRaw, type GetRaw } from './get.ts'
import type { PduRequest } from './pdu.ts'
import type { RequestGate } from './request-gate.ts'
import type { SnmpVersion } from './session-security.ts'
import type { SnmpValue } from './snmp-value.ts'
import { faultOf, openUdpTransport, type OpenTransport } from './transport.ts'
import { createSet, type SnmpSetting } from './set.ts'
import type { SnmpUser } from './usm/user.ts'
import { createV3Asking } from './v3-asking.ts'
import { createV3Security } from './v3-security.ts'

/** How to be let in. Secrets are held in memory only and never part of an error or a log. */
export type SnmpCredentials =
  | { readonly version: '1' | '2c'; readonly community: Buffer }
  | { readonly version: '3'; readonly user: SnmpUser }

export interface SnmpSessionOptions {
  readonly host: string
  readonly port: number
  readonly version: SnmpVersion
  /** Secret, for versions 1 and 2c. */
  readonly community?: Buffer
  /** For version 3. */
  readonly user?: SnmpUser
  readonly timeoutMs: number
  /** How often a GET or a GETBULK is sent again before it counts as unanswered. */
  readonly retries: number
  readonly clock?: SnmpClock
  /** An unpredictable integer of [min, max): the request ids. */
  readonly random?: (min: number, max: number) => number
  readonly openTransport?: OpenTransport
  /** One request in flight per OLT and a budget; without it the caller sees to that. */
  readonly gate?: RequestGate | undefined
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
  readonly version: SnmpVersion
  /**
   * Values in the order of `oids`.
   * Errors: `olt-no-snmp-answer-community` (nobody answered: wrong community, access list or host
   * down), `olt-no-snmp-answer-v3`, `olt-v3-…`, `olt-access-denied`, `olt-port-closed`, `olt-no-route`,
   * `olt-answer-garbage`, `olt-too-big`, `cancelled`.
   */
  readonly get: (oids: readonly string[], signal?: AbortSignal) => Promise<readonly SnmpValue[]>
  /** The same for whoever decodes by himself. Errors: as `get`. */
  readonly getRaw: GetRaw
  /**
   * One GETBULK; `oids` are BER (oid.ts). Version 1 has none: one row comes, as of a GETNEXT. The
   * answer must be read before the next await.
   * Errors: `timeout`, `olt-no-snmp-answer-v3`, `olt-v3-…`, `olt-port-closed`,
   * `olt-answer-garbage`, `cancelled`.
   */
  readonly getBulk: (
    oids: readonly Uint8Array[],
    nonRepeaters: number,
    maxRepetitions: number,
    options?: RequestOptions,
  ) => Promise<BulkAnswer>
  /** One SET, repeated after silence as often as `retries` says: 0 is wise. Errors: set.ts. */
  readonly set: (settings: readonly SnmpSetting[], signal?: AbortSignal) => Promise<void>
  readonly close: () => void
  readonly stats: Readonly<SnmpSessionStats>
  readonly clock: SnmpClock
}

/** Ids are positive and four octets long. */
const lowestRequestId = 2 ** 27
const requestIdLimit = 2 ** 31 - 1

/**
 * A session with one OLT: one socket, any number of requests, every version of SNMP through the same
 * decoder, which indexes an answer in place (docs/adr/0020 and 0021).
 * Errors: `olt-host-unresolvable`, `olt-no-route`, `olt-no-answer`, `olt-v3-algorithm-missing`.
 */
export const openSnmpSession = async (options: SnmpSessionOptions): Promise<SnmpSession> => {
  const { host, port, version, gate } = options
  const clock = options.clock ?? systemSnmpClock
  const random = options.random ?? randomInt
  const credentials = credentialsOf(options)
  const v3 =
    credentials.version === '3' ? createV3Security(credentials.user, clock.monotonicMs) : null
  const security =
    v3 ??
    (credentials.version === '3'
      ? neverHere()
      : createCommunitySecurity(credentials.version, credentials.community))
  const stats: SnmpSessionStats = {
    requests: 0,
    answers: 0,
    timeouts: 0,
    undecodable: 0,
    octetsIn: 0,
    octetsOut: 0,
  }
  const pending = new Map<number, PendingRequest>()
  let closed = false

  const refusal = (code: ErrorCode, params: ErrorParams = {}, cause?: unknown): NocturneError =>
    new NocturneError(code, { host, port, ...params }, cause === undefined ? {} : { cause })

  const failAll = (error: NocturneError): void => {
    const waiting = [...pending.values()]
    pending.clear()
    for (const request of waiting) request.fail(error)
  }

  const onDatagram = (datagram: Buffer): void => {
    stats.octetsIn += datagram.length
    const id = security.answeredId(datagram)
    const request = typeof id === 'number' ? pending.get(id) : undefined
    if (id === 'garbage') stats.undecodable++
    // Late, sent twice, or not for us: nobody waits for it.
    if (typeof id !== 'number' || request === undefined) return
    const opened = security.open(datagram)
    if (opened.kind === 'garbage' || opened.kind === 'unproved') stats.undecodable++
    if (opened.kind === 'unproved') return
    if (opened.kind === 'answer') stats.answers++
    pending.delete(id)
    request.settle(opened)
  }

  const onError = (error: Error): void => {
    failAll(refusal(faultOf(error), {}, error))
  }

  const transport = await (options.openTransport ?? openUdpTransport)(
    { host, port },
    { onDatagram, onError },
  ).catch((error: unknown) => {
    security.close()
    throw error
  })
  gate?.onSocket(1)

  const newRequestId = (): number => {
    let id = random(lowestRequestId, requestIdLimit)
    while (pending.has(id)) id = id + 1 < requestIdLimit ? id + 1 : lowestRequestId
    return id
  }

  const send = createExchange({
    clock,
    pending,
    stats,
    transport,
    newRequestId,
    refusal,
    gate,
    onSendError: onError,
    isClosed: () => closed,
  })

  const sendOptions = (request: RequestOptions = {}): SendOptions => ({
    signal: request.signal,
    timeoutMs: request.timeoutMs ?? options.timeoutMs,
    retries: request.retries ?? options.retries,
  })

  const askCommunity = async (request: PduRequest, how: SendOptions): Promise<BulkAnswer> => {
    const opened = await send((id) => security.encode(id, request), how)
    if (opened.kind !== 'answer') throw refusal('olt-answer-garbage')
    return opened.answer
  }

  const ask =
    v3 === null || credentials.version !== '3'
      ? askCommunity
      : createV3Asking({
          security: v3,
          user: credentials.user,
          send,
          refusal,
          patience: sendOptions(),
        })

  const getRaw = createGetRaw({
    ask: (request, signal) => ask(request, sendOptions({ signal })),
    refusal,
    silence: () => {
      if (version !== '3') return refusal('olt-no-snmp-answer-community')
      return refusal(stats.answers > 0 ? 'olt-no-answer' : 'olt-no-snmp-answer-v3')
    },
  })

  return {
    host,
    port,
    version,
    get: createGet(getRaw),
    getRaw,
    getBulk: (oids, nonRepeaters, maxRepetitions, request) =>
      ask({ kind: 'get-bulk', oids, nonRepeaters, maxRepetitions }, sendOptions(request)),
    set: createSet({ ask: (request, signal) => ask(request, sendOptions({ signal })), refusal }),
    close: () => {
      if (closed) return
      closed = true
      failAll(new NocturneError('cancelled'))
      transport.close()
      security.close()
      gate?.onSocket(-1)
    },
    stats,
    clock,
  }
}

const neverHere = (): never => {
  throw new Error('a version 3 session without its security')
}

const credentialsOf = ({ version, community, user }: SnmpSessionOptions): SnmpCredentials => {
  if (version === '3') {
    if (user === undefined) throw new TypeError('SNMPv3 needs a user')
    return { version, user }
  }
  if (community === undefined) throw new TypeError(`SNMP version ${version} needs a community`)
  return { version, community }
}
