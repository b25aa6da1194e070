import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import type { Output, QueryName, CallInput } from '../../src-shared/contract/index.ts'
import { systemClock } from '../../src-main/engine/clock.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import { silentLog } from '../../src-main/engine/log.ts'
import { createPlant } from '../../src-main/simulator/plant.ts'
import { loadScenario } from '../../src-main/simulator/scenario-load.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { plantStartMs } from '../support/simulated-plant.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

const scenario = loadScenario(join(import.meta.dirname, '../../assets/scenarios/demo.yaml'))

const openSimulated = async (names: readonly string[]) => {
  const plant = createPlant({ scenario, clock: { now: () => plantStartMs } })
  const engine = createEngine({
    workspaceDir: join(temporaryFolder(), 'workspace'),
    mode: 'simulated',
    clock: systemClock,
    random: () => 0.5,
    newId: createUuidV7Source({ now: Date.now, randomBytes }),
    log: silentLog,
    host: { name: 'terminal', version: '0', appVersion: '0' },
    keychain: memoryKeychain(),
    families: [],
    polling: false,
    simulatedOlts: names.map((name, n) => ({
      name,
      host: '127.0.0.1',
      port: 40_001 + n,
      community: 'lab-read',
    })),
    simulatedOutside: async (name) => plant.outside(name),
    send: () => {},
    switchTo: () => {},
  })
  onTestFinished(() => engine.stop())
  await engine.start()
  engine.addClient(1)
  const ask = async <Name extends QueryName>(
    channel: Name,
    input: CallInput<Name>,
  ): Promise<Output<Name>> => {
    const reply = await engine.call({ clientId: 1, channel, input })
    if (!reply.ok) throw new Error(reply.error.code)
    return reply.value as Output<Name>
  }
  const filled = async (nodes: number) => {
    for (let turn = 0; turn < 10_000; turn++) {
      const top = await ask('plant.nodes', {})
      if (top.all >= nodes) return top
      await new Promise((resolve) => setImmediate(resolve))
    }
    throw new Error('the plant was not filled in')
  }
  return { plant, ask, filled }
}

describe('the outside plant of a simulated workspace', () => {
  it('is filled in by itself: a zone where the OLT stands, cabinets, splitters, boxes, ONUs', async () => {
    const { plant, ask, filled } = await openSimulated(['KARANG-01', 'MELATI-02'])
    const expected = ['KARANG-01', 'MELATI-02'].map((name) => plant.outside(name))
    const top = await filled(expected.reduce((sum, { nodes }) => sum + nodes.length, 0))
    expect(top.nodes.map(({ name, kind }) => [name, kind])).toEqual([
      ['Karang Laut, Gardu Utara', 'zone'],
      ['Pasar Melati, ruko 4', 'zone'],
    ])
    const karang = top.nodes[0]!
    expect(karang.onus).toBe(expected[0]!.addresses.length)
    // Nothing has been read yet.
    expect(karang.unknown).toBe(karang.onus)
    const cabinets = await ask('plant.nodes', { parentId: karang.id })
    expect(cabinets.nodes.length).toBe(11)
    const [cabinet] = cabinets.nodes
    const detail = await ask('plant.node', { id: cabinet!.id })
    expect(detail.pons).toMatchObject([{ oltName: 'KARANG-01', pon: cabinet!.pon!.pon, onus: 64 }])
    expect(detail.fedBy).toMatchObject({ nodeId: cabinet!.id, pon: { shelf: 0, slot: 1, port: 0 } })
    const places = await ask('plant.oltPlaces', {})
    expect(places.olts.every(({ coordinates }) => coordinates !== null)).toBe(true)
  })

  it('shows where boxes were hung that the splitter has no port for', async () => {
    const { plant, ask, filled } = await openSimulated(['KARANG-01'])
    await filled(plant.outside('KARANG-01').nodes.length)
    const { nodes } = await ask('plant.nodes', { onlyExceeded: true })
    expect(nodes.map(({ path, name, used, capacity }) => [path, name, used, capacity])).toEqual([
      ['Karang Laut, Gardu Utara › ODC KARANG-01/06', 'SP 1:4', 5, 4],
    ])
  })
})
