import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createValueCodec } from './value-codec.ts'

const { encode, decode } = createValueCodec()
const roundTrip = (value: unknown): unknown => decode(encode(value))

const typedArrays = fc.oneof(
  fc.int8Array(),
  fc.uint8Array(),
  fc.uint8ClampedArray(),
  fc.int16Array(),
  fc.uint16Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.float32Array(),
  fc.float64Array(),
)
const leaves = fc.oneof(
  fc.string(),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.bigInt(),
  fc.date(),
  fc.constantFrom(undefined, null, Number.NaN, -0),
  typedArrays,
)
const keys = fc.oneof(fc.string(), fc.constantFrom('$t', '$u', '$o', '$', 'length', 'constructor'))
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    leaves,
    fc.array(tie('tree'), { maxLength: 5 }),
    fc.dictionary(keys, tie('tree'), { maxKeys: 5, noNullPrototype: true }),
  ),
}))

describe('a value between host and page', () => {
  it.each([
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a map', new Map()],
    ['a class instance', new URL('https://example.invalid/')],
    ['a promise', Promise.resolve()],
    ['a view on a part', new DataView(new ArrayBuffer(2))],
    ['one of these, deep inside', [{ list: [{ call: () => 1 }] }]],
  ])('is refused when it is %s', (_name, value) => {
    expect(() => encode(value)).toThrow(/could not be cloned/)
  })

  it('that contains itself is refused', () => {
    const ring: Record<string, unknown> = {}
    ring['self'] = ring
    expect(() => encode(ring)).toThrow(/could not be cloned/)
  })

  it('arrives as it was sent, whatever it is made of', () => {
    fc.assert(
      fc.property(tree, (value) => {
        // Not toStrictEqual: it would take a key named "constructor" for the class.
        expect(isDeepStrictEqual(roundTrip(value), value)).toBe(true)
      }),
      { seed: 20261122, numRuns: 500 },
    )
  })

  it('never becomes a prototype', () => {
    const sent = JSON.parse('{"__proto__":{"polluted":1},"a":{"__proto__":2}}') as object
    const received = roundTrip(sent) as Record<string, unknown>
    expect(Object.getPrototypeOf(received)).toBe(Object.prototype)
    expect(received['polluted']).toBeUndefined()
    expect(Object.keys(received)).toEqual(['__proto__', 'a'])
  })

  it('is no larger than base64 needs: 256 KB of doubles in 350 KB of text', () => {
    expect(encode(new Float64Array(32 * 1024)).length).toBeLessThan(350 * 1024)
  })

  it('keeps only the part that a view shows, and turns a Buffer into bytes', () => {
    expect(roundTrip(new Int32Array([1, 2, 3, 4]).subarray(1, 3))).toEqual(new Int32Array([2, 3]))
    const bytes = roundTrip(Buffer.from('hej'))
    expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype)
    expect(bytes).toEqual(new Uint8Array([104, 101, 106]))
  })
})
