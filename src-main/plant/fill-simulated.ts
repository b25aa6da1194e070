import type { NetworkFacts } from '../engine/network-facts.ts'
import type { Transaction } from '../store/write-path.ts'
import { nextTurn } from './next-turn.ts'
import { createPlantDraft, type PlantDraft } from './plant-draft.ts'
import type { PlantChange, PlantIndex } from './plant-index.ts'
import { nameKey } from './rules.ts'
import type { PlaceRow, PlantNodeKind } from './tables.ts'

/** What a simulated plant says of one OLT's outside plant (simulator/outside/outside-plant.ts). */
export interface SimulatedOutside {
  readonly latitude: number
  readonly longitude: number
  readonly nodes: readonly {
    readonly kind: PlantNodeKind
    readonly name: string
    readonly parent: number
    readonly capacity: number | null
    readonly pon: number | null
    readonly latitude: number | null
    readonly longitude: number | null
    readonly street: string
  }[]
  readonly addresses: Int32Array
  readonly nodeOf: Int32Array
  readonly ports: Uint16Array
  readonly latitudes: Float64Array
  readonly longitudes: Float64Array
  readonly streetAddresses: readonly string[]
}

export interface FillOptions {
  readonly index: PlantIndex
  readonly network: NetworkFacts
  readonly now: () => number
  readonly newId: () => string
  readonly write: (name: string, input: object, apply: (tx: Transaction) => void) => void
  readonly take: (change: PlantChange) => void
  readonly outsideOf: (oltName: string) => Promise<SimulatedOutside>
  readonly signal: AbortSignal
}

/**
 * Puts the outside plant of a simulated workspace in: one transaction per OLT (about 2,000 ONUs, some
 * 30 ms), with a turn for everybody else in between. OLTs that have a place already are left alone.
 * Never used on a workspace of one's own.
 */
export const fillSimulated = async (options: FillOptions): Promise<void> => {
  const { index, network, signal } = options
  for (const olt of network.olts()) {
    if (signal.aborted) return
    if (!olt.simulated || index.oltById(olt.id) !== undefined) continue
    const outside = await options.outsideOf(olt.name)
    if (signal.aborted) return
    let change: PlantChange = {}
    options.write(
      'plant.fillSimulated',
      { oltId: olt.id, nodes: outside.nodes.length, onus: outside.addresses.length },
      (tx) => {
        const draft = createPlantDraft(tx, { index, network, at: options.now() })
        putOutside(draft, olt.id, outside, options)
        change = draft.change
      },
    )
    options.take(change)
    await nextTurn()
  }
}

const putOutside = (
  draft: PlantDraft,
  oltId: string,
  outside: SimulatedOutside,
  { index, newId }: FillOptions,
): void => {
  const { latitude, longitude } = outside
  const olt = { ...draft.oltOf(oltId), latitude, longitude }
  draft.changeOlt(olt)
  const numbers: number[] = []
  for (const { parent: position, pon, ...node } of outside.nodes) {
    const parent = position < 0 ? null : (numbers[position] ?? null)
    const known = (index.order().children[parent ?? 0] ?? []).find(
      (number) => nameKey(index.nodeAt(number)?.name ?? '') === nameKey(node.name),
    )
    numbers.push(
      known ??
        draft.addNode({
          ...node,
          id: newId(),
          parent,
          pon,
          ponOlt: pon === null ? null : oltId,
          note: '',
        }).number,
    )
  }
  draft.putPlaces(
    Array.from(outside.addresses, (address, place): PlaceRow => ({
      olt: olt.number,
      address,
      node: numbers[outside.nodeOf[place]!] ?? null,
      port: outside.ports[place]!,
      streetAddress: outside.streetAddresses[place]!,
      latitude: outside.latitudes[place]!,
      longitude: outside.longitudes[place]!,
    })),
  )
}
