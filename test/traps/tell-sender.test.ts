import { describe, expect, it } from 'vitest'
import { tellSender, type TrapSource } from '../../src-main/olt/traps/tell-sender.ts'
import type { Trap } from '../../src-main/olt/traps/trap-message.ts'
import { createTrapMatcher, type TrapRule } from '../../src-main/olt/traps/trap-rules.ts'

const linkDown = '1.3.6.1.6.3.1.1.5.3'
const rule = (trap: string): TrapRule => ({
  trap,
  subtree: true,
  meaning: 'other',
  look: 'olt',
  certainty: 'proven',
})
const matchOf = (vendor: number) =>
  createTrapMatcher([rule(`1.3.6.1.4.1.${vendor}`)], undefined, [rule('1.3.6.1.6.3.1.1.5')])
const olt = (oltId: string, port: number, vendor: number, community?: string): TrapSource => ({
  oltId,
  port,
  match: matchOf(vendor),
  community: community === undefined ? undefined : Buffer.from(community),
})
const trap = (trapOid: string): Trap => ({
  kind: 'trap',
  trapOid,
  uptimeTicks: 1,
  agentAddress: '10.0.0.1',
  varbinds: [],
})
const said = (community: string, port = 50_000) => ({
  port,
  signedAs: { community: Buffer.from(community) },
})

const behindOne = [
  olt('a', 1161, 2011, 'public'),
  olt('b', 1162, 2011, 'secret'),
  olt('c', 1163, 3902, 'public'),
  olt('d', 1164, 3902),
]

describe('of several OLTs behind one address, the sender', () => {
  it('is nobody when nothing tells them apart, whatever the trap says of itself', () => {
    expect(tellSender(behindOne, said('other'), trap(linkDown))).toBeNull()
    expect(tellSender(behindOne, said('public'), trap(linkDown))).toBeNull()
    expect(tellSender(behindOne, said('other'), trap('1.3.6.1.4.1.2011.1'))).toBeNull()
    expect(tellSender([], said('public'), trap(linkDown))).toBeNull()
  })

  it('is told by the port that it answers at', () => {
    expect(tellSender(behindOne, said('secret', 1163), trap(linkDown))?.oltId).toBe('c')
  })

  it('is told by the community it is read by', () => {
    expect(tellSender(behindOne, said('secret'), trap(linkDown))?.oltId).toBe('b')
  })

  it('is told by the user who signed', () => {
    const signed = { port: 50_000, signedAs: { oltIds: ['d'] } }
    expect(tellSender(behindOne, signed, trap(linkDown))?.oltId).toBe('d')
    const shared = { port: 50_000, signedAs: { oltIds: ['c', 'd'] } }
    expect(tellSender(behindOne, shared, trap(linkDown))).toBeNull()
  })

  it('is told by what only one of those left can mean', () => {
    expect(tellSender(behindOne, said('public'), trap('1.3.6.1.4.1.3902.7'))?.oltId).toBe('c')
    expect(tellSender(behindOne, said('public'), trap('1.3.6.1.4.1.2011.7'))?.oltId).toBe('a')
  })
})

it('the one OLT behind an address is the sender, whatever its port and community', () => {
  expect(tellSender([olt('a', 161, 2011, 'x')], said('y'), trap('1.3.6.9'))?.oltId).toBe('a')
})
