import type { ServiceState } from '../../src-shared/contract/provisioning-model.ts'
import type { Clock } from '../engine/clock.ts'
import type { Emit } from '../engine/handlers.ts'
import type { NetworkFacts } from '../engine/network-facts.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'

/** What the subscribers need of the house; wired in engine/open-workspace.ts. */
export interface SubscribersDependencies {
  readonly clock: Clock
  readonly newId: () => string
  readonly emit: Emit
  readonly log: { error(event: string, details?: object): void }
  readonly reader: StoreReader
  /** What the engine does by itself: one audited transaction. Errors: those of the store. */
  readonly write: (name: string, input: object, apply: (tx: Transaction) => void) => void
  readonly facts: NetworkFacts
  /** Live rows that carry a serial number, by index. */
  readonly withSerial: (serial: string) => readonly number[]
  /** Wanted, seen, since (provisioning), by packed address; null: nothing was ever wished. */
  readonly wantedOf: (oltId: string, address: number) => ServiceState | null
  /** A service has another ONU or came to its end, in the transaction that says so. */
  readonly serviceChanged?: (
    tx: Transaction,
    serviceId: string,
    by: { readonly accountId: string | null; readonly reason: string },
  ) => void
  /** After that transaction. */
  readonly serviceCommitted?: () => void
  readonly nameOfAccount: (accountId: string) => string | null
  /** Accounts that may sign in, by name. */
  readonly activeAccounts: () => readonly { readonly id: string; readonly name: string }[]
}
