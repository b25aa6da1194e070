import { describe, expect, test } from 'vitest'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { rejectionOf } from '../support/error-code.ts'
import { modelConfig, modelService } from '../support/model-olt.ts'
import {
  at,
  createBed,
  oltWith,
  pon,
  serialOf,
  taskId,
  type Bed,
} from '../support/provisioning-bed.ts'
import { runFor, settle } from '../support/settle.ts'

const scan = (bed: Bed) =>
  bed.command('provisioning.scan', { oltIds: bed.olts.map(({ id }) => id), taskId })
const adoptAll = async (bed: Bed, presetName: string | null = null) => {
  const oltId = bed.olts[0]!.id
  const { groups } = await bed.query('provisioning.adoption', { oltId })
  return bed.command('provisioning.adopt', {
    oltId,
    groups: groups.map(({ id }) => ({ groupId: id, presetName })),
  })
}
const change = (bed: Bed, onuId: number, more: Partial<ReturnType<typeof modelConfig>>): void => {
  const packed = packOnuAddress(at(onuId))
  bed.olts[0]!.onus.set(packed, { ...bed.olts[0]!.onus.get(packed)!, ...more })
}

describe('an OLT that is already full', () => {
  test('is read through, its ONUs gathered by settings, adopted, and presets learned', async () => {
    const bed = createBed([oltWith(1, 5)])
    const oltId = bed.olts[0]!.id
    change(bed, 5, { lineProfile: '30', services: [modelService(200), modelService(300)] })
    expect(await scan(bed)).toEqual({ mismatches: 0, unrecorded: 5 })
    const { groups, unrecorded } = await bed.query('provisioning.adoption', { oltId })
    expect(unrecorded).toBe(5)
    expect(groups.map(({ count }) => count)).toEqual([4, 1])
    expect(groups[0]).toMatchObject({
      share: 0.8,
      models: [{ model: 'M1', count: 4 }],
      suggestedName: '10 · 20 · VLAN 110',
      samples: [{ serial: serialOf(0x1001) }, {}, {}, {}],
    })
    const adopted = await bed.command('provisioning.adopt', {
      oltId,
      groups: [{ groupId: groups[0]!.id, presetName: 'home' }],
    })
    expect(adopted).toEqual({ adopted: 4, presets: 1 })
    const { presets } = await bed.query('provisioning.presets', {})
    expect(presets[0]).toMatchObject({
      name: 'home',
      auto: false,
      when: { oltIds: [oltId] },
      settings: { lineProfile: '10', services: [{ vlan: 110 }] },
    })
    expect((await bed.query('provisioning.adoption', { oltId })).unrecorded).toBe(1)
  })

  test('a group that is not there any more is refused whole', async () => {
    const bed = createBed([oltWith(1, 1)])
    await scan(bed)
    const adopt = bed.command('provisioning.adopt', {
      oltId: bed.olts[0]!.id,
      groups: [{ groupId: 'gone', presetName: null }],
    })
    expect((await rejectionOf(adopt)).code).toBe('not-found')
  })
})

describe('a mismatch scan', () => {
  const made = async () => {
    const bed = createBed([oltWith(1, 6)])
    await scan(bed)
    await adoptAll(bed)
    change(bed, 1, { description: 'by hand', adminEnabled: false })
    change(bed, 2, { services: [modelService(120)], lineProfile: '30' })
    bed.olts[0]!.onus.delete(packOnuAddress(at(3)))
    bed.olts[0]!.onus.set(packOnuAddress(at(9)), modelConfig('TEST0000EEEE'))
    await scan(bed)
    return bed
  }

  test('tells what differs, what is missing and what is there beside', async () => {
    const bed = await made()
    const { mismatches, total, scans } = await bed.query('provisioning.mismatches', {})
    expect(total).toBe(4)
    expect(mismatches.map(({ address, kinds }) => [address.onuId, kinds])).toEqual([
      [1, ['description', 'admin-state']],
      [2, ['profile', 'services']],
      [3, ['missing-on-olt']],
      [9, ['extra-on-olt']],
    ])
    expect(scans[0]).toMatchObject({ compared: 6, mismatches: 4, unrecorded: 1, running: false })
    const some = await bed.query('provisioning.mismatches', { kinds: ['services'] })
    expect(some.mismatches.map(({ address }) => address.onuId)).toEqual([2])
  })

  test('is mended on the console: its record becomes what the OLT has', async () => {
    const bed = await made()
    const { mismatches } = await bed.query('provisioning.mismatches', {})
    const mismatchIds = mismatches.map(({ id }) => id)
    expect(await bed.command('provisioning.acceptActual', { mismatchIds })).toEqual({ accepted: 4 })
    expect((await bed.query('provisioning.mismatches', {})).total).toBe(0)
    await scan(bed)
    expect((await bed.query('provisioning.mismatches', {})).total).toBe(0)
  })

  test('is mended on the OLT: a plan brings back what the console holds', async () => {
    const bed = await made()
    const oltId = bed.olts[0]!.id
    const { plan } = await bed.command('provisioning.makePlan', {
      targets: { list: [1, 2, 3].map((onuId) => ({ oltId, address: at(onuId) })) },
      change: { kind: 'resync' },
      taskId,
    })
    await bed.command('provisioning.apply', { planId: plan.id, version: 1 })
    await bed.run(plan.id)
    await scan(bed)
    const { mismatches } = await bed.query('provisioning.mismatches', {})
    expect(mismatches.map(({ kinds }) => kinds)).toEqual([['extra-on-olt']])
  })

  test('an OLT that cannot be read keeps what was found before, and says why it is old', async () => {
    const bed = await made()
    bed.olts[0]!.unreachable = 'cli-unreachable'
    await scan(bed)
    const { total, scans } = await bed.query('provisioning.mismatches', {})
    expect([total, scans[0]?.problem?.code]).toEqual([4, 'cli-unreachable'])
  })
})

describe('one ONU', () => {
  test('is read now, beside what the console holds', async () => {
    const bed = createBed([oltWith(1, 1)])
    const oltId = bed.olts[0]!.id
    await scan(bed)
    await adoptAll(bed)
    change(bed, 1, { name: 'else' })
    const ask = (fresh: boolean) =>
      bed.query('provisioning.onu', { oltId, address: at(1), fresh, taskId })
    expect(await ask(false)).toMatchObject({ actual: null, actualAt: null, differences: [] })
    expect((await ask(true)).differences).toEqual([
      { part: 'name', before: `n-${serialOf(0x1001)}`, after: 'else' },
    ])
    bed.olts[0]!.unreachable = 'cli-unreachable'
    expect(await ask(true)).toMatchObject({
      problem: { code: 'cli-unreachable' },
      actual: { name: 'else' },
    })
  })
})

describe('the wanted state of a service', () => {
  const want = (bed: Bed, state: 'active' | 'suspended' | 'removed', onuId = 1) =>
    bed.command('provisioning.setDesired', {
      services: [{ oltId: bed.olts[0]!.id, address: at(onuId), serial: serialOf(0x1000 + onuId) }],
      state,
      reason: 'unpaid',
    })
  const services = (bed: Bed) => bed.query('provisioning.services', {})
  const onu = (bed: Bed) => bed.olts[0]!.onus.get(packOnuAddress(at(1)))

  test('is brought about by a plan, and told: wanted, seen, since', async () => {
    const bed = createBed([oltWith(1, 2)])
    await want(bed, 'suspended')
    await runFor(bed.clock, 15_000)
    expect(onu(bed)?.adminEnabled).toBe(false)
    const [one] = (await services(bed)).services
    expect(one).toMatchObject({ desired: 'suspended', actual: 'suspended', problem: null })
    expect(one?.agreesSince).not.toBeNull()
    const { plans } = await bed.query('provisioning.plans', {})
    expect(plans[0]).toMatchObject({ origin: 'desired-state', kind: 'suspend', reason: 'unpaid' })
    await want(bed, 'active')
    await runFor(bed.clock, 15_000)
    expect(onu(bed)?.adminEnabled).toBe(true)
    await want(bed, 'removed')
    await runFor(bed.clock, 15_000)
    expect(onu(bed)).toBeUndefined()
    expect((await services(bed)).services[0]?.actual).toBe('removed')
  })

  test('from a page it is confirmed as a plan is; active is not', async () => {
    const bed = createBed([oltWith(1, 2)])
    bed.answer = false
    expect((await rejectionOf(want(bed, 'removed'))).code).toBe('confirmation-refused')
    expect(bed.confirmed[0]).toMatchObject({ how: 'type-name', expected: 'OLT 1' })
    await want(bed, 'active')
    expect((await services(bed)).total).toBe(1)
  })

  test('a dead OLT delays the act, never the books: tries grow apart, and it is done when it can be', async () => {
    const bed = createBed([oltWith(1, 2)])
    bed.olts[0]!.unreachable = 'cli-unreachable'
    await want(bed, 'suspended')
    await runFor(bed.clock, 300_000, 5_000)
    const [waits] = (await services(bed)).services
    expect(waits).toMatchObject({
      desired: 'suspended',
      agreesSince: null,
      problem: { code: 'cli-unreachable' },
    })
    expect(waits!.tries).toBeGreaterThan(1)
    expect(waits!.tries).toBeLessThan(8)
    bed.olts[0]!.unreachable = null
    await runFor(bed.clock, 1_200_000, 10_000)
    expect(onu(bed)?.adminEnabled).toBe(false)
  })

  test('another ONU at the place is not touched', async () => {
    const bed = createBed([oltWith(1, 2)])
    bed.olts[0]!.onus.set(packOnuAddress(at(1)), modelConfig('TEST0000AAAA'))
    await want(bed, 'removed')
    await runFor(bed.clock, 15_000)
    expect(onu(bed)?.serial).toBe('TEST0000AAAA')
    expect(bed.olts[0]!.sent).toEqual([])
  })

  test('moves with its ONU, and is dropped when nothing is wanted any more', async () => {
    const bed = createBed([oltWith(1, 2), oltWith(2, 0)])
    await want(bed, 'active')
    await settle()
    const { plan } = await bed.command('provisioning.makePlan', {
      targets: { list: [{ oltId: bed.olts[0]!.id, address: at(1) }] },
      change: { kind: 'move', to: { oltId: bed.olts[1]!.id, pon } },
      taskId,
    })
    await bed.command('provisioning.apply', { planId: plan.id, version: 1 })
    await bed.run(plan.id)
    const [moved] = (await services(bed)).services
    expect(moved).toMatchObject({ oltId: bed.olts[1]!.id, desired: 'active' })
    await bed.command('provisioning.dropDesired', {
      services: [{ oltId: moved!.oltId, address: moved!.address }],
    })
    expect((await services(bed)).total).toBe(0)
  })
})

describe('what if', () => {
  const ask = (bed: Bed, to: { oltId: string; pon: typeof pon }, ...onuIds: number[]) =>
    bed.query('provisioning.whatIf', {
      oltId: bed.olts[0]!.id,
      addresses: onuIds.map((onuId) => at(onuId)),
      to,
    })

  test('ONUs moved: their numbers, their light there, who loses service and for how long', async () => {
    const bed = createBed([oltWith(1, 4), oltWith(2, 3)])
    const levels = [-20, -21, -22, -23]
    bed.rx = (oltId, address) =>
      oltId === bed.olts[0]!.id ? levels[(address & 1023) - 1]! : -25 - (address & 1023)
    const found = await ask(bed, { oltId: bed.olts[1]!.id, pon }, 1, 4)
    expect(found).toMatchObject({ fits: true, free: 29, serviceLossS: 90, problems: [] })
    expect(found.rows).toMatchObject([
      { newAddress: at(4), onuRxNowDbm: -20, onuRxThenDbm: -25.5, marginThenDb: 1.5 },
      { newAddress: at(5), onuRxNowDbm: -23, onuRxThenDbm: -28.5, marginThenDb: -1.5 },
    ])
    expect(bed.olts.flatMap(({ sent }) => sent)).toEqual([])
  })

  test('too many, a serial that is there already, and a PON that is not there are told', async () => {
    const bed = createBed([oltWith(1, 4), oltWith(2, 31, { onuIds: { first: 1, last: 32 } })])
    bed.olts[1]!.onus.set(packOnuAddress(at(1)), modelConfig(serialOf(0x1001)))
    const found = await ask(bed, { oltId: bed.olts[1]!.id, pon }, 1, 2, 3)
    expect(found.fits).toBe(false)
    expect(found.rows.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      ['onu-serial-exists'],
      ['pon-full'],
      ['pon-full'],
    ])
    const nowhere = await ask(bed, { oltId: bed.olts[1]!.id, pon: { ...pon, port: 7 } as never }, 2)
    expect(nowhere.problems).toMatchObject([{ code: 'not-found', params: { what: 'pon' } }])
  })
})
