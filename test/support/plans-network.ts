import type { SpeedLookup } from '../../src-main/engine/capability-ports.ts'
import type { OltFacts } from '../../src-main/engine/network-facts.ts'
import type { ServiceState } from '../../src-shared/contract/provisioning-model.ts'
import type { OnuState } from '../../src-shared/domain/onu-state.ts'

/** A network to compare the books with: what a test puts there. */
export const createPlansNetwork = (northId: string) => {
  /** What the network shows: ONUs of OLTs, in rows; an OLT that is silent tells none of their states. */
  const network: {
    onus: {
      readonly oltId: string
      readonly address: number
      serial: string
      state: OnuState
    }[]
    readonly silent: Set<string>
    readonly others: { readonly id: string; readonly name: string }[]
    readonly wanted: Map<string, ServiceState>
    readonly speeds: Map<string, ReturnType<SpeedLookup['onOnu']>>
  } = { onus: [], silent: new Set(), others: [], wanted: new Map(), speeds: new Map() }
  const oltOf = (id: string, name: string): OltFacts => {
    const rows = network.onus.flatMap(({ oltId }, row) => (oltId === id ? [row] : []))
    return {
      id,
      name,
      familyId: 'huawei-ma5800',
      reachability: network.silent.has(id) ? 'unreachable' : 'reachable',
      ages: { status: 1_700_000_000_000, optics: null, counters: null, identity: null },
      rows: Int32Array.from(rows),
      addresses: Int32Array.from(rows, (row) => network.onus[row]!.address),
    } as unknown as OltFacts
  }
  const olts = (): OltFacts[] => [
    oltOf(northId, 'North'),
    ...network.others.map(({ id, name }) => oltOf(id, name)),
  ]
  return { network, olts }
}
