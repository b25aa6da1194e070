import type { SignIn, SignInStep } from '../../src-shared/contract/access.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { CallContext, CommandHandlers, CommandPlan, Emit } from '../engine/handlers.ts'
import { describeSession, type LiveSession, type Sessions } from '../engine/sessions.ts'
import type { Transaction } from '../store/write-path.ts'
import type { Machine } from './machine.ts'
import { newSession } from './new-session.ts'
import type { PendingSignIn, PendingSignIns } from './pending-sign-ins.ts'
import type { Proofs } from './proofs.ts'
import type { Roles } from './roles.ts'
import type { Scopes } from './scope-tables.ts'
import { loginOf } from './rules.ts'
import type { SecondFactorReads } from './second-factor-tables.ts'
import { insertSignIn, type SignInReads } from './sign-in-tables.ts'
import { suspicionsOf } from './suspicion.ts'
import type { AccountReads, AccountRow } from './tables.ts'

/**
 * Signing in: password → (second factor | its set-up) → done. In between there is no session: the
 * client may say its code, and nothing else.
 */

type SignInCommand =
  | 'access.signIn'
  | 'access.signInCode'
  | 'access.signOut'
  | 'access.lock'
  | 'access.unlock'

export interface SignInDependencies {
  readonly accounts: AccountReads
  readonly roles: Roles
  readonly scopes: Scopes
  readonly sessions: Sessions
  readonly pending: PendingSignIns
  readonly proofs: Proofs
  readonly factors: SecondFactorReads
  readonly signIns: SignInReads
  readonly clock: Clock
  readonly newId: () => string
  readonly machine: () => Machine
  readonly emit: Emit
  readonly lockMinutesOf: (session: LiveSession) => number
  /** Hour of the day where the machine is. */
  readonly hourOf: (at: number) => number
}

export interface SignInFlow {
  /**
   * The first step is done, with a password or what stands in for one: a code comes next, or the
   * set-up of a second factor, or nothing. `commit`: in the transaction.
   */
  proceed(
    clientId: number,
    account: AccountRow,
    means: PendingSignIn['means'],
    commit: (tx: Transaction) => void,
    /** The first step held a second factor already. Default: no. */
    isFactorDone?: boolean,
  ): CommandPlan<SignInStep>
  /** All steps are done: the session begins. */
  complete(
    clientId: number,
    account: AccountRow,
    means: SignIn['means'],
    commit: (tx: Transaction) => void,
  ): CommandPlan<SignInStep>
}

export const createSignInFlow = (deps: SignInDependencies): SignInFlow => {
  const { clock, sessions, pending } = deps

  const tell = (signIn: SignIn): void => {
    for (const [clientId, session] of sessions.all()) {
      if (session.accountId !== signIn.accountId && !session.isOwner) continue
      deps.emit('access.notice', signIn, { to: clientId })
    }
  }

  const complete: SignInFlow['complete'] = (clientId, account, means, commit) => {
    const now = clock.now()
    const machine = deps.machine()
    const found = suspicionsOf(
      { at: now, ...machine },
      deps.signIns.pastOf(account.id, now),
      deps.hourOf,
    )
    const fresh = newSession(account, deps)
    const session: LiveSession = {
      ...fresh,
      device: machine.device,
      // SECURITY: what stands out must say once more who it is before anything grave.
      steppedUpUntil: found.length > 0 ? null : fresh.steppedUpUntil,
      locked: false,
    }
    const signIn: SignIn = {
      id: deps.newId(),
      at: now,
      accountId: account.id,
      accountName: account.name,
      result: 'done',
      means,
      ...machine,
      addresses: [...machine.addresses],
      suspicions: [...found],
    }
    return {
      actor: { accountId: account.id, sessionId: session.sessionId },
      apply(tx) {
        commit(tx)
        insertSignIn(tx, signIn)
        const shown = describeSession(session, deps.lockMinutesOf(session))
        return { next: 'done', session: shown }
      },
      after() {
        pending.end(clientId)
        sessions.start(clientId, session)
        if (found.length > 0) tell(signIn)
      },
    }
  }

  return {
    complete,
    proceed(clientId, account, means, commit, isFactorDone = false) {
      // The kit takes the second factor off in the same transaction.
      const hasFactor = means !== 'recovery-kit' && deps.factors.of(account.id) !== undefined
      const isAsked = hasFactor || deps.roles.rulesOf(account.role).secondFactorRequired
      if (isFactorDone || !isAsked) {
        return complete(clientId, account, means, commit)
      }
      const next = hasFactor ? 'second-factor' : 'set-up-second-factor'
      return {
        actor: { accountId: account.id, sessionId: null },
        apply(tx) {
          commit(tx)
          return { next, session: null }
        },
        after() {
          // One person at a window: who was signed in there is so no longer.
          sessions.end(clientId)
          pending.begin(clientId, { accountId: account.id, next, means })
        },
      }
    },
  }
}

/** The account of a sign-in that waits for its second step at this client. Errors: `not-signed-in`. */
export const pendingAccount = (
  { pending, accounts }: Pick<SignInDependencies, 'pending' | 'accounts'>,
  clientId: number,
  next: PendingSignIn['next'],
): AccountRow => {
  const waiting = pending.get(clientId)
  const account = waiting?.next === next ? accounts.byId(waiting.accountId) : undefined
  if (account === undefined) throw new NocturneError('not-signed-in')
  return account
}

export const createSignInCommands = (
  deps: SignInDependencies & {
    readonly flow: SignInFlow
    readonly note: (tx: Transaction, signIn: Pick<SignIn, 'accountId' | 'result' | 'means'>) => void
  },
): CommandHandlers<SignInCommand> => {
  const { sessions, flow, proofs } = deps
  const sessionOf = (context: CallContext): LiveSession => {
    const session = sessions.get(context.clientId)
    if (session === null) throw new NocturneError('not-signed-in')
    return session
  }
  return {
    async 'access.signIn'({ name, password }, context) {
      deps.pending.end(context.clientId)
      const { account, commit } = await proofs.password(loginOf(name), password)
      return flow.proceed(context.clientId, account, 'password', commit)
    },

    async 'access.signInCode'({ code }, context) {
      const account = pendingAccount(deps, context.clientId, 'second-factor')
      const { means, commit } = await proofs.code(account.id, code)
      // Gone or another one while the code was looked at: then it stands for nothing.
      if (pendingAccount(deps, context.clientId, 'second-factor').id !== account.id) {
        throw new NocturneError('not-signed-in')
      }
      return flow.complete(context.clientId, account, means, commit)
    },

    'access.signOut': (_input, context) => ({
      apply: () => ({}),
      after: () => sessions.end(context.clientId),
    }),

    'access.lock': (_input, context) => ({
      apply: () => ({}),
      after: () => sessions.setLocked(context.clientId, true),
    }),

    async 'access.unlock'({ password }, context) {
      const session = sessionOf(context)
      const { account, commit } = await proofs.password(session.login, password)
      if (account.id !== session.accountId) throw new NocturneError('wrong-credentials')
      return {
        apply(tx) {
          commit(tx)
          deps.note(tx, { accountId: account.id, result: 'unlocked', means: 'password' })
          return {}
        },
        after: () => sessions.setLocked(context.clientId, false),
      }
    },
  }
}
