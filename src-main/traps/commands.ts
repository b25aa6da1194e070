import type { TrapSettings } from '../../src-shared/contract/traps.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CommandHandlers } from '../engine/handlers.ts'
import type { ReceiverKeeper } from './keep-receiver.ts'
import { putTrapSettings } from './tables.ts'

export const createTrapsCommands = (deps: {
  readonly now: () => number
  readonly state: ReceiverKeeper['state']
  /** Listens as these settings say from now on. */
  readonly take: (settings: TrapSettings) => Promise<void>
}): CommandHandlers<'traps.configure'> => ({
  'traps.configure': (settings) => ({
    apply: (tx) => {
      putTrapSettings(tx, settings, deps.now())
      tx.change({
        entity: 'setting',
        entityId: 'traps',
        kind: 'updated',
        version: 1,
        data: settings,
      })
      return {}
    },
    after: async () => {
      await deps.take(settings)
      const { problem } = deps.state()
      // What was set stays, and is tried again: a port that is taken now may be free in a minute.
      if (problem !== null) throw new NocturneError(problem.code, problem.params)
    },
  }),
})
