import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  onuFilter,
  onuSort,
  onuSortColumns,
  onuStateFilters,
} from '../../src-shared/contract/network-model.ts'
import { signalClasses } from '../../src-shared/domain/optics.ts'
import {
  emptyFilter,
  isFiltered,
  onusRoute,
  parseOnuQuery,
  serialiseOnuQuery,
  stateFilterNames,
  type OnuQuery,
} from '../../src-renderer/screens/network-onus/onu-query.ts'

const olt = '0198d7a0-1111-7222-8333-944455556666'
const olt2 = '0198d7a0-1111-7222-8333-944455557777'

const queries: fc.Arbitrary<OnuQuery> = fc
  .record({
    oltIds: fc.uniqueArray(fc.uuid(), { maxLength: 4 }),
    pon: fc.option(
      fc.record({
        shelf: fc.integer({ min: 0, max: 31 }),
        slot: fc.integer({ min: 0, max: 63 }),
        port: fc.integer({ min: 0, max: 255 }),
      }),
    ),
    states: fc.subarray([...onuStateFilters]),
    signals: fc.subarray([...signalClasses]),
    duplicateSerial: fc.boolean(),
    search: fc.string({ unit: 'binary', maxLength: 60 }),
    sort: fc.option(
      fc.record({ column: fc.constantFrom(...onuSortColumns), descending: fc.boolean() }),
    ),
  })
  .map(({ sort, ...filter }) => ({
    filter: { ...filter, pon: filter.oltIds.length === 1 ? filter.pon : null },
    sort,
  }))

describe('the query of the ONU table’s route', () => {
  it('leaves out what it does not know and never fails', () => {
    const query = parseOnuQuery(
      '?state=on-fire,offline-power&signal=purple&olt=not-an-id&pon=0/1/3&sort=secret&theme=dark',
    )
    expect(query).toEqual({ filter: { ...emptyFilter, states: ['offline-power'] }, sort: null })
  })

  it('leaves out a PON port unless exactly one OLT is named', () => {
    expect(parseOnuQuery(`olt=${olt},${olt2}&pon=0/1/3`).filter.pon).toBeNull()
    expect(parseOnuQuery(`olt=${olt}&pon=0/99/3`).filter.pon).toBeNull()
    expect(parseOnuQuery(`olt=${olt}&pon=0/1/3`).filter.pon).toEqual({ shelf: 0, slot: 1, port: 3 })
  })

  it('cuts a search that the engine would refuse', () => {
    expect(parseOnuQuery(`q=${'x'.repeat(999)}`).filter.search).toHaveLength(200)
  })

  it('reads lists as repeated keys too', () => {
    expect(parseOnuQuery('state=unknown&state=online').filter.states).toEqual(['online', 'unknown'])
  })

  it('writes a short query that people can read', () => {
    const query: OnuQuery = {
      filter: {
        ...emptyFilter,
        states: ['offline-power'],
        signals: ['critical'],
        search: 'budi 2',
      },
      sort: { column: 'marginDb', descending: true },
    }
    expect(onusRoute(query)).toBe(
      '/onus?state=offline-power&signal=critical&q=budi+2&sort=-marginDb',
    )
    expect(onusRoute({ filter: emptyFilter, sort: null })).toBe('/onus')
  })

  it('knows the same states as the contract, in the same order', () => {
    expect(stateFilterNames).toEqual([...onuStateFilters])
  })

  it('does not count a search of spaces as a filter', () => {
    expect(isFiltered({ ...emptyFilter, search: '  ' })).toBe(false)
    expect(isFiltered({ ...emptyFilter, duplicateSerial: true })).toBe(true)
  })

  it('gives back what was written', () => {
    fc.assert(
      fc.property(queries, (query) => {
        expect(parseOnuQuery(serialiseOnuQuery(query))).toEqual(query)
      }),
      { seed: 7 },
    )
  })

  it('makes of any text a question that the engine accepts', () => {
    const pairs = fc.array(
      fc.tuple(
        fc.constantFrom('state', 'signal', 'olt', 'pon', 'dup', 'q', 'sort', 'x'),
        fc.oneof(fc.string(), fc.uuid(), fc.constantFrom('online,,', '-', '0/1/3', '1', '-name')),
      ),
    )
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      pairs.map((list) => new URLSearchParams(list).toString()),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const query = parseOnuQuery(text)
        expect(onuFilter.safeParse(query.filter).success).toBe(true)
        if (query.sort !== null) expect(onuSort.safeParse(query.sort).success).toBe(true)
        expect(parseOnuQuery(serialiseOnuQuery(query))).toEqual(query)
      }),
      { seed: 7 },
    )
  })
})
