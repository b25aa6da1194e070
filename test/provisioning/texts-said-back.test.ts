import { describe, expect, test } from 'vitest'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import type { OnuConfig } from '../../src-shared/domain/onu-config.ts'
import type { OnuChange } from '../../src-shared/contract/provisioning-model.ts'
import { modelConfig, modelService } from '../support/model-olt.ts'
import { at, createBed, oltWith, pon, serialOf, taskId } from '../support/provisioning-bed.ts'
import { rejectionOf } from '../support/error-code.ts'

/** What stands on an OLT was not always typed here: it may be a text that no line of ours may hold. */

const bedWith = (more: Partial<OnuConfig>) => {
  const bed = createBed([oltWith(1, 2), oltWith(2, 0)])
  bed.olts[0]!.onus.set(packOnuAddress(at(1)), modelConfig(serialOf(0x1001), more))
  return bed
}
type OneBed = ReturnType<typeof bedWith>

const onu = (bed: OneBed) => bed.olts[0]!.onus.get(packOnuAddress(at(1)))
const planFor = async (bed: OneBed, change: OnuChange) => {
  const list = [{ oltId: bed.olts[0]!.id, address: at(1) }]
  return (await bed.command('provisioning.makePlan', { targets: { list }, change, taskId })).plan
}
const stepsOf = (bed: OneBed, planId: string) =>
  bed.query('provisioning.planSteps', { planId, target: 0 })
const applyAndRun = async (bed: OneBed, planId: string) => {
  const { plan } = await bed.query('provisioning.plan', { planId })
  await bed.command('provisioning.apply', { planId, version: plan.version })
  await bed.run(planId)
  return (await bed.query('provisioning.plan', { planId })).plan
}
const undoOf = async (bed: OneBed, planId: string) =>
  (await bed.command('provisioning.makeUndo', { planId, taskId })).plan
const lost = (parts: string) => ({ code: 'plan-text-lost', params: { parts } })

const texts = [
  'a#b',
  'a & b',
  'the "shop"',
  "Budi's",
  'two  blanks',
  'Tōkyō',
  'مكتب',
  'line\nend',
  'x'.repeat(65),
]

describe.each(texts)('an ONU whose text on the OLT is %j', (text) => {
  test('describing it otherwise warns that undo cannot bring the text back', async () => {
    const bed = bedWith({ description: text })
    const plan = await planFor(bed, { kind: 'configure', settings: { description: 'shop' } })
    expect(plan.warnings).toEqual([lost('description')])
    const { inverse, inverseProblem } = await stepsOf(bed, plan.id)
    expect(inverseProblem).toEqual(lost('description'))
    expect(inverse).toEqual([])
    await applyAndRun(bed, plan.id)
    expect(await rejectionOf(undoOf(bed, plan.id))).toMatchObject(lost('description'))
    expect(onu(bed)?.description).toBe('shop')
  })

  test('deleting it warns, and undo brings it back without the text and says so', async () => {
    const bed = bedWith({ description: text })
    const before = onu(bed)
    const plan = await planFor(bed, { kind: 'delete' })
    expect(plan.warnings).toEqual([lost('description')])
    const { inverse, inverseProblem } = await stepsOf(bed, plan.id)
    expect(inverseProblem).toEqual(lost('description'))
    expect(inverse.map(({ kind }) => kind)).toEqual([
      'add-onu',
      'add-service',
      'set-eth-port',
      'set-wan',
      'set-wifi',
    ])
    expect((await applyAndRun(bed, plan.id)).state).toBe('done')
    expect(onu(bed)).toBeUndefined()
    const undo = await undoOf(bed, plan.id)
    expect(undo.leftOut).toEqual([])
    expect(undo.warnings).toEqual([lost('description')])
    // What the preview showed is what is sent.
    const { steps } = await stepsOf(bed, undo.id)
    expect(steps.slice(0, -1).map(({ kind }) => kind)).toEqual(inverse.map(({ kind }) => kind))
    expect(JSON.stringify(steps)).not.toContain(JSON.stringify(text).slice(1, -1))
    expect(await applyAndRun(bed, undo.id)).toMatchObject({ state: 'done', counts: { done: 1 } })
    expect(onu(bed)).toEqual({ ...before, description: '' })
  })
})

describe('only what cannot be said is left away', () => {
  test('the name, the description and one network of the Wi-Fi are told together', async () => {
    const wifi = [
      { index: 1, ssid: 'Rumah #1', enabled: true },
      { index: 2, ssid: 'guests', enabled: true },
    ]
    const bed = bedWith({ name: 'a#b', description: 'c#d', wifi })
    const before = onu(bed)
    const plan = await planFor(bed, { kind: 'delete' })
    expect(plan.warnings).toEqual([lost('name, description, wifi')])
    await applyAndRun(bed, plan.id)
    const undo = await undoOf(bed, plan.id)
    expect(undo.warnings).toEqual([lost('name, description, wifi')])
    expect((await applyAndRun(bed, undo.id)).state).toBe('done')
    expect(onu(bed)).toEqual({ ...before, name: '', description: '', wifi: [wifi[1]] })
  })

  test('a WAN with a user name of another script stays as the added ONU has it', async () => {
    const wan = { mode: 'pppoe' as const, vlan: 9, ip: null, mask: null, gateway: null }
    const bed = bedWith({ wan: { ...wan, userName: 'rumah#1' } })
    const plan = await planFor(bed, { kind: 'delete' })
    expect(plan.warnings).toEqual([lost('wan')])
    await applyAndRun(bed, plan.id)
    const undo = await undoOf(bed, plan.id)
    expect(undo.warnings).toContainEqual(lost('wan'))
    expect((await applyAndRun(bed, undo.id)).state).toBe('done')
    expect(onu(bed)).toMatchObject({ description: 'home', wan: { mode: 'bridge' } })
  })

  test('of two texts the one that can be said goes back', async () => {
    const bed = bedWith({ name: 'old', description: 'a#b' })
    const settings = { name: 'new', description: 'new' }
    const plan = await planFor(bed, { kind: 'configure', settings })
    expect(plan.warnings).toEqual([lost('description')])
    await applyAndRun(bed, plan.id)
    const undo = await undoOf(bed, plan.id)
    expect(undo.warnings).toEqual([lost('description')])
    expect((await applyAndRun(bed, undo.id)).state).toBe('done')
    expect(onu(bed)).toMatchObject({ name: 'old', description: 'new' })
  })

  test('a profile is never left away: it is told before, and undo adds no ONU without it', async () => {
    const bed = bedWith({ lineProfile: 'HOME#1' })
    const plan = await planFor(bed, { kind: 'delete' })
    expect(plan.warnings).toEqual([lost('lineProfile')])
    const { inverse, inverseProblem } = await stepsOf(bed, plan.id)
    expect(inverse).toEqual([])
    expect(inverseProblem).toEqual(lost('lineProfile'))
    await applyAndRun(bed, plan.id)
    expect((await rejectionOf(undoOf(bed, plan.id))).code).toBe('cli-parameter-refused')
    expect(onu(bed)).toBeUndefined()
  })
})

describe('where no text is at stake nothing is warned of', () => {
  const changes = [
    { kind: 'disable' },
    { kind: 'reboot' },
    { kind: 'configure', settings: { services: [modelService(120)] } },
    { kind: 'configure', settings: { name: 'shop' } },
  ] as const satisfies readonly OnuChange[]
  test.each(changes)('%j', async (change) => {
    const bed = bedWith({ description: 'a#b' })
    const plan = await planFor(bed, change)
    expect(plan.warnings).toEqual([])
    expect((await applyAndRun(bed, plan.id)).state).toBe('done')
    expect(onu(bed)?.description).toBe('a#b')
  })

  test('a move that could not say the text at the other place is refused, and nothing is sent', async () => {
    const bed = bedWith({ description: 'a#b' })
    const move = planFor(bed, { kind: 'move', to: { oltId: bed.olts[1]!.id, pon, onuId: null } })
    expect(await rejectionOf(move)).toMatchObject({
      code: 'cli-parameter-refused',
      params: { parameter: 'description' },
    })
    expect(bed.olts[0]!.sent).toEqual([])
  })
})
