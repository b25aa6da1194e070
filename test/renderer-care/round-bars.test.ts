import { describe, expect, it } from 'vitest'
import type { Round } from '../../src-renderer/screens/network-olts/care-model.ts'
import {
  answerPath,
  pictureOf,
  roundAt,
} from '../../src-renderer/screens/network-olts/round-bars.ts'

const round = (at: number, change: Partial<Round> = {}): Round => ({
  at,
  group: 'status',
  tookMs: 1000,
  answerMs: 10,
  onus: 100,
  whole: true,
  ...change,
})

describe('the picture of the last rounds', () => {
  it('of no rounds is empty', () => {
    const picture = pictureOf([], 300)
    expect(picture.bars).toEqual([])
    expect(roundAt(picture, 20)).toBe(-1)
    expect(answerPath(picture, 30)).toBe('')
  })

  it('ends at the right and never leaves its room', () => {
    for (const count of [1, 7, 60]) {
      const picture = pictureOf(
        Array.from({ length: count }, (_, at) => round(at)),
        300,
      )
      const last = picture.bars.at(-1)!
      expect(last.x + last.width).toBeLessThanOrEqual(300)
      expect(last.x + last.width).toBeGreaterThan(270)
      expect(picture.bars[0]!.x).toBeGreaterThanOrEqual(0)
    }
  })

  it('finds the round under the pointer, and the nearest beside the bars', () => {
    const picture = pictureOf([round(1), round(2), round(3)], 66)
    expect(roundAt(picture, -40)).toBe(0)
    expect(roundAt(picture, 30)).toBe(1)
    expect(roundAt(picture, 900)).toBe(2)
  })

  it('breaks the line of answers where none came', () => {
    const picture = pictureOf([round(1), round(2, { answerMs: null }), round(3), round(4)], 88)
    expect(answerPath(picture, 30).match(/M/g)).toHaveLength(2)
    expect(answerPath(picture, 30).match(/L/g)).toHaveLength(1)
  })
})
