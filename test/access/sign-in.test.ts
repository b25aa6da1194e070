import { beforeEach, describe, expect, it } from 'vitest'
import { createEngineWrite } from '../../src-main/engine/engine-write.ts'
import {
  bedId,
  bedPassword as password,
  createAccessBed,
  requireSecondFactor,
  setUpFactor,
  type AccessBed,
} from '../support/access-bed.ts'

let bed: AccessBed
let nadia: string
const signIn = (name: string, pass: string, clientId = 1) =>
  bed.codeOf(bed.run('access.signIn', { name, password: pass }, clientId))
const wrong = 'wrong wrong wrong'
const results = () =>
  bed
    .rows('SELECT account_id AS who, result FROM sign_in ORDER BY seq')
    .map((row) => [row['who'], row['result']])

beforeEach(async () => {
  bed = createAccessBed()
  nadia = await bed.addAccount('Nadia Putri', 'owner')
})

const disable = (id: string): void =>
  createEngineWrite(bed.store, { clock: bed.clock, newId: bedId })('test.disable', {}, (tx) => {
    tx.run('UPDATE account SET disabled_at = 1 WHERE id = ?', id)
  })

describe('sign-in refuses', () => {
  it('an unknown name, a wrong password and a disabled account alike, after the same time', async () => {
    const budi = await bed.addAccount('Budi')
    disable(budi)
    const said: unknown[] = []
    for (const [name, pass] of [
      ['Nadia Putri', wrong],
      ['Nobody', wrong],
      ['Budi', password],
    ] as const) {
      const from = bed.clock.monotonic()
      said.push([await signIn(name, pass), bed.clock.monotonic() - from])
    }
    expect(said).toEqual([
      ['wrong-credentials', 600],
      ['wrong-credentials', 600],
      ['wrong-credentials', 600],
    ])
    expect(bed.sessions.get(1)).toBeNull()
    // Who keeps the history sees the difference, and what was typed for nobody stands nowhere.
    expect(results()).toEqual([
      [nadia, 'wrong-password'],
      [null, 'wrong-password'],
      [budi, 'disabled'],
    ])
    const all = JSON.stringify([bed.rows('SELECT * FROM sign_in'), bed.trail()])
    expect(all.toLowerCase()).not.toContain('nobody')
  })

  it('who does not wait: one second after the first failure, doubled by each, five minutes at most', async () => {
    for (const name of ['Nadia Putri', 'Nobody']) {
      expect(await signIn(name, wrong)).toBe('wrong-credentials')
      expect(await signIn(name, password)).toBe('sign-in-throttled')
      bed.clock.advance(1000)
      expect(await signIn(name, wrong)).toBe('wrong-credentials')
      bed.clock.advance(1000)
      expect(await signIn(name, password)).toBe('sign-in-throttled')
    }
    for (let failures = 2; failures < 12; failures++) {
      bed.clock.advance(300_000)
      expect(await signIn('Nadia Putri', wrong)).toBe('wrong-credentials')
    }
    // Never a lock-out: the right one opens when the wait is over.
    bed.clock.advance(300_000)
    expect(await signIn('Nadia Putri', password)).toBe('done')
    expect(bed.rows('SELECT * FROM sign_in_wait')).toHaveLength(1)
  })

  it('to be hurried by a restart or by a wall clock that is set', async () => {
    for (let n = 0; n < 6; n++) {
      await signIn('Nadia Putri', wrong)
      bed.clock.advance(60_000)
    }
    await signIn('Nadia Putri', wrong)
    bed.clock.jump(-86_400_000)
    bed = bed.restart()
    expect(await signIn('Nadia Putri', password)).toBe('sign-in-throttled')
    bed.clock.advance(32_000)
    expect(await signIn('Nadia Putri', password)).toBe('sign-in-throttled')
    bed.clock.advance(32_000)
    expect(await signIn('Nadia Putri', password)).toBe('done')
  })

  it('many tries at once: one is looked at, the others have to wait', async () => {
    const said = await Promise.all(Array.from({ length: 5 }, () => signIn('Nadia Putri', wrong)))
    expect(said.toSorted()).toEqual([
      ...Array.from({ length: 4 }, () => 'sign-in-throttled'),
      'wrong-credentials',
    ])
    // Written down once for the wait, however often it is tried.
    expect(results().filter(([, result]) => result === 'throttled')).toHaveLength(1)
  })
})

describe('sign-in', () => {
  it('takes the name without regard to case and blanks, and the password in either Unicode form', async () => {
    expect(await signIn(' nadia  PUTRI ', password.normalize('NFD'))).toBe('done')
    expect(bed.sessions.get(1)).toMatchObject({ name: 'Nadia Putri', role: 'owner', locked: false })
    expect(results()).toEqual([[nadia, 'done']])
  })

  it('stands in the audit under the account that signed in', async () => {
    await signIn('Nadia Putri', password)
    expect(bed.rows(`SELECT account_id AS who FROM audit WHERE name = 'access.signIn'`)).toEqual([
      { who: nadia },
    ])
  })

  it('ends a session whose account may no longer sign in at its next call', async () => {
    await bed.addAccount('Budi').then(async (budi) => {
      await signIn('Budi', password, 2)
      expect(bed.sessions.get(2)).not.toBeNull()
      disable(budi)
      expect(bed.sessions.get(2)).toBeNull()
    })
  })
})

describe('between password and code', () => {
  let uri: string
  beforeEach(async () => {
    await bed.addAccount('Sari')
    ;({ uri } = await setUpFactor(bed, 'Sari', 2))
    bed.clock.advance(60_000)
  })
  const code = (text: string, clientId = 1) =>
    bed.codeOf(bed.run('access.signInCode', { code: text }, clientId))

  it('there is no session, and only this client may say the code', async () => {
    const step = await bed.run('access.signIn', { name: 'Sari', password })
    expect(step).toEqual({ next: 'second-factor', session: null })
    expect(bed.sessions.get(1)).toBeNull()
    expect(await code(bed.appCode(uri), 9)).toBe('not-signed-in')
    expect(await code(bed.appCode(uri))).toBe('done')
    expect(bed.sessions.get(1)?.name).toBe('Sari')
  })

  it('a code without a password before it is nothing', async () => {
    expect(await code(bed.appCode(uri))).toBe('not-signed-in')
  })

  it('the sign-in ends after five minutes, with its client, and with a new one', async () => {
    await bed.run('access.signIn', { name: 'Sari', password })
    bed.clock.advance(5 * 60_000)
    expect(await code(bed.appCode(uri))).toBe('not-signed-in')

    await bed.run('access.signIn', { name: 'Sari', password })
    bed.access.clientGone(1)
    expect(await code(bed.appCode(uri))).toBe('not-signed-in')

    await bed.run('access.signIn', { name: 'Sari', password })
    expect(await signIn('Nadia Putri', wrong)).toBe('wrong-credentials')
    expect(await code(bed.appCode(uri))).toBe('not-signed-in')
  })

  it('who was signed in at this window is so no longer', async () => {
    await signIn('Nadia Putri', password)
    await bed.run('access.signIn', { name: 'Sari', password })
    expect(bed.sessions.get(1)).toBeNull()
  })

  it('an account that is disabled meanwhile comes no further', async () => {
    await bed.run('access.signIn', { name: 'Sari', password })
    disable(bed.accounts.byLogin('sari')?.id ?? '')
    expect(await code(bed.appCode(uri))).toBe('not-signed-in')
  })

  it('the second factor cannot be replaced', async () => {
    await bed.run('access.signIn', { name: 'Sari', password })
    expect(await bed.codeOf(bed.run('access.beginSecondFactor', {}))).toBe('not-signed-in')
  })

  it('wrong codes wait ever longer, and the right one has to wait too', async () => {
    await bed.run('access.signIn', { name: 'Sari', password })
    expect(await code('000000')).toBe('wrong-code')
    expect(await code(bed.appCode(uri))).toBe('sign-in-throttled')
    bed.clock.advance(1000)
    expect(await code('000000')).toBe('wrong-code')
    bed.clock.advance(1000)
    expect(await code(bed.appCode(uri))).toBe('sign-in-throttled')
    bed.clock.advance(1000)
    expect(await code(bed.appCode(uri))).toBe('done')
  })

  it('a role that asks for a second factor lets nobody in before there is one', async () => {
    await bed.addAccount('Tono', 'technician')
    requireSecondFactor(bed, 'technician')
    expect(await bed.run('access.signIn', { name: 'Tono', password })).toEqual({
      next: 'set-up-second-factor',
      session: null,
    })
    expect(bed.sessions.get(1)).toBeNull()
    expect(await code('123456')).toBe('not-signed-in')
    await bed.run('access.beginSecondFactor', {})
    const own = bed.shown.at(-1)?.request.qr ?? ''
    const step = await bed.run('access.confirmSecondFactor', { code: bed.appCode(own) })
    expect(step.next).toBe('done')
    expect(bed.sessions.get(1)?.name).toBe('Tono')
    expect(bed.shown.at(-1)?.request.lines).toHaveLength(10)
  })
})

describe('the screen lock', () => {
  const unlock = (pass: string) => bed.codeOf(bed.run('access.unlock', { password: pass }))

  it('opens with the own password only', async () => {
    await bed.addAccount('Budi')
    await signIn('Nadia Putri', password)
    await bed.run('access.lock', {})
    expect(bed.sessions.get(1)?.locked).toBe(true)
    expect(await unlock(wrong)).toBe('wrong-credentials')
    expect(bed.sessions.get(1)?.locked).toBe(true)
    bed.clock.advance(1000)
    expect(await unlock(password)).toBe('done')
    expect(bed.sessions.get(1)?.locked).toBe(false)
    expect(results().map(([, result]) => result)).toEqual(['done', 'wrong-password', 'unlocked'])
  })

  it('shares its waits with the sign-in: a locked screen is no second chance to guess', async () => {
    await signIn('Nadia Putri', password)
    await bed.run('access.lock', {})
    expect(await unlock(wrong)).toBe('wrong-credentials')
    expect(await signIn('Nadia Putri', password, 2)).toBe('sign-in-throttled')
  })
})
