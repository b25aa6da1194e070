import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  arrivalSteps,
  arrivalTable,
  goingSeconds,
  hasTwoSpans,
} from '../../src-renderer/screens/outages/arrival-series.ts'
import { onuCells, outageCells, outageHead } from '../../src-renderer/screens/outages/outage-csv.ts'
import {
  parseOutageQuery,
  periodStart,
  serialiseOutageQuery,
} from '../../src-renderer/screens/outages/outage-query.ts'
import { revenueText } from '../../src-renderer/screens/outages/revenue.ts'
import { steadyRows } from '../../src-renderer/screens/outages/steady-rows.ts'
import { lastEndOf, summariseOutages } from '../../src-renderer/state/noc.ts'
import { sampleOutage } from './sample-outage.ts'
import { wordsOf } from './words.ts'

describe('the address of the list', () => {
  it('leaves out what it does not know', () => {
    expect(parseOutageQuery('q=&period=eon&cause=ghosts')).toEqual({
      search: '',
      period: 'week',
      cause: null,
    })
  })

  it('says what it reads', () => {
    const query = { search: 'melati 03&4', period: 'year', cause: 'feeder' } as const
    expect(parseOutageQuery(serialiseOutageQuery(query))).toEqual(query)
    expect(serialiseOutageQuery({ search: '', period: 'week', cause: null })).toBe('')
  })

  it('begins a period on a full minute', () => {
    expect(periodStart('all', 1e12)).toBeNull()
    expect(periodStart('day', 90_000_123)).toBe(3_600_000)
  })
})

describe('a list that somebody points at', () => {
  const key = (row: { id: string }) => row.id
  const rows = (...ids: string[]) => ids.map((id) => ({ id }))

  it('follows the newest order while nobody does', () => {
    const before = steadyRows([], rows('a', 'b'), key, false)
    expect(steadyRows(before, rows('b', 'a'), key, false).map(({ row }) => row.id)).toEqual([
      'b',
      'a',
    ])
  })

  it('keeps its places, marks what has gone, and adds at the end', () => {
    const before = steadyRows([], rows('a', 'b'), key, false)
    expect(steadyRows(before, rows('c', 'b'), key, true)).toEqual([
      { row: { id: 'a' }, gone: true },
      { row: { id: 'b' }, gone: false },
      { row: { id: 'c' }, gone: false },
    ])
  })

  it('holds every row that is there, and each but once', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'))
    fc.assert(
      fc.property(ids, ids, fc.boolean(), (first, second, held) => {
        const before = steadyRows([], rows(...first), key, false)
        const after = steadyRows(before, rows(...second), key, held)
        const found = after.map(({ row }) => row.id)
        expect(new Set(found).size).toBe(found.length)
        expect(found).toEqual(expect.arrayContaining(second))
        expect(
          after
            .filter(({ gone }) => !gone)
            .map(({ row }) => row.id)
            .toSorted(),
        ).toEqual(second.toSorted())
      }),
      { seed: 84809 },
    )
  })
})

describe('the arrival chart', () => {
  const arrival = (seconds: number[], down: number[], back: number[]) => ({
    secondsAfter: Float64Array.from(seconds),
    down: Float64Array.from(down),
    withGasp: Float64Array.from(down, () => 0),
    back: Float64Array.from(back),
  })

  it('begins at nothing and holds its last value to the end', () => {
    const steps = arrivalSteps(arrival([0, 2, 4], [1, 3, 5], [0, 0, 0]), 10)
    expect(steps.at).toEqual([0, 0, 2, 4, 10])
    expect(steps.down).toEqual([0, 1, 3, 5, 5])
  })

  it('leaves out what lies beyond, and is drawn for nothing at all', () => {
    expect(arrivalSteps(arrival([0, 50], [1, 2], [0, 0]), 10).down).toEqual([0, 1, 1])
    expect(arrivalSteps(arrival([], [], []), 10)).toMatchObject({ at: [0, 10], down: [0, 0] })
  })

  it('thins a long one and keeps its last moment', () => {
    const many = Array.from({ length: 5000 }, (_, index) => index)
    const steps = arrivalSteps(arrival(many, many, many), 5000, 100)
    expect(steps.at.length).toBeLessThanOrEqual(103)
    expect(steps.down.at(-1)).toBe(4999)
    expect(arrivalTable(arrival(many, many, many)).at(-1)).toBe(4999)
  })

  it('has two spans only where coming back takes far longer than going', () => {
    expect(hasTwoSpans(arrival([0, 5, 1800], [1, 4, 4], [0, 0, 2]))).toBe(true)
    expect(hasTwoSpans(arrival([0, 5, 8], [1, 4, 4], [0, 0, 2]))).toBe(false)
    expect(hasTwoSpans(arrival([0, 1800], [1, 4], [0, 0]))).toBe(false)
    expect(goingSeconds(arrival([0], [1], [0]))).toBe(10)
  })
})

describe('what a spreadsheet gets', () => {
  it('has a cell for every head, and nothing for what is not known', async () => {
    const { t } = await wordsOf('en', 'outages')
    const cells = outageCells(t, sampleOutage())
    expect(cells).toHaveLength(outageHead(t).length)
    expect(cells[5]).toBeNull()
    expect(cells[6]).toBe('1970-01-01T00:16:40.000Z')
  })

  it('lists whom to call', async () => {
    const { t } = await wordsOf('id', 'outages')
    const cells = onuCells(t, {
      oltId: 'x',
      oltName: 'Harbour 1',
      address: { shelf: 1, slot: 2, port: 4, onuId: 7 },
      serial: 'ZTEG1',
      name: 'Sari',
      downAt: 0,
      backAt: null,
      gasp: 'never-sends',
      lastRxDbm: null,
      nodeName: null,
      place: 'Jl. Melati 3',
    })
    expect(cells.slice(0, 5)).toEqual(['Sari', 'Jl. Melati 3', 'ZTEG1', 'Harbour 1', '1/2/4:7'])
    expect(cells[7]).toBe('')
  })

  it('writes money by its currency, and says when there is none', () => {
    expect(revenueText(null, 'en')).toBe('–')
    expect(revenueText({ minor: 1_250_000, currency: 'EUR' }, 'en')).toBe('€12,500')
    expect(revenueText({ minor: 5, currency: 'nonsense' }, 'en')).toBe('5 nonsense')
  })
})

describe('what the top bar says of outages', () => {
  it('is the worst of them and all their ONUs', () => {
    const rows = [sampleOutage(), sampleOutage({ severity: 'critical', affectedOnus: 64 })]
    expect(summariseOutages(rows)).toEqual({ open: 2, affectedOnus: 78, worst: 'critical' })
    expect(summariseOutages([])).toEqual({ open: 0, affectedOnus: 0, worst: null })
  })

  it('is since when there is none', () => {
    expect(lastEndOf([])).toBeNull()
    expect(lastEndOf([sampleOutage({ endedAt: 5 }), sampleOutage({ endedAt: 9 })])).toBe(9)
  })
})
