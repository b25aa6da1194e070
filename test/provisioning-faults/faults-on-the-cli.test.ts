import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  PlanRow,
  PlanTarget,
  OnuChange,
} from '../../src-shared/contract/provisioning-model.ts'
import type { Boundary } from '../../src-main/provisioning/ports.ts'
import type { PlantControl } from '../../src-main/simulator/control-schema.ts'
import { openChangeLab, type ChangeLab } from '../support/change-lab.ts'

/**
 * What goes wrong in the middle of a change, on real SSH sessions with a simulated OLT and an engine
 * that is killed: afterwards the journal says the truth, no step ran twice, and the plan can be
 * finished or undone. test/provisioning/faults.test.ts plays the same on an OLT in memory.
 */

const olt = 'KARANG-01'
const pon = { shelf: 0, slot: 1, port: 0 }
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

beforeAll(async () => {
  lab = await openChangeLab(scenario)
  oltId = lab.oltIds.get(olt)!
  fresh = truth().onus.map(({ onu }) => Number(onu.split(':')[1]))
}, 120_000)
afterAll(async () => {
  await lab?.stop()
})

const truth = () => lab.plant.truth(olt)
const onuTruth = (onuId: number) => truth().onus.find(({ onu }) => onu === `0/1/0:${onuId}`)
const control = (message: PlantControl): void => lab.plant.control(message)

const settingsOf = (onuId: number) => {
  const { description, services } = onuTruth(onuId)!.settings
  return {
    description,
    services: services
      .map(({ vlan, userVlan, gemPort }) => `${vlan}/${userVlan}/${gemPort}`)
      .toSorted(),
  }
}

const makePlan = async (targets: PlanTarget[], change: unknown): Promise<PlanRow> => {
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
const apply = async (plan: PlanRow): Promise<void> => {
  await lab
    .engine()
    .ask('provisioning.apply', { planId: plan.id, version: plan.version })
    .catch((error: unknown) => {
      if (!String(error).includes('engine-stopped')) throw error
    })
}

const planNow = async (planId: string) => {
  const engine = lab.engine()
  const [{ plan }, { targets }, { steps }] = await Promise.all([
    engine.ask('provisioning.plan', { planId }),
    engine.ask('provisioning.planTargets', { planId }),
    engine.ask('provisioning.planSteps', { planId, target: 0 }),
  ])
  return { plan, target: targets[0]!, steps }
}

/** Lines that change something, in the order they were typed since. */
const changing = (from: number): readonly string[] =>
  truth()
    .cli.typed.slice(from)
    .filter((line) => /^(ont |undo service-port|service-port )/.test(line))

const linesOf = (steps: Awaited<ReturnType<typeof planNow>>['steps'], states: readonly string[]) =>
  steps
    .filter(({ state, kind }) => states.includes(state) && kind !== 'save')
    .flatMap(({ rendered }) =>
      rendered.via === 'cli' ? rendered.lines.map(({ line }) => line) : [],
    )

interface Played {
  readonly plan: PlanRow
  readonly before: ReturnType<typeof settingsOf>
  readonly wanted: ReturnType<typeof settingsOf>
  readonly onuId: number
  readonly typedFrom: number
}

/** A plan of several steps on an ONU that no other case has touched. */
const prepare = async (): Promise<Played> => {
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
const expectTruth = async ({ plan, onuId, wanted, typedFrom }: Played): Promise<void> => {
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
const expectOnce = ({ typedFrom }: Played, again: readonly RegExp[] = []): void => {
  const counts = new Map<string, number>()
  for (const line of changing(typedFrom)) counts.set(line, (counts.get(line) ?? 0) + 1)
  const twice = [...counts].filter(
    ([line, count]) => count > 1 && !again.some((pattern) => pattern.test(line)),
  )
  expect(twice).toEqual([])
}

const finish = async (played: Played): Promise<void> => {
  const { plan } = await planNow(played.plan.id)
  if (plan.state !== 'done') {
    await lab.engine().ask('provisioning.continue', { planId: plan.id })
    await lab.planEnds(plan.id)
  }
  const now = await planNow(plan.id)
  expect([now.plan.state, now.target.state, now.target.problem]).toEqual(['done', 'done', null])
  expect(settingsOf(played.onuId)).toEqual(played.wanted)
}

const undo = async (played: Played): Promise<void> => {
  const { plan } = await lab.engine().ask('provisioning.makeUndo', {
    planId: played.plan.id,
    taskId: randomUUID(),
  })
  await apply(plan)
  const ended = await lab.planEnds(plan.id)
  expect([ended.state, ended.stopReason]).toEqual(['done', null])
  expect(settingsOf(played.onuId)).toEqual(played.before)
}

const points: readonly (readonly [Boundary, number])[] = [
  ['before-read', 1],
  ['after-read', 1],
  ['before-journal-sending', 1],
  ['after-journal-sending', 1],
  ['after-send', 1],
  ['after-journal-outcome', 1],
  ['before-journal-sending', 2],
  ['after-journal-sending', 2],
  ['after-send', 2],
  ['after-journal-outcome', 2],
  ['after-send', 3],
  ['before-read-back', 1],
  ['after-read-back', 1],
  ['after-journal-result', 1],
]

describe('the app is killed', () => {
  it.each(points)('at %s, the %i. time: the plan is finished by the next', async (point, nth) => {
    const played = await prepare()
    const { reached } = await lab.engine().watch(point, nth, 'die')
    await apply(played.plan)
    await reached
    await lab.reopen()
    await expectTruth(played)
    await finish(played)
    // A step that was sent while nobody wrote down its outcome is read back, not sent again.
    expectOnce(played)
  })

  it('in the middle, and the plan is undone by the next', async () => {
    const played = await prepare()
    const { reached } = await lab.engine().watch('after-send', 2, 'die')
    await apply(played.plan)
    await reached
    await lab.reopen()
    await expectTruth(played)
    await undo(played)
  })
})

type Fault = Extract<PlantControl, { kind: 'cli-fault' }>

const fault = (act: Fault['act'], matching: string, more: Partial<Fault> = {}): void =>
  control({ kind: 'cli-fault', olt, act, matching, ...more })

const add = '^service-port vlan'
const modify = '^ont modify'

describe('the OLT misbehaves', () => {
  /** What happens; at which line; lines that had no effect and may come again. */
  const faults: readonly (readonly [string, () => void, readonly RegExp[]])[] = [
    [
      'the session is dropped before a line took effect',
      () => fault({ kind: 'drop', when: 'before-effect' }, add),
      [/^service-port/],
    ],
    [
      'the session is dropped after a line took effect',
      () => fault({ kind: 'drop', when: 'after-effect' }, add),
      [],
    ],
    [
      'the session is dropped in the middle of the answer',
      () => fault({ kind: 'drop', when: 'mid-answer' }, add),
      [],
    ],
    [
      'the session is dropped before the first line took effect',
      () => fault({ kind: 'drop', when: 'before-effect' }, modify),
      [/^ont modify/],
    ],
    [
      'the session is dropped after the first line took effect',
      () => fault({ kind: 'drop', when: 'after-effect' }, modify),
      [],
    ],
    [
      'the session is dropped while it is read back',
      () => fault({ kind: 'drop', when: 'mid-answer' }, '^display ont info', { skip: 1 }),
      [],
    ],
    [
      'the pager stops in the middle of an answer',
      () => fault({ kind: 'pager', lines: 2 }, ''),
      [],
    ],
    ['the system is busy', () => fault({ kind: 'busy' }, add), [/^service-port/]],
    [
      'the system is busy twice',
      () => fault({ kind: 'busy' }, add, { times: 2 }),
      [/^service-port/],
    ],
    ['it is silent for a while', () => fault({ kind: 'pause', ms: 1500 }, add), []],
    ['a line comes before the answer', () => fault({ kind: 'noise', where: 'before' }, add), []],
    ['a line comes in the answer', () => fault({ kind: 'noise', where: 'middle' }, modify), []],
    [
      'a line comes after the prompt',
      () => fault({ kind: 'noise', where: 'after-prompt' }, add),
      [],
    ],
  ]

  it.each(faults)('%s', async (_, breakIt, again) => {
    const played = await prepare()
    breakIt()
    await apply(played.plan)
    await lab.planEnds(played.plan.id)
    await expectTruth(played)
    control({ kind: 'cli-calm', olt })
    await finish(played)
    expectOnce(played, again)
    await undo(played)
  })

  it('octets of no meaning: nothing is guessed', async () => {
    const played = await prepare()
    fault({ kind: 'garbage' }, add)
    await apply(played.plan)
    await lab.planEnds(played.plan.id)
    await expectTruth(played)
    control({ kind: 'cli-calm', olt })
    await finish(played)
    expectOnce(played)
  })

  it('the OLT starts anew in the middle and has lost what was not saved', async () => {
    const played = await prepare()
    fault({ kind: 'reboot' }, add)
    await apply(played.plan)
    await lab.planEnds(played.plan.id)
    await expectTruth(played)
    control({ kind: 'cli-calm', olt })
    await finish(played)
  })

  it('nobody is let in any more: nothing is queued, and it is said at once', async () => {
    const played = await prepare()
    control({ kind: 'cli-drop', olt })
    control({ kind: 'cli-refuse', olt, on: true })
    await apply(played.plan).catch(() => undefined)
    await lab.planEnds(played.plan.id)
    expect(changing(played.typedFrom)).toEqual([])
    control({ kind: 'cli-calm', olt })
    expect(settingsOf(played.onuId)).toEqual(played.before)
  })
})

describe('the OLT says no', () => {
  const waiting = () => truth().unconfigured[0]!.serial
  const authorise = (serial: string, lineProfile: string) =>
    makePlan([{ oltId, pon, serial }], {
      kind: 'authorise',
      settings: { lineProfile, serviceProfile: '101', description: `new ${serial}` },
    })

  it('to a profile that it does not have: nothing is left behind', async () => {
    const serial = waiting()
    const plan = await authorise(serial, '77')
    await apply(plan)
    await lab.planEnds(plan.id)
    const { target, steps } = await planNow(plan.id)
    expect([target.state, target.problem?.code]).toEqual(['failed', 'onu-profile-missing'])
    expect(steps[0]).toMatchObject({ kind: 'add-onu', state: 'refused' })
    expect(truth().onus.some((onu) => onu.serial === serial)).toBe(false)
  })

  it('to a serial that somebody else authorised since the preview', async () => {
    const serial = waiting()
    const plan = await authorise(serial, '12')
    const other = await authorise(serial, '12')
    await apply(other)
    expect((await lab.planEnds(other.id)).state).toBe('done')
    await apply(plan).catch(() => undefined)
    await lab.planEnds(plan.id)
    const { target, plan: now } = await planNow(plan.id)
    if (now.state !== 'draft') expect(target.state).toBe('failed')
    expect(truth().onus.filter((onu) => onu.serial === serial)).toHaveLength(1)
  })
})

describe('two at once', () => {
  it('somebody takes the ONU away between preview and apply: nothing is sent', async () => {
    const played = await prepare()
    control({ kind: 'remove-onus', olt, which: { onus: [`0/1/0:${played.onuId}`] } })
    await apply(played.plan)
    await lab.planEnds(played.plan.id)
    const { target } = await planNow(played.plan.id)
    expect([target.state, target.problem?.code]).toEqual(['failed', 'plan-differs-now'])
    expect(changing(played.typedFrom)).toEqual([])
  })

  it('somebody takes the ONU away between two steps: the journal says what happened', async () => {
    const played = await prepare()
    const { reached } = await lab.engine().watch('after-journal-outcome', 1, 'wait')
    await apply(played.plan)
    await reached
    control({ kind: 'remove-onus', olt, which: { onus: [`0/1/0:${played.onuId}`] } })
    lab.engine().goOn()
    await lab.planEnds(played.plan.id)
    const { target } = await planNow(played.plan.id)
    expect(target.state).toBe('failed')
    expect(onuTruth(played.onuId)).toBeUndefined()
  })

  it('one ONU is in one running plan only', async () => {
    const played = await prepare()
    const other = await makePlan([{ oltId, address: { ...pon, onuId: played.onuId } }], {
      kind: 'disable',
    })
    const { reached } = await lab.engine().watch('after-send', 1, 'wait')
    await apply(played.plan)
    await reached
    await expect(apply(other)).rejects.toMatchObject({ code: 'plan-overlaps' })
    lab.engine().goOn()
    await lab.planEnds(played.plan.id)
    await finish(played)
  })
})

describe('what must be confirmed', () => {
  it('was asked outside the page with the lines that were sent, and nothing else was', async () => {
    const asked = lab.engine().asked.length
    const played = await prepare()
    await apply(played.plan)
    await lab.planEnds(played.plan.id)
    const questions = lab.engine().asked.slice(asked)
    expect(questions).toHaveLength(1)
    for (const line of changing(played.typedFrom)) {
      expect(questions[0]!.lines.join('\n')).toContain(line)
    }
  })
})
