import type { Output } from '../../../src-shared/contract/index.ts'
import type { ReadingGroup } from '../../../src-shared/contract/network-model.ts'
import { readingGroups } from './reading-plan.ts'

/** Pure: what the governor's figures come to. */

export type OltCare = Output<'network.oltCare'>
export type CareRequests = NonNullable<OltCare['requests']>

/** In one word, how the OLT bears being read; the first that holds. */
export type CareVerdict = 'quiet' | 'silent' | 'full' | 'losing' | 'slow' | 'calm'

/** More than this share of unanswered questions is not a lost datagram any more. */
const losingShare = 0.1

/** Undefined: it was not asked anything yet. */
export const careVerdict = (care: OltCare): CareVerdict | undefined => {
  if (care.quiet !== null) return 'quiet'
  const { requests, plan } = care
  if (requests === null) return undefined
  if (requests.sent > 0 && requests.unanswered >= requests.sent) return 'silent'
  if (requests.budgetMs > 0 && requests.leftMs <= 0) return 'full'
  if (requests.sent > 0 && requests.unanswered / requests.sent > losingShare) return 'losing'
  return plan.factor > 1 ? 'slow' : 'calm'
}

/** Used share of the minute's budget, 0..1. */
export const budgetShare = ({ usedMs, budgetMs }: CareRequests): number =>
  budgetMs <= 0 ? 1 : Math.min(1, Math.max(0, usedMs / budgetMs))

/** How many times its usual time an answer takes; null: one of the two is not known. */
export const slowerTimes = ({ plan }: OltCare): number | null =>
  plan.answerMs === null || plan.usualAnswerMs === null || plan.usualAnswerMs <= 0
    ? null
    : plan.answerMs / plan.usualAnswerMs

/** The answer time of the last minute, or of the last rounds where that minute was silent. */
export const answerNowMs = ({ requests, plan }: OltCare): number | null =>
  requests?.answerMs ?? plan.answerMs

export interface PlanLine {
  readonly group: Exclude<ReadingGroup, 'identity'>
  readonly askedS: number
  readonly keptS: number
  /** Nobody reads it in turn. */
  readonly onDemand: boolean
}

export const planLines = (care: OltCare): readonly PlanLine[] => {
  const { asked, kept } = care.plan
  return [
    { group: 'status', askedS: asked.statusS, keptS: kept.statusS, onDemand: false },
    { group: 'counters', askedS: asked.countersS, keptS: kept.countersS, onDemand: false },
    {
      group: 'optics',
      askedS: asked.opticsS,
      keptS: kept.opticsS,
      onDemand: !care.opticsPolled,
    },
  ]
}

/** The first reading whose interval is kept longer than asked for; undefined: none is. */
export const stretchedLine = (care: OltCare): PlanLine | undefined =>
  planLines(care).find((line) => !line.onDemand && line.keptS > line.askedS)

/** As it travels: positions of the contract's groups. */
const contractGroups = ['status', 'optics', 'counters', 'identity'] as const

export interface Round {
  readonly at: number
  readonly group: ReadingGroup
  readonly tookMs: number
  /** null: nothing was answered. */
  readonly answerMs: number | null
  readonly onus: number
  readonly whole: boolean
}

const orNull = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : value

/** Rounds of one group, or of all, the oldest first; at most the `last` ones. */
export const roundsOf = (
  { rounds }: OltCare,
  group: ReadingGroup | 'all',
  last: number,
): readonly Round[] => {
  const found: Round[] = []
  for (let position = 0; position < rounds.at.length; position += 1) {
    const at = orNull(rounds.at[position])
    const name = contractGroups[rounds.groups[position] ?? -1]
    if (at === null || name === undefined || (group !== 'all' && name !== group)) continue
    found.push({
      at,
      group: name,
      tookMs: orNull(rounds.tookMs[position]) ?? 0,
      answerMs: orNull(rounds.answerMs[position]),
      onus: Math.round(orNull(rounds.onus[position]) ?? 0),
      whole: rounds.whole[position] === 1,
    })
  }
  return found.slice(-last)
}

/** The groups that have rounds, in the order of the page. */
export const groupsWithRounds = ({ rounds }: OltCare): readonly ReadingGroup[] => {
  const present = new Set(Array.from(rounds.groups, (position) => contractGroups[position]))
  return readingGroups.filter((group) => present.has(group))
}

/** A scale's end that is easy to read: 1, 2 or 5 times a power of ten. */
export const niceMax = (value: number): number => {
  if (!(value > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power
}
