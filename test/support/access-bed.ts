import { TOTP, Secret } from 'otpauth'
import { createAccess, type AccessPart } from '../../src-main/access/access.ts'
import type { Machine } from '../../src-main/access/machine.ts'
import { hashPassword } from '../../src-main/access/passwords.ts'
import { defaultRules, createRoles, type Roles } from '../../src-main/access/roles.ts'
import { writeRole } from '../../src-main/access/role-tables.ts'
import {
  createAccountReads,
  insertAccount,
  type AccountReads,
} from '../../src-main/access/tables.ts'
import type { CallContext, CommandPlan } from '../../src-main/engine/handlers.ts'
import { createLog } from '../../src-main/engine/log.ts'
import { createEngineWrite } from '../../src-main/engine/engine-write.ts'
import type { SecretRequest } from '../../src-main/engine/secret-window.ts'
import { createSessions, type Sessions } from '../../src-main/engine/sessions.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { auditTrail, type ToldRow } from './audit-trail.ts'
import { createManualClock, type ManualClock } from './manual-clock.ts'
import { idOf, keyOf, newTestStore } from './store-workspace.ts'
import { everything } from '../../src-main/engine/reach.ts'
import { createScopes } from '../../src-main/access/scope-tables.ts'

/** Sign-in on a real store, with a clock that stands still and a person who looks at what is shown. */

export const bedPassword = 'correct horse battery'
export const desk: Machine = { device: 'noc-1 (Linux)', addresses: ['192.168.7.20/24'] }

let number = 1000
export const bedId = (): string => idOf(number++)

export interface AccessBed {
  readonly store: Store
  readonly clock: ManualClock
  readonly sessions: Sessions
  readonly accounts: AccountReads
  readonly roles: Roles
  readonly access: AccessPart
  readonly shown: { readonly clientId: number; readonly request: SecretRequest }[]
  readonly emitted: { readonly name: string; readonly payload: unknown; readonly to: unknown }[]
  /** What the person does with a secret that is shown. */
  look: (request: SecretRequest) => Promise<void>
  machine: Machine
  context(clientId: number): CallContext
  /** Carries a command out as the engine does; time passes where it is waited for. */
  run<Name extends keyof AccessPart['commands']>(
    name: Name,
    input: Parameters<AccessPart['commands'][Name]>[0],
    clientId?: number,
  ): Promise<Awaited<ReturnType<Awaited<ReturnType<AccessPart['commands'][Name]>>['apply']>>>
  codeOf(work: Promise<unknown>): Promise<string>
  addAccount(name: string, role?: string): Promise<string>
  /** The code that the app shows, `steps` later. */
  appCode(uri: string, steps?: number): string
  rows(sql: string): Record<string, unknown>[]
  /** The audit trail with its details. */
  trail(): readonly ToldRow[]
  /** The same store under a console that was started anew. */
  restart(): AccessBed
}

export const createAccessBed = (
  store: Store = newTestStore(),
  clock: ManualClock = createManualClock(Date.UTC(2026, 10, 23, 8)),
  openInBrowser: ((address: string) => Promise<boolean>) | null = null,
): AccessBed => {
  const sessions = createSessions(clock)
  const accounts = createAccountReads(store.reader)
  const roles = createRoles(store.reader)
  const shown: AccessBed['shown'][number][] = []
  const emitted: AccessBed['emitted'][number][] = []
  const write = createEngineWrite(store, { clock, newId: bedId })
  const access = createAccess({
    accounts,
    roles,
    scopes: createScopes(store.reader),
    sessions,
    reader: store.reader,
    clock,
    newId: bedId,
    log: createLog({ write: () => undefined }),
    emit: (name, payload, options) => {
      emitted.push({ name, payload, to: options?.to })
    },
    vaultKey: keyOf('vault key of the tests'),
    write,
    showSecret: async (clientId, request) => {
      shown.push({ clientId, request })
      await bed.look(request)
    },
    lockMinutesOf: (session) => session.lockAfterMinutes,
    openInBrowser,
    companyLoopback: true,
    machine: () => bed.machine,
    hourOf: (at) => new Date(at).getUTCHours(),
  })
  sessions.endWhen((session) => accounts.byId(session.accountId) === undefined)

  const bed: AccessBed = {
    store,
    clock,
    sessions,
    accounts,
    roles,
    access,
    shown,
    emitted,
    look: () => Promise.resolve(),
    machine: desk,
    context: (clientId) => ({
      clientId,
      session: sessions.get(clientId),
      traceId: 'test',
      reach: everything,
      signal: new AbortController().signal,
      progress: () => undefined,
    }),
    async run(name, input, clientId = 1) {
      const handler = access.commands[name] as unknown as (
        given: unknown,
        context: CallContext,
      ) => CommandPlan<never> | Promise<CommandPlan<never>>
      const plan = await handler(input, bed.context(clientId))
      const { result } = runCommand(
        store,
        {
          commandId: bedId(),
          name,
          actor: {
            accountId: sessions.get(clientId)?.accountId ?? null,
            sessionId: null,
            clientKind: 'test',
            ...plan.actor,
          },
          auditInput: {},
          at: clock.now(),
        },
        (tx) => ({ result: plan.apply(tx) }),
      )
      await plan.after?.(result)
      return result
    },
    async codeOf(work) {
      const answer: { code: string | null } = { code: null }
      const settled = work.then(
        () => {
          answer.code = 'done'
        },
        (error: unknown) => {
          answer.code = error instanceof NocturneError ? error.code : String(error)
        },
      )
      // A "no" waits for the clock; an argon2id hash for a thread.
      for (;;) {
        await Promise.race([settled, new Promise((resolve) => setImmediate(resolve))])
        if (answer.code !== null) return answer.code
        if (clock.pending > 0) clock.advance(10)
      }
    },
    async addAccount(name, role = 'support') {
      const id = bedId()
      const passwordHash = await hashOnce()
      write('test.account', {}, (tx) =>
        insertAccount(tx, { id, name, login: name.toLowerCase(), passwordHash, role }, clock.now()),
      )
      return id
    },
    appCode(uri, steps = 0) {
      const secret = new URL(uri).searchParams.get('secret') ?? ''
      return TOTP.generate({
        secret: Secret.fromBase32(secret),
        timestamp: clock.now() + steps * 30_000,
      })
    },
    rows: (sql) => store.reader.prepare<[], Record<string, unknown>>(sql).all(),
    trail: () => auditTrail(store),
    restart: () => createAccessBed(store, clock, openInBrowser),
  }
  return bed
}

/** A hash takes long: all accounts of the tests have the same. */
let hashed: Promise<string> | null = null
const hashOnce = (): Promise<string> => (hashed ??= hashPassword(bedPassword))

/** The role asks for a second factor from now on. */
export const requireSecondFactor = ({ store, clock }: AccessBed, roleId: string): void =>
  createEngineWrite(store, { clock, newId: bedId })('test.role', {}, (tx) =>
    writeRole(
      tx,
      {
        ...defaultRules,
        secondFactorRequired: true,
        id: roleId,
        version: 1,
        name: roleId,
        copyOf: roleId,
        permissions: null,
      },
      clock.now(),
    ),
  )

/** Signs in at the client and turns a second factor on there. Returns the app's key and the codes. */
export const setUpFactor = async (
  bed: AccessBed,
  name: string,
  clientId = 1,
): Promise<{ readonly uri: string; readonly codes: readonly string[] }> => {
  await bed.run('access.signIn', { name, password: bedPassword }, clientId)
  await bed.run('access.beginSecondFactor', {}, clientId)
  const uri = bed.shown.at(-1)?.request.qr ?? ''
  await bed.run('access.confirmSecondFactor', { code: bed.appCode(uri) }, clientId)
  return { uri, codes: bed.shown.at(-1)?.request.lines ?? [] }
}
