import type { Preferences } from '../../src-shared/contract/preferences.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { CallContext, CommandHandlers, Emit, QueryHandlers } from '../engine/handlers.ts'
import { putPreferences, type PreferenceReads } from './tables.ts'

export const createPreferences = (deps: {
  readonly reads: PreferenceReads
  readonly clock: Clock
  readonly emit: Emit
}): {
  readonly queries: QueryHandlers<'preferences.get'>
  readonly commands: CommandHandlers<'preferences.set'>
} => {
  const accountOf = (context: CallContext): string => {
    if (context.session === null) throw new NocturneError('not-signed-in')
    return context.session.accountId
  }
  return {
    queries: { 'preferences.get': (_input, context) => deps.reads.of(accountOf(context)) },
    commands: {
      'preferences.set': (input, context) => {
        const accountId = accountOf(context)
        const before = deps.reads.of(accountId)
        const named = Object.fromEntries(
          Object.entries(input).filter(([, value]) => value !== undefined),
        )
        const next: Preferences = {
          ...before,
          ...named,
          tables: { ...before.tables, ...input.tables },
        }
        return {
          apply: (tx) => {
            putPreferences(tx, accountId, next, deps.clock.now())
            return {}
          },
          after: () => deps.emit('preferences.changed', next, { to: context.clientId }),
        }
      },
    },
  }
}
