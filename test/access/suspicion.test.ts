import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  networkOf,
  suspicionsOf,
  type SignInCircumstance,
} from '../../src-main/access/suspicion.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Nine in the morning, UTC. */
const now = Date.UTC(2026, 10, 23, 9)
const hourOf = (at: number): number => new Date(at).getUTCHours()

const usual = (at: number): SignInCircumstance => ({
  at,
  device: 'noc-1 (Linux)',
  addresses: ['192.168.7.20/24'],
})

const lately = (count: number): SignInCircumstance[] =>
  Array.from({ length: count }, (_, n) => usual(now - (n + 1) * dayMs))

const judge = (
  change: Partial<SignInCircumstance> = {},
  past: Partial<Parameters<typeof suspicionsOf>[1]> = {},
) =>
  suspicionsOf(
    { ...usual(now), ...change },
    { signIns: lately(25), isFirst: false, lastAt: now - dayMs, failures: 0, ...past },
    hourOf,
  )

describe('a sign-in stands out', () => {
  it('not at all when it is as always', () => expect(judge()).toEqual([]))

  it('not when it is the very first of the account', () => {
    const strange = { device: 'else', addresses: ['10.9.8.7/8'], at: now - 400 * dayMs }
    expect(judge(strange, { isFirst: true, signIns: [], failures: 9 })).toEqual([])
  })

  it('by a device that was not seen in 90 days', () => {
    expect(judge({ device: 'laptop (Windows)' })).toEqual(['new-device'])
  })

  it('by a network that was not seen, not by another address in the same', () => {
    expect(judge({ addresses: ['10.20.30.4/24'] })).toEqual(['new-network'])
    expect(judge({ addresses: ['192.168.7.99/24'] })).toEqual([])
    // One of several that is known is enough: the cable beside the radio.
    expect(judge({ addresses: ['10.20.30.4/24', '192.168.7.20/24'] })).toEqual([])
    expect(judge({ addresses: [] })).toEqual([])
  })

  it('not by another IPv6 prefix beside an IPv4 network that is known', () => {
    expect(judge({ addresses: ['2001:db8:1::5/64', '192.168.7.20/24'] })).toEqual([])
    expect(judge({ addresses: ['2001:db8:1::5/64'] })).toEqual(['new-network'])
    const six = lately(3).map((one) => ({ ...one, addresses: ['2001:db8:1:0:aaaa::1/64'] }))
    expect(judge({ addresses: ['2001:db8:1::5/64'] }, { signIns: six })).toEqual([])
  })

  it('by an hour that is more than one away from any of the last 60 days', () => {
    expect(judge({ at: now + hourMs })).toEqual([])
    expect(judge({ at: now + 3 * hourMs })).toEqual(['unusual-hour'])
    // With fewer than twenty nothing is usual yet; and what is older counts no more.
    expect(judge({ at: now + 3 * hourMs }, { signIns: lately(19) })).toEqual([])
    const old = lately(25).map((one) => ({ ...one, at: one.at - 61 * dayMs }))
    expect(judge({ at: now + 3 * hourMs }, { signIns: old })).toEqual([])
  })

  it('takes 23 and 0 o’clock for neighbours', () => {
    const nights = Array.from({ length: 25 }, (_, n) => usual(Date.UTC(2026, 10, 22 - n, 23, 30)))
    expect(judge({ at: Date.UTC(2026, 10, 23, 0, 30) }, { signIns: nights })).toEqual([])
  })

  it('by a clock that says a time before the last sign-in', () => {
    expect(judge({}, { lastAt: now + 365 * dayMs })).toEqual(['impossible-clock'])
    expect(judge({}, { lastAt: now + 60_000 })).toEqual([])
    expect(judge({}, { lastAt: null })).toEqual([])
  })

  it('by five failures within the hour before', () => {
    expect(judge({}, { failures: 4 })).toEqual([])
    expect(judge({}, { failures: 5 })).toEqual(['many-failures'])
  })
})

it('two addresses of one network have one network, whatever its length', () => {
  expect(networkOf('192.168.7.20/24')).toBe(networkOf('192.168.7.255/24'))
  expect(networkOf('192.168.7.20/24')).not.toBe(networkOf('192.168.8.20/24'))
  expect(networkOf('255.255.255.255/8')).toBe(networkOf('255.0.0.1/8'))
  expect(networkOf('2001:db8::1/64')).toBe(networkOf('2001:0db8:0:0:ffff::9/64'))
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      fc.integer({ min: 1, max: 31 }),
      (a, b, bits) => {
        const text = (value: number): string =>
          `${[24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.')}/${bits}`
        const same = Math.floor(a / 2 ** (32 - bits)) === Math.floor(b / 2 ** (32 - bits))
        expect(networkOf(text(a)) === networkOf(text(b))).toBe(same)
      },
    ),
    { seed: 6 },
  )
})
