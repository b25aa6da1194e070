import { beforeEach, describe, expect, it } from 'vitest'
import { builtInRoles } from '../../src-shared/domain/roles.ts'
import { allPermissions, createRoles, ownerOnly } from '../../src-main/access/roles.ts'
import { writeRole } from '../../src-main/access/role-tables.ts'
import { createPeopleBench, type PeopleBench } from '../support/people-bench.ts'
import { idOf } from '../support/store-workspace.ts'

let bench: PeopleBench
const [atOwner, atAdmin, atSupport] = [1, 2, 3]

beforeEach(() => {
  bench = createPeopleBench()
  bench.at(atOwner, bench.addAccount('Nadia', 'owner'))
  bench.at(atAdmin, bench.addAccount('Arif', 'administrator'))
  bench.at(atSupport, bench.addAccount('Sari', 'support'))
})

const rules = { secondFactorRequired: false, lockAfterMinutes: 10, sessionHours: 12 }
const role = (over: object = {}) => ({
  roleId: null,
  baseVersion: 0,
  name: 'Night shift',
  copyOf: 'support',
  permissions: ['network.onu.read', 'alarms.alarm.read'],
  ...rules,
  ...over,
})
const save = (over: object = {}, client = atAdmin) =>
  bench.tell(client, 'access.saveRole', role(over))
const made = async (over: object = {}, client = atAdmin): Promise<string> =>
  ((await save(over, client)) as { roleId: string }).roleId
const builtIn = (id: (typeof builtInRoles)[number], over: object = {}) => ({
  roleId: id,
  name: id,
  copyOf: id,
  permissions: [...bench.roles.permissionsOf(id)],
  ...over,
})
const remove = (roleId: string, baseVersion = 1, client = atAdmin) =>
  bench.tell(client, 'access.removeRole', { roleId, baseVersion })

describe('what the roles that come with the console may do', () => {
  it('is named by the contract', () => {
    for (const id of builtInRoles) {
      for (const name of bench.roles.permissionsOf(id)) {
        expect(allPermissions.has(name), `${id}: ${name}`).toBe(true)
      }
    }
  })

  it('is all for the owner, and all but the ownership for the administrator', () => {
    expect(bench.roles.permissionsOf('owner')).toEqual(allPermissions)
    const missing = [...allPermissions].filter(
      (name) => !bench.roles.permissionsOf('administrator').has(name),
    )
    expect(missing.toSorted()).toEqual([...ownerOnly].toSorted())
  })

  it('is reading the audit and nothing else for the auditor', () => {
    for (const name of bench.roles.permissionsOf('auditor')) {
      expect(name).toMatch(/^audit\.[a-z]+\.(read|verify|export)$/)
    }
  })

  it('touches accounts and roles for nobody else', () => {
    for (const id of builtInRoles) {
      if (id === 'owner' || id === 'administrator') continue
      for (const name of bench.roles.permissionsOf(id)) expect(name).not.toMatch(/^access\./)
    }
  })

  it('takes a configuration out with its passwords for the owner and the administrator alone', () => {
    const { roles } = bench
    expect(
      builtInRoles.filter((id) => roles.permissionsOf(id).has('olt-backups.config.export')),
    ).toEqual(['owner', 'administrator'])
    expect(roles.permissionsOf('noc-engineer').has('olt-backups.config.manage')).toBe(true)
  })

  it('is nothing for a role that there is not, whatever it is called', () => {
    for (const id of ['', 'chief', 'toString', '__proto__', idOf(1)]) {
      expect([...bench.roles.permissionsOf(id)]).toEqual([])
    }
  })

  it('is not what the store says of it', () => {
    bench.write('test.role', {}, (tx) =>
      writeRole(
        tx,
        {
          ...rules,
          id: 'auditor',
          version: 1,
          name: 'auditor',
          copyOf: 'auditor',
          permissions: [...allPermissions],
        },
        1,
      ),
    )
    const stored = createRoles(bench.store.reader)
    expect(stored.permissionsOf('auditor').has('network.olt.manage')).toBe(false)
    expect(stored.rulesOf('auditor')).toMatchObject(rules)
  })
})

describe('an own role is not saved', () => {
  it.each([
    ['by someone who may not', {}, atSupport, 'permission-denied'],
    ['as a copy of what there is not', { copyOf: 'chief' }, atAdmin, 'not-found'],
    ['with a permission that there is not', { permissions: ['a.b.c'] }, atAdmin, 'invalid-input'],
    ['under the name of a built-in one', { name: 'Auditor' }, atAdmin, 'role-name-taken'],
    ['where there is none', { roleId: idOf(999), baseVersion: 1 }, atAdmin, 'not-found'],
  ])('%s', async (_why, over, client, code) => {
    expect(await save(over, client)).toBe(code)
  })

  it('with more than its maker has, by someone with a role of his own', async () => {
    const permissions = ['access.role.manage', 'access.account.read', 'network.onu.read']
    const roleId = await made({ permissions })
    bench.at(4, bench.addAccount('Tono', roleId))
    const own = role({ name: 'Mine', permissions })
    expect(await bench.tell(4, 'access.saveRole', own)).toMatchObject({
      roleId: expect.any(String),
    })
    const more = { ...own, name: 'More', permissions: [...permissions, 'network.olt.manage'] }
    expect(await bench.tell(4, 'access.saveRole', more)).toBe('role-beyond-own')
    // Nor does he change, or take away, a role that has more than he.
    const bigger = await made({ name: 'Bigger', permissions: ['network.olt.manage'] })
    const less = role({ roleId: bigger, baseVersion: 1, name: 'Bigger', permissions: [] })
    expect(await bench.tell(4, 'access.saveRole', less)).toBe('role-beyond-own')
    expect(await remove(bigger, 1, 4)).toBe('role-beyond-own')
  })

  it('under the name of another, or over a newer state', async () => {
    const roleId = await made()
    expect(await save({ name: 'NIGHT SHIFT' })).toBe('role-name-taken')
    expect(await save({ roleId, baseVersion: 0 })).toBe('conflict')
    expect(await save({ roleId, baseVersion: 1 })).toEqual({ roleId })
  })
})

it('a copy of the owner has everything but the ownership, also where the store says more', async () => {
  const roleId = await made({ permissions: [...allPermissions], copyOf: 'owner' }, atOwner)
  expect(bench.roles.permissionsOf(roleId).size).toBe(allPermissions.size - ownerOnly.length)
  const view = bench.roles.get(roleId)
  bench.write('test.role', {}, (tx) =>
    writeRole(
      tx,
      {
        ...rules,
        id: roleId,
        version: 2,
        name: 'x',
        copyOf: 'owner',
        permissions: [
          'a.b.c',
          'access.owner.transfer',
          'workspace.workspace.wipe',
          'network.onu.read',
        ],
      },
      1,
    ),
  )
  expect(view?.copyOf).toBe('owner')
  expect([...bench.roles.permissionsOf(roleId)]).toEqual(['network.onu.read'])
})

describe('of a built-in role', () => {
  it('what it may do and its name stay, whoever asks', async () => {
    for (const over of [
      { permissions: ['network.onu.read'] },
      { name: 'Help' },
      { copyOf: 'owner' },
    ]) {
      expect(await save(builtIn('support', over), atOwner)).toBe('role-built-in')
    }
    expect(await save(builtIn('owner'), atAdmin)).toBe('role-beyond-own')
    expect(await remove('support')).toBe('invalid-input')
  })

  it('second factor, lock and length of a session can be set, at once for who is signed in', async () => {
    const before = bench.sessions.get(atSupport)
    const set = { secondFactorRequired: true, lockAfterMinutes: 2, sessionHours: 1 }
    expect(await save(builtIn('support', set))).toEqual({ roleId: 'support' })
    expect(bench.roles.get('support')).toMatchObject({ ...set, version: 1, isBuiltIn: true })
    expect(bench.sessions.get(atSupport)).toMatchObject({
      lockAfterMinutes: 2,
      endsAt: (before?.signedInAt ?? 0) + 3_600_000,
    })
    expect(await save(builtIn('support'))).toBe('conflict')
    expect(await save(builtIn('support', { baseVersion: 1 }))).toEqual({ roleId: 'support' })
    expect(bench.roles.get('support')).toMatchObject({ ...rules, version: 2 })
  })
})

it('what is taken from an own role is gone at the next call of everyone who has it', async () => {
  const roleId = await made({ permissions: ['access.account.read', 'network.onu.read'] })
  const tono = bench.addAccount('Tono', roleId)
  bench.at(4, tono)
  bench.at(5, tono)
  expect(await bench.ask(4, 'access.roles')).toMatchObject({ roles: expect.any(Array) })
  expect(await save({ roleId, baseVersion: 1, permissions: ['network.onu.read'] })).toEqual({
    roleId,
  })
  for (const client of [4, 5]) {
    expect(await bench.ask(client, 'access.roles')).toBe('permission-denied')
    expect([...(bench.sessions.get(client)?.permissions ?? [])]).toEqual(['network.onu.read'])
  }
})

it('an own role goes only when nobody has it, a disabled account either', async () => {
  const roleId = await made()
  const tono = bench.addAccount('Tono', roleId)
  expect(await remove(roleId)).toBe('role-in-use')
  const at = { accountId: tono, baseVersion: 1 }
  expect(await bench.tell(atAdmin, 'access.disableAccount', at)).toEqual({})
  expect(await remove(roleId)).toBe('role-in-use')
  const next = { accountId: tono, baseVersion: 2, roleId: 'support' }
  expect(await bench.tell(atAdmin, 'access.changeAccount', next)).toEqual({})
  expect(await remove(roleId, 7)).toBe('conflict')
  expect(await remove(roleId)).toEqual({})
  expect(bench.roles.get(roleId)).toBeNull()
  expect(await remove(roleId)).toBe('not-found')
})

it('the list names every role, its permissions and how many accounts have it', async () => {
  await made()
  const reply = (await bench.ask(atAdmin, 'access.roles')) as {
    roles: { id: string; name: string; accounts: number; isBuiltIn: boolean }[]
    permissions: string[]
  }
  expect(reply.permissions).toEqual([...allPermissions].toSorted())
  expect(reply.roles.filter((one) => one.isBuiltIn).map((one) => one.id)).toEqual(builtInRoles)
  expect(reply.roles.at(-1)).toMatchObject({ name: 'Night shift', isBuiltIn: false, accounts: 0 })
  expect(reply.roles.find((one) => one.id === 'support')?.accounts).toBe(1)
})
