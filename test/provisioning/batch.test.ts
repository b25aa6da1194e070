import { describe, expect, test } from 'vitest'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import type { CallInputOf } from '../../src-shared/contract/define.ts'
import type { commands } from '../../src-shared/contract/index.ts'
import { at, createBed, oltWith, taskId, type Bed } from '../support/provisioning-bed.ts'
import { settle } from '../support/settle.ts'

type Pace = CallInputOf<(typeof commands)['provisioning.makePlan']>['pace']

/** Every ONU of two OLTs with six each is described anew. */
const twoOlts = (): Bed => createBed([oltWith(1, 6), oltWith(2, 6)])
const change = { kind: 'configure', settings: { description: 'batch {onu}' } } as const

const begin = async (bed: Bed, pace: Pace = {}): Promise<string> => {
  const { plan } = await bed.command('provisioning.makePlan', {
    targets: { filter: {} },
    change,
    pace,
    taskId,
  })
  await bed.command('provisioning.apply', { planId: plan.id, version: 1 })
  return plan.id
}
const planOf = async (bed: Bed, planId: string) =>
  (await bed.query('provisioning.plan', { planId })).plan
const described = (bed: Bed): number =>
  bed.olts.flatMap(({ taken }) => taken).filter(({ kind }) => kind === 'describe').length
const until = async (bed: Bed, planId: string, state: string): Promise<void> => {
  for (let turn = 0; turn < 200; turn++) {
    await settle()
    if ((await planOf(bed, planId)).state === state) return
    bed.clock.advance(250)
  }
  throw new Error(`it never was ${state}`)
}

describe('a batch', () => {
  test('runs all OLTs at once, each one ONU after the other, and saves each once', async () => {
    const bed = twoOlts()
    const planId = await begin(bed)
    await bed.run(planId)
    const plan = await planOf(bed, planId)
    expect(plan).toMatchObject({ state: 'done', counts: { done: 12 }, confirmation: 'type-count' })
    expect(plan.olts.map(({ total, ended, failed }) => [total, ended, failed])).toEqual([
      [6, 6, 0],
      [6, 6, 0],
    ])
    for (const olt of bed.olts) {
      expect(olt.mostWriters()).toBe(1)
      expect(olt.taken.filter(({ kind }) => kind === 'save')).toHaveLength(1)
    }
    expect(bed.confirmed[0]).toMatchObject({ how: 'type-count', expected: '12', onus: 12 })
  })

  test('says of each OLT how many of its ONUs are in it, from the draft on', async () => {
    // More than are written in one part.
    const bed = createBed([oltWith(1, 300), oltWith(2, 250)])
    const targets = { filter: {} }
    const made = await bed.command('provisioning.makePlan', { targets, change, taskId })
    const olts = [
      { oltId: bed.olts[0]!.id, oltName: 'OLT 1', total: 300, ended: 0, failed: 0 },
      { oltId: bed.olts[1]!.id, oltName: 'OLT 2', total: 250, ended: 0, failed: 0 },
    ]
    expect(made.plan.olts).toEqual(olts)
    expect(await planOf(bed, made.plan.id)).toMatchObject({ olts, counts: { total: 550 } })
  })

  test('is paged through in its order, with and without a filter', async () => {
    const bed = createBed([oltWith(1, 130), oltWith(2, 120)])
    const targets = { filter: {} }
    const { plan } = await bed.command('provisioning.makePlan', { targets, change, taskId })
    for (const states of [[], ['waiting']] as const) {
      const seen: number[] = []
      for (let offset = 0; offset < 300; offset += 60) {
        const page = await bed.query('provisioning.planTargets', {
          planId: plan.id,
          states: [...states],
          limit: 60,
          offset,
        })
        expect(page.total).toBe(250)
        seen.push(...page.targets.map(({ seq }) => seq))
      }
      expect(seen).toEqual(Array.from({ length: 250 }, (_, seq) => seq))
    }
  })

  test('tells at most four times a second how far it is', async () => {
    const bed = twoOlts()
    const planId = await begin(bed)
    await settle()
    expect(bed.events.filter(({ name }) => name === 'provisioning.planChanged')).toEqual([])
    bed.clock.advance(250)
    expect(bed.events.filter(({ name }) => name === 'provisioning.planChanged')).toHaveLength(1)
    await bed.run(planId)
  })

  test('does the canary, waits, looks and goes on', async () => {
    const bed = twoOlts()
    const planId = await begin(bed, { canary: 2, canaryWaitS: 30 })
    await until(bed, planId, 'canary-wait')
    expect(described(bed)).toBe(2)
    bed.clock.advance(29_000)
    await settle()
    expect((await planOf(bed, planId)).state).toBe('canary-wait')
    await bed.run(planId)
    expect((await planOf(bed, planId)).counts.done).toBe(12)
  })

  test('a person who has seen enough of the canary goes on at once', async () => {
    const bed = twoOlts()
    const planId = await begin(bed, { canary: 1, canaryWaitS: 3600 })
    await until(bed, planId, 'canary-wait')
    await bed.command('provisioning.continue', { planId })
    await bed.run(planId, 60_000)
    expect((await planOf(bed, planId)).state).toBe('done')
  })

  test('a canary that fails stops everything', async () => {
    const bed = twoOlts()
    bed.olts[0]!.fault = () => ({ kind: 'refuse', code: 'onu-locked-by-profile' })
    const planId = await begin(bed, { canary: 1 })
    await bed.run(planId)
    const plan = await planOf(bed, planId)
    expect([plan.state, plan.stopReason?.code]).toEqual(['stopped', 'plan-stopped-failures'])
    expect(plan.counts).toMatchObject({ failed: 1, skipped: 11 })
    expect(bed.olts.flatMap(({ sent }) => sent).map(({ kind }) => kind)).toEqual([
      'describe',
      'save',
    ])
  })

  test('keeps the pace per OLT', async () => {
    const bed = twoOlts()
    const planId = await begin(bed, { perMinute: 6 })
    await settle()
    await settle()
    expect(described(bed)).toBe(2)
    bed.clock.advance(9_900)
    await settle()
    expect(described(bed)).toBe(2)
    bed.clock.advance(200)
    await settle()
    await settle()
    expect(described(bed)).toBe(4)
    await bed.run(planId)
  })

  test('stops by itself when too many fail; the rest is done by continue and nothing twice', async () => {
    const bed = twoOlts()
    let failing = true
    const bad = bed.olts[0]!
    bad.fault = (step) =>
      failing && step.kind === 'describe' && step.address.onuId >= 2
        ? { kind: 'refuse', code: 'onu-locked-by-profile' }
        : null
    bed.olts[1]!.duringStep = () => new Promise((resolve) => setImmediate(resolve))
    const planId = await begin(bed, { stopAtFailedShare: 0.3 })
    await bed.run(planId)
    const plan = await planOf(bed, planId)
    expect([plan.state, plan.stopReason?.code]).toEqual(['stopped', 'plan-stopped-failures'])
    expect(plan.counts.skipped).toBeGreaterThan(0)
    failing = false
    await bed.command('provisioning.continue', { planId })
    await bed.run(planId)
    expect((await planOf(bed, planId)).counts.done).toBe(12)
    expect(described(bed)).toBe(12)
  })

  test('stops by itself when it causes alarms', async () => {
    const bed = twoOlts()
    bed.alarms = 1
    const planId = await begin(bed)
    await bed.run(planId)
    const plan = await planOf(bed, planId)
    expect([plan.state, plan.stopReason?.code]).toEqual(['stopped', 'plan-stopped-alarms'])
    expect(described(bed)).toBeLessThan(12)
    bed.alarms = 0
    await bed.command('provisioning.continue', { planId })
    await bed.run(planId)
    expect((await planOf(bed, planId)).state).toBe('done')
  })

  test.each(['pause', 'stop'] as const)(
    '%s comes after the step that runs; continue does the rest',
    async (how) => {
      const bed = twoOlts()
      const planId = await begin(bed, { perMinute: 60 })
      bed.clock.advance(1_100)
      await settle()
      await bed.command(`provisioning.${how}`, { planId })
      await bed.run(planId)
      const plan = await planOf(bed, planId)
      expect(plan.state).toBe(how === 'pause' ? 'paused' : 'stopped')
      const before = described(bed)
      expect(before).toBeLessThan(12)
      bed.clock.advance(60_000)
      await settle()
      expect(described(bed)).toBe(before)
      await bed.command('provisioning.continue', { planId })
      await bed.run(planId)
      expect((await planOf(bed, planId)).counts.done).toBe(12)
      expect(described(bed)).toBe(12)
    },
  )

  test('survives a restart: what was done is not done again, the rest is', async () => {
    const bed = twoOlts()
    const planId = await begin(bed, { perMinute: 60 })
    bed.clock.advance(2_100)
    await settle()
    const before = described(bed)
    expect(before).toBeGreaterThan(0)
    bed.restart()
    const plan = await planOf(bed, planId)
    expect([plan.state, plan.stopReason?.code]).toEqual(['interrupted', 'plan-interrupted'])
    bed.clock.advance(60_000)
    await settle()
    expect(described(bed)).toBe(before)
    await bed.command('provisioning.continue', { planId })
    await bed.run(planId)
    expect((await planOf(bed, planId)).counts.done).toBe(12)
    expect(described(bed)).toBe(12)
  })

  test('the app is closed: the step that runs ends, the rest waits', async () => {
    const bed = twoOlts()
    const planId = await begin(bed, { perMinute: 60 })
    await settle()
    await bed.provisioning().stop()
    expect((await planOf(bed, planId)).state).toBe('interrupted')
  })

  test('is undone as a whole, or for some of its ONUs', async () => {
    const bed = twoOlts()
    const start = bed.olts.map(({ onus }) => structuredClone([...onus]))
    const planId = await begin(bed)
    await bed.run(planId)
    const apply = async (targets: number[] | null): Promise<void> => {
      const { plan } = await bed.command('provisioning.makeUndo', { planId, targets, taskId })
      await bed.command('provisioning.apply', { planId: plan.id, version: 1 })
      await bed.run(plan.id)
    }
    await apply([0])
    expect(bed.olts[0]!.onus.get(packOnuAddress(at(1)))?.description).toBe('home')
    expect(bed.olts[0]!.onus.get(packOnuAddress(at(2)))?.description).toBe('batch 2')
    await apply(null)
    expect(bed.olts.map(({ onus }) => [...onus])).toEqual(start)
  })
})
