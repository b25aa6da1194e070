import { randomBytes } from 'node:crypto'
import { cursor, openTag, readInteger, readOctets } from '../snmp/ber-reader.ts'
import { berTag } from '../snmp/ber-types.ts'
import { openV3Trap, type V3TrapState } from './v3-trap.ts'
import { createSalts } from '../snmp/usm/message.ts'
import { createUserKeys, type SnmpUser } from '../snmp/usm/user.ts'
import { decodeTrapPdu, type Trap } from './trap-message.ts'

/** Who may send traps. Secrets are held in memory only. */
export interface TrapAccess {
  /** 'any': a trap is only a hint, and many OLTs send a community of their own choice. */
  readonly communities: readonly Buffer[] | 'any'
  readonly users: readonly SnmpUser[]
  /** Our own engine, which senders of informs must find the same after a restart of ours. */
  readonly engine?: { readonly id: Buffer; readonly boots: number }
}

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
      /** The acknowledgement of an inform. */
      readonly reply: Buffer | null
    }
  /** Nothing to show; SNMPv3 may have to answer with a report. */
  | { readonly kind: 'refused'; readonly why: TrapRefusal; readonly reply: Buffer | null }
  /** SNMPv3: somebody asked who we are. */
  | { readonly kind: 'discovery'; readonly reply: Buffer }
  | { readonly kind: 'garbage' }

export type OpenTrap = (datagram: Buffer) => OpenedTrap

const garbage: OpenedTrap = { kind: 'garbage' }

/** Errors: `olt-v3-algorithm-missing`. */
export const createTrapAccess = (access: TrapAccess, monotonicMs: () => number): OpenTrap => {
  const startedAt = monotonicMs()
  const state: V3TrapState = {
    users: new Map(access.users.map((user) => [user.name, { user, keys: createUserKeys(user) }])),
    engineId:
      access.engine?.id ?? Buffer.concat([Buffer.from([0x80, 0, 0, 0, 5]), randomBytes(12)]),
    boots: access.engine?.boots ?? 1,
    time: () => Math.floor((monotonicMs() - startedAt) / 1000),
    salt: createSalts(randomBytes),
    senders: new Map(),
    monotonicMs,
  }

  return (datagram) => {
    cursor.position = 0
    const end = openTag(datagram, berTag.sequence, datagram.length)
    const version = end < 0 ? Number.NaN : readInteger(datagram, end)
    if (version === 3) return openV3Trap(datagram, state)
    if (version !== 0 && version !== 1) return garbage
    const community = readOctets(datagram, end)
    if (community === null) return garbage
    const start = cursor.position
    const trap = decodeTrapPdu(datagram, start, end)
    // Each version has its own PDUs (RFC 3584 section 4).
    if (trap === null || (version === 0) !== (datagram[start] === berTag.trapV1)) return garbage
    const said = datagram.subarray(community.start, community.end)
    const { communities } = access
    if (communities !== 'any' && !communities.some((one) => one.equals(said))) {
      return { kind: 'refused', why: 'wrong-community', reply: null }
    }
    return {
      kind: 'trap',
      trap,
      version: version === 0 ? '1' : '2c',
      reply: trap.kind === 'inform' ? acknowledged(datagram, start) : null,
    }
  }
}

/** The response to an inform is the inform itself under another tag (RFC 3416 section 4.2.7). */
const acknowledged = (datagram: Buffer, pduStart: number): Buffer => {
  const reply = Buffer.from(datagram)
  reply[pduStart] = berTag.response
  return reply
}
