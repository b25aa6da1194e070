import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { OnuRow } from '../../../src-shared/contract/network-model.ts'
import type {
  CallInput,
  CommandName,
  Input,
  Output,
  QueryName,
} from '../../../src-shared/contract/index.ts'
import { commands, queries } from '../../../src-shared/contract/index.ts'
import { packOnuAddress, unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { onuStates, type OnuState } from '../../../src-shared/domain/onu-state.ts'
import type { CallContext, SessionInfo } from '../../../src-main/engine/handlers.ts'
import type {
  NetworkFacts,
  NetworkListener,
  OltFacts,
} from '../../../src-main/engine/network-facts.ts'
import { createOutsidePlant } from '../../../src-main/plant/plant.ts'
import type { Store } from '../../../src-main/store/open-store.ts'
import { runCommand } from '../../../src-main/store/write-path.ts'
import { idOf, openTestStore, systemActor, temporaryFolder } from '../../support/store-workspace.ts'
import { everything } from '../../../src-main/engine/reach.ts'

/** A network that a test writes down: OLTs, and their ONUs in order of address. */
export interface MadeOlt {
  readonly id: string
  readonly name: string
  readonly host: string
  onus: { readonly address: number; readonly serial: string; state: OnuState }[]
}

export const at = (port: number, onuId: number) => ({ shelf: 0, slot: 1, port, onuId })

export const madeOlt = (number: number, name: string, ports: readonly number[]): MadeOlt => ({
  id: idOf(number),
  name,
  host: `192.0.2.${number}`,
  onus: ports.flatMap((count, port) =>
    Array.from({ length: count }, (_, onuId) => ({
      address: packOnuAddress(at(port, onuId)),
      serial: `HWTC${(number * 65_536 + port * 256 + onuId).toString(16).padStart(8, '0').toUpperCase()}`,
      state: 'online' as const,
    })),
  ),
})

const networkOf = (olts: MadeOlt[]) => {
  const listeners = new Set<NetworkListener>()
  let structure = 1
  let rows: { readonly olt: MadeOlt; readonly place: number }[] = []
  let facts: OltFacts[] = []
  const rebuild = (): void => {
    structure++
    rows = []
    facts = olts.map((olt, index) => {
      const first = rows.length
      olt.onus.forEach((_, place) => rows.push({ olt, place }))
      return {
        id: olt.id,
        index,
        name: olt.name,
        host: olt.host,
        simulated: true,
        addresses: Int32Array.from(olt.onus, ({ address }) => address),
        rows: Int32Array.from(olt.onus, (_, place) => first + place),
      } as unknown as OltFacts
    })
    for (const listener of listeners) listener.olts?.()
  }
  rebuild()
  const onuAt = (row: number) => rows[row]!.olt.onus[rows[row]!.place]!
  const network = {
    olts: () => facts,
    olt: (id: string) => facts.find((olt) => olt.id === id),
    rowOf: (id: string, address: number) => {
      const olt = facts.find((one) => one.id === id)
      const place = olt?.addresses.indexOf(address) ?? -1
      return place < 0 ? -1 : olt!.rows[place]!
    },
    onus: {
      state: (row: number) => onuStates.indexOf(onuAt(row).state),
      serial: (row: number) => onuAt(row).serial,
      name: (row: number) => `Rumah ${row}`,
      description: () => null,
      model: () => 'HG8245H',
    },
    onuRow: (row: number) => onuRowOf(rows[row]!.olt, onuAt(row), row),
    structureRevision: () => structure,
    textsRevision: () => 1,
    listen: (listener: NetworkListener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  } as unknown as NetworkFacts
  return {
    network,
    rebuild,
    stateMoved: () => {
      for (const listener of listeners) listener.onuStates?.(facts[0]!, undefined as never)
    },
  }
}

const onuRowOf = (olt: MadeOlt, onu: MadeOlt['onus'][number], row: number): OnuRow => ({
  row,
  oltId: olt.id,
  oltName: olt.name,
  address: unpackOnuAddress(onu.address),
  serial: onu.serial,
  name: `Rumah ${row}`,
  description: null,
  model: 'HG8245H',
  firmware: null,
  state: onu.state,
  causeClass: 'none',
  cause: 'none',
  stateSince: null,
  lastDownAt: null,
  onuRxDbm: null,
  oltRxDbm: null,
  onuTxDbm: null,
  signal: 'none',
  marginDb: null,
  distanceM: null,
  temperatureC: null,
  voltageV: null,
  biasMa: null,
  upKbps: null,
  downKbps: null,
  statusAt: null,
  opticsAt: null,
  countersAt: null,
  duplicateSerial: false,
})

let commandNumber = 0

/** The capability on a real store, with a network of the test's own. */
export const createPlantBench = (
  olts: MadeOlt[] = [madeOlt(1, 'North', [8, 8])],
  options: { readonly folder?: string; readonly store?: Store } = {},
) => {
  const folder = options.folder ?? join(temporaryFolder(), 'ws')
  const store = options.store ?? openTestStore(join(folder, 'store.db'))
  const clock = { at: 1_800_000_000_000 }
  const write = (name: string, auditInput: object, apply: Parameters<typeof run>[2]): void => {
    run(name, auditInput, apply)
  }
  const run = <Out>(
    name: string,
    auditInput: object,
    apply: (tx: Parameters<Parameters<typeof runCommand>[2]>[0]) => Out,
  ): Out =>
    runCommand(
      store,
      {
        commandId: idOf(9_000_000 + commandNumber++),
        name,
        actor: systemActor,
        auditInput,
        at: clock.at,
      },
      (tx) => ({ result: apply(tx) }),
    ).result
  if (options.store === undefined) {
    write('test.olts', {}, (tx) => {
      for (const olt of olts) {
        tx.run(
          `INSERT INTO olt (id, name, host, port, snmp_version, community_sealed, optic_class,
            intervals_s, created_at, updated_at) VALUES (?, ?, ?, 161, '2c', x'00', 'B+', '{}', 1, 1)`,
          olt.id,
          olt.name,
          olt.host,
        )
      }
      return {}
    })
  }
  const made = networkOf(olts)
  const events: unknown[] = []
  let ids = 500_000
  const plant = createOutsidePlant({
    workspaceDir: folder,
    clock: { now: () => clock.at, monotonic: () => clock.at, after: () => () => undefined },
    newId: () => idOf(ids++ + commandNumber * 1000),
    emit: (name, source) =>
      void events.push([name, typeof source === 'function' ? source(everything) : source]),
    log: { error: (event, details) => void events.push([event, details]) },
    reader: store.reader,
    network: made.network,
    write,
  })
  onTestFinished(() => plant.stop())
  const contextOf = (accountId: string, signal: AbortSignal): CallContext => ({
    clientId: 1,
    session: {
      sessionId: 's',
      accountId,
      name: 'Sari',
      role: 'owner',
      permissions: new Set(),
    } as SessionInfo,
    traceId: 'test',
    reach: everything,
    signal,
    progress: () => undefined,
  })
  const live = new AbortController().signal

  return {
    plant,
    store,
    folder,
    clock,
    events,
    ...made,
    write,
    /** As it goes in and out of the engine: through the contract. */
    ask: async <Name extends QueryName & keyof typeof plant.queries>(
      name: Name,
      input: CallInput<Name>,
      accountId = 'someone',
      signal: AbortSignal = live,
    ): Promise<Output<Name>> => {
      const handler = plant.queries[name] as (
        input: Input<Name>,
        context: CallContext,
      ) => Output<Name> | Promise<Output<Name>>
      const parsed = queries[name].input.parse(input) as Input<Name>
      return queries[name].output.parse(
        await handler(parsed, contextOf(accountId, signal)),
      ) as never
    },
    tell: async <Name extends CommandName & keyof typeof plant.commands>(
      name: Name,
      input: CallInput<Name>,
      accountId = 'someone',
    ): Promise<Output<Name>> => {
      const parsed = commands[name].input.parse(input) as never
      const plan = await plant.commands[name](parsed, contextOf(accountId, live))
      const out = run(name, input as object, (tx) => plan.apply(tx))
      await plan.after?.(out as never)
      return out as Output<Name>
    },
  }
}

export type PlantBench = ReturnType<typeof createPlantBench>

/** A zone with a splitter of four ports and two boxes of eight below it. */
export const plantTree = async (bench: PlantBench) => {
  const add = async (input: CallInput<'plant.addNode'>): Promise<string> =>
    (await bench.tell('plant.addNode', input)).id
  const zone = await add({ kind: 'zone', name: 'Harbour', parentId: null })
  const splitter = await add({
    kind: 'splitter',
    name: 'SP 1',
    parentId: zone,
    capacity: 4,
    pon: { oltId: idOf(1), pon: { shelf: 0, slot: 1, port: 0 } },
  })
  const box = await add({
    kind: 'odb',
    name: 'ODB 1',
    parentId: splitter,
    capacity: 8,
    street: 'Jl. Melati',
    coordinates: { latitude: -6.75, longitude: 111.3 },
  })
  const other = await add({ kind: 'odb', name: 'ODB 2', parentId: splitter, capacity: 2 })
  return { zone, splitter, box, other, add }
}
