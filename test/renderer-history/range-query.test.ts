import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  defaultRange,
  presetNames,
  presetSpans,
  windowOf,
  type ChartRange,
} from '../../src-renderer/components/time-chart/chart-range.ts'
import { parseRange, withRange } from '../../src-renderer/components/time-chart/range-query.ts'
import {
  parseCompared,
  sameOnu,
  withCompared,
} from '../../src-renderer/screens/network-onus/compare-query.ts'

const ranges: fc.Arbitrary<ChartRange> = fc.oneof(
  fc
    .integer({ min: 300, max: 600_000_000 })
    .map((seconds) => ({ kind: 'live' as const, spanMs: seconds * 1000 })),
  fc
    .record({
      from: fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2090, 0) }),
      span: fc.integer({ min: 300_000, max: 19 * 365 * 86_400_000 }),
    })
    .map(({ from, span }) => ({ kind: 'fixed' as const, from, to: from + span })),
)

describe('the range in an address', () => {
  it('is the same after it was written and read', () => {
    fc.assert(
      fc.property(ranges, (range) => {
        expect(parseRange(withRange('', range))).toEqual(range)
      }),
      { seed: 46205 },
    )
  })

  it('stands by its name where it has one, and not at all where it is the usual one', () => {
    for (const name of presetNames) {
      const written = withRange('', { kind: 'live', spanMs: presetSpans[name] })
      expect(written).toBe(name === '24h' ? '' : `range=${name}`)
    }
  })

  it('is the usual one where the text is none', () => {
    for (const text of [
      'range=',
      'range=-5s',
      'range=1e9s',
      'range=99999999999s',
      'range=__proto__',
      'from=2026-01-01T00:00:00Z',
      'from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z',
      'from=1900-01-01T00:00:00Z&to=2026-01-01T00:00:00Z',
      'from=yesterday&to=now',
      '%E0%A4%A',
    ]) {
      expect(parseRange(text), text).toEqual(defaultRange)
    }
  })

  it('reads any text without harm', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { from, to } = windowOf(parseRange(text), Date.UTC(2026, 0))
        expect(to).toBeGreaterThan(from)
      }),
      { seed: 46823 },
    )
  })

  it('leaves alone what else stands in the query', () => {
    const query = withRange('q=a+b&range=7d&with=x', {
      kind: 'fixed',
      from: Date.UTC(2026, 0),
      to: Date.UTC(2026, 1),
    })
    expect(new URLSearchParams(query).get('q')).toBe('a b')
    expect(new URLSearchParams(query).get('with')).toBe('x')
    expect(query).toContain('from=2026-01-01T00:00:00.000Z')
    expect(withRange(query, defaultRange)).toBe('q=a+b&with=x')
  })
})

describe('the compared ONU in an address', () => {
  const onu = {
    oltId: '01930000-0000-7000-8000-000000000001',
    address: { shelf: 1, slot: 2, port: 3, onuId: 44 },
  }

  it('is the same after it was written and read, beside a range', () => {
    const query = withCompared('range=7d', onu)
    expect(query).toBe(`range=7d&with=${onu.oltId}/1-2-3-44`)
    const read = parseCompared(query)
    expect(read !== null && sameOnu(read, onu)).toBe(true)
    expect(withCompared(query, null)).toBe('range=7d')
  })

  it('is none where it could not be an ONU', () => {
    for (const text of ['', 'x', `${onu.oltId}/1-2-3`, `${onu.oltId}/99-2-3-4`, '../1-2-3-4']) {
      expect(parseCompared(new URLSearchParams({ with: text }).toString()), text).toBeNull()
    }
  })
})
