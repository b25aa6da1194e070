import type { CommandHandlers, QueryHandlers } from '../engine/handlers.ts'
import { createCatalogueReads } from './presets/catalogue-tables.ts'
import { createExpiry } from './plans/expiry.ts'
import { createPlanCommands, type PlanCommand } from './plans/plan-commands.ts'
import { createPlanMaker } from './plans/plan-maker.ts'
import { createPlanQueries, type PlanQueryName } from './plans/plan-queries.ts'
import { createPlanRows } from './plans/plan-rows.ts'
import { createPlanReads } from './plans/tables.ts'
import type { ProvisioningDependencies } from './ports.ts'
import { createRecordReads } from './records/record-tables.ts'
import { createJournal } from './run/journal.ts'
import { createPlanEvents } from './run/plan-events.ts'
import { startPlan } from './run/run-plan.ts'
import { createTargetRunner } from './run/run-target.ts'
import { createRuns } from './run/runs.ts'
import { createSaveOlt } from './run/save-olt.ts'

/** The provisioning capability: a change is seen before it is sent, checked after, and taken back. */
export interface Provisioning {
  readonly queries: QueryHandlers<PlanQueryName>
  readonly commands: CommandHandlers<PlanCommand>
  /** Puts right what a dead process left. Once, before anything is asked. Sends nothing. */
  start(): void
  /** After the step that runs; what is open then is interrupted. */
  stop(): Promise<void>
}

export type { ProvisioningDependencies }

export const createProvisioning = (deps: ProvisioningDependencies): Provisioning => {
  const { clock, configs, facts } = deps
  const reads = createPlanReads(deps.reader)
  const records = createRecordReads(deps.reader)
  const catalogues = createCatalogueReads(deps.reader)
  const journal = createJournal(deps.write)
  const expiry = createExpiry({
    clock,
    reads,
    write: deps.write,
    moved: (planId) => events.moved(planId, null),
  })
  const rows = createPlanRows({ reads, configs, isExpired: expiry.isExpired })
  const events = createPlanEvents({ clock, emit: deps.emit, reads, rows })
  const plans = createPlanMaker({
    ...deps,
    records,
    catalogues,
    configInBackup: deps.configInBackup,
  })
  const runTarget = createTargetRunner({ ...deps, reads, journal })
  const saveOlt = createSaveOlt({ ...deps, reads, journal })
  const runs = createRuns({
    ...deps,
    reads,
    moved: events.moved,
    startPlan: (plan, secrets) =>
      startPlan({ ...deps, reads, runTarget, saveOlt, moved: events.moved }, plan, secrets),
  })

  return {
    queries: {
      ...createPlanQueries({ reads, records, rows, configs, facts }),
    },
    commands: {
      ...createPlanCommands({ ...deps, reads, rows, plans, runs, journal, events, expiry }),
    },
    start: () => {
      runs.recover()
    },
    stop: async () => {
      await runs.stopAll()
      expiry.stop()
      events.stop()
    },
  }
}
