import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { snmpAuthAlgorithms, snmpPrivAlgorithms } from '../../src-shared/contract/snmp-access.ts'
import {
  defaultTrapPort,
  type TrapReceiverOptions,
} from '../../src-main/olt/traps/trap-receiver.ts'
import { userOf } from '../olt-snmp/support/v3-snmpd.ts'
import { asUser, copyOf, runTool, toolsMissing } from './support/net-snmp-tools.ts'
import { openReceiver, type OpenReceiver } from './support/open-receiver.ts'
import { trapDatagram } from './support/trap-datagram.ts'

const trapOid = '1.3.6.1.4.1.9999.7.1'
const object = '1.3.6.1.4.1.9999.1.1'
const engineId = '0x80001f8804aabbccdd'

const open: OpenReceiver[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ receiver }) => receiver.stop()))
})
const listen = async (options: Partial<TrapReceiverOptions> = {}): Promise<OpenReceiver> => {
  const opened = await openReceiver(options)
  open.push(opened)
  return opened
}
const hostOf = ({ port }: OpenReceiver): string => `127.0.0.1:${port}`

describe('the trap receiver', () => {
  it('does not start on a port that is taken, and says which', async () => {
    const first = await listen()
    await expect(listen({ port: first.port })).rejects.toMatchObject({
      code: 'trap-port-unavailable',
      params: { port: first.port },
    })
  })

  it('listens above the ports that need rights unless told', () => {
    expect(defaultTrapPort).toBe(10_162)
  })

  it('lets its port go when it stops, and starts again', async () => {
    const { receiver, port } = await listen()
    await receiver.stop()
    const socket = createSocket('udp4')
    socket.bind(port, '127.0.0.1')
    await once(socket, 'listening')
    socket.close()
    await once(socket, 'close')
    await receiver.start()
  })

  it('listens on the first address that the machine has', async () => {
    const { port, receiver } = await listen({ addresses: ['192.0.2.77', '127.0.0.1'] })
    expect(port).toBeGreaterThan(0)
    await receiver.stop()
    await expect(listen({ addresses: ['192.0.2.77'] })).rejects.toMatchObject({
      code: 'trap-port-unavailable',
    })
  })

  it('hears both families on one port, and tells IPv4 as IPv4', async () => {
    const opened = await listen({ addresses: ['::', '0.0.0.0'], sourcesOf: () => [] })
    const socket = createSocket('udp4')
    socket.send(trapDatagram(trapOid), opened.port, '127.0.0.1')
    await opened.until(({ accepted }) => accepted === 1)
    expect(opened.receiver.unknownTraps()).toMatchObject([{ source: '127.0.0.1' }])
    socket.close()
  })

  it('counts garbage and lives on', async () => {
    const opened = await listen()
    const socket = createSocket('udp4')
    const pieces = [
      Buffer.alloc(0),
      Buffer.from([0x30]),
      Buffer.from('3082ffff', 'hex'),
      Buffer.alloc(40_000, 0x30),
      Buffer.from('GET / HTTP/1.0\r\n\r\n'),
    ]
    for (const piece of pieces) socket.send(piece, opened.port, '127.0.0.1')
    expect(await opened.until(({ received }) => received === pieces.length)).toMatchObject({
      garbage: pieces.length,
      accepted: 0,
    })
    socket.close()
  })
})

const title = "with Debian's snmptrap and snmpinform, the receiver"
describe.skipIf(toolsMissing !== null)(
  toolsMissing === null ? title : `${title} (skipped: ${toolsMissing})`,
  () => {
    it('refuses a community that it was not told', async () => {
      const opened = await listen({
        access: { communities: [Buffer.from('secret')], users: [] },
      })
      await runTool('snmptrap', ['-v', '2c', '-c', 'public', hostOf(opened), '', trapOid])
      expect(await opened.until(({ received }) => received === 1)).toMatchObject({
        accepted: 0,
        refused: { 'wrong-community': 1 },
      })
    })

    it('does not acknowledge an inform of a wrong community', async () => {
      const opened = await listen({ access: { communities: [Buffer.from('secret')], users: [] } })
      const { code, output } = await runTool('snmpinform', [
        '-v',
        '2c',
        '-c',
        'public',
        hostOf(opened),
        '',
        trapOid,
      ])
      expect(code).not.toBe(0)
      expect(output).toContain('Timeout')
    })

    const user = userOf('sha256', 'aes128')
    it.each([
      ['a user that it does not know', { ...user, name: 'nobody' }, 'unknown-user'],
      ['a user below its level', { name: user.name, auth: user.auth }, 'wrong-level'],
      [
        'a wrong signature',
        { ...user, auth: { protocol: 'sha256', secret: Buffer.from('not the one') } },
        'wrong-digest',
      ],
      [
        'what it cannot decipher',
        { ...user, priv: { protocol: 'aes128', secret: Buffer.from('not the one') } },
        'undecipherable',
      ],
    ] as const)('refuses %s, as trap and as inform', async (_what, sender, why) => {
      const opened = await listen({ access: { communities: 'any', users: [copyOf(user)] } })
      await runTool('snmptrap', [...asUser(sender), '-e', engineId, hostOf(opened), '', trapOid])
      await opened.until(({ refused }) => refused[why] === 1)
      const { code } = await runTool('snmpinform', [...asUser(sender), hostOf(opened), '', trapOid])
      expect(code).not.toBe(0)
      expect(opened.receiver.stats()).toMatchObject({ accepted: 0, acknowledged: 0 })
      expect(opened.receiver.stats().refused[why]).toBeGreaterThanOrEqual(2)
    })

    it('reads a trap of version 1, names it as version 2 does, and keeps it readable', async () => {
      const opened = await listen()
      await runTool('snmptrap', [
        '-v',
        '1',
        '-c',
        'public',
        hostOf(opened),
        '1.3.6.1.4.1.9999.7',
        '10.1.2.3',
        '6',
        '42',
        '4711',
        `${object}.4194316032.7`,
        's',
        'ONT is offline',
        `${object}.1`,
        'x',
        '0102ff',
        `${object}.2`,
        'i',
        '-5',
        `${object}.3`,
        'a',
        '192.0.2.1',
      ])
      await opened.until(({ accepted }) => accepted === 1)
      expect(opened.receiver.unknownTraps()).toEqual([
        {
          source: '127.0.0.1',
          oltId: 'olt-1',
          ofSeveral: 0,
          version: '1',
          trapOid: '1.3.6.1.4.1.9999.7.0.42',
          count: 1,
          firstAt: Date.UTC(2026, 10, 22),
          lastAt: Date.UTC(2026, 10, 22),
          agentAddress: '10.1.2.3',
          varbinds: [
            { oid: `${object}.4194316032.7`, text: 'ONT is offline' },
            { oid: `${object}.1`, text: '01 02 ff' },
            { oid: `${object}.2`, text: '-5' },
            { oid: `${object}.3`, text: '192.0.2.1' },
          ],
        },
      ])
    })

    it('reads a generic trap of version 1', async () => {
      const opened = await listen()
      await runTool('snmptrap', [
        '-v',
        '1',
        '-c',
        'public',
        hostOf(opened),
        '1.3.6.1.4.1.9999',
        '10.1.2.3',
        '2',
        '0',
        '1',
      ])
      await opened.until(({ accepted }) => accepted === 1)
      expect(opened.receiver.unknownTraps()[0]?.trapOid).toBe('1.3.6.1.6.3.1.1.5.3')
    })

    it.each(['snmptrap', 'snmpinform'] as const)('takes %s of version 2c', async (tool) => {
      const opened = await listen({ access: { communities: [Buffer.from('public')], users: [] } })
      const { code } = await runTool(tool, [
        '-v',
        '2c',
        '-c',
        'public',
        hostOf(opened),
        '99',
        trapOid,
        `${object}.1`,
        's',
        'hello',
      ])
      expect(code).toBe(0)
      expect(await opened.until(({ accepted }) => accepted === 1)).toMatchObject({
        acknowledged: tool === 'snmpinform' ? 1 : 0,
      })
      expect(opened.receiver.unknownTraps()).toMatchObject([
        { version: '2c', trapOid, varbinds: [{ oid: `${object}.1`, text: 'hello' }] },
      ])
      opened.gather()
      expect(opened.news).toMatchObject([{ oltId: 'olt-1', count: 1, looks: [], unknown: 1 }])
    })

    const users = [
      userOf(),
      ...snmpAuthAlgorithms.map((auth) => userOf(auth)),
      ...snmpPrivAlgorithms.map((priv) => userOf('sha1', priv)),
      userOf('sha512', 'aes256'),
    ]
    it.each(users.map((one) => [one.name, one] as const))(
      'takes trap and inform of version 3 as %s',
      async (_name, sender) => {
        const opened = await listen({ access: { communities: [], users: users.map(copyOf) } })
        await runTool('snmptrap', [
          ...asUser(sender),
          '-e',
          engineId,
          hostOf(opened),
          '',
          trapOid,
          `${object}.1`,
          's',
          'a trap',
        ])
        await opened.until(({ accepted }) => accepted === 1)
        const { code } = await runTool('snmpinform', [
          ...asUser(sender),
          hostOf(opened),
          '',
          trapOid,
          `${object}.1`,
          's',
          'an inform',
        ])
        expect(code).toBe(0)
        expect(await opened.until(({ accepted }) => accepted === 2)).toMatchObject({
          acknowledged: 1,
          garbage: 0,
        })
        expect(opened.receiver.unknownTraps()).toMatchObject([
          { version: '3', trapOid, count: 2, varbinds: [{ text: 'an inform' }] },
        ])
      },
    )

    it('keeps a trap of a stranger readable, and tells nobody to look', async () => {
      const opened = await listen({ sourcesOf: () => [] })
      await runTool('snmptrap', ['-v', '2c', '-c', 'x', hostOf(opened), '', trapOid])
      await opened.until(({ fromStrangers }) => fromStrangers === 1)
      opened.gather()
      expect(opened.news).toEqual([])
      expect(opened.receiver.unknownTraps()).toMatchObject([{ oltId: null, trapOid }])
    })
  },
)
