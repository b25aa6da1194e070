import type {
  Finding,
  FindingKind,
  findingSorts,
  findingViews,
} from '../../../src-shared/contract/billing-reconciliation.ts'
import { findingKinds } from '../../../src-shared/contract/billing-reconciliation.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import type { MadeFinding } from './look.ts'
import type { Ignored } from './reconciliation-tables.ts'

/** What a list of findings shows, and in which order. */

export interface FindingFilter {
  readonly kinds: readonly FindingKind[]
  readonly view: (typeof findingViews)[number]
  readonly search: string
}

const words = (finding: MadeFinding): string =>
  [
    finding.subscriber?.name,
    finding.subscriber?.code,
    finding.service?.name,
    finding.subscription?.planName,
    finding.onu?.serial,
    finding.onu?.oltName,
    ...finding.places.map(({ oltName }) => oltName),
  ]
    .join('\n')
    .toLowerCase()

export const fitsFinding = (
  finding: MadeFinding,
  filter: FindingFilter,
  ignored: ReadonlyMap<string, Ignored>,
): boolean =>
  (filter.kinds.length === 0 || filter.kinds.includes(finding.kind)) &&
  (filter.view === 'all' || ignored.has(finding.key) === (filter.view === 'ignored')) &&
  (filter.search === '' || words(finding).includes(filter.search.toLowerCase()))

const sinceOf = ({ sinceAt, sinceOn }: MadeFinding): number | null =>
  sinceAt ?? (sinceOn === null || sinceOn === '' ? null : Date.parse(`${sinceOn}T00:00:00Z`))

const onuText = ({ onu }: MadeFinding): string | null =>
  onu === null
    ? null
    : `${onu.oltName} ${onu.address === null ? '' : formatOnu(onu.address)} ${onu.serial}`

type Key = string | number | null

const keysOf: Readonly<Record<(typeof findingSorts)[number], (finding: MadeFinding) => Key>> = {
  kind: ({ kind }) => findingKinds.indexOf(kind),
  subscriber: ({ subscriber }) => subscriber?.name.toLowerCase() ?? null,
  onu: onuText,
  since: sinceOf,
  stake: ({ stake }) => stake?.minor ?? null,
}

/** What is not known comes last either way; the key makes every order the same each time. */
export const compareFindings = (
  sort: (typeof findingSorts)[number],
  descending: boolean,
): ((one: MadeFinding, other: MadeFinding) => number) => {
  const of = keysOf[sort]
  const turn = descending ? -1 : 1
  const byKey = (one: MadeFinding, other: MadeFinding): number =>
    one.key < other.key ? -1 : one.key > other.key ? 1 : 0
  return (one, other) => {
    // Two currencies are not compared by their numbers.
    if (sort === 'stake' && one.stake !== null && other.stake !== null) {
      const [a, b] = [one.stake.currency, other.stake.currency]
      if (a !== b) return a < b ? -1 : 1
    }
    const [a, b] = [of(one), of(other)]
    if (a === b) return byKey(one, other)
    if (a === null) return 1
    if (b === null) return -1
    return a < b ? -turn : turn
  }
}

export const shownFinding = (
  finding: MadeFinding,
  ignored: ReadonlyMap<string, Ignored>,
  nameOfAccount: (id: string) => string | null,
): Finding => {
  const left = ignored.get(finding.key)
  return {
    ...finding,
    ignored:
      left === undefined
        ? null
        : {
            reason: left.reason,
            untilOn: left.untilOn,
            by: left.by === null ? null : nameOfAccount(left.by),
            at: left.at,
          },
  }
}
