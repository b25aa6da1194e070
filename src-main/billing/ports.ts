import type { CalendarDate } from '../../src-shared/domain/calendar-date.ts'
import type { SpeedLookup, SubscriberPort } from '../engine/capability-ports.ts'
import type { Clock } from '../engine/clock.ts'
import type { CallContext, Emit } from '../engine/handlers.ts'
import type { NetworkFacts } from '../engine/network-facts.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'

/** What billing needs of the house; wired in engine/open-workspace.ts. */
export interface BillingDependencies {
  readonly clock: Clock
  readonly newId: () => string
  readonly emit: Emit
  readonly log: {
    info(event: string, details?: object): void
    warn(event: string, details?: object): void
    error(event: string, details?: object): void
  }
  readonly reader: StoreReader
  /** What the engine does by itself: one audited transaction. Errors: those of the store. */
  readonly write: (name: string, input: object, apply: (tx: Transaction) => void) => void
  readonly subscribers: SubscriberPort
  /** By name, code, telephone, address or serial, within the caller's reach. */
  readonly findSubscribers: (
    text: string,
    limit: number,
    context: CallContext,
  ) => {
    readonly total: number
    readonly rows: readonly {
      readonly id: string
      readonly code: string
      readonly name: string
      readonly phone: string | null
      readonly address: string | null
      readonly serial: string | null
    }[]
  }
  readonly speeds: SpeedLookup
  readonly facts: Pick<NetworkFacts, 'olt' | 'olts'>
  readonly nameOfAccount: (accountId: string) => string | null
  /** Made, for its owner alone, with the first file. */
  readonly exportsFolder: string
  /** A workspace to look around in: it begins with some plans. */
  readonly simulated?: boolean
}

/** The day of the seller's calendar, now. */
export type Today = () => CalendarDate
