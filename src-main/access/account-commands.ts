import { NocturneError } from '../../src-shared/errors.ts'
import type { CallContext, CommandHandlers } from '../engine/handlers.ts'
import { actingNow, existingRole, refuseBeyond, refuseRuling, type Acting } from './acting.ts'
import { isCompanyOnly } from './company/company-tables.ts'
import { employeeIn } from './employee-tables.ts'
import { lookupOf, type Lookup } from './lookup.ts'
import { refreshSessions } from './new-session.ts'
import { makeOneTimeCode } from './one-time-codes.ts'
import type { PeopleDependencies } from './people.ts'
import { loginOf } from './rules.ts'
import {
  accountIn,
  insertAccount,
  isEmployeeTaken,
  isLoginTaken,
  updateAccount,
  type AccountRow,
} from './tables.ts'

type AccountCommand =
  | 'access.createAccount'
  | 'access.changeAccount'
  | 'access.disableAccount'
  | 'access.enableAccount'
  | 'access.endSessions'
  | 'access.resetPassword'

const manage = 'access.account.manage'

/** Errors: `invalid-input` where nothing of it can be seen. */
const visibleLogin = (typed: string): string => {
  const login = loginOf(typed)
  if (login === '') throw new NocturneError('invalid-input', { field: 'login', rule: 'empty' })
  return login
}

/** Accounts by those who may manage them. Each refusal is decided in the transaction. */
export const createAccountCommands = (
  deps: PeopleDependencies,
): CommandHandlers<AccountCommand> => {
  const { clock, sessions } = deps
  const committed = lookupOf(deps.reader)
  const acting = (context: CallContext): Acting => actingNow(sessions, context, manage)
  const changed = (): void => deps.emit('access.changed', {})

  /** Errors: `not-found`, `role-beyond-own`. */
  const ruled = (lookup: Lookup, by: Acting, accountId: string): AccountRow => {
    const account = accountIn(lookup, accountId)
    if (account === undefined) throw new NocturneError('not-found', { what: 'account' })
    refuseRuling(lookup, by, account)
    return account
  }

  const refuseOwn = (by: Acting, accountId: string): void => {
    if (by.accountId === accountId) throw new NocturneError('own-account')
  }

  const refuseOwner = (account: AccountRow): void => {
    if (account.role === 'owner') throw new NocturneError('last-owner')
  }

  const refuseEmployee = (lookup: Lookup, employeeId: string | null, but: string | null): void => {
    if (employeeId === null) return
    if (employeeIn(lookup, employeeId) === undefined) {
      throw new NocturneError('not-found', { what: 'employee' })
    }
    if (isEmployeeTaken(lookup, employeeId, but)) {
      throw new NocturneError('conflict', { what: 'employee' })
    }
  }

  /** A role that `by` may give. Errors: `not-found`, `last-owner`, `role-beyond-own`. */
  const refuseGiving = (lookup: Lookup, by: Acting, roleId: string): void => {
    const role = existingRole(lookup, roleId)
    refuseBeyond(by, role.permissions)
    // SECURITY: there is one owner; another becomes it only where this one ceases to be.
    if (role.id === 'owner') throw new NocturneError('last-owner')
  }

  const ofVersion = (account: AccountRow, baseVersion: number): AccountRow => {
    if (account.version !== baseVersion) {
      throw new NocturneError('conflict', { what: 'account', version: account.version })
    }
    return account
  }

  return {
    async 'access.createAccount'({ name, login: typed, roleId, employeeId }, context) {
      const id = deps.newId()
      const login = visibleLogin(typed)
      const refuse = (lookup: Lookup): void => {
        const by = acting(context)
        refuseGiving(lookup, by, roleId)
        if (isLoginTaken(lookup, login, null)) throw new NocturneError('login-taken')
        refuseEmployee(lookup, employeeId, null)
      }
      refuse(committed)
      const code = await makeOneTimeCode(deps, context, name)
      return {
        apply(tx) {
          refuse(tx)
          insertAccount(
            tx,
            {
              id,
              name,
              login,
              passwordHash: null,
              role: roleId,
              employeeId,
              codeHash: code.hash,
              codeUntil: code.until,
            },
            clock.now(),
          )
          return { accountId: id }
        },
        after: changed,
      }
    },

    'access.changeAccount': ({ accountId, baseVersion, ...next }, context) => ({
      apply(tx) {
        const by = acting(context)
        const account = ofVersion(ruled(tx, by, accountId), baseVersion)
        const roleId = next.roleId ?? account.role
        if (roleId !== account.role) {
          // SECURITY: nobody gives himself more, nor rids himself of what watches him.
          refuseOwn(by, accountId)
          refuseOwner(account)
          refuseGiving(tx, by, roleId)
        }
        const login = next.login === undefined ? account.login : visibleLogin(next.login)
        if (isLoginTaken(tx, login, accountId)) throw new NocturneError('login-taken')
        const employeeId = next.employeeId === undefined ? account.employeeId : next.employeeId
        refuseEmployee(tx, employeeId, accountId)
        const name = next.name ?? account.name
        updateAccount(
          tx,
          account,
          { name, login, role: roleId, employee_id: employeeId },
          { name, role: roleId },
          clock.now(),
        )
        return {}
      },
      after() {
        refreshSessions(deps, accountId)
        changed()
      },
    }),

    'access.disableAccount': ({ accountId, baseVersion }, context) => ({
      apply(tx) {
        const by = acting(context)
        refuseOwn(by, accountId)
        const account = accountIn(tx, accountId)
        if (account !== undefined) refuseOwner(account)
        ofVersion(ruled(tx, by, accountId), baseVersion)
        if (account === undefined || account.disabledAt !== null) {
          throw new NocturneError('conflict', { what: 'account' })
        }
        const at = clock.now()
        updateAccount(
          tx,
          account,
          { disabled_at: at, code_hash: null, code_until: null },
          { disabled: true },
          at,
        )
        return {}
      },
      after() {
        // SECURITY: what he has open ends at its next call.
        sessions.endOf(accountId)
        changed()
      },
    }),

    'access.enableAccount': ({ accountId, baseVersion }, context) => ({
      apply(tx) {
        const by = acting(context)
        const account = ofVersion(ruled(tx, by, accountId), baseVersion)
        if (account.disabledAt === null) throw new NocturneError('conflict', { what: 'account' })
        updateAccount(tx, account, { disabled_at: null }, { disabled: false }, clock.now())
        return {}
      },
      after: changed,
    }),

    'access.endSessions': ({ accountId }, context) => {
      const but = accountId === context.session?.accountId ? context.clientId : undefined
      return {
        apply(tx) {
          ruled(tx, acting(context), accountId)
          const open = [...sessions.all()].filter(
            ([clientId, session]) => session.accountId === accountId && clientId !== but,
          )
          return { ended: open.length }
        },
        after() {
          sessions.endOf(accountId, but)
          changed()
        },
      }
    },

    /**
     * The password that he has stays good until the code is used: a code that nobody asked for
     * must not lock anyone out (OWASP Forgot Password Cheat Sheet).
     */
    async 'access.resetPassword'({ accountId }, context) {
      const refuse = (lookup: Lookup): AccountRow => {
        const by = acting(context)
        refuseOwn(by, accountId)
        const account = ruled(lookup, by, accountId)
        // A code that would open nothing is not given.
        if (isCompanyOnly(lookup, account)) throw new NocturneError('company-needed')
        return account
      }
      const { name } = refuse(committed)
      const code = await makeOneTimeCode(deps, context, name)
      return {
        apply(tx) {
          updateAccount(
            tx,
            refuse(tx),
            { code_hash: code.hash, code_until: code.until },
            { code: 'given' },
            clock.now(),
          )
          return { until: code.until }
        },
        after: changed,
      }
    },
  }
}
