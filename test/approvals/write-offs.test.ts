import { expect, test } from 'vitest'
import { createApprovalsBench } from '../support/approvals-bench.ts'

const kind = 'billing.write-off'

const scene = async () => {
  const bench = createApprovalsBench(1)
  bench.seeds.seller()
  bench.rewrite(`UPDATE billing_settings SET currency = 'USD', time_zone = 'UTC'`)
  bench.setRule({ grave: false, above: 5_000 }, kind)
  const subscriberId = bench.seeds.subscriber('Ani')
  const nadia = bench.person('Nadia', 'finance')
  const budi = bench.person('Budi', 'finance')
  const invoice = async (currency = 'USD'): Promise<string> => {
    const draft = await nadia.tell('billing.saveDraft', {
      documentId: null,
      baseVersion: 0,
      kind: 'invoice',
      subscriberId,
      currency,
      lines: [
        {
          description: 'Work',
          quantity: 1,
          unitPrice: 14_000,
          unitScale: 2,
          taxIncluded: false,
          taxCodes: [],
        },
      ],
    })
    const { documentId, version: baseVersion } = draft
    await nadia.tell('billing.issueDraft', { documentId, baseVersion })
    return documentId
  }
  const documentId = await invoice()
  const wish = (amount: number, of = documentId, currency = 'USD') => ({
    subscriberId,
    currency,
    documents: [{ documentId: of, amount }],
    reason: 'moved away',
  })
  type Caller = typeof nadia
  const asked = async (who: Caller, amount: number) => {
    const { writeOffId } = await who.tell('billing.draftWriteOff', wish(amount))
    const { requestId } = await who.tell('approvals.ask', {
      kind,
      subjectId: writeOffId,
      reason: 'please look',
    })
    return { writeOffId, requestId }
  }
  const carryOut = async (who: Caller, writeOffId: string): Promise<string> =>
    (await who.tell('billing.carryOutWriteOff', { writeOffId, baseVersion: 1 })).code ?? 'done'
  const balance = async (): Promise<number> =>
    (await nadia.ask('billing.ledger', { subscriberId })).balance
  return {
    ...bench,
    nadia,
    budi,
    subscriberId,
    invoice,
    wish,
    documentId,
    askedFor: asked,
    carryOut,
    balance,
  }
}

test('above the limit it is refused at once and waits for a second person, who is not its maker', async () => {
  const { nadia, budi, wish, askedFor, carryOut, decide, balance, asked } = await scene()
  expect((await nadia.tell('billing.writeOff', wish(5_001))).code).toBe('approval-needed')
  const { writeOffId, requestId } = await askedFor(nadia, 14_000)
  expect(await carryOut(nadia, writeOffId)).toBe('approval-needed')
  expect(await decide(nadia, requestId)).toBe('approval-own')
  expect(await balance()).toBe(14_000)
  const { requests } = await budi.ask('approvals.list', { which: 'waiting' })
  expect(requests[0]?.preview.money).toMatchObject({
    documentId: null,
    total: 14_000,
    reason: 'moved away',
    lines: [{ text: 'INV-A-2026-000001', amount: 14_000 }],
  })
  expect(await decide(budi, requestId)).toBe('decided')
  expect(asked.at(-1)).toMatchObject({ action: 'approve-write-off' })
  expect(await carryOut(nadia, writeOffId)).toBe('done')
  expect(await carryOut(nadia, writeOffId)).toBe('not-found')
  expect(await balance()).toBe(0)
})

test('small ones of one subscriber within a day count together; another currency is above any limit', async () => {
  const { nadia, budi, wish, invoice } = await scene()
  expect((await nadia.tell('billing.writeOff', wish(3_000))).code).toBeUndefined()
  expect((await budi.tell('billing.writeOff', wish(2_001))).code).toBe('approval-needed')
  const euros = await invoice('EUR')
  expect((await nadia.tell('billing.writeOff', wish(1, euros, 'EUR'))).code).toBe('approval-needed')
})

test('a wish falls when its document was paid meanwhile, and is dropped', async () => {
  const { nadia, budi, askedFor, decide, carryOut, subscriberId } = await scene()
  const { writeOffId, requestId } = await askedFor(nadia, 14_000)
  await decide(budi, requestId)
  const { today } = await nadia.ask('billing.account', { subscriberId })
  const paid = await nadia.tell('billing.takePayment', {
    paymentId: '01930000-0000-7000-8000-00000000aaaa',
    subscriberId,
    method: 'cash',
    currency: 'USD',
    amount: 1_000,
    receivedOn: today,
  })
  expect(paid.code).toBeUndefined()
  expect(await carryOut(nadia, writeOffId)).toBe('allocation-beyond-document')
  const { wishes } = await nadia.ask('billing.writeOffs', { subscriberId })
  expect(wishes).toMatchObject([{ id: writeOffId, stands: false, amount: 14_000 }])
  expect(
    (await nadia.tell('billing.dropWriteOff', { writeOffId, baseVersion: 1 })).code,
  ).toBeUndefined()
})

test('who may take payments only writes nothing off', async () => {
  const { person, wish } = await scene()
  const tono = person('Tono', 'support')
  expect((await tono.tell('billing.writeOff', wish(1))).code).toBe('permission-denied')
})
