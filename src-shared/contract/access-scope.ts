import { z } from 'zod'
import { done, instant, line, nothing, uuid } from './common.ts'
import { command, query } from './define.ts'

/** Regions, and how far each account reaches (domain/scope.ts). */

const read = 'access.account.read'
const manage = 'access.account.manage'

export const scope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('regions'), regionIds: z.array(uuid).min(1).max(100) }),
  z.strictObject({ kind: z.literal('own') }),
])

export const region = z.object({
  id: uuid,
  version: z.int(),
  name: z.string(),
  oltIds: z.array(uuid),
  /** That reach it by their scope. */
  accounts: z.int(),
  changedAt: instant,
})

export type Region = z.output<typeof region>

export const accessScopeQueries = {
  'access.regions': query({
    access: read,
    input: nothing,
    output: z.object({ regions: z.array(region) }),
  }),
}

export const accessScopeCommands = {
  /** `regionId` null: a new one. Errors: `conflict`, `not-found`, `region-name-taken`. */
  'access.saveRegion': command({
    access: manage,
    stepUp: true,
    input: z.strictObject({
      regionId: uuid.nullable(),
      baseVersion: z.int(),
      name: line(60),
      oltIds: z.array(uuid).max(512),
    }),
    output: z.object({ regionId: uuid }),
  }),
  /** Errors: `region-in-use` {accounts}, `conflict`, `not-found`. */
  'access.removeRegion': command({
    access: manage,
    stepUp: true,
    input: z.strictObject({ regionId: uuid, baseVersion: z.int() }),
    output: done,
  }),
  /**
   * Takes effect at the next call of every session of the account. Errors: `own-account` (nobody
   * changes his own), `last-owner` (the owner reaches everything), `role-beyond-own`, `conflict`,
   * `not-found`.
   */
  'access.setScope': command({
    access: manage,
    stepUp: true,
    input: z.strictObject({ accountId: uuid, baseVersion: z.int(), scope }),
    output: done,
  }),
}
