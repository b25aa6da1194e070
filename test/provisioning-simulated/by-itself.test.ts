import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PlantControl } from '../../src-main/simulator/control-schema.ts'
import { openChangeLab, type ChangeLab } from '../support/change-lab.ts'

/**
 * What the console does beyond a plan that a person makes, once each against OLTs that are simulated
 * down to their SSH sessions: test/provisioning plays the cases on an OLT in memory.
 */

const huawei = 'KARANG-01'
const zte = 'KARANG-02'
const calm = { offlineShare: 0, disabledShare: 0, flappingShare: 0, dailyOutageShare: 0 }
const cli = { userName: 'noc', password: 'lab-noc-itself', bootS: 0, saveMs: 20 }
const scenario = {
  name: 'by-itself',
  seed: 12,
  community: 'lab-read',
  olts: [
    {
      name: huawei,
      family: 'huawei-smartax',
      model: 'MA5608T',
      cli,
      population: calm,
      pons: [{ at: '0/1/0', onus: 12, split: 32 }],
      unconfigured: [{ pon: '0/1/0', count: 1 }],
    },
    {
      name: zte,
      family: 'zte-c300',
      model: 'C320',
      cli,
      population: calm,
      pons: [{ at: '1/2/1', onus: 3, split: 32 }],
    },
  ],
}

let lab: ChangeLab
beforeAll(async () => {
  lab = await openChangeLab(scenario)
}, 120_000)
afterAll(async () => {
  await lab?.stop()
})

const ask: ReturnType<ChangeLab['engine']>['ask'] = (name, input) => lab.engine().ask(name, input)
const idOf = (name: string): string => lab.oltIds.get(name)!
const truthOf = (name: string) => lab.plant.truth(name)
const onuOf = (name: string, onu: string) => truthOf(name).onus.find((one) => one.onu === onu)
const control = (message: PlantControl): void => lab.plant.control(message)
const taskId = randomUUID()
const place = { shelf: 0, slot: 1, port: 0 }

test('an OLT that is already full is scanned, adopted by its patterns, and watched from then on', async () => {
  const oltId = idOf(huawei)
  expect(await ask('provisioning.scan', { oltIds: [oltId], taskId })).toEqual({
    mismatches: 0,
    unrecorded: 12,
  })
  const { groups } = await ask('provisioning.adoption', { oltId })
  expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(12)
  const adopted = await ask('provisioning.adopt', {
    oltId,
    groups: groups.map(({ id }, at) => ({ groupId: id, presetName: at === 0 ? 'Learned' : null })),
  })
  expect(adopted).toEqual({ adopted: 12, presets: 1 })
  expect(await ask('provisioning.scan', { oltIds: [oltId], taskId })).toEqual({
    mismatches: 0,
    unrecorded: 0,
  })

  const [gone, off] = truthOf(huawei).onus.map(({ onu }) => onu)
  control({ kind: 'remove-onus', olt: huawei, which: { onus: [gone!] } })
  control({ kind: 'disable', olt: huawei, which: { onus: [off!] } })
  expect(await ask('provisioning.scan', { oltIds: [oltId], taskId })).toMatchObject({
    mismatches: 2,
  })
  const { mismatches } = await ask('provisioning.mismatches', { oltId })
  expect(mismatches.map(({ address, kinds }) => [address.onuId, kinds])).toEqual([
    [Number(gone!.split(':')[1]), ['missing-on-olt']],
    [Number(off!.split(':')[1]), ['admin-state']],
  ])
}, 120_000)

test('an ONU that a preset fits is authorised with nobody at the desk', async () => {
  const oltId = idOf(huawei)
  const { serial } = truthOf(huawei).unconfigured[0]!
  await ask('provisioning.savePreset', {
    presetId: null,
    baseVersion: 0,
    preset: {
      name: 'Home',
      auto: true,
      when: { oltIds: [oltId] },
      settings: { lineProfile: '12', serviceProfile: '101', description: 'auto {serial}' },
    },
  })
  const { presets } = await ask('provisioning.presets', {})
  const learned = presets.filter(({ name }) => name !== 'Home').map(({ id }) => id)
  await ask('provisioning.orderPresets', {
    presetIds: [presets.find(({ name }) => name === 'Home')!.id, ...learned],
  })
  await ask('provisioning.setAuto', { on: true })
  await ask('provisioning.lookForWaiting', { oltId, taskId })
  await lab.until(
    async () => (await ask('provisioning.waiting', {})).auto,
    ({ doneToday, failedToday }) => doneToday + failedToday > 0,
  )
  await ask('provisioning.setAuto', { on: false })
  expect((await ask('provisioning.waiting', {})).auto).toMatchObject({
    doneToday: 1,
    failedToday: 0,
  })
  const onu = truthOf(huawei).onus.find((one) => one.serial === serial)
  expect(onu?.settings).toMatchObject({ lineProfile: '12', description: `auto ${serial}` })
  const { plans } = await ask('provisioning.plans', { states: ['done'], oltId })
  expect(plans[0]).toMatchObject({ kind: 'authorise', origin: 'preset', by: null, reason: 'Home' })
}, 120_000)

test('what is wanted of a service is brought about, and told: wanted, seen, since', async () => {
  const oltId = idOf(huawei)
  const { onu, serial } = truthOf(huawei).onus.at(-2)!
  const address = { ...place, onuId: Number(onu.split(':')[1]) }
  for (const [state, enabled] of [
    ['suspended', false],
    ['active', true],
  ] as const) {
    await ask('provisioning.setDesired', { services: [{ oltId, address, serial }], state })
    const { services } = await lab.until(
      () => ask('provisioning.services', {}),
      ({ services: [service] }) => service?.agreesSince != null && service.actual === state,
    )
    expect(services).toHaveLength(1)
    expect(services[0]).toMatchObject({ serial, desired: state, actual: state, problem: null })
    expect(onuOf(huawei, onu)!.enabled).toBe(enabled)
  }
}, 120_000)

test('what somebody else set on an OLT is told, though a plan of ours follows', async () => {
  const oltId = idOf(zte)
  const [theirs, ours] = truthOf(zte).onus.map(({ onu }) => onu)
  await ask('olt-backups.make', { oltId, taskId })
  control({ kind: 'remove-onus', olt: zte, which: { onus: [theirs!] } })
  const address = { shelf: 1, slot: 2, port: 1, onuId: Number(ours!.split(':')[1]) }
  const { plan } = await ask('provisioning.makePlan', {
    targets: { list: [{ oltId, address }] },
    change: { kind: 'configure', settings: { description: 'ours' } },
    taskId,
  })
  await ask('provisioning.apply', { planId: plan.id, version: plan.version })
  expect(await lab.planEnds(plan.id)).toMatchObject({ state: 'done', warnings: [] })
  const { state, versions } = await ask('olt-backups.versions', { oltId })
  expect(versions[0]).toMatchObject({ by: 'before-change', explained: false, planIds: [] })
  expect(state.unknownChangeAt).not.toBeNull()
}, 120_000)

test('passwords of a plan reach the OLT, and nothing else', async () => {
  const oltId = idOf(zte)
  const password = 'Kunci.Rumah-7'
  const { onu } = truthOf(zte).onus[0]!
  const address = { shelf: 1, slot: 2, port: 1, onuId: Number(onu.split(':')[1]) }
  const { plan } = await ask('provisioning.makePlan', {
    targets: { list: [{ oltId, address }] },
    change: {
      kind: 'configure',
      settings: { wan: { mode: 'pppoe', vlan: 200, userName: 'rumah7@isp' } },
    },
    passwords: { pppoe: password },
    taskId,
  })
  const shown = async (): Promise<string> =>
    JSON.stringify(
      await Promise.all([
        ask('provisioning.plan', { planId: plan.id }),
        ask('provisioning.planTargets', { planId: plan.id }),
        ask('provisioning.planSteps', { planId: plan.id, target: 0 }),
        ask('provisioning.journal', { oltId, address }),
        ask('provisioning.onu', { oltId, address, fresh: false, taskId }),
        ask('audit.activity', { people: false }),
      ]),
    )
  const preview = await shown()
  expect(preview).toContain('pppoe username rumah7@isp password ••••')
  expect(preview).not.toContain(password)
  await ask('provisioning.apply', { planId: plan.id, version: plan.version })
  expect(await lab.planEnds(plan.id)).toMatchObject({ state: 'done', stopReason: null })
  expect(onuOf(zte, onu)!.settings.wan).toMatchObject({
    mode: 'pppoe',
    userName: 'rumah7@isp',
    password,
  })

  expect(await shown()).not.toContain(password)
  expect(JSON.stringify(lab.engine().asked)).not.toContain(password)
  expect(lab.engine().log.join('\n')).not.toContain(password)
  const files = readdirSync(lab.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  expect(files.length).toBeGreaterThan(1)
  for (const file of files) expect(readFileSync(file).includes(password), file).toBe(false)
}, 120_000)
