import type { ServiceState } from '../../src-shared/contract/provisioning-model.ts'
import type { ApprovalKind } from '../engine/approval-ports.ts'
import type { CommandHandlers, QueryHandlers } from '../engine/handlers.ts'
import type { LinePort, SpeedLookup } from '../engine/capability-ports.ts'
import type { Belongs } from '../engine/reach.ts'
import { createAutoAuthorise } from './presets/auto-authorise.ts'
import { createCatalogueReads } from './presets/catalogue-tables.ts'
import {
  createPresetHandlers,
  type PresetCommand,
  type PresetQuery,
} from './presets/preset-handlers.ts'
import { createPresetReads } from './presets/preset-tables.ts'
import { createSpeedLookup } from './presets/speed-lookup.ts'
import { createWaitingList } from './presets/waiting-list.ts'
import { createPlanApproval } from './plans/plan-approval.ts'
import { createExpiry } from './plans/expiry.ts'
import { belongingOfPlan } from './plans/plan-belongs.ts'
import { createPlanCommands, type PlanCommand } from './plans/plan-commands.ts'
import { createPlanMaker, type DraftPlan } from './plans/plan-maker.ts'
import { createPlanQueries, type PlanQueryName } from './plans/plan-queries.ts'
import { createPlanRows } from './plans/plan-rows.ts'
import { createPlanReads, type PlanRecord } from './plans/tables.ts'
import type { ProvisioningDependencies } from './ports.ts'
import {
  createRecordHandlers,
  type RecordCommand,
  type RecordQuery,
} from './records/record-handlers.ts'
import { createRecordReads } from './records/record-tables.ts'
import { createScanReads } from './records/scan-tables.ts'
import { createScanner } from './records/scan.ts'
import { createConfigReadings } from './run/config-readings.ts'
import { createJournal } from './run/journal.ts'
import { createPlanEvents } from './run/plan-events.ts'
import { startPlan } from './run/run-plan.ts'
import { createTargetRunner, type TargetEnd } from './run/run-target.ts'
import { createRuns } from './run/runs.ts'
import { createSaveOlt } from './run/save-olt.ts'
import { createReconciler } from './services/reconcile.ts'
import { createLinePort } from './services/line-port.ts'
import { createServiceHandlers, serviceRow } from './services/service-handlers.ts'
import { createServiceReads } from './services/service-tables.ts'
import { whatIf } from './what-if/what-if.ts'

type ProvisioningQuery =
  | PlanQueryName
  | PresetQuery
  | RecordQuery
  | 'provisioning.services'
  | 'provisioning.whatIf'
type ProvisioningCommand =
  | PlanCommand
  | PresetCommand
  | RecordCommand
  | 'provisioning.setDesired'
  | 'provisioning.dropDesired'

/** The provisioning capability: a change is seen before it is sent, checked after, and taken back. */
export interface Provisioning {
  readonly queries: QueryHandlers<ProvisioningQuery>
  readonly commands: CommandHandlers<ProvisioningCommand>
  /** On which OLTs each lies, and who made a plan. */
  readonly belongs: Readonly<
    Record<'plan' | 'mismatch' | 'saved-onu', (id: string) => Belongs | null>
  >
  /** Wanted, seen, since of one service, by packed address; null: nothing was ever wished. */
  readonly wantedOf: (oltId: string, address: number) => ServiceState | null
  /** Plans, as things that a second person may have to approve. */
  readonly approvalKind: ApprovalKind
  /** What the console's speeds are on the OLTs. */
  readonly speeds: SpeedLookup
  /** By which billing says what follows from a subscription for its line. */
  readonly lines: LinePort
  /** Puts right what a dead process left; the workers begin. Once. */
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
  const presets = createPresetReads(deps.reader)
  const services = createServiceReads(deps.reader)
  const scans = createScanReads(deps.reader)
  const journal = createJournal(deps.write)
  const heldUntil = (planId: string) => deps.approvals.heldUntil('provisioning.plan', planId)
  const expiry = createExpiry({
    clock,
    reads,
    write: deps.write,
    heldUntil,
    moved: (planId) => events.moved(planId, null),
  })
  const rows = createPlanRows({ reads, configs, heldUntil, isExpired: expiry.isExpired })
  const events = createPlanEvents({ clock, emit: deps.emit, reads, rows })
  const approval = createPlanApproval({
    ...deps,
    gate: deps.approvals,
    reads,
    isExpired: expiry.isExpired,
    moved: (planId) => events.moved(planId, null),
  })
  const plans = createPlanMaker({
    ...deps,
    records,
    catalogues,
  })
  const runTarget = createTargetRunner({ ...deps, reads, journal })
  const saveOlt = createSaveOlt({ ...deps, reads, journal })
  const readings = createConfigReadings({ ...deps, moved: events.moved })

  /** What an ended target means for the lists beside the plans. */
  const ended = (plan: PlanRecord, seq: number, end: TargetEnd): void => {
    const target = end === 'done' ? reads.target(plan.id, seq) : null
    if (target === null) return
    if (target.before === null && target.after !== null) {
      waiting.authorised(target.oltAfterId, target.serialAfter)
      events.changed('waiting')
    }
    reconciler.seen(target.oltAfterId, target.addressAfter, target.read?.config ?? null)
  }

  const runs = createRuns({
    ...deps,
    reads,
    moved: events.moved,
    startPlan: (plan, secrets) =>
      startPlan(
        { ...deps, reads, runTarget, saveOlt, readings, moved: events.moved, ended },
        plan,
        secrets,
      ),
  })

  /** A plan that the engine itself made: applied at once, run to its end. */
  const carryOut = async (draft: DraftPlan): Promise<boolean> => {
    const { id: planId, kind, origin } = draft.plan
    expiry.made(draft.plan)
    deps.write('provisioning.carryOut', { planId, kind, origin }, (tx) => {
      draft.put(tx)
      runs.begin(tx, planId)
    })
    events.changed('plans')
    runs.start(planId)
    await runs.ended(planId)
    return reads.plan(planId)?.state === 'done'
  }

  const waiting = createWaitingList({ ...deps, presets, planFor: reads.authorising })
  const auto = createAutoAuthorise({ ...deps, presets, waiting, plans, events, carryOut })
  const reconciler = createReconciler({ ...deps, reads: services, plans, events, carryOut })
  const scanner = createScanner({ ...deps, records, events })
  const presetHandlers = createPresetHandlers({
    ...deps,
    presets,
    catalogues,
    waiting,
    auto,
    events,
  })
  const recordHandlers = createRecordHandlers({
    ...deps,
    records,
    scans,
    scanner,
    presets,
    services,
    reconciler,
    events,
  })
  const serviceHandlers = createServiceHandlers({ ...deps, reads: services, reconciler, events })
  const lines = createLinePort({ ...deps, reconciler, events })

  const belongs: Provisioning['belongs'] = {
    plan: (id) => {
      const plan = reads.plan(id)
      return plan === null ? null : belongingOfPlan(plan)
    },
    mismatch: (id) => {
      const [found] = scans.byIds([id])
      return found === undefined ? null : { oltIds: [found.oltId] }
    },
    'saved-onu': (id) => {
      const found = presets.saved().find((one) => one.id === id)
      return found === undefined ? null : { oltIds: found.oltId === null ? [] : [found.oltId] }
    },
  }

  return {
    belongs,
    queries: {
      ...createPlanQueries({ reads, records, rows, configs, facts }),
      ...presetHandlers.queries,
      ...recordHandlers.queries,
      ...serviceHandlers.queries,
      'provisioning.whatIf': ({ oltId, addresses, to }) =>
        whatIf({ facts, configs, records, catalogues }, oltId, addresses, to),
    },
    commands: {
      ...createPlanCommands({
        ...deps,
        reads,
        rows,
        plans,
        runs,
        journal,
        events,
        expiry,
        approval,
      }),
      ...presetHandlers.commands,
      ...recordHandlers.commands,
      ...serviceHandlers.commands,
    },
    wantedOf: (oltId, address) => {
      const service = services.service(oltId, address)
      return service === null ? null : serviceRow(service, facts)
    },
    approvalKind: approval.kind,
    speeds: createSpeedLookup({ catalogues, records }),
    lines,
    start: () => {
      runs.recover()
      expiry.wipeOld()
      auto.start()
      reconciler.start()
    },
    stop: async () => {
      auto.stop()
      reconciler.stop()
      await runs.stopAll()
      readings.stop()
      expiry.stop()
      events.stop()
    },
  }
}
