import { z } from 'zod'
import { isValidOnuAddress } from '../domain/onu-address.ts'
import { deviceStepKinds } from '../domain/device-steps.ts'
import { onuConfigParts } from '../domain/onu-config.ts'
import { instant, nothing, onuAddress, problem, taskId, uuid } from './common.ts'
import { event, query } from './define.ts'
import { ponAddress } from './history.ts'
import { provisioningAccess } from './provisioning-access.ts'
import {
  adoptionGroup,
  catalogueEntry,
  configDifference,
  mismatch,
  mismatchKinds,
  onuConfig,
  preset,
  savedOnu,
  serviceState,
  speedProfile,
  waitingOnu,
  whatIfRow,
} from './provisioning-model.ts'
import { planRow, planStep, planStates, planTargetRow, targetStates } from './provisioning-plans.ts'
import { ofOlt, ofOnu, ofPlan, ofPlanRow, ofWhatIf } from './scope-rules.ts'

/**
 * Changing ONUs: a plan before it is an act. Makes plans, shows them, runs them step by step, reads
 * back, keeps the journal, takes back.
 */

const { read, batch } = provisioningAccess

const page = { offset: z.int().min(0).default(0), limit: z.int().min(1).max(500).default(100) }

const catalogueLists = z.object({
  'line-profiles': z.array(catalogueEntry).optional(),
  'service-profiles': z.array(catalogueEntry).optional(),
  vlans: z.array(catalogueEntry).optional(),
  'traffic-tables': z.array(catalogueEntry).optional(),
  'onu-types': z.array(catalogueEntry).optional(),
})

export const provisioningQueries = {
  /** What can be done on an OLT: by its family, and whether it lets us in. */
  'provisioning.abilities': query({
    access: read,
    scope: ofOlt,
    input: z.strictObject({ oltId: uuid }),
    output: z.object({
      obstacle: problem.nullable(),
      /** Null: the family has no CLI profile. */
      abilities: z
        .object({
          familyId: z.string(),
          steps: z.array(z.enum(deviceStepKinds)),
          unprovenSteps: z.array(z.enum(deviceStepKinds)),
          reads: z.array(z.enum(onuConfigParts)),
          needs: z.array(z.enum(['onuType', 'lineProfile', 'serviceProfile'])),
          onuIds: z.object({ first: z.int(), last: z.int() }),
          limits: z.object({ name: z.int(), description: z.int() }),
          readsConfiguration: z.boolean(),
        })
        .nullable(),
    }),
  }),
  'provisioning.waiting': query({
    access: read,
    scope: 'narrowed',
    input: nothing,
    output: z.object({
      onus: z.array(waitingOnu),
      auto: z.object({
        on: z.boolean(),
        running: z.int(),
        doneToday: z.int(),
        failedToday: z.int(),
      }),
    }),
  }),
  /** Reads one ONU's configuration from its OLT now (a few seconds), beside what the console holds. */
  'provisioning.onu': query({
    access: read,
    scope: ofOnu,
    input: z.strictObject({ oltId: uuid, address: onuAddress, fresh: z.boolean(), taskId }),
    output: z.object({
      /** Null: the console holds none. */
      record: onuConfig.nullable(),
      recordAt: instant,
      /** Null: not read (`fresh` false and never read), or there is no such ONU. */
      actual: onuConfig.nullable(),
      actualAt: instant,
      differences: z.array(configDifference),
      service: serviceState.nullable(),
      problem: problem.nullable(),
    }),
  }),
  /** The latest first. `open`: those that are running, paused, stopped, interrupted or drafts of mine. */
  'provisioning.plans': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({
      ...page,
      states: z.array(z.enum(planStates)).default([]),
      oltId: uuid.nullable().default(null),
    }),
    output: z.object({ total: z.int(), plans: z.array(planRow) }),
  }),
  'provisioning.plan': query({
    access: read,
    scope: ofPlan,
    input: z.strictObject({ planId: uuid }),
    output: z.object({ plan: planRow }),
  }),
  'provisioning.planTargets': query({
    access: read,
    scope: ofPlan,
    input: z.strictObject({
      planId: uuid,
      ...page,
      states: z.array(z.enum(targetStates)).default([]),
    }),
    output: z.object({ total: z.int(), targets: z.array(planTargetRow) }),
  }),
  /** Steps of one target with the exact lines, and those that would take it back. */
  'provisioning.planSteps': query({
    access: read,
    scope: ofPlan,
    input: z.strictObject({ planId: uuid, target: z.int().min(0) }),
    output: z.object({
      steps: z.array(planStep),
      inverse: z.array(planStep),
      /** Why it cannot be taken back, or not wholly; null: it can. */
      inverseProblem: problem.nullable(),
      /** What will be read back and must fit. */
      checks: z.array(configDifference),
    }),
  }),
  /** All that was done to an ONU by the console, the latest first; follows it by serial when it moves. */
  'provisioning.journal': query({
    access: read,
    scope: ofOnu,
    input: z.strictObject({ oltId: uuid, address: onuAddress, ...page }),
    output: z.object({
      total: z.int(),
      entries: z.array(
        z.object({
          plan: planRow,
          target: planTargetRow,
          /** It can be undone now, as far as is known without asking the OLT; else why not. */
          undoable: z.boolean(),
          undoProblem: problem.nullable(),
        }),
      ),
    }),
  }),
  'provisioning.presets': query({
    access: read,
    scope: 'narrowed',
    input: nothing,
    output: z.object({ presets: z.array(preset) }),
  }),
  'provisioning.saved': query({
    access: read,
    scope: 'narrowed',
    input: nothing,
    output: z.object({ onus: z.array(savedOnu) }),
  }),
  'provisioning.catalogue': query({
    access: read,
    scope: ofOlt,
    input: z.strictObject({ oltId: uuid }),
    output: z.object({ readAt: instant, lists: catalogueLists }),
  }),
  'provisioning.speeds': query({
    access: read,
    scope: 'narrowed',
    input: nothing,
    output: z.object({ speeds: z.array(speedProfile) }),
  }),
  'provisioning.services': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({ ...page, disagreeing: z.boolean().default(false) }),
    output: z.object({ total: z.int(), services: z.array(serviceState) }),
  }),
  'provisioning.mismatches': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({
      ...page,
      oltId: uuid.nullable().default(null),
      kinds: z.array(z.enum(mismatchKinds)).default([]),
    }),
    output: z.object({
      total: z.int(),
      mismatches: z.array(mismatch),
      /** Per OLT: when it was scanned last, how many ONUs were compared. */
      scans: z.array(
        z.object({
          oltId: uuid,
          oltName: z.string(),
          at: instant,
          compared: z.int(),
          mismatches: z.int(),
          /** ONUs on it that the console holds no record of. */
          unrecorded: z.int(),
          problem: problem.nullable(),
          running: z.boolean(),
        }),
      ),
    }),
  }),
  /** What a scan found that nobody adopted yet, gathered by settings. */
  'provisioning.adoption': query({
    access: read,
    scope: ofOlt,
    input: z.strictObject({ oltId: uuid }),
    output: z.object({ at: instant, unrecorded: z.int(), groups: z.array(adoptionGroup) }),
  }),
  /** Nothing is changed and no OLT is asked. */
  'provisioning.whatIf': query({
    access: read,
    scope: ofWhatIf,
    input: z.strictObject({
      oltId: uuid,
      addresses: z.array(onuAddress).min(1).max(1024),
      to: z.strictObject({
        oltId: uuid,
        pon: ponAddress.refine(
          (pon) => isValidOnuAddress({ ...pon, onuId: 0 }),
          'address out of range',
        ),
      }),
    }),
    output: z.object({
      rows: z.array(whatIfRow),
      fits: z.boolean(),
      free: z.int(),
      /** Longest of them. */
      serviceLossS: z.number(),
      problems: z.array(problem),
    }),
  }),
}

/** Asked in the handler of `apply` when a plan has more than one target. */
export const provisioningExtraPermissions = [batch] as const

export const provisioningEvents = {
  /** A plan moved: its row, and the target that moved last. At most four a second. */
  'provisioning.planChanged': event({
    access: read,
    scope: ofPlanRow,
    delivery: 'latest',
    payload: z.object({ plan: planRow, target: planTargetRow.nullable() }),
  }),
  /** Lists are worth asking for again. */
  'provisioning.changed': event({
    access: read,
    scope: 'nothing',
    delivery: 'latest',
    payload: z.object({
      what: z.enum([
        'plans',
        'waiting',
        'presets',
        'saved',
        'catalogue',
        'speeds',
        'services',
        'mismatches',
        'auto',
      ]),
    }),
  }),
}
