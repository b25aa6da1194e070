import { beforeAll, describe, expect, test } from 'vitest'
import { builtInRoles } from '../../src-shared/domain/roles.ts'
import { createRoles } from '../../src-main/access/roles.ts'
import { createApprovalsBench, type ApprovalsBench } from '../support/approvals-bench.ts'

describe('the rule itself', () => {
  const set = (who: ReturnType<ApprovalsBench['person']>, version: number, rule: object) =>
    who.tell('approvals.setRule', {
      kind: 'provisioning.plan',
      baseVersion: version,
      grave: false,
      above: null,
      reason: 'as we agreed',
      ...rule,
    })

  test('an administrator makes it stricter; looser, or off, the owner alone and outside the page', async () => {
    const bench = createApprovalsBench()
    const anna = bench.person('Anna', 'administrator')
    const rina = bench.person('Rina', 'owner')
    expect((await set(anna, 0, { grave: true, above: 10 })).code).toBeUndefined()
    expect(bench.asked).toEqual([])
    for (const looser of [
      { grave: false, above: 10 },
      { grave: true, above: 11 },
      { grave: true },
    ]) {
      expect((await set(anna, 1, looser)).code).toBe('approval-rule-owner')
    }
    expect((await set(anna, 1, { grave: true, above: 3 })).code).toBeUndefined()
    bench.window.onAsk = () => false
    expect((await set(rina, 2, {})).code).toBe('confirmation-refused')
    bench.window.onAsk = () => true
    expect((await set(rina, 2, {})).code).toBeUndefined()
    expect(bench.asked.at(-1)).toMatchObject({
      action: 'loosen-approvals',
      rules: { before: { grave: true, above: 3 }, after: { grave: false, above: null } },
    })
    expect((await set(rina, 2, {})).code).toBe('conflict')
    bench.clock.advance(6 * 60_000)
    expect((await set(rina, 3, { grave: true })).code).toBe('step-up-needed')
    expect(bench.auditRows().filter(({ name }) => name === 'approvals.setRule').length).toBe(9)
  })

  test('says how many could approve', async () => {
    const bench = createApprovalsBench()
    const rina = bench.person('Rina', 'owner')
    const approvers = async () =>
      (await rina.ask('approvals.rules', {})).rules[0]?.approvers.toSorted()
    expect(await approvers()).toEqual(['Rina'])
    const budi = bench.person('Budi', 'noc-engineer')
    bench.person('Tono', 'technician')
    expect(await approvers()).toEqual(['Budi', 'Rina'])
    bench.change(budi.accountId, { disabled_at: 1 })
    expect(await approvers()).toEqual(['Rina'])
  })
})

describe('permissions', () => {
  let may: (role: string, permission: string) => boolean
  beforeAll(() => {
    const roles = createRoles({ prepare: () => ({ get: () => undefined }) } as never)
    may = (role, permission) => roles.permissionsOf(role).has(permission)
  })
  test('owner, administrator and NOC engineer approve; owner and administrator manage the rule', () => {
    const of = (permission: string) => builtInRoles.filter((role) => may(role, permission))
    expect(of('provisioning.plan.approve').toSorted()).toEqual(
      ['administrator', 'noc-engineer', 'owner'].toSorted(),
    )
    expect(of('approvals.rule.manage').toSorted()).toEqual(['administrator', 'owner'].toSorted())
  })
})
