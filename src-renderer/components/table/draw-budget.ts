/** Which rows are drawn in this frame. */
export interface DrawPlan {
  readonly drawn: ReadonlySet<number>
  /** Some that could be drawn were left for the next frame. */
  readonly more: boolean
}

export interface DrawQuestion {
  /** Positions in the document, in any order. */
  readonly indexes: readonly number[]
  /** Those in the window, `start` in and `end` out, come first. */
  readonly start: number
  readonly end: number
  readonly isLoaded: (index: number) => boolean
  /** Drawn by the last frame; null: there was none yet. */
  readonly before: ReadonlySet<number> | null
  /** How many rows may be drawn anew in one frame. */
  readonly budget: number
}

/**
 * Rows that stand on the screen stay drawn; of the new ones only as many as fit into a frame, so
 * that a jump through a long table costs several short frames and not one long one. The first frame
 * draws everything.
 */
export const planDrawing = (question: DrawQuestion): DrawPlan => {
  const { indexes, start, end, isLoaded, before, budget } = question
  const drawn = new Set<number>()
  let left = before === null ? Infinity : budget
  let more = false
  const draw = (index: number): void => {
    if (!isLoaded(index)) return
    if (before?.has(index) === true) {
      drawn.add(index)
    } else if (left > 0) {
      left -= 1
      drawn.add(index)
    } else {
      more = true
    }
  }
  const inWindow = (index: number): boolean => index >= start && index < end
  for (const index of indexes) if (inWindow(index)) draw(index)
  for (const index of indexes) if (!inWindow(index)) draw(index)
  return { drawn, more }
}
