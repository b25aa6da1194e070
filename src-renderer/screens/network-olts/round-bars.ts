import { niceMax, type Round } from './care-model.ts'

/** Pure: where the rounds of an OLT stand in their picture. The newest is at the right end. */

export interface RoundBar {
  readonly round: Round
  /** Pixels from the left. */
  readonly x: number
  readonly width: number
  /** Shares of the scale, 0..1. */
  readonly took: number
  readonly answer: number | null
}

export interface RoundPicture {
  readonly bars: readonly RoundBar[]
  readonly maxTookMs: number
  readonly maxAnswerMs: number
}

const widestStep = 22
const gap = 2

export const pictureOf = (rounds: readonly Round[], width: number): RoundPicture => {
  const maxTookMs = niceMax(Math.max(0, ...rounds.map((round) => round.tookMs)))
  const maxAnswerMs = niceMax(Math.max(0, ...rounds.map((round) => round.answerMs ?? 0)))
  const step = Math.min(widestStep, width / Math.max(1, rounds.length))
  const first = width - step * rounds.length
  return {
    maxTookMs,
    maxAnswerMs,
    bars: rounds.map((round, position) => ({
      round,
      x: first + position * step,
      width: Math.max(1, step - Math.min(gap, step / 3)),
      took: round.tookMs / maxTookMs,
      answer: round.answerMs === null ? null : round.answerMs / maxAnswerMs,
    })),
  }
}

/** The round under a point; beside the picture: the nearest. -1: there is none. */
export const roundAt = ({ bars }: RoundPicture, x: number): number => {
  if (bars.length === 0) return -1
  const next = bars.findIndex((bar) => bar.x > x)
  return next < 0 ? bars.length - 1 : Math.max(0, next - 1)
}

/** The line of the mean answers in pixels; a round without an answer breaks it. */
export const answerPath = ({ bars }: RoundPicture, height: number): string => {
  let path = ''
  let broken = true
  for (const { x, width, answer } of bars) {
    if (answer === null) {
      broken = true
      continue
    }
    const at = `${tenth(x + width / 2)} ${tenth(height - answer * height)}`
    path += broken ? `M${at}` : `L${at}`
    broken = false
  }
  return path
}

const tenth = (value: number): number => Math.round(value * 10) / 10
