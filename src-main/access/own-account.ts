import type { SignIn } from '../../src-shared/contract/access.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { CallContext, CommandHandlers, QueryHandlers } from '../engine/handlers.ts'
import { stepUpMs, type Sessions } from '../engine/sessions.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import { companyIn, isCompanyOnly, isCurrent, linkIn } from './company/company-tables.ts'
import { lookupOf } from './lookup.ts'
import { hashPassword } from './passwords.ts'
import type { Proofs } from './proofs.ts'
import { createKitReads } from './recovery-kit-table.ts'
import type { Roles } from './roles.ts'
import type { SecondFactorReads } from './second-factor-tables.ts'
import { answerSignIn, type SignInReads } from './sign-in-tables.ts'
import { requireStrong } from './strength.ts'
import { accountIn, setPassword, type AccountReads, type AccountRow } from './tables.ts'

/** What a person does with his own account: says once more who he is, changes his password, looks. */
export const createOwnAccount = (deps: {
  readonly reader: StoreReader
  readonly accounts: AccountReads
  readonly roles: Roles
  readonly factors: SecondFactorReads
  readonly signIns: SignInReads
  readonly sessions: Sessions
  readonly proofs: Proofs
  readonly clock: Clock
  readonly note: (tx: Transaction, signIn: Pick<SignIn, 'accountId' | 'result' | 'means'>) => void
}): {
  readonly queries: QueryHandlers<'access.mine'>
  readonly commands: CommandHandlers<
    'access.stepUp' | 'access.changePassword' | 'access.answerNotice'
  >
} => {
  const { accounts, factors, sessions, proofs, clock } = deps
  const kits = createKitReads(deps.reader)
  const lookup = lookupOf(deps.reader)

  const ownAccount = (context: CallContext): AccountRow => {
    const account = accounts.byId(context.session?.accountId ?? '')
    if (account === undefined) throw new NocturneError('not-signed-in')
    return account
  }

  /** Errors: `wrong-credentials`, `sign-in-throttled`. */
  const proveOwn = async (account: AccountRow, password: string) => {
    const proved = await proofs.password(account.login, password)
    if (proved.account.id !== account.id) throw new NocturneError('wrong-credentials')
    return proved
  }

  return {
    queries: {
      'access.mine': (_input, context) => {
        const account = ownAccount(context)
        const isOwner = account.role === 'owner'
        const reset = factors.resetOf(account.id)
        const link = linkIn(lookup, account.id)
        const isLinked = link !== undefined && isCurrent(link, companyIn(lookup))
        return {
          secondFactorSince: factors.of(account.id)?.since ?? null,
          secondFactorRequired: deps.roles.rulesOf(account.role).secondFactorRequired,
          secondFactorReset: reset,
          recoveryCodesLeft: factors.codesLeft(account.id),
          recoveryKitSince: kits.of(account.id)?.madeAt ?? null,
          passwordChangedAt: account.passwordChangedAt,
          companySince: isLinked ? link.linkedAt : null,
          companyOnly: isCompanyOnly(lookup, account),
          sessions: [...sessions.all()]
            .filter(([, session]) => session.accountId === account.id)
            .map(([clientId, { sessionId, device, signedInAt, locked }]) => ({
              sessionId,
              device,
              signedInAt,
              locked,
              isThis: clientId === context.clientId,
            })),
          signIns: deps.signIns.of(account.id),
          notices: deps.signIns.notices(account.id, isOwner, clock.now()),
        }
      },
    },
    commands: {
      async 'access.stepUp'({ password, code }, context) {
        const account = ownAccount(context)
        const first = await proveOwn(account, password)
        const hasFactor = factors.of(account.id) !== undefined
        // SECURITY: a session that was left open must not be worth more than a sign-in.
        if (hasFactor && code === null) throw new NocturneError('wrong-code')
        const second = hasFactor && code !== null ? await proofs.code(account.id, code) : null
        const until = clock.now() + stepUpMs
        return {
          apply(tx) {
            first.commit(tx)
            second?.commit(tx)
            const means = second?.means ?? 'password'
            deps.note(tx, { accountId: account.id, result: 'stepped-up', means })
            return { until }
          },
          after() {
            // Only for the session that asked: another may have begun at this window meanwhile.
            const now = sessions.get(context.clientId)
            if (now?.sessionId !== context.session?.sessionId) return
            sessions.change(context.clientId, { steppedUpUntil: until })
          },
        }
      },

      async 'access.changePassword'({ current, next }, context) {
        const account = ownAccount(context)
        const proved = await proveOwn(account, current)
        await requireStrong(next, [account.name, account.login])
        const hash = await hashPassword(next)
        return {
          apply(tx) {
            proved.commit(tx)
            const now = accountIn(tx, account.id)
            if (now === undefined || now.disabledAt !== null) throw new NocturneError('not-found')
            setPassword(tx, now, hash, clock.now())
            return {}
          },
          // SECURITY: whoever else knows the old one is signed out with it.
          after: () => {
            sessions.endOf(account.id, context.clientId)
          },
        }
      },

      'access.answerNotice': ({ signInId, known }, context) => {
        const account = ownAccount(context)
        const signIn = deps.signIns.byId(signInId)
        const isOwn = signIn !== null && signIn.accountId === account.id
        // SECURITY: of somebody else's only the owner is told, so only he answers.
        if (signIn === null || signIn.accountId === null || (!isOwn && account.role !== 'owner')) {
          throw new NocturneError('not-found')
        }
        const whose = signIn.accountId
        return {
          apply(tx) {
            answerSignIn(tx, signInId, isOwn ? 'own' : 'owner', known)
            return {}
          },
          after() {
            if (!known) sessions.endOf(whose, isOwn ? context.clientId : undefined)
          },
        }
      },
    },
  }
}
