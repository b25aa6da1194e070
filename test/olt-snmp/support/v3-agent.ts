import { cursor } from '../../../src-main/olt/snmp/ber-reader.ts'
import { berTag } from '../../../src-main/olt/snmp/ber-types.ts'
import { mark, putInteger, putOctets, wrap } from '../../../src-main/olt/snmp/ber-writer.ts'
import { encodeOid, parseOid } from '../../../src-main/olt/snmp/oid.ts'
import { indexPdu } from '../../../src-main/olt/snmp/pdu.ts'
import {
  openScopedPdu,
  readUsmMessage,
  writeUsmMessage,
  type UsmMessage,
} from '../../../src-main/olt/snmp/usm/message.ts'
import {
  createUserKeys,
  noKeys,
  securityFlags,
  type SnmpUser,
} from '../../../src-main/olt/snmp/usm/user.ts'

/**
 * An SNMPv3 agent for states that a real one is hard to bring into. Interoperability is proved with
 * Debian's snmpd; this one uses our own message code and only decides what to say.
 */
export interface V3AgentState {
  engineId: Buffer
  boots: number
  time: number
  /** Always says "not in time window". */
  stubborn: boolean
  /** Tells its clock only in signed messages, as the RFC has it. */
  hidesClock: boolean
  /** Answers below the level it was asked at. */
  downgrade: 'none' | 'in-clear' | 'unsigned'
  /** Says that the engine is unknown, whatever it is asked. */
  deniesEngine: boolean
}

const value = encodeOid(parseOid('1.3.6.1.2.1.1.3.0'))

export const createV3Agent = (user: SnmpUser) => {
  const keys = createUserKeys(user)
  const state: V3AgentState = {
    engineId: Buffer.from('8000000001020304', 'hex'),
    boots: 3,
    time: 1000,
    stubborn: false,
    hidesClock: false,
    downgrade: 'none',
    deniesEngine: false,
  }
  const asked: string[] = []

  const say = (
    message: UsmMessage,
    flags: number,
    tag: number,
    oid: Buffer,
    answered: number,
    clock = true,
  ): Buffer =>
    writeUsmMessage({
      messageId: message.messageId,
      flags,
      engineId: state.engineId,
      boots: clock ? state.boots : 0,
      time: clock ? state.time : 0,
      userName: Buffer.from(user.name),
      user,
      keys: flags === 0 ? noKeys : keys.forEngine(state.engineId),
      salt: () => Buffer.alloc(8, 7),
      contextEngineId: state.engineId,
      putPdu: () => {
        const end = mark()
        putOctets(tag === berTag.report ? berTag.counter32 : berTag.timeTicks, Buffer.from([42]))
        putOctets(berTag.objectIdentifier, oid)
        wrap(berTag.sequence, end)
        wrap(berTag.sequence, end)
        putInteger(0)
        putInteger(0)
        putInteger(answered)
        wrap(tag, end)
      },
    })

  const report = (message: UsmMessage, stat: number, flags: number, clock = true): Buffer => {
    asked.push(`report ${stat}`)
    const oid = encodeOid(parseOid(`1.3.6.1.6.3.15.1.1.${stat}.0`))
    return say(message, flags, berTag.report, oid, 0, clock)
  }

  return {
    state,
    asked,
    requests: [],
    answer: (datagram: Buffer): readonly Buffer[] => {
      const message = readUsmMessage(datagram)
      if (message === null) return []
      if (state.deniesEngine || !message.engineId.equals(state.engineId)) {
        return [report(message, 4, 0, !state.hidesClock)]
      }
      const apart = Math.abs(message.time - state.time)
      if (state.stubborn || message.boots !== state.boots || apart > 150) {
        return [report(message, 2, securityFlags.auth)]
      }
      const scoped = openScopedPdu(message, user, keys.forEngine(state.engineId))
      if (scoped === null) return []
      cursor.position = scoped.start
      const pdu = indexPdu(scoped.buffer, scoped.buffer[scoped.start] as number, scoped.limit)
      if (pdu === null) return []
      asked.push('answer')
      const level =
        state.downgrade === 'unsigned'
          ? 0
          : state.downgrade === 'in-clear'
            ? securityFlags.auth
            : message.flags & 3
      return [say(message, level, berTag.response, value, pdu.requestId)]
    },
  }
}
