import { beforeEach, describe, expect, it } from 'vitest'
import { createPeopleBench, type PeopleBench } from '../support/people-bench.ts'
import { idOf } from '../support/store-workspace.ts'

let bench: PeopleBench
const [atOwner, atAdmin, atNoc] = [1, 2, 3]
const [north, south] = [idOf(9001), idOf(9002)]
let owner = ''
let admin = ''
let noc = ''

const addOlt = (id: string): void =>
  bench.write('test.olt', {}, (tx) =>
    tx.run(
      `INSERT INTO olt (id, name, host, port, snmp_version, community_sealed, optic_class,
         intervals_s, created_at, updated_at)
       VALUES (?, ?, ?, 161, '2c', x'00', 'B+', '{}', 1, 1)`,
      id,
      id,
      id,
    ),
  )

beforeEach(() => {
  bench = createPeopleBench()
  owner = bench.addAccount('Nadia', 'owner')
  admin = bench.addAccount('Arif', 'administrator')
  noc = bench.addAccount('Sari', 'noc-engineer')
  bench.at(atOwner, owner)
  bench.at(atAdmin, admin)
  bench.at(atNoc, noc)
  addOlt(north)
  addOlt(south)
})

const saveRegion = (over: object = {}, client = atAdmin) =>
  bench.tell(client, 'access.saveRegion', {
    regionId: null,
    baseVersion: 0,
    name: 'North',
    oltIds: [north],
    ...over,
  })
const madeRegion = async (over: object = {}): Promise<string> =>
  ((await saveRegion(over)) as { regionId: string }).regionId
const setScope = (accountId: string, scope: object, client = atAdmin) =>
  bench.tell(client, 'access.setScope', { accountId, baseVersion: bench.version(accountId), scope })
const reached = (accountId: string): readonly string[] | null => {
  const { olts } = bench.scopes.reachOf(accountId)
  return olts === null ? null : [...olts]
}

describe('a region is refused', () => {
  it('to those who may not manage accounts', async () => {
    expect(await saveRegion({}, atNoc)).toBe('permission-denied')
    expect(await setScope(noc, { kind: 'own' }, atNoc)).toBe('permission-denied')
  })

  it('with a name that another one has, whatever the case, or an OLT that there is not', async () => {
    await madeRegion()
    expect(await saveRegion({ name: 'NORTH' })).toBe('region-name-taken')
    expect(await saveRegion({ name: 'East', oltIds: [idOf(1)] })).toBe('not-found')
  })

  it('where somebody else changed it meanwhile', async () => {
    const regionId = await madeRegion()
    expect(await saveRegion({ regionId, baseVersion: 0 })).toBe('conflict')
    expect(await bench.tell(atAdmin, 'access.removeRegion', { regionId, baseVersion: 7 })).toBe(
      'conflict',
    )
  })

  it('to be removed while an account reaches it', async () => {
    const regionId = await madeRegion()
    await setScope(noc, { kind: 'regions', regionIds: [regionId] })
    const remove = () => bench.tell(atAdmin, 'access.removeRegion', { regionId, baseVersion: 1 })
    expect(await remove()).toBe('region-in-use')
    await setScope(noc, { kind: 'all' })
    expect(await remove()).toEqual({})
    expect(await bench.ask(atAdmin, 'access.regions')).toEqual({ regions: [] })
  })
})

describe('a scope is refused', () => {
  it('to oneself', async () => {
    expect(await setScope(admin, { kind: 'all' })).toBe('own-account')
  })

  it('of the owner, by anybody', async () => {
    // An administrator may not rule over the owner at all.
    expect(await setScope(owner, { kind: 'own' })).toBe('role-beyond-own')
    expect(await setScope(owner, { kind: 'own' }, atOwner)).toBe('own-account')
  })

  it('with a region that there is not, or with none', async () => {
    expect(await setScope(noc, { kind: 'regions', regionIds: [idOf(1)] })).toBe('not-found')
    expect(await setScope(noc, { kind: 'regions', regionIds: [] })).toBe('invalid-input')
  })

  it('to an administrator who reaches a part himself: he gives nobody anything', async () => {
    const second = bench.addAccount('Joko', 'administrator')
    bench.at(4, second)
    const regionId = await madeRegion()
    await setScope(second, { kind: 'regions', regionIds: [regionId] }, atOwner)
    expect(await setScope(noc, { kind: 'all' }, 4)).toBe('beyond-scope')
    expect(await saveRegion({ name: 'East' }, 4)).toBe('beyond-scope')
    expect(await bench.tell(4, 'access.createAccount', {})).toBe('beyond-scope')
    expect(await bench.ask(4, 'access.accounts')).toBe('beyond-scope')
  })
})

describe('a scope', () => {
  it('is everything until somebody says otherwise', () => {
    expect(reached(noc)).toBeNull()
  })

  it('reaches the OLTs of its regions, as they are at each call', async () => {
    const regionId = await madeRegion()
    await setScope(noc, { kind: 'regions', regionIds: [regionId] })
    expect(reached(noc)).toEqual([north])
    await saveRegion({ regionId, baseVersion: 1, name: 'North', oltIds: [south] })
    expect(reached(noc)).toEqual([south])
  })

  it('of an account that there is not reaches nothing', () => {
    expect(reached(idOf(4711))).toEqual([])
  })

  it('takes effect in a session that is open, which offers what is left', async () => {
    const { permissionsWithin } = await import('../../src-main/engine/reach.ts')
    await setScope(noc, { kind: 'own' })
    const session = bench.sessions.get(atNoc)
    expect(session?.scope).toBe('own')
    const offered = permissionsWithin(session!.permissions, session!.scope)
    expect(offered).toContain('network.onu.read')
    expect(offered).not.toContain('alarms.rule.manage')
  })

  it('of who becomes the owner is everything again', async () => {
    const next = bench.addAccount('Joko', 'administrator')
    const regionId = await madeRegion()
    await setScope(next, { kind: 'regions', regionIds: [regionId] }, atOwner)
    expect(await bench.tell(atOwner, 'access.transferOwnership', { accountId: next })).toEqual({})
    expect(reached(next)).toBeNull()
  })

  it('is in the list of accounts and stays with an account that is disabled', async () => {
    const regionId = await madeRegion()
    await setScope(noc, { kind: 'regions', regionIds: [regionId] })
    const { accounts } = (await bench.ask(atAdmin, 'access.accounts')) as {
      accounts: { id: string; scope: object }[]
    }
    expect(accounts.find(({ id }) => id === noc)?.scope).toEqual({
      kind: 'regions',
      regionIds: [regionId],
    })
  })
})
