import { describe, expect, it } from 'vitest'
import { canonicalAddress, createHostAddresses } from '../../src-main/traps/host-addresses.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { settle } from '../support/settle.ts'

const bench = () => {
  const clock = createManualClock()
  const asked: string[] = []
  let answer = (host: string): Promise<readonly string[]> => Promise.resolve([`${host} unset`])
  const hosts = createHostAddresses({
    clock,
    resolve: (host) => {
      asked.push(host)
      return answer(host)
    },
  })
  return {
    clock,
    hosts,
    asked,
    answerWith: (next: typeof answer) => {
      answer = next
    },
  }
}

describe('names of OLTs', () => {
  it('that cannot be resolved keep the addresses they had, and are asked again in a minute', async () => {
    const { clock, hosts, asked, answerWith } = bench()
    answerWith(() => Promise.resolve(['192.0.2.1']))
    hosts.follow(['olt.example'])
    await settle()
    expect(hosts.of('olt.example')).toEqual(['192.0.2.1'])
    answerWith(() => Promise.reject(new Error('no network')))
    clock.advance(600_000)
    hosts.follow(['olt.example'])
    await settle()
    expect(asked).toHaveLength(2)
    expect(hosts.of('olt.example')).toEqual(['192.0.2.1'])
    clock.advance(59_000)
    hosts.follow(['olt.example'])
    expect(asked).toHaveLength(2)
    clock.advance(1000)
    hosts.follow(['olt.example'])
    expect(asked).toHaveLength(3)
  })

  it('that are never answered are given up, so that others get their turn: two at a time', async () => {
    const { clock, hosts, asked, answerWith } = bench()
    answerWith(() => new Promise(() => undefined))
    const names = ['a.example', 'b.example', 'c.example']
    hosts.follow(names)
    hosts.follow(names)
    expect(asked).toEqual(['a.example', 'b.example'])
    clock.advance(10_000)
    await settle()
    hosts.follow(names)
    expect(asked).toEqual(names)
    expect(hosts.of('a.example')).toEqual([])
  })

  it('are let go with their OLT, and asked anew when the network has changed', async () => {
    const { hosts, asked, answerWith } = bench()
    answerWith(() => Promise.resolve(['192.0.2.1']))
    hosts.follow(['a.example'])
    await settle()
    const before = hosts.revision()
    answerWith(() => Promise.resolve(['192.0.2.2']))
    hosts.askAgain()
    hosts.follow(['a.example'])
    await settle()
    expect(hosts.of('a.example')).toEqual(['192.0.2.2'])
    expect(hosts.revision()).toBeGreaterThan(before)
    hosts.follow([])
    expect(hosts.of('a.example')).toEqual([])
    expect(asked).toHaveLength(2)
  })
})

describe('an address', () => {
  it('has one form, as the source of a datagram has it', () => {
    expect(canonicalAddress('192.0.2.7')).toBe('192.0.2.7')
    expect(canonicalAddress('::FFFF:192.0.2.7')).toBe('192.0.2.7')
    expect(canonicalAddress('2001:DB8:0:0:0:0:0:1')).toBe('2001:db8::1')
    expect(canonicalAddress('fe80::1%eth0')).toBe('fe80::1')
  })

  it('is nothing to resolve', async () => {
    const { hosts, asked } = bench()
    hosts.follow(['192.0.2.7', '2001:DB8::1'])
    await settle()
    expect(asked).toEqual([])
    expect(hosts.of('2001:DB8::1')).toEqual(['2001:db8::1'])
  })
})
