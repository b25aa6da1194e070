import type { AlarmResource } from '../../src-shared/contract/alarms-model.ts'

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
