import { NocturneError } from '../../../src-shared/errors.ts'
import { calendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import type { OnIssued } from '../documents/document-desk.ts'
import { nextTurn } from '../next-turn.ts'
import { gone } from '../plans/plan-handlers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import type { ServiceLines } from '../service-state/service-state.ts'
import { createPrepaidDesk } from './prepaid-desk.ts'
import { prepaidCounts, prepaidRows, prepaidRowsOf } from './prepaid-list.ts'
import { prepaidSettings, putLowDays, putWorkedOn } from './prepaid-tables.ts'
import { createPrepaidWorker } from './prepaid-worker.ts'

export type PrepaidQuery = 'billing.prepaid' | 'billing.prepaidOf'
export type PrepaidCommand =
  | 'billing.runPrepaid'
  | 'billing.prepaidDayIsRight'
  | 'billing.savePrepaid'

/** Prepaid, put together. `moved` and `acted` are for those by whom money or a subscription moves. */
export const createPrepaid = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'write' | 'log' | 'subscribers'> & {
    readonly reads: Reads
    readonly today: Today
    readonly lines: ServiceLines
    /** Told of every document that is issued here. */
    readonly issued: OnIssued
    readonly changed: () => void
  },
) => {
  const { reads, today } = deps
  const desk = createPrepaidDesk(deps)
  const worker = createPrepaidWorker({ ...deps, desk, nextTurn })
  const at = () => ({ today: today(), lowDays: prepaidSettings(reads).lowDays })

  const queries: QueryHandlers<PrepaidQuery> = {
    'billing.prepaid': (input) => {
      const { version, lowDays } = prepaidSettings(reads)
      const now = at()
      return {
        today: now.today,
        version,
        lowDays,
        held: desk.held(reads),
        ...prepaidCounts(reads, now),
        ...prepaidRows(reads, { ...input, ...now }),
      }
    },
    'billing.prepaidOf': ({ subscriberId }) => {
      if (deps.subscribers.party(subscriberId) === null) throw gone('subscriber')
      const now = at()
      return { today: now.today, rows: prepaidRowsOf(reads, subscriberId, now) }
    },
  }

  const commands: CommandHandlers<PrepaidCommand> = {
    'billing.runPrepaid': async (_input, { signal }) => {
      const round = await worker.run(signal)
      return { apply: () => ({ ...round }), after: deps.changed }
    },
    'billing.prepaidDayIsRight': (input) => ({
      apply: (tx) => {
        const on = calendarDate(input.today)
        // What he saw was of another day: he looks again.
        if (on !== today()) throw new NocturneError('conflict', { what: 'billing-day' })
        putWorkedOn(tx, on)
        return {}
      },
      after: () => {
        deps.changed()
        worker.wake()
      },
    }),
    'billing.savePrepaid': ({ baseVersion, lowDays }) => ({
      apply: (tx) => {
        const { version } = prepaidSettings(tx)
        if (version !== baseVersion) {
          throw new NocturneError('conflict', { what: 'prepaid-settings', version })
        }
        putLowDays(tx, lowDays)
        tx.change({
          entity: 'prepaid-settings',
          entityId: '1',
          kind: 'updated',
          version: version + 1,
          data: { lowDays },
        })
        return {}
      },
      after: deps.changed,
    }),
  }

  return {
    queries,
    commands,
    rowsOf: (subscriberId: string) => prepaidRowsOf(reads, subscriberId, at()),
    moved: desk.moved,
    acted: desk.acted,
    lacks: desk.lacks,
    start: worker.start,
    wake: worker.wake,
    stop: worker.stop,
  }
}
