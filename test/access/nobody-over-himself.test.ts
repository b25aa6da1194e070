import { describe, expect, it } from 'vitest'
import { createPeopleBench } from '../support/people-bench.ts'
import { idOf } from '../support/store-workspace.ts'

/** Whatever somebody may do to others, he does not do to himself. */
describe.each(['administrator', 'owner'] as const)('nobody rules over himself: %s', (role) => {
  const bench = () => {
    const made = createPeopleBench()
    const me = made.addAccount('Arif', role)
    made.at(1, me)
    if (role !== 'owner') made.addAccount('Nadia', 'owner')
    return { ...made, me }
  }

  it('not his role, his second factor, his password by a code, his account, his ownership', async () => {
    const { tell, version, me, accounts } = bench()
    const baseVersion = version(me)
    const before = accounts.anyById(me)
    const tried = {
      role: await tell(1, 'access.changeAccount', {
        accountId: me,
        baseVersion,
        roleId: 'auditor',
      }),
      factor: await tell(1, 'access.resetSecondFactor', { accountId: me }),
      code: await tell(1, 'access.resetPassword', { accountId: me }),
      account: await tell(1, 'access.disableAccount', { accountId: me, baseVersion }),
      ownership: await tell(1, 'access.transferOwnership', { accountId: me }),
    }
    expect(tried).toEqual({
      role: 'own-account',
      factor: 'own-account',
      code: 'own-account',
      account: 'own-account',
      ownership: role === 'owner' ? 'own-account' : 'permission-denied',
    })
    expect(accounts.anyById(me)).toEqual(before)
  })

  it('not the record of the employee he is', async () => {
    const { tell, version, me } = bench()
    const employee = { name: 'Arif', position: '', group: '', phone: '', email: '', note: '' }
    const saved = await tell(1, 'access.saveEmployee', {
      employeeId: null,
      baseVersion: 0,
      employee,
    })
    const { employeeId } = saved as { employeeId: string }
    await tell(1, 'access.changeAccount', { accountId: me, baseVersion: version(me), employeeId })
    expect(await tell(1, 'access.removeEmployee', { employeeId, baseVersion: 1 })).toBe(
      'own-account',
    )
    expect(await tell(1, 'access.removeEmployee', { employeeId: idOf(9), baseVersion: 1 })).toBe(
      'not-found',
    )
  })
})

it('an administrator rids his own role of nothing that watches him; the owner sets the rules of all', async () => {
  const bench = createPeopleBench()
  bench.at(1, bench.addAccount('Nadia', 'owner'))
  bench.at(2, bench.addAccount('Arif', 'administrator'))
  const save = (client: number, roleId: 'administrator' | 'owner') =>
    bench.tell(client, 'access.saveRole', {
      roleId,
      baseVersion: 0,
      name: roleId,
      copyOf: roleId,
      permissions: [...bench.roles.permissionsOf(roleId)],
      secondFactorRequired: false,
      lockAfterMinutes: 60,
      sessionHours: 12,
    })
  expect(await save(2, 'administrator')).toBe('own-account')
  expect(await save(1, 'administrator')).toEqual({ roleId: 'administrator' })
  expect(await save(1, 'owner')).toEqual({ roleId: 'owner' })
})
