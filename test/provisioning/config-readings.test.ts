import { describe, expect, test } from 'vitest'
import type { Problem } from '../../src-shared/contract/common.ts'
import type { CallInputOf } from '../../src-shared/contract/define.ts'
import type { commands } from '../../src-shared/contract/index.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { createPlansBetween } from '../../src-main/engine/plans-between.ts'
import { createOltBackups, type OltBackups } from '../../src-main/olt-backups/olt-backups.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import { modelConfig } from '../support/model-olt.ts'
import {
  at,
  createBed,
  oltWith,
  pon,
  serialOf,
  taskId,
  type Bed,
} from '../support/provisioning-bed.ts'
import { runFor } from '../support/settle.ts'
import { idOf } from '../support/store-workspace.ts'

/** What an OLT is set to is read before the first line of a plan and after the last. */

const quietMs = 30_000

/** Two OLTs with three ONUs each, and what happened on them in its order. */
const bedOf = () => {
  const happened: string[] = []
  const answers = { before: null as Problem | null, after: null as Problem | null }
  const held = { before: null as Promise<void> | null }
  const bed = createBed([oltWith(1, 3), oltWith(2, 3)], ({ facts }) => ({
    before: async (oltId) => {
      happened.push(`before ${facts.olt(oltId)?.name}`)
      await held.before
      return answers.before
    },
    after: async (oltId) => {
      happened.push(`after ${facts.olt(oltId)?.name}`)
      return answers.after
    },
  }))
  for (const olt of bed.olts) {
    olt.duringStep = ({ kind }) => {
      happened.push(`${kind} ${olt.name}`)
    }
  }
  return { bed, happened, answers, held }
}

type Change = CallInputOf<(typeof commands)['provisioning.makePlan']>['change']
const begin = async (bed: Bed, change: Change, ...onuIds: readonly number[]): Promise<string> => {
  const { plan } = await bed.command('provisioning.makePlan', {
    targets:
      onuIds.length === 0
        ? { filter: {} }
        : { list: onuIds.map((onuId) => ({ oltId: bed.olts[0]!.id, address: at(onuId) })) },
    change,
    taskId,
  })
  await bed.command('provisioning.apply', { planId: plan.id, version: plan.version })
  return plan.id
}
const play = async (bed: Bed, change: Change, ...onuIds: readonly number[]): Promise<string> => {
  const planId = await begin(bed, change, ...onuIds)
  await bed.run(planId)
  return planId
}
const planOf = async (bed: Bed, planId: string) =>
  (await bed.query('provisioning.plan', { planId })).plan

describe('the configuration around a change', () => {
  test('is read once per OLT before the first line of a batch and once after the last', async () => {
    const { bed, happened } = bedOf()
    const planId = await play(bed, { kind: 'disable' })
    expect((await planOf(bed, planId)).state).toBe('done')
    await runFor(bed.clock, quietMs)
    for (const { name } of bed.olts) {
      expect(happened.filter((one) => one.endsWith(name))).toEqual([
        `before ${name}`,
        ...Array.from({ length: 3 }, () => `set-admin ${name}`),
        `save ${name}`,
        `after ${name}`,
      ])
    }
    await runFor(bed.clock, 10 * quietMs)
    expect(happened.filter((one) => one.startsWith('after'))).toHaveLength(2)
  })

  test('is read of both OLTs of a move, before either is touched', async () => {
    const { bed, happened } = bedOf()
    const to = { oltId: bed.olts[1]!.id, pon: { ...pon, port: 2 } }
    await play(bed, { kind: 'move', to }, 1)
    expect(happened.slice(0, 2)).toEqual(['before OLT 1', 'before OLT 2'])
    await runFor(bed.clock, quietMs)
    expect(happened.slice(-2).toSorted()).toEqual(['after OLT 1', 'after OLT 2'])
  })

  test('is shared by plans that follow each other', async () => {
    const { bed, happened } = bedOf()
    await play(bed, { kind: 'disable' }, 1)
    await runFor(bed.clock, quietMs / 2)
    await play(bed, { kind: 'disable' }, 2)
    await runFor(bed.clock, quietMs / 2)
    await play(bed, { kind: 'disable' }, 3)
    await runFor(bed.clock, quietMs)
    expect(happened.filter((one) => /before|after/.test(one))).toEqual([
      'before OLT 1',
      'after OLT 1',
    ])
  })

  test('is not read for a reboot, nor after where the OLT took nothing', async () => {
    const { bed, happened } = bedOf()
    await play(bed, { kind: 'reboot' }, 1)
    await runFor(bed.clock, quietMs)
    expect(happened.splice(0)).toEqual(['reboot OLT 1', 'save OLT 1'])
    bed.olts[0]!.fault = () => ({ kind: 'not-sent', code: 'cli-parameter-refused' })
    await play(bed, { kind: 'disable' }, 2)
    await runFor(bed.clock, quietMs)
    expect(happened).toEqual(['before OLT 1'])
  })

  test('that cannot be read is a warning: the plan goes on', async () => {
    const { bed, answers } = bedOf()
    answers.before = { code: 'cli-busy', params: {} }
    const planId = await play(bed, { kind: 'disable' }, 1)
    const warning = { code: 'plan-config-not-read', params: { olt: 'OLT 1', cause: 'cli-busy' } }
    expect(await planOf(bed, planId)).toMatchObject({ state: 'done', warnings: [warning] })
    answers.after = { code: 'config-empty', params: {} }
    await runFor(bed.clock, quietMs)
    expect((await planOf(bed, planId)).warnings).toEqual([
      warning,
      { code: 'plan-config-not-read', params: { olt: 'OLT 1', cause: 'config-empty' } },
    ])
  })

  test('that no family words exist for is no news', async () => {
    const { bed, answers } = bedOf()
    answers.before = { code: 'cli-family-cannot', params: {} }
    const planId = await play(bed, { kind: 'disable' }, 1)
    expect(await planOf(bed, planId)).toMatchObject({ state: 'done', warnings: [] })
  })

  test('is waited for a few seconds by a few ONUs, once', async () => {
    const { bed, happened, held } = bedOf()
    held.before = new Promise(() => undefined)
    const planId = await begin(bed, { kind: 'disable' }, 1, 2, 3)
    await runFor(bed.clock, 4_900)
    expect(happened).toEqual(['before OLT 1'])
    await runFor(bed.clock, 200)
    await bed.run(planId, 1_000)
    expect(happened.slice(1)).toEqual([...Array(3).fill('set-admin OLT 1'), 'save OLT 1'])
  })

  test('is not waited for by who stops the plan: nothing is sent', async () => {
    const { bed, happened, held } = bedOf()
    held.before = new Promise(() => undefined)
    const planId = await begin(bed, { kind: 'delete' }, 1)
    await runFor(bed.clock, 60_000)
    expect((await planOf(bed, planId)).state).toBe('running')
    await bed.command('provisioning.stop', { planId })
    await bed.run(planId, 1_000)
    expect(await planOf(bed, planId)).toMatchObject({ state: 'stopped', counts: { skipped: 1 } })
    expect(happened).toEqual(['before OLT 1'])
  })
})

describe('with the configurations that are kept', () => {
  const wired = () => {
    const made: { backups?: OltBackups } = {}
    const bed = createBed([oltWith(1, 3)], (parts) => {
      const backups = createOltBackups({
        ...parts,
        textOf: () => ({ mask: (text) => text, steady: (text) => text }),
        exportsFolder: '/nowhere',
        plansBetween: createPlansBetween(parts.reader),
      })
      made.backups = backups
      return { before: backups.beforePlan, after: backups.afterPlan }
    })
    const command = {
      commandId: idOf(0xfffe),
      name: 'test.olt',
      actor: { accountId: null, sessionId: null, clientKind: 'test' },
      auditInput: {},
      at: 1,
    } as const
    runCommand(bed.store(), command, (tx) => {
      tx.run(
        `INSERT INTO olt (id, name, host, port, snmp_version, community_sealed, optic_class,
           intervals_s, created_at, updated_at)
         VALUES (?, 'OLT 1', 'olt.example', 161, '2c', x'00', 'B+', '{}', 1, 1)`,
        bed.olts[0]!.id,
      )
      return { result: {} }
    })
    const unknown = () => made.backups!.facts()[0]!.unknown
    return { bed, unknown }
  }
  const configureOne = { kind: 'configure', settings: { description: 'ours' } } as const

  test('a change of ours is known as ours', async () => {
    const { bed, unknown } = wired()
    await play(bed, configureOne, 1)
    await runFor(bed.clock, 2 * quietMs)
    await play(bed, { kind: 'disable' }, 2)
    await runFor(bed.clock, 2 * quietMs)
    expect(unknown()).toBeNull()
  })

  test('a change of somebody else is not hidden by one of ours that follows', async () => {
    const { bed, unknown } = wired()
    await play(bed, configureOne, 1)
    await runFor(bed.clock, 2 * quietMs)
    bed.olts[0]!.onus.set(packOnuAddress(at(3)), modelConfig(serialOf(0x1003), { name: 'theirs' }))
    await play(bed, { kind: 'disable' }, 2)
    await runFor(bed.clock, 2 * quietMs)
    expect(unknown()).toMatchObject({ added: 1, removed: 1 })
  })
})
