import { parsePattern, type PatternNode } from './pattern-syntax.ts'

/**
 * What a regular expression of a profile can cost at most, worked out before it is ever run. A
 * profile may come from a stranger and runs on texts of devices inside the engine's thread, where
 * JavaScript's own matcher goes back as often as the pattern lets it: `(a+)+$` on forty letters
 * would stand still for hours.
 *
 * Only patterns of a plain kind are taken (no look-around, no back-reference, no repetition of
 * something that is itself of no fixed form), and of those the number of ways that the matcher may
 * have to try is bounded by a product over the pattern. What follows a repetition and cannot be
 * part of it (`\d+/`) leaves one way to end it.
 */

/** As many characters as `cleanDeviceText` leaves. */
const textLength = 255
const maxPatternLength = 300
/** Steps of the matcher on one text, at worst: a tenth of a second, and far more than a name needs. */
const maxSteps = 20_000_000

/** SECURITY: null: safe to run on a device's text. Otherwise why not, for the profile's author. */
export const whyUnsafe = (pattern: string): string | null => {
  if (pattern.length > maxPatternLength) {
    return `a pattern has at most ${maxPatternLength} characters`
  }
  const parsed = parsePattern(pattern)
  if (parsed.kind === 'refused') return parsed.reason
  const { root } = parsed
  const unfit = findUnfit(root)
  if (unfit !== null) return unfit
  const starts = isAnchored(root) ? 1 : textLength
  const steps = ways(root, nothing) * textLength * starts
  return steps <= maxSteps
    ? null
    : 'can be matched in too many ways; begin it with ^ and use fewer of .* and +'
}

/** Repeating what is itself of several forms multiplies without end. */
const findUnfit = (node: PatternNode): string | null => {
  switch (node.kind) {
    case 'character':
    case 'start':
    case 'end':
    case 'transparent':
      return null
    case 'sequence':
    case 'alternatives':
      return node.parts.map(findUnfit).find((reason) => reason !== null) ?? null
    case 'repeat': {
      if (node.max > 1 && !isPlain(node.inner)) {
        return 'a repeated group must not hold a repetition or alternatives'
      }
      return findUnfit(node.inner)
    }
  }
}

/** One form and at least one character: each round takes something, and always as much. */
const isPlain = (node: PatternNode): boolean => {
  switch (node.kind) {
    case 'character':
      return true
    case 'sequence':
      return node.parts.length > 0 && node.parts.every(isPlain)
    case 'start':
    case 'end':
    case 'transparent':
    case 'alternatives':
    case 'repeat':
      return false
  }
}

const isAnchored = (node: PatternNode): boolean => {
  switch (node.kind) {
    case 'start':
      return true
    case 'sequence':
      return node.parts[0] !== undefined && isAnchored(node.parts[0])
    case 'alternatives':
      return node.parts.every(isAnchored)
    case 'character':
    case 'end':
    case 'transparent':
    case 'repeat':
      return false
  }
}

/** What a place may begin with: characters of the sample, or any at all. */
interface First {
  readonly characters: ReadonlySet<string> | 'any'
  /** May take nothing, so that what follows counts too. */
  readonly nullable: boolean
}

const nothing: First = { characters: new Set(), nullable: false }

const union = (left: First['characters'], right: First['characters']): First['characters'] =>
  left === 'any' || right === 'any' ? 'any' : new Set([...left, ...right])

const then = (first: First, follow: First): First =>
  first.nullable
    ? { characters: union(first.characters, follow.characters), nullable: follow.nullable }
    : first

const firstOf = (node: PatternNode): First => {
  switch (node.kind) {
    case 'character':
      return { characters: node.takes, nullable: false }
    case 'end':
      return nothing
    case 'start':
    case 'transparent':
      return { characters: new Set(), nullable: true }
    case 'sequence':
      return node.parts.reduceRight<First>((follow, part) => then(firstOf(part), follow), {
        characters: new Set(),
        nullable: true,
      })
    case 'alternatives': {
      const firsts = node.parts.map(firstOf)
      return {
        characters: firsts.map(({ characters }) => characters).reduce(union, new Set<string>()),
        nullable: firsts.some(({ nullable }) => nullable),
      }
    }
    case 'repeat': {
      const { characters, nullable } = firstOf(node.inner)
      return { characters, nullable: nullable || node.min === 0 }
    }
  }
}

const areApart = (left: First['characters'], right: First['characters']): boolean => {
  if (left === 'any') return right !== 'any' && right.size === 0
  if (right === 'any') return left.size === 0
  return [...left].every((character) => !right.has(character))
}

/** In how many ways at most the matcher can go through `node` before `follow`. */
const ways = (node: PatternNode, follow: First): number => {
  switch (node.kind) {
    case 'character':
    case 'start':
    case 'end':
    case 'transparent':
      return 1
    case 'alternatives':
      return node.parts.map((part) => ways(part, follow)).reduce((sum, each) => sum + each, 0)
    case 'sequence': {
      let after = follow
      let product = 1
      for (const part of node.parts.toReversed()) {
        product *= ways(part, after)
        after = then(firstOf(part), after)
      }
      return product
    }
    case 'repeat': {
      const inner = firstOf(node.inner)
      const rounds = Math.min(node.max, textLength) - Math.min(node.min, textLength)
      // It can end in one place only: where its own characters end.
      const isSettled = areApart(inner.characters, follow.characters)
      const choices = node.inner.kind === 'character' && isSettled ? 1 : rounds + 1
      return choices * ways(node.inner, follow)
    }
  }
}
