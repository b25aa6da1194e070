import { berTag } from '../snmp/ber-types.ts'
import { mark, putInteger, putOctets, putRaw, wrap } from '../snmp/ber-writer.ts'
import { encodeOid, parseOid } from '../snmp/oid.ts'
import {
  isAuthentic,
  openScopedPdu,
  readUsmMessage,
  writeUsmMessage,
  type ScopedPdu,
  type UsmMessage,
} from '../snmp/usm/message.ts'
import { flagsOf, noKeys, securityFlags } from '../snmp/usm/user.ts'
import type { OpenedTrap, TrapRefusal } from './trap-access.ts'
import { decodeTrapPdu } from './trap-message.ts'
import type { KnownUser, TrapUsers } from './trap-users.ts'

/** Clock of an engine that sends traps, as its last authentic one told it. */
interface SenderClock {
  boots: number
  time: number
  at: number
}

export interface V3TrapState {
  readonly users: TrapUsers
  engineId: Buffer
  boots: number
  /** Seconds since this boot. */
  readonly time: () => number
  readonly salt: () => Buffer
  /** By engine id; only who proved a key gets in. */
  readonly senders: Map<string, SenderClock>
  readonly monotonicMs: () => number
}

const timeWindowS = 150
const maxSenders = 1024
const levelFlags = securityFlags.auth | securityFlags.priv

/** usmStats (RFC 3414 section 5) that a report carries. */
const usmStats = {
  'wrong-level': 1,
  'wrong-time': 2,
  'unknown-user': 3,
  'unknown-engine': 4,
  'wrong-digest': 5,
  undecipherable: 6,
} as const

type Complaint = keyof typeof usmStats

/**
 * A trap is under its sender's engine and clock; an inform, which can be told by its reportable flag,
 * is under ours (RFC 3412 section 7.1, RFC 3414 section 3.2).
 */
export const openV3Trap = (
  datagram: Buffer,
  state: V3TrapState,
  from: readonly string[],
): OpenedTrap => {
  const message = readUsmMessage(datagram)
  if (message === null) return { kind: 'garbage' }
  const isInform = (message.flags & securityFlags.reportable) !== 0
  if (isInform && !message.engineId.equals(state.engineId)) {
    return { kind: 'discovery', reply: reportTo(message, state, 'unknown-engine', null) }
  }
  const refuse = (why: TrapRefusal, known: KnownUser | null = null): OpenedTrap => ({
    kind: 'refused',
    why,
    reply: isInform && why !== 'wrong-community' ? reportTo(message, state, why, known) : null,
  })

  const named = state.users.named(message.userName.toString('utf8'), from)
  if (named.length === 0) return refuse('unknown-user')
  // SECURITY: a user with keys is not believed below its own level.
  const atLevel = named.filter(({ user }) => (message.flags & levelFlags) === flagsOf(user))
  if (atLevel.length === 0) return refuse('wrong-level')
  const isSigned = (message.flags & securityFlags.auth) !== 0
  // SECURITY: nothing of a message is used, nor deciphered, before its code is verified.
  const authentic = isSigned
    ? atLevel.filter((one) => {
        const keys = one.keys()?.forEngine(message.engineId)
        return keys !== undefined && isAuthentic(message, one.user, keys)
      })
    : atLevel
  const [first] = authentic
  if (first === undefined) return refuse('wrong-digest')
  // SECURITY: a recorded message is refused when it is played back later.
  if (isSigned && !(isInform ? isInOurTime(message, state) : followSender(message, state))) {
    return refuse('wrong-time', first)
  }
  for (const known of authentic) {
    const keys = isSigned ? known.keys()?.forEngine(message.engineId) : noKeys
    const scoped = keys === undefined ? null : openScopedPdu(message, known.user, keys)
    if (scoped === null) continue
    const trap = decodeTrapPdu(scoped.buffer, scoped.start, scoped.limit)
    const expected = isInform ? berTag.informRequest : berTag.trapV2
    if (trap === null || scoped.buffer[scoped.start] !== expected) return { kind: 'garbage' }
    return {
      kind: 'trap',
      trap,
      version: '3',
      signedAs: { oltIds: known.user.oltIds ?? [] },
      reply: isInform ? acknowledge(message, scoped, known, state) : null,
    }
  }
  return refuse('undecipherable')
}

const isInOurTime = (message: UsmMessage, state: V3TrapState): boolean =>
  message.boots === state.boots && Math.abs(message.time - state.time()) <= timeWindowS

const followSender = (message: UsmMessage, { senders, monotonicMs }: V3TrapState): boolean => {
  const name = message.engineId.toString('latin1')
  const clock = senders.get(name)
  const now = monotonicMs()
  if (clock !== undefined) {
    const expected = clock.time + (now - clock.at) / 1000
    if (message.boots < clock.boots) return false
    if (message.boots === clock.boots && message.time < expected - timeWindowS) return false
    // SECURITY: only a message newer than any before moves the clock (RFC 3414 section 3.2.7b), or
    // an old one could be played back for ever, each time within the window of the last.
    if (message.boots === clock.boots && message.time <= clock.time) return true
  }
  senders.delete(name)
  senders.set(name, { boots: message.boots, time: message.time, at: now })
  const [oldest] = senders.keys()
  if (senders.size > maxSenders && oldest !== undefined) senders.delete(oldest)
  return true
}

const acknowledge = (
  message: UsmMessage,
  scoped: ScopedPdu,
  known: KnownUser,
  state: V3TrapState,
): Buffer => {
  const { user } = known
  const pdu = Buffer.from(scoped.buffer.subarray(scoped.start, scoped.limit))
  pdu[0] = berTag.response
  return writeUsmMessage({
    messageId: message.messageId,
    flags: message.flags & levelFlags,
    engineId: state.engineId,
    boots: state.boots,
    time: state.time(),
    userName: Buffer.from(user.name),
    user,
    keys: known.keys()?.forEngine(state.engineId) ?? noKeys,
    salt: state.salt,
    contextEngineId: scoped.contextEngineId,
    putPdu: () => putRaw(pdu),
  })
}

/** Not-in-time-window is signed, so that the sender may believe our clock; the others cannot be. */
const reportTo = (
  message: UsmMessage,
  state: V3TrapState,
  complaint: Complaint,
  signer: KnownUser | null,
): Buffer => {
  const keys = signer?.keys()?.forEngine(state.engineId)
  const known = keys === undefined ? null : signer
  const oid = encodeOid(parseOid(`1.3.6.1.6.3.15.1.1.${usmStats[complaint]}.0`))
  return writeUsmMessage({
    messageId: message.messageId,
    flags: known === null ? 0 : securityFlags.auth,
    engineId: state.engineId,
    boots: state.boots,
    time: state.time(),
    userName: known === null ? Buffer.alloc(0) : Buffer.from(known.user.name),
    user: known?.user ?? { name: '' },
    keys: keys ?? noKeys,
    salt: state.salt,
    contextEngineId: state.engineId,
    putPdu: () => {
      const end = mark()
      putOctets(berTag.counter32, Uint8Array.of(1))
      putOctets(berTag.objectIdentifier, oid)
      wrap(berTag.sequence, end)
      wrap(berTag.sequence, end)
      putInteger(0)
      putInteger(0)
      putInteger(0)
      wrap(berTag.report, end)
    },
  })
}
