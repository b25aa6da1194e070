import type { AlarmResource } from '../../../src-shared/contract/alarms-model.ts'
import { packOnuAddress, unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type {
  NetworkCycle,
  NetworkFacts,
  NetworkListener,
  OltFacts,
  OnuStateChanges,
} from '../../engine/network-facts.ts'
import type { RuleBook } from '../rule-book.ts'
import type { ConditionTeller } from './condition-teller.ts'
import { stateAt } from './onu-rules.ts'
import type { OnuColumns } from './pon-rules.ts'

/** One detector: listens to the network, and is asked now and then. */
export interface Watcher extends Pick<
  NetworkListener,
  'cycle' | 'reachability' | 'restarted' | 'chassis' | 'gone'
> {
  /** States that a walk changed, and what each change comes to (onu-memory.ts). */
  readonly moved?: (olt: OltFacts, changes: OnuStateChanges, moves: Uint8Array) => void
  /** A status walk is over; columns by place within the OLT, good until the next one. */
  readonly status?: (olt: OltFacts, cycle: NetworkCycle, columns: OnuColumns) => void
  /** What was known before the first walk: nothing is told of it yet. */
  readonly seed?: (olt: OltFacts) => void
  /** Every few seconds, wall ms. */
  readonly tick?: (at: number) => void
  /** The OLT was removed. */
  readonly end?: (oltId: string) => void
}

export interface WatchContext {
  readonly facts: NetworkFacts
  readonly rules: RuleBook
  readonly teller: ConditionTeller
}

/** Of a cycle that read every ONU of its OLT one knows all; of another one only what it read. */
export const isWhole = ({ whole, pon }: NetworkCycle): boolean => whole && pon === null

/** What the teller is to know of a cycle of states: null where everything was read. */
export const partialOf = (
  { onus, rowOf }: NetworkFacts,
  cycle: NetworkCycle,
): { readonly isUnread: (resource: AlarmResource) => boolean } | null =>
  isWhole(cycle)
    ? null
    : {
        isUnread: (resource) => {
          if (resource.kind !== 'onu') return false
          const row = rowOf(resource.oltId, packOnuAddress(resource.address))
          return row >= 0 && onus.state(row) === stateAt.unknown
        },
      }

export const ponResource = (oltId: string, pon: number): AlarmResource => {
  const { shelf, slot, port } = unpackOnuAddress(pon)
  return { kind: 'pon', oltId, pon: { shelf, slot, port } }
}

export const onuResource = (oltId: string, address: number): AlarmResource => ({
  kind: 'onu',
  oltId,
  address: unpackOnuAddress(address),
})

/** Values for people: tenths are enough. */
export const tenth = (value: number): number => Math.round(value * 10) / 10

/**
 * How long something has lasted, for a text: in steps that grow with it, so that it is news now and
 * then only. Of ms, in s.
 */
export const roughSeconds = (ms: number): number => {
  const seconds = Math.max(0, ms / 1000)
  const step = seconds < 600 ? 60 : seconds < 7_200 ? 600 : 3_600
  return seconds < 60 ? Math.round(seconds / 15) * 15 : Math.floor(seconds / step) * step
}
