import { expect, test } from 'vitest'
import { at, createBed, oltWith, taskId } from '../support/provisioning-bed.ts'

test('passwords of a plan that failed are gone with the first start a day later', async () => {
  const bed = createBed([oltWith(1, 1)])
  bed.olts[0]!.fault = () => ({ kind: 'refuse', code: 'cli-refused' })
  const { plan } = await bed.command('provisioning.makePlan', {
    targets: { list: [{ oltId: bed.olts[0]!.id, address: at(1) }] },
    change: { kind: 'configure', settings: { wan: { mode: 'pppoe', vlan: 200, userName: 'a' } } },
    passwords: { pppoe: 'secret-1' },
    taskId,
  })
  await bed.command('provisioning.apply', { planId: plan.id, version: 1 })
  await bed.run(plan.id)
  const sealed = () =>
    bed
      .store()
      .reader.prepare<[], { kept: number }>(
        'SELECT passwords_sealed IS NOT NULL AS kept FROM provisioning_plan',
      )
      .get()?.kept
  bed.restart()
  expect(sealed()).toBe(1)
  bed.clock.jump(25 * 3_600_000)
  bed.restart()
  expect(sealed()).toBe(0)
})
