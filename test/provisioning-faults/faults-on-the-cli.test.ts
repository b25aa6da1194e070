import { describe, expect, it } from 'vitest'
import type { PlantControl } from '../../src-main/simulator/control-schema.ts'
import {
  apply,
  changing,
  control,
  engine,
  expectOnce,
  expectTruth,
  finish,
  makePlan,
  olt,
  oltIdNow,
  onuTruth,
  planEnds,
  planNow,
  pon,
  prepare,
  settingsOf,
  truth,
  undo,
  useFaultBench,
} from './fault-bench.ts'

/**
 * What goes wrong in the middle of a change, on real SSH sessions with a simulated OLT: afterwards the
 * journal says the truth, no step ran twice, and the plan can be finished or undone.
 * test/provisioning/faults.test.ts plays more on an OLT in memory.
 */
useFaultBench()

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
    await planEnds(played.plan.id)
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
    await planEnds(played.plan.id)
    await expectTruth(played)
    control({ kind: 'cli-calm', olt })
    await finish(played)
    expectOnce(played)
  })

  it('the OLT starts anew in the middle and has lost what was not saved', async () => {
    const played = await prepare()
    fault({ kind: 'reboot' }, add)
    await apply(played.plan)
    await planEnds(played.plan.id)
    await expectTruth(played)
    control({ kind: 'cli-calm', olt })
    await finish(played)
  })

  it('nobody is let in any more: nothing is queued, and it is said at once', async () => {
    const played = await prepare()
    control({ kind: 'cli-drop', olt })
    control({ kind: 'cli-refuse', olt, on: true })
    await apply(played.plan).catch(() => undefined)
    await planEnds(played.plan.id)
    expect(changing(played.typedFrom)).toEqual([])
    control({ kind: 'cli-calm', olt })
    expect(settingsOf(played.onuId)).toEqual(played.before)
  })
})

describe('the OLT says no', () => {
  const waiting = () => truth().unconfigured[0]!.serial
  const authorise = (serial: string, lineProfile: string) =>
    makePlan([{ oltId: oltIdNow(), pon, serial }], {
      kind: 'authorise',
      settings: { lineProfile, serviceProfile: '101', description: `new ${serial}` },
    })

  it('to a profile that it does not have: nothing is left behind', async () => {
    const serial = waiting()
    const plan = await authorise(serial, '77')
    await apply(plan)
    await planEnds(plan.id)
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
    expect((await planEnds(other.id)).state).toBe('done')
    await apply(plan).catch(() => undefined)
    await planEnds(plan.id)
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
    await planEnds(played.plan.id)
    const { target } = await planNow(played.plan.id)
    expect([target.state, target.problem?.code]).toEqual(['failed', 'plan-differs-now'])
    expect(changing(played.typedFrom)).toEqual([])
  })

  it('somebody takes the ONU away between two steps: the journal says what happened', async () => {
    const played = await prepare()
    const { reached } = await engine().watch('after-journal-outcome', 1, 'wait')
    await apply(played.plan)
    await reached
    control({ kind: 'remove-onus', olt, which: { onus: [`0/1/0:${played.onuId}`] } })
    engine().goOn()
    await planEnds(played.plan.id)
    const { target } = await planNow(played.plan.id)
    expect(target.state).toBe('failed')
    expect(onuTruth(played.onuId)).toBeUndefined()
  })

  it('one ONU is in one running plan only', async () => {
    const played = await prepare()
    const other = await makePlan(
      [{ oltId: oltIdNow(), address: { ...pon, onuId: played.onuId } }],
      {
        kind: 'disable',
      },
    )
    const { reached } = await engine().watch('after-send', 1, 'wait')
    await apply(played.plan)
    await reached
    await expect(apply(other)).rejects.toMatchObject({ code: 'plan-overlaps' })
    engine().goOn()
    await planEnds(played.plan.id)
    await finish(played)
  })
})

describe('what must be confirmed', () => {
  it('was asked outside the page with the lines that were sent, and nothing else was', async () => {
    const asked = engine().asked.length
    const played = await prepare()
    await apply(played.plan)
    await planEnds(played.plan.id)
    const questions = engine().asked.slice(asked)
    expect(questions).toHaveLength(1)
    for (const line of changing(played.typedFrom)) {
      expect(questions[0]!.lines.join('\n')).toContain(line)
    }
  })
})
