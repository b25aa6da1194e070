import { describe, expect, it } from 'vitest'
import type { HistorySeries } from '../../src-shared/contract/history.ts'
import {
  loadHistory,
  marginMs,
  type AskHistory,
  type HistoryQuestion,
} from '../../src-renderer/components/time-chart/load-history.ts'
import { spanOf } from '../../src-renderer/components/time-chart/chart-range.ts'

const hour = 3_600_000
const day = 24 * hour
const now = Date.UTC(2026, 10, 22, 12)
const oltId = '01930000-0000-7000-8000-000000000001'
const onu: HistorySeries = {
  kind: 'onu',
  oltId,
  address: { shelf: 1, slot: 2, port: 3, onuId: 4 },
}

const bench = () => {
  const calls: { name: string; input: Record<string, unknown> }[] = []
  let inFlight = 0
  let most = 0
  const ask: AskHistory = async (name, input) => {
    calls.push({ name, input: input as Record<string, unknown> })
    if (name === 'history.series') most = Math.max(most, ++inFlight)
    await Promise.resolve()
    const at = Float64Array.of(now - hour, now - hour / 2)
    const line = {
      resolution: 'readings',
      at,
      min: at,
      avg: at.map(() => 2000),
      max: at,
      resets: at,
    }
    const answers: Record<string, unknown> = {
      'history.series': {
        series: ((input as { metrics?: string[] }).metrics ?? []).map((metric) => ({
          ...line,
          metric,
        })),
      },
      'history.states': { at: Float64Array.of(now - 2 * hour), states: Uint8Array.of(1) },
      'history.events': { events: [{ at: now - hour, kind: 'olt-restarted', code: 0, detail: 0 }] },
    }
    if (name === 'history.series') inFlight -= 1
    return answers[name] as never
  }
  return { calls, ask, most: () => most }
}

const question = (spanMs: number, more: Partial<HistoryQuestion> = {}): HistoryQuestion => ({
  subjects: [onu],
  around: [{ kind: 'olt', oltId }],
  metrics: ['downBytes'],
  window: { from: now - spanMs, to: now },
  pixels: 1000,
  ...more,
})

describe('loading the history of a picture', () => {
  it('asks for as many points as the picture has pixels, and for a little on either side', async () => {
    const { calls, ask } = bench()
    await loadHistory(ask, question(10 * day))
    const series = calls.find(({ name }) => name === 'history.series')!
    expect(series.input['maxPoints']).toBeGreaterThanOrEqual(1000)
    expect(series.input['maxPoints']).toBeLessThan(1200)
    expect(series.input['from']).toBeLessThan(now - 10 * day)
    expect(series.input['to']).toBeGreaterThan(now)
  })

  it('gets single readings for seven days, in spite of what it asks for beside them', () => {
    const window = { from: now - 7 * day, to: now }
    expect(spanOf(window) + 2 * marginMs(window)).toBeLessThanOrEqual(8 * day)
  })

  it('asks never for more points than the contract allows', async () => {
    const { calls, ask } = bench()
    await loadHistory(ask, question(hour / 12, { pixels: 5000 }))
    for (const { name, input } of calls) {
      if (name === 'history.series') expect(input['maxPoints']).toBe(8000)
    }
  })

  it('asks for single states of a month, and not of years', async () => {
    const month = bench()
    await loadHistory(month.ask, question(30 * day))
    expect(month.calls.some(({ name }) => name === 'history.states')).toBe(true)
    const years = bench()
    await loadHistory(years.ask, question(5 * 365 * day))
    expect(years.calls.some(({ name }) => name === 'history.states')).toBe(false)
  })

  it('reads two ONUs one after the other and tells an event of both once', async () => {
    const { ask, most } = bench()
    const other: HistorySeries = { ...onu, address: { ...onu.address, onuId: 5 } }
    const answer = await loadHistory(ask, question(6 * hour, { subjects: [onu, other] }))
    expect(most()).toBe(1)
    expect(answer.subjects).toHaveLength(2)
    expect(answer.events).toHaveLength(1)
  })

  it('shows traffic in Mbit/s', async () => {
    const { ask } = bench()
    const answer = await loadHistory(ask, question(6 * hour))
    expect(answer.subjects[0]!.lines.get('downBytes')!.avg[0]).toBe(2)
  })

  it('asks for the state of an ONU even when no chart is open, and of an OLT for nothing', async () => {
    const one = bench()
    await loadHistory(one.ask, question(hour, { metrics: [] }))
    expect(one.calls.map(({ name }) => name)).toContain('history.series')
    const olt = bench()
    await loadHistory(olt.ask, question(hour, { metrics: [], subjects: [{ kind: 'olt', oltId }] }))
    expect(olt.calls.map(({ name }) => name)).not.toContain('history.series')
  })

  it('looks back for the cause of an outage that began before the picture', async () => {
    const { calls, ask } = bench()
    await loadHistory(ask, question(hour))
    const [own] = calls.filter(
      ({ name, input }) =>
        name === 'history.events' && (input['series'] as HistorySeries).kind === 'onu',
    )
    expect(own!.input['from']).toBeLessThan(now - 90 * day)
  })

  it('passes a failure on', async () => {
    const ask: AskHistory = () => Promise.reject(new Error('history-unavailable'))
    await expect(loadHistory(ask, question(hour))).rejects.toThrow('history-unavailable')
  })
})
