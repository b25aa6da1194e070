import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { Output, QueryName } from '../../src-shared/contract/index.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { systemClock } from '../../src-main/engine/clock.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import { silentLog } from '../../src-main/engine/log.ts'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import { createPlant } from '../../src-main/simulator/plant.ts'
import { checkScenario } from '../../src-main/simulator/scenario-load.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { freePort } from '../olt-snmp/support/v3-snmpd.ts'
import { smallScenario } from '../support/simulated-plant.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

it('the plant’s OLTs share an address and are told apart: what goes dark is seen at once', async () => {
  const trapPort = await freePort()
  const plant = createPlant({
    scenario: checkScenario(smallScenario()),
    clock: { now: Date.now },
    trapTarget: { host: '127.0.0.1', port: trapPort },
  })
  const addresses = await plant.start()
  const polled = Promise.withResolvers<unknown>()
  const engine = createEngine({
    workspaceDir: join(temporaryFolder(), 'workspace'),
    mode: 'simulated',
    clock: systemClock,
    random: () => 0.5,
    newId: createUuidV7Source({ now: Date.now, randomBytes }),
    log: silentLog,
    host: { name: 'terminal', version: '0', appVersion: '0' },
    keychain: memoryKeychain(),
    families: loadFamilies(join(import.meta.dirname, '../../assets/olt-families')),
    simulatedOlts: addresses.map(({ oltName, host, port, community }) => ({
      name: oltName,
      host,
      port,
      community,
    })),
    trapPort,
    send: () => {},
    switchTo: () => {},
    onFirstFullPoll: polled.resolve,
  })
  onTestFinished(async () => {
    await engine.stop()
    await plant.stop()
  })
  await engine.start()
  engine.addClient(1)
  await polled.promise
  const until = async <Name extends QueryName>(
    channel: Name,
    reached: (value: Output<Name>) => boolean,
  ): Promise<Output<Name>> => {
    const end = performance.now() + 20_000
    for (;;) {
      const reply = await engine.call({ clientId: 1, channel, input: {} })
      const value = reply.ok ? (reply.value as Output<Name>) : null
      if (value !== null && reached(value)) return value
      if (performance.now() > end) throw new Error(`not reached: ${JSON.stringify(reply)}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  expect(await until('traps.status', ({ listening }) => listening !== null)).toMatchObject({
    listening: { address: '127.0.0.1', port: trapPort },
    settings: { enabled: true, port: trapPort },
    redirectLine: null,
  })
  const onlineOf = ({ olts }: Output<'network.olts'>, name: string): number | undefined =>
    olts.find((olt) => olt.name === name)?.counts.online

  // Five ONUs go dark on each; a status round would come a minute later.
  plant.control({ kind: 'cut-pon', olt: 'HW', pon: '0/1/3' })
  plant.control({ kind: 'cut-pon', olt: 'ZT', pon: '1/2/2' })
  await until('network.olts', (value) => onlineOf(value, 'HW') === 6 && onlineOf(value, 'ZT') === 6)
  const { news } = await until('traps.recent', (value) => value.news.length >= 2)
  expect(news.map(({ oltName }) => oltName).toSorted()).toEqual(['HW', 'ZT'])
  expect(news.find(({ oltName }) => oltName === 'ZT')).toMatchObject({
    count: 5,
    meanings: ['onu-offline'],
    looks: [{ kind: 'pon', pon: { shelf: 1, slot: 2, port: 2 } }],
  })
  const { stats } = await until('traps.status', () => true)
  expect(stats).toMatchObject({ fromStrangers: 0, ofSeveral: 0, unknown: 0 })
})
