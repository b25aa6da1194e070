import { beforeEach, describe, expect, it } from 'vitest'
import { createPeopleBench, type PeopleBench } from '../support/people-bench.ts'

let bench: PeopleBench
let owner: string
let admin: string
let sari: string

const given = {
  baseVersion: 0,
  enabled: true,
  label: 'Company',
  issuer: 'https://login.company.example',
  clientId: 'nocturne',
  clientSecret: 'a very secret secret',
  scopes: ['email'],
  claim: 'sub',
  linkByEmail: false,
  factorValues: [],
}

beforeEach(() => {
  bench = createPeopleBench()
  owner = bench.addAccount('Nadia', 'owner')
  admin = bench.addAccount('Agus', 'administrator')
  sari = bench.addAccount('Sari', 'support')
  bench.at(1, owner)
  bench.at(2, admin)
  bench.at(3, sari)
})

const set = (more: object = {}, client = 2) =>
  bench.tell(client, 'access.companySet', { ...given, ...more })
const settings = async () =>
  (await bench.ask(2, 'access.companySettings')) as { settings: Record<string, unknown> | null }
const account = (accountId: string, more: object = {}, client = 2) =>
  bench.tell(client, 'access.companyAccount', {
    accountId,
    baseVersion: bench.version(accountId),
    subject: 'sub-1',
    companyOnly: false,
    ...more,
  })

describe('the company’s provider', () => {
  it('is off until an administrator sets it, who says once more who he is', async () => {
    expect(await bench.ask(9, 'access.company')).toEqual({
      label: null,
      problem: null,
      linked: false,
      companyOnly: false,
    })
    expect(await set({}, 3)).toBe('permission-denied')
    bench.clock.advance(10 * 60_000)
    expect(await set()).toBe('step-up-needed')
    bench.at(2, admin)
    expect(await set()).toEqual({ version: 1 })
    // No network on the bench: the button says why.
    expect(await bench.ask(9, 'access.company')).toMatchObject({
      label: 'Company',
      problem: 'no-network',
    })
    expect(await set()).toBe('conflict')
    expect(await set({ baseVersion: 1, enabled: false })).toEqual({ version: 2 })
    expect(await bench.ask(9, 'access.company')).toMatchObject({ label: null })
  })

  it('keeps its secret sealed: in no reply, no audit row, no change, and for this issuer alone', async () => {
    await set()
    expect((await settings()).settings).toMatchObject({ hasSecret: true })
    const rows = (sql: string) => bench.store.reader.prepare(sql).all()
    const everything = JSON.stringify([
      await settings(),
      rows('SELECT * FROM audit'),
      rows('SELECT * FROM change_feed'),
      rows('SELECT * FROM command_result'),
      (rows('SELECT secret_sealed AS s FROM company_sign_in') as { s: Buffer }[]).map(({ s }) =>
        s.toString('latin1'),
      ),
      bench.lines,
    ])
    expect(everything).not.toContain('a very secret')
    const { clientSecret: _, ...untouched } = given
    const keep = (more: object) => bench.tell(2, 'access.companySet', { ...untouched, ...more })
    await keep({ baseVersion: 1, label: 'Other' })
    expect((await settings()).settings).toMatchObject({ hasSecret: true, label: 'Other' })
    await keep({ baseVersion: 2, issuer: 'https://evil.example' })
    expect((await settings()).settings).toMatchObject({ hasSecret: false })
  })

  it('is https, named by what nobody changes, and links by an address if the owner says so', async () => {
    expect(await set({ issuer: 'http://login.company.example' })).toBe('company-issuer-insecure')
    for (const issuer of ['https://a@b.example', 'https://b.example?x', 'javascript:x', 'x']) {
      expect(await set({ issuer }), issuer).toBe('invalid-input')
    }
    expect(await set({ claim: 'email' })).toBe('company-claim-changeable')
    expect(await set({ claim: 'UPN' })).toBe('company-claim-changeable')
    expect(await set({ linkByEmail: true })).toBe('permission-denied')
    expect(await set({ linkByEmail: true }, 1)).toEqual({ version: 1 })
    // An administrator may leave it, and not take it along to another provider.
    expect(await set({ linkByEmail: true, baseVersion: 1, label: 'New' })).toEqual({ version: 2 })
    const elsewhere = { linkByEmail: true, baseVersion: 2, issuer: 'https://other.example' }
    expect(await set(elsewhere)).toBe('permission-denied')
  })
})

describe('an account is linked by an administrator', () => {
  it('never his own, none that may do more, none to a person who is another’s, none twice', async () => {
    expect(await account(sari)).toBe('company-off')
    await set()
    expect(await account(sari, {}, 3)).toBe('permission-denied')
    expect(await account(admin)).toBe('own-account')
    expect(await account(owner)).toBe('role-beyond-own')
    expect(await account(sari, { baseVersion: 99 })).toBe('conflict')
    expect(await account(sari, { subject: null, companyOnly: true })).toBe('invalid-input')
    expect(await account(sari, { subject: ' x' })).toBe('invalid-input')
    expect(await account(sari)).toEqual({})
    const budi = bench.addAccount('Budi', 'support')
    expect(await account(budi)).toBe('company-taken')
    const shown = (await bench.ask(2, 'access.accounts')) as {
      accounts: { id: string; company: unknown }[]
    }
    expect(shown.accounts.find(({ id }) => id === sari)?.company).toMatchObject({
      subject: 'sub-1',
      isCurrent: true,
      companyOnly: false,
    })
    expect(await account(sari, { subject: null })).toEqual({})
    expect(await account(budi)).toEqual({})
  })

  it('ends what he has open, and to the company alone never the owner', async () => {
    await set()
    expect(await account(sari, { companyOnly: true })).toEqual({})
    expect(bench.sessions.get(3)).toBeNull()
    // A code that would open nothing is not given.
    expect(await bench.tell(2, 'access.resetPassword', { accountId: sari })).toBe('company-needed')
    await bench.tell(1, 'access.transferOwnership', { accountId: sari })
    const [link] = bench.store.reader.prepare('SELECT company_only AS only FROM company_link').all()
    expect(link).toEqual({ only: 0 })
    bench.at(4, sari)
    expect(await account(admin, { companyOnly: true }, 4)).toBe('company-taken')
    expect(await account(owner, { companyOnly: true, subject: 's2' }, 4)).toEqual({})
  })
})
