import {
  formatPon,
  packOnuAddress,
  ponOf,
  unpackOnuAddress,
} from '../../src-shared/domain/onu-address.ts'
import type { NetworkFacts, OltFacts } from '../engine/network-facts.ts'
import type { Reach } from '../engine/reach.ts'
import { highlight } from './highlight.ts'
import { typosBelow, type SearchSource } from './search-source.ts'
import { createTextIndex, noAddress } from './text-index.ts'
import type { SearchWithin } from './within.ts'

/** OLTs and their PON ports: few, so that an OLT is put anew as a whole. */
export interface DeviceSources {
  readonly olts: SearchSource
  readonly pons: SearchSource
  readonly refresh: (oltId: string) => void
  /** OLTs were added, renamed, removed or restored. */
  readonly oltsChanged: () => void
}

interface PonRecord {
  readonly oltId: string
  /** Packed. */
  readonly address: number
  readonly name: string | null
}

export const createDeviceSources = (network: NetworkFacts, within: SearchWithin): DeviceSources => {
  const oltIndex = createTextIndex()
  const ponIndex = createTextIndex({ addresses: 'pon' })
  const ids: string[] = []
  const pons: PonRecord[] = []
  /** By OLT, packed address to record. */
  const ponRecords = new Map<number, Map<number, number>>()

  const putPons = (olt: OltFacts): void => {
    const names = new Map<number, string | null>()
    for (const address of olt.addresses) names.set(ponOf(address), null)
    for (const port of olt.ponPorts) names.set(packOnuAddress({ ...port, onuId: 0 }), port.name)
    const records = ponRecords.get(olt.index) ?? new Map<number, number>()
    ponRecords.set(olt.index, records)
    for (const [address, record] of records) if (!names.has(address)) ponIndex.remove(record)
    for (const [address, name] of names) {
      const record = records.get(address) ?? pons.length
      records.set(address, record)
      pons[record] = { oltId: olt.id, address, name }
      ponIndex.put(record, olt.index, address, [name, olt.name])
    }
  }

  const refresh = (oltId: string): void => {
    const olt = network.olt(oltId)
    if (olt === undefined) return
    ids[olt.index] = olt.id
    oltIndex.put(olt.index, olt.index, noAddress, [olt.name, olt.host])
    putPons(olt)
  }

  const oltsWithin = (
    reach: Reach,
    oltIdOf: (record: number) => string | undefined,
  ): ((record: number) => boolean) | undefined => {
    const isWithin = within.olts(reach)
    return isWithin === undefined ? undefined : (record) => isWithin(oltIdOf(record) ?? '')
  }

  return {
    refresh,
    oltsChanged: () => {
      const olts = network.olts()
      const present = new Set(olts.map((olt) => olt.index))
      for (const each of [oltIndex, ponIndex]) each.removeWhere((group) => !present.has(group))
      for (const { id } of olts) refresh(id)
    },
    olts: {
      scope: 'olts',
      permission: 'network.olt.read',
      ids: false,
      find: ({ query, limit, context }) => {
        const { hits, total } = oltIndex.find(query, {
          limit,
          typosBelow,
          within: oltsWithin(context.reach, (record) => ids[record]),
        })
        return {
          total,
          hits: hits.flatMap(({ record, cost, typo }) => {
            const olt = network.olt(ids[record]!)
            if (olt === undefined) return []
            const { id, name, host } = olt
            const matches = highlight(query, [
              { field: 'name', text: name },
              { field: 'host', text: host },
            ])
            return [{ cost, hit: { kind: 'olt' as const, oltId: id, name, host, matches, typo } }]
          }),
        }
      },
    },
    pons: {
      scope: 'pons',
      permission: 'network.olt.read',
      ids: false,
      find: ({ query, limit, context }) => {
        const { hits, total } = ponIndex.find(query, {
          limit,
          typosBelow,
          within: oltsWithin(context.reach, (record) => pons[record]?.oltId),
        })
        return {
          total,
          hits: hits.flatMap(({ record, cost, typo }) => {
            const { oltId, address, name } = pons[record]!
            const olt = network.olt(oltId)
            if (olt === undefined) return []
            const { shelf, slot, port } = unpackOnuAddress(address)
            const pon = { shelf, slot, port }
            const matches = highlight(query, [
              { field: 'name', text: name },
              { field: 'oltName', text: olt.name },
              { field: 'address', text: formatPon(pon), address: true },
            ])
            const hit = { kind: 'pon' as const, oltId, oltName: olt.name, pon, name, matches, typo }
            return [{ cost, hit }]
          }),
        }
      },
    },
  }
}
