import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { onuStates, type OnuState } from '../../src-shared/domain/onu-state.ts'
import type {
  NetworkFacts,
  NetworkListener,
  OltFacts,
} from '../../src-main/engine/network-facts.ts'
import type { Clock } from '../../src-main/engine/clock.ts'
import { idOf } from './store-workspace.ts'

/** OLTs with ONUs on PON 0/1/1, which a test moves by hand. */
export interface ManualNetwork {
  readonly facts: NetworkFacts
  /** Its id; ONUs 0/1/1:1 … are online. */
  addOlt(name: string, onus: number): string
  removeOlt(oltId: string): void
  idOf(name: string): string
  setState(oltId: string, onuId: number, state: OnuState): void
  walked(oltId: string, cycle?: Partial<Parameters<NonNullable<NetworkListener['cycle']>>[1]>): void
  chassis(oltId: string): void
}

export const createManualNetwork = (clock: Clock): ManualNetwork => {
  const listeners = new Set<NetworkListener>()
  const olts: OltFacts[] = []
  const states: number[] = []
  const since: number[] = []
  const names: string[] = []
  const places: { olt: number; address: number }[] = []
  const online = onuStates.indexOf('online')

  const of = (oltId: string): OltFacts => {
    const olt = olts.find(({ id }) => id === oltId)
    if (olt === undefined) throw new Error('no such OLT')
    return olt
  }
  const rowOf = (oltId: string, address: number): number => {
    const olt = olts.find(({ id }) => id === oltId)
    const index = olt?.addresses.indexOf(address) ?? -1
    return index < 0 ? -1 : olt!.rows[index]!
  }
  const none = (): number => Number.NaN
  const nothing = (): null => null

  const facts: NetworkFacts = {
    olts: () => olts,
    olt: (oltId) => olts.find(({ id }) => id === oltId),
    oltOfRow: (row) => olts[places[row]?.olt ?? -1],
    rowOf,
    onus: {
      state: (row) => states[row]!,
      cause: () => 0,
      address: (row) => places[row]!.address,
      oltIndex: (row) => places[row]!.olt,
      serial: (row) => `SERIAL${row}`,
      name: (row) => names[row] ?? null,
      description: nothing,
      model: nothing,
      stateSince: (row) => since[row]!,
      lastDownAt: none,
      statusAt: none,
      opticsAt: none,
      countersAt: none,
      onuRxDbm: none,
      oltRxDbm: none,
      distanceM: none,
      upKbps: none,
      downKbps: none,
      duplicateSerial: () => false,
    },
    onuRow: () => {
      throw new Error('not made here')
    },
    care: nothing,
    textsRevision: () => 0,
    structureRevision: () => olts.length,
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }

  return {
    facts,
    addOlt: (name, onus) => {
      const id = idOf(0x100 + olts.length)
      const first = places.length
      for (let onuId = 1; onuId <= onus; onuId++) {
        places.push({
          olt: olts.length,
          address: packOnuAddress({ shelf: 0, slot: 1, port: 1, onuId }),
        })
        states.push(online)
        since.push(clock.now())
        names.push(`Customer ${first + onuId}`)
      }
      const intervals = { statusS: 60, countersS: 300, opticsS: 3600, identityS: 86_400 }
      olts.push({
        id,
        index: olts.length,
        name,
        host: '192.0.2.1',
        snmpPort: 161,
        simulated: true,
        familyId: null,
        reachability: 'reachable',
        since: clock.now(),
        lastAnswerAt: clock.now(),
        ages: { status: null, optics: null, counters: null, identity: null },
        intervals,
        opticsPolled: true,
        quiet: null,
        opticClass: 'B+',
        uptimeS: null,
        boards: [],
        boardsAt: null,
        ponPorts: [],
        ponPortsAt: null,
        addresses: Int32Array.from(places.slice(first), ({ address }) => address),
        rows: Int32Array.from(places.slice(first), (_, index) => first + index),
      })
      return id
    },
    removeOlt: (oltId) => {
      olts.splice(olts.indexOf(of(oltId)), 1)
      for (const { olts: told } of listeners) told?.()
    },
    idOf: (name) => olts.find((olt) => olt.name === name)!.id,
    setState: (oltId, onuId, state) => {
      const row = rowOf(oltId, packOnuAddress({ shelf: 0, slot: 1, port: 1, onuId }))
      states[row] = onuStates.indexOf(state)
      since[row] = clock.now()
    },
    walked: (oltId, cycle = {}) => {
      for (const listener of listeners) {
        listener.cycle?.(of(oltId), {
          group: 'status',
          pon: null,
          at: clock.now(),
          monotonic: clock.monotonic(),
          whole: true,
          ...cycle,
        })
      }
    },
    chassis: (oltId) => {
      for (const listener of listeners) listener.chassis?.(of(oltId), clock.now())
    },
  }
}
