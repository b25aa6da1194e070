import { describe, expect, it } from 'vitest'
import {
  clusterEvents,
  eventFace,
  mergeEvents,
  nextCluster,
  type ChartEvent,
} from '../../src-renderer/components/time-chart/chart-events.ts'
import {
  onlineShare,
  ribbonBlocks,
  segmentAt,
  segmentsOfEvents,
  segmentsOfReadings,
} from '../../src-renderer/components/time-chart/ribbon.ts'
import { downCauses, onuStates } from '../../src-shared/domain/onu-state.ts'

const state = (name: (typeof onuStates)[number]): number => onuStates.indexOf(name)
const cause = (name: (typeof downCauses)[number]): number => downCauses.indexOf(name)
const minute = 60_000

const change = (
  at: number,
  name: (typeof onuStates)[number],
  why: (typeof downCauses)[number] = 'none',
): ChartEvent => ({ at, kind: 'onu-state', code: state(name), detail: cause(why) })

const runs = (...pairs: readonly (readonly [number, (typeof onuStates)[number]])[]) => ({
  at: Float64Array.from(pairs, ([at]) => at),
  states: Uint8Array.from(pairs, ([, name]) => state(name)),
})

const window = { from: 0, to: 100 * minute }

describe('the state over time', () => {
  it('holds until the next, and the last until the window ends', () => {
    const segments = segmentsOfReadings(
      runs([0, 'online'], [40 * minute, 'offline'], [60 * minute, 'online']),
      [change(40 * minute, 'offline', 'dying-gasp'), change(60 * minute, 'online')],
      [],
      window,
    )
    expect(segments.map(({ state: name, from }) => [name, from / minute])).toEqual([
      ['online', 0],
      ['offline-power', 40],
      ['online', 60],
    ])
    expect(segments.at(-1)!.to).toBe(window.to)
    expect(segmentAt(segments, 45 * minute)?.cause).toBe('dying-gasp')
  })

  it('does not know a cause that no event tells', () => {
    const [segment] = segmentsOfReadings(runs([0, 'offline']), [], [], window)
    expect(segment).toMatchObject({ state: 'offline-other', cause: 'none' })
  })

  it('is not read where nothing was read, whatever was before', () => {
    const hole = { from: 20 * minute, to: 50 * minute }
    const segments = segmentsOfReadings(runs([0, 'online']), [], [hole], window)
    expect(segments.map(({ state: name }) => name)).toEqual(['online', 'unread', 'online'])
    expect(onlineShare(segments)).toBe(1)
  })

  it('counts neither unknown nor unread time into the share online', () => {
    const segments = segmentsOfReadings(
      runs([0, 'unknown'], [50 * minute, 'online'], [75 * minute, 'offline']),
      [],
      [],
      window,
    )
    expect(onlineShare(segments)).toBe(0.5)
    expect(onlineShare([])).toBeNull()
    expect(onlineShare(segmentsOfReadings(runs([0, 'unknown']), [], [], window))).toBeNull()
  })

  it('comes from the events alone where readings are too many', () => {
    const events = [change(30 * minute, 'offline', 'losi'), change(50 * minute, 'online')]
    const segments = segmentsOfEvents(events, state('online'), [], window)
    expect(segments.map(({ state: name }) => name)).toEqual(['online', 'offline-optical', 'online'])
    expect(segmentsOfEvents(events, null, [], window)[0]!.state).toBe('offline-optical')
  })

  it('keeps a short outage visible in a wide picture', () => {
    const segments = segmentsOfReadings(
      runs([0, 'online'], [50 * minute, 'offline'], [50 * minute + 1, 'online']),
      [change(50 * minute, 'offline', 'los')],
      [],
      window,
    )
    const blocks = ribbonBlocks(segments, window, 20)
    expect(blocks.map(({ state: name }) => name)).toContain('offline-optical')
    expect(blocks.reduce((sum, { width }) => sum + width, 0)).toBe(20)
  })

  it('draws nothing into no width', () => {
    expect(
      ribbonBlocks(segmentsOfReadings(runs([0, 'online']), [], [], window), window, 0),
    ).toEqual([])
  })
})

describe('events on the time line', () => {
  it('have the face of what happened, by cause', () => {
    expect(eventFace(change(0, 'offline', 'dying-gasp'))).toBe('offline-power')
    expect(eventFace(change(0, 'offline', 'losi'))).toBe('offline-optical')
    expect(eventFace({ at: 0, kind: 'olt-restarted', code: 0, detail: 0 })).toBe('olt-restarted')
    expect(eventFace({ at: 0, kind: 'none', code: 0, detail: 0 })).toBeNull()
    expect(eventFace({ at: 0, kind: 'onu-state', code: 99, detail: 99 })).toBe('unknown')
  })

  it('come in order and each once, from however many series', () => {
    const one = change(5, 'online')
    const merged = mergeEvents([[one], [change(1, 'offline', 'los'), one]])
    expect(merged.map(({ at }) => at)).toEqual([1, 5])
  })

  it('share a glyph where they stand too near, and the weightiest gives it', () => {
    const clusters = clusterEvents(
      [
        change(10 * minute, 'online'),
        change(11 * minute, 'offline', 'los'),
        change(90 * minute, 'online'),
      ],
      window,
      100,
      14,
    )
    expect(clusters.map(({ face, events }) => [face, events.length])).toEqual([
      ['offline-optical', 2],
      ['online', 1],
    ])
    expect(nextCluster(clusters, 10 * minute, 1)?.at).toBe(90 * minute)
    expect(nextCluster(clusters, 10 * minute, -1)).toBeUndefined()
  })

  it('outside of the window are not there', () => {
    expect(clusterEvents([change(-1, 'online')], window, 100, 14)).toEqual([])
  })
})
