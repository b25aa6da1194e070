import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { idleMinutes } from '../../src-renderer/app/idle-lock.ts'
import { firstPage, neededFor } from '../../src-renderer/app/page-needs.ts'
import { readFactorCode } from '../../src-renderer/components/factor-code.ts'
import {
  abilitiesOn,
  factorOf,
  fits,
  mayGive,
  sortLines,
  stateOf,
  type AccountLine,
} from '../../src-renderer/screens/access-accounts/account-model.ts'
import { isEmail } from '../../src-renderer/screens/access-employees/employee-model.ts'
import { fitInto } from '../../src-renderer/screens/access-employees/small-photo.ts'
import {
  byCapability,
  changesIn,
  draftOf,
  roleInput,
  toggled,
} from '../../src-renderer/screens/access-roles/role-model.ts'
import {
  countKitWords,
  isWholeKit,
  kitInGroups,
  readKitWords,
} from '../../src-renderer/screens/access/kit-words.ts'
import { secondsOf } from '../../src-renderer/screens/access/use-attempt.ts'
import { makeAccounts, makeRoles } from '../support/fake-engine/fake-access-book.ts'

const now = Date.UTC(2026, 10, 23)
const [owner, engineer] = makeAccounts(now)
const roles = makeRoles()
const roleOf = (id: string) => roles.find((role) => role.id === id)!

const everything = roleOf('owner').permissions

describe('a code as it is typed or pasted', () => {
  it('is six digits however they are spaced, or any longer code', () => {
    expect(readFactorCode(' 123 456\n')).toEqual({ kind: 'digits', code: '123456' })
    expect(readFactorCode('123-456')).toEqual({ kind: 'digits', code: '123456' })
    expect(readFactorCode('abcd-efgh ')).toEqual({ kind: 'other', code: 'abcd-efgh' })
    expect(readFactorCode('1234567')).toEqual({ kind: 'other', code: '1234567' })
  })

  it('is none while it is too short or when it is too long', () => {
    expect(readFactorCode('12345')).toBeNull()
    expect(readFactorCode('- - - - - -')).toBeNull()
    expect(readFactorCode('x'.repeat(41))).toBeNull()
  })
})

describe('the words of a recovery kit', () => {
  const kit = 'aaaaa bbbbb ccccc ddddd eeeee fffff ggggg hhhh2'

  it('are read with blanks, lines, dashes and numbers of a print, or as the QR code holds them', () => {
    const plain = kit.replaceAll(' ', '').toUpperCase()
    expect(readKitWords(kit)).toBe(plain)
    expect(readKitWords(kit.replaceAll(' ', '-'))).toBe(plain)
    expect(
      readKitWords(
        kit
          .split(' ')
          .map((word, at) => `${at + 1}. ${word}`)
          .join('\n'),
      ),
    ).toBe(plain)
    expect(readKitWords(plain)).toBe(plain)
    expect(isWholeKit(plain)).toBe(true)
  })

  it('are counted while they are typed, and go in groups', () => {
    expect(countKitWords(readKitWords('aaaaa bbb'))).toBe(1)
    expect(isWholeKit(readKitWords('aaaaa bbb'))).toBe(false)
    expect(kitInGroups(readKitWords(kit))).toBe(kit.toUpperCase())
  })
})

describe('the rules of an account', () => {
  it('lets nobody do to himself what takes another, nor to the owner', () => {
    const me = { id: owner!.id, permissions: everything }
    expect(abilitiesOn(owner!, me)).toMatchObject({
      others: false,
      disable: false,
      transfer: false,
    })
    const administrator = { id: 'other', permissions: roleOf('administrator').permissions }
    expect(abilitiesOn(owner!, administrator)).toMatchObject({ disable: false, transfer: false })
    expect(abilitiesOn(engineer!, administrator)).toMatchObject({ disable: true, transfer: false })
    expect(abilitiesOn(engineer!, me)).toMatchObject({ disable: true, transfer: true })
    expect(abilitiesOn(engineer!, { id: 'x', permissions: [] })).toMatchObject({ others: false })
  })

  it('makes nobody the owner of one who is disabled', () => {
    const me = { id: owner!.id, permissions: everything }
    expect(abilitiesOn({ ...engineer!, disabledAt: now }, me).transfer).toBe(false)
  })

  it('gives no role that may more than the giver, and never the owner’s', () => {
    const own = roleOf('technician').permissions
    expect(mayGive(roleOf('technician'), own)).toBe(true)
    expect(mayGive(roleOf('noc-engineer'), own)).toBe(false)
    expect(mayGive(roleOf('owner'), everything)).toBe(false)
  })

  it('tells disabled, an open code, never signed in and active apart, in this order', () => {
    const state = (part: Partial<typeof engineer>) => stateOf({ ...engineer!, ...part }, now)
    expect(state({})).toBe('active')
    expect(state({ lastSignInAt: null })).toBe('never')
    expect(state({ lastSignInAt: null, codeUntil: now + 1 })).toBe('code')
    expect(state({ lastSignInAt: null, codeUntil: now })).toBe('never')
    expect(state({ disabledAt: 1, codeUntil: now + 1 })).toBe('disabled')
  })

  it('misses a second factor only where the role asks for one', () => {
    const none = { roleId: 'administrator', secondFactorSince: null }
    expect(factorOf(none, roles)).toBe('missing')
    expect(factorOf({ ...none, roleId: 'technician' }, roles)).toBe('off')
    expect(factorOf({ ...none, secondFactorSince: now }, roles)).toBe('on')
    expect(factorOf({ ...none, roleId: 'gone' }, roles)).toBe('off')
  })

  it('is found by name, login, role and state, and sorted with the name last', () => {
    const words = {
      role: 'Technician',
      reach: 'Everything',
      state: 'active',
      factor: 'off',
      employee: 'Splicer',
    }
    const line = (name: string, sessions: number): AccountLine => ({
      account: { ...engineer!, name, sessions },
      employee: undefined,
      state: 'active',
      factor: 'off',
      words,
    })
    const lines = [line('Budi', 1), line('Agus', 1), line('Citra', 3)]
    const names = (sorted: readonly AccountLine[]) => sorted.map(({ account }) => account.name)
    expect(names(sortLines(lines, { column: 'sessions', descending: false }))).toEqual([
      'Agus',
      'Budi',
      'Citra',
    ])
    expect(names(sortLines(lines, { column: 'name', descending: true }))[0]).toBe('Citra')
    expect(fits(lines[0]!, ' TECHN ')).toBe(true)
    expect(fits(lines[0]!, 'splic')).toBe(true)
    expect(fits(lines[0]!, 'cashier')).toBe(false)
  })
})

describe('a role that is edited', () => {
  const role = roles.at(-1)!

  it('counts each thing that is not as it is kept', () => {
    const draft = draftOf(role)
    expect(changesIn(role, draft)).toBe(0)
    expect(changesIn(role, { ...draft, name: ` ${role.name} ` })).toBe(0)
    const taken = toggled(draft.permissions, role.permissions[0]!)
    const other = toggled(taken, 'access.owner.transfer')
    expect(changesIn(role, { ...draft, permissions: other, sessionHours: 1 })).toBe(3)
    expect(changesIn(role, { ...draft, permissions: toggled(taken, role.permissions[0]!) })).toBe(0)
  })

  it('is sent as a whole with the version it was read at', () => {
    expect(roleInput(role, { ...draftOf(role), name: ' Nights ' })).toEqual({
      roleId: role.id,
      baseVersion: role.version,
      name: 'Nights',
      copyOf: 'noc-engineer',
      permissions: role.permissions.toSorted(),
      secondFactorRequired: true,
      lockAfterMinutes: 10,
      sessionHours: 12,
    })
  })

  it('has its permissions by capability', () => {
    expect(byCapability(['a.b.c', 'a.b.d', 'b.c.d'])).toEqual([
      { capability: 'a', permissions: ['a.b.c', 'a.b.d'] },
      { capability: 'b', permissions: ['b.c.d'] },
    ])
  })
})

describe('what a page asks for', () => {
  const source = readFileSync(
    resolve(import.meta.dirname, '../../src-renderer/app/routes.tsx'),
    'utf8',
  )
  const routes = [...source.matchAll(/<Route path="([^"]+)"/g)].map(([, route]) => route!)
  /** Whoever is signed in may open these. */
  const open = ['/welcome', '/settings', '/me']

  it('is known for every route there is, but for those that are everybody’s', () => {
    expect(routes.length).toBeGreaterThan(40)
    const free = routes.filter((route) => neededFor(route.replace(/:\w+\??/g, 'x')) === undefined)
    expect(free.toSorted()).toEqual(open.toSorted())
  })

  it('is the page’s own below it, unless a page there asks for more', () => {
    expect(neededFor('/olts/x')).toBe('network.olt.read')
    expect(neededFor('/olts/add')).toBe('network.olt.manage')
    expect(neededFor('/olts/x/terminal')).toBe('olt-cli.terminal.use')
    expect(neededFor('/people/roles/owner')).toBe('access.account.read')
    expect(neededFor('/settings')).toBeUndefined()
  })

  it('begins at the first page of the rail that may be opened', () => {
    expect(firstPage(['network.onu.read'], '/me')).toBe('/onus')
    expect(firstPage(['plant.node.read'], '/me')).toBe('/plant')
    expect(firstPage([], '/me')).toBe('/me')
    // A cashier begins at the counter; who looks after billing does not.
    expect(firstPage(['network.onu.read', 'billing.cash.run'], '/me')).toBe('/counter')
    const finance = ['network.onu.read', 'billing.cash.run', 'billing.plan.read']
    expect(firstPage(finance, '/me')).toBe('/onus')
  })
})

it('locks after the role’s minutes, or the person’s where they are fewer', () => {
  expect(idleMinutes(2, 5)).toBe(2)
  expect(idleMinutes(60, 5)).toBe(5)
  // 0 was "never by itself" before roles had a bound.
  expect(idleMinutes(0, 5)).toBe(5)
  expect(idleMinutes(7, undefined)).toBe(7)
})

it('waits as long as a throttled attempt says, and for nothing else', () => {
  const refusal = (code: 'sign-in-throttled' | 'wrong-code', seconds?: number) =>
    secondsOf({ code, params: seconds === undefined ? {} : { seconds }, traceId: 'x' })
  expect(refusal('sign-in-throttled', 3.2)).toBe(4)
  expect(refusal('sign-in-throttled')).toBe(0)
  expect(refusal('wrong-code', 3)).toBe(0)
})

it('makes a picture fit in its own proportions and never larger', () => {
  expect(fitInto({ width: 2400, height: 1600 }, 320)).toEqual({ width: 320, height: 213 })
  expect(fitInto({ width: 10, height: 4000 }, 320)).toEqual({ width: 1, height: 320 })
  expect(fitInto({ width: 64, height: 64 }, 320)).toEqual({ width: 64, height: 64 })
})

it('tells an e-mail address from what is none', () => {
  for (const good of ['', 'a@b.id', 'sari.w@noc.isp.example'])
    expect(isEmail(good), good).toBe(true)
  for (const bad of ['a', 'a@b', 'a b@c.id', 'a@b.', '@b.id']) expect(isEmail(bad), bad).toBe(false)
})
