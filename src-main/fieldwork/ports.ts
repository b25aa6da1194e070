import type { SubscriberPort } from '../engine/capability-ports.ts'
import type { Clock } from '../engine/clock.ts'
import type { Emit } from '../engine/handlers.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import type { PowerPath } from '../../src-shared/domain/power-budget.ts'

/** An ONU's light as the network has it; made in engine/fieldwork-network.ts. */
export interface OnuLight {
  readonly oltName: string
  /** Null: no reading. */
  readonly now: { readonly rxDbm: number; readonly at: number } | null
  /** What the receiver is specified for, dBm. */
  readonly range: { readonly minDbm: number; readonly maxDbm: number }
  readonly path: PowerPath
}

/** What work orders need of the house; wired in engine/open-business.ts. */
export interface FieldworkDependencies {
  readonly clock: Clock
  readonly newId: () => string
  readonly emit: Emit
  readonly log: { error(event: string, details?: object): void }
  readonly reader: StoreReader
  /** What the engine does by itself: one audited transaction. Errors: those of the store. */
  readonly write: (name: string, input: object, apply: (tx: Transaction) => void) => void
  readonly subscribers: Pick<SubscriberPort, 'party' | 'services' | 'note' | 'belongs'>
  /** Null: the network does not know it. */
  readonly lightOf: (oltId: string, serial: string) => OnuLight | null
  /** A line of the ticket's time line, in the transaction of what happened. */
  readonly noteTicket: (
    tx: Transaction,
    ticketId: string,
    what: {
      readonly accountId: string | null
      /** Of the order. */
      readonly number: string
      readonly step: 'opened' | 'done' | 'signed' | 'cancelled' | 'not-completed'
      /** Who signed; empty: nobody. */
      readonly name: string
      readonly reason: string
    },
  ) => void
  readonly ticketsChanged: () => void
  readonly nameOfAccount: (accountId: string) => string | null
  /** Those who may sign in. */
  readonly accounts: () => readonly { readonly id: string; readonly name: string }[]
  /** Who stands on the certificate; empty: not said yet. */
  readonly sellerName: () => string
  /** Into the exports' folder, whole or not at all. Errors: `disk-full`, `permission-denied`. */
  readonly writePaper: (fileName: string, bytes: Uint8Array) => Promise<{ readonly folder: string }>
  /** IANA: where this machine stands. */
  readonly zone: string
  /** A workspace to look around in gets orders to look at. */
  readonly simulated?: true
}
