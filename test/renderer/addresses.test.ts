import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitHash } from '../../src-renderer/app/location.ts'
import { paths, readAddress, writeAddress } from '../../src-renderer/app/paths.ts'
import { moveIn, matches } from '../../src-renderer/app/palette-items.ts'
import { isPageOf, pages } from '../../src-renderer/app/pages.ts'

describe('addresses of the console', () => {
  it('refuses what is no ONU address', () => {
    for (const text of [
      '',
      '1-2-3',
      '1-2-3-4-5',
      'a-b-c-d',
      '1-2-3-9999',
      '32-0-0-1',
      '-1-2-3-4',
    ]) {
      expect(readAddress(text), text).toBeNull()
    }
  })

  it('reads back every ONU address it wrote', () => {
    const address = fc.record({
      shelf: fc.integer({ min: 0, max: 31 }),
      slot: fc.integer({ min: 0, max: 63 }),
      port: fc.integer({ min: 0, max: 255 }),
      onuId: fc.integer({ min: 0, max: 1023 }),
    })
    fc.assert(
      fc.property(address, (one) => {
        expect(readAddress(writeAddress(one))).toEqual(one)
      }),
      { seed: 15780 },
    )
  })

  it('keeps path and query together behind the hash', () => {
    expect(splitHash('#/onus?states=unknown&search=a%20b')).toEqual({
      path: '/onus',
      search: 'states=unknown&search=a%20b',
    })
    expect(splitHash('')).toEqual({ path: '/', search: '' })
    expect(splitHash('#')).toEqual({ path: '/', search: '' })
    expect(splitHash('#settings')).toEqual({ path: '/settings', search: '' })
  })

  it('leaves the query of another page behind', () => {
    expect(splitHash(`#${paths.olts()}`).search).toBe('')
  })

  it('marks exactly one page of the rail for every route', () => {
    for (const route of [
      '/',
      '/olts',
      '/olts/add',
      '/onus/x/1-2-3-4',
      '/unconfigured',
      '/settings',
    ]) {
      expect(pages.filter((page) => isPageOf(page, route)).length, route).toBe(1)
    }
  })
})

describe('palette', () => {
  it('moves around the ends of the list and stays nowhere in an empty one', () => {
    expect(moveIn(3, 2, 1)).toBe(0)
    expect(moveIn(3, 0, -1)).toBe(2)
    expect(moveIn(0, 0, 1)).toBe(-1)
  })

  it('wants every typed word in the label', () => {
    expect(matches('Add an OLT', 'olt add')).toBe(true)
    expect(matches('Add an OLT', 'onu add')).toBe(false)
    expect(matches('Add an OLT', '')).toBe(true)
  })
})
