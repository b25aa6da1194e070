import { describe, expect, test } from 'vitest'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { createApprovalsBench, type ApprovalsBench } from '../support/approvals-bench.ts'
import { at } from '../support/provisioning-bed.ts'

const hourMs = 3_600_000
const remove = { kind: 'delete' } as const
const disable = { kind: 'disable' } as const

const benchOf = (rule = { grave: true, above: null as number | null }, onus = 3) => {
  const bench = createApprovalsBench(onus)
  bench.setRule(rule)
  const nadia = bench.person('Nadia', 'noc-engineer')
  const budi = bench.person('Budi', 'noc-engineer')
  return { ...bench, nadia, budi }
}
/** A destructive plan of Nadia's that she has asked about. */
const askedBench = async (rule?: { grave: boolean; above: number | null }) => {
  const bench = benchOf(rule)
  const plan = await bench.makePlan(bench.nadia, remove, 1)
  const { requestId } = await bench.wish(bench.nadia, plan.id)
  return { ...bench, planId: plan.id, requestId }
}
const isThere = (bench: Pick<ApprovalsBench, 'bed'>, onuId: number): boolean =>
  bench.bed.olts[0]!.onus.has(packOnuAddress(at(onuId)))

describe('a plan that needs a second person', () => {
  test('is refused without one, before anybody is asked; with one it is carried out, once', async () => {
    const bench = await askedBench()
    const { nadia, budi, planId, requestId, apply } = bench
    expect(await apply(nadia, planId)).toBe('approval-needed')
    expect(bench.bed.confirmed).toEqual([])
    expect(await bench.decide(budi, requestId)).toBe('decided')
    expect(await apply(nadia, planId)).toBe('applied')
    expect(isThere(bench, 1)).toBe(false)
    const { request } = await nadia.ask('approvals.of', bench.subject(planId))
    expect(request).toMatchObject({ state: 'used', decidedBy: 'Budi', mine: true })
    expect(await apply(nadia, planId)).toBe('plan-not-applicable')
    expect(bench.auditRows().map(({ name, code }) => code ?? name)).toEqual(
      expect.arrayContaining(['approvals.ask', 'approval-needed', 'approvals.decide']),
    )
    const feed = bench.store.reader
      .prepare<[string], { data: string; name: string }>(
        `SELECT data, command_name AS name FROM change_feed WHERE entity = 'approval'
          AND entity_id = ? ORDER BY seq`,
      )
      .all(requestId)
    expect(feed.map(({ name, data }) => `${name} ${data}`)).toEqual([
      'approvals.ask {"state":"waiting"}',
      'approvals.decide {"state":"approved"}',
      'provisioning.apply {"state":"used"}',
    ])
  })

  test('only where the rule says so: by risk, by number of ONUs, or never', async () => {
    const bench = benchOf({ grave: false, above: 2 })
    const { nadia, makePlan, apply, wish, setRule } = bench
    const two = await makePlan(nadia, disable, 1, 2)
    const three = await makePlan(nadia, disable, 1, 2, 3)
    const grave = await makePlan(nadia, remove, 3)
    expect((await wish(nadia, two.id)).code).toBe('approval-not-needed')
    expect((await wish(nadia, grave.id)).code).toBe('approval-not-needed')
    expect(await apply(nadia, three.id)).toBe('approval-needed')
    expect(await nadia.ask('approvals.of', bench.subject(three.id))).toMatchObject({
      needed: true,
      mayAsk: true,
      approvers: ['Budi'],
      rule: { grave: false, above: 2 },
    })
    setRule({ grave: false, above: null })
    expect(await apply(nadia, three.id)).toBe('applied')
  })

  test('switched on while the window stood open, it counts', async () => {
    const bench = benchOf({ grave: false, above: null })
    const plan = await bench.makePlan(bench.nadia, remove, 1)
    const before = bench.bed.confirmed.push.bind(bench.bed.confirmed)
    bench.bed.confirmed.push = (...requests) => {
      bench.setRule({ grave: true, above: null })
      return before(...requests)
    }
    expect(await bench.apply(bench.nadia, plan.id)).toBe('approval-needed')
    expect(isThere(bench, 1)).toBe(true)
  })

  test('lives on while it waits and while it is approved, and no longer', async () => {
    const bench = await askedBench()
    const { nadia, budi, clock, planId, requestId } = bench
    const state = async () => (await nadia.ask('provisioning.plan', { planId })).plan.state
    const again = (): void => {
      nadia.signIn()
      budi.signIn()
    }
    clock.advance(20 * 60_000)
    clock.jump(20 * hourMs)
    again()
    expect(await state()).toBe('draft')
    expect(await bench.decide(budi, requestId)).toBe('decided')
    clock.jump(7 * hourMs)
    again()
    expect(await state()).toBe('draft')
    clock.jump(2 * hourMs)
    again()
    expect(await state()).toBe('expired')
    expect(await bench.apply(nadia, planId)).toBe('plan-expired')
  })

  test('what is sent is what was approved: content that is not the same to the letter falls', async () => {
    const bench = await askedBench()
    const { nadia, budi, planId, requestId, store } = bench
    expect(await bench.decide(budi, requestId)).toBe('decided')
    expect(store.reader).toBeDefined()
    bench.rewrite(
      `UPDATE provisioning_step SET rendered = json_set(rendered, '$.lines[0].line',
      'ont delete 1 9') WHERE plan_id = ? AND seq = 0`,
      planId,
    )
    expect(await bench.apply(nadia, planId)).toBe('approval-needed')
    expect(isThere(bench, 1)).toBe(true)
  })

  test('nor does somebody decide about what is not as it was asked for', async () => {
    const bench = await askedBench()
    bench.rewrite(
      `UPDATE provisioning_target SET serial = 'TEST00000000' WHERE plan_id = ?`,
      bench.planId,
    )
    expect(await bench.decide(bench.budi, bench.requestId)).toBe('approval-ended')
    expect(bench.asked).toEqual([])
  })

  test('stopping and going on never need one; taking back one’s own change needs none for half an hour', async () => {
    const bench = benchOf({ grave: false, above: null })
    const { nadia, budi, clock } = bench
    const plan = await bench.makePlan(nadia, disable, 1, 2, 3)
    expect(await bench.apply(nadia, plan.id, false)).toBe('applied')
    bench.setRule({ grave: true, above: 0 })
    expect((await nadia.tell('provisioning.stop', { planId: plan.id })).code).toBeUndefined()
    await bench.bed.run(plan.id)
    const state = (await nadia.ask('provisioning.plan', { planId: plan.id })).plan
    if (state.state === 'stopped') {
      const reply = await nadia.tell('provisioning.continue', { planId: plan.id })
      expect(reply.code).toBeUndefined()
      await bench.bed.run(plan.id)
    }
    const undoOf = async (who: typeof nadia) => {
      const made = await who.tell('provisioning.makeUndo', {
        planId: plan.id,
        taskId: plan.id,
        targets: [0],
      })
      return made.plan.id
    }
    const others = await undoOf(budi)
    expect(await bench.apply(budi, others)).toBe('approval-needed')
    const own = await undoOf(nadia)
    expect(await bench.apply(nadia, own)).toBe('applied')
    // The undo of the undo would do the first thing once more.
    const back = await nadia.tell('provisioning.makeUndo', { planId: own, taskId: own })
    expect(await bench.apply(nadia, back.plan.id)).toBe('approval-needed')
    clock.advance(31 * 60_000)
    nadia.signIn()
    const late = await nadia.tell('provisioning.makeUndo', {
      planId: plan.id,
      taskId: plan.id,
      targets: [1],
    })
    expect(await bench.apply(nadia, late.plan.id)).toBe('approval-needed')
  })
})

describe('who decides', () => {
  test('not who asked, not who made it, whoever asked', async () => {
    const bench = await askedBench()
    expect(await bench.decide(bench.nadia, bench.requestId)).toBe('approval-own')
    const rina = bench.person('Rina', 'owner')
    const plan = await bench.makePlan(bench.nadia, remove, 2)
    const { requestId } = await bench.wish(rina, plan.id)
    expect(await bench.decide(bench.nadia, requestId)).toBe('approval-own')
    expect(await bench.decide(rina, requestId)).toBe('approval-own')
    expect(await bench.decide(bench.budi, requestId)).toBe('decided')
  })

  test('not by another account of the same employee, linked before or after', async () => {
    const bench = await askedBench()
    const { nadia, budi, change, planId, requestId } = bench
    const employeeId = bench.employee()
    change(budi.accountId, { employee_id: employeeId })
    // She asks while she is that employee; then the link goes to the other account.
    expect((await nadia.tell('approvals.withdraw', { requestId })).code).toBeUndefined()
    change(budi.accountId, { employee_id: null })
    change(nadia.accountId, { employee_id: employeeId })
    const again = await bench.wish(nadia, planId)
    change(nadia.accountId, { employee_id: null })
    change(budi.accountId, { employee_id: employeeId })
    expect(await bench.decide(budi, again.requestId)).toBe('approval-own')
    const { approvers } = await nadia.ask('approvals.of', bench.subject(planId))
    expect(approvers).toEqual(['Budi'])
  })

  test('not by an account that she has just made, linked or given a one-time code', async () => {
    const bench = await askedBench()
    const { nadia, budi, change, requestId, clock } = bench
    change(
      budi.accountId,
      { code_hash: '$argon2id$y', code_until: 1 },
      nadia.accountId,
      'access.resetPassword',
    )
    expect(await bench.decide(budi, requestId)).toBe('approval-own-hand')
    const twin = bench.person('Twin', 'noc-engineer', nadia.accountId)
    const linked = bench.person('Linked', 'noc-engineer')
    change(linked.accountId, {}, nadia.accountId, 'access.companyAccount')
    for (const one of [twin, linked]) {
      expect(await bench.decide(one, requestId)).toBe('approval-own-hand')
    }
    clock.jump(4 * 24 * hourMs)
    for (const one of [nadia, budi]) one.signIn()
    const plan = await bench.makePlan(nadia, remove, 2)
    const later = await bench.wish(nadia, plan.id)
    expect(await bench.decide(budi, later.requestId)).toBe('decided')
  })

  test('not who may not, at the moment of the decision', async () => {
    const bench = await askedBench()
    for (const role of ['technician', 'field-supervisor', 'support', 'auditor', 'finance']) {
      const one = bench.person(role, role)
      expect(await bench.decide(one, bench.requestId), role).toBe('permission-denied')
    }
  })

  test('asks who one is, and outside the page; a “no” there decides nothing', async () => {
    const bench = await askedBench()
    const { nadia, budi, clock, requestId, window, asked } = bench
    clock.advance(6 * 60_000)
    expect(await bench.decide(budi, requestId)).toBe('step-up-needed')
    budi.signIn()
    window.onAsk = () => false
    expect(await bench.decide(budi, requestId)).toBe('confirmation-refused')
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({
      action: 'approve-plan',
      by: 'Budi',
      change: 'delete',
      risk: 'destructive',
      how: 'type-name',
      onus: 1,
      words: [
        { label: 'wantedBy', value: 'Nadia' },
        { label: 'reason', value: 'the customer has left' },
        { label: 'answer', value: 'looked at it' },
      ],
    })
    expect(asked[0]?.lines.length).toBeGreaterThan(0)
    const { requests } = await nadia.ask('approvals.list', { which: 'mine' })
    expect(requests[0]?.state).toBe('waiting')
  })

  test('nothing comes between the question and the answer', async () => {
    const bench = await askedBench()
    const { nadia, budi, window, requestId, planId, change } = bench
    window.onAsk = async () => {
      await nadia.tell('approvals.withdraw', { requestId })
      return true
    }
    expect(await bench.decide(budi, requestId)).toBe('conflict')
    const again = await bench.wish(nadia, planId)
    window.onAsk = () => {
      bench.sessions.end(budi.client)
      return true
    }
    expect(await bench.decide(budi, again.requestId)).toBe('session-ended')
    budi.signIn()
    window.onAsk = () => {
      change(nadia.accountId, { disabled_at: 1 })
      return true
    }
    expect(await bench.decide(budi, again.requestId)).toBe('approval-ended')
    change(nadia.accountId, { disabled_at: null })
    window.onAsk = async () => {
      await nadia.tell('provisioning.discard', { planId })
      return true
    }
    expect(await bench.decide(budi, again.requestId)).toBe('approval-ended')
  })

  test('who was disabled or lost the right approves nothing any more; given back, it holds again', async () => {
    const bench = await askedBench()
    const { nadia, budi, change, planId } = bench
    await bench.decide(budi, bench.requestId)
    const hold = async () =>
      (await nadia.ask('approvals.of', bench.subject(planId))).request?.notHolding?.params['state']
    expect(await hold()).toBeUndefined()
    change(budi.accountId, { disabled_at: 1 })
    expect(await hold()).toBe('approver-gone')
    expect(await bench.apply(nadia, planId)).toBe('approval-needed')
    change(budi.accountId, { disabled_at: null, role: 'technician' })
    expect(await bench.apply(nadia, planId)).toBe('approval-needed')
    change(budi.accountId, { role: 'noc-engineer' })
    change(nadia.accountId, { role: 'support' })
    const rina = bench.person('Rina', 'owner')
    expect(await bench.apply(rina, planId)).toBe('approval-needed')
    change(nadia.accountId, { role: 'noc-engineer' })
    expect(await bench.apply(rina, planId)).toBe('applied')
  })

  test('declined, withdrawn, run out: it is asked for again, and the first leaves its answer', async () => {
    const bench = await askedBench()
    const { nadia, budi, planId, requestId, clock } = bench
    expect((await bench.wish(nadia, planId)).code).toBe('conflict')
    expect(await bench.decide(budi, requestId, 'decline')).toBe('decided')
    expect(bench.asked[0]).toMatchObject({ action: 'decline-plan', how: 'confirm', risk: 'read' })
    expect(await bench.apply(nadia, planId)).toBe('approval-needed')
    expect(await nadia.ask('approvals.counts', {})).toEqual({ toDecide: 0, answered: 1 })
    expect((await budi.tell('approvals.acknowledge', { requestId })).code).toBe('permission-denied')
    await nadia.tell('approvals.acknowledge', { requestId })
    expect(await nadia.ask('approvals.counts', {})).toEqual({ toDecide: 0, answered: 0 })
    const second = await bench.wish(nadia, planId)
    expect(await budi.ask('approvals.counts', {})).toEqual({ toDecide: 1, answered: 0 })
    expect((await budi.tell('approvals.withdraw', second)).code).toBe('permission-denied')
    expect((await nadia.tell('approvals.withdraw', second)).code).toBeUndefined()
    expect(await bench.decide(budi, second.requestId)).toBe('approval-ended')
    await bench.wish(nadia, planId)
    bench.approvals.start()
    bench.rewrite(`UPDATE approval_request SET expires_at = asked_at + ?`, '30000')
    clock.advance(61_000)
    expect(bench.auditRows().at(-1)?.name).toBe('approvals.ended')
    bench.approvals.stop()
    const { requests } = await nadia.ask('approvals.list', { which: 'mine' })
    expect(requests[0]?.state).toBe('expired')
  })

  test('who may not read plans sees nothing of what is asked about them', async () => {
    const bench = await askedBench()
    const cashier = bench.person('Cici', 'cashier')
    expect((await cashier.ask('approvals.list', { which: 'waiting' })).requests).toEqual([])
    expect((await cashier.ask('approvals.of', bench.subject(bench.planId))).code).toBe(
      'permission-denied',
    )
    expect(await cashier.ask('approvals.counts', {})).toEqual({ toDecide: 0, answered: 0 })
    expect((await bench.wish(cashier, bench.planId)).code).toBe('permission-denied')
  })

  test('nor who does not reach it: he neither sees it nor decides, and what he approved holds no longer', async () => {
    const bench = await askedBench()
    const { budi, nadia, planId, requestId, reaches } = bench
    const elsewhere = {
      kind: 'regions',
      accountId: budi.accountId,
      olts: new Set<string>(),
    } as const
    reaches.set(budi.accountId, elsewhere)
    expect((await budi.ask('approvals.list', { which: 'waiting' })).requests).toEqual([])
    expect(await budi.ask('approvals.counts', {})).toEqual({ toDecide: 0, answered: 0 })
    expect((await budi.ask('approvals.of', bench.subject(planId))).code).toBe('beyond-scope')
    expect((await bench.wish(budi, planId)).code).toBe('beyond-scope')
    expect(await bench.decide(budi, requestId)).toBe('beyond-scope')
    expect((await nadia.ask('approvals.of', bench.subject(planId))).approvers).toEqual([])
    reaches.delete(budi.accountId)
    expect(await bench.decide(budi, requestId)).toBe('decided')
    reaches.set(budi.accountId, elsewhere)
    expect(await bench.apply(nadia, planId)).toBe('approval-needed')
  })
})
