import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { newOneTimeCode, readOneTimeCode } from '../../src-main/access/secret-codes.ts'
import { verifyPassword } from '../../src-main/access/passwords.ts'
import { createPeopleBench, type PeopleBench } from '../support/people-bench.ts'

const day = 24 * 3_600_000
const password = 'correct horse battery'
const [atOwner, atAdmin, atSupport, atDoor] = [1, 2, 3, 9]

let bench: PeopleBench
let owner: string
let admin: string
let support: string

beforeEach(() => {
  bench = createPeopleBench()
  owner = bench.addAccount('Nadia', 'owner')
  admin = bench.addAccount('Arif', 'administrator')
  support = bench.addAccount('Sari', 'support')
  bench.at(atOwner, owner)
  bench.at(atAdmin, admin)
  bench.at(atSupport, support)
})

const reset = (client: number, accountId: string) =>
  bench.tell(client, 'access.resetPassword', { accountId })
const redeem = (code: string, over: object = {}) =>
  bench.tell(atDoor, 'access.redeemCode', { name: 'Sari', code, password, ...over })
/** Gives one to Sari. */
const given = async (): Promise<string> => {
  expect(await reset(atAdmin, support)).toEqual({ until: bench.clock.now() + day })
  return bench.shown.at(-1)?.lines[0] ?? ''
}
const none = 'AAAA-BBBB-CCCC-DDDD-EEEE'

describe('a password is not reset', () => {
  it('by its own person, nor where the account may do more', async () => {
    expect(await reset(atAdmin, admin)).toBe('own-account')
    expect(await reset(atAdmin, owner)).toBe('role-beyond-own')
    expect(await reset(atSupport, admin)).toBe('permission-denied')
    expect(bench.shown).toEqual([])
  })

  it('by someone who lost the right while he looked at the code', async () => {
    bench.window.onShow = () => {
      bench.sessions.setLocked(atAdmin, true)
      return Promise.resolve()
    }
    expect(await reset(atAdmin, support)).toBe('session-locked')
    expect(bench.accounts.byId(support)?.codeHash).toBeNull()
  })
})

describe('a one-time code is refused', () => {
  it('where it is wrong or is none, as where there is no such account or code', async () => {
    await given()
    const answers = [
      await redeem(none),
      await redeem('nonsense', { name: 'Nobody' }),
      await redeem(none, { name: 'Tidak Ada' }),
      await redeem(none, { name: 'Nadia' }),
    ]
    expect(answers).toEqual(['wrong-code', 'wrong-code', 'wrong-code', 'wrong-code'])
    expect(bench.accounts.byId(support)?.passwordHash).toBe('$argon2id$x')
  })

  it('for a while after a wrong one, for known and unknown names alike', async () => {
    const code = await given()
    for (const name of ['Sari', 'Tidak Ada']) {
      expect(await redeem(none, { name })).toBe('wrong-code')
      expect(await redeem(code, { name })).toBe('sign-in-throttled')
    }
    bench.clock.advance(1000)
    expect(await redeem(code)).toMatchObject({ next: 'done' })
  })

  it('with a password that is too weak, and is still good then', async () => {
    const code = await given()
    for (const weak of ['short', 'qwertyuiop', 'nama sari 12']) {
      expect(await redeem(code, { password: weak })).toBe('password-too-weak')
    }
    expect(await redeem(code)).toMatchObject({ next: 'done' })
  })

  it('after a day', async () => {
    const code = await given()
    bench.clock.advance(day)
    expect(await redeem(code)).toBe('code-expired')
  })

  it('after its use, and when another was given', async () => {
    const first = await given()
    const second = await given()
    expect(await redeem(first)).toBe('wrong-code')
    bench.clock.advance(1000)
    expect(await redeem(second)).toMatchObject({ next: 'done' })
    expect(await redeem(second)).toBe('wrong-code')
  })

  it('the second time of two at once', async () => {
    const code = await given()
    const answers = await Promise.all([redeem(code), redeem(code)])
    expect(answers.map((one) => (typeof one === 'string' ? one : 'in')).toSorted()).toEqual([
      'code-expired',
      'in',
    ])
  })

  it('of an account that was disabled meanwhile', async () => {
    const code = await given()
    const input = { accountId: support, baseVersion: bench.version(support) }
    expect(await bench.tell(atAdmin, 'access.disableAccount', input)).toEqual({})
    expect(await redeem(code)).toBe('wrong-code')
  })
})

it('a one-time code sets a new password, signs in, and ends what was open', async () => {
  const code = await given()
  // The old password is good until then: a code that nobody asked for locks nobody out.
  expect(bench.accounts.byId(support)?.passwordHash).toBe('$argon2id$x')
  expect(bench.sessions.get(atSupport)).not.toBeNull()
  expect(await redeem(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toMatchObject({
    next: 'done',
    session: { account: { id: support } },
  })
  expect(bench.sessions.get(atSupport)).toBeNull()
  expect(bench.sessions.get(atDoor)).toMatchObject({ accountId: support })
  const after = bench.accounts.byId(support)
  expect(after).toMatchObject({ codeHash: null, codeUntil: null })
  expect(await verifyPassword(after?.passwordHash ?? null, password)).toBe(true)
})

it('a one-time code is read as it was meant, and is one of very many', () => {
  fc.assert(
    fc.property(fc.constant(null), () => {
      const { plain, groups } = newOneTimeCode()
      expect(plain).toMatch(/^[A-Z2-7]{20}$/)
      const typed = groups.join(' ').toLowerCase().replaceAll('o', '0').replaceAll('b', '8')
      expect(readOneTimeCode(typed.replaceAll('i', '1'))).toBe(plain)
    }),
    { numRuns: 50, seed: 1 },
  )
  expect(new Set(Array.from({ length: 50 }, () => newOneTimeCode().plain)).size).toBe(50)
  for (const typed of ['', 'AAAA', 'ÄÄÄÄ-BBBB-CCCC-DDDD-EEEE', `${none}A`]) {
    expect(readOneTimeCode(typed)).toBeNull()
  }
})
