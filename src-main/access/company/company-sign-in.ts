import type { SignIn } from '../../../src-shared/contract/access.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { Clock } from '../../engine/clock.ts'
import type { CallContext, CommandHandlers, Emit } from '../../engine/handlers.ts'
import { stepUpMs, type LiveSession, type Sessions } from '../../engine/sessions.ts'
import type { StoreReader } from '../../store/read-handle.ts'
import type { Transaction } from '../../store/write-path.ts'
import { lookupOf } from '../lookup.ts'
import type { PendingSignIns } from '../pending-sign-ins.ts'
import type { Proofs } from '../proofs.ts'
import type { SecondFactorReads } from '../second-factor-tables.ts'
import type { SignInFlow } from '../sign-in.ts'
import { accountIn, type AccountReads, type AccountRow } from '../tables.ts'
import type { Throttle } from '../throttle.ts'
import type { CompanyFlow } from './company-flow.ts'
import { accountOf, countsAsFactor, linkTo, providerOf, sameCompany } from './company-person.ts'
import {
  dropLink,
  isCompanyOnly,
  isCurrent,
  linkIn,
  linkOfPerson,
  writeLink,
  type CompanyReads,
  type CompanyRow,
} from './company-tables.ts'
import type { PersonAtProvider } from './provider.ts'

/** What a person does with the company's provider: signs in, unlocks, says who he is, links himself. */

export interface CompanyDependencies {
  readonly reader: StoreReader
  readonly accounts: AccountReads
  readonly sessions: Sessions
  readonly pending: PendingSignIns
  readonly factors: SecondFactorReads
  readonly proofs: Proofs
  readonly throttle: Throttle
  readonly clock: Clock
  readonly vaultKey: Uint8Array
  readonly emit: Emit
  readonly flow: SignInFlow
  readonly company: CompanyFlow
  readonly companies: CompanyReads
  readonly note: (tx: Transaction, signIn: Pick<SignIn, 'accountId' | 'result' | 'means'>) => void
}

type Command =
  | 'access.companySignIn'
  | 'access.companyCancel'
  | 'access.companyUnlock'
  | 'access.companyStepUp'
  | 'access.companyLink'
  | 'access.companyUnlink'

export const createCompanySignIn = (deps: CompanyDependencies): CommandHandlers<Command> => {
  const { accounts, clock, companies, sessions, throttle } = deps
  const lookup = lookupOf(deps.reader)

  const switchedOn = (): CompanyRow => {
    const company = companies.settings()
    if (company?.enabled !== 1) throw new NocturneError('company-off')
    return company
  }

  const ask = (
    company: CompanyRow,
    { clientId, signal }: Pick<CallContext, 'clientId' | 'signal'>,
    language: 'en' | 'id',
    how: { readonly fresh: boolean; readonly wantsProfile: boolean },
  ): Promise<PersonAtProvider> =>
    deps.company.run(clientId, providerOf(company, deps.vaultKey), { language, ...how }, signal)

  /** The same session as when the call began. Errors: `session-ended`. */
  const sessionNow = ({ clientId, session: began }: CallContext): LiveSession => {
    const session = sessions.get(clientId)
    if (session === null || session.sessionId !== began?.sessionId) {
      throw new NocturneError('session-ended')
    }
    return session
  }

  const ownAccount = (context: CallContext): AccountRow => {
    const account = accounts.byId(context.session?.accountId ?? '')
    if (account === undefined) throw new NocturneError('not-signed-in')
    return account
  }

  /** The person at this window says at the provider, anew, that it is he. */
  const proveOwn = async (context: CallContext, language: 'en' | 'id') => {
    const account = ownAccount(context)
    const company = switchedOn()
    const link = linkIn(lookup, account.id)
    if (link === undefined || !isCurrent(link, company)) throw new NocturneError('company-off')
    const person = await ask(company, context, language, { fresh: true, wantsProfile: false })
    const { passed } = await throttle.guard(
      'company',
      account.id,
      // SECURITY: whoever the browser knows is not yet the one who sits here.
      () => Promise.resolve(person.subject === link.subject ? true : null),
      {
        code: 'company-other-person',
        about: account.id,
        note: (tx) => deps.note(tx, { accountId: account.id, result: 'not-linked', means: 'oidc' }),
      },
    )
    sessionNow(context)
    return {
      account,
      isFactor: countsAsFactor(company, person),
      commit(tx: Transaction): void {
        sameCompany(tx, company)
        if (linkIn(tx, account.id)?.subject !== person.subject) {
          throw new NocturneError('company-other-person')
        }
        passed(tx)
      },
    }
  }

  return {
    async 'access.companySignIn'({ language }, context) {
      deps.pending.end(context.clientId)
      const company = switchedOn()
      const wantsProfile = company.linkByEmail === 1
      const person = await ask(company, context, language, { fresh: false, wantsProfile })
      const found = accountOf(company, person, { lookup, accounts, reads: companies })
      const isDisabled = found !== null && found.account.disabledAt !== null
      const { value, passed } = await throttle.guard(
        'company',
        `${company.issuer}\n${company.claim}\n${person.subject}`,
        // SECURITY: nobody's and a disabled account's are one answer.
        () => Promise.resolve(isDisabled ? null : found),
        {
          code: 'company-unknown',
          about: found?.account.id ?? null,
          note: (tx) =>
            deps.note(tx, {
              accountId: found?.account.id ?? null,
              result: isDisabled ? 'disabled' : 'not-linked',
              means: 'oidc',
            }),
        },
      )
      const { account, isNew } = value
      const commit = (tx: Transaction): void => {
        sameCompany(tx, company)
        const now = accountIn(tx, account.id)
        const link = linkOfPerson(tx, { ...company, subject: person.subject })
        const isStill = isNew ? link === undefined : link?.accountId === account.id
        if (now === undefined || now.disabledAt !== null || !isStill) {
          throw new NocturneError('company-unknown')
        }
        if (isNew) writeLink(tx, linkTo(company, person, account.id, clock.now()), 'e-mail')
        passed(tx)
      }
      return deps.flow.proceed(
        context.clientId,
        account,
        'oidc',
        commit,
        countsAsFactor(company, person),
      )
    },

    'access.companyCancel': (_input, { clientId }) => {
      deps.company.cancel(clientId)
      return { apply: () => ({}) }
    },

    async 'access.companyUnlock'({ language }, context) {
      const { account, commit } = await proveOwn(context, language)
      return {
        apply(tx) {
          commit(tx)
          deps.note(tx, { accountId: account.id, result: 'unlocked', means: 'oidc' })
          return {}
        },
        after() {
          if (sessions.get(context.clientId)?.sessionId !== context.session?.sessionId) return
          sessions.setLocked(context.clientId, false)
        },
      }
    },

    async 'access.companyStepUp'({ language, code }, context) {
      const { account, isFactor, commit } = await proveOwn(context, language)
      const asksCode = deps.factors.of(account.id) !== undefined && !isFactor
      // SECURITY: as with the password: a session that was left open is worth no more than a sign-in.
      if (asksCode && code === null) throw new NocturneError('wrong-code')
      const second = asksCode && code !== null ? await deps.proofs.code(account.id, code) : null
      const until = clock.now() + stepUpMs
      return {
        apply(tx) {
          commit(tx)
          second?.commit(tx)
          deps.note(tx, {
            accountId: account.id,
            result: 'stepped-up',
            means: second?.means ?? 'oidc',
          })
          return { until }
        },
        after() {
          if (sessions.get(context.clientId)?.sessionId !== context.session?.sessionId) return
          sessions.change(context.clientId, { steppedUpUntil: until })
        },
      }
    },

    async 'access.companyLink'({ language }, context) {
      const account = ownAccount(context)
      const company = switchedOn()
      const person = await ask(company, context, language, { fresh: true, wantsProfile: false })
      return {
        apply(tx) {
          // SECURITY: a browser that was open for minutes is no way around a lock or a sign-out.
          if (sessionNow(context).locked) throw new NocturneError('session-locked')
          sameCompany(tx, company)
          const taken = linkOfPerson(tx, { ...company, subject: person.subject })
          if (taken !== undefined && taken.accountId !== account.id) {
            throw new NocturneError('company-taken')
          }
          if (isCompanyOnly(tx, account) && taken === undefined) {
            // Whom an administrator has bound to one person there does not choose another.
            throw new NocturneError('company-taken')
          }
          const kept = taken?.companyOnly ?? 0
          const link = linkTo(company, person, account.id, clock.now())
          writeLink(tx, { ...link, companyOnly: kept }, 'own')
          return {}
        },
        after: () => deps.emit('access.changed', {}),
      }
    },

    'access.companyUnlink': (_input, context) => {
      const { id } = ownAccount(context)
      return {
        apply(tx) {
          const account = accountIn(tx, id)
          if (account === undefined || linkIn(tx, id) === undefined) {
            throw new NocturneError('not-found', { what: 'company-link' })
          }
          // SECURITY: nobody throws the only key away, nor one that he is bound to.
          if (account.passwordHash === null || isCompanyOnly(tx, account)) {
            throw new NocturneError('company-needed')
          }
          dropLink(tx, id)
          return {}
        },
        after: () => deps.emit('access.changed', {}),
      }
    },
  }
}
