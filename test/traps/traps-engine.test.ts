import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Envelope } from '../../src-shared/contract/envelope.ts'
import type { Output, QueryName } from '../../src-shared/contract/index.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { systemClock } from '../../src-main/engine/clock.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import type { Engine } from '../../src-main/engine/engine-options.ts'
import { createLog } from '../../src-main/engine/log.ts'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import { createPlant, type Plant } from '../../src-main/simulator/plant.ts'
import { checkScenario } from '../../src-main/simulator/scenario-load.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { freePort, userOf } from '../olt-snmp/support/v3-snmpd.ts'
import { smallScenario } from '../support/simulated-plant.ts'
import { asUser, runTool, toolsMissing } from './support/net-snmp-tools.ts'

/**
 * The whole engine, real time, and real datagrams: OLTs of the simulated plant on loopback addresses
 * of their own, traps by Debian's tools from those addresses. Statuses are read once a minute, so
 * what is seen within seconds was seen because of a trap.
 */
const root = join(import.meta.dirname, '../..')
const newId = createUuidV7Source({ now: Date.now, randomBytes })
const password = 'correct horse battery'
const user = userOf('sha256', 'aes128')
const onuOffline = '1.3.6.1.4.1.3902.1082.500.10.3.1.9'
const onuName = '1.3.6.1.4.1.3902.1082.500.10.2.3.3.1.2'
const zteHost = '127.0.0.3'

const oneOf = (name: string): unknown => {
  const scenario = smallScenario() as { olts: { name: string }[] }
  return { ...scenario, olts: scenario.olts.filter((olt) => olt.name === name) }
}

const valueOf = <Value>(reply: Envelope): Value => {
  if (!reply.ok) throw new Error(`${reply.error.code} ${JSON.stringify(reply.error.params)}`)
  return reply.value as Value
}

const start = async (dir: string, keychain: ReturnType<typeof memoryKeychain>, port: number) => {
  const lines: string[] = []
  const engine: Engine = createEngine({
    workspaceDir: dir,
    mode: 'own',
    clock: systemClock,
    random: () => 0.5,
    newId,
    log: createLog({ write: (line) => lines.push(line), level: 'debug' }),
    host: { name: 'terminal', version: '0', appVersion: '0' },
    keychain,
    families: loadFamilies(join(root, 'assets/olt-families')),
    trapPort: port,
    send: (clientId, batch) => {
      void engine.call({ clientId, channel: '$ack', input: batch.seq })
    },
    switchTo: () => {},
  })
  engine.addClient(1)
  await engine.start()
  const ask = async <Name extends QueryName>(
    channel: Name,
    input: unknown = {},
  ): Promise<Output<Name>> => valueOf(await engine.call({ clientId: 1, channel, input }))
  return {
    engine,
    lines,
    ask,
    command: (channel: string, input: unknown = {}) =>
      engine.call({ clientId: 1, channel, input: { commandId: newId(), input } }),
    /** Real time; what is waited for comes by a trap or not at all. */
    until: async <Name extends QueryName>(
      channel: Name,
      input: unknown,
      reached: (value: Output<Name>) => boolean,
    ): Promise<Output<Name>> => {
      const end = performance.now() + 20_000
      for (;;) {
        const value = await ask(channel, input)
        if (reached(value)) return value
        if (performance.now() > end) throw new Error(`not reached: ${JSON.stringify(value)}`)
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    },
  }
}

const title = 'traps through the engine'
describe.skipIf(toolsMissing !== null)(
  toolsMissing === null ? title : `${title} (skipped: ${toolsMissing})`,
  { timeout: 120_000 },
  () => {
    const plants: Plant[] = []
    let folder = ''
    let dir = ''
    const keychain = memoryKeychain()
    let port = 0
    let running: Awaited<ReturnType<typeof start>>
    const oltIds: Record<string, string> = {}

    const addOlt = async (name: string, input: object): Promise<void> => {
      const reply = await running.command('network.addOlt', { name, ...input })
      oltIds[name] = valueOf<{ oltId: string }>(reply).oltId
    }
    const v3Access = {
      snmpVersion: '3',
      userName: user.name,
      authAlgorithm: 'sha256',
      authPassword: user.auth?.secret.toString(),
      privAlgorithm: 'aes128',
      privPassword: user.priv?.secret.toString(),
    }
    const target = (): string => `127.0.0.1:${port}`
    const from = (host: string): readonly string[] => [`--clientaddr=${host}`]
    const zteTrap = (host: string, community = 'lab-read', onuId = 2) =>
      runTool('snmptrap', [
        ...from(host),
        '-v',
        '2c',
        '-c',
        community,
        target(),
        '',
        onuOffline,
        `${onuName}.285278465.${onuId}`,
        's',
        'Rumah 2',
      ])

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'nocturne-test-'))
      dir = join(folder, 'workspace')
      port = await freePort()
      running = await start(dir, keychain, port)
      valueOf(await running.command('workspace.create', { ownerName: 'Nadia', password }))
      for (const [name, bindHost] of [
        ['HW', '127.0.0.2'],
        ['ZT', zteHost],
      ] as const) {
        const plant = createPlant({
          scenario: checkScenario(oneOf(name)),
          clock: { now: Date.now },
          bindHost,
        })
        plants.push(plant)
        const [address] = await plant.start()
        await addOlt(name, { host: bindHost, port: address?.port, community: 'lab-read' })
      }
      await running.until('network.olts', {}, ({ olts }) =>
        olts.every(({ ages }) => ages.status !== null),
      )
      for (const [name, host] of [
        ['HW', '127.0.0.2'],
        ['ZT', zteHost],
      ] as const) {
        // Who may send is looked at once a second.
        for (let known = false; !known;) {
          const words = ['-v', '2c', '-c', 'lab-read', target(), '', '1.3.6.1.4.1.9999.1']
          await runTool('snmpinform', [...from(host), ...words])
          const { traps } = await running.ask('traps.unknown')
          known = traps.some(({ oltName }) => oltName === name)
        }
      }
      // Nobody answers there; its user is known all the same.
      await addOlt('V3', { host: '127.0.0.9', port: 1, ...v3Access })
    }, 120_000)
    afterAll(async () => {
      await running.engine.stop()
      await Promise.all(plants.map((plant) => plant.stop()))
      rmSync(folder, { recursive: true, force: true })
    })

    it('of a stranger are listed with what they carry, and lead nowhere', async () => {
      await zteTrap('127.0.0.77')
      const { traps } = await running.until('traps.unknown', {}, (value) =>
        value.traps.some(({ source }) => source === '127.0.0.77'),
      )
      expect(traps[0]).toMatchObject({
        source: '127.0.0.77',
        oltId: null,
        trapOid: onuOffline,
        varbinds: [{ oid: `${onuName}.285278465.2`, text: 'Rumah 2' }],
      })
      const { news } = await running.ask('traps.recent')
      expect(news.map(({ source }) => source)).not.toContain('127.0.0.77')
    })

    it('of an OLT lead to its ONU at once, long before its turn', async () => {
      const [, plant] = plants
      const name = plant?.truth('ZT').onus.find(({ onu }) => onu.startsWith('1/1/1:'))?.onu ?? ''
      const onuId = Number(name.split(':')[1])
      const address = { shelf: 1, slot: 1, port: 1, onuId }
      const onu = { oltId: oltIds['ZT'], address }
      expect((await running.ask('network.onu', onu)).onu.state).toBe('online')
      plant?.control({ kind: 'cut-drop', olt: 'ZT', which: { onus: [name] } })
      await zteTrap(zteHost, 'lab-read', onuId)
      await running.until('network.onu', onu, (value) => value.onu.state !== 'online')
      const { news } = await running.ask('traps.recent', { oltId: oltIds['ZT'] })
      expect(news[0]).toMatchObject({
        source: zteHost,
        oltName: 'ZT',
        meanings: ['onu-offline'],
        looks: [{ kind: 'onu', address }],
      })
    })

    it('that no family knows are listed with their OLT', async () => {
      const words = ['1.3.6.1.4.1.9999.7', '10.1.2.3', '6', '42', '4711']
      const as = ['-v', '1', '-c', 'x', target()]
      await runTool('snmptrap', [...from('127.0.0.2'), ...as, ...words])
      const { traps } = await running.until('traps.unknown', {}, (value) =>
        value.traps.some(({ version }) => version === '1'),
      )
      expect(traps[0]).toMatchObject({
        oltName: 'HW',
        version: '1',
        trapOid: '1.3.6.1.4.1.9999.7.0.42',
        agentAddress: '10.1.2.3',
      })
    })

    it('as informs of version 2c are acknowledged', async () => {
      const words = ['-v', '2c', '-c', 'lab-read', target(), '', '1.3.6.1.6.3.1.1.5.1']
      expect((await runTool('snmpinform', [...from(zteHost), ...words])).code).toBe(0)
    })

    it('of a wrong community are refused once that is asked for, and counted', async () => {
      const settings = { enabled: true, port, onlyKnownCommunities: true }
      valueOf(await running.command('traps.configure', settings))
      await zteTrap(zteHost, 'public')
      const { stats } = await running.until(
        'traps.status',
        {},
        ({ stats: { received } }) => received > 0,
      )
      expect(stats).toMatchObject({
        accepted: 0,
        refused: [{ why: 'wrong-community', count: 1 }],
      })
      await zteTrap(zteHost)
      await running.until('traps.status', {}, ({ stats: { accepted } }) => accepted === 1)
    })

    it('need a port: one that is taken is shown, and had once it is free', async () => {
      const socket = createSocket('udp4')
      const taken = await freePort()
      socket.bind(taken, '127.0.0.1')
      await once(socket, 'listening')
      const settings = { enabled: true, port: taken, onlyKnownCommunities: false }
      expect(await running.command('traps.configure', settings)).toMatchObject({
        ok: false,
        error: { code: 'trap-port-unavailable', params: { port: taken } },
      })
      expect(await running.ask('traps.status')).toMatchObject({
        settings,
        listening: null,
        problem: { code: 'trap-port-unavailable' },
      })
      socket.close()
      await once(socket, 'close')
      running.engine.wake()
      await running.until('traps.status', {}, ({ listening }) => listening?.port === taken)
      valueOf(await running.command('traps.configure', { ...settings, port }))
    })

    it('that flood are dropped and counted, and looked at no more often than the OLT bears', async () => {
      const before = await running.ask('network.oltCare', { oltId: oltIds['HW'] })
      const script = fileURLToPath(new URL('support/flood-child.ts', import.meta.url))
      const child = spawn(process.execPath, [script, String(port), '20000', '10000', '127.0.0.2'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      child.stdout.resume()
      let answered = 0
      const end = once(child, 'close')
      while (child.exitCode === null) {
        await running.ask('network.summary')
        answered++
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      await end
      expect(answered).toBeGreaterThan(20)
      const { stats } = await running.ask('traps.status')
      expect(stats.dropped).toBeGreaterThan(stats.received / 2)
      expect(stats.loudest).toMatchObject([{ address: '127.0.0.2' }])
      const after = await running.ask('network.oltCare', { oltId: oltIds['HW'] })
      expect(after.looksMade - before.looksMade).toBeLessThan(20)
      expect(after.looksWaiting).toBeLessThan(10)
    })

    it('of version 3 find the same engine after a restart of ours', async () => {
      const inform = () =>
        runTool(
          'snmpinform',
          from('127.0.0.9').concat(asUser(user), target(), '', '1.3.6.1.6.3.1.1.5.1'),
        )
      expect((await inform()).code).toBe(0)
      const { engineId } = await running.ask('traps.status')
      await running.engine.stop()
      const first = running.lines
      running = await start(dir, keychain, port)
      valueOf(await running.command('access.signIn', { name: 'nadia', password }))
      await running.until('traps.status', {}, ({ listening }) => listening !== null)
      expect((await running.ask('traps.status')).engineId).toBe(engineId)
      expect((await inform()).code).toBe(0)
      expect(await running.ask('audit.verify')).toMatchObject({ ok: true })
      const everything = [...first, ...running.lines].join('\n')
      for (const secret of ['lab-read', 'signing', 'hiding']) {
        expect(everything).not.toContain(secret)
      }
    })
  },
)
