import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { fitsPattern } from '../../src-main/provisioning/presets/rules.ts'
import { rejectionOf } from '../support/error-code.ts'
import { modelService } from '../support/model-olt.ts'
import {
  at,
  createBed,
  oltWith,
  pon,
  serialOf,
  taskId,
  type Bed,
} from '../support/provisioning-bed.ts'
import { runFor } from '../support/settle.ts'

const settings = { lineProfile: '10', services: [modelService(110)], name: 'auto {serial}' }
const serial = 'HWTC0000ABCD'

const plugIn = (bed: Bed, one: string, firstSeenAt = bed.clock.now()): void => {
  bed.unconfigured = [
    ...bed.unconfigured,
    {
      oltId: bed.olts[0]!.id,
      pon,
      serial: one,
      model: 'HG8145',
      firmware: null,
      firstSeenAt,
      seenAt: bed.clock.now(),
    },
  ]
}
const preset = (bed: Bed, more: object = {}) =>
  bed.command('provisioning.savePreset', {
    presetId: null,
    baseVersion: 0,
    preset: { name: 'home', when: {}, settings, auto: true, ...more },
  })
const onuOf = (bed: Bed, onuId: number) => bed.olts[0]!.onus.get(packOnuAddress(at(onuId)))
const waiting = (bed: Bed) => bed.query('provisioning.waiting', {})

describe('patterns', () => {
  test('`*` is any text, `?` one character, and case does not matter', () => {
    expect(fitsPattern('HWTC*', 'hwtc0001')).toBe(true)
    expect(fitsPattern('*0A??', 'HWTC0A1F')).toBe(true)
    expect(fitsPattern('*0A?', 'HWTC0A1F')).toBe(false)
    expect(fitsPattern('HWTC', 'HWTC0001')).toBe(false)
    expect(fitsPattern('', null)).toBe(true)
    expect(fitsPattern('*', null)).toBe(false)
  })

  test('agree with the same pattern as a regular expression', () => {
    const letters = (with_: string) => fc.string({ unit: fc.constantFrom(...with_), maxLength: 10 })
    fc.assert(
      fc.property(letters('AB*?'), letters('AB'), (pattern, text) => {
        const expression = new RegExp(
          `^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`,
          'u',
        )
        expect(fitsPattern(pattern, text)).toBe(pattern === '' || expression.test(text))
      }),
      { seed: 4, numRuns: 500 },
    )
  })
})

describe('presets', () => {
  test('the first from the top that fits is taken; those that are off are passed over', async () => {
    const bed = createBed([oltWith(1, 1)])
    await preset(bed, { name: 'off', enabled: false })
    await preset(bed, { name: 'other slot', when: { slots: [9] } })
    await preset(bed, { name: 'zte', when: { serialPattern: 'ZTEG*' } })
    const { presetId } = await preset(bed, { name: 'model', when: { model: 'hg81*' } })
    const last = await preset(bed, { name: 'any' })
    plugIn(bed, serial)
    expect((await waiting(bed)).onus[0]?.preset).toMatchObject({ id: presetId, name: 'model' })
    const { presets } = await bed.query('provisioning.presets', {})
    const ids = presets.map(({ id }) => id)
    const order = (presetIds: string[]) => bed.command('provisioning.orderPresets', { presetIds })
    expect((await rejectionOf(order(ids.slice(1)))).code).toBe('conflict')
    await order([last.presetId, ...ids.filter((id) => id !== last.presetId)])
    expect((await waiting(bed)).onus[0]?.preset?.name).toBe('any')
  })

  test('of another version is not overwritten', async () => {
    const bed = createBed([oltWith(1, 1)])
    const { presetId } = await preset(bed)
    const change = bed.command('provisioning.savePreset', {
      presetId,
      baseVersion: 0,
      preset: { name: 'x', when: {}, settings },
    })
    expect((await rejectionOf(change)).code).toBe('conflict')
  })
})

describe('the waiting list', () => {
  test('shows what SNMP and the CLI saw once, with where else the serial stands', async () => {
    const bed = createBed([oltWith(1, 2), oltWith(2, 1)])
    plugIn(bed, serialOf(0x2001))
    bed.olts[0]!.found.push({ pon, serial: serialOf(0x2001), model: 'HG8145', firmware: 'V5' })
    await bed.command('provisioning.lookForWaiting', { oltId: bed.olts[0]!.id, taskId })
    const { onus } = await waiting(bed)
    expect(onus).toHaveLength(1)
    expect(onus[0]).toMatchObject({
      firmware: 'V5',
      elsewhere: [{ oltName: 'OLT 2', address: at(1) }],
      obstacle: null,
      planId: null,
    })
  })

  test('an ONU that was just authorised is off it, before the network has looked again', async () => {
    const bed = createBed([oltWith(1, 1)])
    plugIn(bed, serial)
    const { plan } = await bed.command('provisioning.makePlan', {
      targets: { list: [{ oltId: bed.olts[0]!.id, pon, serial }] },
      change: { kind: 'authorise', settings },
      taskId,
    })
    await bed.command('provisioning.apply', { planId: plan.id, version: 1 })
    await bed.run(plan.id)
    expect((await waiting(bed)).onus).toEqual([])
  })
})

describe('authorising by itself', () => {
  test('does nothing until it is switched on, and only what a preset is marked for', async () => {
    const bed = createBed([oltWith(1, 1)])
    await preset(bed, { auto: false })
    plugIn(bed, serial)
    await runFor(bed.clock, 20_000)
    await bed.command('provisioning.setAuto', { on: true })
    await runFor(bed.clock, 20_000)
    expect(bed.olts[0]!.sent).toEqual([])
  })

  test('makes a plan of its own origin, runs it, and counts', async () => {
    const bed = createBed([oltWith(1, 1)])
    await preset(bed)
    await bed.command('provisioning.setAuto', { on: true })
    plugIn(bed, serial)
    await runFor(bed.clock, 20_000)
    expect(onuOf(bed, 2)).toMatchObject({ serial, name: `auto ${serial}`, lineProfile: '10' })
    const { plans } = await bed.query('provisioning.plans', {})
    expect(plans[0]).toMatchObject({ origin: 'preset', kind: 'authorise', state: 'done', by: null })
    expect((await waiting(bed)).auto).toMatchObject({ on: true, doneToday: 1, failedToday: 0 })
    expect(bed.confirmed).toEqual([])
  })

  test('an ONU that is refused is told once and left alone until it comes back', async () => {
    const bed = createBed([oltWith(1, 1)])
    bed.olts[0]!.fault = (step) =>
      step.kind === 'add-onu' ? { kind: 'refuse', code: 'onu-profile-missing' } : null
    await preset(bed)
    await bed.command('provisioning.setAuto', { on: true })
    plugIn(bed, serial)
    await runFor(bed.clock, 120_000, 5_000)
    const sent = () => bed.olts[0]!.sent.filter(({ kind }) => kind === 'add-onu').length
    expect(sent()).toBe(1)
    expect((await waiting(bed)).auto.failedToday).toBe(1)
    bed.unconfigured = []
    plugIn(bed, serial)
    await runFor(bed.clock, 20_000)
    expect(sent()).toBe(2)
  })

  test('what was announced goes before presets, only where it was announced for, and is used up', async () => {
    const bed = createBed([oltWith(1, 1), oltWith(2, 0)])
    await preset(bed)
    await bed.command('provisioning.saveOnu', {
      savedId: null,
      serial,
      settings: { ...settings, name: 'announced' },
      oltId: bed.olts[0]!.id,
      pon,
      auto: true,
    })
    await bed.command('provisioning.setAuto', { on: true })
    plugIn(bed, serial)
    await runFor(bed.clock, 20_000)
    expect(onuOf(bed, 2)?.name).toBe('announced')
    expect((await bed.query('provisioning.saved', {})).onus).toEqual([])
  })

  test('stops when it is switched off', async () => {
    const bed = createBed([oltWith(1, 1)])
    await preset(bed)
    await bed.command('provisioning.setAuto', { on: true })
    await bed.command('provisioning.setAuto', { on: false })
    plugIn(bed, serial)
    await runFor(bed.clock, 20_000)
    expect(bed.olts[0]!.sent).toEqual([])
  })
})

describe('catalogues and speeds', () => {
  const entry = {
    name: '',
    downKbps: null,
    upKbps: null,
    ethPorts: null,
    voicePorts: null,
    wifi: null,
    inUse: null,
  }

  test('a catalogue is read and kept; what it lacks is told in a preview', async () => {
    const bed = createBed([oltWith(1, 1)])
    const oltId = bed.olts[0]!.id
    bed.olts[0]!.catalogue = {
      'line-profiles': [{ ...entry, id: '10' }],
      vlans: [{ ...entry, id: '110' }],
    }
    expect(await bed.command('provisioning.readCatalogue', { oltId, taskId })).toEqual({
      entries: 2,
    })
    const { lists } = await bed.query('provisioning.catalogue', { oltId })
    expect(lists['line-profiles']?.[0]?.id).toBe('10')
    const { plan } = await bed.command('provisioning.makePlan', {
      targets: { list: [{ oltId, address: at(1) }] },
      change: {
        kind: 'configure',
        settings: { lineProfile: '77', services: [modelService(110), modelService(999)] },
      },
      taskId,
    })
    expect(plan.warnings.map(({ code }) => code)).toEqual([
      'onu-profile-missing',
      'onu-vlan-missing',
    ])
  })

  test('a speed stands for the profiles of each OLT; one it is not mapped on is left out', async () => {
    const bed = createBed([oltWith(1, 1), oltWith(2, 1)])
    const [one, other] = bed.olts
    const { speedId } = await bed.command('provisioning.saveSpeed', {
      speedId: null,
      baseVersion: 0,
      name: '50M',
      downKbps: 50_000,
      upKbps: 25_000,
      onOlts: [
        {
          oltId: one!.id,
          lineProfile: null,
          serviceProfile: null,
          upProfile: '25M',
          downProfile: '50M',
        },
      ],
    })
    const { plan } = await bed.command('provisioning.makePlan', {
      targets: { list: [one!, other!].map(({ id }) => ({ oltId: id, address: at(1) })) },
      change: { kind: 'set-speed', speedId },
      taskId,
    })
    expect(plan.leftOut).toMatchObject([
      { oltId: other!.id, problem: { code: 'speed-not-mapped' } },
    ])
    await bed.command('provisioning.apply', { planId: plan.id, version: 1 })
    await bed.run(plan.id)
    expect(onuOf(bed, 1)?.services).toMatchObject([{ upProfile: '25M', downProfile: '50M' }])
  })
})
