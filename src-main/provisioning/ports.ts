import type { Problem } from '../../src-shared/contract/common.ts'
import type { LineCause } from '../../src-shared/contract/provisioning-model.ts'
import type { OnuFilter } from '../../src-shared/contract/network-model.ts'
import type { OnuConfig, OnuPlaceOnOlt } from '../../src-shared/domain/onu-config.ts'
import type { OnuAddress, PonAddress } from '../../src-shared/domain/onu-address.ts'
import type { ApprovalGate } from '../engine/approval-ports.ts'
import type { Clock } from '../engine/clock.ts'
import type { Confirm } from '../engine/confirm.ts'
import type { Emit } from '../engine/handlers.ts'
import type { NetworkFacts } from '../engine/network-facts.ts'
import type { OltConfigs } from '../engine/olt-configs.ts'
import type { TrapLook } from '../olt/traps/trap-rules.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'

/** An ONU that an OLT reports as plugged in and not configured. */
export interface UnconfiguredFound {
  readonly oltId: string
  readonly pon: PonAddress | null
  readonly serial: string | null
  readonly model: string | null
  readonly firmware: string | null
  readonly firstSeenAt: number | null
  readonly seenAt: number | null
}

export interface NamedOnuOnOlt {
  readonly oltId: string
  readonly serial: string
}

/** What provisioning needs of the house; wired in engine/open-workspace.ts. */
export interface ProvisioningDependencies {
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
  readonly facts: NetworkFacts
  /** By SNMP, as the network capability saw them last. */
  readonly unconfigured: () => readonly UnconfiguredFound[]
  /** Live rows that a filter of the ONU table takes. */
  readonly matching: (filter: OnuFilter) => Int32Array
  /** Live rows that carry a serial number, by index. */
  readonly withSerial: (serial: string) => readonly number[]
  readonly configs: OltConfigs
  readonly confirm: Confirm
  /** Whether a plan needs a second person, and has one. */
  readonly approvals: ApprovalGate
  /**
   * Alarms raised since `since` of these ONUs or of their PON ports. `expectsDown`: the change takes
   * ONUs off the air by itself, so that alarms of these ONUs being down do not count.
   */
  readonly alarmsSince: (
    targets: readonly OnuPlaceOnOlt[],
    since: number,
    expectsDown: boolean,
  ) => number
  /** Stays the caller's, who wipes it after stop(). */
  readonly vaultKey: Uint8Array
  readonly nameOfAccount: (accountId: string) => string | null
  /** Has the network look soon at what was changed. */
  readonly look: (oltId: string, looks: readonly TrapLook[]) => void
  /** Who an ONU is, as its OLT's CLI has just told; null: it did not tell. */
  readonly told: (
    oltId: string,
    onu: Pick<OnuConfig, 'serial' | 'name' | 'description'> & { readonly address: OnuAddress },
  ) => void
  /** Reads an OLT's configuration and keeps it; why it is not kept, else null. Never rejects. */
  readonly keepConfiguration?: Readonly<
    Record<'before' | 'after', (oltId: string, signal: AbortSignal) => Promise<Problem | null>>
  >
  /** An ONU was moved or replaced, in the transaction that says so: what names it goes with it. */
  readonly onuFollowed?: (tx: Transaction, from: NamedOnuOnOlt, to: NamedOnuOnOlt) => void
  /** Something that is sold runs at this speed: it is not removed. */
  readonly speedIsSold?: (speedId: string) => boolean
  /** What is wanted of a service was said anew, in the transaction that says so. */
  readonly onuWanted?: (
    tx: Transaction,
    onu: NamedOnuOnOlt,
    wish: {
      readonly desired: string
      readonly reason: string
      readonly accountId: string | null
      /** What in billing it follows from; not there: a person wishes it. */
      readonly cause?: string
    },
  ) => void
  /** Why billing keeps the line of an ONU off; null: it does not. */
  readonly lineHeld?: (tx: Transaction, onu: NamedOnuOnOlt) => LineCause | null
  readonly hooks?: ProvisioningHooks
}

/** Where a test may let the app die or somebody else come between. */
export interface ProvisioningHooks {
  /** So many times shorter are the pauses between two tries at a target; 1 unless told. */
  readonly hurry?: number
  readonly at: (
    point: Boundary,
    where: { readonly planId: string; readonly target: number; readonly step: number },
  ) => Promise<void> | void
}

export type Boundary =
  | 'before-read'
  | 'after-read'
  | 'before-journal-sending'
  | 'after-journal-sending'
  | 'after-send'
  | 'after-journal-outcome'
  | 'before-read-back'
  | 'after-read-back'
  | 'after-journal-result'
