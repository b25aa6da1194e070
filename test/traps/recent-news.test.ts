import { describe, expect, it } from 'vitest'
import type { TrapNews } from '../../src-main/olt/traps/gather-news.ts'
import { createRecentNews } from '../../src-main/traps/recent-news.ts'

const news = (oltId: string, at: number, more: Partial<TrapNews> = {}): TrapNews => ({
  oltId,
  source: '192.0.2.1',
  count: 1,
  firstAt: at,
  lastAt: at,
  looks: [{ kind: 'olt' }],
  meanings: ['other'],
  unknown: 0,
  unproven: false,
  ...more,
})

describe('recent traps', () => {
  it('of a loud OLT push nobody else out, and are bounded', () => {
    const recent = createRecentNews()
    recent.note(news('quiet', 0))
    for (let n = 0; n < 5000; n++) {
      const pon = { shelf: 0, slot: 0, port: n % 200 }
      recent.note(news('loud', n, { looks: [{ kind: 'pon', pon }] }))
    }
    const kept = recent.list()
    expect(kept.length).toBeLessThanOrEqual(51)
    expect(kept.at(-1)?.oltId).toBe('quiet')
    for (let olt = 0; olt < 3000; olt++) recent.note(news(`olt ${olt}`, olt))
    expect(recent.list().length).toBeLessThanOrEqual(400)
  })

  it('that say the same again go on as one, for as long as they keep coming', () => {
    const recent = createRecentNews()
    recent.note(news('a', 0, { count: 3 }))
    recent.note(news('b', 10))
    recent.note(news('a', 50_000, { count: 2 }))
    expect(recent.list()).toMatchObject([
      { oltId: 'a', count: 5, firstAt: 0, lastAt: 50_000 },
      { oltId: 'b' },
    ])
    recent.note(news('a', 120_000))
    recent.note(news('a', 120_001, { meanings: ['onu-offline'] }))
    expect(recent.list().map(({ count }) => count)).toEqual([1, 1, 5, 1])
  })
})
