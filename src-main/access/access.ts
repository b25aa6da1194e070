import type { SignIn } from '../../src-shared/contract/access.ts'
import type { Clock } from '../engine/clock.ts'
import type { CommandHandlers, Emit, QueryHandlers } from '../engine/handlers.ts'
import type { Log } from '../engine/log.ts'
import type { ShowSecret } from '../engine/secret-window.ts'
import type { LiveSession, Sessions } from '../engine/sessions.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import { thisMachine, type Machine } from './machine.ts'
import { createCompany, type CompanyPart } from './company/company.ts'
import type { OpenInBrowser } from './company/company-flow.ts'
import { lookupOf } from './lookup.ts'
import { createOwnAccount } from './own-account.ts'
import { createPendingSignIns } from './pending-sign-ins.ts'
import { createProofs } from './proofs.ts'
import type { Roles } from './roles.ts'
import type { Scopes } from './scope-tables.ts'
import { createSecondFactor } from './second-factor.ts'
import { createSecondFactorReads } from './second-factor-tables.ts'
import { createSignInCommands, createSignInFlow, type SignInFlow } from './sign-in.ts'
import { createSignInReads, insertSignIn, keptMs, pruneSignIns } from './sign-in-tables.ts'
import type { AccountReads } from './tables.ts'
import { createThrottle, type Throttle, type ThrottleKind } from './throttle.ts'

/** Signing in, second factors, and what a person does with his own account. */

type Commands =
  | 'access.signIn'
  | 'access.signInCode'
  | 'access.signOut'
  | 'access.lock'
  | 'access.unlock'
  | 'access.stepUp'
  | 'access.changePassword'
  | 'access.answerNotice'
  | 'access.beginSecondFactor'
  | 'access.confirmSecondFactor'
  | 'access.removeSecondFactor'
  | 'access.renewRecoveryCodes'
  | 'access.resetSecondFactor'
  | keyof CompanyPart['commands']

export interface AccessDependencies {
  readonly accounts: AccountReads
  readonly roles: Roles
  readonly scopes: Scopes
  readonly sessions: Sessions
  readonly reader: StoreReader
  readonly clock: Clock
  readonly newId: () => string
  readonly log: Log
  readonly emit: Emit
  readonly vaultKey: Uint8Array
  readonly write: (name: string, input: object, apply: (tx: Transaction) => void) => void
  readonly showSecret: ShowSecret
  readonly lockMinutesOf: (session: LiveSession) => number
  /** Where a company's sign-in is opened; null: nowhere (terminal). */
  readonly openInBrowser: OpenInBrowser | null
  /** A company's provider may be plain http on this machine (simulated workspaces and tests). */
  readonly companyLoopback: boolean
  /** Of a test. */
  readonly machine?: () => Machine
  readonly hourOf?: (at: number) => number
}

export interface AccessPart {
  readonly queries: QueryHandlers<'access.mine' | keyof CompanyPart['queries']>
  readonly commands: CommandHandlers<Commands>
  /** For other ways in (a one-time code, the recovery kit): what comes after the first step. */
  readonly flow: SignInFlow
  readonly throttle: Throttle
  /** A row of the history of sign-ins. */
  readonly note: (tx: Transaction, signIn: Pick<SignIn, 'accountId' | 'result' | 'means'>) => void
  /** Who is signed in at this client, or in the middle of it. */
  accountAt(clientId: number): string | null
  clientGone(clientId: number): void
  start(): void
  stop(): void
}

const pruneEveryMs = 86_400_000

export const createAccess = (deps: AccessDependencies): AccessPart => {
  const { accounts, clock, sessions, write } = deps
  const machine = deps.machine ?? thisMachine
  const hourOf = deps.hourOf ?? ((at: number) => new Date(at).getHours())
  const signIns = createSignInReads(deps.reader)
  const factors = createSecondFactorReads(deps.reader)
  const pending = createPendingSignIns(clock)

  const note: AccessPart['note'] = (tx, signIn) => {
    const { device, addresses } = machine()
    const row = { ...signIn, device, addresses: [...addresses], suspicions: [] }
    insertSignIn(tx, { ...row, id: deps.newId(), at: clock.now() })
  }

  /** Of the company's: the account that is signed in, or a person there who may be nobody here. */
  const accountThrottled = (kind: ThrottleKind, who: string): string | null => {
    if (kind === 'code') return who
    return (kind === 'company' ? accounts.anyById(who) : accounts.anyByLogin(who))?.id ?? null
  }

  const throttle = createThrottle({
    clock,
    reader: deps.reader,
    vaultKey: deps.vaultKey,
    write,
    onTooSoon(kind, who) {
      const accountId = accountThrottled(kind, who)
      const means = kind === 'code' ? 'totp' : kind === 'company' ? 'oidc' : kind
      write('access.signInThrottled', { kind, accountId }, (tx) =>
        note(tx, { accountId, result: 'throttled', means }),
      )
    },
  })
  const proofs = createProofs({
    clock,
    accounts,
    lookup: lookupOf(deps.reader),
    factors,
    throttle,
    vaultKey: deps.vaultKey,
    note,
  })
  const shared = { ...deps, factors, signIns, pending, proofs, throttle, machine, hourOf, note }
  const flow = createSignInFlow(shared)
  const own = createOwnAccount(shared)
  const secondFactor = createSecondFactor({
    ...shared,
    flow,
    note: (tx, accountId) => note(tx, { accountId, result: 'wrong-code', means: 'totp' }),
    changed: () => deps.emit('access.changed', {}),
  })

  const company = createCompany({ ...shared, flow, loopback: deps.companyLoopback })

  let callOff: (() => void) | null = null
  const prune = (): void => {
    callOff = clock.after(pruneEveryMs, prune)
    const before = clock.now() - keptMs
    try {
      if (!signIns.hasOld(before)) return
      write('access.pruneSignIns', { before }, (tx) => pruneSignIns(tx, before))
    } catch (error) {
      deps.log.error('old sign-ins could not be removed', { error })
    }
  }

  return {
    queries: { ...own.queries, ...company.queries },
    commands: {
      ...createSignInCommands({ ...shared, flow }),
      ...own.commands,
      ...secondFactor.commands,
      ...company.commands,
    },
    flow,
    throttle,
    note,
    accountAt: (clientId) =>
      sessions.get(clientId)?.accountId ?? pending.get(clientId)?.accountId ?? null,
    clientGone(clientId) {
      pending.end(clientId)
      secondFactor.clientGone(clientId)
      company.clientGone(clientId)
    },
    start: prune,
    stop() {
      callOff?.()
      company.stop()
      secondFactor.stop()
    },
  }
}
