import { useLayoutEffect, useReducer, useRef } from 'react'
import { planDrawing, type DrawQuestion } from './draw-budget.ts'

/** About 8 rows of a dozen cells fit into a frame of 60 per second, with air. */
const rowsPerFrame = 8

/** The rows to draw now; the rest follows frame by frame by itself. */
export const useDrawBudget = (
  question: Omit<DrawQuestion, 'before' | 'budget'>,
): ReadonlySet<number> => {
  const before = useRef<ReadonlySet<number> | null>(null)
  const again = useReducer((count: number) => count + 1, 0)[1]
  const plan = planDrawing({ ...question, before: before.current, budget: rowsPerFrame })
  useLayoutEffect(() => {
    before.current = plan.drawn
    if (!plan.more) return undefined
    const frame = requestAnimationFrame(again)
    return () => cancelAnimationFrame(frame)
  })
  return plan.drawn
}
