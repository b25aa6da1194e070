import { describe, expect, it } from 'vitest'
import {
  choicesOf,
  fits,
  idOf,
  nameOf,
} from '../../src-renderer/screens/provisioning-form/choice.ts'

const entry = (id: string, name: string, downKbps: number | null = null, upKbps = downKbps) => ({
  id,
  name,
  downKbps,
  upKbps,
})
const rate = (kbps: number): string => `${kbps / 1000} Mbit/s`

const profiles = choicesOf(
  [
    entry('12', 'HOME-100M'),
    entry('13', 'HOME-300M'),
    entry('12', 'HOME-100M'),
    entry('110', '110'),
    entry('20', 'TWIN'),
    entry('21', 'twin'),
    entry('HOME-300M', ' '),
  ],
  rate,
)

describe('a profile of an OLT', () => {
  it('stands once, and has no name where the name only says the number again', () => {
    expect(profiles.map(({ id }) => id)).toEqual(['12', '13', '110', '20', '21', 'HOME-300M'])
    expect(nameOf(profiles, '12')).toBe('HOME-100M')
    expect(nameOf(profiles, '110')).toBeNull()
    expect(nameOf(profiles, 'HOME-300M')).toBeNull()
    expect(nameOf(profiles, '99')).toBeNull()
  })

  it('is found by its number and by its name', () => {
    const found = (typed: string) => profiles.filter((one) => fits(one, typed)).map(({ id }) => id)
    expect(found('100m')).toEqual(['12'])
    expect(found('1')).toEqual(['12', '13', '110', '21'])
    expect(found('')).toHaveLength(profiles.length)
  })

  it('is sent by its number when its name was typed, unless two bear it or it is a number itself', () => {
    expect(idOf(profiles, 'home-100m')).toBe('12')
    expect(idOf(profiles, ' HOME-300M ')).toBe('HOME-300M')
    expect(idOf(profiles, 'twin')).toBe('twin')
    expect(idOf(profiles, 'FREE-WORD')).toBe('FREE-WORD')
  })

  it('is known by its rate where it is a limit', () => {
    const limits = choicesOf(
      [entry('6', '6', 1024), entry('7', 'UP', 50_000, 10_000), entry('8', '8')],
      rate,
    )
    expect(limits.map(({ id }) => nameOf(limits, id))).toEqual([
      '1.024 Mbit/s',
      'UP · 50 Mbit/s / 10 Mbit/s',
      null,
    ])
    expect(idOf(limits, 'up')).toBe('7')
  })
})
