import type {
  NetworkFacts,
  NetworkListener,
  OltFacts,
} from '../../src-main/engine/network-facts.ts'
import { placeOf } from '../../src-main/outages/members.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { downCauses, onuStates } from '../../src-shared/domain/onu-state.ts'

export const onlineState = onuStates.indexOf('online')
export const offlineState = onuStates.indexOf('offline')

/** A network that is told what its walks have seen: as large as one likes, without a plant. */
export interface FakeFacts {
  readonly facts: NetworkFacts
  /** Rows of an OLT. */
  readonly rowsOf: (olt: number) => Int32Array
  readonly set: (
    row: number,
    state: number,
    cause?: (typeof downCauses)[number],
    at?: number,
  ) => void
  /** A status walk of an OLT is over. */
  readonly walk: (olt: number, at: number) => void
  readonly oltId: (olt: number) => string
}

export const createFakeFacts = (size: {
  readonly olts: number
  readonly pons: number
  readonly onusPerPon: number
}): FakeFacts => {
  const perOlt = size.pons * size.onusPerPon
  const total = size.olts * perOlt
  const state = new Uint8Array(total).fill(onlineState)
  const cause = new Uint8Array(total)
  const lastDownAt = new Float64Array(total).fill(Number.NaN)
  const statusAt = new Float64Array(total).fill(Number.NaN)
  const listeners = new Set<NetworkListener>()
  const oltId = (olt: number): string =>
    `0190000a-0000-7000-8000-${olt.toString(16).padStart(12, '0')}`
  const olts = Array.from({ length: size.olts }, (_, index): OltFacts => {
    const addresses = Int32Array.from({ length: perOlt }, (__, onu) =>
      packOnuAddress({
        shelf: 0,
        slot: 1,
        port: Math.floor(onu / size.onusPerPon),
        onuId: onu % size.onusPerPon,
      }),
    )
    return {
      id: oltId(index),
      index,
      name: `OLT-${String(index + 1).padStart(2, '0')}`,
      host: '127.0.0.1',
      snmpPort: 161,
      simulated: true,
      familyId: 'fake',
      reachability: 'reachable',
      since: 0,
      lastAnswerAt: 0,
      ages: { status: null, optics: null, counters: null, identity: null },
      intervals: { statusS: 60, countersS: 300, opticsS: 3_600 },
      opticsPolled: false,
      quiet: null,
      opticClass: 'B+',
      uptimeS: null,
      boards: [],
      boardsAt: null,
      ponPorts: [],
      ponPortsAt: null,
      addresses,
      rows: Int32Array.from({ length: perOlt }, (__, onu) => index * perOlt + onu),
    }
  })
  const byId = new Map(olts.map((olt) => [olt.id, olt]))
  const none = (): number => Number.NaN
  const facts: NetworkFacts = {
    olts: () => olts,
    olt: (id) => byId.get(id),
    oltOfRow: (row) => olts[Math.floor(row / perOlt)],
    rowOf: (id, address) => {
      const olt = byId.get(id)
      const place = olt === undefined ? -1 : placeOf(olt.addresses, address)
      return olt === undefined || place < 0 ? -1 : olt.rows[place]!
    },
    onus: {
      state: (row) => state[row]!,
      cause: (row) => cause[row]!,
      address: (row) => olts[Math.floor(row / perOlt)]!.addresses[row % perOlt]!,
      oltIndex: (row) => Math.floor(row / perOlt),
      serial: (row) => `TEST${row.toString(16).padStart(8, '0')}`,
      name: () => null,
      description: () => null,
      model: () => 'MODEL',
      stateSince: none,
      lastDownAt: (row) => lastDownAt[row]!,
      statusAt: (row) => statusAt[row]!,
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
      throw new Error('not asked for')
    },
    care: () => null,
    textsRevision: () => 0,
    structureRevision: () => 0,
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return {
    facts,
    oltId,
    rowsOf: (olt) => olts[olt]!.rows,
    set: (row, next, why = 'none', at = Number.NaN) => {
      state[row] = next
      cause[row] = downCauses.indexOf(why)
      if (!Number.isNaN(at)) lastDownAt[row] = at
    },
    walk: (olt, at) => {
      const one = olts[olt]!
      for (const row of one.rows) statusAt[row] = at
      const cycle = { group: 'status', pon: null, at, monotonic: at, whole: true } as const
      for (const listener of listeners) listener.cycle?.(one, cycle)
    },
  }
}
