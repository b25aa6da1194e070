import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commands } from '../../src-shared/contract/index.ts'
import {
  isQuietAt,
  quietBefore,
  quietChoices,
} from '../../src-renderer/screens/network-olts/quiet-model.ts'

const now = 1_800_000_000_000
const minute = 60_000
const input = commands['network.setQuiet'].input
const oltId = '0193a5c0-0000-7000-8000-000000000001'

describe('leaving an OLT alone', () => {
  it('offers only what the contract takes', () => {
    for (const { minutes } of quietChoices) {
      expect(input.safeParse({ oltId, quiet: true, minutes }).error).toBeUndefined()
    }
  })

  it('is over at its end, and not before', () => {
    expect(isQuietAt(null, now)).toBe(false)
    expect(isQuietAt({ since: 0, until: now }, now)).toBe(false)
    expect(isQuietAt({ since: 0, until: now + 1 }, now)).toBe(true)
    expect(isQuietAt({ since: 0, until: null }, now)).toBe(true)
  })
})

describe('taking it back', () => {
  it('reads again what was read before, and what would be read by now', () => {
    const reading = { quiet: false, minutes: null }
    expect(quietBefore(null, now)).toEqual(reading)
    expect(quietBefore({ since: 0, until: now - 1 }, now)).toEqual(reading)
  })

  it('brings an open end back as an open end, and a time as what is left of it', () => {
    expect(quietBefore({ since: 0, until: null }, now)).toEqual({ quiet: true, minutes: null })
    expect(quietBefore({ since: 0, until: now + 25 * minute }, now)).toEqual({
      quiet: true,
      minutes: 25,
    })
  })

  it('never asks for what the contract refuses', () => {
    fc.assert(
      fc.property(
        fc.option(
          fc.record({
            since: fc.integer({ min: 0, max: now }),
            until: fc.option(fc.integer({ min: now - minute, max: now + 20_000 * minute })),
          }),
        ),
        (before) => {
          expect(input.safeParse({ oltId, ...quietBefore(before, now) }).success).toBe(true)
        },
      ),
      { seed: 42587 },
    )
  })
})
