import { describe, expect, test } from 'vitest'
import { createApprovalsBench } from '../support/approvals-bench.ts'
import { stoppedAtEveryStatement } from '../support/every-statement.ts'

const kind = 'billing.credit-note'
const hourMs = 3_600_000
const mistyped = 'was typed twice'

type Bench = ReturnType<typeof createApprovalsBench>
type Caller = ReturnType<Bench['person']>

const line = (unitPrice: number, taxCodes: string[] = []) => ({
  description: `Work ${unitPrice}`,
  quantity: 1,
  unitPrice,
  unitScale: 2,
  taxIncluded: false,
  taxCodes,
})

/** A seller in USD with the limit at 50.00, two of finance and an invoice of 100.00 and 40.00. */
const scene = async (above: number | null = 5_000) => {
  const bench = createApprovalsBench(1)
  bench.seeds.seller()
  bench.rewrite(`UPDATE billing_settings SET currency = 'USD', time_zone = 'UTC'`)
  bench.setRule({ grave: false, above }, kind)
  const subscriberId = bench.seeds.subscriber('Ani')
  const nadia = bench.person('Nadia', 'finance')
  const budi = bench.person('Budi', 'finance')
  const invoice = async (currency = 'USD') => {
    const draft = await nadia.tell('billing.saveDraft', {
      documentId: null,
      baseVersion: 0,
      kind: 'invoice',
      subscriberId,
      currency,
      lines: [line(10_000), line(4_000)],
    })
    const { documentId, version: baseVersion } = draft
    const issued = await nadia.tell('billing.issueDraft', { documentId, baseVersion })
    expect(issued.code).toBeUndefined()
    const record = await nadia.ask('billing.document', { documentId })
    return { documentId, lineIds: record.lines.map(({ id }) => id) }
  }
  const first = await invoice()
  const creditOf = (amount: number, of = first) => ({
    documentId: of.documentId,
    lines: [{ lineId: of.lineIds[0] ?? '', amount }],
    reason: mistyped,
  })
  const askAbout = (who: Caller, subjectId: string) =>
    who.tell('approvals.ask', { kind, subjectId, reason: 'please look' })
  /** Wished by somebody and asked about by him. */
  const wished = async (who: Caller, amount: number, of = first) => {
    const { documentId: wishId } = await who.tell('billing.draftCredit', creditOf(amount, of))
    const { requestId } = await askAbout(who, wishId)
    return { wishId, requestId }
  }
  const issue = async (who: Caller, documentId: string, baseVersion = 1): Promise<string> => {
    const reply = await who.tell('billing.issueCredit', { documentId, baseVersion })
    return reply.code ?? reply.number
  }
  const credited = (): number =>
    bench.reads.all<{ n: number }>(
      `SELECT coalesce(sum(total), 0) AS n FROM invoice
        WHERE kind = 'credit-note' AND status = 'issued'`,
    )[0]?.n ?? 0
  return {
    ...bench,
    nadia,
    budi,
    subscriberId,
    ...first,
    invoice,
    creditOf,
    askAbout,
    wished,
    issue,
    credited,
  }
}

describe('a credit note above the limit', () => {
  test('is refused at once, and credits nothing while it is only wished', async () => {
    const now = await scene()
    const { nadia, creditOf, wished, issue, credited } = now
    expect((await nadia.tell('billing.credit', creditOf(5_001))).code).toBe('approval-needed')
    const { wishId } = await wished(nadia, 5_001)
    expect(await issue(nadia, wishId)).toBe('approval-needed')
    expect(credited()).toBe(0)
    const { documents } = await nadia.ask('billing.documents', {
      filter: { kinds: ['credit-note'] },
    })
    expect(documents).toMatchObject([{ state: 'draft', number: null, total: 5_001 }])
    const ledger = await nadia.ask('billing.ledger', { subscriberId: now.subscriberId })
    expect(ledger.balance).toBe(14_000)
  })

  test('is not approved by who wished it, nor by who asked, nor by who may not approve', async () => {
    const { nadia, budi, person, decide, wished, creditOf, askAbout } = await scene()
    const tono = person('Tono', 'support')
    const own = await wished(nadia, 6_000)
    expect(await decide(nadia, own.requestId)).toBe('approval-own')
    expect(await decide(tono, own.requestId)).toBe('permission-denied')
    // Written by the one, asked about by the other: neither decides.
    const { documentId } = await nadia.tell('billing.draftCredit', creditOf(7_000))
    const { requestId } = await askAbout(budi, documentId)
    expect(await decide(nadia, requestId)).toBe('approval-own')
    expect(await decide(budi, requestId)).toBe('approval-own')
  })

  test('is issued once with the second person, exactly as it was shown', async () => {
    const now = await scene()
    const { nadia, budi, decide, wished, issue, credited, asked } = now
    const { wishId, requestId } = await wished(nadia, 6_000)
    const { requests } = await budi.ask('approvals.list', { which: 'waiting' })
    expect(requests[0]?.preview.money).toMatchObject({
      number: 'INV-A-2026-000001',
      subscriberName: 'Ani',
      currency: 'USD',
      total: 6_000,
      reason: mistyped,
      billAgain: false,
      lines: [{ text: 'Work 10000', amount: 6_000 }],
    })
    expect(await decide(budi, requestId)).toBe('decided')
    expect(asked.at(-1)).toMatchObject({ action: 'approve-credit', money: { total: 6_000 } })
    expect(await issue(nadia, wishId, 2)).toBe('conflict')
    expect(await issue(nadia, wishId)).toBe('CN-A-2026-000001')
    expect(await issue(nadia, wishId)).toBe('not-found')
    expect(credited()).toBe(6_000)
    const { request } = await nadia.ask('approvals.of', { kind, subjectId: wishId })
    expect(request).toMatchObject({ state: 'used', decidedBy: 'Budi' })
  })

  test('stopped at any statement of its issue, wish and approval stand as they stood; then it is issued once', async () => {
    const { nadia, budi, decide, wished, credited, hook, reads } = await scene()
    const { wishId, requestId } = await wished(nadia, 6_000)
    await decide(budi, requestId)
    const rows = () =>
      [
        'invoice',
        'invoice_line',
        'invoice_tax',
        'number_series',
        'ledger_entry',
        'allocation',
        'approval_request',
      ].map((table) => reads.all(`SELECT * FROM ${table} ORDER BY 1, 2`))
    const stops = await stoppedAtEveryStatement(
      async (onStatement) => {
        // The router answers with a code: what broke it is given back.
        let broke: unknown
        hook.onStatement = () => {
          try {
            onStatement()
          } catch (error) {
            broke = error
            throw error
          }
        }
        const issued = { documentId: wishId, baseVersion: 1 }
        const { code } = await nadia.tell('billing.issueCredit', issued)
        if (code !== undefined) throw broke ?? new Error(code)
      },
      rows,
      (now, before, stop) => expect(now, `stopped before statement ${stop + 1}`).toEqual(before),
    )
    expect(stops).toBeGreaterThan(5)
    expect(credited()).toBe(6_000)
    expect(reads.all(`SELECT number FROM invoice WHERE kind = 'credit-note'`)).toEqual([
      { number: 'CN-A-2026-000001' },
    ])
    const { request } = await nadia.ask('approvals.of', { kind, subjectId: wishId })
    expect(request?.state).toBe('used')
  })

  test('stays refused when it is declined, or when its approver may approve no longer', async () => {
    const { nadia, budi, decide, wished, issue, change, credited } = await scene()
    const declined = await wished(nadia, 6_000)
    expect(await decide(budi, declined.requestId, 'decline')).toBe('decided')
    expect(await issue(nadia, declined.wishId)).toBe('approval-needed')
    const other = await wished(nadia, 6_500)
    await decide(budi, other.requestId)
    change(budi.accountId, { disabled_at: 1 })
    expect(await issue(nadia, other.wishId)).toBe('approval-needed')
    expect(credited()).toBe(0)
  })

  test('falls when its document was credited meanwhile beyond what is left', async () => {
    const { nadia, budi, decide, wished, issue, creditOf, documentId, lineIds } = await scene()
    const { wishId, requestId } = await wished(nadia, 9_000)
    await decide(budi, requestId)
    const small = await nadia.tell('billing.credit', creditOf(2_000))
    expect(small.code).toBeUndefined()
    expect(await issue(nadia, wishId)).toBe('credit-beyond-document')
    const { request } = await nadia.ask('approvals.of', { kind, subjectId: wishId })
    expect(request).toMatchObject({ state: 'fallen' })
    const look = await nadia.ask('billing.creditLook', {
      documentId,
      lines: [{ lineId: lineIds[0] ?? '', amount: 1 }],
    })
    expect(look.wishes).toMatchObject([{ documentId: wishId, total: 9_000, stands: false }])
    const gone = await nadia.tell('billing.removeDraft', { documentId: wishId, baseVersion: 1 })
    expect(gone.code).toBeUndefined()
  })

  test('is not issued, changed or made anything else by the ways of other drafts', async () => {
    const { nadia, wished, subscriberId, credited } = await scene()
    const { wishId: documentId } = await wished(nadia, 9_000)
    expect((await nadia.tell('billing.issueDraft', { documentId, baseVersion: 1 })).code).toBe(
      'not-found',
    )
    const saved = await nadia.tell('billing.saveDraft', {
      documentId,
      baseVersion: 1,
      kind: 'debit-note',
      subscriberId,
      currency: 'USD',
      lines: [line(1)],
    })
    expect(saved.code).toBe('not-found')
    expect(credited()).toBe(0)
  })

  test('is what was shown and nothing else, even when somebody alters the store', async () => {
    const { nadia, budi, decide, wished, issue, rewrite, credited } = await scene()
    for (const sql of [
      `UPDATE invoice SET typed = '{"billAgain":true}' WHERE id = ?`,
      `UPDATE invoice SET reason = 'another' WHERE id = ?`,
    ]) {
      const { wishId, requestId } = await wished(nadia, 6_000)
      expect(await decide(budi, requestId)).toBe('decided')
      rewrite(sql, wishId)
      expect(await issue(nadia, wishId)).toBe('approval-needed')
    }
    expect(credited()).toBe(0)
  })
})

describe('the limit', () => {
  test('lets smaller ones go at once, up to itself; without a limit all', async () => {
    const { nadia, creditOf } = await scene()
    expect((await nadia.tell('billing.credit', creditOf(5_000))).code).toBeUndefined()
    const off = await scene(null)
    expect((await off.nadia.tell('billing.credit', off.creditOf(10_000))).code).toBeUndefined()
    const wish = await off.nadia.tell('billing.draftCredit', {
      ...off.creditOf(1),
      lines: [{ lineId: off.lineIds[1] ?? '', amount: 4_000 }],
    })
    expect(wish).toMatchObject({ secondPerson: false })
    expect((await off.askAbout(off.nadia, wish.documentId)).code).toBe('approval-not-needed')
    expect(await off.issue(off.nadia, wish.documentId)).toBe('CN-A-2026-000002')
  })

  test('counts several small ones of one document within a day as one, whoever makes them', async () => {
    const { nadia, budi, creditOf, clock, signInAll, invoice } = await withSignIn()
    expect((await nadia.tell('billing.credit', creditOf(3_000))).code).toBeUndefined()
    expect((await nadia.tell('billing.credit', creditOf(2_001))).code).toBe('approval-needed')
    expect((await budi.tell('billing.credit', creditOf(2_001))).code).toBe('approval-needed')
    const { documentId } = creditOf(1)
    expect(
      await nadia.ask('billing.creditLook', { documentId, lines: creditOf(2_001).lines }),
    ).toMatchObject({ secondPerson: true, creditedLately: 3_000, total: 2_001 })
    // Another document has a limit of its own.
    const second = await invoice()
    expect((await nadia.tell('billing.credit', creditOf(3_000, second))).code).toBeUndefined()
    clock.jump(24 * hourMs)
    signInAll()
    expect((await nadia.tell('billing.credit', creditOf(2_001))).code).toBeUndefined()
  })

  test('is above any amount of another currency than the seller’s', async () => {
    const { nadia, creditOf, invoice } = await scene()
    const euros = await invoice('EUR')
    expect((await nadia.tell('billing.credit', creditOf(1, euros))).code).toBe('approval-needed')
  })

  test('is not moved by another currency of the seller', async () => {
    const { person, setRule } = await scene()
    const anna = person('Anna', 'administrator')
    const configure = async (currency: string) => {
      const { version, timeZone } = await anna.ask('billing.settings', {})
      return (await anna.tell('billing.configure', { baseVersion: version, currency, timeZone }))
        .code
    }
    expect(await configure('JPY')).toBe('billing-currency-limit')
    expect(await configure('USD')).toBeUndefined()
    setRule({ grave: false, above: null }, kind)
    expect(await configure('JPY')).toBeUndefined()
  })

  test('is seen before: how much it would be and whether a second person is needed', async () => {
    const { nadia, documentId, lineIds } = await scene()
    const look = (amount: number) =>
      nadia.ask('billing.creditLook', { documentId, lines: [{ lineId: lineIds[0]!, amount }] })
    expect(await look(5_000)).toMatchObject({ secondPerson: false, total: 5_000, wishes: [] })
    expect(await look(5_001)).toMatchObject({ secondPerson: true })
    expect((await look(10_001)).code).toBe('credit-beyond-document')
    expect(await nadia.ask('billing.creditLook', { documentId, lines: null })).toMatchObject({
      total: 14_000,
      currency: 'USD',
    })
  })

  test('is loosened by the owner alone; too large a number of ONUs is no rule', async () => {
    const { person, asked } = await scene()
    const anna = person('Anna', 'administrator')
    const rina = person('Rina', 'owner')
    const set = (who: Caller, baseVersion: number, above: number | null) =>
      who.tell('approvals.setRule', { kind, baseVersion, grave: false, above, reason: 'agreed' })
    expect((await set(anna, 1, 5_001)).code).toBe('approval-rule-owner')
    expect((await set(anna, 1, null)).code).toBe('approval-rule-owner')
    expect((await set(anna, 1, 4_000)).code).toBeUndefined()
    expect((await set(rina, 2, 900_000_000)).code).toBeUndefined()
    expect(asked.at(-1)).toMatchObject({
      action: 'loosen-approvals',
      rules: { of: kind, currency: 'USD', before: { above: 4_000 } },
    })
    const { rules } = await rina.ask('approvals.rules', {})
    expect(rules).toMatchObject([
      { kind: 'provisioning.plan', currency: null },
      { kind, currency: 'USD', above: 900_000_000 },
      { kind: 'billing.write-off', currency: 'USD', above: null },
    ])
    const plans = await rina.tell('approvals.setRule', {
      kind: 'provisioning.plan',
      baseVersion: 0,
      grave: false,
      above: 100_001,
      reason: 'agreed',
    })
    expect(plans.code).toBe('invalid-input')
  })
})

describe('what waits', () => {
  test('is seen by who may read documents and reaches the subscriber, and by nobody else', async () => {
    const { person, nadia, wished, reaches, subscriberId, agents } = await scene()
    const { wishId } = await wished(nadia, 6_000)
    const noc = person('Wati', 'noc-engineer')
    const near = person('Sari', 'finance')
    const far = person('Joko', 'finance')
    const narrow = (who: Caller) =>
      reaches.set(who.accountId, { kind: 'own', accountId: who.accountId, olts: new Set() })
    narrow(near)
    narrow(far)
    agents.set(subscriberId, near.accountId)
    const seen = async (who: Caller) =>
      (await who.ask('approvals.list', { which: 'waiting' })).requests.length
    expect([await seen(noc), await seen(near), await seen(far)]).toEqual([0, 1, 0])
    const of = { kind, subjectId: wishId } as const
    expect((await noc.ask('approvals.of', of)).code).toBe('permission-denied')
    expect((await far.ask('approvals.of', of)).code).toBe('beyond-scope')
  })
})

const withSignIn = async () => {
  const now = await scene()
  return {
    ...now,
    signInAll: () => {
      now.nadia.signIn()
      now.budi.signIn()
    },
  }
}
