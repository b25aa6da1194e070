import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commands } from '../../src-shared/contract/index.ts'
import type { ScopedKind } from '../../src-shared/domain/scope.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { allPermissions } from '../../src-main/access/roles.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import type { Engine } from '../../src-main/engine/engine-options.ts'
import { silentLog } from '../../src-main/engine/log.ts'
import { createSessions } from '../../src-main/engine/sessions.ts'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import { checkScenario } from '../../src-main/simulator/scenario-load.ts'
import { createPlant, type Plant } from '../../src-main/simulator/plant.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { plantStartMs } from '../support/simulated-plant.ts'
import { someSession } from '../support/some-session.ts'

/** A plant of two OLTs, each in a region of its own, with something of every kind on both. */

export const [ownOlt, foreignOlt] = ['UTARA-01', 'SELATAN-02']
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

export const [atOwner, atRegion, atOwn] = [1, 2, 3]
/** Texts that stand on one side alone; each begins with the name of its side. */
const word = (side: string, what: string): string => `${side.slice(0, 5)}-${what}`

/** In memory where the system has such a folder: each refusal is a row on the disk. */
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'nocturne-scope-'))
let engine: Engine
let plant: Plant
export const ids: string[] = []
/** Of the other side, by kind. */
export const foreignThings = new Set<string>()
export const oltIds: Record<string, string> = {}
/** What must never come to who reaches the other side. */
export const foreign = new Set<string>()
export const own = new Set<string>()
export const told: { clientId: number; text: string }[] = []
export const clock = createManualClock(plantStartMs)
export const newId = createUuidV7Source({ now: clock.now, randomBytes })
export const sessions = createSessions(clock)

export const call = (clientId: number, channel: string, input: unknown) =>
  engine.call({ clientId, channel, input })
export const must = async <Value>(
  channel: string,
  input: object,
  clientId = atOwner,
): Promise<Value> => {
  const isCommand = Object.hasOwn(commands, channel)
  const reply = await call(clientId, channel, isCommand ? { commandId: newId(), input } : input)
  if (!reply.ok) throw new Error(`${channel}: ${JSON.stringify(reply.error)}`)
  return reply.value as Value
}
export const until = async (reached: () => Promise<boolean>): Promise<void> => {
  for (let turn = 0; turn < 20_000; turn++) {
    if (turn % 16 === 0) clock.advance(500)
    await new Promise((resolve) => setImmediate(resolve))
    if (turn % 64 === 0 && (await reached())) return
  }
  throw new Error('it did not come to that')
}
export const textOf = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    ArrayBuffer.isView(part) ? Array.from(part as Uint8Array) : part,
  ) ?? ''
/** Each has said just now who he is. */
export const stepUp = (): void => {
  for (const clientId of [atOwner, atRegion, atOwn]) {
    sessions.change(clientId, { steppedUpUntil: clock.now() + 300_000 })
  }
}
export const holds = (text: string, markers: ReadonlySet<string>): string | null => {
  for (const marker of markers) if (text.includes(marker)) return marker
  return null
}

const subscriberIds: string[] = []
const ticketIds: string[] = []

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
  const subscriber = await must<{ id: string }>('subscribers.create', {
    kind: 'person',
    name: mark('subscriber'),
    language: 'id',
    contacts: [{ role: 'owner', email: `${mark('mail').toLowerCase()}@example.com` }],
    addresses: [{ kind: 'service', lines: mark('house') }],
  })
  const { serviceId } = await must<{ serviceId: string }>('subscribers.saveService', {
    id: keep('subscriber', subscriber.id),
    serviceId: null,
    baseVersion: 0,
    name: mark('line'),
    onu: { oltId, serial: plant.truth(side).onus[0]!.serial },
  })
  marks.add(serviceId)
  subscriberIds.push(subscriber.id)
  await must('subscribers.saveNote', {
    id: subscriber.id,
    noteId: null,
    baseVersion: 0,
    text: mark('remark'),
  })
  const ticket = await must<{ id: string }>('tickets.open', {
    subject: mark('fault'),
    subscriberId: subscriber.id,
    serviceId,
    tags: [mark('tag')],
    said: { kind: 'customer', channel: 'call', body: mark('said') },
  })
  ticketIds.push(keep('ticket', ticket.id))
  await must('provisioning.setDesired', {
    services: [{ oltId, address: address(2), serial: 'HWTC00000001' }],
    state: 'active',
    reason: mark('reason'),
  })
  plant.control({ kind: 'cut-drop', olt: side, which: { onus: [plant.truth(side).onus[1]!.onu] } })
}

let alarmsNow: { id: string; oltName: string | null; resource: { kind: string } }[] = []

export const startTwoRegions = async (): Promise<void> => {
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
}

export const stopTwoRegions = async (): Promise<void> => {
  await engine?.stop()
  await plant?.stop()
  rmSync(folder, { recursive: true, force: true })
}

/** Inputs that fit, of both sides: random ones seldom do. */
export const usual = (): Readonly<Record<string, readonly object[]>> => {
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
    'subscribers.behindOnu': sides,
    'subscribers.export': [{}],
    'subscribers.list': [{}, { filter: { search: 'line' } }, { filter: { search: 'house' } }],
    'subscribers.record': subscriberIds.map((id) => ({ id })),
    'subscribers.timeline': subscriberIds.map((id) => ({ id })),
    'tickets.board': [{}, { by: 'owner' }],
    'tickets.list': [{}, { filter: { search: 'fault' } }],
    'tickets.ticket': ticketIds.map((id) => ({ id })),
    'tickets.timeline': ticketIds.map((id) => ({ id })),
  }
}

export const thePlant = (): Plant => plant
