import type { NocturneError } from '../../src-shared/errors.ts'
import type { CodeField, NumberField, OnuField, OnuGroup, TextField } from './family/onu-fields.ts'

export type OltProblemKind =
  /** A row whose index is no ONU address of this family. */
  | 'undecodable-index'
  /** A value of the wrong type or form; the cell has no value. */
  | 'undecodable-value'
  /** An enumeration number that the profile does not know; shown as unknown. */
  | 'unknown-code'
  /** The OLT's name of a PON port and the arithmetic of its number disagree; the name was believed. */
  | 'pon-name-disagrees'
  /** The OLT gave no names of PON ports; the arithmetic alone was used. */
  | 'pon-names-missing'
  /** The agent answered a column with an error of its own. */
  | 'column-failed'

/** What a reading could not make sense of: counted, with the first sample, never thrown. */
export interface OltProblem {
  readonly kind: OltProblemKind
  readonly field: string
  readonly count: number
  /** Short and printable: the first index or the first octets in hex. */
  readonly sample: string
}

/** One group of values of many ONUs, by columns; position `n` of each array is the ONU `address[n]`. */
export interface OnuReadings {
  readonly group: OnuGroup
  readonly count: number
  /** packOnuAddress, ascending. */
  readonly address: Int32Array
  /** NaN: no value. */
  readonly numbers: Readonly<Partial<Record<NumberField, Float64Array>>>
  /** Position in `onuStates` or `downCauses`; no value is "unknown". */
  readonly codes: Readonly<Partial<Record<CodeField, Uint8Array>>>
  readonly texts: Readonly<Partial<Record<TextField, readonly (string | null)[]>>>
  readonly notOffered: readonly OnuField[]
  /** Fields that were read through a column whose meaning is not proven. */
  readonly unproven: readonly OnuField[]
  readonly problems: readonly OltProblem[]
  /** Its octet counters wrap at 2^32 (Counter32); left out: they do not. */
  readonly counterBits?: 32
  readonly varbinds: number
  readonly pdus: number
  /** The walk ended early: only ONUs that were read whole are here. Null unless that was asked for. */
  readonly failure: NocturneError | null
}
