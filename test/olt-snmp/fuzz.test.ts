import { describe, expect, it } from 'vitest'
import { answeredRequestId, parseBulkAnswer } from '../../src-main/olt/snmp/bulk-answer.ts'
import { encodeOid, parseOid } from '../../src-main/olt/snmp/oid.ts'
import { spansPerVarbind, type IndexedPdu } from '../../src-main/olt/snmp/pdu.ts'
import { openSnmpSession, type SnmpCredentials } from '../../src-main/olt/snmp/session.ts'
import { readSnmpValue } from '../../src-main/olt/snmp/snmp-value.ts'
import type { TransportListener } from '../../src-main/olt/snmp/transport.ts'
import { openScopedPdu, readUsmMessage } from '../../src-main/olt/snmp/usm/message.ts'
import { noKeys } from '../../src-main/olt/snmp/usm/user.ts'
import { createV3Security } from '../../src-main/olt/snmp/v3-security.ts'
import { createTrapAccess } from '../../src-main/olt/traps/trap-access.ts'
import { writeResponse, type WireVarbind } from '../olt/support/ber-writer.ts'
import { createIdleClock } from '../olt/support/memory-session.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { trapDatagram, v1TrapDatagram } from '../traps/support/trap-datagram.ts'
import { heapAfterCollection } from './support/heap.ts'
import { createV3Agent } from './support/v3-agent.ts'
import { userOf } from './support/v3-snmpd.ts'

const community = Buffer.from('public')
const varbinds: readonly WireVarbind[] = [
  { oid: [1, 3, 6, 1, 2, 1, 1, 3, 0], value: { type: 'timeTicks', value: 4_000_000_000 } },
  {
    oid: [1, 3, 6, 1, 4, 1, 9, 4_194_316_032, 7],
    value: { type: 'octets', value: Buffer.alloc(40, 65) },
  },
  { oid: [1, 3, 6, 1, 4, 1, 9, 1], value: { type: 'counter64', value: 2n ** 60n } },
  { oid: [1, 3, 6, 1, 4, 1, 9, 2], value: { type: 'integer', value: -1414 } },
  { oid: [1, 3, 6, 1, 4, 1, 9, 3], value: { type: 'oid', value: [1, 3, 6, 1, 4, 1, 2011] } },
  { oid: [1, 3, 6, 1, 4, 1, 9, 4], value: { type: 'endOfMibView' } },
]

/** Octets changed, cut, doubled, moved and made up, as a bad line or a bad mind would. */
const createMutator = (seed: number) => {
  const random = seededRandom(seed)
  const below = (limit: number): number => Math.floor(random() * limit)
  const telling = [0x00, 0x01, 0x7f, 0x80, 0x81, 0x82, 0x84, 0x88, 0xff, 0x30, 0x02, 0x04, 0x06]
  return (whole: Buffer): Buffer => {
    const out = Buffer.from(whole)
    for (let changes = 1 + below(4); changes > 0; changes--) {
      if (out.length > 0) out[below(out.length)] = telling[below(telling.length)] as number
    }
    switch (below(8)) {
      case 0:
        return out.subarray(0, below(out.length + 1))
      case 1:
        return Buffer.concat([out, whole.subarray(below(whole.length))])
      case 2: {
        const at = below(out.length)
        return Buffer.concat([out.subarray(0, at), out.subarray(at + 1 + below(4))])
      }
      case 3: {
        const at = below(out.length)
        return Buffer.concat([
          out.subarray(0, at),
          out.subarray(below(out.length)),
          out.subarray(at),
        ])
      }
      default:
        return out
    }
  }
}

/** Reads every value of a PDU and checks that nothing lies outside the datagram. */
const readAll = (pdu: IndexedPdu): void => {
  for (let index = 0; index < pdu.count; index++) {
    const [oidStart = -1, oidEnd = -1, start = -1, end = -1] = pdu.spans.subarray(
      index * spansPerVarbind,
    )
    const inside = 0 <= oidStart && oidStart <= oidEnd && oidEnd < start && start <= end
    if (!inside || end > pdu.buffer.length) throw new Error('a value outside its datagram')
    readSnmpValue(pdu.buffer[oidEnd] as number, pdu.buffer, start, end)
  }
}

const flatMemory = 16 << 20

describe('the decoder survives', () => {
  it('120,000 mutated datagrams of every kind: no exception, no hang, memory flat', () => {
    const signedUser = userOf('sha256', 'aes128')
    const openUser = userOf()
    const agent = createV3Agent(openUser)
    const manager = createV3Security(openUser, () => 0)
    const [hello = Buffer.alloc(0)] = agent.answer(manager.encodeDiscovery(1))
    manager.open(hello)
    const question = manager.encode(5, {
      kind: 'get',
      oids: [encodeOid(parseOid('1.3.6.1.2.1.1.3.0'))],
    })
    const [v3Answer = Buffer.alloc(0)] = agent.answer(question)
    const openTrap = createTrapAccess(
      { communities: 'any', users: [openUser, signedUser] },
      () => 0,
    )

    const version1 = writeResponse('public', 5, varbinds)
    version1[version1.indexOf(Buffer.from([2, 1, 1])) + 2] = 0
    const kinds: readonly (readonly [Buffer, (datagram: Buffer) => void])[] = [
      [
        writeResponse('public', 5, varbinds),
        (datagram) => {
          answeredRequestId(datagram, community, 1)
          const pdu = parseBulkAnswer(datagram, community)
          if (pdu !== null) readAll(pdu)
        },
      ],
      [
        version1,
        (datagram) => {
          const pdu = parseBulkAnswer(datagram, community, 0)
          if (pdu !== null) readAll(pdu)
        },
      ],
      [
        v3Answer,
        (datagram) => {
          const message = readUsmMessage(datagram)
          if (message !== null) openScopedPdu(message, openUser, noKeys)
          manager.answeredId(datagram)
          const opened = manager.open(datagram)
          if (opened.kind === 'answer') readAll(opened.answer)
        },
      ],
      [
        trapDatagram('1.3.6.1.4.1.9.7', [['1.3.6.1.4.1.9.1', { type: 'integer', value: 1 }]]),
        openTrap,
      ],
      [trapDatagram('1.3.6.1.4.1.9.7', [], 'inform'), openTrap],
      [v1TrapDatagram('1.3.6.1.4.1.9', 7), openTrap],
      [question, openTrap],
    ]
    expect(v3Answer.length).toBeGreaterThan(50)

    const mutate = createMutator(2026)
    const feed = (times: number): void => {
      for (let turn = 0; turn < times; turn++) {
        const [whole, take] = kinds[turn % kinds.length] ?? [Buffer.alloc(0), () => undefined]
        take(mutate(whole))
      }
    }
    feed(7_000)
    const before = heapAfterCollection()
    feed(120_000)
    expect(heapAfterCollection() - before).toBeLessThan(flatMemory)
  })
})

const versions: readonly (readonly [string, SnmpCredentials])[] = [
  ['v1', { version: '1', community }],
  ['v2c', { version: '2c', community }],
  ['v3', { version: '3', user: userOf() }],
]

describe.each(versions)('a session over %s', (_name, credentials) => {
  it('survives 10,000 mutated answers to its questions: each ends in values or in a code', async () => {
    const mutate = createMutator(77)
    const agent = createV3Agent(userOf())
    let listener: TransportListener | null = null
    let isReady = false
    const honest = (datagram: Buffer): Buffer => {
      if (credentials.version === '3') return agent.answer(datagram)[0] ?? Buffer.alloc(0)
      // Request ids are four octets here; they stand before two integers of one octet.
      const at = datagram.indexOf(Buffer.from([2, 4])) + 2
      const answer = writeResponse('public', datagram.readInt32BE(at), varbinds)
      if (credentials.version === '1') answer[answer.indexOf(Buffer.from([2, 1, 1])) + 2] = 0
      return answer
    }
    const session = await openSnmpSession({
      host: 'olt.test',
      port: 161,
      timeoutMs: 10,
      retries: 0,
      clock: createIdleClock(),
      ...credentials,
      openTransport: (_target, opened) => {
        listener = opened
        return Promise.resolve({
          send: (datagram, onSent) => {
            onSent(null)
            const answer = honest(datagram)
            queueMicrotask(() => listener?.onDatagram(isReady ? mutate(answer) : answer))
          },
          close: () => undefined,
        })
      },
    })
    const oid = encodeOid(parseOid('1.3.6.1.2.1.1.3'))
    await session.getBulk([oid], 0, 1)
    isReady = true
    const outcomes = new Map<string, number>()
    const before = heapAfterCollection()
    for (let turn = 0; turn < 10_000; turn++) {
      const outcome = await session.getBulk([oid], 0, 5).then(
        (answer) => {
          readAll(answer)
          return 'answered'
        },
        (error: unknown) =>
          error instanceof Error && 'code' in error ? String(error.code) : String(error),
      )
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
    session.close()
    expect(heapAfterCollection() - before).toBeLessThan(flatMemory)
    for (const outcome of outcomes.keys()) {
      expect(outcome).toMatch(/^(?:answered|timeout|olt-[a-z0-9-]+)$/u)
    }
    expect(outcomes.size).toBeGreaterThan(1)
  })
})
