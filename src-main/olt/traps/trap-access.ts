import { randomBytes } from 'node:crypto'
import { cursor, openTag, readInteger, readOctets } from '../snmp/ber-reader.ts'
import { berTag } from '../snmp/ber-types.ts'
import { openV3Trap, type V3TrapState } from './v3-trap.ts'
import { createSalts } from '../snmp/usm/message.ts'
import { decodeTrapPdu, type Trap } from './trap-message.ts'
import { createTrapUsers, type TrapUser } from './trap-users.ts'

/** Who may send traps. Secrets are held in memory only, and are the receiver's from here on. */
export interface TrapSenders {
  /** 'any': a trap is only a hint, and many OLTs send a community of their own choice. */
  readonly communities: readonly Buffer[] | 'any'
  readonly users: readonly TrapUser[]
}

export interface TrapAccess extends TrapSenders {
  readonly engine?: TrapEngine
}

/** Our own engine, which senders of informs must find the same after a restart of ours. */
export interface TrapEngine {
  readonly id: Buffer
  readonly boots: number
  /** Monotonic ms of this boot; without it, now. A receiver that starts anew keeps its time. */
  readonly sinceMs?: number
}

/** What tells OLTs behind one address apart: the community said, or whose user signed. */
export type TrapSign = { readonly community: Buffer } | { readonly oltIds: readonly string[] }

export type TrapRefusal =
  | 'wrong-community'
  | 'unknown-user'
  | 'wrong-level'
  | 'wrong-digest'
  | 'wrong-time'
  | 'undecipherable'

export type OpenedTrap =
  | {
      readonly kind: 'trap'
      readonly trap: Trap
      readonly version: '1' | '2c' | '3'
      readonly signedAs: TrapSign
      /** The acknowledgement of an inform. */
      readonly reply: Buffer | null
    }
  /** Nothing to show; SNMPv3 may have to answer with a report. */
  | { readonly kind: 'refused'; readonly why: TrapRefusal; readonly reply: Buffer | null }
  /** SNMPv3: somebody asked who we are. */
  | { readonly kind: 'discovery'; readonly reply: Buffer }
  | { readonly kind: 'garbage' }

/** `from`: the OLTs at the datagram's source address, whose users are tried first. */
export type OpenTrap = ((datagram: Buffer, from?: readonly string[]) => OpenedTrap) & {
  /** Other senders from now on; secrets of those before are overwritten. */
  readonly allow: (senders: TrapSenders) => void
  /** The engine has booted anew. */
  readonly boot: (engine: TrapEngine) => void
}

const garbage: OpenedTrap = { kind: 'garbage' }

export const createTrapAccess = (access: TrapAccess, monotonicMs: () => number): OpenTrap => {
  let startedAt = access.engine?.sinceMs ?? monotonicMs()
  const users = createTrapUsers()
  users.replace(access.users)
  let communities = access.communities
  const state: V3TrapState = {
    users,
    engineId: access.engine?.id ?? newEngineId(),
    boots: access.engine?.boots ?? 1,
    time: () => Math.floor((monotonicMs() - startedAt) / 1000),
    salt: createSalts(randomBytes),
    senders: new Map(),
    monotonicMs,
  }

  const open = (datagram: Buffer, from: readonly string[] = []): OpenedTrap => {
    cursor.position = 0
    const end = openTag(datagram, berTag.sequence, datagram.length)
    const version = end < 0 ? Number.NaN : readInteger(datagram, end)
    if (version === 3) return openV3Trap(datagram, state, from)
    if (version !== 0 && version !== 1) return garbage
    const community = readOctets(datagram, end)
    if (community === null) return garbage
    const start = cursor.position
    const trap = decodeTrapPdu(datagram, start, end)
    // Each version has its own PDUs (RFC 3584 section 4).
    if (trap === null || (version === 0) !== (datagram[start] === berTag.trapV1)) return garbage
    const said = datagram.subarray(community.start, community.end)
    if (communities !== 'any' && !communities.some((one) => one.equals(said))) {
      return { kind: 'refused', why: 'wrong-community', reply: null }
    }
    return {
      kind: 'trap',
      trap,
      version: version === 0 ? '1' : '2c',
      signedAs: { community: Buffer.from(said) },
      reply: trap.kind === 'inform' ? acknowledged(datagram, start) : null,
    }
  }
  return Object.assign(open, {
    allow: (senders: TrapSenders) => {
      if (communities !== 'any') for (const one of communities) one.fill(0)
      communities = senders.communities
      users.replace(senders.users)
    },
    boot: ({ id, boots, sinceMs }: TrapEngine) => {
      state.engineId = id
      state.boots = boots
      startedAt = sinceMs ?? monotonicMs()
    },
  })
}

/** RFC 3411 snmpEngineID: no enterprise, octets of our own choice. */
export const newEngineId = (): Buffer =>
  Buffer.concat([Buffer.from([0x80, 0, 0, 0, 5]), randomBytes(12)])

/** The response to an inform is the inform itself under another tag (RFC 3416 section 4.2.7). */
const acknowledged = (datagram: Buffer, pduStart: number): Buffer => {
  const reply = Buffer.from(datagram)
  reply[pduStart] = berTag.response
  return reply
}
