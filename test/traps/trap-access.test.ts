import { describe, expect, it } from 'vitest'
import { berTag } from '../../src-main/olt/snmp/ber-types.ts'
import { mark, putInteger, putOctets, wrap } from '../../src-main/olt/snmp/ber-writer.ts'
import { encodeOid, parseOid } from '../../src-main/olt/snmp/oid.ts'
import { readUsmMessage, writeUsmMessage } from '../../src-main/olt/snmp/usm/message.ts'
import { createUserKeys, flagsOf, noKeys } from '../../src-main/olt/snmp/usm/user.ts'
import { readableValue } from '../../src-main/olt/traps/readable.ts'
import { createTrapAccess } from '../../src-main/olt/traps/trap-access.ts'
import { createUnknownTraps } from '../../src-main/olt/traps/unknown-traps.ts'
import { userOf } from '../olt-snmp/support/v3-snmpd.ts'
import { trapDatagram, v1TrapDatagram } from './support/trap-datagram.ts'

const user = userOf('sha256', 'aes128')
const keys = createUserKeys(user)
const olt = Buffer.from('8000000001020304', 'hex')
const ours = Buffer.from('80000000aabbccdd', 'hex')
const oids = {
  upTime: encodeOid(parseOid('1.3.6.1.2.1.1.3.0')),
  trapOid: encodeOid(parseOid('1.3.6.1.6.3.1.1.4.1.0')),
  linkDown: encodeOid(parseOid('1.3.6.1.6.3.1.1.5.3')),
}

const message = (
  engineId: Buffer,
  boots: number,
  time: number,
  { tag = berTag.trapV2 as number, more = 0, flags = flagsOf(user) } = {},
): Buffer =>
  writeUsmMessage({
    messageId: 9,
    flags: flags | more,
    engineId,
    boots,
    time,
    userName: Buffer.from(user.name),
    user,
    keys: flags === 0 ? noKeys : keys.forEngine(engineId),
    salt: () => Buffer.alloc(8, 3),
    contextEngineId: engineId,
    putPdu: () => {
      const end = mark()
      putOctets(berTag.objectIdentifier, oids.linkDown)
      putOctets(berTag.objectIdentifier, oids.trapOid)
      wrap(berTag.sequence, end)
      const second = mark()
      putOctets(berTag.timeTicks, Buffer.from([7]))
      putOctets(berTag.objectIdentifier, oids.upTime)
      wrap(berTag.sequence, second)
      wrap(berTag.sequence, end)
      putInteger(0)
      putInteger(0)
      putInteger(5)
      wrap(tag, end)
    },
  })

const access = () => {
  let now = 1_000_000
  const open = createTrapAccess(
    { communities: [], users: [user], engine: { id: ours, boots: 4 } },
    () => now,
  )
  return {
    open,
    pass: (seconds: number) => {
      now += seconds * 1000
    },
  }
}

describe('a version 3 trap', () => {
  it('is refused when it is played back later than the time window', () => {
    const { open, pass } = access()
    const recorded = message(olt, 7, 5000)
    expect(open(recorded)).toMatchObject({ kind: 'trap', version: '3' })
    pass(140)
    expect(open(recorded).kind).toBe('trap')
    pass(20)
    expect(open(recorded)).toMatchObject({ kind: 'refused', why: 'wrong-time', reply: null })
    expect(open(message(olt, 7, 5160)).kind).toBe('trap')
  })

  it('is refused when it comes from before a restart of the OLT', () => {
    const { open } = access()
    expect(open(message(olt, 8, 3)).kind).toBe('trap')
    expect(open(message(olt, 7, 9000))).toMatchObject({ kind: 'refused', why: 'wrong-time' })
  })

  it('is refused without the signature that its user has', () => {
    const { open } = access()
    expect(open(message(olt, 7, 1, { flags: 0 }))).toMatchObject({
      why: 'wrong-level',
      reply: null,
    })
    expect(open(message(olt, 7, 1, { flags: 1 }))).toMatchObject({ why: 'wrong-level' })
  })

  it('is refused when one octet was changed, wherever', () => {
    const { open } = access()
    const whole = message(olt, 7, 1)
    for (let position = 0; position < whole.length; position++) {
      const changed = Buffer.from(whole)
      changed[position] = (changed[position] as number) ^ 0x40
      expect(open(changed).kind, `octet ${position}`).not.toBe('trap')
    }
  })

  it('that carries another PDU than a trap is garbage', () => {
    const { open } = access()
    expect(open(message(olt, 7, 1, { tag: berTag.response })).kind).toBe('garbage')
    expect(open(message(olt, 7, 1, { tag: berTag.informRequest })).kind).toBe('garbage')
  })
})

describe('a version 3 inform', () => {
  const inform = { tag: berTag.informRequest, more: 4 }

  it('under another engine learns ours, and nothing else happens', () => {
    const { open } = access()
    const opened = open(message(olt, 7, 1, inform))
    expect(opened.kind).toBe('discovery')
    const reply = opened.kind === 'discovery' ? readUsmMessage(opened.reply) : null
    expect(reply).toMatchObject({ boots: 4, time: 0, flags: 0, messageId: 9 })
    expect(reply?.engineId).toEqual(ours)
  })

  it('outside our time is refused with a signed report of it', () => {
    const { open, pass } = access()
    pass(1000)
    const opened = open(message(ours, 4, 10, inform))
    expect(opened).toMatchObject({ kind: 'refused', why: 'wrong-time' })
    const reply =
      opened.kind === 'refused' && opened.reply !== null ? readUsmMessage(opened.reply) : null
    expect(reply).toMatchObject({ boots: 4, time: 1000, flags: 1 })
    expect(open(message(ours, 3, 1000, inform))).toMatchObject({ why: 'wrong-time' })
    expect(open(message(ours, 4, 1001, inform))).toMatchObject({ kind: 'trap' })
  })
})

describe('versions 1 and 2c', () => {
  it('are refused when no community is allowed', () => {
    const { open } = access()
    expect(open(trapDatagram('1.3.6.1.4.1.9.7'))).toMatchObject({ why: 'wrong-community' })
    expect(open(v1TrapDatagram('1.3.6.1.4.1.9', 7))).toMatchObject({ why: 'wrong-community' })
  })

  it('carry no PDU of the other', () => {
    const open = createTrapAccess({ communities: 'any', users: [] }, () => 0)
    for (const datagram of [trapDatagram('1.3.6.1.9'), v1TrapDatagram('1.3.6.1.4.1.9', 7)]) {
      const at = datagram.indexOf(Buffer.from([2, 1])) + 2
      datagram[at] = 1 - (datagram[at] as number)
      expect(open(datagram).kind).toBe('garbage')
    }
  })
})

describe('unknown traps', () => {
  const trap = (trapOid: string) =>
    ({ kind: 'trap', trapOid, uptimeTicks: 1, agentAddress: null, varbinds: [] }) as const
  const from = (source: string) => ({ source, oltId: null, ofSeveral: 0, version: '2c' }) as const

  it('of a loud source push nobody else out, and are bounded', () => {
    const kept = createUnknownTraps(50)
    kept.keep(trap('1.3.6.1.1'), from('quiet'), 1)
    for (let at = 0; at < 10_000; at++) kept.keep(trap('1.3.6.1.2'), from('loud'), at)
    expect(kept.list()).toMatchObject([
      { source: 'loud', count: 10_000, firstAt: 0, lastAt: 9999 },
      { source: 'quiet', count: 1 },
    ])
    for (let n = 0; n < 1000; n++) kept.keep(trap(`1.3.6.2.${n}`), from('loud'), n)
    expect(kept.list()).toHaveLength(50)
  })

  it('show text as text, with control characters never', () => {
    const shown = (text: string): string =>
      readableValue({ kind: 'octets', value: Buffer.from(text, 'latin1') })
    expect(shown('ONT offline\r\n\0')).toBe('ONT offline')
    expect(shown('\u001b[2J')).toBe('1b 5b 32 4a')
    expect(shown('')).toBe('')
    expect(shown('a'.repeat(600))).toBe(`${'a'.repeat(256)} …`)
    expect(readableValue({ kind: 'absent' })).toBe('')
  })
})
