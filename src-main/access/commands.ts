import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { CallContext, CommandHandlers } from '../engine/handlers.ts'
import { describeSession, type LiveSession, type Sessions } from '../engine/sessions.ts'
import { newSession } from './new-session.ts'
import { verifyDecoy, verifyPassword } from './passwords.ts'
import type { Roles } from './roles.ts'
import { loginOf, secondsToWait, type Attempts } from './rules.ts'
import type { AccountReads, AccountRow } from './tables.ts'

type AccessCommand = 'access.signIn' | 'access.signOut' | 'access.lock' | 'access.unlock'

export interface AccessDependencies {
  readonly accounts: AccountReads
  readonly roles: Roles
  readonly sessions: Sessions
  readonly clock: Clock
  readonly newId: () => string
}

export const createAccessCommands = (deps: AccessDependencies): CommandHandlers<AccessCommand> => {
  /** By login, for known and unknown names alike: the answer must not tell them apart. */
  const attempts = new Map<string, Attempts>()

  const guarded = async (login: string, check: () => Promise<boolean>): Promise<void> => {
    const wait = secondsToWait(attempts.get(login), deps.clock.monotonic())
    if (wait > 0) throw new NocturneError('sign-in-throttled', { seconds: wait })
    if (await check()) {
      attempts.delete(login)
      return
    }
    if (attempts.size > 10_000) attempts.clear()
    attempts.set(login, {
      failures: (attempts.get(login)?.failures ?? 0) + 1,
      lastFailureAt: deps.clock.monotonic(),
    })
    throw new NocturneError('wrong-credentials')
  }

  const sessionOf = (context: CallContext): LiveSession => {
    const session = deps.sessions.get(context.clientId)
    if (session === null) throw new NocturneError('not-signed-in')
    return session
  }

  return {
    async 'access.signIn'({ name, password }, context) {
      const login = loginOf(name)
      let account: AccountRow | undefined
      await guarded(login, async () => {
        account = deps.accounts.byLogin(login)
        return account === undefined
          ? verifyDecoy(password)
          : verifyPassword(account.passwordHash, password)
      })
      if (account === undefined) throw new NocturneError('wrong-credentials')
      const session = newSession(account, deps)
      return {
        apply: () => ({
          next: 'done' as const,
          session: describeSession({ ...session, locked: false }),
        }),
        after: () => deps.sessions.start(context.clientId, session),
      }
    },

    'access.signOut': (_input, context) => ({
      apply: () => ({}),
      after: () => deps.sessions.end(context.clientId),
    }),

    'access.lock': (_input, context) => ({
      apply: () => ({}),
      after: () => deps.sessions.setLocked(context.clientId, true),
    }),

    async 'access.unlock'({ password }, context) {
      const session = sessionOf(context)
      const account = deps.accounts.byId(session.accountId)
      await guarded(account?.login ?? session.accountId, () =>
        account === undefined
          ? verifyDecoy(password)
          : verifyPassword(account.passwordHash, password),
      )
      return {
        apply: () => ({}),
        after: () => deps.sessions.setLocked(context.clientId, false),
      }
    },
  }
}
