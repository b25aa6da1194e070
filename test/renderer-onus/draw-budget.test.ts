import { describe, expect, it } from 'vitest'
import { planDrawing } from '../../src-renderer/components/table/draw-budget.ts'

const span = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => from + i)

const all = (): boolean => true

describe('the budget of rows that are drawn in one frame', () => {
  it('never draws a row that is not loaded, and does not wait for it', () => {
    const plan = planDrawing({
      indexes: span(0, 5),
      start: 0,
      end: 5,
      isLoaded: (index) => index !== 3,
      before: null,
      budget: 2,
    })
    expect([...plan.drawn]).toEqual([0, 1, 2, 4])
    expect(plan.more).toBe(false)
  })

  it('does not draw more new rows than the budget, those in the window first', () => {
    const plan = planDrawing({
      indexes: span(94, 126),
      start: 100,
      end: 120,
      isLoaded: all,
      before: new Set(span(0, 30)),
      budget: 8,
    })
    expect([...plan.drawn]).toEqual(span(100, 108))
    expect(plan.more).toBe(true)
  })

  it('keeps what stands on the screen and has drawn all after some frames', () => {
    let before: ReadonlySet<number> = new Set(span(80, 110))
    let frames = 0
    let more = true
    while (more && frames < 100) {
      const plan = planDrawing({
        indexes: span(94, 126),
        start: 100,
        end: 120,
        isLoaded: all,
        before,
        budget: 8,
      })
      for (const index of before) {
        if (index >= 94) expect(plan.drawn.has(index)).toBe(true)
      }
      before = plan.drawn
      more = plan.more
      frames++
    }
    expect(before.size).toBe(32)
    expect(frames).toBe(2)
  })

  it('draws everything at once the first time, and not after a jump to rows that came late', () => {
    const question = { indexes: span(0, 40), start: 0, end: 30, isLoaded: all, budget: 8 }
    expect(planDrawing({ ...question, before: null }).drawn.size).toBe(40)
    expect(planDrawing({ ...question, before: new Set() }).drawn.size).toBe(8)
  })
})
