import type { TicketSnapshot } from '../../src-shared/contract/tickets-model.ts'
import type { SubscriberPort } from '../engine/capability-ports.ts'
import type { Clock } from '../engine/clock.ts'
import type { CallContext, Emit } from '../engine/handlers.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'

/** Where a ticket can come from. */
export type NetworkSource = 'alarm' | 'outage'

/** The network, as tickets ask it; made in engine/ticket-network.ts. */
export interface TicketNetwork {
  /** As it stands at this moment. Null: there is no such thing. */
  readonly look: (
    kind: NetworkSource,
    id: string,
    context: CallContext,
  ) => Promise<{
    readonly oltIds: readonly string[]
    /** Of subscribers, else of ONUs; null: it is not about any. */
    readonly affected: number | null
    /** Of one ONU that serves somebody: whom. */
    readonly service: { readonly subscriberId: string; readonly serviceId: string } | null
    readonly snapshot: TicketSnapshot
  } | null>
  /** Gives the alarm or outage its number, in the transaction; the returned function is run after it. */
  readonly number: (
    tx: Transaction,
    of: { readonly kind: NetworkSource; readonly id: string; readonly number: string },
    context: CallContext,
  ) => () => void
}

/** What tickets need of the house; wired in engine/open-workspace.ts. */
export interface TicketsDependencies {
  readonly clock: Clock
  readonly newId: () => string
  readonly emit: Emit
  readonly log: { error(event: string, details?: object): void }
  readonly reader: StoreReader
  /** What the engine does by itself: one audited transaction. Errors: those of the store. */
  readonly write: (name: string, input: object, apply: (tx: Transaction) => void) => void
  readonly subscribers: Pick<SubscriberPort, 'party' | 'services' | 'note' | 'belongs'>
  readonly network: TicketNetwork
  readonly nameOfAccount: (accountId: string) => string | null
  /** IANA: where this machine stands; of the calendars to begin with. */
  readonly zone: string
  /** A workspace to look around in gets tickets to look at; whose they are. */
  readonly simulated?: { readonly accountIds: () => readonly string[] }
}
