import { describe, expect, test } from 'vitest'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import type { OnuConfig } from '../../src-shared/domain/onu-config.ts'
import type { Input } from '../../src-shared/contract/index.ts'
import { modelConfig, modelService, type ModelOlt } from '../support/model-olt.ts'
import {
  at,
  createBed,
  oltWith,
  pon,
  serialOf,
  taskId,
  type Bed,
} from '../support/provisioning-bed.ts'
import { isNocturneError } from '../../src-shared/errors.ts'
import { settle } from '../support/settle.ts'

/**
 * Faults in the middle of a plan. Whatever happens: afterwards the journal says what is true of the
 * OLT, no step was taken twice, and the plan can be finished or undone.
 */

type Change = Input<'provisioning.makePlan'>['change']

const withGaps = oltWith(1, 0).abilities.steps.filter((kind) => kind !== 'set-serial')
const newBed = (): Bed =>
  createBed([oltWith(1, 2, { steps: withGaps }), oltWith(2, 0, { steps: withGaps })])
const oltA = oltWith(1, 0).id
const oltB = oltWith(2, 0).id

const settings = {
  name: 'shop',
  lineProfile: '30',
  services: [modelService(120), modelService(130)],
}
const scenarios: Readonly<Record<string, { change: Change; authorise?: true }>> = {
  configure: { change: { kind: 'configure', settings } },
  'move to another OLT': { change: { kind: 'move', to: { oltId: oltB, pon, onuId: null } } },
  'replace by deleting and adding': { change: { kind: 'replace', serial: 'TEST0000BEEF' } },
  authorise: {
    authorise: true,
    change: { kind: 'authorise', settings, speedId: null, onuId: null },
  },
}

const snapshot = (bed: Bed): string =>
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

const draft = async (bed: Bed, { change, authorise }: (typeof scenarios)[string]) => {
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
const apply = async (bed: Bed, planId: string): Promise<void> => {
  const { plan } = await bed.query('provisioning.plan', { planId })
  await bed.command('provisioning.apply', { planId, version: plan.version })
}
const planOf = async (bed: Bed, planId: string) =>
  (await bed.query('provisioning.plan', { planId })).plan
const targetOf = async (bed: Bed, planId: string) =>
  (await bed.query('provisioning.planTargets', { planId })).targets[0]!
const stepsOf = async (bed: Bed, planId: string) =>
  (await bed.query('provisioning.planSteps', { planId, target: 0 })).steps.filter(
    ({ kind }) => kind !== 'save',
  )

/** How it ends when nothing goes wrong. */
const goodEnds = new Map<string, string>()
const goodEnd = async (name: string): Promise<string> => {
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

const takenOnce = (olts: readonly ModelOlt[]): void => {
  for (const { taken } of olts) {
    const all = taken.filter(({ kind }) => kind !== 'save').map((step) => JSON.stringify(step))
    expect(all.length - new Set(all).size, 'steps taken twice').toBe(0)
  }
}

/** The journal claims no more than is true: of what it calls done, all is on the OLT. */
const tellsTheTruth = async (bed: Bed, planId: string, end: string): Promise<void> => {
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

const finish = async (bed: Bed, planId: string): Promise<void> => {
  await bed.command('provisioning.readBack', { planId, taskId })
  const { state } = await planOf(bed, planId)
  if (state === 'done') return
  await bed.command('provisioning.continue', { planId })
  await bed.run(planId)
}

const undoIt = async (bed: Bed, planId: string): Promise<void> => {
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

/** Runs until the nth boundary and dies there. False: there are not so many. */
const dieAt = async (bed: Bed, planId: string, nth: number): Promise<string | null> => {
  let count = 0
  const died: { at: string | null } = { at: null }
  bed.hook = (point) => {
    if (count++ !== nth) return undefined
    died.at = point
    return new Promise<void>(() => undefined)
  }
  await apply(bed, planId)
  for (let turn = 0; turn < 400 && died.at === null; turn++) {
    await settle()
    if ((await planOf(bed, planId)).state !== 'running') break
  }
  return died.at
}

describe.each(Object.keys(scenarios))('the app is killed during: %s', (name) => {
  test('at every boundary; then it is finished', async () => {
    const end = await goodEnd(name)
    const points: string[] = []
    for (let nth = 0; ; nth++) {
      const bed = newBed()
      const planId = await draft(bed, scenarios[name]!)
      const where = await dieAt(bed, planId, nth)
      if (where === null) break
      points.push(where)
      bed.restart()
      const { state } = await planOf(bed, planId)
      expect(state, where).toBe('interrupted')
      await tellsTheTruth(bed, planId, end)
      await finish(bed, planId)
      expect((await planOf(bed, planId)).state, where).toBe('done')
      expect(snapshot(bed), where).toBe(end)
      await tellsTheTruth(bed, planId, end)
      takenOnce(bed.olts)
      bed.die()
    }
    expect(points.length).toBeGreaterThanOrEqual(19)
  }, 120_000)
})

describe.each(['configure', 'move to another OLT'])('the app is killed during: %s', (name) => {
  test('at every boundary; then it is undone', async () => {
    const start = snapshot(newBed())
    let nth = 0
    for (; ; nth++) {
      const bed = newBed()
      const planId = await draft(bed, scenarios[name]!)
      const where = await dieAt(bed, planId, nth)
      if (where === null) break
      bed.restart()
      await bed.command('provisioning.readBack', { planId, taskId })
      await undoIt(bed, planId)
      expect(snapshot(bed), where).toBe(start)
      bed.die()
    }
    expect(nth).toBeGreaterThanOrEqual(20)
  }, 120_000)
})

describe.each(Object.keys(scenarios))('during: %s', (name) => {
  const steps = 4
  const cases = ['lost-before', 'lost-after'].flatMap((kind) =>
    Array.from({ length: steps }, (_, nth) => ({
      kind: kind as 'lost-before' | 'lost-after',
      nth,
    })),
  )

  test.each(cases)(
    'the session is lost ($kind, step $nth): read back, gone on with',
    async (fault) => {
      const end = await goodEnd(name)
      const bed = newBed()
      let asked = 0
      for (const olt of bed.olts) {
        olt.fault = () => (asked++ === fault.nth ? { kind: fault.kind } : null)
      }
      const planId = await draft(bed, scenarios[name]!)
      await apply(bed, planId)
      await bed.run(planId)
      expect((await planOf(bed, planId)).state).toBe('done')
      expect(snapshot(bed)).toBe(end)
      takenOnce(bed.olts)
      const states = (await stepsOf(bed, planId)).map(({ state }) => state)
      expect(states).not.toContain('unknown')
    },
  )

  test.each([0, 1, 2])('a step (%i) is refused: it stops, says why, and is undone', async (nth) => {
    const start = snapshot(newBed())
    const bed = newBed()
    let asked = 0
    for (const olt of bed.olts) {
      olt.fault = () => (asked++ === nth ? { kind: 'refuse', code: 'onu-profile-missing' } : null)
    }
    const planId = await draft(bed, scenarios[name]!)
    await apply(bed, planId)
    await bed.run(planId)
    expect((await planOf(bed, planId)).state).toBe('failed')
    expect((await targetOf(bed, planId)).problem?.code).toBe('onu-profile-missing')
    expect((await stepsOf(bed, planId)).map(({ state }) => state)).toContain('refused')
    await undoIt(bed, planId)
    expect(snapshot(bed)).toBe(start)
  })

  test('the OLT is busy for a while: it waits, reads back and goes on', async () => {
    const end = await goodEnd(name)
    const bed = newBed()
    let asked = 0
    for (const olt of bed.olts) {
      olt.fault = () => {
        asked++
        return asked === 2 || asked === 3 ? { kind: 'refuse', code: 'cli-busy' } : null
      }
    }
    const planId = await draft(bed, scenarios[name]!)
    await apply(bed, planId)
    await bed.run(planId)
    expect((await planOf(bed, planId)).state).toBe('done')
    expect(snapshot(bed)).toBe(end)
    takenOnce(bed.olts)
  })

  test('the OLT reboots and comes back: finished by continue', async () => {
    const end = await goodEnd(name)
    const bed = newBed()
    let asked = 0
    for (const olt of bed.olts) {
      olt.fault = () => {
        if (asked++ !== 1) return null
        for (const one of bed.olts) one.unreachable = 'cli-unreachable'
        return { kind: 'lost-after' }
      }
    }
    const planId = await draft(bed, scenarios[name]!)
    await apply(bed, planId)
    await bed.run(planId)
    const target = await targetOf(bed, planId)
    expect([(await planOf(bed, planId)).state, target.state]).toEqual(['failed', 'unknown'])
    for (const one of bed.olts) one.unreachable = null
    await finish(bed, planId)
    expect((await planOf(bed, planId)).state).toBe('done')
    expect(snapshot(bed)).toBe(end)
    takenOnce(bed.olts)
  })

  test('the session ends before anything is sent: nothing is claimed, and it can be gone on with', async () => {
    const end = await goodEnd(name)
    const bed = newBed()
    for (const olt of bed.olts) olt.fault = () => ({ kind: 'not-sent', code: 'cli-session-lost' })
    const planId = await draft(bed, scenarios[name]!)
    await apply(bed, planId)
    await bed.run(planId)
    expect((await planOf(bed, planId)).state).toBe('failed')
    expect(bed.olts.flatMap(({ sent }) => sent)).toEqual([])
    for (const olt of bed.olts) olt.fault = () => null
    await finish(bed, planId)
    expect(snapshot(bed)).toBe(end)
    takenOnce(bed.olts)
  })
})

describe('somebody else is at work', () => {
  test('between preview and apply: nothing is sent', async () => {
    const bed = newBed()
    const planId = await draft(bed, scenarios['configure']!)
    const olt = bed.olts[0]!
    olt.onus.set(packOnuAddress(at(1)), modelConfig(serialOf(0x1001), { lineProfile: '99' }))
    await apply(bed, planId)
    await bed.run(planId)
    expect((await targetOf(bed, planId)).problem?.code).toBe('plan-differs-now')
    expect(olt.sent).toEqual([])
  })

  test('between steps, at what the plan does not touch: the end says what differs, nothing is overwritten', async () => {
    const bed = newBed()
    const olt = bed.olts[0]!
    let nth = 0
    olt.duringStep = () => {
      if (nth++ !== 1) return
      const now = olt.onus.get(packOnuAddress(at(1)))!
      olt.onus.set(packOnuAddress(at(1)), { ...now, description: 'by hand' })
    }
    const planId = await draft(bed, scenarios['configure']!)
    await apply(bed, planId)
    await bed.run(planId)
    const target = await targetOf(bed, planId)
    expect(target.problem?.code).toBe('plan-read-back-differs')
    expect(target.readBack).toEqual([{ part: 'description', before: 'home', after: 'by hand' }])
    expect(olt.onus.get(packOnuAddress(at(1)))?.description).toBe('by hand')
    await bed.command('provisioning.continue', { planId })
    await bed.run(planId)
    expect((await targetOf(bed, planId)).problem?.code).toBe('plan-differs-now')
    expect(olt.onus.get(packOnuAddress(at(1)))?.description).toBe('by hand')
  })

  test('the serial was authorised by hand meanwhile: refused by the OLT, told, nothing left behind', async () => {
    const bed = newBed()
    const planId = await draft(bed, scenarios['authorise']!)
    const olt = bed.olts[0]!
    olt.onus.set(packOnuAddress(at(9)), modelConfig('TEST0000ABCD'))
    const before = snapshot(bed)
    await apply(bed, planId)
    await bed.run(planId)
    expect((await targetOf(bed, planId)).problem?.code).toBe('onu-serial-exists')
    expect(snapshot(bed)).toBe(before)
  })

  test('the place was taken meanwhile: nothing is sent', async () => {
    const bed = newBed()
    const planId = await draft(bed, scenarios['move to another OLT']!)
    bed.olts[1]!.onus.set(packOnuAddress(at(1)), modelConfig('TEST0000AAAA'))
    await apply(bed, planId)
    await bed.run(planId)
    expect((await targetOf(bed, planId)).problem?.code).toBe('plan-differs-now')
    expect(bed.olts.flatMap(({ sent }) => sent)).toEqual([])
  })

  test('another ONU came to the place that a move left: it is not touched when the move is finished', async () => {
    const bed = newBed()
    const planId = await draft(bed, scenarios['move to another OLT']!)
    bed.olts[1]!.fault = () => ({ kind: 'refuse', code: 'onu-profile-missing' })
    await apply(bed, planId)
    await bed.run(planId)
    bed.olts[0]!.onus.set(packOnuAddress(at(1)), modelConfig('TEST0000AAAA'))
    bed.olts[1]!.fault = () => null
    await bed.command('provisioning.continue', { planId })
    await bed.run(planId)
    expect((await planOf(bed, planId)).state).toBe('done')
    expect(bed.olts[0]!.onus.get(packOnuAddress(at(1)))?.serial).toBe('TEST0000AAAA')
    expect(bed.olts[1]!.onus.get(packOnuAddress(at(1)))?.serial).toBe(serialOf(0x1001))
  })

  test('two plans on one OLT: one writer at a time', async () => {
    const bed = newBed()
    const one = await draft(bed, scenarios['configure']!)
    const { plan: other } = await bed.command('provisioning.makePlan', {
      targets: { list: [{ oltId: oltA, address: at(2) }] },
      change: { kind: 'configure', settings },
      taskId,
    })
    await apply(bed, one)
    await apply(bed, other.id)
    await bed.run(one)
    await bed.run(other.id)
    expect([(await planOf(bed, one)).state, (await planOf(bed, other.id)).state]).toEqual([
      'done',
      'done',
    ])
    expect(bed.olts[0]!.mostWriters()).toBe(1)
  })

  test('a reboot whose session was lost is never sent again', async () => {
    const bed = newBed()
    const olt = bed.olts[0]!
    olt.fault = (step) => (step.kind === 'reboot' ? { kind: 'lost-after' } : null)
    const planId = await draft(bed, { change: { kind: 'reboot' } })
    await apply(bed, planId)
    await bed.run(planId)
    expect((await targetOf(bed, planId)).state).toBe('unknown')
    await finish(bed, planId)
    expect((await targetOf(bed, planId)).state).toBe('unknown')
    expect(olt.sent.filter(({ kind }) => kind === 'reboot')).toHaveLength(1)
  })
})
