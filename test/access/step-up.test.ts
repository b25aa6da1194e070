import { beforeEach, describe, expect, it } from 'vitest'
import { hasSteppedUp } from '../../src-main/engine/sessions.ts'
import {
  bedPassword as password,
  createAccessBed,
  setUpFactor,
  type AccessBed,
} from '../support/access-bed.ts'

let bed: AccessBed
let sari: string
const stepUp = (pass: string, code: string | null = null, clientId = 1) =>
  bed.codeOf(bed.run('access.stepUp', { password: pass, code }, clientId))
const isSteppedUp = (clientId = 1): boolean =>
  hasSteppedUp(bed.sessions.get(clientId), bed.clock.now())

beforeEach(async () => {
  bed = createAccessBed()
  await bed.addAccount('Nadia', 'owner')
  sari = await bed.addAccount('Sari')
  await bed.run('access.signIn', { name: 'Sari', password })
})

describe('a step-up', () => {
  it('is a full sign-in, and one’s own password, for five minutes', async () => {
    expect(isSteppedUp()).toBe(true)
    bed.clock.advance(5 * 60_000)
    expect(isSteppedUp()).toBe(false)
    expect(await stepUp('wrong wrong wrong')).toBe('wrong-credentials')
    expect(isSteppedUp()).toBe(false)
    bed.clock.advance(1000)
    const { until } = await bed.run('access.stepUp', { password, code: null })
    expect(until).toBe(bed.clock.now() + 5 * 60_000)
    expect(isSteppedUp()).toBe(true)
    expect(bed.rows('SELECT result FROM sign_in ORDER BY seq DESC LIMIT 1')).toEqual([
      { result: 'stepped-up' },
    ])
  })

  it('is not made longer by a clock that is set back', () => {
    bed.clock.advance(5 * 60_000 - 1)
    bed.clock.jump(-3_600_000 * 2)
    // Two hours before the sign-in no session is left either.
    expect(isSteppedUp()).toBe(false)
  })

  it('asks for a code where there is a second factor, and takes each code once', async () => {
    const { uri } = await setUpFactor(bed, 'Sari', 2)
    bed.clock.advance(10 * 60_000)
    expect(await stepUp(password, null, 2)).toBe('wrong-code')
    expect(await stepUp(password, '000000', 2)).toBe('wrong-code')
    expect(isSteppedUp(2)).toBe(false)
    bed.clock.advance(1000)
    const code = bed.appCode(uri)
    expect(await stepUp(password, code, 2)).toBe('done')
    expect(await stepUp(password, code, 2)).toBe('wrong-code')
  })

  it('of one account is none of another that knows its password', async () => {
    bed.clock.advance(10 * 60_000)
    await bed.run('access.signIn', { name: 'Nadia', password }, 3)
    expect(isSteppedUp(1)).toBe(false)
  })
})

describe('changing one’s own password', () => {
  const change = (current: string, next: string, clientId = 1) =>
    bed.codeOf(bed.run('access.changePassword', { current, next }, clientId))

  it('wants the present one and a strong one', async () => {
    expect(await change('wrong wrong wrong', 'tangga hijau berderit 7')).toBe('wrong-credentials')
    bed.clock.advance(1000)
    expect(await change(password, 'short')).toBe('password-too-weak')
    expect(await change(password, 'password1234')).toBe('password-too-weak')
  })

  it('ends the account’s other sessions and nobody else’s', async () => {
    await bed.run('access.signIn', { name: 'Sari', password }, 2)
    await bed.run('access.signIn', { name: 'Nadia', password }, 3)
    expect(await change(password, 'tangga hijau berderit 7')).toBe('done')
    expect(bed.sessions.get(1)?.accountId).toBe(sari)
    expect(bed.sessions.get(2)).toBeNull()
    expect(bed.sessions.get(3)).not.toBeNull()
    const signIn = (pass: string) =>
      bed.codeOf(bed.run('access.signIn', { name: 'Sari', password: pass }, 2))
    expect(await signIn('tangga hijau berderit 7')).toBe('done')
    expect(await signIn(password)).toBe('wrong-credentials')
    const audit = JSON.stringify(bed.trail())
    expect(audit).not.toContain('tangga')
  })
})
