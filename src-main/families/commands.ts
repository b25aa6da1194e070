import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { CommandHandlers } from '../engine/handlers.ts'
import type { FamilySet } from './family-set.ts'
import { dropTrust, putTrust } from './tables.ts'

export type FamiliesCommand = 'families.reload' | 'families.trust' | 'families.withdrawTrust'

export const createFamiliesCommands = (deps: {
  readonly set: FamilySet
  readonly clock: Clock
  /** Trust was given or taken. */
  readonly onTrust: () => void
}): CommandHandlers<FamiliesCommand> => {
  const { set, clock, onTrust } = deps
  return {
    'families.reload': () => ({ apply: () => ({}), after: () => set.reload() }),

    'families.trust': ({ id, contentHash, typedName }, { session }) => {
      if (session === null) throw new NocturneError('not-signed-in')
      // What lies on the disk now, not what lay there when the screen was drawn.
      set.reload()
      const found = set.ownFamily(id)
      if (found === undefined) throw new NocturneError('not-found', { what: 'family' })
      // SECURITY: the name is typed by a person who read it, letter by letter.
      if (typedName !== id) throw new NocturneError('conflict', { what: 'family-name' })
      // SECURITY: what was read on the screen is what is trusted, not what took its place.
      if (found.contentHash !== contentHash) throw new NocturneError('conflict', { what: 'family' })
      return {
        apply: (tx) => {
          const { accountId } = session
          putTrust(tx, { family: id, contentHash, trustedAt: clock.now(), trustedBy: accountId })
          return {}
        },
        after: onTrust,
      }
    },

    'families.withdrawTrust': ({ id }) => ({
      apply: (tx) => {
        if (!dropTrust(tx, id)) throw new NocturneError('not-found', { what: 'family' })
        return {}
      },
      after: onTrust,
    }),
  }
}
