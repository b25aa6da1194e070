import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Preset } from '../../src-shared/contract/provisioning-model.ts'
import { presetInput } from '../../src-shared/contract/provisioning-model.ts'
import {
  isForAll,
  isModelPattern,
  isSerialPattern,
  movedTo,
  parsePons,
  parseSlots,
  ponsText,
  shadowed,
} from '../../src-renderer/screens/provisioning-presets/preset-rules.ts'
import { uuid } from './sample-plan.ts'

const anywhere = { oltIds: [], slots: [], pons: [], serialPattern: '', model: '' }
const preset = (number: number, part: Partial<Preset> = {}): Preset => ({
  id: uuid(number),
  version: 1,
  name: `P${number}`,
  position: number,
  enabled: true,
  auto: false,
  when: { ...anywhere, serialPattern: 'HWTC*' },
  settings: {},
  speedId: null,
  ...part,
})

describe('the order of presets', () => {
  it('does not move out of the list, nor to where a line stands', () => {
    const items = [1, 2, 3]
    expect(movedTo(items, 0, 0)).toBe(items)
    expect(movedTo(items, 2, 3)).toBe(items)
    expect(movedTo(items, 0, -1)).toBe(items)
    expect(movedTo(items, 7, 1)).toBe(items)
  })

  it('keeps every line, and the moved one stands where it was put', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(), { minLength: 1 }),
        fc.nat(20),
        fc.nat(20),
        (items, a, b) => {
          const from = a % items.length
          const to = b % items.length
          const next = movedTo(items, from, to)
          expect(next[to]).toBe(items[from])
          expect([...next].toSorted((x, y) => x - y)).toEqual(items.toSorted((x, y) => x - y))
        },
      ),
      { seed: 88124 },
    )
  })

  it('marks those that never get a turn', () => {
    const all = preset(2, { when: anywhere })
    expect(isForAll(all)).toBe(true)
    expect([...shadowed([preset(1), all, preset(3)])]).toEqual([uuid(3)])
    expect(shadowed([preset(1), { ...all, enabled: false }, preset(3)]).size).toBe(0)
  })
})

describe('conditions as they are typed', () => {
  it('are refused when they are none', () => {
    expect(parseSlots('1, x')).toBeNull()
    expect(parseSlots('64')).toBeNull()
    expect(parsePons('0/1')).toBeNull()
    expect(isSerialPattern('HW TC')).toBe(false)
    expect(isModelPattern('a;b')).toBe(false)
  })

  it('are lists with blanks or commas; empty is any', () => {
    expect(parseSlots(' 1,2  2 4 ')).toEqual([1, 2, 4])
    expect(parseSlots('')).toEqual([])
    expect(ponsText(parsePons('0/1/3, 0/1/4') ?? [])).toBe('0/1/3, 0/1/4')
  })

  it('agree with the contract', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const word = text.trim()
        const taken = presetInput.safeParse({
          name: 'x',
          when: { serialPattern: word },
          settings: {},
        }).success
        expect(isSerialPattern(word)).toBe(taken)
      }),
      { seed: 66150 },
    )
  })
})
