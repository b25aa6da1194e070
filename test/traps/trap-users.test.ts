import { describe, expect, it } from 'vitest'
import type { SnmpUser } from '../../src-main/olt/snmp/usm/user.ts'
import { createTrapAccess } from '../../src-main/olt/traps/trap-access.ts'
import { createTrapUsers } from '../../src-main/olt/traps/trap-users.ts'
import { trapDatagram } from './support/trap-datagram.ts'

const userOf = (secret: string): SnmpUser => ({
  name: 'console',
  auth: { protocol: 'sha256', secret: Buffer.from(`signing ${secret}`) },
  priv: { protocol: 'aes128', secret: Buffer.from(`hiding ${secret}`) },
})
const isWiped = ({ auth, priv }: SnmpUser): boolean =>
  [auth, priv].every((key) => key?.secret.every((octet) => octet === 0) === true)

describe('users that may send', () => {
  it('are at most four of one name, those of the OLTs at the address first', () => {
    const users = createTrapUsers()
    users.replace(
      Array.from({ length: 500 }, (_, n) => ({ ...userOf(String(n)), oltIds: [`olt ${n}`] })),
    )
    const named = users.named('console', ['olt 321'])
    expect(named).toHaveLength(4)
    expect(named[0]?.user.oltIds).toEqual(['olt 321'])
    expect(users.named('nobody', ['olt 321'])).toEqual([])
  })

  it('leave no secret behind when they go, and keep their keys while they stay', () => {
    const users = createTrapUsers()
    const [stays, goes] = [userOf('stays'), userOf('goes')]
    users.replace([stays, goes])
    const before = users.named('console', [])[0]?.keys()
    const same = userOf('stays')
    users.replace([{ ...same, oltIds: ['olt 1'] }])
    expect(isWiped(goes)).toBe(true)
    expect(isWiped(stays)).toBe(false)
    expect(isWiped(same)).toBe(true)
    const [left] = users.named('console', [])
    expect(left?.keys()).toBe(before)
    expect(left?.user.oltIds).toEqual(['olt 1'])
    users.replace([])
    expect(isWiped(stays)).toBe(true)
    expect(users.named('console', [])).toEqual([])
  })
})

it('communities are refused from the moment they are no more allowed, and overwritten', () => {
  const community = Buffer.from('public')
  const open = createTrapAccess({ communities: [community], users: [] }, () => 0)
  const trap = trapDatagram('1.3.6.1.6.3.1.1.5.1')
  expect(open(trap)).toMatchObject({ kind: 'trap', signedAs: { community: Buffer.from('public') } })
  open.allow({ communities: [Buffer.from('other')], users: [] })
  expect(open(trap)).toMatchObject({ kind: 'refused', why: 'wrong-community' })
  expect(community.every((octet) => octet === 0)).toBe(true)
})
