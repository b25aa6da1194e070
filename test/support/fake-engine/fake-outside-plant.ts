import type { EventName, Input, Output, Payload } from '../../../src-shared/contract/index.ts'
import { ponOf, unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { CallContext, CommandPlan } from '../../../src-main/engine/handlers.ts'
import type {
  NetworkFacts,
  NetworkListener,
  OltFacts,
} from '../../../src-main/engine/network-facts.ts'
import { createPlantTreeCommands } from '../../../src-main/plant/commands.ts'
import { createImportHandlers } from '../../../src-main/plant/imports/import-handlers.ts'
import { createMapQuery } from '../../../src-main/plant/map/map-query.ts'
import { createPlantCounts } from '../../../src-main/plant/plant-counts.ts'
import { loadPlantIndex } from '../../../src-main/plant/plant-index.ts'
import { createPlantTreeQueries } from '../../../src-main/plant/queries.ts'
import type { NodeRow, PlaceRow, PlantReads } from '../../../src-main/plant/tables.ts'
import type { Transaction } from '../../../src-main/store/write-path.ts'
import { createFakeMapFile } from './fake-map-file.ts'
import type { FakePlant } from './fake-plant.ts'
import { rowOf } from './fake-rows.ts'
import { everything } from '../../../src-main/engine/reach.ts'
import { createPlantReach } from '../../../src-main/plant/plant-reach.ts'

/**
 * The outside plant of the page is the engine's own, without its store: what is written is kept in
 * memory alone. `?plant=none` begins with an empty one.
 */

/** A page has no immediate; the engine lets others have their turn with it. */
const shim = globalThis as { setImmediate?: (run: () => void) => unknown }
shim.setImmediate ??= (run) => setTimeout(run, 0)

const noReads: PlantReads = {
  nodes: () => [],
  olts: () => [],
  placesOf: (olt) => ({
    olt,
    addresses: [],
    nodes: [],
    ports: [],
    streetAddresses: [],
    latitudesE7: [],
    longitudesE7: [],
  }),
  placedAs: () => undefined,
}

const noStore: Transaction = {
  run: () => 1,
  get: () => undefined,
  all: () => [],
  change: () => undefined,
  about: () => undefined,
  eraseSubject: () => undefined,
}

const uuidOf = (number: number): string =>
  `01930000-0000-7000-8000-0000${(0xf0_00_00_00 + number).toString(16)}`

export const createFakeOutsidePlant = (deps: {
  readonly plant: FakePlant
  readonly now: () => number
  readonly emit: <Name extends EventName>(name: Name, payload: Payload<Name>) => void
}) => {
  const { plant, now } = deps
  const { network, look } = networkOf(plant, now)
  const index = loadPlantIndex(noReads)
  const search = 'location' in globalThis ? globalThis.location.search : ''
  if (new URLSearchParams(search).get('plant') !== 'none') index.take(madePlant(plant))
  const counts = createPlantCounts(index, network)
  let ids = 1_000_000
  const take: Parameters<typeof createPlantTreeCommands>[0]['take'] = (change) => {
    index.take(change)
    deps.emit('plant.changed', { revision: index.revision() })
  }
  const within = createPlantReach(index)
  const shared = { index, network, now, newId: () => uuidOf(ids++), take, within }
  const imports = createImportHandlers(shared)
  const queries = {
    ...createPlantTreeQueries({ ...shared, counts, reads: noReads }),
    ...imports.queries,
    'plant.map': createMapQuery({ ...shared, counts }),
  }
  const commands = { ...createPlantTreeCommands(shared), ...imports.commands }

  const context: CallContext = {
    clientId: 1,
    session: null,
    traceId: 'fake',
    reach: everything,
    signal: new AbortController().signal,
    progress: (taskId, step, done, total) =>
      deps.emit('workspace.progress', { taskId, step, done, total }),
  }
  type Queries = typeof queries
  type Commands = typeof commands
  const asked = Object.fromEntries(
    Object.entries(queries).map(([name, handler]) => [
      name,
      (input: never) => {
        look()
        return (handler as (input: never, context: CallContext) => unknown)(input, context)
      },
    ]),
  ) as unknown as {
    readonly [Name in keyof Queries]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
  }
  const done = Object.fromEntries(
    Object.entries(commands).map(([name, handler]) => [
      name,
      async (input: never) => {
        const plan = (await (handler as (input: never, context: CallContext) => unknown)(
          input,
          context,
        )) as CommandPlan<unknown>
        const out = plan.apply(noStore)
        await plan.after?.(out)
        return out
      },
    ]),
  ) as unknown as {
    readonly [Name in keyof Commands]: (input: Input<Name>) => Promise<Output<Name>>
  }
  return { ...asked, ...done, ...createFakeMapFile(now) }
}

const networkOf = (plant: FakePlant, now: () => number) => {
  const listeners = new Set<NetworkListener>()
  let structure = 0
  let seen = ''
  let facts: readonly OltFacts[] = []
  const current = (): readonly OltFacts[] => {
    const key = plant.olts.map(({ id, name, removed }) => `${id} ${name} ${removed}`).join()
    if (key === seen) return facts
    seen = key
    structure++
    facts = plant.olts
      .filter(({ removed }) => !removed)
      .map((olt, place) => ({
        id: olt.id,
        index: place,
        name: olt.name,
        host: olt.host,
        simulated: true,
        addresses: plant.address.slice(olt.firstRow, olt.firstRow + olt.rows),
        rows: Int32Array.from({ length: olt.rows }, (_, n) => olt.firstRow + n),
      }))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1)) as unknown as OltFacts[]
    return facts
  }
  const network = {
    olts: current,
    olt: (id: string) => current().find((olt) => olt.id === id),
    rowOf: (id: string, address: number) => {
      const olt = current().find((one) => one.id === id)
      const place = olt?.addresses.indexOf(address) ?? -1
      return olt === undefined || place < 0 ? -1 : olt.rows[place]!
    },
    onus: {
      state: (row: number) => plant.state[row]!,
      serial: (row: number) => plant.serial[row]!,
      name: (row: number) => plant.name[row]!,
      description: () => null,
      model: (row: number) => plant.model[row]!,
    },
    onuRow: (row: number) => rowOf(plant, row, now()),
    structureRevision: () => {
      current()
      return structure
    },
    textsRevision: () => structure,
    listen: (listener: NetworkListener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  } as unknown as NetworkFacts
  return {
    network,
    /** States have moved since the last question. */
    look: () => {
      for (const listener of listeners) listener.olts?.()
    },
  }
}

const boxPorts = 8
const metre = 1 / 111_320

/** Zone per OLT, cabinet and splitter per PON, boxes of eight along streets; some ONUs are left. */
const madePlant = (plant: FakePlant) => {
  const nodes: NodeRow[] = []
  const places: PlaceRow[] = []
  const olts = plant.olts.map((olt, place) => ({
    number: place + 1,
    oltId: olt.id,
    latitude: -6.9 + (place % 7) * 0.035,
    longitude: 111.2 + Math.floor(place / 7) * 0.035,
    version: 1,
  }))
  const add = (node: Partial<NodeRow> & Pick<NodeRow, 'kind' | 'name' | 'parent'>): NodeRow => {
    const number = nodes.length + 1
    const row: NodeRow = {
      capacity: null,
      ponOlt: null,
      pon: null,
      latitude: null,
      longitude: null,
      street: '',
      note: '',
      version: 1,
      removedWith: null,
      ...node,
      number,
      id: uuidOf(number),
    }
    nodes.push(row)
    return row
  }
  for (const [place, olt] of plant.olts.entries()) {
    const { latitude, longitude } = olts[place]!
    const zone = add({ kind: 'zone', name: `${olt.name} area`, parent: null, latitude, longitude })
    const perPon = new Map<number, number[]>()
    for (let row = olt.firstRow; row < olt.firstRow + olt.rows; row += 1) {
      const pon = ponOf(plant.address[row]!)
      perPon.set(pon, [...(perPon.get(pon) ?? []), row])
    }
    for (const [n, [pon, rows]] of [...perPon].entries()) {
      const { shelf, slot, port } = unpackOnuAddress(pon)
      const north = (n % 16) * 70 - 560
      const east = (Math.floor(n / 16) - 1) * 700
      const cabinet = add({
        kind: 'cabinet',
        name: `ODC ${shelf}/${slot}/${port}`,
        parent: zone.number,
        ponOlt: olt.id,
        pon,
        latitude: latitude + north * metre,
        longitude: longitude + east * metre,
        street: streetOf(n),
      })
      const outputs = n % 7 === 2 ? 4 : 8
      const splitter = add({
        kind: 'splitter',
        name: `SP 1:${outputs}`,
        parent: cabinet.number,
        capacity: outputs,
      })
      for (let first = 0; first < rows.length; first += boxPorts) {
        const box = add({
          kind: 'odb',
          name: `ODB ${shelf}/${slot}/${port}-${first / boxPorts + 1}`,
          parent: splitter.number,
          capacity: boxPorts,
          street: streetOf(n),
          latitude: latitude + north * metre,
          longitude: longitude + (east + 60 + first * 9) * metre,
        })
        for (const [at, row] of rows.slice(first, first + boxPorts).entries()) {
          if (row % 17 === 4) continue
          places.push({
            olt: place + 1,
            address: plant.address[row]!,
            node: box.number,
            port: row % 23 === 3 ? null : at + 1,
            streetAddress: `${streetOf(n)} No.${first * 2 + at + 1}`,
            latitude: latitude + (north + (at % 2 === 0 ? 11 : -11)) * metre,
            longitude: longitude + (east + 40 + first * 9 + at * 8) * metre,
          })
        }
      }
    }
  }
  return { nodes, olts, places }
}

const streets = [
  'Jl. Melati',
  'Jl. Kenanga',
  'Dock Road',
  'Mill Lane',
  'Jl. Anggrek',
  'Hill Street',
]
const streetOf = (n: number): string => streets[n % streets.length] ?? ''
