import { readingGroups } from '../../../src-shared/contract/network-model.ts'
import type { AdaptedPlan } from './adapt-intervals.ts'
import type { OnuGroup, OnuWalk } from './olt-port.ts'
import type { PollPlan } from './schedule.ts'

/** How an OLT is treated and how it bears it, but for the gate's figures (createOltPorts: figuresOf). */
export interface PolledCare {
  /** Seconds. `kept` is what is kept to while answers are slow: `factor` times what was asked for. */
  readonly plan: {
    readonly asked: PollPlan
    readonly kept: PollPlan
    readonly factor: AdaptedPlan['factor']
    /** ms; null: too little was heard. */
    readonly usualAnswerMs: number | null
    readonly answerMs: number | null
  }
  readonly perPon: boolean
  readonly opticsPolled: boolean
  /** The profile's words; null: it asks for nothing, or the family is not known yet. */
  readonly familyReason: string | null
  /** Wall ms; null: it is asked by itself. `until` null: until someone ends it. */
  readonly quiet: { readonly until: number | null } | null
  readonly rounds: PollRounds
  readonly looksWaiting: number
  /** Since it is polled. */
  readonly looksAsked: number
  readonly looksMade: number
  /** Packed address; `until` wall ms. */
  readonly liveView: { readonly address: number; readonly until: number } | null
}

/** The last rounds over all ONUs, the oldest first; copies, the caller's own. */
export interface PollRounds {
  /** Wall ms of their end. */
  readonly at: Float64Array
  /** Positions in `readingGroups` of the contract. */
  readonly groups: Uint8Array
  readonly tookMs: Float64Array
  /** Mean time to an answer, ms; NaN: nothing was answered. */
  readonly answerMs: Float64Array
  readonly onus: Float64Array
  /** 1: read whole; 0: failed or cut short. */
  readonly whole: Uint8Array
}

interface Round {
  readonly at: number
  readonly group: OnuGroup
  readonly tookMs: number
  /** Null: nothing was read. */
  readonly walk: OnuWalk | null
}

export interface RoundRing {
  readonly note: (round: Round) => void
  readonly rounds: () => PollRounds
  /** Mean answer times of the status rounds, the oldest first, for `adaptPlan`. */
  readonly answers: () => readonly number[]
}

const keptRounds = 120
/** "Usual" is learnt from more rounds than are shown: four hours at one a minute. */
const keptAnswers = 240

export const createRoundRing = (): RoundRing => {
  const rounds: (Omit<Round, 'walk'> & {
    readonly answerMs: number
    readonly onus: number
    readonly whole: number
  })[] = []
  const answers: number[] = []
  return {
    note: ({ at, group, tookMs, walk }) => {
      const answerMs = walk?.answerMs ?? null
      rounds.push({
        at,
        group,
        tookMs,
        answerMs: answerMs ?? Number.NaN,
        onus: walk?.columns.count ?? 0,
        whole: walk !== null && walk.failure === null ? 1 : 0,
      })
      if (rounds.length > keptRounds) rounds.shift()
      // Other groups take the OLT another time for each answer: they say nothing of its mood.
      if (group !== 'status' || answerMs === null) return
      answers.push(answerMs)
      if (answers.length > keptAnswers) answers.shift()
    },
    rounds: () => ({
      at: Float64Array.from(rounds, ({ at }) => at),
      groups: Uint8Array.from(rounds, ({ group }) => readingGroups.indexOf(group)),
      tookMs: Float64Array.from(rounds, ({ tookMs }) => tookMs),
      answerMs: Float64Array.from(rounds, ({ answerMs }) => answerMs),
      onus: Float64Array.from(rounds, ({ onus }) => onus),
      whole: Uint8Array.from(rounds, ({ whole }) => whole),
    }),
    answers: () => answers,
  }
}
