import { readSpan } from './ber-span.ts'
import { tag } from './ber-tags.ts'
import { BerWriter } from './ber-writer.ts'
import { encodeOidContent, parseOid } from './oid.ts'
import type { SnmpAgent } from './snmp-agent.ts'
import {
  decodeScopedPdu,
  decodeV3Message,
  v3Flags,
  writeV3Message,
  type ScopedPdu,
  type V3Message,
} from './v3-message.ts'
import { deriveV3Keys, type V3User } from './v3-user.ts'

/** Anything that answers datagrams: `shift` is the fault of a wrong request id. */
export interface Responder {
  readonly answer: (datagram: Uint8Array, nowMs: number, shift?: number) => Uint8Array | undefined
}

export interface V3AgentOptions {
  /** Answers what is inside. */
  readonly agent: SnmpAgent
  readonly user: V3User
  readonly engineId: Uint8Array
  /** Wall ms at which the chassis was started. */
  readonly bootedAtMs: () => number
}

/** RFC 3414 section 5: usmStats, of which a report carries one. */
const stats = {
  unsupportedSecLevels: 1,
  notInTimeWindows: 2,
  unknownUserNames: 3,
  unknownEngineIds: 4,
  wrongDigests: 5,
  decryptionErrors: 6,
} as const
type Stat = keyof typeof stats

/** Seconds by which a manager's idea of our time may differ (RFC 3414 section 3.2). */
const timeWindowS = 150

/**
 * SNMP version 3 in front of an agent that speaks version 2c: one user, authPriv alone. What is no
 * version 3 goes to the agent as it is.
 */
export const createV3Agent = (options: V3AgentOptions): Responder => {
  const { agent, user, engineId } = options
  const keys = deriveV3Keys(user, engineId)
  const writer = new BerWriter(80_000)
  const inner = new BerWriter(80_000)
  const counts: Record<Stat, number> = {
    unsupportedSecLevels: 0,
    notInTimeWindows: 0,
    unknownUserNames: 0,
    unknownEngineIds: 0,
    wrongDigests: 0,
    decryptionErrors: 0,
  }
  let salt = 0n
  let boots = 1
  let bootedAtMs = options.bootedAtMs()

  const clockNow = (nowMs: number): { readonly boots: number; readonly time: number } => {
    if (options.bootedAtMs() !== bootedAtMs) {
      bootedAtMs = options.bootedAtMs()
      boots++
    }
    return { boots, time: Math.max(0, Math.floor((nowMs - bootedAtMs) / 1000)) }
  }

  const scopedOf = (contextName: Uint8Array, pdu: Uint8Array): Buffer => {
    inner.at = 0
    const mark = inner.open(tag.sequence)
    inner.octets(engineId)
    inner.octets(contextName)
    inner.raw(pdu)
    inner.close(mark)
    return Buffer.from(inner.bytes.subarray(0, inner.at))
  }

  const reply = (
    message: V3Message,
    level: number,
    scoped: Uint8Array,
    nowMs: number,
  ): Uint8Array => {
    const now = clockNow(nowMs)
    const isAuth = (level & v3Flags.auth) !== 0
    const isPriv = (level & v3Flags.priv) !== 0
    const saltOctets = Buffer.alloc(isPriv ? 8 : 0)
    if (isPriv) saltOctets.writeBigUInt64BE(++salt)
    const digestAt = writeV3Message(writer, {
      id: message.id,
      flags: level,
      engineId,
      ...now,
      userName: isAuth ? user.userName : message.userName,
      digestOctets: isAuth ? keys.digestOctets : 0,
      salt: saltOctets,
      scoped: isPriv ? keys.encrypt(scoped, now.boots, now.time, saltOctets) : scoped,
    })
    const octets = writer.bytes.subarray(0, writer.at)
    if (isAuth) octets.set(keys.digest(octets), digestAt)
    return octets
  }

  /** Says what was wrong, if the message wants to hear it (RFC 3412 section 7.1.3). */
  const report = (
    message: V3Message,
    stat: Stat,
    nowMs: number,
    scoped: ScopedPdu | undefined,
  ): Uint8Array | undefined => {
    counts[stat]++
    if ((message.flags & v3Flags.reportable) === 0) return undefined
    writer.at = 0
    const pdu = writer.open(tag.report)
    writer.integer(scoped?.requestId ?? 0)
    writer.integer(0)
    writer.integer(0)
    const list = writer.open(tag.sequence)
    const binding = writer.open(tag.sequence)
    writer.octets(encodeOidContent(parseOid(`1.3.6.1.6.3.15.1.1.${stats[stat]}.0`)), tag.oid)
    writer.integer(counts[stat], tag.counter32)
    writer.close(binding)
    writer.close(list)
    writer.close(pdu)
    const octets = Buffer.from(writer.bytes.subarray(0, writer.at))
    // RFC 3414 section 3.2, 7: only the report about time is authenticated.
    const level = stat === 'notInTimeWindows' ? v3Flags.auth : 0
    return reply(message, level, scopedOf(new Uint8Array(), octets), nowMs)
  }

  /** The request as version 2c to the agent, its answer's PDU back. */
  const ask = (pdu: Uint8Array, nowMs: number, shift: number): Uint8Array | undefined => {
    inner.at = 0
    const mark = inner.open(tag.sequence)
    inner.integer(1)
    // a user that is known may do what the OLT lets anybody do
    const { settings } = agent
    inner.octets(Buffer.from(settings.writeCommunity ?? settings.community, 'latin1'))
    inner.raw(pdu)
    inner.close(mark)
    const answer = agent.answer(inner.bytes.slice(0, inner.at), nowMs, shift)
    if (answer === undefined) return undefined
    const message = readSpan(answer, 0, answer.length)
    const version = message && readSpan(answer, message.start, message.end)
    const community = message && version && readSpan(answer, version.end, message.end)
    return message && community && answer.slice(community.end, message.end)
  }

  const answer: Responder['answer'] = (datagram, nowMs, shift = 0) => {
    const message = decodeV3Message(datagram)
    if (message === undefined) return agent.answer(datagram, nowMs, shift)
    const open = datagram.subarray(message.scoped.start, message.scoped.end)
    const isPlain = message.scoped.tag === tag.sequence
    const readable = isPlain ? decodeScopedPdu(datagram.subarray(message.scopedAt)) : undefined
    if (!Buffer.from(message.engineId).equals(engineId)) {
      return report(message, 'unknownEngineIds', nowMs, readable)
    }
    if (message.userName !== user.userName) {
      return report(message, 'unknownUserNames', nowMs, readable)
    }
    const level = v3Flags.auth | v3Flags.priv
    if ((message.flags & level) !== level || isPlain) {
      return report(message, 'unsupportedSecLevels', nowMs, readable)
    }
    const unsigned = Uint8Array.from(datagram)
    unsigned.fill(0, message.digest.start, message.digest.end)
    if (!keys.fits(unsigned, datagram.subarray(message.digest.start, message.digest.end))) {
      return report(message, 'wrongDigests', nowMs, undefined)
    }
    const now = clockNow(nowMs)
    const isTimely = message.time >= 0 && Math.abs(message.time - now.time) <= timeWindowS
    if (message.boots !== now.boots || !isTimely) {
      return report(message, 'notInTimeWindows', nowMs, undefined)
    }
    const scoped =
      message.salt.length === 8
        ? decodeScopedPdu(keys.decrypt(open, message.boots, message.time, message.salt))
        : undefined
    if (scoped === undefined) return report(message, 'decryptionErrors', nowMs, undefined)
    const pdu = ask(scoped.pdu, nowMs, shift)
    return pdu && reply(message, level, scopedOf(scoped.contextName, pdu), nowMs)
  }
  return { answer }
}
