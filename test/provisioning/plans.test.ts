import { describe, expect, test } from 'vitest'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { modelConfig, modelService } from '../support/model-olt.ts'
import { at, createBed, oltWith, pon, serialOf, taskId } from '../support/provisioning-bed.ts'
import { rejectionOf } from '../support/error-code.ts'
import { countOf } from '../support/store-workspace.ts'

const bedOf = (onus = 3, given: Parameters<typeof oltWith>[2] = {}) =>
  createBed([oltWith(1, onus, given), oltWith(2, 0, given)])
type OneBed = ReturnType<typeof bedOf>

const first = (bed: OneBed) => bed.olts[0]!
const onu = (bed: OneBed, onuId: number, olt = first(bed)) =>
  olt.onus.get(packOnuAddress(at(onuId)))
const target = (bed: OneBed, onuId: number) => ({ oltId: first(bed).id, address: at(onuId) })

const planFor = async (
  bed: OneBed,
  change: Parameters<typeof bed.command<'provisioning.makePlan'>>[1]['change'],
  ...onuIds: readonly number[]
) => {
  const { plan } = await bed.command('provisioning.makePlan', {
    targets: { list: onuIds.map((onuId) => target(bed, onuId)) },
    change,
    taskId,
  })
  return plan
}
const applyAndRun = async (bed: OneBed, planId: string) => {
  const { plan } = await bed.query('provisioning.plan', { planId })
  await bed.command('provisioning.apply', { planId, version: plan.version })
  await bed.run(planId)
  return (await bed.query('provisioning.plan', { planId })).plan
}
const targetsOf = async (bed: OneBed, planId: string) =>
  (await bed.query('provisioning.planTargets', { planId })).targets
const undo = async (bed: OneBed, planId: string) => {
  const { plan } = await bed.command('provisioning.makeUndo', { planId, taskId })
  return applyAndRun(bed, plan.id)
}

describe('making a plan', () => {
  test('sends nothing and shows the exact lines, the way back and what will be checked', async () => {
    const bed = bedOf()
    const plan = await planFor(
      bed,
      { kind: 'configure', settings: { name: 'shop {onu}', services: [modelService(120)] } },
      2,
    )
    expect(first(bed).sent).toEqual([])
    expect(plan).toMatchObject({ state: 'draft', risk: 'disruptive', confirmation: 'confirm' })
    const { steps, inverse, inverseProblem, checks } = await bed.query('provisioning.planSteps', {
      planId: plan.id,
      target: 0,
    })
    expect(steps.map(({ kind }) => kind)).toEqual([
      'remove-service',
      'describe',
      'add-service',
      'save',
    ])
    expect(steps[1]?.rendered).toMatchObject({ via: 'cli' })
    expect(JSON.stringify(steps[1]?.rendered)).toContain('shop 2')
    expect(inverse.map(({ kind }) => kind)).toEqual(['remove-service', 'describe', 'add-service'])
    expect(inverseProblem).toBeNull()
    expect(checks.map(({ part }) => part)).toEqual(['name', 'services'])
  })

  test('is refused where nothing differs, the ONU is not there, or the OLT lets nobody in', async () => {
    const bed = bedOf()
    const code = async (...call: Parameters<typeof planFor>) =>
      (await rejectionOf(planFor(...call))).code
    expect(await code(bed, { kind: 'enable' }, 1)).toBe('plan-nothing-to-do')
    expect(await code(bed, { kind: 'disable' }, 9)).toBe('onu-not-there')
    first(bed).obstacle = 'cli-no-access'
    expect(await code(bed, { kind: 'disable' }, 1)).toBe('cli-no-access')
    expect(countOf(bed.store(), 'provisioning_plan')).toBe(0)
  })

  test('leaves out what is so already, with why, and keeps the rest', async () => {
    const bed = bedOf()
    first(bed).onus.set(packOnuAddress(at(2)), { ...onu(bed, 2)!, adminEnabled: false })
    const plan = await planFor(bed, { kind: 'disable' }, 1, 2, 9)
    expect(plan.counts.total).toBe(1)
    expect(plan.leftOut.map(({ problem }) => problem?.code ?? 'so already').toSorted()).toEqual([
      'onu-not-there',
      'so already',
    ])
  })

  test('a text that could be read as something else is refused before anything', async () => {
    const bed = bedOf()
    const settings = { name: 'a%b' }
    expect((await rejectionOf(planFor(bed, { kind: 'configure', settings }, 1))).code).toBe(
      'cli-parameter-refused',
    )
    const long = { description: 'x'.repeat(65) }
    expect(
      (await rejectionOf(planFor(bed, { kind: 'configure', settings: long }, 1))).params,
    ).toEqual({ parameter: 'description' })
  })

  test('expires after a quarter of an hour, and a clock that jumps back does not revive it', async () => {
    const bed = bedOf()
    const plan = await planFor(bed, { kind: 'disable' }, 1)
    bed.clock.jump(15 * 60_000)
    expect((await bed.query('provisioning.plan', { planId: plan.id })).plan.state).toBe('expired')
    bed.clock.jump(-15 * 60_000)
    const apply = bed.command('provisioning.apply', { planId: plan.id, version: plan.version })
    expect((await rejectionOf(apply)).code).toBe('plan-expired')
    const other = await planFor(bed, { kind: 'disable' }, 1)
    bed.clock.jump(-3_600_000)
    bed.clock.advance(15 * 60_000)
    expect((await bed.query('provisioning.plan', { planId: other.id })).plan.state).toBe('expired')
    expect(first(bed).sent).toEqual([])
  })

  test('a draft does not outlive the app', async () => {
    const bed = bedOf()
    const plan = await planFor(bed, { kind: 'disable' }, 1)
    bed.restart()
    expect((await bed.query('provisioning.plan', { planId: plan.id })).plan.state).toBe('expired')
  })
})

describe('applying', () => {
  test('is refused without the confirmation, and nothing is sent', async () => {
    const bed = bedOf()
    bed.answer = false
    const plan = await planFor(bed, { kind: 'delete' }, 1)
    expect(plan.confirmation).toBe('type-name')
    const apply = bed.command('provisioning.apply', { planId: plan.id, version: plan.version })
    expect((await rejectionOf(apply)).code).toBe('confirmation-refused')
    expect(first(bed).sent).toEqual([])
    expect(bed.confirmed[0]).toMatchObject({
      risk: 'destructive',
      how: 'type-name',
      expected: 'OLT 1',
      onus: 1,
      change: 'delete',
      by: 'Nadia',
    })
    expect(bed.confirmed[0]?.lines[0]).toContain('remove-service')
  })

  test('of more than ten ONUs asks for their number, of several for the permission', async () => {
    const bed = bedOf(12)
    const many = await planFor(
      bed,
      { kind: 'suspend' },
      ...Array.from({ length: 12 }, (_, i) => i + 1),
    )
    expect(many.confirmation).toBe('type-count')
    bed.permissions = new Set()
    const apply = bed.command('provisioning.apply', { planId: many.id, version: many.version })
    expect((await rejectionOf(apply)).code).toBe('permission-denied')
    expect(bed.confirmed).toEqual([])
  })

  test('of another version, or a second time, is refused', async () => {
    const bed = bedOf()
    const plan = await planFor(bed, { kind: 'disable' }, 1)
    const apply = (version: number) =>
      bed.command('provisioning.apply', { planId: plan.id, version })
    expect((await rejectionOf(apply(7))).code).toBe('conflict')
    await apply(1)
    await bed.run(plan.id)
    expect((await bed.query('provisioning.plan', { planId: plan.id })).plan.version).toBe(3)
    expect((await rejectionOf(apply(3))).code).toBe('plan-not-applicable')
    expect(first(bed).taken.filter(({ kind }) => kind === 'set-admin')).toHaveLength(1)
  })

  test('reads back, keeps a record, saves the OLT once and leaves an audit trail of every step', async () => {
    const bed = bedOf()
    const plan = await planFor(bed, { kind: 'disable' }, 1, 2)
    const ended = await applyAndRun(bed, plan.id)
    expect(ended).toMatchObject({ state: 'done', counts: { done: 2, failed: 0 } })
    expect(first(bed).taken.map(({ kind }) => kind)).toEqual(['set-admin', 'set-admin', 'save'])
    const [one] = await targetsOf(bed, plan.id)
    expect(one).toMatchObject({ state: 'done', readBack: [] })
    expect(countOf(bed.store(), 'provisioning_record')).toBe(2)
    const states = bed.audit
      .filter(({ name }) => name === 'provisioning.journal')
      .flatMap(({ input }) => (input as { entries: { kind: string; state: string }[] }).entries)
      .map(({ kind, state }) => `${kind} ${state}`)
    expect(states).toEqual([
      'set-admin sending',
      'set-admin done',
      'target done',
      'set-admin sending',
      'set-admin done',
      'target done',
      'save sending',
      'save done',
    ])
  })

  test('an ONU that somebody changed since the preview is not touched', async () => {
    const bed = bedOf()
    const plan = await planFor(bed, { kind: 'disable' }, 1)
    first(bed).onus.set(packOnuAddress(at(1)), { ...onu(bed, 1)!, description: 'else' })
    const ended = await applyAndRun(bed, plan.id)
    expect(ended.state).toBe('failed')
    expect((await targetsOf(bed, plan.id))[0]?.problem?.code).toBe('plan-differs-now')
    expect(first(bed).sent).toEqual([])
  })

  test('a save that fails is told and fails nobody', async () => {
    const bed = bedOf()
    first(bed).fault = (step) =>
      step.kind === 'save' ? { kind: 'refuse', code: 'cli-busy' } : null
    const plan = await planFor(bed, { kind: 'disable' }, 1)
    const ended = await applyAndRun(bed, plan.id)
    expect(ended.state).toBe('done')
    expect(ended.warnings[0]).toMatchObject({
      code: 'cli-busy',
      params: { step: 'save', olt: 'OLT 1' },
    })
  })

  test('a plan over an ONU that another plan is changing is refused', async () => {
    const bed = bedOf()
    const one = await planFor(bed, { kind: 'disable' }, 1)
    const other = await planFor(bed, { kind: 'reboot' }, 1)
    const sending = Promise.withResolvers<undefined>()
    const answer = Promise.withResolvers<undefined>()
    first(bed).duringStep = () => {
      sending.resolve(undefined)
      return answer.promise
    }
    await bed.command('provisioning.apply', { planId: one.id, version: 1 })
    await sending.promise
    const apply = bed.command('provisioning.apply', { planId: other.id, version: 1 })
    expect((await rejectionOf(apply)).code).toBe('plan-overlaps')
    answer.resolve(undefined)
    await bed.run(one.id)
  })

  test('passwords go to the step sealed, stand nowhere else, and are gone when the plan has ended', async () => {
    const bed = bedOf()
    const secret = 'correct-horse-77'
    const wan = { mode: 'pppoe' as const, vlan: 200, userName: 'home-1' }
    const { plan } = await bed.command('provisioning.makePlan', {
      targets: { list: [target(bed, 1)] },
      change: { kind: 'configure', settings: { wan } },
      passwords: { pppoe: secret },
      taskId,
    })
    const sealed = () =>
      bed
        .store()
        .reader.prepare<[], { sealed: Buffer | null }>(
          'SELECT passwords_sealed AS sealed FROM provisioning_plan',
        )
        .get()?.sealed ?? null
    expect(sealed()).not.toBeNull()
    expect(sealed()!.includes(secret)).toBe(false)
    await applyAndRun(bed, plan.id)
    expect(first(bed).secretsSeen[0]).toEqual({ pppoe: secret })
    expect(sealed()).toBeNull()
    const everything = JSON.stringify([
      bed.audit,
      bed.events,
      bed.store().reader.prepare('SELECT * FROM provisioning_step').all(),
      bed.store().reader.prepare('SELECT * FROM provisioning_target').all(),
    ])
    expect(everything).not.toContain(secret)
  })
})

describe('every kind of change is carried out and undone', () => {
  const cases = [
    ['configure', { kind: 'configure', settings: { name: 'x', lineProfile: '30' } }],
    ['disable', { kind: 'disable' }],
    ['suspend', { kind: 'suspend' }],
    ['replace', { kind: 'replace', serial: 'TEST0000BEEF' }],
    ['delete', { kind: 'delete' }],
    [
      'move on the OLT',
      { kind: 'move', to: { oltId: oltWith(1, 0).id, pon: { ...pon, port: 2 } } },
    ],
    ['move to another', { kind: 'move', to: { oltId: oltWith(2, 0).id, pon } }],
  ] as const
  for (const setSerial of [true, false]) {
    test.each(cases)(`%s (serial change: ${setSerial})`, async (_, change) => {
      const bed = setSerial
        ? bedOf()
        : bedOf(3, { steps: oltWith(1, 0).abilities.steps.filter((kind) => kind !== 'set-serial') })
      const before = bed.olts.map((olt) => structuredClone([...olt.onus]))
      const plan = await planFor(bed, change, 2)
      expect((await applyAndRun(bed, plan.id)).state).toBe('done')
      expect(bed.olts.map((olt) => [...olt.onus])).not.toEqual(before)
      expect((await undo(bed, plan.id)).state).toBe('done')
      const sorted = (all: typeof before) =>
        all.map((olt) => olt.toSorted(([one], [other]) => one - other))
      expect(sorted(bed.olts.map((olt) => [...olt.onus]))).toEqual(sorted(before))
      const { plan: undone } = await bed.query('provisioning.plan', { planId: plan.id })
      expect(undone.undoneBy).not.toBeNull()
    })
  }

  test('authorise takes the lowest free number, fills its texts, and its undo takes it off', async () => {
    const bed = bedOf()
    const { plan } = await bed.command('provisioning.makePlan', {
      targets: { list: [{ oltId: first(bed).id, pon, serial: 'test0000abcd' }] },
      change: {
        kind: 'authorise',
        settings: {
          lineProfile: '10',
          name: '{serial}@{olt} {pon}:{onu}',
          services: [modelService(130)],
          // Set on an ONU that nobody uses yet: no service is lost by it.
          ethPorts: [{ port: 1, mode: 'access', vlan: 130, adminEnabled: null }],
        },
      },
      taskId,
    })
    expect(plan).toMatchObject({ risk: 'read', confirmation: 'none' })
    await applyAndRun(bed, plan.id)
    expect(onu(bed, 4)).toMatchObject({
      serial: 'TEST0000ABCD',
      name: 'TEST0000ABCD@OLT 1 0/1/1:4',
      services: [{ vlan: 130 }],
    })
    await undo(bed, plan.id)
    expect(onu(bed, 4)).toBeUndefined()
  })

  test('resync brings back what the console holds', async () => {
    const bed = bedOf()
    const record = await rejectionOf(planFor(bed, { kind: 'resync' }, 1))
    expect(record.code).toBe('plan-no-record')
    await applyAndRun(bed, (await planFor(bed, { kind: 'disable' }, 1)).id)
    const held = onu(bed, 1)!
    first(bed).onus.set(
      packOnuAddress(at(1)),
      modelConfig(serialOf(0x1001), { description: 'else' }),
    )
    await applyAndRun(bed, (await planFor(bed, { kind: 'resync' }, 1)).id)
    expect(onu(bed, 1)).toEqual(held)
  })

  test('a reboot is done once and has no way back', async () => {
    const bed = bedOf()
    const plan = await planFor(bed, { kind: 'reboot' }, 1)
    expect((await applyAndRun(bed, plan.id)).state).toBe('done')
    expect(first(bed).taken.filter(({ kind }) => kind === 'reboot')).toHaveLength(1)
    const again = bed.command('provisioning.makeUndo', { planId: plan.id, taskId })
    expect((await rejectionOf(again)).code).toBe('plan-not-undoable')
  })
})

describe('undo', () => {
  test('is refused when the ONU is not as the plan left it, or it was taken back already', async () => {
    const bed = bedOf()
    const plan = await planFor(bed, { kind: 'disable' }, 1)
    await applyAndRun(bed, plan.id)
    const left = onu(bed, 1)!
    first(bed).onus.set(packOnuAddress(at(1)), { ...left, description: 'else' })
    const refused = await rejectionOf(undo(bed, plan.id))
    expect(refused).toMatchObject({ code: 'plan-not-undoable', params: { why: 'changed' } })
    first(bed).onus.set(packOnuAddress(at(1)), left)
    await undo(bed, plan.id)
    expect((await rejectionOf(undo(bed, plan.id))).params).toEqual({ why: 'undone' })
  })

  test('of a move is refused when the old place is taken', async () => {
    const bed = bedOf()
    const to = { oltId: first(bed).id, pon: { ...pon, port: 2 } }
    const plan = await planFor(bed, { kind: 'move', to }, 2)
    await applyAndRun(bed, plan.id)
    first(bed).onus.set(packOnuAddress(at(2)), modelConfig('TEST0000AAAA'))
    expect((await rejectionOf(undo(bed, plan.id))).params).toMatchObject({ why: 'taken' })
  })

  test('the journal follows an ONU by its serial when it moves', async () => {
    const bed = bedOf()
    await applyAndRun(bed, (await planFor(bed, { kind: 'disable' }, 2)).id)
    const to = { oltId: bed.olts[1]!.id, pon }
    await applyAndRun(bed, (await planFor(bed, { kind: 'move', to }, 2)).id)
    const { total, entries } = await bed.query('provisioning.journal', {
      oltId: bed.olts[1]!.id,
      address: at(2),
    })
    expect(total).toBe(2)
    expect(entries.map(({ plan }) => plan.kind).toSorted()).toEqual(['disable', 'move'])
    expect(entries.every(({ undoable }) => undoable)).toBe(true)
  })
})
