import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../src-main/store/canonical-json.ts'

describe('canonical JSON', () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, Symbol('a'), new Date(0), /a/u])(
    'refuses what JSON cannot carry faithfully: %s',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(TypeError)
      expect(() => canonicalJson({ deep: [value] })).toThrow(TypeError)
    },
  )

  test('reads back as the value it was made from', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
      { seed: 2 },
    )
  })

  test('is the same text whatever order the members were put in', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).toReversed())
        expect(canonicalJson(turned)).toBe(canonicalJson(value))
      }),
      { seed: 3 },
    )
  })

  test('leaves out members without a value, and sorts by code unit', () => {
    expect(canonicalJson({ b: 1, a: undefined, B: [undefined], é: null })).toBe(
      '{"B":[null],"b":1,"é":null}',
    )
    expect(canonicalJson(undefined)).toBe('null')
  })
})
