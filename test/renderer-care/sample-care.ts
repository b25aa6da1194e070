import type { OltCare } from '../../src-renderer/screens/network-olts/care-model.ts'

/** An OLT that bears it well; a test changes what it is about. */
export const sampleCare = (changes: Partial<OltCare> = {}): OltCare => ({
  requests: sampleRequests(),
  plan: {
    asked: { statusS: 60, countersS: 300, opticsS: 3600 },
    kept: { statusS: 60, countersS: 300, opticsS: 3600 },
    factor: 1,
    usualAnswerMs: 20,
    answerMs: 21,
  },
  perPon: true,
  opticsPolled: true,
  familyReason: null,
  quiet: null,
  rounds: sampleRounds([]),
  looksWaiting: 0,
  looksAsked: 0,
  looksMade: 0,
  liveView: null,
  ...changes,
})

export const sampleRequests = (
  changes: Partial<NonNullable<OltCare['requests']>> = {},
): NonNullable<OltCare['requests']> => ({
  inFlight: 0,
  maxInFlight: 1,
  waiting: 0,
  sockets: 1,
  budgetMs: 48_000,
  usedMs: 12_000,
  leftMs: 36_000,
  sent: 100,
  unanswered: 0,
  answerMs: 20,
  maxRepetitions: 20,
  ceiling: 20,
  limit: 20,
  troubles: 0,
  ...changes,
})

/** [at, position of the group, took ms, answer ms, ONUs, whole] */
export type SampleRound = readonly [number, number, number, number, number, 0 | 1]

export const sampleRounds = (rounds: readonly SampleRound[]): OltCare['rounds'] => ({
  at: Float64Array.from(rounds, (round) => round[0]),
  groups: Uint8Array.from(rounds, (round) => round[1]),
  tookMs: Float64Array.from(rounds, (round) => round[2]),
  answerMs: Float64Array.from(rounds, (round) => round[3]),
  onus: Float64Array.from(rounds, (round) => round[4]),
  whole: Uint8Array.from(rounds, (round) => round[5]),
})
