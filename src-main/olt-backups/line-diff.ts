import { diffArrays } from 'diff'
import { nextTurn } from './next-turn.ts'

/** A run of lines: equal ones, or what was taken away and put in at one place. */
export interface Change {
  readonly kind: 'same' | 'removed' | 'added'
  /** Positions of the first line on either side, and how many. */
  readonly before: number
  readonly after: number
  readonly count: number
}

/** Edits between two anchors that are looked for; more are told as one block. */
const mostEdits = 1_500
/** So long at a stretch, then others have their turn. */
const sliceMs = 25

/**
 * The difference of two lists of lines, near to the smallest: lines that stand once on either side
 * and in the same order are anchors (patience diff), what lies between is compared by Myers' way with
 * a bound on its edits. So 100,000 lines cost about their sorting, however different they are.
 * Yields to others in between. Errors: `cancelled` by way of the signal's reason.
 */
export const diffLines = async (
  before: readonly string[],
  after: readonly string[],
  signal: AbortSignal,
  turn: () => Promise<void> = nextTurn,
): Promise<readonly Change[]> => {
  const changes: Change[] = []
  const push = (kind: Change['kind'], left: number, right: number, count: number): void => {
    if (count === 0) return
    const last = changes.at(-1)
    if (last?.kind === kind) changes[changes.length - 1] = { ...last, count: last.count + count }
    else changes.push({ kind, before: left, after: right, count })
  }
  let began = performance.now()
  const breathe = async (): Promise<void> => {
    if (performance.now() - began < sliceMs) return
    await turn()
    signal.throwIfAborted()
    began = performance.now()
  }

  const anchors = anchorsOf(before, after)
  await breathe()
  let left = 0
  let right = 0
  for (const [toLeft, toRight] of [...anchors, [before.length, after.length] as const]) {
    // Ends that are equal are cut off before anything is searched.
    while (left < toLeft && right < toRight && before[left] === after[right]) {
      push('same', left++, right++, 1)
    }
    let endLeft = toLeft
    let endRight = toRight
    while (endLeft > left && endRight > right && before[endLeft - 1] === after[endRight - 1]) {
      endLeft--
      endRight--
    }
    for (const part of between(before.slice(left, endLeft), after.slice(right, endRight))) {
      push(part.kind, left + part.before, right + part.after, part.count)
    }
    push('same', endLeft, endRight, toLeft - endLeft)
    left = toLeft
    right = toRight
    await breathe()
  }
  return changes
}

const between = (before: readonly string[], after: readonly string[]): readonly Change[] => {
  const whole: readonly Change[] = [
    { kind: 'removed', before: 0, after: 0, count: before.length },
    { kind: 'added', before: before.length, after: 0, count: after.length },
  ]
  if (before.length === 0 || after.length === 0) return whole
  const found = diffArrays([...before], [...after], { maxEditLength: mostEdits })
  if (found === undefined) return whole
  let left = 0
  let right = 0
  return found.map(({ added, removed, count }): Change => {
    const change = { before: left, after: right, count }
    if (!added) left += count
    if (!removed) right += count
    return { kind: added ? 'added' : removed ? 'removed' : 'same', ...change }
  })
}

/** Lines that stand once on either side, in the longest order they share: pairs of positions. */
const anchorsOf = (
  before: readonly string[],
  after: readonly string[],
): readonly (readonly [number, number])[] => {
  const once = (lines: readonly string[]): Map<string, number> => {
    const at = new Map<string, number>()
    // -1: it stands there more than once.
    lines.forEach((line, position) => at.set(line, at.has(line) ? -1 : position))
    return at
  }
  const right = once(after)
  const pairs: (readonly [number, number])[] = []
  for (const [line, position] of once(before)) {
    const other = right.get(line) ?? -1
    if (position >= 0 && other >= 0) pairs.push([position, other])
  }
  return longestRise(pairs)
}

/** The longest rising sequence by the second number; pairs rise by the first. */
const longestRise = (
  pairs: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] => {
  /** For each length: the position in `pairs` of the lowest end. */
  const ends: number[] = []
  const previous = new Int32Array(pairs.length).fill(-1)
  pairs.forEach(([, value], position) => {
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (pairs[ends[middle]!]![1] < value) low = middle + 1
      else high = middle
    }
    previous[position] = low === 0 ? -1 : ends[low - 1]!
    ends[low] = position
  })
  const rise: (readonly [number, number])[] = []
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at]!) rise.push(pairs[at]!)
  return rise.toReversed()
}

export const countChanges = (
  changes: readonly Change[],
): { readonly added: number; readonly removed: number } => {
  let added = 0
  let removed = 0
  for (const { kind, count } of changes) {
    if (kind === 'added') added += count
    else if (kind === 'removed') removed += count
  }
  return { added, removed }
}
