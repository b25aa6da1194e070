import type { z } from 'zod'

/** What a schema takes, made from the schema itself: pieces that fit, put together at random. */

export type Pick = <Value>(from: readonly Value[]) => Value

/** Short, long, empty, foreign, and what has a meaning elsewhere: SQL, a shell, HTML, a path. */
export const oddTexts: readonly string[] = [
  '',
  ' ',
  'a',
  'Nadia',
  '0',
  '-1',
  'null',
  'true',
  '__proto__',
  'constructor',
  'toString',
  "' OR 1=1 --",
  "'; DROP TABLE audit; --",
  '" UNION SELECT * FROM account --',
  '%',
  '_',
  '$(reboot)',
  '`id`',
  '; reboot',
  '| nc 127.0.0.1 1',
  '../../../../etc/passwd',
  '..\\..\\windows',
  'file:///etc/passwd',
  'javascript:alert(1)',
  '<img src=x onerror=alert(1)>',
  '{{7*7}}',
  '=1+1',
  'a\u0000b',
  'a\nb',
  '\r\n\u0007\u001B[2J',
  '\u202Egnp.exe',
  '\uD800',
  'ﬁ',
  '😀'.repeat(40),
  'Ω'.repeat(300),
  'x'.repeat(5_000),
  '(a+)+$',
  '2026-11-23',
  '2026-11-23T08:00:00Z',
  '08:00',
  '127.0.0.1',
  '1.3.6.1.2.1.1',
  'HWTC12345678',
  '48575443A1B2C3D4',
  'B+',
  'owner',
  'olt-1',
  'data:image/png;base64,iVBORw0KGgo=',
]

/** Small ones more often: shelf, slot and port are. */
const numbers: readonly number[] = [
  0,
  0,
  1,
  1,
  1,
  2,
  2,
  3,
  4,
  6,
  8,
  12,
  0,
  0.25,
  1_795_420_800_000.5,
  99.5,
  1,
  2,
  3,
  5,
  10,
  60,
  100,
  1000,
  1024,
  65_535,
  3_600_000,
  -1,
  0.5,
  1_795_420_800_000,
  2 ** 31,
  Number.MAX_SAFE_INTEGER,
]

/** `ids`: of what there is; a made-up one is among them. */
export const createInputs = (pick: Pick, random: () => number, ids: readonly string[]) => {
  const fitting = new Map<z.core.$ZodType, readonly unknown[]>()
  const leaf = (schema: z.core.$ZodType, from: readonly unknown[]): unknown => {
    let fits = fitting.get(schema)
    if (fits === undefined) {
      const takes = (value: unknown): boolean => (schema as z.ZodType).safeParse(value).success
      fits = from.filter(takes)
      fitting.set(schema, fits)
    }
    return fits.length === 0 ? pick(from) : pick(fits)
  }

  const make = (schema: z.core.$ZodType, depth: number): unknown => {
    const { def } = (schema as z.core.$ZodTypes)._zod
    if (depth > 12) return null
    const inner = (next: z.core.$ZodType): unknown => make(next, depth + 1)
    switch (def.type) {
      case 'object':
        return Object.fromEntries(
          Object.entries(def.shape).flatMap(([key, field]) => {
            const value = inner(field)
            return value === undefined ? [] : [[key, value]]
          }),
        )
      case 'array':
        return Array.from({ length: pick([0, 1, 1, 2, 3]) }, () => inner(def.element))
      case 'tuple':
        return def.items.map(inner)
      case 'union':
        return inner(pick(def.options))
      case 'record':
        return Object.fromEntries(
          Array.from({ length: pick([0, 1, 2]) }, () => [
            String(inner(def.keyType)),
            inner(def.valueType),
          ]),
        )
      case 'nullable':
        return random() < 0.4 ? null : inner(def.innerType)
      case 'optional':
      case 'default':
      case 'prefault':
        return random() < 0.4 ? undefined : inner(def.innerType)
      case 'readonly':
      case 'catch':
      case 'nonoptional':
        return inner(def.innerType)
      case 'pipe':
        return inner(def.in)
      case 'lazy':
        return inner(def.getter())
      case 'enum':
        return pick(Object.values(def.entries))
      case 'literal':
        return pick(def.values)
      case 'boolean':
        return random() < 0.5
      case 'number':
        return leaf(schema, numbers)
      case 'string':
        return leaf(schema, [...ids, ...ids, ...oddTexts])
      case 'null':
        return null
      default:
        return pick<unknown>([null, 'a', 1, Uint8Array.of(1, 2, 3)])
    }
  }
  return (schema: z.core.$ZodType): unknown => make(schema, 0)
}
