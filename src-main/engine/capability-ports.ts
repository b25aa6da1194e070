import type { AlarmResource } from '../../src-shared/contract/alarms-model.ts'
import type { Problem } from '../../src-shared/contract/common.ts'
import type { LineCause, ServiceState } from '../../src-shared/contract/provisioning-model.ts'
import type { Transaction } from '../store/write-path.ts'
import type { Belongs } from './reach.ts'

/**
 * What capabilities of the NOC let one another ask. Types only: each is made by its capability and
 * handed to the others in open-workspace.ts. Addresses are packed (domain/onu-address.ts). Lookups
 * are cheap (no SQL, no copy of the network) and never throw.
 */

/** The outside plant, by the plant capability. */
export interface PlantLookup {
  /** Goes up with every change. */
  readonly revision: () => number
  /** The node an ONU hangs on; null: nowhere. */
  readonly nodeOf: (oltId: string, address: number) => string | null
  readonly node: (id: string) => PlantNodeFacts | null
  /** Of every node that is there, for those who gather them. */
  readonly nodeIds?: () => readonly string[]
  /** From the node itself to the top. */
  readonly ancestors: (id: string) => readonly string[]
  /** Every ONU at or below a node. */
  readonly onusBelow: (
    id: string,
  ) => readonly { readonly oltId: string; readonly address: number }[]
  /** Street or area of an ONU: its own address, else that of what it hangs on; null: not known. */
  readonly areaOf: (oltId: string, address: number) => string | null
  /** Address text as it was entered; empty: none. */
  readonly streetAddressOf: (oltId: string, address: number) => string
}

export interface PlantNodeFacts {
  readonly id: string
  readonly kind: 'zone' | 'cabinet' | 'splitter' | 'odb'
  readonly name: string
  /** Names from the top, joined by " › ", itself included. */
  readonly path: string
  readonly parentId: string | null
  readonly street: string
}

/** Maintenance windows that are on now, by the alarms capability. */
export type MaintenanceLookup = (
  oltId: string,
  /** Null: the OLT itself. A PON port: its packed address with onuId 0 and `pon` true. */
  address: number | null,
  pon?: boolean,
) => { readonly id: string; readonly behaviour: 'skip' | 'mute' | 'mark' } | null

/** Whom some ONUs serve, and what they pay; by subscribers and billing. */
export interface Behind {
  readonly subscribers: number
  /** A month of what they have, in minor units; null: not known, or not of one currency. */
  readonly revenue: { readonly minor: number; readonly currency: string } | null
}

/** Null: no ONU of this workspace serves anybody that it knows of. */
export type BehindLookup = (
  onus: readonly { readonly oltId: string; readonly serials: readonly string[] }[],
) => Behind | null

/** The open outage that a resource is part of, by the outages capability. */
export type OutageLookup = (resource: AlarmResource) => string | null

/** How an ONU's light stands against its own 30-day median, by the alarms capability. */
export type LightLookup = (
  oltId: string,
  address: number,
) => {
  /** dB below the median, of the worse direction; NaN: no median or no reading. */
  readonly dropDb: number
} | null

/**
 * One thing that happened to a subscriber, for his time line. `kind`: a closed word of the capability
 * that writes (`service-added`, `billing-invoice-issued`), with words of the renderer under
 * `subscribers.event.<kind>`. `data`: what those words show; no secret.
 */
export interface NoteSubscriberEvent {
  readonly subscriberId: string
  readonly kind: string
  readonly objectKind?: string | null
  readonly objectId?: string | null
  /** Null: the console itself. */
  readonly accountId: string | null
  readonly data?: Readonly<Record<string, string | number | boolean | null>>
}

/** A subscriber as documents name him: what an invoice takes a copy of. */
export interface SubscriberParty {
  readonly id: string
  readonly code: string
  readonly kind: 'person' | 'company'
  readonly name: string
  readonly status: 'lead' | 'active' | 'suspended' | 'ended'
  /** BCP 47. */
  readonly language: string
  /** IANA; null: the seller's. */
  readonly timeZone: string | null
  /** ISO 4217; null: the seller's. */
  readonly currency: string | null
  readonly agentId: string | null
  readonly neverSuspend: boolean
  readonly restricted: boolean
  readonly taxId: string
  /** As it stands in the tax register; empty: his name. */
  readonly taxName: string
  readonly taxTreatment: 'standard' | 'exempt' | 'reverse-charge' | 'outside'
  /** Of the contact for bills, else the first. */
  readonly email: string | null
  readonly phone: string | null
  /** Where bills go, else the first address. */
  readonly address: {
    readonly lines: string
    readonly city: string
    readonly region: string
    readonly postcode: string
    readonly country: string
  } | null
}

/** Subscribers, for billing, dunning and tickets; by the subscribers capability. Reads SQL. */
export interface SubscriberPort {
  readonly party: (subscriberId: string) => SubscriberParty | null
  /** Services of his, without those that ended. `oltId` and `serial` null: it has no ONU yet. */
  readonly services: (subscriberId: string) => readonly {
    readonly id: string
    readonly name: string
    readonly state: 'planned' | 'live'
    readonly oltId: string | null
    readonly serial: string | null
  }[]
  /** A line of his time line, in the transaction of what happened. */
  readonly note: (tx: Transaction, event: NoteSubscriberEvent) => void
  /** Whether the account's reach takes him in. */
  readonly belongs: (subscriberId: string) => Belongs | null
}

/** What billing wants of the line of an ONU. */
export interface LineWish {
  readonly oltId: string
  readonly serial: string
  readonly desired: ServiceState['desired']
  readonly cause: LineCause
  /** As a person typed it; empty: none. */
  readonly reason: string
  /** Null: the console itself. */
  readonly accountId: string | null
}

/**
 * `kept`: a person wants it darker than billing does, and that stands. `unseen`: the network does not
 * know this ONU: the wish is to be said again when it does.
 */
export type LineWished = 'wished' | 'same' | 'kept' | 'unseen'

/** Wanted states of lines, by the provisioning capability: for billing. */
export interface LinePort {
  /** In the transaction of what it follows from. The OLT follows when it can be reached. */
  readonly wish: (tx: Transaction, wish: LineWish) => LineWished
  /** What would be said to the OLT, and where the ONU is; nothing is asked. */
  readonly stepsOf: (
    oltId: string,
    serial: string,
    desired: 'active' | 'suspended',
  ) => {
    readonly oltName: string | null
    /** Packed; null: the network does not know it. */
    readonly address: number | null
    readonly cli: readonly string[]
    /** Why nothing can be said now. */
    readonly problem: Problem | null
  }
  /** Whether the network knows this ONU now. Cheap. */
  readonly knows: (oltId: string, serial: string) => boolean
  /** Wakes the worker: after the transaction. */
  readonly look: () => void
}

/** Why a speed cannot be given on an OLT: nothing stands for it, or its lists hold no such profile. */
export interface SpeedGap {
  readonly why: 'unmapped' | 'missing'
  readonly profile: string | null
}

/** What the console's record of an ONU says against a speed. */
export interface SpeedOnOnu {
  /** `unknown`: the console holds no record of it. */
  readonly state: 'same' | 'differs' | 'unmapped' | 'unknown'
  /** Packed. */
  readonly address: number | null
  readonly differences: readonly {
    readonly part: string
    readonly actual: string
    readonly wanted: string
  }[]
}

/** The console's speeds, by the provisioning capability: for those who sell them. Reads SQL. */
export interface SpeedLookup {
  readonly speed: (id: string) => {
    readonly id: string
    readonly name: string
    readonly downKbps: number
    readonly upKbps: number
  } | null
  /** Null: it can be given there. */
  readonly gap: (id: string, oltId: string) => SpeedGap | null
  readonly onOnu: (id: string, oltId: string, serial: string) => SpeedOnOnu
}
