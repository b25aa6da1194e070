import { afterEach, beforeEach, expect, test } from 'vitest'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { createModelOlt, modelConfig, type ModelOlt } from '../support/model-olt.ts'
import { nobodyElse } from '../support/nobody-else.ts'
import { at, createBed, type Bed } from '../support/provisioning-bed.ts'
import { north, serviceId, subscriberId } from '../support/plans-bench.ts'
import { runFor } from '../support/settle.ts'
import { createDunningBench, serialOf, type DunningBench } from './dunning-bench.ts'

/** Debts down to the OLT: the worker that carries out what is wanted of a line is the console's own. */

let olt: ModelOlt
let bed: Bed
let bench: DunningBench
let debt: string
beforeEach(async () => {
  olt = createModelOlt(north, 'North')
  olt.onus.set(packOnuAddress(at(1)), modelConfig(serialOf(serviceId)))
  bench = await createDunningBench((parts) => {
    bed = createBed([olt], undefined, nobodyElse, parts)
    return bed.provisioning().lines
  })
  await bench.save()
  // Seven days overdue: warned today, cut a week later.
  debt = bench.invoice(30_000_000, '2026-11-15')
  bench.billing.start()
})
afterEach(() => {
  bench.billing.stop()
  bench.close()
})

const isOn = (): unknown => olt.onus.get(packOnuAddress(at(1)))?.adminEnabled
const wantedAndSeen = async () => {
  const { services } = await bed.query('provisioning.services', {})
  return services.map(({ desired, actual, agreesSince, problem }) => ({
    desired,
    actual,
    agrees: agreesSince !== null,
    problem: problem?.code ?? null,
  }))
}
const minutes = (count: number): Promise<void> => runFor(bench.clock, count * 60_000)
const switched = () => olt.sent.flatMap((step) => (step.kind === 'set-admin' ? [step.enabled] : []))

/** Off on the OLT, too. */
const cut = async (): Promise<void> => {
  await bench.sleep(8)
  await minutes(1)
  expect([await bench.status(), isOn()]).toEqual(['suspended', false])
}

test('an OLT that cannot be reached blocks no payment: the books are right at once, the line as soon as it answers', async () => {
  await cut()
  olt.unreachable = 'cli-unreachable'
  await bench.pay(30_000_000)
  expect(await bench.live()).toMatchObject({ state: 'closed', cut: 'none' })
  expect((await bench.query('billing.account', { subscriberId })).open).toEqual([])
  expect(await bench.status()).toBe('active')
  // Wanted in the payment's own transaction, and tried for as long as it takes.
  expect(await wantedAndSeen()).toMatchObject([{ desired: 'active', agrees: false }])
  await minutes(90)
  expect(isOn()).toBe(false)
  expect(await wantedAndSeen()).toMatchObject([
    { desired: 'active', agrees: false, problem: 'cli-unreachable' },
  ])
  olt.unreachable = null
  await minutes(61)
  expect(isOn()).toBe(true)
  expect(await wantedAndSeen()).toEqual([
    { desired: 'active', actual: 'active', agrees: true, problem: null },
  ])
})

test('an older wish never overwrites a newer one: what was paid while the OLT was away is never cut', async () => {
  olt.unreachable = 'cli-unreachable'
  await bench.sleep(8)
  await minutes(5)
  expect(await wantedAndSeen()).toMatchObject([{ desired: 'suspended', agrees: false }])
  await bench.pay(30_000_000)
  olt.unreachable = null
  await minutes(120)
  expect([switched(), isOn()]).toEqual([[], true])
})

test('nor does the one that is on its way in that moment: it is followed by the newer one', async () => {
  let paid: Promise<unknown> | null = null
  olt.duringStep = () => {
    paid ??= bench.pay(30_000_000)
  }
  await bench.sleep(8)
  await minutes(5)
  await paid
  expect([switched(), isOn()]).toEqual([[false, true], true])
  expect(await wantedAndSeen()).toEqual([
    { desired: 'active', actual: 'active', agrees: true, problem: null },
  ])
})

test('the preview shows the lines that the OLT gets, to the letter, and what stands in the way', async () => {
  await bench.run()
  const preview = async () =>
    (await bench.query('billing.dunningPreview', { on: '2026-11-29' })).rows
  const [row] = await preview()
  const [line] = row!.lines
  expect(line).toMatchObject({
    serial: serialOf(serviceId),
    oltName: 'North',
    address: at(1),
    problem: null,
  })
  olt.obstacle = 'cli-unreachable'
  expect((await preview())[0]!.lines[0]?.problem).toMatchObject({ code: 'cli-unreachable' })
  olt.obstacle = null
  await cut()
  const rendered = olt.port.render(olt.sent.find(({ kind }) => kind === 'set-admin')!)
  expect(rendered.via === 'cli' && rendered.lines.map(({ line: sent }) => sent)).toEqual(line?.cli)
})

test('a debt that is given up brings the line back on the OLT itself', async () => {
  await cut()
  await bench.command('billing.writeOff', {
    subscriberId,
    currency: 'IDR',
    documents: [{ documentId: debt, amount: 30_000_000 }],
    reason: 'moved away',
  })
  await minutes(1)
  expect([await bench.status(), isOn()]).toEqual(['active', true])
  expect(await wantedAndSeen()).toMatchObject([{ desired: 'active', agrees: true }])
})
