import { NocturneError } from '../../../src-shared/errors.ts'
import {
  planById,
  soldOn,
  versionById,
  versionsOf,
  type PlanRecord,
  type Reads,
  type VersionRecord,
} from '../plans/plan-tables.ts'
import type { PricedVersion } from './facts.ts'

export type PlanVersionOfBook = VersionRecord & PricedVersion

/** Plan versions by id, each read once. */
export interface PlanBook {
  /** @throws NocturneError `not-found`. */
  version(id: string): PlanVersionOfBook
  /** @throws NocturneError `not-found`. */
  plan(id: string): PlanRecord
  /** The version of a plan that is sold on a day; null: none is valid yet. */
  soldOn(planId: string, on: string): Pick<VersionRecord, 'id'> | null
}

/** What is paid before has no debt: nothing is charged afterwards, nor for days without service. */
const prepaidTerms = { mode: 'advance', billWhileSuspended: false } as const

export const createPlanBook = (reads: Reads): PlanBook => {
  const versions = new Map<string, VersionRecord & PricedVersion>()
  const plans = new Map<string, PlanRecord>()
  const plan = (id: string): PlanRecord => {
    const known = plans.get(id) ?? planById(reads, id)
    if (known === null) throw new NocturneError('not-found', { what: 'plan' })
    plans.set(id, known)
    return known
  }
  return {
    plan,
    soldOn: (planId, on) => soldOn(versionsOf(reads, planId), on),
    version: (id) => {
      const known = versions.get(id)
      if (known !== undefined) return known
      const read = versionById(reads, id)
      if (read === null) throw new NocturneError('not-found', { what: 'plan-version' })
      const { name, payment } = plan(read.planId)
      const made = { ...read, planName: name, ...(payment === 'prepaid' ? prepaidTerms : {}) }
      versions.set(id, made)
      return made
    },
  }
}
