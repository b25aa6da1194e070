import { expect, test } from 'vitest'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { at, createBed, oltWith, serialOf, type Bed } from '../support/provisioning-bed.ts'
import { rejectionOf } from '../support/error-code.ts'
import { runFor } from '../support/settle.ts'

const olt = () => oltWith(1, 5)
const services = (bed: Bed, onuIds: readonly number[]) =>
  onuIds.map((onuId) => ({
    oltId: bed.olts[0]!.id,
    address: at(onuId),
    serial: serialOf(0x1000 + onuId),
  }))
const wish = (bed: Bed, state: 'active' | 'suspended', onuIds: readonly number[]) =>
  bed.command('provisioning.setDesired', { services: services(bed, onuIds), state })
const enabled = (bed: Bed): readonly unknown[] =>
  [1, 2, 3, 4, 5].map((onuId) => bed.olts[0]!.onus.get(packOnuAddress(at(onuId)))?.adminEnabled)

test('many wishes on one OLT follow each other at once, not one at each turn of the clock', async () => {
  const bed = createBed([olt()])
  await wish(bed, 'suspended', [1, 2, 3, 4])
  await runFor(bed.clock, 9_000, 250)
  expect(enabled(bed)).toEqual([false, false, false, false, true])
  const told = await bed.query('provisioning.services', {})
  expect(told.services.every(({ agreesSince }) => agreesSince !== null)).toBe(true)
})

test('a wish that comes while the one before is carried out does not wait for a retry', async () => {
  const bed = createBed([olt()])
  let other: Promise<unknown> | null = null
  // The subscriber pays in the very moment in which his line is cut.
  bed.olts[0]!.duringStep = () => {
    other ??= wish(bed, 'active', [1])
  }
  await wish(bed, 'suspended', [1])
  await runFor(bed.clock, 9_000, 250)
  await other
  expect(enabled(bed)[0]).toBe(true)
  const { services: told } = await bed.query('provisioning.services', {})
  expect(told).toMatchObject([{ desired: 'active', actual: 'active', tries: 0, problem: null }])
})

test('an OLT that cannot be reached is tried again later, not at once', async () => {
  const bed = createBed([olt()])
  bed.olts[0]!.unreachable = 'cli-unreachable'
  await wish(bed, 'suspended', [1, 2])
  await runFor(bed.clock, 9_000, 250)
  const { services: told } = await bed.query('provisioning.services', {})
  expect(told.map(({ tries }) => tries)).toEqual([1, 1])
})

test('a line that is off for debt is brought back by hand by who runs the dunning, with a reason, and by nobody else', async () => {
  const bed = createBed([olt()])
  await wish(bed, 'suspended', [1, 2])
  await runFor(bed.clock, 9_000, 250)
  bed.heldForDebt.add(serialOf(0x1001))
  const back = (reason: string) =>
    bed.command('provisioning.setDesired', {
      services: services(bed, [2, 1]),
      state: 'active',
      reason,
    })
  const drop = () =>
    bed.command('provisioning.dropDesired', {
      services: [{ oltId: bed.olts[0]!.id, address: at(1) }],
    })
  const code = async (act: Promise<unknown>): Promise<string> => (await rejectionOf(act)).code
  expect(await code(back('he called'))).toBe('line-suspended-for-debt')
  expect(await code(drop())).toBe('line-suspended-for-debt')
  bed.permissions.add('billing.dunning.run')
  expect(await code(back(''))).toBe('line-suspended-for-debt')
  await runFor(bed.clock, 9_000, 250)
  // Refused as a whole: nor the one that nobody holds.
  expect(enabled(bed).slice(0, 2)).toEqual([false, false])
  await back('a clinic, he pays tomorrow')
  await runFor(bed.clock, 9_000, 250)
  expect(enabled(bed).slice(0, 2)).toEqual([true, true])
})

test('a line that billing wants off, switched off for billing, is billing’s to bring back; any other is the person’s', async () => {
  const bed = createBed([olt()])
  for (const index of [1, 3]) bed.heldForDebt.add(serialOf(0x1000 + index))
  const off = (indexes: readonly number[], forBilling?: boolean) =>
    bed.command('provisioning.setDesired', {
      services: services(bed, indexes),
      state: 'suspended',
      reason: 'reconciliation',
      ...(forBilling === undefined ? {} : { forBilling }),
    })
  await off([1, 2], true)
  await off([3])
  await runFor(bed.clock, 9_000, 250)
  expect(enabled(bed).slice(0, 3)).toEqual([false, false, false])
  const told = await bed.query('provisioning.services', {})
  expect(
    Object.fromEntries(told.services.map(({ serial, source, cause }) => [serial, [source, cause]])),
  ).toEqual({
    [serialOf(0x1001)]: ['billing', 'debt'],
    [serialOf(0x1002)]: ['hand', null],
    [serialOf(0x1003)]: ['hand', null],
  })
})

test('a line taken off for billing because its service is over is billing’s; else, and for a debt, the person’s', async () => {
  const bed = createBed([olt()])
  bed.ended.add(serialOf(0x1001))
  bed.heldForDebt.add(serialOf(0x1002))
  await bed.command('provisioning.setDesired', {
    services: services(bed, [1, 2, 3]),
    state: 'removed',
    reason: 'reconciliation',
    forBilling: true,
  })
  const told = await bed.query('provisioning.services', {})
  expect(
    Object.fromEntries(told.services.map(({ serial, source, cause }) => [serial, [source, cause]])),
  ).toEqual({
    [serialOf(0x1001)]: ['billing', 'ended'],
    [serialOf(0x1002)]: ['hand', null],
    [serialOf(0x1003)]: ['hand', null],
  })
})
