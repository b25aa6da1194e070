import { expect, it } from 'vitest'
import { createConditionTeller } from '../../src-main/alarms/detect/condition-teller.ts'
import { usualRule } from '../../src-main/alarms/detect/rule-limits.ts'
import { watchOltConfigs } from '../../src-main/alarms/detect/watch-olt-configs.ts'
import { createAlarmBench } from '../support/alarm-bench.ts'
import { settle } from '../support/settle.ts'
import { createBackupsBench } from './backups-bench.ts'

const hour = 3_600_000

/** The kept configurations of an OLT and the alarm book, joined as open-workspace.ts joins them. */
const createBoth = () => {
  const alarms = createAlarmBench()
  const backups = createBackupsBench({ clock: alarms.clock })
  const oltId = alarms.network.idOf('West')
  const watcher = watchOltConfigs(
    {
      facts: alarms.network.facts,
      rules: {
        rule: usualRule,
        settings: () => alarms.settings,
        isImportant: () => false,
        importantOf: () => new Set(),
        revision: () => 0,
      },
      teller: createConditionTeller(alarms.book.sink),
    },
    // There are two test beds, each with its own ids.
    () => backups.backups.facts().map((facts) => ({ ...facts, oltId })),
  )
  const pass = async (ms: number): Promise<void> => {
    alarms.clock.advance(ms)
    await settle()
    watcher.tick?.(alarms.clock.now())
    alarms.pass(120)
  }
  /** As the list shows them: what is over stays until somebody has seen it. */
  const rows = () =>
    alarms.open().map(({ type, oltName, severity, params, clearedAt }) => ({
      type,
      oltName,
      severity,
      params,
      over: clearedAt !== null,
    }))
  return { backups, pass, rows }
}

it('a configuration that is overdue stands in the list of alarms until one is kept', async () => {
  const { backups, pass, rows } = createBoth()
  await backups.make()
  await pass(1)
  expect(rows()).toEqual([])
  backups.device.fails = 'cli-timeout'
  await pass(60 * hour)
  expect(rows()).toEqual([
    {
      type: 'olt-config-backup-overdue',
      oltName: 'West',
      severity: 'warning',
      params: { ageS: expect.any(Number) },
      over: false,
    },
  ])
  expect(Number(rows()[0]?.params['ageS'])).toBeGreaterThan(59 * 3_600)
  // It stays one alarm, however often it is looked at.
  await pass(hour)
  expect(rows()).toHaveLength(1)
  backups.device.fails = null
  await backups.make()
  await pass(1)
  expect(rows()).toMatchObject([{ type: 'olt-config-backup-overdue', over: true }])
})

it('a change that nobody of us made stands there until somebody accepts it', async () => {
  const { backups, pass, rows } = createBoth()
  await backups.make()
  backups.device.text = backups.device.text.replace('end', 'vlan 9\nvlan 10\nend')
  const { versionId } = await backups.make()
  await pass(1)
  expect(rows()).toEqual([
    {
      type: 'olt-config-changed-outside',
      oltName: 'West',
      severity: 'minor',
      params: { added: 2, removed: 0 },
      over: false,
    },
  ])
  await backups.run('olt-backups.accept', { versionId, note: 'new VLANs, by Dewi' })
  await pass(1)
  expect(rows()).toMatchObject([{ type: 'olt-config-changed-outside', over: true }])
  // What a plan of the console explains is none.
  backups.plans.push('plan')
  backups.device.text = backups.device.text.replace('vlan 10\n', '')
  await backups.make()
  await pass(1)
  expect(rows()).toMatchObject([{ type: 'olt-config-changed-outside', over: true }])
})
