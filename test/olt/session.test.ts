import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { encodeOid, parseOid } from '../../src-main/olt/snmp/oid.ts'
import { openSnmpSession, type SnmpSession } from '../../src-main/olt/snmp/session.ts'
import { openMemorySession } from './support/memory-session.ts'
import { createScriptedAgent } from './support/scripted-agent.ts'
import { serveOverUdp } from './support/udp-agent.ts'

const closers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()))
})

const open = async (
  port: number,
  community = 'public',
  host = '127.0.0.1',
): Promise<SnmpSession> => {
  const session = await openSnmpSession({
    host,
    port,
    version: '2c',
    community: Buffer.from(community),
    timeoutMs: 150,
    retries: 1,
  })
  closers.push(session.close)
  return session
}

const sysDescr = '1.3.6.1.2.1.1.1.0'
const system = encodeOid(parseOid('1.3.6.1.2.1.1'))
const objects = { [sysDescr]: { type: 'octets', value: Buffer.from('An OLT') } } as const

describe('a session refuses', () => {
  it('a host name that nobody knows', async () => {
    await expect(open(161, 'public', 'no-such-host.invalid')).rejects.toMatchObject({
      code: 'olt-host-unresolvable',
      params: { host: 'no-such-host.invalid' },
    })
  })

  it('a port where nobody listens, at once and for both kinds of request', async () => {
    const socket = createSocket('udp4')
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    const { port } = socket.address()
    socket.close()
    await once(socket, 'close')
    const session = await open(port)
    await expect(session.get([sysDescr])).rejects.toMatchObject({ code: 'olt-port-closed' })
    await expect(session.getBulk([system], 0, 1)).rejects.toMatchObject({ code: 'olt-port-closed' })
  })

  it('a wrong community, after all retries, without naming it', async () => {
    const agent = createScriptedAgent({ objects, community: 'right' })
    const server = await serveOverUdp(agent)
    closers.push(server.close)
    const session = await open(server.port, 'sesame-opens')
    const failure: unknown = await session.get([sysDescr]).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'olt-no-snmp-answer-community' })
    expect(JSON.stringify(failure) + String(failure) + (failure as Error).stack).not.toContain(
      'sesame',
    )
    expect(agent.requests).toHaveLength(2)
  })

  it('an answer with another community than it asked with', async () => {
    const agent = createScriptedAgent({
      objects,
      behave: (_request, honest) => {
        const answer = honest()
        answer.write('PUBLIC', answer.indexOf('public'))
        return [answer]
      },
    })
    const session = await openMemorySession(agent)
    await expect(session.getBulk([system], 0, 1)).rejects.toMatchObject({ code: 'timeout' })
  })

  it('everything after it was closed', async () => {
    const session = await openMemorySession(createScriptedAgent({ objects }))
    session.close()
    await expect(session.get([sysDescr])).rejects.toMatchObject({ code: 'cancelled' })
    await expect(session.getBulk([system], 0, 1)).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('to wait on when it is called off', async () => {
    const session = await openMemorySession(createScriptedAgent({ objects, community: 'mute' }))
    const controller = new AbortController()
    const asked = [
      session.get([sysDescr], controller.signal),
      session.getBulk([system], 0, 1, { signal: controller.signal }),
    ]
    controller.abort()
    const outcomes = await Promise.allSettled(asked)
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.code)).toEqual(
      ['cancelled', 'cancelled'],
    )
    session.close()
  })
})

describe('a session', () => {
  it('asks again after a lost answer, with the same request id', async () => {
    const agent = createScriptedAgent({
      objects,
      behave: () => (agent.requests.length === 1 ? [] : undefined),
    })
    const session = await openMemorySession(agent)
    expect((await session.getBulk([system], 0, 1)).count).toBe(1)
    const [first, second] = agent.requests
    expect(first?.requestId).toBe(second?.requestId)
    expect(session.stats).toMatchObject({ requests: 2, answers: 1, timeouts: 1 })
  })

  it('gives values of each type, and "absent" for what is not offered', async () => {
    const agent = createScriptedAgent({
      objects: {
        ...objects,
        '1.3.6.1.2.1.1.2.0': { type: 'oid', value: [1, 3, 6, 1, 4, 1, 2011, 2, 123] },
        '1.3.6.1.2.1.1.3.0': { type: 'timeTicks', value: 4_000_000_000 },
        '1.3.6.1.2.1.1.4.0': { type: 'counter64', value: 2n ** 40n },
        '1.3.6.1.2.1.1.5.0': { type: 'integer', value: -19 },
      },
    })
    const session = await openMemorySession(agent)
    expect(await session.get([1, 2, 3, 4, 5, 9].map((arc) => `1.3.6.1.2.1.1.${arc}.0`))).toEqual([
      { kind: 'octets', value: Buffer.from('An OLT') },
      { kind: 'oid', value: '1.3.6.1.4.1.2011.2.123' },
      { kind: 'number', value: 4_000_000_000 },
      { kind: 'number', value: 2 ** 40 },
      { kind: 'number', value: -19 },
      { kind: 'absent' },
    ])
  })
})
