import { oddTexts, type Pick } from './inputs-of.ts'

/** What a page could send in place of what it should: all that passes a structured clone. */

const nested = (depth: number): unknown => {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

const circular = (): object => {
  const value: Record<string, unknown> = {}
  value['self'] = value
  return value
}

const oddValues: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => true,
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => -0,
  () => 1e308,
  () => 2 ** 53,
  () => 7n,
  () => [],
  () => ({}),
  () => ({ toString: 1, valueOf: 1 }),
  () => ({ toJSON: 1 }),
  () => JSON.parse('{"__proto__":{"isOwner":true,"permissions":["*"]}}') as unknown,
  () => ({ constructor: { prototype: { admin: true } } }),
  () => new Date(Number.NaN),
  () => new Map([['a', 1]]),
  () => new Set([1]),
  () => /x/u,
  () => new Uint8Array(64),
  () => new ArrayBuffer(8),
  () => new Error('not an input'),
  () => nested(400),
  () => circular(),
  () => Array.from({ length: 2_000 }, () => 'x'),
  () => 'y'.repeat(200_000),
]

export const createMutations = (pick: Pick, random: () => number, ids: readonly string[]) => {
  const other = (): unknown => {
    const kind = random()
    if (kind < 0.3) return pick(oddTexts)
    return kind < 0.5 ? pick(ids) : pick(oddValues)()
  }

  /** The same but for one place in it. */
  const elsewhere = (value: unknown): unknown => {
    if (Array.isArray(value) && value.length > 0 && random() < 0.7) {
      const at = Math.floor(random() * value.length)
      return value.map((item: unknown, index) => (index === at ? elsewhere(item) : item))
    }
    if (isPlain(value) && Object.keys(value).length > 0 && random() < 0.8) {
      const at = pick(Object.keys(value))
      return { ...value, [at]: elsewhere(value[at]) }
    }
    return other()
  }

  const withKey = (value: unknown): unknown => {
    if (!isPlain(value)) return other()
    const made = { ...value }
    // Not by assignment, which would set the prototype.
    Object.defineProperty(made, pick(['__proto__', 'constructor', 'isOwner', 'role', 'sql', '']), {
      value: other(),
      enumerable: true,
      configurable: true,
      writable: true,
    })
    return made
  }

  const without = (value: unknown): unknown => {
    if (!isPlain(value) || Object.keys(value).length === 0) return other()
    const gone = pick(Object.keys(value))
    return Object.fromEntries(Object.entries(value).filter(([key]) => key !== gone))
  }

  return (value: unknown): unknown => {
    const kind = random()
    if (kind < 0.3) return value
    if (kind < 0.65) return elsewhere(value)
    if (kind < 0.8) return withKey(value)
    if (kind < 0.9) return without(value)
    return kind < 0.95 ? [value] : other()
  }
}

export const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
