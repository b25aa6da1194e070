import { beforeEach, describe, expect, it } from 'vitest'
import { createAccessCommands } from '../../src-main/access/commands.ts'
import { planOwner } from '../../src-main/access/owner.ts'
import { createRoles, type Roles } from '../../src-main/access/roles.ts'
import { createAccountReads } from '../../src-main/access/tables.ts'
import type { CallContext, CommandPlan } from '../../src-main/engine/handlers.ts'
import { createSessions, type Sessions } from '../../src-main/engine/sessions.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { createManualClock, type ManualClock } from '../support/manual-clock.ts'
import { idOf, newTestStore, testCall } from '../support/store-workspace.ts'

const client = 3
const password = 'correct horse battery'
const context = { clientId: client, session: null } as CallContext

let store: Store
let sessions: Sessions
let clock: ManualClock
let commands: ReturnType<typeof createAccessCommands>
let roles: Roles
let next = 100
const newId = (): string => idOf(next++)

const ownerDeps = () => ({ sessions, clock, newId, workspace: () => ({ roles }) })

const carryOut = async <Out>(plan: CommandPlan<Out> | Promise<CommandPlan<Out>>): Promise<Out> => {
  const made = await plan
  const { result } = runCommand(store, testCall(next++), (tx) => ({ result: made.apply(tx) }))
  await made.after?.(result)
  return result
}
const codeOf = async (work: () => Promise<unknown>): Promise<string> =>
  work().then(
    () => 'done',
    (error: unknown) => (error instanceof NocturneError ? error.code : String(error)),
  )
const signIn = (name: string, pass: string) => () =>
  carryOut(commands['access.signIn']({ name, password: pass }, context))

beforeEach(async () => {
  store = newTestStore()
  clock = createManualClock()
  sessions = createSessions(clock)
  roles = createRoles(store.reader)
  commands = createAccessCommands({
    accounts: createAccountReads(store.reader),
    roles,
    sessions,
    clock,
    newId,
  })
  await carryOut(planOwner({ name: 'Nadia Putri', password }, { clientId: 99 }, ownerDeps()))
})

describe('sign-in', () => {
  it('answers a wrong password and an unknown name alike', async () => {
    expect(await codeOf(signIn('Nadia Putri', 'wrong wrong wrong'))).toBe('wrong-credentials')
    expect(await codeOf(signIn('Nobody', 'wrong wrong wrong'))).toBe('wrong-credentials')
    expect(sessions.get(client)).toBeNull()
  })

  it('slows down after three failures, for unknown names too, and never locks out', async () => {
    for (const name of ['Nadia Putri', 'Nobody']) {
      for (let i = 0; i < 3; i++)
        expect(await codeOf(signIn(name, 'no no no'))).toBe('wrong-credentials')
      expect(await codeOf(signIn(name, password))).toBe('sign-in-throttled')
    }
    clock.advance(1000)
    expect(await codeOf(signIn('Nadia Putri', password))).toBe('done')
  })

  it('is not sped up by a wall clock that jumps', async () => {
    for (let i = 0; i < 3; i++) await codeOf(signIn('Nadia Putri', 'no no no'))
    clock.jump(3_600_000)
    expect(await codeOf(signIn('Nadia Putri', password))).toBe('sign-in-throttled')
  })

  it('takes the name without regard to case and blanks, and the password in either Unicode form', async () => {
    expect(await codeOf(signIn(' nadia  PUTRI ', password.normalize('NFD')))).toBe('done')
    expect(sessions.get(client)).toMatchObject({
      name: 'Nadia Putri',
      role: 'owner',
      locked: false,
    })
  })
})

describe('the screen lock', () => {
  it('opens with the own password only', async () => {
    await signIn('Nadia Putri', password)()
    await carryOut(commands['access.lock']({}, context))
    expect(sessions.get(client)?.locked).toBe(true)
    const unlock = (pass: string) => () =>
      carryOut(commands['access.unlock']({ password: pass }, context))
    expect(await codeOf(unlock('wrong wrong wrong'))).toBe('wrong-credentials')
    expect(sessions.get(client)?.locked).toBe(true)
    expect(await codeOf(unlock(password))).toBe('done')
    expect(sessions.get(client)?.locked).toBe(false)
  })
})

it('the first owner is refused a weak password, and his password stands nowhere in clear', async () => {
  const weak = () => carryOut(planOwner({ name: 'B', password: 'short' }, context, ownerDeps()))
  expect(await codeOf(weak)).toBe('password-too-weak')
  const row = createAccountReads(store.reader).byLogin('nadia putri')
  expect(row?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/)
  const audit = store.reader.prepare('SELECT parameters FROM audit').all()
  expect(JSON.stringify(audit)).not.toContain(password)
})
