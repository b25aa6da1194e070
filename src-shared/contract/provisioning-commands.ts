import { z } from 'zod'

import { done, line, onuAddress, taskId, uuid } from './common.ts'
import { command } from './define.ts'
import { ponAddress } from './history.ts'
import { provisioningAccess } from './provisioning-access.ts'
import {
  desiredStates,
  onuChange,
  onuSerial,
  onuSettings,
  presetInput,
  speedProfile,
} from './provisioning-model.ts'
import { pace, planRow, planTarget } from './provisioning-plans.ts'
import { onuFilter } from './network-model.ts'
import {
  ofMismatches,
  ofOlt,
  ofOlts,
  ofPlan,
  ofPlanTargets,
  ofSaved,
  ofSavedOnu,
  ofServices,
} from './scope-rules.ts'

/** What changes something: plans and what runs them, presets, speeds, wishes, records. */

const { read, make, apply, managePresets, manageCatalogue, setDesired, reconcile } =
  provisioningAccess

/** ONUs by hand, or all that a filter of the ONU table shows now. */
const targets = z.union([
  z.strictObject({ list: z.array(planTarget).min(1).max(20_000) }),
  z.strictObject({ filter: onuFilter }),
])

export const provisioningCommands = {
  /** Reads the ONUs as they are now and says what would be sent. Nothing is changed. */
  'provisioning.makePlan': command({
    access: make,
    scope: ofPlanTargets,
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
    scope: ofPlan,
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
    scope: ofPlan,
    input: z.strictObject({ planId: uuid, version: z.int() }),
    output: z.object({ plan: planRow }),
  }),
  'provisioning.pause': command({
    access: apply,
    scope: ofPlan,
    input: z.strictObject({ planId: uuid }),
    output: done,
  }),
  /** Goes on after a pause, a stop, the canary or an interruption: only with what was not done. */
  'provisioning.continue': command({
    access: apply,
    scope: ofPlan,
    input: z.strictObject({ planId: uuid }),
    output: done,
  }),
  /** After the step that runs. */
  'provisioning.stop': command({
    access: apply,
    scope: ofPlan,
    input: z.strictObject({ planId: uuid }),
    output: done,
  }),
  'provisioning.discard': command({
    access: make,
    scope: ofPlan,
    input: z.strictObject({ planId: uuid }),
    output: done,
  }),
  /** Reads back targets whose outcome is not known. */
  'provisioning.readBack': command({
    access: apply,
    scope: ofPlan,
    input: z.strictObject({ planId: uuid, taskId }),
    output: z.object({ plan: planRow }),
  }),
  /** Asks an OLT over its CLI what waits on it, now. */
  'provisioning.lookForWaiting': command({
    access: read,
    scope: ofOlt,
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
    scope: ofSavedOnu,
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
    scope: ofSaved,
    input: z.strictObject({ savedId: uuid }),
    output: done,
  }),
  /** Reads profiles, VLANs, traffic tables and ONU types from the OLT. */
  'provisioning.readCatalogue': command({
    access: manageCatalogue,
    scope: ofOlt,
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
    scope: ofServices,
    input: z.strictObject({
      services: z
        .array(z.strictObject({ oltId: uuid, address: onuAddress, serial: onuSerial }))
        .min(1)
        .max(5000),
      state: z.enum(desiredStates),
      reason: z.string().trim().max(500).default(''),
      /** Off as billing wants it: billing brings it back. Where billing does not, it is his own wish. */
      forBilling: z.boolean().default(false),
    }),
    output: z.object({ changed: z.int() }),
  }),
  /** The worker lets go of these: nothing is wanted of them any more. */
  'provisioning.dropDesired': command({
    access: setDesired,
    scope: ofServices,
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
    scope: ofOlts,
    input: z.strictObject({ oltIds: z.array(uuid).min(1).max(512), taskId }),
    output: z.object({ mismatches: z.int(), unrecorded: z.int() }),
  }),
  /** The console's record becomes what the OLT has. (The other way: `makePlan` with `resync`.) */
  'provisioning.acceptActual': command({
    access: reconcile,
    scope: ofMismatches,
    input: z.strictObject({ mismatchIds: z.array(uuid).min(1).max(20_000) }),
    output: z.object({ accepted: z.int() }),
  }),
  /** Takes ONUs into the console's records as they were read; presets for the groups that are named. */
  'provisioning.adopt': command({
    access: reconcile,
    scope: ofOlt,
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
