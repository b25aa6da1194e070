import { NocturneError } from '../../src-shared/errors.ts'
import type { CommandHandlers } from '../engine/handlers.ts'
import { actingNow, refuseRuling } from './acting.ts'
import { deleteEmployee, employeeIn, writeEmployee } from './employee-tables.ts'
import type { PeopleDependencies } from './people.ts'
import { readPhoto } from './photo.ts'
import { accountOfEmployee, updateAccount } from './tables.ts'

const manage = 'access.account.manage'

/** Those who work here, whether they sign in or not. */
export const createEmployees = (
  deps: PeopleDependencies,
): CommandHandlers<'access.saveEmployee' | 'access.removeEmployee'> => ({
  'access.saveEmployee': ({ employeeId, baseVersion, employee, photo: chosen }) => {
    const photo = chosen === undefined || chosen === null ? chosen : readPhoto(chosen)
    const id = employeeId ?? deps.newId()
    return {
      apply(tx) {
        const before = employeeIn(tx, id)
        if (employeeId !== null && before === undefined) {
          throw new NocturneError('not-found', { what: 'employee' })
        }
        if (before !== undefined && before.version !== baseVersion) {
          throw new NocturneError('conflict', { what: 'employee', version: before.version })
        }
        const version = (before?.version ?? 0) + 1
        writeEmployee(tx, { ...employee, id, version }, photo, deps.clock.now())
        return { employeeId: id }
      },
      after: () => deps.emit('access.changed', {}),
    }
  },

  /** The record goes for good; what the account did stays in the audit under its own name. */
  'access.removeEmployee': ({ employeeId, baseVersion }, context) => {
    let disabled: string | null = null
    return {
      apply(tx) {
        const by = actingNow(deps.sessions, context, manage)
        const before = employeeIn(tx, employeeId)
        if (before === undefined) throw new NocturneError('not-found', { what: 'employee' })
        const account = accountOfEmployee(tx, employeeId)
        if (account?.id === by.accountId) throw new NocturneError('own-account')
        if (account?.role === 'owner') throw new NocturneError('last-owner')
        if (before.version !== baseVersion) {
          throw new NocturneError('conflict', { what: 'employee', version: before.version })
        }
        if (account !== undefined) {
          refuseRuling(tx, by, account)
          const at = deps.clock.now()
          updateAccount(
            tx,
            account,
            {
              employee_id: null,
              disabled_at: account.disabledAt ?? at,
              code_hash: null,
              code_until: null,
            },
            { disabled: true },
            at,
          )
          disabled = account.id
        }
        deleteEmployee(tx, employeeId, before.version)
        return {}
      },
      after() {
        if (disabled !== null) deps.sessions.endOf(disabled)
        deps.emit('access.changed', {})
      },
    }
  },
})
