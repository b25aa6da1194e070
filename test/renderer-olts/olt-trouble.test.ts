import { describe, expect, test } from 'vitest'
import {
  oltSortColumns,
  oltTroubleOf,
  sortOlts,
} from '../../src-renderer/screens/network-olts/olt-trouble.ts'
import { sampleCounts, sampleOlt } from './sample-olt.ts'

const problem = { code: 'olt-walk-looped', params: {}, at: 5 } as const

describe('what is wrong with an OLT', () => {
  test('an OLT that was never asked is not called fine, and not called lost', () => {
    expect(oltTroubleOf(sampleOlt({ reachability: 'never' }))).toBe('never')
  })

  test('one that does not answer is unreachable whatever its last counts say', () => {
    expect(
      oltTroubleOf(
        sampleOlt({ reachability: 'unreachable', counts: sampleCounts({ signalCritical: 9 }) }),
      ),
    ).toBe('unreachable')
  })

  test('customers without power are not the trouble of the OLT', () => {
    expect(oltTroubleOf(sampleOlt({ counts: sampleCounts({ offlinePower: 40 }) }))).toBe('none')
  })

  test('a reading problem outranks light', () => {
    expect(oltTroubleOf(sampleOlt({ problem, counts: sampleCounts({ signalCritical: 3 }) }))).toBe(
      'problem',
    )
  })
})

describe('order of the list', () => {
  const fine = sampleOlt({ id: 'a', name: 'OLT 10' })
  const lost = sampleOlt({ id: 'b', name: 'OLT 2', reachability: 'unreachable' })
  const cut = sampleOlt({ id: 'c', name: 'OLT 3', counts: sampleCounts({ offlineOptical: 20 }) })
  const never = sampleOlt({
    id: 'd',
    name: 'OLT 4',
    reachability: 'never',
    ages: { status: null, optics: null, counters: null, identity: null },
  })

  test('trouble first', () => {
    const sorted = sortOlts([fine, never, cut, lost], { column: 'trouble', descending: false })
    expect(sorted.map((olt) => olt.id)).toEqual(['b', 'c', 'd', 'a'])
  })

  test('one more ONU offline does not move an OLT past its neighbour', () => {
    const other = sampleOlt({
      id: 'e',
      name: 'OLT 1',
      counts: sampleCounts({ offlineOptical: 19 }),
    })
    const sorted = sortOlts([cut, other], { column: 'trouble', descending: false })
    expect(sorted.map((olt) => olt.id)).toEqual(['e', 'c'])
  })

  test('names sort as people count', () => {
    const sorted = sortOlts([fine, lost, cut], { column: 'name', descending: false })
    expect(sorted.map((olt) => olt.name)).toEqual(['OLT 2', 'OLT 3', 'OLT 10'])
  })

  test('what was never read stands last in either direction', () => {
    for (const descending of [true, false]) {
      const sorted = sortOlts([never, fine, cut], { column: 'online', descending })
      expect(sorted.at(-1)?.id).toBe('d')
    }
  })

  test.each(oltSortColumns)('%s: every OLT stays in the list', (column) => {
    const sorted = sortOlts([fine, lost, cut, never], { column, descending: true })
    expect(sorted.map((olt) => olt.id).toSorted()).toEqual(['a', 'b', 'c', 'd'])
  })
})
