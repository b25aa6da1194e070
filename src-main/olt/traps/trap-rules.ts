import type { PonAddress } from '../../../src-shared/domain/onu-address.ts'
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
  /** Where the trap says which PON or ONU; without it, or when it is not there: the whole OLT. */
  readonly at?: TrapIndex | undefined
  readonly certainty: 'proven' | 'unproven'
}

export const trapMeanings = [
  'onu-online',
  'onu-offline',
  'onu-found',
  'onu-changed',
  'dying-gasp',
  'signal-lost',
  'light-level',
  'pon-changed',
  'other',
] as const
export type TrapMeaning = (typeof trapMeanings)[number]

export interface TrapIndex {
  /** The index of a varbind's name, or a varbind's value that is itself a PON's number. */
  readonly in: 'name' | 'value'
  /** Column whose varbind to take. */
  readonly object: string
  /** Name of an index codec of the family. */
  readonly index: string
}

/** Reads arcs as an address; `onuId` null when they name a PON only. Null: not an address. */
export type TrapIndexReader = (
  arcs: readonly number[],
) => (PonAddress & { readonly onuId: number | null }) | null

/** What to look at now. */
export type TrapLook =
  | { readonly kind: 'olt' }
  | { readonly kind: 'unconfigured' }
  | { readonly kind: 'pon'; readonly pon: PonAddress }
  | { readonly kind: 'onu'; readonly pon: PonAddress; readonly onuId: number }

export interface TrapMatch {
  readonly rule: TrapRule
  readonly look: TrapLook
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

/**
 * Rules of one family, the most specific first. A trap of version 1 gets a zero before its last arc
 * when it is translated (RFC 3584 section 3.1), and firmware is not careful about it: both forms fit.
 */
export const createTrapMatcher = (
  rules: readonly TrapRule[],
  readers: (index: string) => TrapIndexReader | null,
): TrapMatcher => {
  const exact = new Map<string, TrapRule>()
  for (const rule of rules.toReversed()) {
    if (rule.subtree !== true) exact.set(withoutZero(rule.trap), rule)
  }
  const subtrees = rules
    .filter((rule) => rule.subtree === true)
    .toSorted((left, right) => right.trap.length - left.trap.length)

  return (trap) => {
    const rule =
      exact.get(withoutZero(trap.trapOid)) ??
      subtrees.find((candidate) => trap.trapOid.startsWith(`${candidate.trap}.`))
    return rule === undefined ? null : { rule, look: lookOf(rule, trap, readers) }
  }
}

const withoutZero = (oid: string): string => oid.replace(/\.0(\.\d+)$/u, '$1')

const lookOf = (
  rule: TrapRule,
  trap: Trap,
  readers: (index: string) => TrapIndexReader | null,
): TrapLook => {
  if (rule.look === 'olt' || rule.look === 'unconfigured') return { kind: rule.look }
  const address = rule.at === undefined ? null : addressOf(rule.at, trap, readers)
  if (address === null) return { kind: 'olt' }
  const { onuId, ...pon } = address
  return rule.look === 'onu' && onuId !== null ? { kind: 'onu', pon, onuId } : { kind: 'pon', pon }
}

const addressOf = (
  at: TrapIndex,
  trap: Trap,
  readers: (index: string) => TrapIndexReader | null,
): ReturnType<TrapIndexReader> => {
  const reader = readers(at.index)
  const varbind = trap.varbinds.find(
    ({ oid }) => oid === at.object || oid.startsWith(`${at.object}.`),
  )
  if (reader === null || varbind === undefined) return null
  if (at.in === 'name') {
    return reader(
      varbind.oid
        .slice(at.object.length + 1)
        .split('.')
        .map(Number),
    )
  }
  return varbind.value.kind === 'number' ? reader([varbind.value.value]) : null
}
