import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { whyUnsafe } from '../../src-main/olt/family/pattern-cost.ts'
import { parseFamily, ProfileRefused } from '../../src-main/olt/family/load-families.ts'
import { shippedFamilies } from '../olt/support/shipped-families.ts'

describe('a pattern of a profile is refused when', () => {
  it.each([
    ['a repetition is repeated', '(a+)+$'],
    ['alternatives that overlap are repeated', '(a|aa)+$'],
    ['what may be empty is repeated', '^(\\d*)*$'],
    ['a repeated group holds an optional part', '^(?:a?b)*$'],
    ['the repetition of a group hides deeper', '^(x(?:y(a*)z)*)$'],
    ['a bounded repetition is repeated', '^(?:a{1,5}){1,50}$'],
  ])('%s: %s', (_why, pattern) => {
    expect(whyUnsafe(pattern)).toMatch(/repeated group/u)
  })

  it.each([
    ['three wild parts follow each other', '^.*a.*b.*c'],
    ['two begin anywhere', '.*a.*b'],
    ['many parts are optional', `${'a?'.repeat(30)}${'a'.repeat(30)}`],
    ['many alternatives follow each other', '(?:a|a)'.repeat(25)],
    ['letters of any script follow each other', '\\p{L}+\\p{L}+x'],
  ])('%s: %s', (_why, pattern) => {
    expect(whyUnsafe(pattern)).toMatch(/too many ways/u)
  })

  it.each([
    ['it looks ahead', 'a(?=b)'],
    ['it looks behind', '(?<!a)b'],
    ['it refers back', '(a)\\1'],
    ['it refers back by name', '(?<x>a)\\k<x>'],
  ])('%s: %s', (_why, pattern) => {
    expect(whyUnsafe(pattern)).toMatch(/not for profiles/u)
  })

  it('it is endless itself', () => {
    expect(whyUnsafe('x'.repeat(301))).toMatch(/at most 300/u)
  })

  it('the whole profile is refused with its line and column', () => {
    const yaml =
      'schema: 1\nrecognise:\n  - sysDescr: "(a+)+$"\n    model: X\n    certainty: proven\n'
    try {
      parseFamily('profile.yaml', yaml)
      expect.unreachable()
    } catch (error) {
      if (!(error instanceof ProfileRefused)) throw error
      expect(error.issues).toContainEqual({
        line: 3,
        column: 5,
        path: 'recognise.0.sysDescr',
        message: 'a repeated group must not hold a repetition or alternatives',
      })
    }
  })
})

describe('a pattern of a profile is taken when', () => {
  it.each([
    '^GPON (\\d+)/(\\d+)/(\\d+)$',
    '^[gx]*pon ?(?:(\\d+)/)?(\\d+)/(\\d+)$',
    '^BDCOM\\(tm\\) P3[36]',
    '^(?<shelf>\\d+)/(?<port>\\d{1,2})$',
    '^.*GPON',
    '^(?:ab)*c',
    '^[\\]x]+\\]$',
    '^é+ß$',
    'ISAM|7360',
  ])('it is a name with numbers in it: %s', (pattern) => {
    expect(whyUnsafe(pattern)).toBeNull()
  })

  it('it is one of those that come with the console', () => {
    expect(shippedFamilies.length).toBeGreaterThan(10)
  })

  it('it ends on any text of a device, whatever it is made of', () => {
    const atom = fc.constantFrom('a', '.', '\\d', '[a-c]', '[^x]', '\\w', 'b', '\\s', 'é')
    const quantifier = fc.constantFrom('', '', '*', '+', '?', '{2,9}', '*?')
    const piece = fc.tuple(atom, quantifier).map((parts) => parts.join(''))
    const group = fc
      .tuple(fc.array(piece, { minLength: 1, maxLength: 3 }), quantifier)
      .map(([parts, how]) => `(?:${parts.join('')})${how}`)
    const pattern = fc
      .tuple(
        fc.constantFrom('', '^'),
        fc.array(fc.oneof(piece, group), { minLength: 1, maxLength: 6 }),
        fc.constantFrom('', '$', 'x', '|b+'),
      )
      .map(([start, parts, end]) => start + parts.join('') + end)
    fc.assert(
      fc.property(pattern, (source) => {
        fc.pre(whyUnsafe(source) === null)
        for (const text of ['a'.repeat(255), 'ab1'.repeat(85), `${'a'.repeat(254)}!`]) {
          // Stops a pattern that goes on for ever; the one that does fails the test.
          runInNewContext(`new RegExp(source, 'u').test(text)`, { source, text }, { timeout: 5000 })
        }
      }),
      { seed: 20261122, numRuns: 400 },
    )
  })
})
