import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { NocturneError } from '../../src-shared/errors.ts'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import type { SnmpUser } from '../../src-main/olt/snmp/usm/user.ts'
import { createTrapReads } from '../../src-main/traps/tables.ts'
import { userOf } from '../olt-snmp/support/v3-snmpd.ts'
import { runFor, settle } from '../support/settle.ts'
import { countOf } from '../support/store-workspace.ts'
import { asUser, copyOf, runTool, toolsMissing } from './support/net-snmp-tools.ts'
import { trapDatagram } from './support/trap-datagram.ts'
import { communityAccess, createTrapsBench, oltOf, type TrapsBench } from './support/traps-bench.ts'
import { auditTrail } from '../support/audit-trail.ts'

const coldStart = '1.3.6.1.6.3.1.1.5.1'
const unknownTrap = '1.3.6.1.4.1.9999.7'
const families = loadFamilies(join(import.meta.dirname, '../../assets/olt-families'))
const zteOffline = '1.3.6.1.4.1.3902.1082.500.10.3.1.9'
const zteName = '1.3.6.1.4.1.3902.1082.500.10.2.3.3.1.2'

const listening = async (bench: TrapsBench): Promise<void> => {
  bench.traps.start()
  await bench.until((status) => status.listening !== null)
}
const takePort = async (port: number) => {
  const socket = createSocket('udp4')
  socket.bind(port, '127.0.0.1')
  await once(socket, 'listening')
  const free = async (): Promise<void> => {
    socket.close()
    await once(socket, 'close')
  }
  return free
}
const accepted = (bench: TrapsBench, count: number): Promise<void> =>
  bench.until(({ stats }) => stats.accepted >= count)

describe('the receiver of traps', () => {
  it('says why it does not listen, keeps what was set, and tries again', async () => {
    const bench = await createTrapsBench()
    const free = await takePort(bench.port)
    bench.traps.start()
    await bench.until(({ problem }) => problem !== null)
    expect(bench.ask('traps.status')).toMatchObject({
      listening: null,
      problem: { code: 'trap-port-unavailable', params: { port: bench.port } },
      settings: { enabled: true, port: bench.port },
    })
    bench.clock.advance(60_000)
    await settle()
    expect(bench.ask('traps.status').listening).toBeNull()
    await free()
    bench.clock.advance(60_000)
    await bench.until((status) => status.listening !== null)
    expect(bench.ask('traps.status').problem).toBeNull()
  })

  it('tries at once when the machine wakes', async () => {
    const bench = await createTrapsBench()
    const free = await takePort(bench.port)
    bench.traps.start()
    await bench.until(({ problem }) => problem !== null)
    await free()
    bench.traps.wake()
    await bench.until((status) => status.listening !== null)
  })

  it('is told by its command that a port is taken; what was set stays and outlives a restart', async () => {
    const bench = await createTrapsBench()
    await listening(bench)
    const other = await createTrapsBench()
    const free = await takePort(other.port)
    onTestFinished(free)
    const settings = { enabled: true, port: other.port, onlyKnownCommunities: true }
    await expect(bench.configure(settings)).rejects.toMatchObject({
      code: 'trap-port-unavailable',
      params: { port: other.port },
    })
    expect(bench.ask('traps.status')).toMatchObject({ settings, listening: null })
    await bench.traps.stop()
    const later = await createTrapsBench({ store: bench.store, simulatedPort: bench.port })
    expect(later.ask('traps.status').settings).toEqual(settings)
  })

  it('does not listen when it is off, nor before it is begun', async () => {
    const bench = await createTrapsBench()
    await bench.configure({ enabled: false, port: bench.port, onlyKnownCommunities: false })
    bench.traps.start()
    await settle()
    expect(bench.ask('traps.status')).toMatchObject({ listening: null, problem: null })
    await bench.configure({ enabled: true, port: bench.port, onlyKnownCommunities: false })
    expect(bench.ask('traps.status').listening).toEqual({ address: '127.0.0.1', port: bench.port })
    await bench.configure({ enabled: false, port: bench.port, onlyKnownCommunities: false })
    expect(bench.ask('traps.status')).toMatchObject({ listening: null, problem: null })
    const idle = await createTrapsBench()
    await idle.configure({ enabled: true, port: idle.port, onlyKnownCommunities: false })
    expect(idle.ask('traps.status').listening).toBeNull()
  })

  it('refuses communities that no OLT is read by, once it is told to', async () => {
    const bench = await createTrapsBench()
    bench.olts.push(oltOf(1, '127.0.0.1', { access: () => communityAccess('s3cret') }))
    await listening(bench)
    await bench.configure({ enabled: true, port: bench.port, onlyKnownCommunities: true })
    await bench.send(trapDatagram(coldStart))
    await bench.until(({ stats }) => stats.refused.length > 0)
    expect(bench.ask('traps.status').stats).toMatchObject({
      accepted: 0,
      refused: [{ why: 'wrong-community', count: 1 }],
    })
    bench.olts[0] = oltOf(1, '127.0.0.1', { version: 2 })
    bench.clock.advance(1000)
    await bench.send(trapDatagram(coldStart))
    await accepted(bench, 1)
    expect(bench.ask('traps.status').stats.received).toBe(2)
  })

  it('lets no secret out, in an answer, an event or a log', async () => {
    const bench = await createTrapsBench()
    const user = userOf('sha256', 'aes128')
    bench.olts.push(
      oltOf(1, '127.0.0.1', { access: () => communityAccess('s3cret') }),
      oltOf(2, '127.0.0.2', { access: () => ({ version: '3', user: copyOf(user) }) }),
      oltOf(3, '127.0.0.3', {
        access: () => {
          throw new NocturneError('secret-unreadable')
        },
      }),
    )
    await listening(bench)
    await bench.send(trapDatagram(unknownTrap))
    await accepted(bench, 1)
    bench.clock.advance(2000)
    const everything = JSON.stringify([
      bench.ask('traps.status'),
      bench.ask('traps.recent'),
      bench.ask('traps.unknown'),
      bench.events,
      bench.logged,
      bench.store.reader.prepare('SELECT * FROM setting').all(),
      auditTrail(bench.store),
    ])
    expect(everything).toContain(unknownTrap)
    for (const secret of ['s3cret', 'signing', 'hiding']) expect(everything).not.toContain(secret)
  })
})

describe('a trap', () => {
  const zteOlt = (number: number, host: string, more = {}) =>
    oltOf(number, host, { familyId: 'zte-c300-gpon', ...more })
  const offline = trapDatagram(zteOffline, [
    [`${zteName}.285278465.7`, { type: 'octets', value: Buffer.from('Rumah 7') }],
  ])

  it('leads to a look at the ONU that it names, by the family of the OLT', async () => {
    const bench = await createTrapsBench({}, () => families)
    bench.olts.push(zteOlt(1, '127.0.0.1'))
    await listening(bench)
    await bench.send(offline)
    await accepted(bench, 1)
    bench.clock.advance(250)
    expect(bench.looks).toEqual([
      {
        oltId: bench.olts[0]?.oltId,
        looks: [{ kind: 'onu', pon: { shelf: 1, slot: 1, port: 1 }, onuId: 7 }],
      },
    ])
    expect(bench.ask('traps.recent').news).toMatchObject([
      {
        oltName: 'OLT 1',
        source: '127.0.0.1',
        count: 1,
        meanings: ['onu-offline'],
        looks: [{ kind: 'onu', address: { shelf: 1, slot: 1, port: 1, onuId: 7 } }],
        unproven: true,
      },
    ])
    expect(bench.ask('traps.recent', { oltId: oltOf(9, '').oltId }).news).toEqual([])
  })

  it('is matched by another family once the OLT is recognised anew', async () => {
    let known = families
    const bench = await createTrapsBench({}, () => known)
    bench.olts.push(oltOf(1, '127.0.0.1'))
    await listening(bench)
    await bench.send(offline)
    await accepted(bench, 1)
    expect(bench.ask('traps.unknown').traps).toMatchObject([
      { trapOid: zteOffline, oltName: 'OLT 1' },
    ])
    bench.olts[0] = zteOlt(1, '127.0.0.1')
    bench.clock.advance(1000)
    await bench.send(offline)
    await accepted(bench, 2)
    bench.clock.advance(250)
    expect(bench.looks).toHaveLength(1)
    // A profile of the owner's that changed: the same name, other rules.
    known = families.map((one) => (one.family === 'zte-c300-gpon' ? { ...one, traps: [] } : one))
    bench.clock.advance(1000)
    await bench.send(offline)
    await accepted(bench, 3)
    bench.clock.advance(250)
    expect(bench.looks).toHaveLength(1)
  })

  it('of a stranger is kept readable and leads nowhere', async () => {
    const bench = await createTrapsBench({}, () => families)
    bench.olts.push(zteOlt(1, '127.0.0.2'))
    await listening(bench)
    await bench.send(
      trapDatagram(zteOffline, [
        ['1.3.6.1.4.1.9.1', { type: 'octets', value: Buffer.from('a\tb\r\nc') }],
        ['1.3.6.1.4.1.9.2', { type: 'octets', value: Buffer.from('\u001b[31mred') }],
      ]),
    )
    await accepted(bench, 1)
    bench.clock.advance(1000)
    expect(bench.looks).toEqual([])
    expect(bench.ask('traps.unknown').traps).toMatchObject([
      {
        source: '127.0.0.1',
        oltId: null,
        oltName: null,
        varbinds: [{ text: 'a␉b␍␊c' }, { text: '1b 5b 33 31 6d 72 65 64' }],
      },
    ])
    expect(bench.ask('traps.status').stats).toMatchObject({ fromStrangers: 1, ofSeveral: 0 })
  })

  it('of one of several OLTs behind an address is taken for nobody’s, and says so', async () => {
    const bench = await createTrapsBench({}, () => families)
    bench.olts.push(zteOlt(1, '127.0.0.1', { port: 1161 }), zteOlt(2, '127.0.0.1', { port: 1162 }))
    await listening(bench)
    await bench.send(offline)
    await accepted(bench, 1)
    bench.clock.advance(1000)
    expect(bench.looks).toEqual([])
    expect(bench.ask('traps.unknown').traps).toMatchObject([{ oltId: null, ofSeveral: 2 }])
    expect(bench.ask('traps.status').stats).toMatchObject({ fromStrangers: 0, ofSeveral: 1 })
    const other = { port: 1162, access: () => communityAccess('private'), version: 2 }
    bench.olts[1] = zteOlt(2, '127.0.0.1', other)
    bench.clock.advance(1000)
    await bench.send(offline)
    await accepted(bench, 2)
    bench.clock.advance(250)
    expect(bench.looks.map(({ oltId }) => oltId)).toEqual([bench.olts[0]?.oltId])
  })

  it('comes from an OLT that is entered by name, also after its address has changed', async () => {
    let address = '127.0.0.9'
    const asked: string[] = []
    const bench = await createTrapsBench(
      {
        resolve: (host) => {
          asked.push(host)
          return Promise.resolve([address])
        },
      },
      () => families,
    )
    bench.olts.push(zteOlt(1, 'olt.example'))
    await listening(bench)
    await settle()
    bench.clock.advance(1000)
    expect(asked).toEqual(['olt.example'])
    await bench.send(offline)
    await accepted(bench, 1)
    expect(bench.ask('traps.status').stats.fromStrangers).toBe(1)
    address = '127.0.0.1'
    await runFor(bench.clock, 620_000, 5_000)
    expect(asked).toHaveLength(2)
    await bench.send(offline)
    await accepted(bench, 2)
    bench.clock.advance(250)
    expect(bench.looks).toHaveLength(1)
  })

  it('goes with its OLT when that is removed', async () => {
    const bench = await createTrapsBench({}, () => families)
    bench.olts.push(zteOlt(1, '127.0.0.1'))
    await listening(bench)
    await bench.send(offline)
    await accepted(bench, 1)
    bench.clock.advance(250)
    expect(bench.ask('traps.recent').news).toHaveLength(1)
    bench.olts.pop()
    bench.clock.advance(1000)
    expect(bench.ask('traps.recent').news).toEqual([])
  })
})

describe('events of traps', () => {
  it('come at most once a second, and none when nothing came', async () => {
    const bench = await createTrapsBench()
    await listening(bench)
    bench.clock.advance(1000)
    const before = bench.events.length
    for (let n = 0; n < 20; n++) await bench.send(trapDatagram(unknownTrap))
    await accepted(bench, 20)
    bench.clock.advance(999)
    bench.clock.advance(1)
    bench.clock.advance(5000)
    expect(bench.events.slice(before)).toEqual([
      { received: 20, dropped: 0, at: expect.any(Number) },
    ])
  })
})

describe('our SNMPv3 engine', () => {
  const engineOf = (bench: TrapsBench) => createTrapReads(bench.store.reader).engine()

  it('keeps its id, and has booted once more with every start', async () => {
    const bench = await createTrapsBench()
    await listening(bench)
    const first = engineOf(bench)
    expect(first.boots).toBe(1)
    expect(bench.ask('traps.status').engineId).toBe(first.id.toString('hex'))
    await bench.configure({ enabled: true, port: bench.port, onlyKnownCommunities: true })
    expect(engineOf(bench)).toEqual(first)
    await bench.traps.stop()
    const again = await createTrapsBench({ store: bench.store })
    await listening(again)
    expect(engineOf(again)).toEqual({ id: first.id, boots: 2 })
    expect(countOf(bench.store, 'audit')).toBeGreaterThanOrEqual(3)
  })

  it('has booted once more after a sleep, in which its clock stood still', async () => {
    const bench = await createTrapsBench()
    await listening(bench)
    bench.traps.wake()
    await settle()
    expect(engineOf(bench).boots).toBe(2)
    expect(bench.ask('traps.status').listening).not.toBeNull()
  })

  const title = 'with Debian’s snmpinform'
  describe.skipIf(toolsMissing !== null)(
    toolsMissing === null ? title : `${title} (skipped: ${toolsMissing})`,
    () => {
      const user = userOf('sha256', 'aes128')
      const inform = (bench: TrapsBench, sender: SnmpUser) =>
        runTool('snmpinform', [...asUser(sender), `127.0.0.1:${bench.port}`, '', coldStart])
      const v3Olt = (number: number, host: string, as: SnmpUser) =>
        oltOf(number, host, { access: () => ({ version: '3', user: copyOf(as) }) })

      it('refuses a user that no OLT is read as, and takes it when one is', async () => {
        const bench = await createTrapsBench()
        await listening(bench)
        expect((await inform(bench, user)).code).not.toBe(0)
        bench.olts.push(v3Olt(1, '127.0.0.1', user))
        bench.clock.advance(1000)
        expect((await inform(bench, user)).code).toBe(0)
        bench.olts.pop()
        bench.clock.advance(1000)
        expect((await inform(bench, user)).code).not.toBe(0)
      })

      it('tells OLTs behind one address by their users, and users of one name by their secrets', async () => {
        const bench = await createTrapsBench()
        const secretOf = (secret: string): SnmpUser => ({
          name: 'console',
          auth: { protocol: 'sha256', secret: Buffer.from(`signing ${secret}`) },
          priv: { protocol: 'aes128', secret: Buffer.from(`hiding ${secret}`) },
        })
        bench.olts.push(
          v3Olt(1, '127.0.0.1', secretOf('one')),
          v3Olt(2, '127.0.0.1', secretOf('two')),
        )
        await listening(bench)
        expect((await inform(bench, secretOf('two'))).code).toBe(0)
        bench.clock.advance(250)
        expect(bench.looks).toMatchObject([{ oltId: bench.olts[1]?.oltId }])
        expect((await inform(bench, secretOf('three'))).code).not.toBe(0)
      })

      it('acknowledges informs to the same engine after a restart and after a sleep', async () => {
        const bench = await createTrapsBench()
        bench.olts.push(v3Olt(1, '127.0.0.1', user))
        await listening(bench)
        expect((await inform(bench, user)).code).toBe(0)
        bench.traps.wake()
        await settle()
        expect((await inform(bench, user)).code).toBe(0)
        await bench.traps.stop()
        const again = await createTrapsBench({ store: bench.store, simulatedPort: bench.port })
        again.olts.push(...bench.olts)
        await listening(again)
        expect((await inform(again, user)).code).toBe(0)
        expect(again.ask('traps.status').engineId).toBe(bench.ask('traps.status').engineId)
      })
    },
  )
})
