import { randomBytes } from 'node:crypto'
import { cursor } from './ber-reader.ts'
import { berTag } from './ber-types.ts'
import { copyOctets } from './ber-values.ts'
import { decodeOid } from './oid.ts'
import { indexPdu, putRequestPdu, type IndexedPdu, type PduRequest } from './pdu.ts'
import type { Opened, ReportKind, SessionSecurity } from './session-security.ts'
import {
  createSalts,
  isAuthentic,
  openScopedPdu,
  readUsmMessage,
  writeUsmMessage,
  type UsmMessage,
} from './usm/message.ts'
import {
  createUserKeys,
  flagsOf,
  noKeys,
  securityFlags,
  type EngineKeys,
  type SnmpUser,
} from './usm/user.ts'

/** The OLT's engine as we know it: the manager follows the agent's time (RFC 3414 section 2.3). */
interface RemoteEngine {
  readonly id: Buffer
  readonly keys: EngineKeys
  boots: number
  time: number
  /** When `time` was right, monotonic ms. */
  learnedAt: number
}

export interface V3Security extends SessionSecurity {
  readonly knowsEngine: () => boolean
  /** Asks for the engine (RFC 3414 section 4); the answer teaches it. */
  readonly encodeDiscovery: (requestId: number) => Buffer
  readonly forgetEngine: () => void
  /** Signed and not enciphered: tells a wrong privacy key from silence. Carries sysUpTime only. */
  readonly encodeProbe: (requestId: number, request: PduRequest) => Buffer
  /** It has answered at our own level: silence is no matter of keys. */
  readonly isProven: () => boolean
}

/** Seconds by which clocks may differ (RFC 3414 section 2.2.3). */
const timeWindowS = 150
const noOctets = Buffer.alloc(0)

/** USM counters in reports (RFC 3414 section 5, usmStats). */
const reportKinds: Readonly<Record<string, ReportKind>> = {
  '1.3.6.1.6.3.15.1.1.1.0': 'unsupported-level',
  '1.3.6.1.6.3.15.1.1.2.0': 'not-in-time-window',
  '1.3.6.1.6.3.15.1.1.3.0': 'unknown-user',
  '1.3.6.1.6.3.15.1.1.4.0': 'unknown-engine',
  '1.3.6.1.6.3.15.1.1.5.0': 'wrong-digest',
  '1.3.6.1.6.3.15.1.1.6.0': 'decryption-error',
}

/** SNMPv3 with the user-based security model, the manager's side of it. */
export const createV3Security = (user: SnmpUser, monotonicMs: () => number): V3Security => {
  const userKeys = createUserKeys(user)
  const userName = Buffer.from(user.name)
  const ourFlags = flagsOf(user)
  const salt = createSalts(randomBytes)
  let engine: RemoteEngine | null = null
  let proven = false

  const timeNow = (remote: RemoteEngine): number =>
    Math.min(2 ** 31 - 1, remote.time + Math.floor((monotonicMs() - remote.learnedAt) / 1000))

  const encodeAt = (requestId: number, request: PduRequest, flags: number): Buffer => {
    if (engine === null) throw new Error('an SNMPv3 request before the engine is known')
    return writeUsmMessage({
      messageId: requestId,
      flags: flags | securityFlags.reportable,
      engineId: engine.id,
      boots: engine.boots,
      time: timeNow(engine),
      userName,
      user,
      keys: engine.keys,
      salt,
      contextEngineId: engine.id,
      putPdu: () => putRequestPdu(request, requestId),
    })
  }

  const learn = (message: UsmMessage): void => {
    const id = copyOctets(message.engineId, 0, message.engineId.length)
    engine = {
      id,
      keys: userKeys.forEngine(id),
      boots: message.boots,
      time: message.time,
      learnedAt: monotonicMs(),
    }
  }

  const follow = (remote: RemoteEngine, message: UsmMessage): void => {
    remote.boots = message.boots
    remote.time = message.time
    remote.learnedAt = monotonicMs()
  }

  /** The PDU inside, deciphered if need be; null when it is neither a response nor a report. */
  const pduOf = (
    message: UsmMessage,
    keys: EngineKeys,
  ): { readonly isReport: boolean; readonly pdu: IndexedPdu } | null => {
    const scoped = openScopedPdu(message, user, keys)
    if (scoped === null) return null
    const isReport = scoped.buffer[scoped.start] === berTag.report
    cursor.position = scoped.start
    const tag = isReport ? berTag.report : berTag.response
    const pdu = indexPdu(scoped.buffer, tag, scoped.limit)
    return pdu === null ? null : { isReport, pdu }
  }

  const reportOf = (pdu: IndexedPdu): ReportKind => {
    const oid = decodeOid(pdu.buffer, pdu.spans[0] ?? 0, pdu.spans[1] ?? 0)
    return reportKinds[oid ?? ''] ?? 'other'
  }

  const openUnsigned = (message: UsmMessage): Opened => {
    if ((message.flags & securityFlags.priv) !== 0) return { kind: 'unproved' }
    const found = pduOf(message, noKeys)
    if (found === null) return { kind: 'unproved' }
    if (found.isReport) {
      if (engine === null && message.engineId.length > 0) learn(message)
      // An agent that cannot verify us cannot sign: such a report is believed, but only to give up.
      return { kind: 'report', report: reportOf(found.pdu), authentic: false }
    }
    // SECURITY: an answer below our level is none, whoever sent it: anybody could have.
    if (ourFlags !== 0) return { kind: 'unproved' }
    return answerOf(message, found.pdu)
  }

  const answerOf = (message: UsmMessage, answer: IndexedPdu): Opened => {
    if (engine === null || !message.engineId.equals(engine.id)) return { kind: 'unproved' }
    if (answer.requestId !== message.messageId) return { kind: 'garbage' }
    if (message.messageId !== probeId) proven = true
    return { kind: 'answer', answer }
  }

  const openSigned = (message: UsmMessage): Opened => {
    const remote = engine
    if (remote === null || !message.engineId.equals(remote.id)) return { kind: 'unproved' }
    if (!message.userName.equals(userName)) return { kind: 'unproved' }
    // SECURITY: nothing of a message is used, nor deciphered, before its code is verified.
    if (!isAuthentic(message, user, remote.keys)) return { kind: 'unproved' }
    const found = pduOf(message, remote.keys)
    if (found === null) return { kind: 'garbage' }
    if (found.isReport) {
      const report = reportOf(found.pdu)
      // Signed, and under the random id of a pending request: also a clock that was set back is to
      // be followed, or the OLT could never be read again.
      if (report === 'not-in-time-window') follow(remote, message)
      return { kind: 'report', report, authentic: true }
    }
    // SECURITY: an old answer played back is outside the window (RFC 3414 section 3.2.7).
    const isLate = message.boots === remote.boots && message.time < timeNow(remote) - timeWindowS
    if (message.boots < remote.boots || isLate) return { kind: 'unproved' }
    // SECURITY: an answer in the clear to an enciphered question is refused.
    const inClear = (message.flags & securityFlags.priv) === 0
    if (inClear && (ourFlags & securityFlags.priv) !== 0 && message.messageId !== probeId) {
      return { kind: 'unproved' }
    }
    follow(remote, message)
    return answerOf(message, found.pdu)
  }

  /** The probe whose answer may come in the clear. */
  let probeId: number | null = null

  return {
    encode: (requestId, request) => encodeAt(requestId, request, ourFlags),
    encodeProbe: (requestId, request) => {
      probeId = requestId
      return encodeAt(requestId, request, securityFlags.auth)
    },
    encodeDiscovery: (requestId) =>
      writeUsmMessage({
        messageId: requestId,
        flags: securityFlags.reportable,
        engineId: noOctets,
        boots: 0,
        time: 0,
        userName: noOctets,
        user: { name: '' },
        keys: noKeys,
        salt,
        contextEngineId: noOctets,
        putPdu: () => putRequestPdu({ kind: 'get', oids: [] }, requestId),
      }),
    answeredId: (datagram) => readUsmMessage(datagram)?.messageId ?? 'garbage',
    open: (datagram) => {
      const message = readUsmMessage(datagram)
      if (message === null) return { kind: 'garbage' }
      return (message.flags & securityFlags.auth) === 0
        ? openUnsigned(message)
        : openSigned(message)
    },
    knowsEngine: () => engine !== null,
    forgetEngine: () => {
      engine = null
    },
    isProven: () => proven,
    close: userKeys.wipe,
  }
}
