import { createAccess } from '../../src-main/access/access.ts'
import { newSession } from '../../src-main/access/new-session.ts'
import { createPeople } from '../../src-main/access/people.ts'
import { createRoles } from '../../src-main/access/roles.ts'
import { createAccountReads, insertAccount } from '../../src-main/access/tables.ts'
import type { CommandPlan } from '../../src-main/engine/handlers.ts'
import { createLog } from '../../src-main/engine/log.ts'
import { createRouter } from '../../src-main/engine/router.ts'
import type { SecretRequest, ShowSecret } from '../../src-main/engine/secret-window.ts'
import { createSessions } from '../../src-main/engine/sessions.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import { recordRefusal, runCommand, type Transaction } from '../../src-main/store/write-path.ts'
import { createManualClock } from './manual-clock.ts'
import { idOf, keyOf, newTestStore } from './store-workspace.ts'
import { everything } from '../../src-main/engine/reach.ts'
import { createScopes } from '../../src-main/access/scope-tables.ts'

/**
 * Accounts, roles and sign-in behind the real router and on a real store: who may call and what is
 * refused is the product's own decision. Windows outside the page are written down, not shown.
 */
export const createPeopleBench = (options: { readonly store?: Store } = {}) => {
  const store = options.store ?? newTestStore()
  const clock = createManualClock()
  let next = 1
  const newId = (): string => idOf(next++)
  const sessions = createSessions(clock)
  const accounts = createAccountReads(store.reader)
  const roles = createRoles(store.reader)
  const scopes = createScopes(store.reader)
  const lines: string[] = []
  const log = createLog({ write: (line) => lines.push(line), level: 'error' })
  const shown: SecretRequest[] = []
  /** What happens when a secret is shown: a test may refuse it, or do something meanwhile. */
  const window: { onShow: ShowSecret } = { onShow: () => Promise.resolve() }
  const emitted: string[] = []
  const system = { accountId: null, sessionId: null, clientKind: 'test' } as const

  const write = (name: string, input: object, apply: (tx: Transaction) => void): void => {
    const call = { commandId: newId(), name, actor: system, auditInput: input, at: clock.now() }
    runCommand(store, call, (tx) => {
      apply(tx)
      return { result: {} }
    })
  }

  const shared = {
    reader: store.reader,
    accounts,
    roles,
    scopes,
    sessions,
    clock,
    newId,
    log,
    write,
    emit: (name: string): void => {
      emitted.push(name)
    },
    showSecret: async (...asked: Parameters<ShowSecret>): Promise<void> => {
      await window.onShow(...asked)
      shown.push(asked[1])
    },
  }
  const access = createAccess({
    ...shared,
    vaultKey: keyOf('vault key of the tests'),
    lockMinutesOf: (session) => session.lockAfterMinutes,
    openInBrowser: null,
    companyLoopback: true,
    machine: () => ({ device: 'bench', addresses: [] }),
    hourOf: () => 9,
  })
  const people = createPeople({
    ...shared,
    flow: access.flow,
    throttle: access.throttle,
    note: access.note,
  })

  const router = createRouter({
    reachOf: (session) => (session === null ? everything : scopes.reachOf(session.accountId)),
    belongingOf: (kind, id) => (kind === 'olt' ? { oltIds: [id] } : null),
    sessions,
    clock,
    log,
    handlers: () => ({
      queries: { ...access.queries, ...people.queries },
      commands: { ...access.commands, ...people.commands },
    }),
    async runCommand({ commandId, name, context, auditInput, plan }) {
      const made: CommandPlan<unknown> = plan
      const actor = {
        accountId: context.session?.accountId ?? null,
        sessionId: context.session?.sessionId ?? null,
        clientKind: 'test',
      } as const
      const call = { commandId, name, actor, auditInput, at: clock.now() }
      const run = runCommand(store, call, (tx) => ({ result: made.apply(tx) }))
      if (!run.replayed) await made.after?.(run.result)
      return run.result
    },
    recordRefusal: ({ name, auditInput, code }) =>
      recordRefusal(store, {
        commandId: newId(),
        name,
        actor: system,
        auditInput,
        at: clock.now(),
        outcome: 'refused',
        code,
      }),
    queryRefused: () => undefined,
    queryAnswered: () => undefined,
    progress: () => undefined,
    newTraceId: () => 'trace',
  })

  /** An account that there is, with a hash that nothing opens unless another is given. */
  const addAccount = (name: string, role: string, passwordHash: string | null = '$argon2id$x') => {
    const id = newId()
    write('test.account', {}, (tx) =>
      insertAccount(tx, { id, name, login: name.toLowerCase(), passwordHash, role }, clock.now()),
    )
    return id
  }

  /** Signed in just now at this client. */
  const at = (client: number, accountId: string): void => {
    const account = accounts.byId(accountId)
    if (account === undefined) throw new Error('no such account')
    sessions.start(client, newSession(account, { clock, newId, roles, scopes }))
  }

  const call = async (client: number, channel: string, input: unknown): Promise<unknown> => {
    const reply = await router.call({ clientId: client, channel, input })
    return reply.ok ? reply.value : reply.error.code
  }

  return {
    store,
    clock,
    sessions,
    accounts,
    roles,
    scopes,
    access,
    people,
    shown,
    window,
    emitted,
    /** Of the log: what was unexpected. */
    lines,
    write,
    newId,
    addAccount,
    at,
    /** The answer, or the code of the refusal. */
    ask: (client: number, query: string, input: object = {}) => call(client, query, input),
    tell: (client: number, command: string, input: object = {}) =>
      call(client, command, { commandId: newId(), input }),
    version: (accountId: string): number => accounts.anyById(accountId)?.version ?? 0,
  }
}

export type PeopleBench = ReturnType<typeof createPeopleBench>
