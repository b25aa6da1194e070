import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createUuidV7Source, uuidV7Time } from '../../src-shared/domain/uuid-v7.ts'

const countingBytes = () => {
  let calls = 0
  return (count: number) => {
    calls += 1
    return createHash('sha256').update(String(calls)).digest().subarray(0, count)
  }
}

describe('a UUIDv7', () => {
  test('is not made from a clock or a random source that is broken', () => {
    const randomBytes = countingBytes()
    for (const now of [-1, Number.NaN, 2 ** 48]) {
      expect(() => createUuidV7Source({ now: () => now, randomBytes })()).toThrow(RangeError)
    }
    const starved = { now: () => 1, randomBytes: () => new Uint8Array(3) }
    expect(() => createUuidV7Source(starved)()).toThrow(RangeError)
  })

  test('has the layout of RFC 9562 and carries its time', () => {
    // The time of RFC 9562's own example, appendix A.6.
    const source = createUuidV7Source({ now: () => 0x017f22e279b0, randomBytes: countingBytes() })
    const id = source()
    expect(id).toMatch(/^017f22e2-79b0-7[0-7][0-9a-f]{2}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u)
    expect(uuidV7Time(id)).toBe(0x017f22e279b0)
  })

  test('sorts in the order of making, within one millisecond and when the clock steps back', () => {
    let now = 1_800_000_000_000
    const source = createUuidV7Source({ now: () => now, randomBytes: countingBytes() })
    const ids: string[] = []
    for (let made = 0; made < 20_000; made += 1) {
      if (made % 6_000 === 5_999) now += made % 12_000 === 5_999 ? -60_000 : 60_001
      ids.push(source())
    }
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.toSorted()).toEqual(ids)
  })

  test('is not seen in other text', () => {
    for (const text of ['', 'x', '01900000-0000-4000-8000-000000000001']) {
      expect(uuidV7Time(text)).toBeNull()
    }
  })
})
