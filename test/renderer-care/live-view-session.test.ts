import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Bridge, Envelope } from '../../src-shared/contract/envelope.ts'
import type { LiveReading } from '../../src-renderer/screens/network-onus/live-view-model.ts'
import {
  leaveLive,
  pauseLive,
  watchLive,
} from '../../src-renderer/screens/network-onus/live-view-session.ts'
import { fakeOnuRow } from '../renderer-onus/fake-onu-row.ts'

const row = fakeOnuRow({ row: 3 })
const key = { oltId: row.oltId, address: row.address }
const elsewhere = { oltId: '0198d7a0-1111-7222-8333-944455550000', address: row.address }

/** What the page asked of the engine, and a way to answer it later. */
let asked: {
  readonly name: string
  readonly input: unknown
  readonly answer: (e: Envelope) => void
}[] = []
let tell: ((channel: string, payload: unknown) => void) | undefined

const bridge: Bridge = {
  invoke: (name, input) =>
    new Promise((answer) => {
      if (!name.startsWith('$')) asked.push({ name, input, answer })
    }),
  on: (listener) => {
    tell = listener
    return () => undefined
  },
}

const names = (): readonly string[] => asked.map(({ name }) => name.replace('network.', ''))
const opened = async (position = asked.length - 1): Promise<void> => {
  asked[position]?.answer({
    ok: true,
    value: { until: Date.now() + 60_000, everyMs: 2000 },
  })
  await vi.advanceTimersByTimeAsync(0)
}
const ended = (why: LiveReading['ended']): void =>
  tell?.('network.liveReading', {
    ...key,
    at: Date.now(),
    onu: null,
    answerMs: null,
    problem: null,
    ended: why,
  })

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 })
  vi.stubGlobal('window', { nocturne: bridge })
  asked = []
})

afterEach(() => {
  leaveLive(key)
  leaveLive(elsewhere)
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a live view never goes on without someone who looks', () => {
  it('is closed when the page is left', async () => {
    watchLive(key)
    await opened()
    leaveLive(key)
    expect(names()).toEqual(['openLiveView', 'closeLiveView'])
    expect(asked[1]?.input).toEqual({ oltId: key.oltId })
  })

  it('is closed once more when the page was left before the engine had opened it', async () => {
    watchLive(key)
    leaveLive(key)
    await opened(0)
    expect(names()).toEqual(['openLiveView', 'closeLiveView', 'closeLiveView'])
  })

  it('is closed when another OLT is watched from here', async () => {
    watchLive(key)
    await opened()
    watchLive(elsewhere)
    expect(names()).toEqual(['openLiveView', 'closeLiveView', 'openLiveView'])
    expect(asked[1]?.input).toEqual({ oltId: key.oltId })
  })

  it('is closed by a pause, and opened anew after it', async () => {
    watchLive(key)
    await opened()
    pauseLive(key)
    watchLive(key)
    expect(names()).toEqual(['openLiveView', 'closeLiveView', 'openLiveView'])
  })
})

describe('what is over is not closed again', () => {
  it('after the engine told its end', async () => {
    watchLive(key)
    await opened()
    await vi.advanceTimersByTimeAsync(60_000)
    ended('time')
    leaveLive(key)
    expect(names()).toEqual(['openLiveView'])
  })

  it('after its time, though no word of the end came', async () => {
    watchLive(key)
    await opened()
    await vi.advanceTimersByTimeAsync(63_000)
    leaveLive(key)
    expect(names()).toEqual(['openLiveView'])
  })

  it('after a refusal', async () => {
    watchLive(key)
    asked[0]?.answer({
      ok: false,
      error: { code: 'live-view-taken', params: { name: 'Dewi' }, traceId: 't' },
    })
    await vi.advanceTimersByTimeAsync(0)
    leaveLive(key)
    expect(names()).toEqual(['openLiveView'])
  })

  it('when another page is left', async () => {
    watchLive(key)
    await opened()
    leaveLive(elsewhere)
    expect(names()).toEqual(['openLiveView'])
  })
})

describe('another minute', () => {
  it('asks again, and the end of the first does not end it', async () => {
    watchLive(key)
    await opened()
    await vi.advanceTimersByTimeAsync(40_000)
    watchLive(key)
    ended('closed')
    await opened()
    await vi.advanceTimersByTimeAsync(25_000)
    leaveLive(key)
    expect(names()).toEqual(['openLiveView', 'openLiveView', 'closeLiveView'])
  })
})
