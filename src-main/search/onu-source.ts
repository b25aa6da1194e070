import { formatOnu, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import type { PlantLookup } from '../engine/capability-ports.ts'
import type { NetworkFacts, OltFacts } from '../engine/network-facts.ts'
import { highlight } from './highlight.ts'
import { typosBelow, type SearchSource } from './search-source.ts'
import type { SearchWithin } from './within.ts'
import type { Slices } from './slices.ts'
import { createTextIndex, type TextIndex, type Texts } from './text-index.ts'

/** ONUs by serial, name, street address, description, model, name of the OLT, and address. */
export interface OnuSource extends SearchSource {
  /** Texts or ONUs of this OLT have changed. */
  readonly refresh: (oltId: string) => void
  /** OLTs were removed or restored. */
  readonly oltsChanged: () => void
  readonly gone: (rows: Int32Array) => void
  /** Street addresses have changed somewhere. */
  readonly refreshStreets: () => void
  /** Makes the whole anew where too much of it is void; the old one answers meanwhile. */
  readonly tidy: () => void
  readonly stats: () => ReturnType<TextIndex['stats']>
}

const serialField = 0
/** Looked at together, then the loop may go on. */
const rowsAtOnce = 16
const streetsAtOnce = 256
/** Void share from which the index is made anew. */
const tooVoid = 0.35

const newIndex = (): TextIndex => createTextIndex({ serialField, addresses: 'onu' })

export const createOnuSource = (deps: {
  readonly network: NetworkFacts
  readonly plant: PlantLookup
  readonly slices: Slices
  readonly within: SearchWithin
}): OnuSource => {
  const { network, plant, slices } = deps
  const { onus } = network
  let index = newIndex()
  let growing: TextIndex | null = null
  /** By row: what was indexed last, so that only those that differ are put again. */
  const streets: string[] = []

  const textsOf = (olt: OltFacts, row: number): Texts => [
    onus.serial(row),
    onus.name(row),
    streets[row] ?? '',
    onus.description(row),
    onus.model(row),
    olt.name,
  ]

  const put = (into: TextIndex, olt: OltFacts, row: number, address: number): void => {
    streets[row] = plant.streetAddressOf(olt.id, address)
    into.put(row, olt.index, address, textsOf(olt, row))
  }

  /** What goes away while the piece waits is seen by asking for the row anew. */
  function* putOlt(oltId: string, into: () => readonly TextIndex[]): Generator<void> {
    const olt = network.olt(oltId)
    if (olt === undefined) return
    for (const [place, address] of olt.addresses.entries()) {
      const row = olt.rows[place]!
      if (network.rowOf(oltId, address) === row) {
        for (const target of into()) put(target, olt, row, address)
      }
      if (place % rowsAtOnce === rowsAtOnce - 1) yield
    }
  }

  const both = (): readonly TextIndex[] => (growing === null ? [index] : [index, growing])

  function* putStreets(): Generator<void> {
    for (const { id } of network.olts()) {
      const olt = network.olt(id)
      if (olt === undefined) continue
      for (const [place, address] of olt.addresses.entries()) {
        const row = olt.rows[place]!
        const moved =
          plant.streetAddressOf(id, address) !== streets[row] && network.rowOf(id, address) === row
        if (moved) for (const target of both()) put(target, olt, row, address)
        if (moved || place % streetsAtOnce === 0) yield
      }
    }
  }

  function* growAnew(): Generator<void> {
    const fresh = newIndex()
    growing = fresh
    for (const { id } of network.olts()) yield* putOlt(id, () => [fresh])
    index = fresh
    growing = null
  }

  return {
    scope: 'onus',
    permission: 'network.onu.read',
    ids: true,
    refresh: (oltId) => slices.add(`onus ${oltId}`, () => putOlt(oltId, both)),
    oltsChanged: () => {
      const present = new Set(network.olts().map((olt) => olt.index))
      for (const each of both()) each.removeWhere((group) => !present.has(group))
    },
    gone: (rows) => {
      for (const row of rows) {
        for (const each of both()) each.remove(row)
        streets[row] = ''
      }
    },
    refreshStreets: () => slices.add('streets', putStreets),
    tidy: () => {
      if (growing === null && index.waste() > tooVoid) slices.add('onus anew', growAnew)
    },
    stats: () => index.stats(),
    find: ({ query, limit, onlyIds, context }) => {
      const { hits, total } = index.find(query, {
        limit,
        typosBelow,
        within: deps.within.onus(context.reach),
        ...(onlyIds ? { fields: serialField + 1 } : {}),
      })
      return {
        total,
        hits: hits.flatMap(({ record, cost, typo }) => {
          const olt = network.oltOfRow(record)
          const address = index.addressOf(record)
          // Between two slices a row may be another ONU's, or nobody's.
          if (olt === undefined || network.rowOf(olt.id, address) !== record) return []
          const onu = network.onuRow(record)
          const streetAddress = plant.streetAddressOf(olt.id, address)
          const matches = highlight(query, [
            { field: 'serial', text: onu.serial, serial: true },
            { field: 'name', text: onu.name },
            { field: 'streetAddress', text: streetAddress },
            { field: 'description', text: onu.description },
            { field: 'model', text: onu.model },
            { field: 'oltName', text: onu.oltName },
            { field: 'address', text: formatOnu(unpackOnuAddress(address)), address: true },
          ])
          return [{ cost, hit: { kind: 'onu' as const, onu, streetAddress, matches, typo } }]
        }),
      }
    },
  }
}
