// net-snmp ships no types and no package has them; only a reference makes every project see ours.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./net-snmp.d.ts" />
import { EventEmitter } from 'node:events'
import netSnmp from 'net-snmp'
import { NocturneError, type ErrorCode } from '../../../src-shared/errors.ts'
import { toSnmpValue, type SnmpValue } from './snmp-value.ts'
import type { DatagramTransport } from './transport.ts'

export interface GetLane {
  /** Values in the order of `oids`. Errors: `olt-no-snmp-answer-community`, `olt-answer-garbage`, `olt-port-closed`, `olt-too-big`. */
  readonly get: (oids: readonly string[]) => Promise<readonly SnmpValue[]>
  /** A datagram that the bulk lane did not ask for. */
  readonly accept: (datagram: Buffer) => void
  readonly fail: (error: Error) => void
  readonly close: () => void
}

export interface GetLaneOptions {
  readonly host: string
  readonly port: number
  readonly community: Buffer
  readonly timeoutMs: number
  readonly retries: number
  readonly transport: DatagramTransport
  readonly onUndecodable: () => void
}

/**
 * GET through net-snmp, on our own socket: net-snmp never sees a datagram that did not come from
 * the OLT, and never owns a socket that the bulk lane does not share.
 */
export const openGetLane = (options: GetLaneOptions): GetLane => {
  const { host, port, transport } = options
  let undecodable = 0
  const socket = socketFor(transport)
  const session = netSnmp.createSession(host, options.community.toString('utf8'), {
    version: netSnmp.Version2c,
    port,
    retries: options.retries,
    timeout: options.timeoutMs,
    transport: 'udp4',
    idBitsSize: 32,
    dgramModule: { createSocket: () => socket },
  })
  // SECURITY: without this listener any undecodable datagram ends the process (facts/performance.md 1.4).
  session.on('error', () => {
    undecodable++
    options.onUndecodable()
  })

  const get = (oids: readonly string[]): Promise<readonly SnmpValue[]> => {
    const undecodableBefore = undecodable
    return new Promise((resolve, reject) => {
      session.get([...oids], (error, varbinds) => {
        if (error === null && varbinds !== undefined) {
          resolve(varbinds.map(({ type, value }) => toSnmpValue(type, value)))
        } else {
          reject(toNocturneError(error, undecodable > undecodableBefore))
        }
      })
    })
  }

  const toNocturneError = (error: unknown, sawGarbage: boolean): NocturneError => {
    if (error instanceof NocturneError) return error
    if (error instanceof netSnmp.RequestTimedOutError) {
      return sawGarbage
        ? new NocturneError('olt-answer-garbage', { host, port })
        : new NocturneError('olt-no-snmp-answer-community', { host, port })
    }
    if (error instanceof netSnmp.RequestFailedError && error.status === 1) {
      return new NocturneError('olt-too-big', { host, port })
    }
    return new NocturneError(codeOfSendFailure(error), { host, port }, { cause: error })
  }

  return {
    get,
    accept: (datagram) => void socket.emit('message', datagram),
    fail: (error) => session.cancelRequests(error),
    close: () => session.close(),
  }
}

const codeOfSendFailure = (error: unknown): ErrorCode => {
  if (!(error instanceof Error) || !('errno' in error)) return 'olt-answer-garbage'
  return 'code' in error && error.code === 'ECONNREFUSED' ? 'olt-port-closed' : 'olt-no-answer'
}

/** A socket as net-snmp uses one. */
interface NetSnmpSocket extends EventEmitter {
  send: (
    datagram: Buffer,
    offset: number,
    length: number,
    port: number,
    address: string,
    done: (error: Error | null) => void,
  ) => void
  close: () => void
  ref: () => void
  unref: () => void
}

/** Address and port of each send are ignored: the transport has one peer only. */
const socketFor = (transport: DatagramTransport): NetSnmpSocket => {
  const socket = new EventEmitter()
  return Object.assign(socket, {
    send: (
      datagram: Buffer,
      offset: number,
      length: number,
      _port: number,
      _address: string,
      done: (error: Error | null) => void,
    ) => transport.send(datagram.subarray(offset, offset + length), done),
    close: () => void socket.emit('close'),
    ref: () => undefined,
    unref: () => undefined,
  })
}
