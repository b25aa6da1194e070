import { z } from 'zod'
import { deviceStepKinds, risks } from '../domain/device-steps.ts'
import { instant, onuAddress, problem, uuid } from './common.ts'
import { ponAddress } from './history.ts'
import { configDifference, onuChange, onuSerial } from './provisioning-model.ts'

/** A plan of the provisioning capability: its targets, its steps, how it is run. */

/** One ONU that is there, or (authorise) one that waits on a PON port. */
export const planTarget = z.union([
  z.strictObject({ oltId: uuid, address: onuAddress }),
  z.strictObject({ oltId: uuid, pon: ponAddress, serial: onuSerial }),
])

export type PlanTarget = z.output<typeof planTarget>

/** How a plan over many ONUs is run. */
export const pace = z.strictObject({
  /** First so many, then wait and look, then go on; 0: none. */
  canary: z.int().min(0).max(1000).default(0),
  /** Seconds between the canary's end and the look at it. */
  canaryWaitS: z.int().min(0).max(3600).default(60),
  /** ONUs a minute at most, per OLT; null: as fast as the OLT answers. */
  perMinute: z.int().min(1).max(600).nullable().default(null),
  /** Stops by itself when more than this share of those done failed (at least three). 0..1. */
  stopAtFailedShare: z.number().min(0).max(1).default(0.1),
  /** Stops by itself when alarms of these ONUs or their PONs come up while it runs; null: not. */
  stopAtAlarms: z.int().min(1).max(1000).nullable().default(1),
})

export type Pace = z.output<typeof pace>

export const planStates = [
  /** Made, previewed, not applied. */
  'draft',
  /** Its time ran out, or what it was made from has changed: make it again. */
  'expired',
  'discarded',
  'running',
  /** The canary is done and waited for. */
  'canary-wait',
  'paused',
  /** Stopped by itself or by a person with targets left; can be gone on with or undone. */
  'stopped',
  /** The app was closed or died while it ran: what is open was read back or waits to be. */
  'interrupted',
  'done',
  /** Ended, and something failed. */
  'failed',
] as const

export const targetStates = [
  'waiting',
  'running',
  'done',
  /** Nothing to do: it is so already. */
  'unchanged',
  /** The OLT said no, or reading back shows something else. */
  'failed',
  /** The session was lost after a line was sent, and reading back was not possible yet. */
  'unknown',
  /** Never begun: the plan was stopped before. */
  'skipped',
] as const

export const stepStates = ['waiting', 'sending', 'done', 'refused', 'unknown', 'skipped'] as const

export const cliLine = z.object({ mode: z.string(), line: z.string() })
export const snmpSet = z.object({
  oid: z.string(),
  type: z.enum(['integer', 'octets', 'text']),
  value: z.string(),
  meaning: z.string(),
})

export const renderedStep = z.discriminatedUnion('via', [
  z.object({ via: z.literal('cli'), lines: z.array(cliLine), risk: z.enum(risks) }),
  z.object({ via: z.literal('snmp'), sets: z.array(snmpSet), risk: z.enum(risks) }),
])

export const exchange = z.object({ sent: z.string(), answer: z.string() })

export const planStep = z.object({
  seq: z.int(),
  oltId: uuid,
  kind: z.enum(deviceStepKinds),
  rendered: renderedStep,
  /** The family's words for it are not proved on a real OLT. */
  unproven: z.boolean(),
  state: z.enum(stepStates),
  problem: problem.nullable(),
  exchanges: z.array(exchange),
  startedAt: instant,
  endedAt: instant,
})

export type PlanStep = z.output<typeof planStep>

export const planTargetRow = z.object({
  seq: z.int(),
  oltId: uuid,
  oltName: z.string(),
  /** Where it is; of a move: where it was. */
  address: onuAddress,
  /** Where it will be; null: nowhere (delete). */
  addressAfter: onuAddress.nullable(),
  oltAfterId: uuid.nullable(),
  serial: z.string(),
  name: z.string().nullable(),
  state: z.enum(targetStates),
  problem: problem.nullable(),
  risk: z.enum(risks),
  differences: z.array(configDifference),
  /** Seconds without service, as far as is known; null: none. */
  serviceLossS: z.number().nullable(),
  /** A canary of the plan. */
  canary: z.boolean(),
  startedAt: instant,
  endedAt: instant,
  /** What was found when it was read back: where it differs from what was wanted. */
  readBack: z.array(configDifference).nullable(),
  readBackAt: instant,
})

export type PlanTargetRow = z.output<typeof planTargetRow>

export const planRow = z.object({
  id: uuid,
  version: z.int(),
  kind: z.string(),
  change: onuChange,
  /** This plan undoes that one. */
  undoes: uuid.nullable(),
  /** Undone by that one (its latest). */
  undoneBy: uuid.nullable(),
  state: z.enum(planStates),
  /** Why it stopped; null: it did not. */
  stopReason: problem.nullable(),
  risk: z.enum(risks),
  by: z.string().nullable(),
  /** A preset, the desired state or an import made it, not a person. */
  origin: z.enum(['person', 'preset', 'desired-state', 'mismatch', 'import']),
  reason: z.string(),
  pace,
  createdAt: z.number(),
  expiresAt: z.number(),
  startedAt: instant,
  endedAt: instant,
  counts: z.object({
    total: z.int(),
    done: z.int(),
    unchanged: z.int(),
    failed: z.int(),
    unknown: z.int(),
    waiting: z.int(),
    skipped: z.int(),
  }),
  olts: z.array(
    z.object({
      oltId: uuid,
      oltName: z.string(),
      /** ONUs of the plan on it, those whose turn is over, and those of them that failed. */
      total: z.int().optional(),
      ended: z.int().optional(),
      failed: z.int().optional(),
    }),
  ),
  /** What the person must confirm before it runs, and how (asked outside the page). */
  confirmation: z.enum(['none', 'confirm', 'type-name', 'type-count']),
  /** What stands against applying it now; empty: nothing. */
  obstacles: z.array(problem),
  /** Things worth knowing that do not stop it. */
  warnings: z.array(problem),
  /** ONUs that will not be touched: they are as wanted, or cannot be; with why. */
  leftOut: z.array(z.object({ oltId: uuid, text: z.string(), problem: problem.nullable() })),
})

export type PlanRow = z.output<typeof planRow>
