import {
  formatPon,
  isValidOnuAddress,
  type PonAddress,
} from '../../../src-shared/domain/onu-address.ts'
import type { TrapMeaning } from '../../../src-shared/contract/traps.ts'
import type { SnmpValue } from '../snmp/snmp-value.ts'
import type { Trap } from './trap-message.ts'

/**
 * What a family knows of its traps: the `traps:` section of a profile. A trap is an accelerator and
 * never the truth (facts/olt.md 1.5, 2.4): it says where to look now, and what is read there counts.
 */
export interface TrapRule {
  /** OID of the trap; with `subtree` every trap below it. */
  readonly trap: string
  readonly subtree?: boolean | undefined
  /** In the field's own words; shown, never acted on. */
  readonly meaning: TrapMeaning
  readonly look: 'olt' | 'pon' | 'onu' | 'unconfigured'
  /** Where the trap says which PON or ONU: the first of these that it tells. */
  readonly at?: readonly TrapPlace[] | undefined
  /**
   * Where to look when a place is there and is no PON and no ONU: an uplink, say. By default the
   * whole OLT, as when no place is there.
   */
  readonly otherwise?: 'olt' | 'nothing' | undefined
  readonly certainty: 'proven' | 'unproven'
}

/** A varbind of this column, and how it says where. */
export type TrapPlace =
  /** The index of the varbind's name, or its value: a number of this codec. */
  | { readonly in: 'name' | 'value'; readonly object: string; readonly index: string }
  /** Its value is the name of an interface (`GPON0/1:3`), taken apart like ifName. */
  | { readonly in: 'text'; readonly object: string }

export type TrapAddress = PonAddress & { readonly onuId: number | null }

/** Reads arcs as an address; `onuId` null when they name a PON only. Null: not an address. */
export type TrapIndexReader = (arcs: readonly number[]) => TrapAddress | null

/** How a family takes places apart. */
export interface TrapReaders {
  /** Null: no arithmetic is known for this codec. */
  readonly byIndex: (index: string) => TrapIndexReader | null
  /** The name of an interface. Null: it names no PON and no ONU. */
  readonly byName: ((name: string) => TrapAddress | null) | null
}

/** What to look at now. */
export type TrapLook =
  | { readonly kind: 'olt' }
  | { readonly kind: 'unconfigured' }
  | { readonly kind: 'pon'; readonly pon: PonAddress }
  | { readonly kind: 'onu'; readonly pon: PonAddress; readonly onuId: number }

export interface TrapMatch {
  readonly rule: TrapRule
  /** Null: nothing that is read here has changed. */
  readonly look: TrapLook | null
  /** A notification of the standards, which says nothing about who sent it. */
  readonly generic: boolean
}

/** Null: no rule knows this trap. */
export type TrapMatcher = (trap: Trap) => TrapMatch | null

/** The reader for a codec that turns a PON's number into its address. */
export const indexReaderOf =
  (codec: {
    readonly decodePon: (index: number) => PonAddress | null
    readonly minOnuId: number
    readonly maxOnuId: number
  }): TrapIndexReader =>
  ([index, onu]) => {
    const pon = index === undefined ? null : codec.decodePon(index)
    if (pon === null) return null
    const inRange = onu !== undefined && onu >= codec.minOnuId && onu <= codec.maxOnuId
    return { ...pon, onuId: inRange ? onu : null }
  }

const noReaders: TrapReaders = { byIndex: () => null, byName: null }

/**
 * Rules of one family, the most specific first, then those that hold for every OLT. A trap of version
 * 1 gets a zero before its last arc when it is translated (RFC 3584 section 3.1), and firmware is not
 * careful about it: both forms fit.
 */
export const createTrapMatcher = (
  rules: readonly TrapRule[],
  readers: TrapReaders = noReaders,
  genericRules: readonly TrapRule[] = [],
): TrapMatcher => {
  const own = finderOf(rules)
  const generic = finderOf(genericRules)
  return (trap) => {
    const ownRule = own(trap.trapOid)
    const rule = ownRule ?? generic(trap.trapOid)
    if (rule === undefined) return null
    return { rule, look: lookOf(rule, trap, readers), generic: ownRule === undefined }
  }
}

const finderOf = (rules: readonly TrapRule[]): ((trapOid: string) => TrapRule | undefined) => {
  const exact = new Map<string, TrapRule>()
  for (const rule of rules.toReversed()) {
    if (rule.subtree !== true) exact.set(withoutZero(rule.trap), rule)
  }
  const subtrees = rules
    .filter((rule) => rule.subtree === true)
    .toSorted((left, right) => right.trap.length - left.trap.length)
  return (trapOid) =>
    exact.get(withoutZero(trapOid)) ?? subtrees.find(({ trap }) => trapOid.startsWith(`${trap}.`))
}

const withoutZero = (oid: string): string => oid.replace(/\.0(\.\d+)$/u, '$1')

const lookOf = (rule: TrapRule, trap: Trap, readers: TrapReaders): TrapLook | null => {
  if (rule.look === 'olt' || rule.look === 'unconfigured') return { kind: rule.look }
  let elsewhere = false
  for (const place of rule.at ?? []) {
    const address = addressOf(place, trap, readers)
    if (address === 'unreadable') continue
    if (address === null || !isValidOnuAddress({ ...address, onuId: address.onuId ?? 0 })) {
      elsewhere = true
      continue
    }
    const { onuId, ...pon } = address
    return rule.look === 'onu' && onuId !== null
      ? { kind: 'onu', pon, onuId }
      : { kind: 'pon', pon }
  }
  return elsewhere && rule.otherwise === 'nothing' ? null : { kind: 'olt' }
}

/** Null: the place is another one than a PON. */
const addressOf = (
  place: TrapPlace,
  trap: Trap,
  readers: TrapReaders,
): TrapAddress | null | 'unreadable' => {
  const varbind = trap.varbinds.find(
    ({ oid }) => oid === place.object || oid.startsWith(`${place.object}.`),
  )
  if (varbind === undefined) return 'unreadable'
  if (place.in === 'text') {
    const name = textOf(varbind.value)
    return readers.byName === null || name === null ? 'unreadable' : readers.byName(name)
  }
  const reader = readers.byIndex(place.index)
  if (reader === null) return 'unreadable'
  if (place.in === 'name') {
    return reader(
      varbind.oid
        .slice(place.object.length + 1)
        .split('.')
        .map(Number),
    )
  }
  const number = numberOf(varbind.value)
  return number === null ? 'unreadable' : reader([number])
}

/** Some agents spell a number as text, and numbers of 32 bits arrive signed. */
const numberOf = (value: SnmpValue): number | null => {
  if (value.kind === 'number') return value.value < 0 ? value.value >>> 0 : value.value
  const text = textOf(value)
  return text !== null && /^\d{1,10}$/u.test(text) ? Number(text) : null
}

const textOf = (value: SnmpValue): string | null =>
  value.kind === 'octets' && value.value.length <= 128
    ? value.value.toString('latin1').replace(/\0$/u, '').trim()
    : null

/** One text for one place: looks that are the same have the same. */
export const lookKey = (look: TrapLook): string => {
  switch (look.kind) {
    case 'olt':
    case 'unconfigured':
      return look.kind
    case 'pon':
      return formatPon(look.pon)
    case 'onu':
      return `${formatPon(look.pon)}:${look.onuId}`
  }
}
