import { expect } from 'vitest'
import { isNocturneError } from '../../../src-shared/errors.ts'
import type { OnuConfig } from '../../../src-shared/domain/onu-config.ts'
import type { Input } from '../../../src-shared/contract/index.ts'
import { modelService, type ModelOlt } from '../../support/model-olt.ts'
import { at, createBed, oltWith, pon, taskId, type Bed } from '../../support/provisioning-bed.ts'

/** Changes that a test breaks in the middle, and what must be true of them afterwards. */

type Change = Input<'provisioning.makePlan'>['change']

const withGaps = oltWith(1, 0).abilities.steps.filter((kind) => kind !== 'set-serial')
export const newBed = (): Bed =>
  createBed([oltWith(1, 2, { steps: withGaps }), oltWith(2, 0, { steps: withGaps })])
export const oltA = oltWith(1, 0).id
const oltB = oltWith(2, 0).id

export const settings = {
  name: 'shop',
  lineProfile: '30',
  services: [modelService(120), modelService(130)],
}
export const scenarios: Readonly<Record<string, { change: Change; authorise?: true }>> = {
  configure: { change: { kind: 'configure', settings } },
  'move to another OLT': { change: { kind: 'move', to: { oltId: oltB, pon, onuId: null } } },
  'replace by deleting and adding': { change: { kind: 'replace', serial: 'TEST0000BEEF' } },
  authorise: {
    authorise: true,
    change: { kind: 'authorise', settings, speedId: null, onuId: null },
  },
}

export const snapshot = (bed: Bed): string =>
  JSON.stringify(
    bed.olts.map(({ onus }) =>
      [...onus]
        .toSorted(([one], [other]) => one - other)
        .map(([key, config]) => [key, known(config)]),
    ),
  )
/** Without the order in which services were made. */
const known = (config: OnuConfig) => ({
  ...config,
  services: config.services?.toSorted((one, other) => one.vlan - other.vlan),
})

export const draft = async (bed: Bed, { change, authorise }: (typeof scenarios)[string]) => {
  const { plan } = await bed.command('provisioning.makePlan', {
    targets: {
      list: [
        authorise === true
          ? { oltId: oltA, pon, serial: 'TEST0000ABCD' }
          : { oltId: oltA, address: at(1) },
      ],
    },
    change,
    taskId,
  })
  return plan.id
}
export const apply = async (bed: Bed, planId: string): Promise<void> => {
  const { plan } = await bed.query('provisioning.plan', { planId })
  await bed.command('provisioning.apply', { planId, version: plan.version })
}
export const planOf = async (bed: Bed, planId: string) =>
  (await bed.query('provisioning.plan', { planId })).plan
export const targetOf = async (bed: Bed, planId: string) =>
  (await bed.query('provisioning.planTargets', { planId })).targets[0]!
export const stepsOf = async (bed: Bed, planId: string) =>
  (await bed.query('provisioning.planSteps', { planId, target: 0 })).steps.filter(
    ({ kind }) => kind !== 'save',
  )

/** How it ends when nothing goes wrong. */
const goodEnds = new Map<string, string>()
export const goodEnd = async (name: string): Promise<string> => {
  const before = goodEnds.get(name)
  if (before !== undefined) return before
  const bed = newBed()
  const planId = await draft(bed, scenarios[name]!)
  await apply(bed, planId)
  await bed.run(planId)
  expect((await planOf(bed, planId)).state).toBe('done')
  goodEnds.set(name, snapshot(bed))
  return snapshot(bed)
}

export const takenOnce = (olts: readonly ModelOlt[]): void => {
  for (const { taken } of olts) {
    const all = taken.filter(({ kind }) => kind !== 'save').map((step) => JSON.stringify(step))
    expect(all.length - new Set(all).size, 'steps taken twice').toBe(0)
  }
}

/** The journal claims no more than is true: of what it calls done, all is on the OLT. */
export const tellsTheTruth = async (bed: Bed, planId: string, end: string): Promise<void> => {
  const target = await targetOf(bed, planId)
  const isThere = snapshot(bed) === end
  if (target.state === 'done') expect(isThere).toBe(true)
  const taken = bed.olts.flatMap((olt) => olt.taken.map(({ kind }) => kind))
  for (const step of await stepsOf(bed, planId)) {
    // One that was never sent counts as done where reading back shows that it is so already.
    if (step.state === 'done' && step.exchanges.length > 0) expect(taken).toContain(step.kind)
    expect(step.state).not.toBe('sending')
  }
}

export const finish = async (bed: Bed, planId: string): Promise<void> => {
  await bed.command('provisioning.readBack', { planId, taskId })
  const { state } = await planOf(bed, planId)
  if (state === 'done') return
  await bed.command('provisioning.continue', { planId })
  await bed.run(planId)
}

export const undoIt = async (bed: Bed, planId: string): Promise<void> => {
  let undoId: string
  try {
    undoId = (await bed.command('provisioning.makeUndo', { planId, taskId })).plan.id
  } catch (error) {
    if (isNocturneError(error) && ['plan-not-undoable', 'plan-nothing-to-do'].includes(error.code))
      return
    throw error
  }
  await apply(bed, undoId)
  await bed.run(undoId)
  const { state, stopReason } = await planOf(bed, undoId)
  expect([state, stopReason]).toEqual(['done', null])
}
