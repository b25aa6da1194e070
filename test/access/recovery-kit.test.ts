import { beforeEach, describe, expect, it } from 'vitest'
import { verifyPassword } from '../../src-main/access/passwords.ts'
import { newKitWords, readKitWords } from '../../src-main/access/secret-codes.ts'
import { putSecondFactor } from '../../src-main/access/second-factor-tables.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { auditTrail } from '../support/audit-trail.ts'
import { createPeopleBench, type PeopleBench } from '../support/people-bench.ts'

const password = 'correct horse battery'
const [atOwner, atAdmin, atDoor] = [1, 2, 9]

let bench: PeopleBench
let owner: string
let admin: string

beforeEach(() => {
  bench = createPeopleBench()
  owner = bench.addAccount('Nadia', 'owner')
  admin = bench.addAccount('Arif', 'administrator')
  bench.at(atOwner, owner)
  bench.at(atAdmin, admin)
})

const renew = (client = atOwner) => bench.tell(client, 'access.renewKit')
const redeem = (words: string, over: object = {}) =>
  bench.tell(atDoor, 'access.redeemKit', { words, password, ...over })
const lastShown = (): string => bench.shown.at(-1)?.lines.join(' ') ?? ''
const madeKit = async (): Promise<string> => {
  expect(await renew()).toEqual({})
  return lastShown()
}
/** As the owner is told: there is only one kit. */
const since = (): unknown =>
  bench.store.reader.prepare('SELECT made_at AS madeAt FROM recovery_kit').get()?.['madeAt'] ?? null
const strangers = (): string => newKitWords().groups.join(' ')

describe('the words of a kit', () => {
  it('are read as they were meant', () => {
    const { plain, groups } = newKitWords()
    expect(groups).toHaveLength(8)
    const typed = groups.join('  ').toLowerCase().replaceAll('o', '0').replaceAll('i', '1')
    expect(readKitWords(` ${typed.replaceAll('b', '8')}\n`)).toEqual({ plain })
    expect(readKitWords(plain)).toEqual({ plain })
  })

  it('say which of them was mistyped, changed place, or that one is missing', () => {
    const { groups } = newKitWords()
    const other = (letter: string): string => (letter === 'A' ? 'B' : 'A')
    for (const [place, word] of groups.entries()) {
      for (const [index, letter] of [...word].entries()) {
        const wrong = word.slice(0, index) + other(letter) + word.slice(index + 1)
        expect(readKitWords(groups.with(place, wrong).join(' '))).toEqual({ wrongWord: place + 1 })
      }
    }
    const [first = '', second = ''] = groups
    expect(readKitWords([second, first, ...groups.slice(2)].join(' '))).toHaveProperty('wrongWord')
    expect(readKitWords(groups.slice(0, 7).join(' '))).toEqual({ wrongWord: 0 })
    expect(readKitWords([...groups, first].join(' '))).toHaveProperty('wrongWord')
    expect(readKitWords('')).toEqual({ wrongWord: 0 })
  })
})

describe('a kit is not made', () => {
  it('for anyone but the owner, or where it cannot be shown', async () => {
    expect(await renew(atAdmin)).toBe('permission-denied')
    bench.window.onShow = () => Promise.reject(new NocturneError('confirmation-unavailable'))
    expect(await renew()).toBe('confirmation-unavailable')
    expect(since()).toBeNull()
  })

  it('at the first start where nobody has seen it, and the start goes on', async () => {
    bench.window.onShow = () => Promise.reject(new NocturneError('cancelled'))
    await bench.people.kit.offer(atOwner, { id: owner, name: 'Nadia' })
    expect(since()).toBeNull()
    bench.window.onShow = () => {
      bench.sessions.end(atOwner)
      return Promise.resolve()
    }
    await bench.people.kit.offer(atOwner, { id: owner, name: 'Nadia' })
    expect(since()).toBeNull()
  })
})

it('at the first start a kit is shown, and only its hash is kept', async () => {
  await bench.people.kit.offer(atOwner, { id: owner, name: 'Nadia' })
  expect(since()).toBe(bench.clock.now())
  expect(bench.shown).toMatchObject([{ kind: 'recovery-kit', of: 'Nadia', until: null }])
  expect(await bench.ask(atOwner, 'access.mine')).toMatchObject({ recoveryKitSince: since() })
  expect(await bench.ask(atAdmin, 'access.mine')).toMatchObject({ recoveryKitSince: null })
  const tables = ['audit', 'change_feed', 'command_result', 'recovery_kit'].map((table) =>
    JSON.stringify(bench.store.reader.prepare(`SELECT * FROM ${table}`).all()),
  )
  const trail = JSON.stringify(auditTrail(bench.store))
  expect(tables.at(-1)).toContain('$argon2id$')
  for (const word of bench.shown[0]?.lines ?? []) {
    for (const rows of [...tables.slice(0, 3), trail]) expect(rows).not.toContain(word)
  }
})

describe('a kit is refused', () => {
  it('where its words are wrong, where they are none, and where there is no kit', async () => {
    expect(await redeem(strangers())).toBe('wrong-code')
    bench.clock.advance(1000)
    await madeKit()
    expect(await redeem(strangers())).toBe('wrong-code')
    expect(await redeem('river stone lamp forest house dog')).toBe('wrong-code')
    expect(bench.sessions.get(atDoor)).toBeNull()
  })

  it('for a while after wrong ones', async () => {
    const words = await madeKit()
    expect(await redeem(strangers())).toBe('wrong-code')
    expect(await redeem(words)).toBe('sign-in-throttled')
    bench.clock.advance(1000)
    expect(await redeem(words)).toMatchObject({ next: 'done' })
  })

  it('with a weak password, and is still good then', async () => {
    const words = await madeKit()
    expect(await redeem(words, { password: 'qwertyuiop' })).toBe('password-too-weak')
    expect(await redeem(words)).toMatchObject({ next: 'done' })
  })

  it('after its use, after another was made, and after the ownership went', async () => {
    const first = await madeKit()
    const second = await madeKit()
    expect(await redeem(first)).toBe('wrong-code')
    bench.clock.advance(1000)
    expect(await redeem(second)).toMatchObject({ next: 'done' })
    const third = lastShown()
    expect(third).not.toBe(second)
    expect(await redeem(second)).toBe('wrong-code')
    bench.clock.advance(5000)
    expect(await bench.tell(atDoor, 'access.transferOwnership', { accountId: admin })).toEqual({})
    expect(await redeem(third)).toBe('wrong-code')
  })

  it('that was replaced while its new one was shown', async () => {
    const words = await madeKit()
    bench.window.onShow = async () => {
      bench.window.onShow = () => Promise.resolve()
      expect(await renew()).toEqual({})
    }
    expect(await redeem(words)).toBe('code-expired')
    expect(bench.sessions.get(atDoor)).toBeNull()
  })

  it('where the new one was not seen: then the old one is still good', async () => {
    const words = await madeKit()
    bench.window.onShow = () => Promise.reject(new NocturneError('cancelled'))
    expect(await redeem(words)).toBe('cancelled')
    bench.window.onShow = () => Promise.resolve()
    expect(await redeem(words)).toMatchObject({ next: 'done' })
  })
})

it('a kit lets the owner in: new password, no second factor, no other session, a new kit', async () => {
  const words = await madeKit()
  bench.write('test.factor', {}, (tx) =>
    putSecondFactor(tx, { accountId: owner, sealed: Buffer.from('x'), since: 1, lastStep: 0 }, [
      Buffer.from('c'),
    ]),
  )
  expect(await redeem(words)).toMatchObject({
    next: 'done',
    session: { account: { id: owner, isOwner: true } },
  })
  expect(bench.sessions.get(atOwner)).toBeNull()
  expect(bench.sessions.get(atDoor)).toMatchObject({ accountId: owner })
  expect(bench.sessions.get(atAdmin)).not.toBeNull()
  const after = bench.accounts.byId(owner)
  expect(after?.secondFactorSince).toBeNull()
  expect(await verifyPassword(after?.passwordHash ?? null, password)).toBe(true)
  expect(bench.shown.map(({ kind }) => kind)).toEqual(['recovery-kit', 'recovery-kit'])
})

it('where no window can be shown, a kit lets in all the same, and there is none after it', async () => {
  const words = await madeKit()
  bench.window.onShow = () => Promise.reject(new NocturneError('confirmation-unavailable'))
  expect(await redeem(words)).toMatchObject({ next: 'done' })
  expect(since()).toBeNull()
})

it('where the role asks for a second factor, the kit leads to the set-up of a new one', async () => {
  const words = await madeKit()
  const rules = { secondFactorRequired: true, lockAfterMinutes: 5, sessionHours: 8 }
  expect(
    await bench.tell(atOwner, 'access.saveRole', {
      roleId: 'owner',
      baseVersion: 0,
      name: 'owner',
      copyOf: 'owner',
      permissions: [...bench.roles.permissionsOf('owner')],
      ...rules,
    }),
  ).toEqual({ roleId: 'owner' })
  expect(await redeem(words)).toEqual({ next: 'set-up-second-factor', session: null })
  expect(bench.sessions.get(atDoor)).toBeNull()
  expect(await redeem(words)).toBe('wrong-code')
})
