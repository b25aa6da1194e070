import type { Input, Output } from '../../src-shared/contract/index.ts'
import type { OnuRow } from '../../src-shared/contract/network-model.ts'
import {
  formatOnu,
  packOnuAddress,
  ponOf,
  unpackOnuAddress,
} from '../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { reachesOlt, type Reach } from '../engine/reach.ts'
import type { NetworkFacts } from '../engine/network-facts.ts'
import { nextTurn } from './next-turn.ts'
import type { PlantCounts } from './plant-counts.ts'

/** ONUs between two looks at who else wants the engine: some milliseconds. */
const perSlice = 10_000

/** ONUs that hang nowhere, by OLT and address. Errors: `cancelled`. */
export const findUnplaced = async (
  network: NetworkFacts,
  counts: PlantCounts,
  { oltId, pon, search, offset, limit }: Input<'plant.unplaced'>,
  signal: AbortSignal,
  reach: Reach,
): Promise<Output<'plant.unplaced'>> => {
  const words = search.toLowerCase().split(/\s+/u).filter(Boolean)
  const wantedPon = pon === null ? null : ponOf(packOnuAddress({ ...pon, onuId: 0 }))
  const found: OnuRow[] = []
  let total = 0
  let looked = 0
  for (const olt of network.olts()) {
    if ((oltId !== null && olt.id !== oltId) || !reachesOlt(reach, olt.id)) continue
    const oltName = olt.name.toLowerCase()
    for (let at = 0; at < olt.rows.length; at++) {
      const address = olt.addresses[at]!
      if (wantedPon !== null && ponOf(address) !== wantedPon) continue
      const row = olt.rows[at]!
      if (counts.isPlaced(row) || !hasWords(network, oltName, row, address, words)) continue
      if (total >= offset && found.length < limit) found.push(network.onuRow(row))
      total++
    }
    looked += olt.rows.length
    if (looked < perSlice) continue
    looked = 0
    await nextTurn()
    if (signal.aborted) throw new NocturneError('cancelled')
  }
  return { onus: found, total }
}

const hasWords = (
  { onus }: NetworkFacts,
  oltName: string,
  row: number,
  address: number,
  words: readonly string[],
): boolean => {
  if (words.length === 0) return true
  const text = [
    oltName,
    formatOnu(unpackOnuAddress(address)),
    onus.serial(row),
    onus.name(row),
    onus.description(row),
    onus.model(row),
  ]
    .join('\n')
    .toLowerCase()
  return words.every((word) => text.includes(word))
}
