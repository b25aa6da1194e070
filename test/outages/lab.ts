import { join } from 'node:path'
import { createManualClock, type ManualClock } from '../support/manual-clock.ts'
import { runFor } from '../support/settle.ts'
import { commands } from '../../src-shared/contract/index.ts'
import type { Input, Output, Payload } from '../../src-shared/contract/index.ts'
import { formatOnu } from '../../src-shared/domain/onu-address.ts'
import type {
  LightLookup,
  MaintenanceLookup,
  PlantLookup,
} from '../../src-main/engine/capability-ports.ts'
import type { CallContext } from '../../src-main/engine/handlers.ts'
import { everything } from '../../src-main/engine/reach.ts'
import { createNetwork, type Network } from '../../src-main/network/network.ts'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import { createOltPorts } from '../../src-main/olt/poller/driver-port.ts'
import { openSnmpSession } from '../../src-main/olt/snmp/session.ts'
import type { OpenTransport } from '../../src-main/olt/snmp/transport.ts'
import { createOutages, type Outages } from '../../src-main/outages/outages.ts'
import type { PlantControl } from '../../src-main/simulator/control-schema.ts'
import { createPlant, type Plant } from '../../src-main/simulator/plant.ts'
import { checkScenario } from '../../src-main/simulator/scenario-load.ts'
import type { StoreReader } from '../../src-main/store/read-handle.ts'
import type { Transaction } from '../../src-main/store/write-path.ts'
import { noPlant, simulatedTree } from './lab-plant.ts'

/**
 * The simulated plant, the real drivers, poller, live state and outages, with datagrams handed over in
 * memory and one clock for all: an hour of a network in a second, and the same each time.
 */
export interface Lab {
  readonly clock: ManualClock
  readonly plant: Plant
  readonly network: Network
  readonly outages: Outages
  readonly oltId: (name: string) => string
  readonly control: (message: PlantControl) => void
  /** The console starts; nothing is asked before. */
  readonly begin: () => void
  /** Time goes on and everything that falls due happens. */
  readonly run: (seconds: number) => Promise<void>
  /** Open and ended ones; those that have left the memory as they were told last. */
  readonly found: () => readonly FoundOutage[]
  readonly notices: readonly Payload<'alarms.notice'>[]
  readonly writes: { count: number }
  readonly stop: () => Promise<void>
}

export interface FoundOutage {
  readonly outage: Output<'outages.outage'>
  /** `OLT 0/1/2:5`. */
  readonly members: ReadonlySet<string>
}

export interface LabOptions {
  /** As in a scenario file (simulator/scenario-schema.ts), its OLTs. */
  readonly olts: readonly { readonly name: string; readonly [field: string]: unknown }[]
  readonly seed: number
  readonly statusS: number
  readonly opticsS?: number
  readonly knowsPlant: boolean
  readonly maintenanceOf?: (idOf: (name: string) => string) => MaintenanceLookup
  readonly light?: LightLookup
}

const families = loadFamilies(join(import.meta.dirname, '../../assets/olt-families'))

const nothingRead: StoreReader = {
  prepare: () => ({ get: () => undefined, all: () => [], iterate: () => [][Symbol.iterator]() }),
  snapshot: (read) => read(),
}

const nothingWritten: Transaction = {
  run: () => 1,
  get: () => undefined,
  all: () => [],
  change: () => undefined,
  about: () => undefined,
  eraseSubject: () => undefined,
}

export const labContext: CallContext = {
  clientId: 1,
  session: null,
  reach: everything,
  traceId: 'lab',
  signal: new AbortController().signal,
  progress: () => undefined,
}

export const createLab = async (options: LabOptions): Promise<Lab> => {
  const clock = createManualClock(Date.UTC(2026, 10, 22, 8) + (options.seed % 997) * 61_000 + 137)
  const plant = createPlant({
    scenario: checkScenario({
      name: 'lab',
      seed: options.seed,
      community: 'lab-read',
      olts: options.olts,
    }),
    clock,
  })
  const silent = new Set<string>()
  const openTransport: OpenTransport = ({ host }, { onDatagram }) => {
    let open = true
    return Promise.resolve({
      send: (datagram, onSent) => {
        onSent(null)
        if (silent.has(host)) return
        const answer = plant.answer(host, datagram)
        if (answer === undefined) return
        queueMicrotask(() => {
          if (open) onDatagram(Buffer.from(answer))
        })
      },
      close: () => {
        open = false
      },
    })
  }
  const snmpClock = { monotonicMs: clock.monotonic, after: clock.after }
  let ids = 1
  const newId = (): string => `01900000-0000-7000-8000-${(ids++).toString(16).padStart(12, '0')}`
  const notices: Payload<'alarms.notice'>[] = []
  const writes = { count: 0 }
  const failed: unknown[] = []
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (event: string, details?: object) => void failed.push(event, details),
  }
  const network = createNetwork({
    clock,
    random: () => 0.5,
    newId,
    emit: () => undefined,
    log,
    reader: nothingRead,
    vaultKey: Buffer.alloc(32, 7),
    families,
    openOltPort: createOltPorts({
      families,
      timeoutMs: 2_000,
      retries: 1,
      openSession: ({ gate: _gate, ...session }) =>
        openSnmpSession({ ...session, clock: snmpClock, openTransport }),
    }),
  })
  const idByName = new Map<string, string>()
  for (const { name } of options.olts) {
    const input = commands['network.addOlt'].input.parse({
      name,
      host: name,
      community: 'lab-read',
      opticsPolling: 'on',
      intervals: { statusS: options.statusS, countersS: 86_400, opticsS: options.opticsS ?? 3_600 },
    })
    const plan = await network.commands['network.addOlt'](input, labContext)
    const result = plan.apply(nothingWritten)
    await plan.after?.(result)
    idByName.set(name, result.oltId)
  }
  const oltId = (name: string): string => idByName.get(name) ?? ''
  const tree: PlantLookup = options.knowsPlant ? simulatedTree(plant, [...idByName]) : noPlant
  const outages = createOutages({
    clock,
    newId,
    emit: (name, source) => {
      if (name !== 'alarms.notice') return
      notices.push(
        (typeof source === 'function' ? source(everything) : source) as Payload<'alarms.notice'>,
      )
    },
    log,
    reader: nothingRead,
    write: (_name, _input, apply) => {
      writes.count++
      apply(nothingWritten)
    },
    facts: network.facts,
    plant: tree,
    maintenanceOf: options.maintenanceOf?.(oltId) ?? (() => null),
    light: options.light ?? (() => null),
    groupingS: () => 60,
    nameOf: () => null,
    readChassis: network.readChassis,
  })
  const seen = new Map<string, FoundOutage>()
  const look = async (): Promise<void> => {
    const list = await outages.queries['outages.list'](openOnes, labContext)
    for (const id of new Set([...list.outages.map((row) => row.id), ...seen.keys()])) {
      const outage = await whole(outages, id)
      if (outage !== null) seen.set(id, { outage, members: await membersOf(outages, id) })
    }
  }
  let begun = false
  const begin = (): void => {
    if (begun) return
    begun = true
    network.start()
    outages.start()
  }
  const run = async (seconds: number): Promise<void> => {
    // Ended ones leave the memory ten minutes later: each is looked at before.
    for (let left = seconds; left > 0; left -= 60) {
      await runFor(clock, Math.min(60, left) * 1000, 1_000)
      await look()
    }
    if (failed.length > 0) throw new Error('something failed unexpectedly', { cause: failed })
  }
  return {
    clock,
    plant,
    network,
    outages,
    oltId,
    run,
    begin,
    control: (message) => {
      plant.control(message)
      // Datagrams do not go by the plant's sockets here: silence is kept at the door.
      if (message.kind !== 'silence') return
      if (message.on) silent.add(message.olt)
      else silent.delete(message.olt)
    },
    found: () => [...seen.values()],
    notices,
    writes,
    stop: async () => {
      outages.stop()
      await network.stop()
    },
  }
}

/** Null: it has left the memory, and there is no store here. */
export const whole = async (outages: Outages, id: string) => {
  try {
    return await outages.queries['outages.outage']({ id }, labContext)
  } catch {
    return null
  }
}

const openOnes = {
  state: 'open',
  verdicts: [],
  oltIds: [],
  from: null,
  to: null,
  search: '',
  sort: 'beganAt',
  descending: false,
  offset: 0,
  limit: 500,
} as const satisfies Input<'outages.list'>

const membersOf = async (outages: Outages, id: string): Promise<Set<string>> => {
  const members = new Set<string>()
  for (let offset = 0; ; offset += 500) {
    const page = await outages.queries['outages.onus'](
      { id, stillDown: false, offset, limit: 500 },
      labContext,
    )
    for (const onu of page.onus) members.add(`${onu.oltName} ${formatOnu(onu.address)}`)
    if (offset + 500 >= page.total) return members
  }
}
