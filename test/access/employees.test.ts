import { beforeEach, describe, expect, it } from 'vitest'
import type { Employee } from '../../src-shared/contract/access-accounts.ts'
import { largestPhoto } from '../../src-main/access/photo.ts'
import { createPeopleBench, type PeopleBench } from '../support/people-bench.ts'
import { idOf } from '../support/store-workspace.ts'
import { auditTrail } from '../support/audit-trail.ts'

let bench: PeopleBench
let owner: string
let admin: string
let support: string
const [atOwner, atAdmin, atSupport] = [1, 2, 3]

const employee = {
  name: 'Sari Wijaya',
  position: 'Support',
  group: 'Shift B',
  phone: '+62 812 0000 0000',
  email: 'sari@example.net',
  note: 'Mornings',
}
const urlOf = (type: string, bytes: Buffer): string =>
  `data:image/${type};base64,${bytes.toString('base64')}`
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])
const png = Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1')
const webp = Buffer.from('RIFF\x10\0\0\0WEBPVP8 ', 'latin1')

beforeEach(() => {
  bench = createPeopleBench()
  owner = bench.addAccount('Nadia', 'owner')
  admin = bench.addAccount('Arif', 'administrator')
  support = bench.addAccount('Sari', 'support')
  bench.at(atOwner, owner)
  bench.at(atAdmin, admin)
  bench.at(atSupport, support)
})

const save = (over: object = {}, client = atAdmin) =>
  bench.tell(client, 'access.saveEmployee', { employeeId: null, baseVersion: 0, employee, ...over })
const made = async (over: object = {}): Promise<string> =>
  ((await save(over)) as { employeeId: string }).employeeId
const list = async (): Promise<readonly Employee[]> =>
  ((await bench.ask(atAdmin, 'access.employees')) as { employees: Employee[] }).employees
const assign = (accountId: string, employeeId: string, client = atAdmin) =>
  bench.tell(client, 'access.changeAccount', {
    accountId,
    baseVersion: bench.version(accountId),
    employeeId,
  })
const remove = (employeeId: string, client = atAdmin, baseVersion = 1) =>
  bench.tell(client, 'access.removeEmployee', { employeeId, baseVersion })

describe('an employee is not saved', () => {
  it('by someone who may not, over a newer state, or where there is none', async () => {
    const id = await made()
    expect(await save({}, atSupport)).toBe('permission-denied')
    expect(await save({ employeeId: id, baseVersion: 0 })).toBe('conflict')
    expect(await save({ employeeId: idOf(999), baseVersion: 1 })).toBe('not-found')
    expect(await list()).toHaveLength(1)
  })

  it.each([
    ['an SVG that calls itself a PNG', urlOf('png', Buffer.from('<svg onload="x"/>'))],
    ['a JPEG that calls itself a PNG', urlOf('png', jpeg)],
    ['a page', 'data:text/html;base64,PGI+'],
    ['an address elsewhere', 'https://example.invalid/a.png'],
    ['more than 200 KB', urlOf('jpeg', Buffer.concat([jpeg, Buffer.alloc(largestPhoto)]))],
  ])('with a photo that is %s', async (_what, photo) => {
    expect(await save({ photo })).toBe('invalid-input')
    expect(await list()).toEqual([])
  })
})

it('an employee has a photo until it is taken away, and it stands in no audit row', async () => {
  for (const [type, bytes] of [
    ['jpeg', jpeg],
    ['png', png],
    ['webp', webp],
  ] as const) {
    const photo = urlOf(type, bytes)
    const id = await made({ photo })
    const of = async () => (await list()).find((one) => one.id === id)
    expect(await of()).toEqual({ ...employee, id, version: 1, photo, accountId: null })
    const next = { ...employee, position: 'Lead' }
    expect(await save({ employeeId: id, baseVersion: 1, employee: next })).toEqual({
      employeeId: id,
    })
    expect(await of()).toMatchObject({ version: 2, position: 'Lead', photo })
    await save({ employeeId: id, baseVersion: 2, photo: null })
    expect(await of()).toMatchObject({ version: 3, photo: null })
    const rows = auditTrail(bench.store)
    expect(JSON.stringify(rows)).not.toContain(bytes.toString('base64'))
  }
})

it('an employee has one account, which shows at both', async () => {
  const id = await made()
  expect(await assign(support, id)).toEqual({})
  expect(await list()).toMatchObject([{ id, accountId: support }])
  expect(await assign(admin, id)).toBe('conflict')
  expect(await assign(admin, idOf(999))).toBe('not-found')
})

describe('an employee is not removed', () => {
  it('by himself, with the owner, with one who may do more, or over a newer state', async () => {
    const [mine, theOwners, other] = [await made(), await made(), await made()]
    await assign(admin, mine)
    await assign(owner, theOwners, atOwner)
    expect(await remove(mine)).toBe('own-account')
    expect(await remove(theOwners)).toBe('last-owner')
    expect(await remove(theOwners, atOwner)).toBe('own-account')
    expect(await remove(other, atAdmin, 0)).toBe('conflict')
    expect(await remove(idOf(999))).toBe('not-found')
    expect(await remove(other, atSupport)).toBe('permission-denied')
    expect(await list()).toHaveLength(3)
  })
})

it('who is removed is gone for good, and his account is disabled with him, at once', async () => {
  const id = await made()
  await assign(support, id)
  expect(await remove(id)).toEqual({})
  expect(await list()).toEqual([])
  expect(await bench.ask(atSupport, 'access.people')).toBe('not-signed-in')
  expect(bench.accounts.anyById(support)).toMatchObject({ name: 'Sari', employeeId: null })
  expect(bench.accounts.byId(support)).toBeUndefined()
  const feed = bench.store.reader.prepare(`SELECT data FROM change_feed`).all()
  expect(JSON.stringify(feed)).not.toContain('Wijaya')
})
