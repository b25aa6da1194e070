import { randomBytes, randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { CallInput, Output, QueryName } from '../../src-shared/contract/index.ts'
import { formatOnu, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { systemClock } from '../../src-main/engine/clock.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import { silentLog } from '../../src-main/engine/log.ts'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import { startPlantWorker } from '../../src-main/simulator/start-plant-worker.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { root } from './plant.ts'
import type { SearchedOnu } from './search-queries.ts'

/** The engine in this thread, reading the plant that runs in another one. */
export interface SearchEngine {
  readonly onus: readonly SearchedOnu[]
  readonly ask: <Name extends QueryName>(
    name: Name,
    input: CallInput<Name>,
  ) => Promise<Output<Name>>
}

const client = 1
const patienceMs = 600_000

export const startSearchEngine = async (
  stack: AsyncDisposableStack,
  scenario = 'bench.yaml',
): Promise<SearchEngine> => {
  const folder = mkdtempSync(join(tmpdir(), 'nocturne-bench-search-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  const plant = await startPlantWorker({
    scenarioPath: join(root, 'assets', 'scenarios', scenario),
  })
  stack.defer(() => plant.stop())
  const newId = createUuidV7Source({ now: Date.now, randomBytes })
  let readFully = false
  const engine = createEngine({
    workspaceDir: join(folder, 'workspace'),
    mode: 'simulated',
    clock: systemClock,
    random: () => randomInt(2 ** 32) / 2 ** 32,
    newId,
    log: silentLog,
    host: { name: 'terminal', version: '0', appVersion: '0' },
    keychain: memoryKeychain(),
    families: loadFamilies(join(root, 'assets', 'olt-families')),
    simulatedOlts: plant.olts.map(({ oltName, host, port, community }) => ({
      name: oltName,
      host,
      port,
      community,
    })),
    simulatedOutside: plant.outside,
    send: (clientId, { seq }) => void engine.call({ clientId, channel: '$ack', input: seq }),
    switchTo: () => undefined,
    onFirstFullPoll: () => {
      readFully = true
    },
  })
  stack.defer(() => engine.stop())
  await engine.start()
  engine.addClient(client)

  const ask: SearchEngine['ask'] = async (name, input) => {
    const answer = await engine.call({ clientId: client, channel: name, input })
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code}`)
    return answer.value as Output<typeof name>
  }

  const until = async (what: string, isSo: () => boolean | Promise<boolean>): Promise<void> => {
    const end = performance.now() + patienceMs
    while (!(await isSo())) {
      if (performance.now() > end) throw new Error(`${what}: not within ${patienceMs} ms`)
      await wait(1_000)
    }
  }

  await until('every OLT read', () => readFully)
  const onus: SearchedOnu[] = []
  for (const { oltName } of plant.olts) {
    const { addresses, streetAddresses } = await plant.outside(oltName)
    const { olts } = await ask('network.olts', {})
    const oltId = olts.find(({ name }) => name === oltName)!.id
    const streets = new Map(Array.from(addresses, (each, at) => [each, streetAddresses[at]!]))
    const viewId = newId()
    await ask('network.openView', { viewId, filter: { oltIds: [oltId] }, sort: {}, limit: 1 })
    for (let offset = 0; offset < addresses.length; offset += 500) {
      const page = await ask('network.viewPage', { viewId, offset, limit: 500 })
      for (const onu of page.onus) {
        const { shelf, slot, port, onuId } = onu.address
        const packed = ((shelf * 64 + slot) * 256 + port) * 1024 + onuId
        onus.push({
          serial: onu.serial ?? '',
          name: onu.name ?? '',
          streetAddress: streets.get(packed) ?? '',
          oltName,
          address: formatOnu(unpackOnuAddress(packed)),
        })
      }
    }
    await ask('network.closeView', { viewId })
  }
  const last = onus.findLast(({ streetAddress }) => streetAddress !== '')!
  await until('the outside plant in the index', async () => {
    const { hits } = await ask('search.find', {
      text: `${last.serial} ${last.streetAddress}`,
      scopes: ['onus'],
    })
    return hits.length > 0
  })
  return { onus, ask }
}
