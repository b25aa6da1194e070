import { afterAll, beforeAll, expect, test } from 'vitest'
import { openChangeLab, type ChangeLab } from '../support/change-lab.ts'

/**
 * What a subscription means for its line, through the whole engine, on an OLT that is simulated down
 * to its SSH session: the ONU is really off, and the network sees it by SNMP.
 */

const olt = 'KARANG-01'
const scenario = {
  name: 'line-follows',
  seed: 21,
  community: 'lab-read',
  olts: [
    {
      name: olt,
      family: 'huawei-smartax',
      model: 'MA5608T',
      cli: { userName: 'noc', password: 'lab-noc-itself', bootS: 0, saveMs: 20 },
      population: { offlineShare: 0, disabledShare: 0, flappingShare: 0, dailyOutageShare: 0 },
      pons: [{ at: '0/1/0', onus: 4, split: 32 }],
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

test('a pause switches the ONU off on the OLT, seen by SNMP; it comes back with the subscription', async () => {
  const oltId = lab.oltIds.get(olt)!
  const { onu, serial } = lab.plant.truth(olt).onus[1]!
  const address = { shelf: 0, slot: 1, port: 0, onuId: Number(onu.split(':')[1]) }
  const isEnabled = (): boolean => lab.plant.truth(olt).onus.find((one) => one.onu === onu)!.enabled
  const { id } = await ask('subscribers.create', {
    kind: 'person',
    name: 'Sri Rahayu',
    status: 'active',
    language: 'id',
  })
  const { serviceId } = await ask('subscribers.saveService', {
    id,
    serviceId: null,
    baseVersion: 0,
    name: 'Home',
    onu: { oltId, serial },
  })
  const { today } = await ask('billing.settings', {})
  const { planId } = await ask('billing.savePlan', {
    planId: null,
    baseVersion: 0,
    code: 'HOME-20',
    name: 'Home 20',
    note: '',
    kind: 'main',
    payment: 'postpaid',
    currency: 'IDR',
    sold: true,
  })
  const { versionId } = await ask('billing.saveVersion', {
    planId,
    versionId: null,
    baseVersion: 1,
    terms: {
      validFromOn: '2026-01-01',
      price: 30_000_000,
      unitPrice: null,
      taxIncluded: false,
      taxCodes: [],
      interval: 'month',
      mode: 'advance',
      proration: 'actual',
      billWhileSuspended: true,
      billWhilePaused: false,
      speedId: null,
      extras: [],
      discounts: [],
    },
  })
  const { subscriptionId } = await ask('billing.startSubscription', {
    subscriberId: id,
    serviceId,
    startOn: today,
    bought: { planVersionId: versionId },
  })
  const based = async () => ({
    subscriptionId,
    baseVersion: (await ask('billing.subscription', { subscriptionId })).subscription.version,
    reason: 'away for a month',
  })
  const agrees = (state: string) =>
    lab.until(
      async () => (await ask('provisioning.services', {})).services,
      ([service]) => service?.agreesSince != null && service.actual === state,
    )
  const seenAs = (disabled: boolean) =>
    lab.until(
      async () => (await ask('network.onu', { oltId, address })).onu.state,
      (state) => (state === 'disabled') === disabled,
    )
  expect(isEnabled()).toBe(true)

  await ask('billing.pauseSubscription', { ...(await based()), fromOn: today, untilOn: null })
  const [off] = await agrees('suspended')
  expect(off).toMatchObject({ serial, source: 'billing', cause: 'paused', problem: null })
  expect(isEnabled()).toBe(false)
  await seenAs(true)

  await ask('billing.resumeSubscription', { ...(await based()), on: today })
  expect(await agrees('active')).toMatchObject([{ cause: 'running', problem: null }])
  expect(isEnabled()).toBe(true)
  await seenAs(false)

  const { plans } = await ask('provisioning.plans', { states: ['done'], oltId })
  expect(plans.map(({ kind, origin, by }) => [kind, origin, by])).toEqual([
    ['resume', 'desired-state', null],
    ['suspend', 'desired-state', null],
  ])
  const { events } = await ask('subscribers.timeline', { id })
  expect(events.map(({ kind }) => kind)).toContain('line-suspended')
}, 180_000)

test('a prepaid line is off on the OLT until money is there, and on with it, seen by SNMP', async () => {
  const oltId = lab.oltIds.get(olt)!
  const { onu, serial } = lab.plant.truth(olt).onus[2]!
  const isEnabled = (): boolean => lab.plant.truth(olt).onus.find((one) => one.onu === onu)!.enabled
  const seen = (disabled: boolean) =>
    lab.until(
      async () =>
        (
          await ask('network.onu', {
            oltId,
            address: { shelf: 0, slot: 1, port: 0, onuId: Number(onu.split(':')[1]) },
          })
        ).onu.state,
      (state) => (state === 'disabled') === disabled,
    )
  const { seller, version } = await ask('billing.seller', {})
  await ask('billing.configureSeller', {
    baseVersion: version,
    seller: { ...seller, name: 'Nusa Fiber' },
  })
  const { id } = await ask('subscribers.create', {
    kind: 'person',
    name: 'Budi Santoso',
    status: 'active',
    language: 'id',
  })
  const { serviceId } = await ask('subscribers.saveService', {
    id,
    serviceId: null,
    baseVersion: 0,
    name: 'Home',
    onu: { oltId, serial },
  })
  const { today } = await ask('billing.settings', {})
  const { planId } = await ask('billing.savePlan', {
    planId: null,
    baseVersion: 0,
    code: 'CARD-10',
    name: 'Card 10',
    note: '',
    kind: 'main',
    payment: 'prepaid',
    currency: 'IDR',
    sold: true,
  })
  const { versionId } = await ask('billing.saveVersion', {
    planId,
    versionId: null,
    baseVersion: 1,
    terms: {
      validFromOn: '2026-01-01',
      price: 10_000_000,
      unitPrice: null,
      taxIncluded: false,
      taxCodes: [],
      interval: '30d',
      mode: 'advance',
      proration: 'actual',
      billWhilePaused: false,
      speedId: null,
      extras: [],
      discounts: [],
    },
  })
  await ask('billing.startSubscription', {
    subscriberId: id,
    serviceId,
    startOn: today,
    bought: { planVersionId: versionId },
  })
  await seen(true)
  expect(isEnabled()).toBe(false)

  await ask('billing.takePayment', {
    paymentId: '01930000-0000-7000-8000-00000000aaaa',
    subscriberId: id,
    method: 'transfer',
    currency: 'IDR',
    amount: 10_000_000,
    receivedOn: today,
  })
  await seen(false)
  expect(isEnabled()).toBe(true)
  const { rows } = await ask('billing.prepaidOf', { subscriberId: id })
  expect(rows).toMatchObject([{ state: 'running', balance: 0 }])
}, 180_000)
