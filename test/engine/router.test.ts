import { describe, expect, it } from 'vitest'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CallContext } from '../../src-main/engine/handlers.ts'
import { createLog } from '../../src-main/engine/log.ts'
import { createRouter, type CommandRun, type HandlerTable } from '../../src-main/engine/router.ts'
import { createSessions } from '../../src-main/engine/sessions.ts'
import { allPermissions } from '../../src-main/access/roles.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { someSession } from '../support/some-session.ts'
import { noLimits } from '../support/no-limits.ts'

const client = 7
const commandId = '018f0000-0000-7000-8000-000000000001'

const setUp = (
  handlers: HandlerTable,
  permissions: ReadonlySet<string> = allPermissions,
  tellingFails = false,
) => {
  const clock = createManualClock()
  const sessions = createSessions(clock)
  const lines: string[] = []
  const runs: CommandRun[] = []
  const refused: string[] = []
  const answered: { name: string; input: unknown }[] = []
  const refusals: { name: string; code: string; auditInput: unknown }[] = []
  const router = createRouter({
    ...noLimits,
    sessions,
    clock,
    log: createLog({ write: (line) => lines.push(line) }),
    handlers: () => handlers,
    runCommand: (run) => {
      runs.push(run)
      return run.plan.apply(undefined as never)
    },
    recordRefusal: ({ name, code, auditInput }) => refusals.push({ name, code, auditInput }),
    queryRefused: ({ name }) => refused.push(name),
    queryAnswered: ({ name, input }) => {
      answered.push({ name, input })
      if (tellingFails) throw new Error('the disk is full')
    },
    progress: () => {},
    newTraceId: () => 'trace-1',
  })
  const signIn = (): void =>
    sessions.start(client, {
      ...someSession(clock.now()),
      permissions,
    })
  const call = (channel: string, input: unknown = {}) =>
    router.call({ clientId: client, channel, input })
  return { router, sessions, signIn, call, lines, runs, refusals, refused, answered }
}

const olts = { olts: [] }
const table = (over: Partial<HandlerTable> = {}): HandlerTable => ({
  queries: { 'network.olts': () => olts },
  commands: {},
  ...over,
})

describe('the router refuses', () => {
  it.each(['toString', '__proto__', 'constructor', 'network.nothing', '', 'hasOwnProperty'])(
    'the unknown procedure %j',
    async (channel) => {
      const { call, signIn } = setUp(table())
      signIn()
      expect(await call(channel)).toMatchObject({ ok: false, error: { code: 'unknown-procedure' } })
    },
  )

  it('who is not signed in', async () => {
    const { call } = setUp(table())
    expect(await call('network.olts')).toMatchObject({
      ok: false,
      error: { code: 'not-signed-in' },
    })
  })

  it('everything but what is marked while the screen is locked', async () => {
    const { call, signIn, sessions } = setUp(
      table({
        queries: { 'network.olts': () => olts, 'access.session': () => ({ session: null }) },
      }),
    )
    signIn()
    sessions.setLocked(client, true)
    expect(await call('network.olts')).toMatchObject({ error: { code: 'session-locked' } })
    expect(await call('access.session')).toMatchObject({ ok: true })
  })

  it('a session without the permission, and keeps a record of a refused command', async () => {
    const { call, signIn, refusals } = setUp(table(), new Set())
    signIn()
    expect(await call('network.olts')).toMatchObject({ error: { code: 'permission-denied' } })
    expect(refusals).toEqual([])
    const reply = await call('network.removeOlt', {
      commandId,
      input: { oltId: commandId, baseVersion: 1 },
    })
    expect(reply).toMatchObject({ error: { code: 'permission-denied' } })
    expect(refusals).toMatchObject([{ name: 'network.removeOlt', code: 'permission-denied' }])
  })

  it('an unknown key, and does not repeat the value', async () => {
    const { call, signIn } = setUp(table())
    signIn()
    const reply = await call('network.olts', { 'surplus-s3cret': 's3cret' })
    expect(reply).toMatchObject({ error: { code: 'invalid-input' } })
    expect(JSON.stringify(reply)).not.toContain('s3cret')
  })

  it('a command without an id', async () => {
    const { call, signIn } = setUp(
      table({ commands: { 'access.signOut': () => ({ apply: () => ({}) }) } }),
    )
    signIn()
    expect(await call('access.signOut', { input: {} })).toMatchObject({
      error: { code: 'invalid-input' },
    })
  })

  it('what needs an open workspace while there is none', async () => {
    const { call, signIn } = setUp({ queries: {}, commands: {} })
    signIn()
    expect(await call('network.olts')).toMatchObject({ error: { code: 'workspace-sealed' } })
  })

  it('every call once it is stopped', async () => {
    const { call, signIn, router } = setUp(table())
    signIn()
    router.stop()
    expect(await call('network.olts')).toMatchObject({ error: { code: 'engine-stopped' } })
  })
})

describe('the router answers', () => {
  it('only with what the contract names', async () => {
    const { call, signIn } = setUp(
      table({ queries: { 'network.olts': () => ({ olts: [], community: 's3cret' }) } }),
    )
    signIn()
    expect(await call('network.olts')).toEqual({ ok: true, value: { olts: [] } })
  })

  it('a command with what the contract names, too', async () => {
    const { call, signIn } = setUp(
      table({
        commands: { 'access.signOut': () => ({ apply: () => ({ token: 's3cret' }) }) },
      }),
    )
    signIn()
    const reply = await call('access.signOut', { commandId, input: {} })
    expect(reply).toEqual({ ok: true, value: {} })
  })

  it('an unexpected error with a code and a trace id, its text in the log alone', async () => {
    const { call, signIn, lines } = setUp(
      table({
        queries: {
          'network.olts': () => {
            throw new Error('connect failed: community=s3cret')
          },
        },
      }),
    )
    signIn()
    const reply = await call('network.olts')
    expect(reply).toEqual({
      ok: false,
      error: { code: 'internal', params: {}, traceId: 'trace-1' },
    })
    expect(lines.join('')).toContain('trace-1')
  })

  it('an answer that does not fit the contract as an error, never as it is', async () => {
    const { call, signIn } = setUp(
      table({ queries: { 'network.olts': () => ({ olts: 's3cret' }) } }),
    )
    signIn()
    const reply = await call('network.olts')
    expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(reply)).not.toContain('s3cret')
  })

  it('an expected failure with its code and parameters', async () => {
    const { call, signIn } = setUp(
      table({
        queries: {
          'network.olts': () => {
            throw new NocturneError('olt-no-answer', { host: '10.0.0.9' })
          },
        },
      }),
    )
    signIn()
    expect(await call('network.olts')).toMatchObject({
      error: { code: 'olt-no-answer', params: { host: '10.0.0.9' } },
    })
  })

  it('a command after its handler, with the secrets taken out of what is recorded', async () => {
    const { call, runs, refusals } = setUp(
      table({
        commands: {
          'access.signIn': () => {
            throw new NocturneError('wrong-credentials')
          },
        },
      }),
    )
    const reply = await call('access.signIn', {
      commandId,
      input: { name: 'Nadia', password: 'hunter2hunter2' },
    })
    expect(reply).toMatchObject({ error: { code: 'wrong-credentials' } })
    expect(runs).toEqual([])
    expect(refusals).toEqual([{ name: 'access.signIn', code: 'wrong-credentials', auditInput: {} }])
  })
})

describe('a long call', () => {
  const taskId = '018f0000-0000-7000-8000-00000000000a'
  const waiting = () => {
    let context: CallContext | undefined
    const handlers = table({
      queries: {
        'network.oltInterfaces': (_input: never, given: CallContext) => {
          context = given
          return new Promise((_resolve, reject) => {
            given.signal.addEventListener('abort', () => reject(new NocturneError('cancelled')))
          })
        },
      },
    })
    return { handlers, aborted: () => context?.signal.aborted }
  }

  it('is cancelled by its name, and by no other client', async () => {
    const { handlers } = waiting()
    const { call, signIn, router } = setUp(handlers)
    signIn()
    const reply = call('network.oltInterfaces', { oltId: commandId, taskId })
    router.cancel(client + 1, taskId)
    router.cancel(client, commandId)
    const early = await Promise.race([reply, Promise.resolve('still waiting')])
    expect(early).toBe('still waiting')
    router.cancel(client, taskId)
    expect(await reply).toMatchObject({ error: { code: 'cancelled' } })
  })

  it('ends when its client goes', async () => {
    const { handlers } = waiting()
    const { call, signIn, router } = setUp(handlers)
    signIn()
    const reply = call('network.oltInterfaces', { oltId: commandId, taskId })
    await Promise.resolve()
    router.clientGone(client)
    expect(await reply).toMatchObject({ error: { code: 'cancelled' } })
  })
})

describe('of queries the audit trail hears', () => {
  it('a refusal for want of permission, and none of a locked screen', async () => {
    const none = setUp(table(), new Set())
    none.signIn()
    expect(await none.call('network.olts')).toMatchObject({ error: { code: 'permission-denied' } })
    expect(none.refused).toEqual(['network.olts'])
    none.sessions.setLocked(client, true)
    expect(await none.call('network.olts')).toMatchObject({ error: { code: 'session-locked' } })
    expect(none.refused).toEqual(['network.olts'])
  })

  it('an answer before it goes out: where it cannot be told, there is none', async () => {
    const told = setUp(table())
    told.signIn()
    expect(await told.call('network.olts')).toEqual({ ok: true, value: olts })
    expect(told.answered).toEqual([{ name: 'network.olts', input: {} }])
    const untold = setUp(table(), allPermissions, true)
    untold.signIn()
    expect(await untold.call('network.olts')).toMatchObject({ error: { code: 'internal' } })
  })
})
