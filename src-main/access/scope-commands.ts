import { NocturneError } from '../../src-shared/errors.ts'
import type { CommandHandlers } from '../engine/handlers.ts'
import { actingNow, refuseRuling } from './acting.ts'
import { refreshSessions } from './new-session.ts'
import type { PeopleDependencies } from './people.ts'
import {
  accountsInRegion,
  deleteRegion,
  isOlt,
  isRegionNameTaken,
  regionIn,
  writeAccountRegions,
  writeRegion,
} from './scope-tables.ts'
import { accountIn, updateAccount } from './tables.ts'

const manage = 'access.account.manage'

/**
 * Regions and scopes. Only who reaches everything comes here (the contract's scope rule is
 * `everything`), so nobody gives further than he reaches himself.
 */
export const createScopeCommands = (
  deps: PeopleDependencies,
): CommandHandlers<'access.saveRegion' | 'access.removeRegion' | 'access.setScope'> => {
  const changed = (): void => {
    // SECURITY: what is reached no more is gone at the next call of everyone.
    refreshSessions(deps, null)
    deps.emit('access.changed', {})
  }
  return {
    'access.saveRegion': ({ regionId, baseVersion, name, oltIds }, context) => {
      const id = regionId ?? deps.newId()
      return {
        apply(tx) {
          actingNow(deps.sessions, context, manage)
          const before = regionId === null ? undefined : regionIn(tx, regionId)
          if (regionId !== null && before === undefined) {
            throw new NocturneError('not-found', { what: 'region' })
          }
          if (before !== undefined && before.version !== baseVersion) {
            throw new NocturneError('conflict', { what: 'region', version: before.version })
          }
          if (isRegionNameTaken(tx, name, id)) throw new NocturneError('region-name-taken')
          if (!oltIds.every((oltId) => isOlt(tx, oltId))) {
            throw new NocturneError('not-found', { what: 'olt' })
          }
          writeRegion(
            tx,
            { id, version: (before?.version ?? 0) + 1, name, oltIds },
            deps.clock.now(),
          )
          return { regionId: id }
        },
        after: changed,
      }
    },

    'access.removeRegion': ({ regionId, baseVersion }, context) => ({
      apply(tx) {
        actingNow(deps.sessions, context, manage)
        const region = regionIn(tx, regionId)
        if (region === undefined) throw new NocturneError('not-found', { what: 'region' })
        if (region.version !== baseVersion) {
          throw new NocturneError('conflict', { what: 'region', version: region.version })
        }
        const accounts = accountsInRegion(tx, regionId)
        if (accounts > 0) throw new NocturneError('region-in-use', { accounts })
        deleteRegion(tx, region)
        return {}
      },
      after: changed,
    }),

    'access.setScope': ({ accountId, baseVersion, scope }, context) => ({
      apply(tx) {
        const by = actingNow(deps.sessions, context, manage)
        // SECURITY: nobody widens his own reach, nor slips out of what watches him.
        if (by.accountId === accountId) throw new NocturneError('own-account')
        const account = accountIn(tx, accountId)
        if (account === undefined) throw new NocturneError('not-found', { what: 'account' })
        refuseRuling(tx, by, account)
        if (account.role === 'owner') throw new NocturneError('last-owner')
        if (account.version !== baseVersion) {
          throw new NocturneError('conflict', { what: 'account', version: account.version })
        }
        if (
          scope.kind === 'regions' &&
          !scope.regionIds.every((regionId) => regionIn(tx, regionId) !== undefined)
        ) {
          throw new NocturneError('not-found', { what: 'region' })
        }
        writeAccountRegions(tx, accountId, scope)
        updateAccount(
          tx,
          account,
          { scope: scope.kind },
          {
            scope: scope.kind,
            regions: scope.kind === 'regions' ? scope.regionIds.length : 0,
          },
          deps.clock.now(),
        )
        return {}
      },
      after: changed,
    }),
  }
}
