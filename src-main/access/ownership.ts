import { NocturneError } from '../../src-shared/errors.ts'
import type { CommandHandlers } from '../engine/handlers.ts'
import { actingNow } from './acting.ts'
import { dropCompanyOnly } from './company/company-tables.ts'
import { refreshSessions } from './new-session.ts'
import type { PeopleDependencies } from './people.ts'
import { dropKit } from './recovery-kit-table.ts'
import { writeAccountRegions } from './scope-tables.ts'
import { accountIn, updateAccount } from './tables.ts'

/**
 * The owner's rights go to another in one transaction: before it and after it there is exactly one
 * (the store's index allows no second). The old one's recovery kit opens nothing any more.
 */
export const createOwnership = (
  deps: PeopleDependencies,
): CommandHandlers<'access.transferOwnership'> => ({
  'access.transferOwnership': ({ accountId }, context) => ({
    apply(tx) {
      const by = actingNow(deps.sessions, context, 'access.owner.transfer')
      if (by.accountId === accountId) throw new NocturneError('own-account')
      const owner = accountIn(tx, by.accountId)
      const next = accountIn(tx, accountId)
      if (owner?.role !== 'owner') throw new NocturneError('permission-denied')
      if (next === undefined || next.disabledAt !== null) {
        throw new NocturneError('not-found', { what: 'account' })
      }
      // An owner who cannot sign in would be none.
      if (next.passwordHash === null) throw new NocturneError('account-unused')
      const at = deps.clock.now()
      updateAccount(tx, owner, { role: 'administrator' }, { role: 'administrator' }, at)
      // A code that an administrator was given for this account is none for the owner's.
      updateAccount(
        tx,
        next,
        { role: 'owner', scope: 'all', code_hash: null, code_until: null },
        { role: 'owner' },
        at,
      )
      writeAccountRegions(tx, accountId, { kind: 'all' })
      dropCompanyOnly(tx, next.id)
      dropKit(tx)
      return {}
    },
    after() {
      refreshSessions(deps, null)
      deps.emit('access.changed', {})
    },
  }),
})
