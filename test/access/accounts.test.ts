import bcrypt from 'bcryptjs'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { NocturneError } from '../../src-shared/errors.ts'
import { auditTrail } from '../support/audit-trail.ts'
import { createPeopleBench, type PeopleBench } from '../support/people-bench.ts'
import { idOf } from '../support/store-workspace.ts'

let bench: PeopleBench
let owner: string
let admin: string
let support: string
/** Clients. */
const [atOwner, atAdmin, atSupport] = [1, 2, 3]

beforeEach(() => {
  bench = createPeopleBench()
  owner = bench.addAccount('Nadia', 'owner')
  admin = bench.addAccount('Arif', 'administrator')
  support = bench.addAccount('Sari', 'support')
  bench.at(atOwner, owner)
  bench.at(atAdmin, admin)
  bench.at(atSupport, support)
})

const newAccount = (over: object = {}) => ({
  name: 'Budi Santoso',
  login: 'budi',
  roleId: 'technician',
  ...over,
})
const create = (client: number, over: object = {}) =>
  bench.tell(client, 'access.createAccount', newAccount(over))
const change = (client: number, accountId: string, over: object) =>
  bench.tell(client, 'access.changeAccount', {
    accountId,
    baseVersion: bench.version(accountId),
    ...over,
  })
const disable = (client: number, accountId: string) =>
  bench.tell(client, 'access.disableAccount', {
    accountId,
    baseVersion: bench.version(accountId),
  })
const roleOf = (accountId: string) => bench.accounts.anyById(accountId)?.role
const listed = async (client: number) => {
  const reply = (await bench.ask(client, 'access.accounts')) as { accounts: { id: string }[] }
  return reply.accounts
}

describe('an account cannot be made', () => {
  it.each([
    ['by someone who may not manage accounts', atSupport, {}, 'permission-denied'],
    ['under a login that there is, whatever its case', atAdmin, { login: ' SARI ' }, 'login-taken'],
    ['under one that only looks otherwise', atAdmin, { login: 'sa\u200bri' }, 'login-taken'],
    ['under one that nobody sees', atAdmin, { login: '\u200b' }, 'invalid-input'],
    ['with a role that there is not', atAdmin, { roleId: 'chief' }, 'not-found'],
    ['with more than its maker has', atAdmin, { roleId: 'owner' }, 'role-beyond-own'],
    ['as a second owner, by the owner either', atOwner, { roleId: 'owner' }, 'last-owner'],
    ['for an employee that there is not', atAdmin, { employeeId: idOf(999) }, 'not-found'],
  ])('%s', async (_why, client, over, code) => {
    expect(await create(client, over)).toBe(code)
    expect(bench.shown).toEqual([])
    expect(bench.accounts.count()).toBe(3)
  })

  it('without saying once more who one is, five minutes after the sign-in', async () => {
    bench.clock.advance(5 * 60_000)
    expect(await create(atAdmin)).toBe('step-up-needed')
  })

  it('where its code cannot be shown, or was not seen', async () => {
    for (const code of ['confirmation-unavailable', 'cancelled'] as const) {
      bench.window.onShow = () => Promise.reject(new NocturneError(code))
      expect(await create(atAdmin)).toBe(code)
    }
    expect(bench.accounts.count()).toBe(3)
  })

  it('by someone whose right was taken while he looked at the code', async () => {
    bench.window.onShow = async () => {
      expect(await change(atOwner, admin, { roleId: 'technician' })).toEqual({})
    }
    expect(await create(atAdmin)).toBe('permission-denied')
    bench.window.onShow = async () => {
      expect(await disable(atOwner, support)).toEqual({})
      bench.sessions.end(atOwner)
    }
    expect(await create(atOwner)).toBe('session-ended')
    expect(bench.accounts.byLogin('budi')).toBeUndefined()
  })
})

it('a new account has a code for a day, no password, and no session', async () => {
  const { accountId } = (await create(atAdmin)) as { accountId: string }
  expect(bench.shown).toMatchObject([
    { kind: 'one-time-code', of: 'Budi Santoso', until: bench.clock.now() + 86_400_000 },
  ])
  expect(bench.shown[0]?.lines[0]).toMatch(/^([A-Z2-7]{4}-){4}[A-Z2-7]{4}$/)
  expect((await listed(atAdmin)).find(({ id }) => id === accountId)).toMatchObject({
    name: 'Budi Santoso',
    login: 'budi',
    roleId: 'technician',
    codeUntil: bench.clock.now() + 86_400_000,
    lastSignInAt: null,
    sessions: 0,
  })
  expect(bench.accounts.byLogin('budi')).toMatchObject({ passwordHash: null })
  // The code stands nowhere but in the window.
  const rows = ['audit', 'change_feed', 'command_result', 'account'].map((table) =>
    bench.store.reader.prepare(`SELECT * FROM ${table}`).all(),
  )
  const code = bench.shown[0]?.lines[0] ?? ''
  const trail = auditTrail(bench.store)
  for (const text of [code, code.replaceAll('-', '')]) {
    expect(JSON.stringify([rows, trail])).not.toContain(text)
  }
})

describe('a role', () => {
  it('is changed by nobody for himself', async () => {
    expect(await change(atAdmin, admin, { roleId: 'auditor' })).toBe('own-account')
    expect(await change(atOwner, owner, { roleId: 'administrator' })).toBe('own-account')
    expect([roleOf(admin), roleOf(owner)]).toEqual(['administrator', 'owner'])
  })

  it('is not changed at an account that may do more, and not to more than one has', async () => {
    expect(await change(atAdmin, owner, { roleId: 'technician' })).toBe('role-beyond-own')
    expect(await change(atAdmin, support, { roleId: 'owner' })).toBe('role-beyond-own')
    expect(await change(atOwner, support, { roleId: 'owner' })).toBe('last-owner')
    expect(await change(atOwner, support, { roleId: 'chief' })).toBe('not-found')
  })

  it('is not changed over what somebody else changed meanwhile', async () => {
    const was = bench.version(support)
    expect(await change(atAdmin, support, { name: 'Sari W' })).toEqual({})
    expect(await change(atAdmin, support, { baseVersion: was, roleId: 'auditor' })).toBe('conflict')
  })

  it('that was changed holds at the next call of every session of the account', async () => {
    bench.at(7, admin)
    expect(await bench.ask(7, 'access.accounts')).toMatchObject({ accounts: { length: 3 } })
    expect(await change(atOwner, admin, { roleId: 'support' })).toEqual({})
    for (const client of [atAdmin, 7]) {
      expect(await bench.ask(client, 'access.accounts')).toBe('permission-denied')
      expect(bench.sessions.get(client)).toMatchObject({ role: 'support', roleName: 'support' })
    }
    expect(await change(atOwner, admin, { roleId: 'administrator' })).toEqual({})
    expect(await listed(7)).toHaveLength(3)
  })
})

it('a name and a login can be changed, the own ones too, but not to a taken one', async () => {
  expect(await change(atAdmin, admin, { login: 'SARI' })).toBe('login-taken')
  expect(await change(atAdmin, admin, { name: 'Arif H', login: 'Arif.H' })).toEqual({})
  expect(bench.accounts.byLogin('arif.h')).toMatchObject({ name: 'Arif H', id: admin })
  expect(bench.sessions.get(atAdmin)).toMatchObject({ name: 'Arif H', login: 'arif.h' })
})

describe('an account is not disabled', () => {
  it('by its own person, nor the owner by anyone', async () => {
    expect(await disable(atAdmin, admin)).toBe('own-account')
    expect(await disable(atOwner, owner)).toBe('own-account')
    expect(await disable(atAdmin, owner)).toBe('last-owner')
    expect(await disable(atAdmin, idOf(999))).toBe('not-found')
  })

  it('over what somebody else changed meanwhile, nor twice', async () => {
    const input = { accountId: support, baseVersion: 0 }
    expect(await bench.tell(atAdmin, 'access.disableAccount', input)).toBe('conflict')
    expect(await disable(atAdmin, support)).toEqual({})
    expect(await disable(atAdmin, support)).toBe('conflict')
  })
})

it('a disabled account ends at its next call, signs in no more, and keeps its name', async () => {
  bench.at(7, support)
  expect(await disable(atAdmin, support)).toEqual({})
  for (const client of [atSupport, 7]) {
    expect(await bench.ask(client, 'access.people')).toBe('not-signed-in')
  }
  expect(bench.accounts.byLogin('sari')).toBeUndefined()
  expect(bench.accounts.nameOf(support)).toBe('Sari')
  expect(await bench.ask(atAdmin, 'access.people')).toMatchObject({ people: { length: 2 } })
  // Its login stays its own.
  expect(await create(atAdmin, { login: 'sari' })).toBe('login-taken')
  const input = { accountId: support, baseVersion: bench.version(support) }
  expect(await bench.tell(atAdmin, 'access.enableAccount', input)).toEqual({})
  expect(bench.accounts.byLogin('sari')).toMatchObject({ id: support, disabledAt: null })
})

it('sessions are ended from outside, but for the one that asks', async () => {
  bench.at(7, admin)
  const end = (client: number, accountId: string) =>
    bench.tell(client, 'access.endSessions', { accountId })
  expect(await end(atAdmin, owner)).toBe('role-beyond-own')
  expect(await end(atAdmin, idOf(999))).toBe('not-found')
  expect(await end(atAdmin, support)).toEqual({ ended: 1 })
  expect(bench.sessions.get(atSupport)).toBeNull()
  expect(await end(atAdmin, admin)).toEqual({ ended: 1 })
  expect(bench.sessions.get(7)).toBeNull()
  expect(bench.sessions.get(atAdmin)).not.toBeNull()
})

describe('the ownership', () => {
  const transfer = (client: number, accountId: string) =>
    bench.tell(client, 'access.transferOwnership', { accountId })
  const owners = () =>
    bench.accounts
      .withDisabled()
      .filter(({ role }) => role === 'owner')
      .map(({ id }) => id)

  it('goes only from the owner, to another who can sign in', async () => {
    const unused = bench.addAccount('Baru', 'support', null)
    expect(await transfer(atAdmin, admin)).toBe('permission-denied')
    expect(await transfer(atOwner, owner)).toBe('own-account')
    expect(await transfer(atOwner, idOf(999))).toBe('not-found')
    expect(await transfer(atOwner, unused)).toBe('account-unused')
    await disable(atOwner, support)
    expect(await transfer(atOwner, support)).toBe('not-found')
    expect(owners()).toEqual([owner])
  })

  it('goes in one step, at once for the sessions of both', async () => {
    expect(await transfer(atOwner, admin)).toEqual({})
    expect(owners()).toEqual([admin])
    expect(roleOf(owner)).toBe('administrator')
    expect(bench.sessions.get(atAdmin)).toMatchObject({ isOwner: true, role: 'owner' })
    expect(bench.sessions.get(atOwner)).toMatchObject({ isOwner: false, role: 'administrator' })
    expect(await transfer(atOwner, support)).toBe('permission-denied')
    expect(await transfer(atAdmin, support)).toEqual({})
    expect(owners()).toEqual([support])
  })
})

it('whatever is done to accounts, by whomever, there is exactly one owner who can sign in', async () => {
  const ids = [owner, admin, support, bench.addAccount('Tono', 'administrator')]
  const clients = ids.map((_, index) => 11 + index)
  const step = fc.record({
    by: fc.nat(3),
    to: fc.nat(3),
    act: fc.constantFrom('transfer', 'disable', 'enable', 'demote', 'promote'),
  })
  const roleIds = { demote: 'support', promote: 'owner' }
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 12 }), async (steps) => {
      for (const { by, to, act } of steps) {
        const [client = 0, actor = '', accountId = ''] = [clients[by], ids[by], ids[to]]
        if (bench.accounts.byId(actor) === undefined) continue
        bench.at(client, actor)
        const at = { accountId, baseVersion: bench.version(accountId) }
        if (act === 'transfer') await bench.tell(client, 'access.transferOwnership', { accountId })
        else if (act === 'disable') await bench.tell(client, 'access.disableAccount', at)
        else if (act === 'enable') await bench.tell(client, 'access.enableAccount', at)
        else await change(client, accountId, { roleId: roleIds[act] })
        const owners = bench.accounts.withDisabled().filter((one) => one.role === 'owner')
        expect(owners).toHaveLength(1)
        expect(owners[0]).toMatchObject({ disabledAt: null, passwordHash: expect.any(String) })
        // What is open says the same as what is stored.
        for (const session of bench.sessions.all().values()) {
          expect(session.role).toBe(roleOf(session.accountId))
        }
      }
    }),
    { numRuns: 15, seed: 6 },
  )
})

it('an imported bcrypt hash lets in once as it is, and is argon2id from then on', async () => {
  const hash = (await bcrypt.hash('sandi lama sekali', 4)).replace('$2b$', '$2y$')
  const id = bench.addAccount('Lama', 'support', hash)
  const signIn = () =>
    bench.tell(9, 'access.signIn', { name: 'lama', password: 'sandi lama sekali' })
  expect(await signIn()).toMatchObject({ next: 'done' })
  const first = bench.accounts.byId(id)?.passwordHash
  expect(first).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/)
  expect(await signIn()).toMatchObject({ next: 'done' })
  expect(bench.accounts.byId(id)?.passwordHash).toBe(first)
})
