import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect } from 'vitest'
import type { OnuChange } from '../../src-shared/contract/provisioning-model.ts'
import type { PlanRow, PlanTarget } from '../../src-shared/contract/provisioning-plans.ts'
import type { PlantControl } from '../../src-main/simulator/control-schema.ts'
import { openChangeLab, type ChangeLab } from '../support/change-lab.ts'

/** What the cases of this folder share: one plant, one engine, a plan of several steps for each. */

export const olt = 'KARANG-01'
export const pon = { shelf: 0, slot: 1, port: 0 }
const scenario = {
  name: 'faults',
  seed: 11,
  community: 'lab-read',
  olts: [
    {
      name: olt,
      family: 'huawei-smartax',
      model: 'MA5608T',
      cli: { userName: 'noc', password: 'lab-noc-faults', bootS: 0, saveMs: 20 },
      population: { offlineShare: 0, disabledShare: 0, flappingShare: 0, dailyOutageShare: 0 },
      pons: [{ at: '0/1/0', onus: 60, split: 64 }],
      unconfigured: [{ pon: '0/1/0', count: 20 }],
    },
  ],
}

let lab: ChangeLab
let oltId = ''
/** Not touched yet. */
let fresh: number[] = []
let lastCase = 0

/** Registers set-up and tear-down in the test file that calls it. */
export const useFaultBench = (): void => {
  beforeAll(async () => {
    lab = await openChangeLab(scenario)
    oltId = lab.oltIds.get(olt)!
    fresh = truth().onus.map(({ onu }) => Number(onu.split(':')[1]))
  }, 120_000)
  afterAll(async () => {
    await lab?.stop()
  })
}

export const engine = () => lab.engine()
export const reopen = () => lab.reopen()
export const planEnds = (planId: string) => lab.planEnds(planId)
export const oltIdNow = (): string => oltId

export const truth = () => lab.plant.truth(olt)
export const onuTruth = (onuId: number) => truth().onus.find(({ onu }) => onu === `0/1/0:${onuId}`)
export const control = (message: PlantControl): void => lab.plant.control(message)

export const settingsOf = (onuId: number) => {
  const { description, services } = onuTruth(onuId)!.settings
  return {
    description,
    services: services
      .map(({ vlan, userVlan, gemPort }) => `${vlan}/${userVlan}/${gemPort}`)
      .toSorted(),
  }
}

export const makePlan = async (targets: PlanTarget[], change: unknown): Promise<PlanRow> => {
  const { plan } = await lab.engine().ask('provisioning.makePlan', {
    targets: { list: targets },
    change: change as OnuChange,
    taskId: randomUUID(),
  })
  expect(plan.obstacles).toEqual([])
  expect(plan.counts.total).toBe(1)
  return plan
}

/** Ends well or ill; an engine that dies meanwhile is no failure of the test. */
export const apply = async (plan: PlanRow): Promise<void> => {
  await lab
    .engine()
    .ask('provisioning.apply', { planId: plan.id, version: plan.version })
    .catch((error: unknown) => {
      if (!String(error).includes('engine-stopped')) throw error
    })
}

export const planNow = async (planId: string) => {
  const asked = lab.engine()
  const [{ plan }, { targets }, { steps }] = await Promise.all([
    asked.ask('provisioning.plan', { planId }),
    asked.ask('provisioning.planTargets', { planId }),
    asked.ask('provisioning.planSteps', { planId, target: 0 }),
  ])
  return { plan, target: targets[0]!, steps }
}

/** Lines that change something, in the order they were typed since. */
export const changing = (from: number): readonly string[] =>
  truth()
    .cli.typed.slice(from)
    .filter((line) => /^(ont |undo service-port|service-port )/.test(line))

const linesOf = (steps: Awaited<ReturnType<typeof planNow>>['steps'], states: readonly string[]) =>
  steps
    .filter(({ state, kind }) => states.includes(state) && kind !== 'save')
    .flatMap(({ rendered }) =>
      rendered.via === 'cli' ? rendered.lines.map(({ line }) => line) : [],
    )

export interface Played {
  readonly plan: PlanRow
  readonly before: ReturnType<typeof settingsOf>
  readonly wanted: ReturnType<typeof settingsOf>
  readonly onuId: number
  readonly typedFrom: number
}

/** A plan of several steps on an ONU that no other case has touched. */
export const prepare = async (): Promise<Played> => {
  const onuId = fresh.shift()!
  const before = settingsOf(onuId)
  const description = `case_${++lastCase}`
  const plan = await makePlan([{ oltId, address: { ...pon, onuId } }], {
    kind: 'configure',
    settings: {
      description,
      services: [{ vlan: 110, userVlan: 300 + lastCase, gemPort: 1 }],
    },
  })
  return {
    plan,
    before,
    wanted: { description, services: [`110/${300 + lastCase}/1`] },
    onuId,
    typedFrom: truth().cli.typed.length,
  }
}

/** The journal against what the OLT took and holds. */
export const expectTruth = async ({ plan, onuId, wanted, typedFrom }: Played): Promise<void> => {
  const now = await planNow(plan.id)
  expect(now.plan.state).not.toBe('running')
  const typed = changing(typedFrom)
  const sent = linesOf(now.steps, ['done', 'refused', 'unknown'])
  for (const line of linesOf(now.steps, ['done'])) expect(typed).toContain(line)
  // A step that was planned anew after reading back stands a second time, with its own outcome.
  for (const line of linesOf(now.steps, ['waiting', 'skipped'])) {
    if (!sent.includes(line)) expect(typed).not.toContain(line)
  }
  expect(now.steps.filter(({ state }) => state === 'sending')).toEqual([])
  const isWanted = JSON.stringify(settingsOf(onuId)) === JSON.stringify(wanted)
  if (now.target.state === 'done') expect(settingsOf(onuId)).toEqual(wanted)
  if (now.target.state === 'failed') expect(isWanted).toBe(false)
}

/** Every changing line once; `again`: those that the fault kept from having any effect. */
export const expectOnce = ({ typedFrom }: Played, again: readonly RegExp[] = []): void => {
  const counts = new Map<string, number>()
  for (const line of changing(typedFrom)) counts.set(line, (counts.get(line) ?? 0) + 1)
  const twice = [...counts].filter(
    ([line, count]) => count > 1 && !again.some((pattern) => pattern.test(line)),
  )
  expect(twice).toEqual([])
}

export const finish = async (played: Played): Promise<void> => {
  const { plan } = await planNow(played.plan.id)
  if (plan.state !== 'done') {
    await lab.engine().ask('provisioning.continue', { planId: plan.id })
    await lab.planEnds(plan.id)
  }
  const now = await planNow(plan.id)
  expect([now.plan.state, now.target.state, now.target.problem]).toEqual(['done', 'done', null])
  expect(settingsOf(played.onuId)).toEqual(played.wanted)
}

export const undo = async (played: Played): Promise<void> => {
  const { plan } = await lab.engine().ask('provisioning.makeUndo', {
    planId: played.plan.id,
    taskId: randomUUID(),
  })
  await apply(plan)
  const ended = await lab.planEnds(plan.id)
  expect([ended.state, ended.stopReason]).toEqual(['done', null])
  expect(settingsOf(played.onuId)).toEqual(played.before)
}
