import { z } from 'zod'
import { deviceStepKinds } from '../domain/device-steps.ts'
import { onuConfigParts } from '../domain/onu-config.ts'
import { done, instant, line, nothing, onuAddress, problem, taskId, uuid } from './common.ts'
import { command, event, query } from './define.ts'
import { ponAddress } from './history.ts'
import {
  adoptionGroup,
  catalogueEntry,
  configDifference,
  desiredStates,
  mismatch,
  mismatchKinds,
  onuChange,
  onuConfig,
  onuSerial,
  onuSettings,
  pace,
  planRow,
  planStep,
  planStates,
  planTarget,
  planTargetRow,
  preset,
  presetInput,
  savedOnu,
  serviceState,
  speedProfile,
  targetStates,
  waitingOnu,
  whatIfRow,
} from './provisioning-model.ts'
import { onuFilter } from './network-model.ts'

/**
 * Changing ONUs: a plan before it is an act. Makes plans, shows them, runs them step by step, reads
 * back, keeps the journal, takes back.
 */

const read = 'provisioning.plan.read'
const make = 'provisioning.plan.make'
const apply = 'provisioning.plan.apply'
/** Plans of more than one ONU. */
const batch = 'provisioning.batch.apply'
const managePresets = 'provisioning.preset.manage'
const manageCatalogue = 'provisioning.catalogue.manage'
const setDesired = 'provisioning.service.set'
const reconcile = 'provisioning.record.manage'

const page = { offset: z.int().min(0).default(0), limit: z.int().min(1).max(500).default(100) }

/** ONUs by hand, or all that a filter of the ONU table shows now. */
const targets = z.union([
  z.strictObject({ list: z.array(planTarget).min(1).max(20_000) }),
  z.strictObject({ filter: onuFilter }),
])

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
    input: z.strictObject({
      ...page,
      states: z.array(z.enum(planStates)).default([]),
      oltId: uuid.nullable().default(null),
    }),
    output: z.object({ total: z.int(), plans: z.array(planRow) }),
  }),
  'provisioning.plan': query({
    access: read,
    input: z.strictObject({ planId: uuid }),
    output: z.object({ plan: planRow }),
  }),
  'provisioning.planTargets': query({
    access: read,
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
    input: nothing,
    output: z.object({ presets: z.array(preset) }),
  }),
  'provisioning.saved': query({
    access: read,
    input: nothing,
    output: z.object({ onus: z.array(savedOnu) }),
  }),
  'provisioning.catalogue': query({
    access: read,
    input: z.strictObject({ oltId: uuid }),
    output: z.object({ readAt: instant, lists: catalogueLists }),
  }),
  'provisioning.speeds': query({
    access: read,
    input: nothing,
    output: z.object({ speeds: z.array(speedProfile) }),
  }),
  'provisioning.services': query({
    access: read,
    input: z.strictObject({ ...page, disagreeing: z.boolean().default(false) }),
    output: z.object({ total: z.int(), services: z.array(serviceState) }),
  }),
  'provisioning.mismatches': query({
    access: read,
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
    input: z.strictObject({ oltId: uuid }),
    output: z.object({ at: instant, unrecorded: z.int(), groups: z.array(adoptionGroup) }),
  }),
  /** Nothing is changed and no OLT is asked. */
  'provisioning.whatIf': query({
    access: read,
    input: z.strictObject({
      oltId: uuid,
      addresses: z.array(onuAddress).min(1).max(1024),
      to: z.strictObject({ oltId: uuid, pon: ponAddress }),
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

export const provisioningCommands = {
  /** Reads the ONUs as they are now and says what would be sent. Nothing is changed. */
  'provisioning.makePlan': command({
    access: make,
    input: z.strictObject({
      targets,
      change: onuChange,
      pace: pace.prefault({}),
      reason: z.string().trim().max(500).default(''),
      /** `pppoe`: password of the WAN; `wifi1`…: keys. Sealed, never shown. */
      passwords: z.record(z.string().max(16), z.string().min(1).max(128)).default({}),
      taskId,
    }),
    secrets: ['passwords'],
    output: z.object({ plan: planRow }),
  }),
  /** The plan that takes an applied one back; of some of its targets, or of all that were done. */
  'provisioning.makeUndo': command({
    access: make,
    input: z.strictObject({
      planId: uuid,
      targets: z.array(z.int().min(0)).max(20_000).nullable().default(null),
      taskId,
    }),
    output: z.object({ plan: planRow }),
  }),
  /**
   * Runs it. What is disruptive is confirmed outside the page first (`confirmation-refused`). Errors:
   * `plan-expired`, `plan-not-applicable` {state}, the obstacles of the plan.
   */
  'provisioning.apply': command({
    access: apply,
    input: z.strictObject({ planId: uuid, version: z.int() }),
    output: z.object({ plan: planRow }),
  }),
  'provisioning.pause': command({
    access: apply,
    input: z.strictObject({ planId: uuid }),
    output: done,
  }),
  /** Goes on after a pause, a stop, the canary or an interruption: only with what was not done. */
  'provisioning.continue': command({
    access: apply,
    input: z.strictObject({ planId: uuid }),
    output: done,
  }),
  /** After the step that runs. */
  'provisioning.stop': command({
    access: apply,
    input: z.strictObject({ planId: uuid }),
    output: done,
  }),
  'provisioning.discard': command({
    access: make,
    input: z.strictObject({ planId: uuid }),
    output: done,
  }),
  /** Reads back targets whose outcome is not known. */
  'provisioning.readBack': command({
    access: apply,
    input: z.strictObject({ planId: uuid, taskId }),
    output: z.object({ plan: planRow }),
  }),
  /** Asks an OLT over its CLI what waits on it, now. */
  'provisioning.lookForWaiting': command({
    access: read,
    input: z.strictObject({ oltId: uuid, taskId }),
    output: z.object({ found: z.int() }),
  }),
  'provisioning.savePreset': command({
    access: managePresets,
    input: z.strictObject({
      presetId: uuid.nullable(),
      baseVersion: z.int(),
      preset: presetInput,
    }),
    output: z.object({ presetId: uuid }),
  }),
  'provisioning.removePreset': command({
    access: managePresets,
    input: z.strictObject({ presetId: uuid }),
    output: done,
  }),
  'provisioning.orderPresets': command({
    access: managePresets,
    input: z.strictObject({ presetIds: z.array(uuid).max(500) }),
    output: done,
  }),
  /** The task that authorises what presets marked `auto` fit. */
  'provisioning.setAuto': command({
    access: managePresets,
    input: z.strictObject({ on: z.boolean() }),
    output: done,
  }),
  /** An ONU that will be plugged in later. */
  'provisioning.saveOnu': command({
    access: make,
    input: z.strictObject({
      savedId: uuid.nullable(),
      serial: onuSerial,
      settings: onuSettings,
      speedId: uuid.nullable().default(null),
      oltId: uuid.nullable().default(null),
      pon: ponAddress.nullable().default(null),
      auto: z.boolean().default(false),
      note: z.string().trim().max(500).default(''),
    }),
    output: z.object({ savedId: uuid }),
  }),
  'provisioning.removeSaved': command({
    access: make,
    input: z.strictObject({ savedId: uuid }),
    output: done,
  }),
  /** Reads profiles, VLANs, traffic tables and ONU types from the OLT. */
  'provisioning.readCatalogue': command({
    access: manageCatalogue,
    input: z.strictObject({ oltId: uuid, taskId }),
    output: z.object({ entries: z.int() }),
  }),
  'provisioning.saveSpeed': command({
    access: manageCatalogue,
    input: z.strictObject({
      speedId: uuid.nullable(),
      baseVersion: z.int(),
      name: line(80),
      downKbps: z.int().min(1).max(100_000_000),
      upKbps: z.int().min(1).max(100_000_000),
      onOlts: speedProfile.shape.onOlts.max(512),
    }),
    output: z.object({ speedId: uuid }),
  }),
  'provisioning.removeSpeed': command({
    access: manageCatalogue,
    input: z.strictObject({ speedId: uuid }),
    output: done,
  }),
  /**
   * What a service shall be. Writes the wish and nothing else; a worker brings the OLT to it when it
   * can be reached. Billing will call this.
   */
  'provisioning.setDesired': command({
    access: setDesired,
    input: z.strictObject({
      services: z
        .array(z.strictObject({ oltId: uuid, address: onuAddress, serial: onuSerial }))
        .min(1)
        .max(5000),
      state: z.enum(desiredStates),
      reason: z.string().trim().max(500).default(''),
    }),
    output: z.object({ changed: z.int() }),
  }),
  /** The worker lets go of these: nothing is wanted of them any more. */
  'provisioning.dropDesired': command({
    access: setDesired,
    input: z.strictObject({
      services: z
        .array(z.strictObject({ oltId: uuid, address: onuAddress }))
        .min(1)
        .max(5000),
    }),
    output: done,
  }),
  /** Reads every ONU of these OLTs and compares. Progress by `taskId`. */
  'provisioning.scan': command({
    access: reconcile,
    input: z.strictObject({ oltIds: z.array(uuid).min(1).max(512), taskId }),
    output: z.object({ mismatches: z.int(), unrecorded: z.int() }),
  }),
  /** The console's record becomes what the OLT has. (The other way: `makePlan` with `resync`.) */
  'provisioning.acceptActual': command({
    access: reconcile,
    input: z.strictObject({ mismatchIds: z.array(uuid).min(1).max(20_000) }),
    output: z.object({ accepted: z.int() }),
  }),
  /** Takes ONUs into the console's records as they were read; presets for the groups that are named. */
  'provisioning.adopt': command({
    access: reconcile,
    input: z.strictObject({
      oltId: uuid,
      groups: z
        .array(z.strictObject({ groupId: z.string().max(80), presetName: line(80).nullable() }))
        .min(1)
        .max(500),
    }),
    output: z.object({ adopted: z.int(), presets: z.int() }),
  }),
}

/** Asked in the handler of `apply` when a plan has more than one target. */
export const provisioningExtraPermissions = [batch] as const

export const provisioningEvents = {
  /** A plan moved: its row, and the target that moved last. At most four a second. */
  'provisioning.planChanged': event({
    access: read,
    delivery: 'latest',
    payload: z.object({ plan: planRow, target: planTargetRow.nullable() }),
  }),
  /** Lists are worth asking for again. */
  'provisioning.changed': event({
    access: read,
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
