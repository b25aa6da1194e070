import { beforeEach, describe, expect, it } from 'vitest'
import { thisMachine } from '../../src-main/access/machine.ts'
import { hasSteppedUp } from '../../src-main/engine/sessions.ts'
import {
  bedPassword as password,
  createAccessBed,
  desk,
  type AccessBed,
} from '../support/access-bed.ts'

const dayMs = 86_400_000
let bed: AccessBed
let sari: string
const signIn = (name: string, clientId: number, pass = password) =>
  bed.codeOf(bed.run('access.signIn', { name, password: pass }, clientId))
const mineAt = (clientId: number) => bed.access.queries['access.mine']({}, bed.context(clientId))
const answer = (signInId: string, known: boolean, clientId: number) =>
  bed.codeOf(bed.run('access.answerNotice', { signInId, known }, clientId))

beforeEach(async () => {
  bed = createAccessBed()
  await bed.addAccount('Nadia', 'owner')
  sari = await bed.addAccount('Sari')
  await bed.addAccount('Budi')
  for (const [name, clientId] of [
    ['Nadia', 1],
    ['Sari', 2],
    ['Budi', 3],
  ] as const) {
    await signIn(name, clientId)
  }
})

const strange = async (clientId = 4): Promise<void> => {
  bed.machine = { device: 'laptop (Windows)', addresses: ['10.1.2.3/24'] }
  bed.clock.advance(60_000)
  expect(await signIn('Sari', clientId)).toBe('done')
  bed.machine = desk
}

describe('a sign-in that stands out', () => {
  it('counts as no step-up, and is told to the person and to the owner, to nobody else', async () => {
    expect(hasSteppedUp(bed.sessions.get(2), bed.clock.now())).toBe(true)
    await strange()
    expect(bed.sessions.get(4)?.steppedUpUntil).toBeNull()
    const told = bed.emitted.filter(({ name }) => name === 'access.notice')
    expect(told.map(({ to }) => to)).toEqual([1, 2, 4])
    expect(told[0]?.payload).toMatchObject({
      accountId: sari,
      device: 'laptop (Windows)',
      suspicions: ['new-device', 'new-network'],
    })
    expect((await mineAt(1)).notices).toHaveLength(1)
    expect((await mineAt(2)).notices).toHaveLength(1)
    expect((await mineAt(3)).notices).toEqual([])
    // Said again, who he is, and it is as any other.
    expect(await bed.codeOf(bed.run('access.stepUp', { password, code: null }, 4))).toBe('done')
    expect(hasSteppedUp(bed.sessions.get(4), bed.clock.now())).toBe(true)
  })

  it('is not the second one from the same place', async () => {
    await strange()
    bed.machine = { device: 'laptop (Windows)', addresses: ['10.1.2.3/24'] }
    expect(await signIn('Sari', 5)).toBe('done')
    expect(bed.sessions.get(5)?.steppedUpUntil).not.toBeNull()
  })

  it('is one after a clock that was set back, once; and one after many failures', async () => {
    bed.clock.jump(-2 * 3_600_000)
    expect(await signIn('Budi', 6)).toBe('done')
    expect((await mineAt(6)).notices[0]?.suspicions).toEqual(['impossible-clock'])
    bed.clock.advance(600_000)
    expect(await signIn('Budi', 7)).toBe('done')
    expect(bed.sessions.get(7)?.steppedUpUntil).not.toBeNull()

    for (let n = 0; n < 5; n++) {
      expect(await signIn('Budi', 7, 'wrong wrong wrong')).toBe('wrong-credentials')
      bed.clock.advance(60_000)
    }
    expect(await signIn('Budi', 7)).toBe('done')
    expect((await mineAt(7)).notices[0]?.suspicions).toEqual(['many-failures'])
  })
})

describe('an answer', () => {
  it('“it was I” is the person’s own; the owner still sees his notice', async () => {
    await strange()
    const [notice] = (await mineAt(2)).notices
    expect(await answer(notice!.id, true, 3)).toBe('not-found')
    expect(await answer(notice!.id, true, 4)).toBe('done')
    expect((await mineAt(2)).notices).toEqual([])
    expect((await mineAt(1)).notices).toHaveLength(1)
    expect(await answer(notice!.id, true, 1)).toBe('done')
    expect((await mineAt(1)).notices).toEqual([])
    expect(bed.sessions.get(4)).not.toBeNull()
  })

  it('“it was not” ends every other session of the account', async () => {
    await strange()
    const [notice] = (await mineAt(2)).notices
    expect(await answer(notice!.id, false, 2)).toBe('done')
    expect(bed.sessions.get(4)).toBeNull()
    expect(bed.sessions.get(2)).not.toBeNull()
    expect(bed.sessions.get(3)).not.toBeNull()
  })

  it('“it was not” of the owner ends all of them', async () => {
    await strange()
    const [notice] = (await mineAt(1)).notices
    expect(await answer(notice!.id, false, 1)).toBe('done')
    expect([2, 4].map((clientId) => bed.sessions.get(clientId))).toEqual([null, null])
    expect(bed.sessions.get(1)).not.toBeNull()
  })
})

describe('the history', () => {
  it('shows a person his own, with the sessions he has', async () => {
    await signIn('Sari', 4, 'wrong wrong wrong')
    const mine = await mineAt(2)
    expect(mine.signIns.map(({ result }) => result)).toEqual(['wrong-password', 'done'])
    expect(mine.signIns.every(({ accountId }) => accountId === sari)).toBe(true)
    expect(mine.sessions).toMatchObject([{ isThis: true, locked: false, device: 'noc-1 (Linux)' }])
    expect(bed.accounts.byId(sari)?.lastSignInAt).toBe(mine.signIns.at(-1)?.at)
  })

  it('is kept for 400 days, and looked at every day', async () => {
    bed.access.start()
    bed.clock.advance(399 * dayMs)
    expect(bed.rows('SELECT * FROM sign_in')).toHaveLength(3)
    bed.clock.advance(2 * dayMs)
    expect(bed.rows('SELECT * FROM sign_in')).toHaveLength(0)
    bed.access.stop()
    expect(bed.clock.pending).toBe(0)
  })
})

it('the machine says its name, and addresses with their networks, its own loop left out', () => {
  const { device, addresses } = thisMachine()
  expect(device).toMatch(/^.+ \((?:Linux|macOS|Windows)\)$/)
  for (const address of addresses) expect(address).toMatch(/^[\da-f.:]+\/\d+$/i)
  expect(addresses.some((address) => /^(?:127\.|::1|fe80)/.test(address))).toBe(false)
})
