import { NocturneError } from '../../../src-shared/errors.ts'
import type { ImportPlan } from './plan.ts'

/** Imports that were looked at and wait to be carried out: in memory, once, for who looked. */
export interface StagedImports {
  readonly stage: (accountId: string | null, plan: ImportPlan) => string
  /** Errors: `not-found` when it was carried out, is too old, or another's. */
  readonly take: (accountId: string | null, importId: string) => ImportPlan
}

const keptMs = 30 * 60_000
const keptPerAccount = 3

export const createStagedImports = (deps: {
  readonly now: () => number
  readonly newId: () => string
}): StagedImports => {
  const staged = new Map<
    string,
    { readonly accountId: string | null; readonly plan: ImportPlan; readonly at: number }
  >()

  const dropOld = (): void => {
    const now = deps.now()
    for (const [id, { at }] of staged) if (now - at >= keptMs || now < at) staged.delete(id)
  }

  return {
    stage: (accountId, plan) => {
      dropOld()
      const own = [...staged].filter(([, one]) => one.accountId === accountId)
      for (const [id] of own.slice(0, Math.max(0, own.length + 1 - keptPerAccount))) {
        staged.delete(id)
      }
      const id = deps.newId()
      staged.set(id, { accountId, plan, at: deps.now() })
      return id
    },
    take: (accountId, importId) => {
      dropOld()
      const found = staged.get(importId)
      // SECURITY: what one account looked at, no other carries out.
      if (found === undefined || found.accountId !== accountId) {
        throw new NocturneError('not-found', { what: 'import' })
      }
      staged.delete(importId)
      return found.plan
    },
  }
}
