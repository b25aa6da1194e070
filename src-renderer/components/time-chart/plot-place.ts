/** Measures that every row of a stack shares, so that one time is one column. CSS pixels. */

/** Width of the value axis. */
export const plotGutter = 56
/** Room at the right. */
export const plotRight = 14
/** So near to a point counts as on it, where no line is below the cursor. */
export const cursorReachPx = 6

export const plotWidthOf = (width: number): number => Math.max(0, width - plotGutter - plotRight)
