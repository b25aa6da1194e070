import { beforeAll, describe, expect, it } from 'vitest'
import { commands, events, queries } from '../../src-shared/contract/index.ts'
import { builtInRoles, type BuiltInRole } from '../../src-shared/domain/roles.ts'
import { newSession } from '../../src-main/access/new-session.ts'
import { allPermissions, createRoles } from '../../src-main/access/roles.ts'
import { createLog } from '../../src-main/engine/log.ts'
import { createOutbox } from '../../src-main/engine/outbox.ts'
import { createRouter } from '../../src-main/engine/router.ts'
import { createSessions, decideAccess } from '../../src-main/engine/sessions.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { idOf } from '../support/store-workspace.ts'
import type { StoreReader } from '../../src-main/store/read-handle.ts'
import { noLimits } from '../support/no-limits.ts'

/**
 * The whole contract against every role, as the real router and the real outbox decide. The
 * snapshot shows each procedure in a line: whoever adds one, or writes a permission into a role's
 * table, sees here who may call it now.
 */

const procedures = [...Object.keys(queries), ...Object.keys(commands)].toSorted()
const eventNames = Object.keys(events).toSorted()

/** Who calls: nobody, a person of each role who has just signed in, the owner at a locked screen. */
const callers = ['nobody', ...builtInRoles, 'locked'] as const
type Caller = (typeof callers)[number]
const clientOf = (caller: Caller): number => callers.indexOf(caller) + 1

/** The mark of a verdict: yes, no, or once more who you are. */
type Mark = 'yes' | 'no' | 'step-up'
type Row = Readonly<Record<Caller, Mark>>

const denials: Readonly<Record<string, Mark>> = {
  'not-signed-in': 'no',
  'permission-denied': 'no',
  'session-locked': 'no',
  'step-up-needed': 'step-up',
}

/** A workspace where nobody has set anything of a role. */
const untouched = {
  prepare: () => ({ get: () => undefined, all: () => [] }),
} as unknown as StoreReader

const rows = new Map<string, Row>()

beforeAll(async () => {
  const clock = createManualClock()
  const sessions = createSessions(clock)
  const roles = createRoles(untouched)
  let made = 1
  const newId = (): string => idOf(made++)
  const signIn = (caller: Caller, role: BuiltInRole): void => {
    const account = { id: newId(), name: role, login: role, role }
    sessions.start(
      clientOf(caller),
      newSession(account, { clock, newId, roles, scopes: { of: () => ({ kind: 'all' }) } }),
    )
  }
  for (const role of builtInRoles) signIn(role, role)
  signIn('locked', 'owner')
  sessions.setLocked(clientOf('locked'), true)
  // Nobody has said lately who he is: what asks for a step-up shows it.
  clock.advance(5 * 60_000)

  const reached = (): never => {
    throw new NocturneError('timeout')
  }
  const handlersOf = (names: object) =>
    Object.fromEntries(Object.keys(names).map((name) => [name, reached]))
  const router = createRouter({
    ...noLimits,
    sessions,
    clock,
    log: createLog({ write: () => undefined, level: 'error' }),
    handlers: () => ({ queries: handlersOf(queries), commands: handlersOf(commands) }),
    runCommand: reached,
    recordRefusal: () => undefined,
    queryRefused: () => undefined,
    queryAnswered: () => undefined,
    progress: () => undefined,
    newTraceId: () => 'trace',
  })
  /** Past the permission comes the input's check: so "timeout" and "invalid-input" are a yes. */
  const markOf = async (caller: Caller, channel: string): Promise<Mark> => {
    const reply = await router.call({ clientId: clientOf(caller), channel, input: {} })
    const code = reply.ok ? 'internal' : reply.error.code
    const mark = denials[code] ?? (/^(?:timeout|invalid-input)$/u.test(code) ? 'yes' : null)
    if (mark === null) throw new Error(`${channel} for ${caller}: ${code}`)
    return mark
  }
  const rowOf = async (mark: (caller: Caller) => Promise<Mark>): Promise<Row> =>
    Object.fromEntries(
      await Promise.all(callers.map(async (caller) => [caller, await mark(caller)] as const)),
    ) as Row
  for (const name of procedures) rows.set(name, await rowOf((caller) => markOf(caller, name)))

  const received = new Set<number>()
  const outbox = createOutbox({
    ...noLimits,
    clock,
    mayReceive: (clientId, access) =>
      decideAccess(sessions.get(clientId), access, false) === 'allowed',
    send: reached,
    onBug: reached,
  })
  for (const name of eventNames) {
    received.clear()
    for (const caller of callers) {
      const clientId = clientOf(caller)
      outbox.addClient(clientId)
      // What is to be sent is made only for those who may receive it.
      const made = (): null => {
        received.add(clientId)
        return null
      }
      outbox.emit(name as keyof typeof events, made, { to: clientId })
    }
    clock.advance(1000)
    rows.set(
      `event ${name}`,
      await rowOf((caller) => Promise.resolve(received.has(clientOf(caller)) ? 'yes' : 'no')),
    )
    for (const caller of callers) outbox.removeClient(clientOf(caller))
  }
  outbox.stop()
})

const accessOf = (name: string): string =>
  ({ ...queries, ...commands, ...events })[name.replace(/^event /u, '') as keyof typeof queries]
    .access

/** One line of what a caller may do. */
const signs: Readonly<Record<Mark, string>> = { yes: '●', no: '·', 'step-up': '◐' }

it('every procedure and event names who may use it, and no name is made up', () => {
  for (const name of rows.keys()) {
    expect(accessOf(name), name).toMatch(/^(?:public|session|[a-z-]+\.[a-z-]+\.[a-z-]+)$/u)
  }
  expect(rows.size).toBe(procedures.length + eventNames.length)
})

it('this is what happens for each procedure and role', async () => {
  const heads = callers.map((caller, index) => `${' │'.repeat(index)} ┌ ${caller}`)
  const lines = [...rows].map(
    ([name, row]) =>
      ` ${callers.map((caller) => signs[row[caller]]).join(' ')}  ${name} (${accessOf(name)})`,
  )
  const text = [
    '● may   ◐ may, and says once more who he is   · may not',
    '',
    ...heads,
    ...lines,
    '',
  ].join('\n')
  await expect(text).toMatchFileSnapshot('./__snapshots__/role-matrix.txt')
})

describe('deny by default', () => {
  it('nobody calls anything but the door', () => {
    const open = [...rows].filter(([, row]) => row.nobody !== 'no').map(([name]) => name)
    expect(open.map(accessOf).every((access) => access === 'public')).toBe(true)
    expect(open.toSorted()).toEqual([
      'access.beginSecondFactor',
      'access.company',
      'access.companyCancel',
      'access.companySignIn',
      'access.confirmSecondFactor',
      'access.passwordStrength',
      'access.redeemCode',
      'access.redeemKit',
      'access.session',
      'access.signIn',
      'access.signInCode',
      'event access.sessionChanged',
      'event workspace.progress',
      'event workspace.statusChanged',
      'restore.choose',
      'restore.preview',
      'restore.run',
      'workspace.add',
      'workspace.cancel',
      'workspace.create',
      'workspace.forget',
      'workspace.list',
      'workspace.status',
      'workspace.switch',
      'workspace.unseal',
    ])
  })

  it('a locked screen does what one who is not signed in does, and unlocks, locks, leaves', () => {
    const open = [...rows]
      .filter(([, row]) => row.locked !== 'no' && row.nobody === 'no')
      .map(([name]) => name)
    expect(open.toSorted()).toEqual([
      'access.companyUnlock',
      'access.lock',
      'access.signOut',
      'access.unlock',
    ])
  })

  it('the owner may all; the administrator all but what is the owner’s alone', () => {
    const not = (caller: Caller) =>
      [...rows].filter(([, row]) => row[caller] === 'no').map(([name]) => name)
    expect(not('owner')).toEqual([])
    expect(not('administrator').toSorted()).toEqual([
      'access.renewKit',
      'access.transferOwnership',
      'transfer.make',
      'workspace.resume',
      'workspace.takeBack',
      'workspace.wipe',
    ])
  })

  it('the auditor reads the audit, and does with his own session what everyone does', () => {
    for (const [name, row] of rows) {
      const access = accessOf(name)
      const isOwn = access === 'public' || access === 'session'
      if (row.auditor === 'no') expect(isOwn, name).toBe(false)
      else if (!isOwn) expect(access, name).toMatch(/^audit\.[a-z-]+\.(?:read|verify|export)$/u)
    }
  })

  it('what changes people, roles or the ownership, or takes keys out, asks once more who it is', () => {
    for (const [name, row] of rows) {
      if (!/^access\.(?:account|company|role|owner)\.(?:manage|transfer)$/u.test(accessOf(name)))
        continue
      // His own words about a person's telephone number, and putting someone out, are no such thing.
      if (name === 'access.saveEmployee' || name === 'access.endSessions') continue
      // Reading what is set; its secret is in no answer.
      if (name === 'access.companySettings' || name === 'access.previewAccounts') continue
      expect(row.owner, name).toBe('step-up')
    }
  })

  it('a permission that is in no role but owner and administrator is known here', () => {
    const roles = createRoles(untouched)
    const others = builtInRoles.filter((role) => role !== 'owner' && role !== 'administrator')
    const alone = [...allPermissions].filter(
      (name) => !others.some((role) => roles.permissionsOf(role).has(name)),
    )
    expect(alone.toSorted()).toMatchSnapshot()
  })
})
