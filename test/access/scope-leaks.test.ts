import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { commands, queries } from '../../src-shared/contract/index.ts'
import type { CommandDefinition, QueryDefinition } from '../../src-shared/contract/define.ts'
import { oltOfNamedOnu, type ScopedKind } from '../../src-shared/domain/scope.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { allPermissions } from '../../src-main/access/roles.ts'
import { createEngine, type Engine } from '../../src-main/engine/engine.ts'
import { silentLog } from '../../src-main/engine/log.ts'
import { scopeRuleOf } from '../../src-main/engine/reach.ts'
import { createSessions } from '../../src-main/engine/sessions.ts'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import { checkScenario } from '../../src-main/simulator/scenario-load.ts'
import { createPlant, type Plant } from '../../src-main/simulator/plant.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { createInputs } from '../hardening/inputs-of.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { plantStartMs } from '../support/simulated-plant.ts'
import { someSession } from '../support/some-session.ts'

/**
 * The whole engine on a plant of two OLTs, each in a region of its own, with something of every kind
 * on both. Whoever reaches the one is asked every query of the contract with inputs of all sorts:
 * nothing of the other comes back, by no answer and no event, and no command touches it.
 */

const [ownOlt, foreignOlt] = ['UTARA-01', 'SELATAN-02']
const onus = [0, 1, 2, 3, 4, 5]
const olt = (name: string, family: string, model: string, at: string) => ({
  name,
  family,
  model,
  pons: [{ at, onus: onus.length }],
  unconfigured: [{ pon: at, count: 1 }],
  population: { offlineShare: 0, disabledShare: 0, flappingShare: 0, dailyOutageShare: 0 },
})
const scenario = checkScenario({
  name: 'two-regions',
  seed: 6,
  community: 'lab-read',
  olts: [
    olt(ownOlt, 'huawei-smartax', 'MA5608T', '0/1/3'),
    olt(foreignOlt, 'zte-c300', 'C320', '1/2/2'),
  ],
})
const ponOf = {
  [ownOlt]: { shelf: 0, slot: 1, port: 3 },
  [foreignOlt]: { shelf: 1, slot: 2, port: 2 },
}

const [atOwner, atRegion, atOwn] = [1, 2, 3]
/** Texts that stand on one side alone; each begins with the name of its side. */
const word = (side: string, what: string): string => `${side.slice(0, 5)}-${what}`

/** In memory where the system has such a folder: each refusal is a row on the disk. */
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'nocturne-scope-'))
let engine: Engine
let plant: Plant
const ids: string[] = []
/** Of the other side, by kind. */
const foreignThings = new Set<string>()
const oltIds: Record<string, string> = {}
/** What must never come to who reaches the other side. */
const foreign = new Set<string>()
const own = new Set<string>()
const told: { clientId: number; text: string }[] = []
const clock = createManualClock(plantStartMs)
const newId = createUuidV7Source({ now: clock.now, randomBytes })
const sessions = createSessions(clock)

const call = (clientId: number, channel: string, input: unknown) =>
  engine.call({ clientId, channel, input })
const must = async <Value>(channel: string, input: object, clientId = atOwner): Promise<Value> => {
  const isCommand = Object.hasOwn(commands, channel)
  const reply = await call(clientId, channel, isCommand ? { commandId: newId(), input } : input)
  if (!reply.ok) throw new Error(`${channel}: ${JSON.stringify(reply.error)}`)
  return reply.value as Value
}
const until = async (reached: () => Promise<boolean>): Promise<void> => {
  for (let turn = 0; turn < 20_000; turn++) {
    if (turn % 16 === 0) clock.advance(500)
    await new Promise((resolve) => setImmediate(resolve))
    if (turn % 64 === 0 && (await reached())) return
  }
  throw new Error('it did not come to that')
}
const textOf = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    ArrayBuffer.isView(part) ? Array.from(part as Uint8Array) : part,
  ) ?? ''
/** Each has said just now who he is. */
const stepUp = (): void => {
  for (const clientId of [atOwner, atRegion, atOwn]) {
    sessions.change(clientId, { steppedUpUntil: clock.now() + 300_000 })
  }
}
const holds = (text: string, markers: ReadonlySet<string>): string | null => {
  for (const marker of markers) if (text.includes(marker)) return marker
  return null
}

/** Something of every kind that can be made without a CLI. */
const furnish = async (side: typeof ownOlt | typeof foreignOlt, marks: Set<string>) => {
  const oltId = oltIds[side]!
  const pon = ponOf[side]!
  const east = side === ownOlt ? 110 : 111
  const onuIdAt = (at: number) => Number(plant.truth(side).onus[at]!.onu.split(':')[1])
  const address = (at: number) => ({ ...pon, onuId: onuIdAt(at) })
  const mark = (what: string): string => {
    const text = word(side, what)
    marks.add(text)
    return text
  }
  const keep = (kind: ScopedKind, id: string): string => {
    marks.add(id)
    if (marks === foreign) foreignThings.add(`${kind} ${id}`)
    ids.push(id)
    return id
  }
  const zone = await must<{ id: string }>('plant.addNode', {
    kind: 'zone',
    name: mark('zone'),
    parentId: null,
    pon: { oltId, pon },
    coordinates: { latitude: -7, longitude: east },
  })
  const box = await must<{ id: string }>('plant.addNode', {
    kind: 'odb',
    name: mark('box'),
    parentId: keep('node', zone.id),
    capacity: 8,
    coordinates: { latitude: -7.01, longitude: east + 0.01 },
  })
  await must('plant.placeOnus', {
    onus: [0, 1, 2].map((at) => ({ oltId, address: address(at) })),
    nodeId: keep('node', box.id),
  })
  await must('plant.setPlace', {
    oltId,
    address: address(0),
    nodeId: box.id,
    nodePort: 1,
    streetAddress: mark('street'),
    coordinates: { latitude: -7.02, longitude: east + 0.02 },
  })
  await must('plant.setOltCoordinates', {
    oltId,
    coordinates: { latitude: -7.03, longitude: east + 0.03 },
  })
  const window = await must<{ id: string }>('alarms.planMaintenance', {
    title: mark('window'),
    scope: { oltIds: [oltId] },
    behaviour: 'mark',
    startsAt: clock.now() + 3_600_000,
    endsAt: clock.now() + 7_200_000,
    timeZone: 'UTC',
  })
  keep('maintenance', window.id)
  await must('alarms.setImportant', {
    onus: [1, 4].map((at) => ({ oltId, address: address(at) })),
    important: true,
    label: mark('hospital'),
  })
  const preset = await must<{ presetId: string }>('provisioning.savePreset', {
    presetId: null,
    baseVersion: 0,
    preset: {
      name: mark('preset'),
      when: { oltIds: [oltId] },
      settings: { lineProfile: '12', serviceProfile: '101' },
    },
  })
  marks.add(preset.presetId)
  ids.push(preset.presetId)
  await must('provisioning.setDesired', {
    services: [{ oltId, address: address(2), serial: 'HWTC00000001' }],
    state: 'active',
    reason: mark('reason'),
  })
  plant.control({ kind: 'cut-drop', olt: side, which: { onus: [plant.truth(side).onus[1]!.onu] } })
}

beforeAll(async () => {
  plant = createPlant({ scenario, clock })
  const addresses = await plant.start()
  engine = createEngine({
    workspaceDir: join(folder, 'workspace'),
    mode: 'simulated',
    clock,
    random: () => 0.5,
    newId,
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
    sessions,
    askPerson: (_clientId, text) => Promise.resolve('kind' in text ? '' : text.expected),
    send: (clientId, { seq, events: batch }) => {
      if (batch.length > 0) told.push({ clientId, text: textOf(batch) })
      void engine.call({ clientId, channel: '$ack', input: seq })
    },
    switchTo: () => {},
  })
  engine.addClient(atOwner)
  await engine.start()
  const olts = async () =>
    (
      await must<{ olts: { id: string; name: string; ages: Record<string, number | null> }[] }>(
        'network.olts',
        {},
      )
    ).olts
  await until(async () =>
    (await olts()).every(({ ages }) => ages['status'] !== null && ages['identity'] !== null),
  )
  for (const { id, name } of await olts()) {
    oltIds[name] = id
    ids.push(id)
    const marks = name === ownOlt ? own : foreign
    for (const text of [id, name]) marks.add(text)
    if (name === foreignOlt) foreignThings.add(`olt ${id}`)
    for (const { serial } of plant.truth(name).onus) marks.add(serial)
    for (const { serial } of plant.truth(name).unconfigured) marks.add(serial)
  }
  await furnish(ownOlt, own)
  await furnish(foreignOlt, foreign)
  type Alarms = { alarms: { id: string; oltName: string | null; resource: { kind: string } }[] }
  const alarms = async () => (await must<Alarms>('alarms.list', {})).alarms
  await until(
    async () =>
      [ownOlt, foreignOlt].every((name) => {
        return alarmsNow.some((alarm) => alarm.oltName === name && alarm.resource.kind === 'onu')
      }) || ((alarmsNow = await alarms()), false),
  )
  for (const { id, oltName } of alarmsNow) {
    ids.push(id)
    if (oltName === foreignOlt) {
      foreign.add(id)
      foreignThings.add(`alarm ${id}`)
      const note = word(foreignOlt, 'note')
      foreign.add(note)
      await must('alarms.note', { which: { ids: [id] }, note })
    }
  }

  const account = async (name: string): Promise<string> => {
    const made = await must<{ accountId: string }>('access.createAccount', {
      name,
      login: name,
      roleId: 'administrator',
    })
    return made.accountId
  }
  const { regionId } = await must<{ regionId: string }>('access.saveRegion', {
    regionId: null,
    baseVersion: 0,
    name: 'North',
    oltIds: [oltIds[ownOlt]],
  })
  for (const [clientId, name, scope] of [
    [atRegion, 'Rini', { kind: 'regions', regionIds: [regionId] }],
    [atOwn, 'Oka', { kind: 'own' }],
  ] as const) {
    const accountId = await account(name)
    await must('access.setScope', { accountId, baseVersion: 1, scope })
    engine.addClient(clientId)
    sessions.start(clientId, {
      ...someSession(clock.now()),
      sessionId: newId(),
      accountId,
      name,
      login: name,
      role: 'administrator',
      isOwner: false,
      permissions: allPermissions,
      endsAt: Number.MAX_SAFE_INTEGER,
      scope: scope.kind,
    })
  }
}, 120_000)
let alarmsNow: { id: string; oltName: string | null; resource: { kind: string } }[] = []

afterAll(async () => {
  await engine?.stop()
  await plant?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Inputs that fit, of both sides: random ones seldom do. */
const usual = (): Readonly<Record<string, readonly object[]>> => {
  const address = (side: typeof ownOlt | typeof foreignOlt, at: number) => ({
    ...ponOf[side]!,
    onuId: Number(plant.truth(side).onus[at]!.onu.split(':')[1]),
  })
  const sides = [ownOlt, foreignOlt].map((side) => ({
    oltId: oltIds[side],
    address: address(side, 0),
  }))
  const olts = sides.map(({ oltId }) => ({ oltId }))
  const search = [ownOlt, foreignOlt].flatMap((side) => [
    { text: side },
    { text: plant.truth(side).onus[2]!.serial },
    { text: word(side, 'box') },
  ])
  return {
    'alarms.list': [{ filter: { search: 'ATA' } }, { filter: { list: 'history' } }],
    'network.olt': olts,
    'network.onu': sides,
    'network.openView': [
      { viewId: newId(), filter: {}, sort: {} },
      { viewId: newId(), filter: { search: 'a' }, sort: {} },
      { viewId: newId(), filter: { oltIds: [oltIds[foreignOlt]] }, sort: {} },
    ],
    'olt-cli.access': olts,
    'plant.map': [
      { west: -180, south: -80, east: 180, north: 80, zoom: 20 },
      { west: 109, south: -8, east: 111, north: -6, zoom: 4 },
    ],
    'plant.nodes': [{ search: 'box' }],
    'plant.place': sides,
    'plant.unplaced': [{ limit: 1000 }],
    'search.find': search,
  }
}

/** They take long, reach out of the process, or make keys: once is enough. */
const slow = new Set(['handover.pdf', 'network.probe', 'network.oltInterfaces', 'backups.settings'])
/** Asked of an OLT over the network, which waits for the clock. */
const untouched = new Set(['network.probe', 'network.oltInterfaces', 'families.check'])

describe('whoever reaches one region', () => {
  beforeEach(stepUp)

  it('is told nothing of the other by any query of the contract', async () => {
    const random = seededRandom(20_261_123)
    const pick = <Value>(from: readonly Value[]): Value =>
      from[Math.floor(random() * from.length)] as Value
    const inputOf = createInputs(pick, random, ids)
    const leaks = new Set<string>()
    const wrong = new Set<string>()
    const ownerSees = new Set<string>()
    const regionSees = new Set<string>()
    for (const [name, definition] of Object.entries<QueryDefinition>(queries)) {
      if (untouched.has(name)) continue
      const inputs = [
        {},
        ...(usual()[name] ?? []),
        ...Array.from({ length: slow.has(name) ? 1 : 20 }, () => inputOf(definition.input)),
      ]
      for (const made of inputs) {
        const input = definition.input.safeParse(made)
        if (!input.success) continue
        const rule = scopeRuleOf(definition)
        const named = typeof rule === 'function' ? rule(input.data as never) : []
        for (const clientId of [atRegion, atOwn]) {
          const reply = await call(clientId, name, made)
          const leak = holds(
            textOf(reply),
            clientId === atOwn ? new Set([...foreign, ...own]) : foreign,
          )
          // What was asked for by its id may come back as that, but in a refusal.
          if (leak !== null && reply.ok) leaks.add(`${name} to ${clientId}: ${leak}`)
          const code = reply.ok ? 'ok' : reply.error.code
          const mustRefuse =
            rule === 'everything' || named.some(({ kind, id }) => kind === 'olt' && foreign.has(id))
          if (mustRefuse && code !== 'beyond-scope') wrong.add(`${name}: ${code}`)
          if (code === 'internal') wrong.add(`${name}: ${code}`)
          if (clientId === atRegion && reply.ok && holds(textOf(reply), own) !== null) {
            regionSees.add(name)
          }
        }
        const all = await call(atOwner, name, made)
        if (all.ok && holds(textOf(all), foreign) !== null) ownerSees.add(name)
      }
    }
    expect([...leaks]).toEqual([])
    expect([...wrong]).toEqual([])
    // The other side is there to be seen: by who reaches everything.
    const both = [...ownerSees].filter((name) => regionSees.has(name))
    expect(both.length).toBeGreaterThan(20)
    expect(both).toEqual(expect.arrayContaining(Object.keys(usual())))
  }, 120_000)

  it('is told nothing of it by any event', async () => {
    plant.control({
      kind: 'cut-drop',
      olt: foreignOlt,
      which: { onus: [plant.truth(foreignOlt).onus[4]!.onu] },
    })
    plant.control({
      kind: 'cut-drop',
      olt: ownOlt,
      which: { onus: [plant.truth(ownOlt).onus[4]!.onu] },
    })
    const seen = told.length
    type Alarms = { total: number }
    const before = (await must<Alarms>('alarms.list', {})).total
    await until(async () => (await must<Alarms>('alarms.list', {})).total >= before + 2)
    clock.advance(2_000)
    const toRegion = told.slice(seen).filter(({ clientId }) => clientId === atRegion)
    expect(toRegion.length).toBeGreaterThan(0)
    expect(
      told.filter(({ clientId, text }) => clientId === atRegion && holds(text, foreign) !== null),
    ).toEqual([])
    expect(
      told.filter(
        ({ clientId, text }) =>
          clientId === atOwn && holds(text, new Set([...foreign, ...own])) !== null,
      ),
    ).toEqual([])
  }, 120_000)

  it('is refused every command that names something of it, and those for the whole workspace', async () => {
    const random = seededRandom(4_711)
    const pick = <Value>(from: readonly Value[]): Value =>
      from[Math.floor(random() * from.length)] as Value
    const inputOf = createInputs(
      pick,
      random,
      [...foreign].filter((text) => ids.includes(text)),
    )
    const wrong = new Set<string>()
    const refused = new Set<string>()
    for (const [name, definition] of Object.entries<CommandDefinition>(commands)) {
      const rule = scopeRuleOf(definition)
      if (typeof rule === 'string' && rule !== 'everything') continue
      for (let turn = 0; turn < 60; turn++) {
        const made = inputOf(definition.input)
        const input = definition.input.safeParse(made)
        const named = typeof rule === 'function' && input.success ? rule(input.data as never) : []
        const isForeign = named.some(
          ({ kind, id }) =>
            foreignThings.has(`${kind} ${id}`) ||
            (kind === 'onu' && foreignThings.has(`olt ${oltOfNamedOnu(id)}`)),
        )
        if (rule !== 'everything' && !isForeign) continue
        const reply = await call(atRegion, name, { commandId: newId(), input: made })
        const code = reply.ok ? 'done' : reply.error.code
        // Of the owner's alone: refused before that.
        if (code === 'beyond-scope' || code === 'permission-denied') refused.add(name)
        else wrong.add(`${name}: ${code}`)
        break
      }
    }
    expect([...wrong]).toEqual([])
    expect(refused.size).toBeGreaterThan(80)
  }, 120_000)

  it('acts by a filter on nothing of it', async () => {
    const filter = { list: 'open' }
    const { total } = await must<{ total: number }>('alarms.list', { filter }, atRegion)
    const acted = await must<{ acted: number }>(
      'alarms.acknowledge',
      { which: { filter, expected: total } },
      atRegion,
    )
    expect(acted.acted).toBe(total)
    type Rows = { alarms: { oltName: string | null; acknowledged: object | null }[] }
    const { alarms } = await must<Rows>('alarms.list', {})
    const there = alarms.filter(({ oltName }) => oltName === foreignOlt)
    expect(there.length).toBeGreaterThan(0)
    expect(there.every(({ acknowledged }) => acknowledged === null)).toBe(true)
  })

  it('loses at its next call what is taken out of its region', async () => {
    const reaches = async (): Promise<number> =>
      (await must<{ olts: object[] }>('network.olts', {}, atRegion)).olts.length
    expect(await reaches()).toBe(1)
    const [region] = (
      await must<{ regions: { id: string; version: number }[] }>('access.regions', {})
    ).regions
    await must('access.saveRegion', {
      regionId: region!.id,
      baseVersion: region!.version,
      name: 'North',
      oltIds: [],
    })
    expect(await reaches()).toBe(0)
  })
})
