import type { ServiceState } from '../../src-shared/contract/provisioning-model.ts'
import type { CalendarDate } from '../../src-shared/domain/calendar-date.ts'
import type { LinePort, SpeedLookup, SubscriberPort } from '../engine/capability-ports.ts'
import type { ApprovalGate } from '../engine/approval-ports.ts'
import type { Clock } from '../engine/clock.ts'
import type { Confirm } from '../engine/confirm.ts'
import type { CallContext, Emit } from '../engine/handlers.ts'
import type { NetworkFacts } from '../engine/network-facts.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'

/** An agent and a reseller to look around with: nobody signs in to them until he is given a code. */
export interface SimulatedAgents {
  readonly makeAccount: (tx: Transaction, name: string, login: string) => string
  readonly giveCustomers: (
    tx: Transaction,
    accountId: string,
    subscriberIds: readonly string[],
  ) => void
}

/** What billing needs of the house; wired in engine/open-workspace.ts. */
export interface BillingDependencies {
  /** Whether an act needs a second person, and has one. */
  readonly approvals: ApprovalGate
  readonly clock: Clock
  /** A person's "yes" outside the page. */
  readonly confirm: Confirm
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
  /** A lead who was sold something that has begun is active from then on; left out: nobody is told. */
  readonly leadBegins?: (tx: Transaction, subscriberId: string, accountId: string | null) => void
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
  /** What is wanted of the lines of ONUs. */
  readonly lines: LinePort
  readonly facts: Pick<NetworkFacts, 'olt' | 'olts'>
  /** Cell by cell, for what is compared with the books. */
  readonly onus: Pick<NetworkFacts['onus'], 'state' | 'serial' | 'stateSince' | 'address'>
  /** What is wished of the line at a place, and what was seen; null: nothing was ever wished. */
  readonly wantedOf: (oltId: string, address: number) => ServiceState | null
  readonly nameOfAccount: (accountId: string) => string | null
  /** Those that may sign in, whom subscribers may belong to. */
  readonly accounts: () => readonly { readonly id: string; readonly name: string }[]
  /** Accounts for the agents of a simulated workspace; left out: it has none. */
  readonly simulatedAgents?: SimulatedAgents
  /** Seals what a provider of payments is reached with. */
  readonly vaultKey: Uint8Array
  /** From 0 up to 1. */
  readonly chance: () => number
  /** In place of PayPal's own address: tests alone. */
  readonly payPalAddress?: string
  /** Made, for its owner alone, with the first file. */
  readonly exportsFolder: string
  /** A workspace to look around in: it begins with some plans. */
  readonly simulated?: boolean
}

/** The day of the seller's calendar, now. */
export type Today = () => CalendarDate
