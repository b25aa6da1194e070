import type { WaitingOnu } from '../../src-shared/contract/provisioning-model.ts'
import type { PlanRow } from '../../src-shared/contract/provisioning-plans.ts'

export const uuid = (number: number): string =>
  `01930000-0000-7000-9d00-${number.toString(16).padStart(12, '0')}`

export const samplePlan = (part: Partial<PlanRow> = {}): PlanRow => ({
  id: uuid(1),
  version: 1,
  kind: 'suspend',
  change: { kind: 'suspend' },
  undoes: null,
  undoneBy: null,
  state: 'draft',
  stopReason: null,
  risk: 'disruptive',
  by: 'Sari',
  origin: 'person',
  reason: '',
  pace: { canary: 0, canaryWaitS: 60, perMinute: null, stopAtFailedShare: 0.1, stopAtAlarms: 1 },
  createdAt: 0,
  expiresAt: 600_000,
  startedAt: null,
  endedAt: null,
  counts: { total: 1, done: 0, unchanged: 0, failed: 0, unknown: 0, waiting: 1, skipped: 0 },
  olts: [],
  confirmation: 'confirm',
  obstacles: [],
  warnings: [],
  leftOut: [],
  ...part,
})

export const sampleWaiting = (part: Partial<WaitingOnu> = {}): WaitingOnu => ({
  oltId: uuid(100),
  oltName: 'Utara',
  pon: { shelf: 0, slot: 1, port: 3 },
  serial: 'HWTC0BADF00D',
  model: 'HG8310M',
  firmware: null,
  firstSeenAt: 1000,
  seenAt: 2000,
  preset: null,
  savedId: null,
  elsewhere: [],
  planId: null,
  obstacle: null,
  ...part,
})
