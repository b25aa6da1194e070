import type { OnIssued } from '../documents/document-desk.ts'
import { nextTurn } from '../next-turn.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import type { ServiceLines } from '../service-state/service-state.ts'
import { createDunningDesk } from './dunning-desk.ts'
import { createDunningHandlers } from './dunning-handlers.ts'
import { createDunningWorker } from './worker.ts'

/** Dunning, put together. `issued` and `moved` are for those by whom what is owed moves. */
export const createDunning = (
  deps: Pick<
    BillingDependencies,
    'clock' | 'confirm' | 'newId' | 'write' | 'log' | 'lines' | 'subscribers' | 'nameOfAccount'
  > & {
    readonly reads: Reads
    readonly today: Today
    readonly serviceLines: ServiceLines
    readonly changed: () => void
  },
) => {
  const issued: OnIssued = (tx, { kind, subscriberId, currency }) => {
    if (kind !== 'proforma') desk.moved(tx, subscriberId, currency)
  }
  const desk = createDunningDesk({ ...deps, lines: deps.serviceLines, issued })
  const worker = createDunningWorker({ ...deps, lines: deps.serviceLines, desk, nextTurn })
  return {
    ...createDunningHandlers({ ...deps, desk, worker, nextTurn }),
    issued,
    moved: desk.moved,
    start: worker.start,
    wake: worker.wake,
    stop: worker.stop,
  }
}
