import type { Output } from '../../src-shared/contract/index.ts'
import { formatOnu } from '../../src-shared/domain/onu-address.ts'
import { paths } from './paths.ts'

/** What the palette found on the engine's side, as lines of the list. */
export interface FoundOnu {
  readonly kind: 'onu'
  readonly key: string
  readonly route: string
  readonly onu: Output<'network.search'>['onus'][number]
}

export interface FoundOlt {
  readonly kind: 'olt'
  readonly key: string
  readonly route: string
  readonly olt: Output<'network.search'>['olts'][number]
}

export const foundOnus = (result: Output<'network.search'>): readonly FoundOnu[] =>
  result.onus.map((onu) => ({
    kind: 'onu',
    key: `onu ${onu.oltId} ${formatOnu(onu.address)}`,
    route: paths.onu(onu.oltId, onu.address),
    onu,
  }))

export const foundOlts = (result: Output<'network.search'>): readonly FoundOlt[] =>
  result.olts.map((olt) => ({ kind: 'olt', key: `olt ${olt.id}`, route: paths.olt(olt.id), olt }))

/** Every typed word must occur somewhere in the label; case does not matter. */
export const matches = (label: string, text: string): boolean => {
  const lower = label.toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word))
}

/** The next line up or down, around the ends; -1: the list is empty. */
export const moveIn = (length: number, from: number, by: number): number =>
  length === 0 ? -1 : (from + by + length) % length
