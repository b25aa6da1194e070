import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import netSnmp from 'net-snmp'
import { afterEach, describe, expect, it } from 'vitest'
import { encodeBulkRequest } from '../../src-main/olt/snmp/bulk-request.ts'
import { encodeOid, parseOid } from '../../src-main/olt/snmp/oid.ts'
import { createWalkPace } from '../../src-main/olt/snmp/pace.ts'
import { openSnmpSession, type SnmpSession } from '../../src-main/olt/snmp/session.ts'
import { walk } from '../../src-main/olt/snmp/walker.ts'
import { readRequest, writeResponse, type WireVarbind } from './support/ber-writer.ts'
import { createScriptedAgent } from './support/scripted-agent.ts'
import { serveOverUdp, type UdpAgent } from './support/udp-agent.ts'

/** facts/performance.md 1.4: each hazard shown on plain net-snmp, then our guard against it. */
const closers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()))
})

const serve = async (agent: ReturnType<typeof createScriptedAgent>): Promise<UdpAgent> => {
  const server = await serveOverUdp(agent)
  closers.push(server.close)
  return server
}

const ours = async (port: number, timeoutMs = 1000): Promise<SnmpSession> => {
  const session = await openSnmpSession({
    host: '127.0.0.1',
    port,
    version: '2c',
    community: Buffer.from('public'),
    timeoutMs,
    retries: 0,
  })
  closers.push(session.close)
  return session
}

const plain = (port: number, timeout = 1000) => {
  const session = netSnmp.createSession('127.0.0.1', 'public', {
    version: netSnmp.Version2c,
    port,
    retries: 0,
    timeout,
    backwardsGetNexts: false,
  })
  closers.push(() => session.close())
  return session
}

const sysDescr = '1.3.6.1.2.1.1.1.0'

describe('an undecodable datagram', () => {
  const runChild = async (mode: 'plain' | 'ours'): Promise<{ code: unknown; output: string }> => {
    const garbage = createScriptedAgent({
      objects: {},
      behave: () => [Buffer.from([0x30, 0x82, 0xff, 0xff])],
    })
    const { port } = await serve(garbage)
    const script = fileURLToPath(new URL('support/plain-net-snmp.ts', import.meta.url))
    const child = spawn(process.execPath, [script, mode, String(port)], { stdio: 'pipe' })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const [code] = (await once(child, 'close')) as [unknown]
    return { code, output }
  }

  it('ends a process that uses plain net-snmp', async () => {
    const { code } = await runChild('plain')
    expect(code).not.toBe(0)
  })

  it('is an error code in ours', async () => {
    expect(await runChild('ours')).toEqual({ code: 0, output: 'olt-answer-garbage' })
  })

  it('does not disturb a bulk answer that comes after it', async () => {
    const agent = createScriptedAgent({
      objects: { [sysDescr]: { type: 'octets', value: Buffer.from('x') } },
      behave: (_request, honest) => [Buffer.from([1, 2, 3]), Buffer.alloc(0), honest()],
    })
    const session = await ours((await serve(agent)).port)
    const answer = await session.getBulk([encodeOid(parseOid('1.3.6.1.2.1.1'))], 0, 1)
    expect(answer.count).toBe(1)
  })
})

describe('an agent that repeats an OID', () => {
  const stuck: WireVarbind = { oid: parseOid(`${sysDescr}`), value: { type: 'integer', value: 1 } }
  const stuckAgent = () =>
    createScriptedAgent({
      objects: {},
      behave: ({ requestId }) => [writeResponse('public', requestId, [stuck])],
    })

  it('is walked for ever by plain net-snmp, even when it checks for going backwards', async () => {
    const agent = stuckAgent()
    const session = plain((await serve(agent)).port)
    await new Promise<void>((resolve) => {
      let fed = 0
      session.subtree(
        '1.3.6.1.2.1.1',
        1,
        () => ++fed >= 300,
        () => resolve(),
      )
    })
    expect(agent.requests.length).toBeGreaterThanOrEqual(300)
  })

  it('is refused by ours at the first repetition', async () => {
    const agent = stuckAgent()
    const session = await ours((await serve(agent)).port)
    const columns = [{ oid: encodeOid(parseOid('1.3.6.1.2.1.1')) }]
    await expect(
      walk({ session, columns, pace: createWalkPace(), onVarbind: () => undefined }),
    ).rejects.toMatchObject({ code: 'olt-walk-looped' })
    expect(agent.requests).toHaveLength(2)
  })
})

describe('a reply from another port', () => {
  /** A host that answers requests which were sent to somebody else. */
  const impostor = async (): Promise<number> => {
    const front = createSocket('udp4')
    const back = createSocket('udp4')
    front.bind(0, '127.0.0.1')
    await once(front, 'listening')
    front.on('message', (datagram, peer) => {
      const { requestId, oids } = readRequest(datagram)
      const varbinds = oids.map((oid): WireVarbind => ({
        oid,
        value: { type: 'integer', value: 666 },
      }))
      back.send(writeResponse('public', requestId, varbinds), peer.port, peer.address)
    })
    closers.push(() => {
      front.close()
      back.close()
    })
    return front.address().port
  }

  it('is believed by plain net-snmp', async () => {
    const session = plain(await impostor())
    const value = await new Promise((resolve) =>
      session.get([sysDescr], (_error, varbinds) => resolve(varbinds?.[0]?.value)),
    )
    expect(value).toBe(666)
  })

  it('never reaches ours, neither for GET nor for GETBULK', async () => {
    const session = await ours(await impostor(), 150)
    await expect(session.get([sysDescr])).rejects.toMatchObject({
      code: 'olt-no-snmp-answer-community',
    })
    await expect(
      session.getBulk([encodeOid(parseOid('1.3.6.1.2.1.1'))], 0, 1),
    ).rejects.toMatchObject({ code: 'timeout' })
    expect(session.stats.octetsIn).toBe(0)
  })
})

describe('the octets of a value', () => {
  const objects = Object.fromEntries(
    Array.from({ length: 20 }, (_, row) => [
      `1.3.6.1.2.1.1.9.${row}`,
      { type: 'octets', value: Buffer.alloc(8, row + 1) } as const,
    ]),
  )
  const oids = Object.keys(objects)

  it('hold the whole datagram in plain net-snmp', async () => {
    const session = plain((await serve(createScriptedAgent({ objects }))).port)
    const value = await new Promise<Buffer>((resolve) =>
      session.get(oids, (_error, varbinds) => resolve(varbinds?.[3]?.value as Buffer)),
    )
    expect(value).toHaveLength(8)
    expect(value.buffer.byteLength).toBeGreaterThan(300)
  })

  it('are a copy of their own in ours', async () => {
    const session = await ours((await serve(createScriptedAgent({ objects }))).port)
    const [, , , value] = await session.get(oids)
    if (value?.kind !== 'octets') throw new Error('octets expected')
    expect(value.value).toEqual(Buffer.alloc(8, 4))
    expect(value.value.buffer.byteLength).toBe(8)
  })
})

describe('max-repetitions 0', () => {
  it('is sent by plain net-snmp', async () => {
    const agent = createScriptedAgent({ objects: {} })
    const session = plain((await serve(agent)).port)
    await new Promise<void>((resolve) => {
      session.getBulk(['1.3.6.1.2.1.1'], 0, 0, () => resolve())
    })
    expect(agent.requests[0]?.third).toBe(0)
  })

  it('cannot be sent by ours', () => {
    const oid = encodeOid(parseOid('1.3.6.1.2.1.1'))
    expect(() => encodeBulkRequest(Buffer.from('public'), 1, [oid], 0, 0)).toThrow(RangeError)
  })
})

describe('request ids', () => {
  it('stay below 27 bits in plain net-snmp', async () => {
    const agent = createScriptedAgent({ objects: {} })
    const session = plain((await serve(agent)).port)
    await new Promise<void>((resolve) => session.get([sysDescr], () => resolve()))
    expect(agent.requests[0]?.requestId).toBeLessThan(1e8)
  })

  it('of our bulk requests come from the whole positive range, and never repeat while pending', async () => {
    const agent = createScriptedAgent({ objects: {}, community: 'other' })
    const { port } = await serve(agent)
    const session = await openSnmpSession({
      host: '127.0.0.1',
      port,
      version: '2c',
      community: Buffer.from('public'),
      timeoutMs: 100,
      retries: 0,
      random: (_min, max) => max - 1,
    })
    closers.push(session.close)
    const oid = encodeOid(parseOid('1.3.6.1.2.1.1'))
    await Promise.allSettled([session.getBulk([oid], 0, 1), session.getBulk([oid], 0, 1)])
    const ids = agent.requests.map(({ requestId }) => requestId)
    expect(ids).toEqual([2 ** 31 - 2, 2 ** 27])
  })
})
