import { describe, expect, it } from 'vitest'
import {
  choicesOf,
  fits,
  idOf,
  nameOf,
} from '../../src-renderer/screens/provisioning-form/choice.ts'

const profiles = choicesOf([
  { id: '12', name: 'HOME-100M' },
  { id: '13', name: 'HOME-300M' },
  { id: '12', name: 'HOME-100M' },
  { id: '110', name: '110' },
  { id: '20', name: 'TWIN' },
  { id: '21', name: 'twin' },
  { id: 'HOME-300M', name: ' ' },
])

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
})
