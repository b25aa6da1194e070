import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Output } from '../../src-shared/contract/index.ts'
import { strangeText } from '../../src-main/olt-backups/config-text.ts'
import { rejectionOf } from '../support/error-code.ts'
import { runFor, settle } from '../support/settle.ts'
import { idOf } from '../support/store-workspace.ts'
import { createBackupsBench, oltId, taskId, type BackupsBench } from './backups-bench.ts'
import { auditTrail } from '../support/audit-trail.ts'

const codeOf = async (work: Promise<unknown>): Promise<string> => (await rejectionOf(work)).code
const hour = 3_600_000

const said = (bench: BackupsBench): string =>
  JSON.stringify([
    bench.state(),
    bench.versions(),
    bench.events,
    bench.logged,
    bench.asked,
    auditTrail(bench.store),
    bench.store.reader.prepare(`SELECT data FROM change_feed`).all(),
  ])

describe('a configuration', () => {
  it('is not read where there is no way in, or the family does not know how', async () => {
    const bench = createBackupsBench()
    bench.device.obstacle = { code: 'cli-no-access', params: {} }
    expect(await codeOf(bench.make())).toBe('cli-no-access')
    bench.device.obstacle = null
    bench.device.reading = false
    expect(await codeOf(bench.make())).toBe('cli-family-cannot')
    expect(bench.state()).toMatchObject({ obstacle: { code: 'cli-family-cannot' }, nextAt: null })
    expect(await codeOf(bench.run('olt-backups.make', { oltId: idOf(9), taskId }))).toBe(
      'not-found',
    )
    expect(bench.device.reads).toBe(0)
  })

  it('is kept once while it stays the same, and again when it differs', async () => {
    const bench = createBackupsBench()
    const first = await bench.make()
    expect(first.changed).toBe(true)
    bench.clock.advance(hour)
    bench.device.text = `! saved at ${bench.clock.now()}\r\n${bench.device.text}\r\n`
    expect(await bench.make()).toEqual({ versionId: first.versionId, changed: false })
    expect(bench.versions()).toMatchObject([
      { firstAt: bench.clock.now() - hour, lastAt: bench.clock.now(), lines: 3, explained: true },
    ])
    bench.device.text = bench.device.text.replace('end', 'vlan 9\nend')
    const second = await bench.make()
    expect(second.changed).toBe(true)
    expect(bench.versions()).toMatchObject([
      { id: second.versionId, added: 1, removed: 0, by: 'person', explained: false },
      { id: first.versionId, added: 0, removed: 0 },
    ])
    const later = createBackupsBench({ store: bench.store, clock: bench.clock })
    expect(later.versions()).toEqual(bench.versions())
    expect(later.state()).toEqual(bench.state())
  })

  it('that is empty is none, and what was there stays', async () => {
    const bench = createBackupsBench()
    await bench.make()
    bench.device.text = '\r\n \r\n'
    expect(await codeOf(bench.make())).toBe('config-empty')
    expect(bench.versions()).toHaveLength(1)
    expect(bench.state().lastProblem).toMatchObject({ code: 'config-empty' })
  })

  it('lies deflated in the encrypted store, and reaches the page masked', async () => {
    const bench = createBackupsBench()
    const { versionId } = await bench.make()
    expect(bench.text(versionId)).toBe('sysname KARANG-01\nuser noc password cipher ••••\nend\n')
    expect(said(bench)).not.toContain('s3cret-one')
    expect(readFileSync(bench.store.path).includes('s3cret-one')).toBe(false)
    expect(() => bench.text(idOf(3))).toThrow('not-found')
  })

  it('of a family that nobody knows any more shows nothing: nothing says what is secret', () => {
    expect(strangeText.mask('a b\n\nc')).toBe('••••\n\n••••')
  })

  it('is told apart from another: a secret that differs, and not how', async () => {
    const bench = createBackupsBench()
    const first = await bench.make()
    bench.device.text = bench.device.text.replace('s3cret-one', 's3cret-two')
    const second = await bench.make()
    const diff = (await bench.backups.queries['olt-backups.diff'](
      { beforeId: first.versionId, afterId: second.versionId, context: 0 },
      bench.contextOf(),
    )) as Output<'olt-backups.diff'>
    expect(diff).toMatchObject({ added: 1, removed: 1, cut: false })
    expect(diff.lines.filter(({ kind }) => kind !== 'gap').map(({ text }) => text)).toEqual([
      'user noc password cipher ••••',
      'user noc password cipher ••••',
    ])
    expect(JSON.stringify(diff)).not.toMatch(/s3cret/u)
    expect(second.changed).toBe(true)
  })

  it('is read once at a time, tells how far it is, and can be called off', async () => {
    const bench = createBackupsBench()
    const { promise, resolve } = Promise.withResolvers<void>()
    bench.device.held = promise
    const controller = new AbortController()
    const seen: unknown[] = []
    const first = bench.run(
      'olt-backups.make',
      { oltId, taskId },
      { signal: controller.signal, progress: (...step) => seen.push(step) },
    )
    const code = codeOf(first)
    await settle()
    expect(bench.state().running).toBe(true)
    expect(await codeOf(bench.make())).toBe('cli-busy')
    controller.abort()
    resolve()
    expect(await code).toBe('cancelled')
    expect(bench.state()).toMatchObject({ running: false, lastProblem: null, versions: 0 })
    await bench.run(
      'olt-backups.make',
      { oltId, taskId },
      { progress: (...step) => seen.push(step) },
    )
    expect(seen).toEqual([[taskId, 'read', bench.device.text.length, null]])
  })

  it('goes when newer ones push it out, and the one in force never', async () => {
    const bench = createBackupsBench()
    await bench.run('olt-backups.setSchedule', {
      oltId,
      schedule: { everyHours: null, keep: 2, atHour: null },
    })
    for (let turn = 0; turn < 5; turn++) {
      bench.clock.advance(1_000)
      bench.device.text = `vlan ${turn}\n`
      await bench.make()
    }
    expect(bench.versions().map(({ id }) => bench.text(id))).toEqual(['vlan 4\n', 'vlan 3\n'])
    const rows = bench.store.reader.prepare(`SELECT id FROM olt_backup_version`).all()
    expect(rows).toHaveLength(2)
  })
})

describe('a change that nobody of the console made', () => {
  it('is told until somebody accepts it, and is of the past then', async () => {
    const bench = createBackupsBench()
    await bench.make()
    expect(bench.backups.facts()).toEqual([{ oltId, overdueH: null, never: false, unknown: null }])
    bench.clock.advance(hour)
    bench.device.text += 'vlan 13\n'
    const first = await bench.make()
    bench.clock.advance(hour)
    bench.device.text += 'vlan 14\n'
    const { versionId } = await bench.make()
    expect(bench.state().unknownChangeAt).toBe(bench.clock.now())
    const later = createBackupsBench({ store: bench.store, clock: bench.clock })
    expect(later.backups.facts()[0]?.unknown).toEqual({
      at: bench.clock.now(),
      added: 1,
      removed: 0,
    })
    await later.run('olt-backups.accept', { versionId, note: 'Budi, on the console port' })
    expect(later.state().unknownChangeAt).toBeNull()
    expect(later.versions()).toMatchObject([
      { id: versionId, explained: true, note: 'Budi, on the console port' },
      { id: first.versionId, explained: true, note: '' },
      {},
    ])
    const again = createBackupsBench({ store: bench.store, clock: bench.clock })
    expect(again.state().unknownChangeAt).toBeNull()
  })

  it('is none where a plan of the console ran in between', async () => {
    const bench = createBackupsBench()
    await bench.make()
    const { signal } = new AbortController()
    expect(await bench.backups.beforePlan(oltId, signal)).toBeNull()
    bench.device.text += 'vlan 13\n'
    bench.plans.push(idOf(42))
    expect(await bench.backups.afterPlan(oltId, signal)).toBeNull()
    expect(bench.versions()[0]).toMatchObject({
      by: 'after-change',
      explained: true,
      planIds: [idOf(42)],
    })
    expect(bench.state().unknownChangeAt).toBeNull()
  })

  it('is seen by the reading before a plan, so that the plan does not hide it', async () => {
    const bench = createBackupsBench()
    await bench.make()
    bench.device.text += 'vlan 13\n'
    await bench.backups.beforePlan(oltId, new AbortController().signal)
    expect(bench.versions()[0]).toMatchObject({ by: 'before-change', explained: false })
  })

  it('keeps no plan from its work: why not is the answer', async () => {
    const bench = createBackupsBench()
    bench.device.fails = 'cli-unreachable'
    const { signal } = new AbortController()
    expect(await bench.backups.beforePlan(oltId, signal)).toEqual({
      code: 'cli-unreachable',
      params: {},
    })
  })
})

describe('the schedule', () => {
  const night = Date.UTC(2026, 10, 23, 3)

  it('makes the first one soon, and then one a night', async () => {
    const bench = createBackupsBench()
    await runFor(bench.clock, 180_000, 10_000)
    expect(bench.device.reads).toBe(1)
    expect(bench.versions()).toMatchObject([{ by: 'schedule' }])
    expect(bench.state()).toMatchObject({ nextAt: night, overdue: false })
    bench.clock.jump(night - bench.clock.now() - 60_000)
    await runFor(bench.clock, 30_000, 10_000)
    expect(bench.device.reads).toBe(1)
    await runFor(bench.clock, 90_000, 10_000)
    expect(bench.device.reads).toBe(2)
  })

  it('makes one, not many, when the machine has slept for days', async () => {
    const bench = createBackupsBench()
    await bench.make()
    bench.clock.jump(5 * 24 * hour)
    await runFor(bench.clock, 600_000, 10_000)
    expect(bench.device.reads).toBe(2)
  })

  it('tries an OLT that cannot be reached later and later, and says why it is late', async () => {
    const bench = createBackupsBench()
    bench.device.fails = 'cli-unreachable'
    await runFor(bench.clock, 2 * hour, 30_000)
    expect(bench.device.reads).toBe(5)
    expect(bench.state()).toMatchObject({ lastProblem: { code: 'cli-unreachable' }, lastAt: null })
    expect(bench.logged).toEqual([])
    const written = bench.store.reader
      .prepare<[], { n: number }>(
        `SELECT count(*) AS n FROM audit WHERE name = 'olt-backups.failed'`,
      )
      .get()
    expect(written?.n).toBe(1)
    await runFor(bench.clock, 13 * hour, 30_000)
    expect(bench.backups.facts()).toMatchObject([{ overdueH: 14, never: true }])
    bench.device.fails = null
    bench.backups.wake()
    await runFor(bench.clock, 60_000, 10_000)
    expect(bench.state()).toMatchObject({ lastProblem: null, overdue: false })
  })

  it('leaves alone what has no way in, is unreachable, or is to be left alone', async () => {
    const bench = createBackupsBench()
    bench.device.obstacle = { code: 'cli-no-access', params: {} }
    await runFor(bench.clock, 3 * 24 * hour, 600_000)
    expect(bench.backups.facts()).toMatchObject([{ overdueH: null }])
    bench.device.obstacle = null
    bench.olt.quiet = { since: 1, until: null }
    await runFor(bench.clock, 600_000, 30_000)
    bench.olt.quiet = null
    bench.olt.reachability = 'unreachable'
    await runFor(bench.clock, 600_000, 30_000)
    expect(bench.device.reads).toBe(0)
    // Nobody owes a backup of the days before there was a way in.
    expect(bench.state().overdue).toBe(false)
  })

  it('is off when it is set to none, and is there after a restart', async () => {
    const bench = createBackupsBench()
    const schedule = { everyHours: null, keep: 9, atHour: null }
    await bench.run('olt-backups.setSchedule', { oltId, schedule })
    await runFor(bench.clock, 600_000, 30_000)
    expect(bench.device.reads).toBe(0)
    const later = createBackupsBench({ store: bench.store, clock: bench.clock })
    expect(later.state()).toMatchObject({ schedule, nextAt: null, overdue: false })
  })

  it('ends with the console, a reading with it', async () => {
    const bench = createBackupsBench()
    const { promise, resolve } = Promise.withResolvers<void>()
    bench.device.held = promise
    await runFor(bench.clock, 180_000, 10_000)
    expect(bench.state().running).toBe(true)
    const stopped = bench.backups.stop()
    resolve()
    await stopped
    expect(bench.state()).toMatchObject({ running: false, versions: 0 })
  })
})

describe('an OLT that sends its configuration by itself', () => {
  const where = { oltId, taskId, by: 'tftp', host: '10.0.0.9', file: 'karang.cfg' } as const

  it('is not made to by whom nobody confirmed outside the page, with the very lines', async () => {
    const bench = createBackupsBench()
    bench.answers.confirm = false
    expect(await codeOf(bench.run('olt-backups.exportByOlt', where))).toBe('confirmation-refused')
    expect(bench.asked).toMatchObject([
      {
        action: 'export-by-olt',
        how: 'type-name',
        expected: 'KARANG-01',
        lines: ['(enable)# backup configuration tftp 10.0.0.9 karang.cfg'],
      },
    ])
    expect(bench.device.exported).toEqual([])
  })

  it('is told what it cannot before anybody is asked', async () => {
    const bench = createBackupsBench()
    expect(bench.state().exportsBy).toEqual(['tftp'])
    expect(await codeOf(bench.run('olt-backups.exportByOlt', { ...where, by: 'sftp' }))).toBe(
      'cli-family-cannot',
    )
    expect(await codeOf(bench.run('olt-backups.exportByOlt', { ...where, oltId: idOf(9) }))).toBe(
      'not-found',
    )
    await expect(
      bench.run('olt-backups.exportByOlt', { ...where, file: 'a\nreboot' }),
    ).rejects.toThrow()
    expect(bench.asked).toEqual([])
    expect(bench.device.exported).toEqual([])
  })

  it('does it once, when the audit trail has it, and its password is nowhere', async () => {
    const bench = createBackupsBench()
    bench.device.exportsBy = ['sftp']
    const commandId = bench.newId()
    const input = { ...where, by: 'sftp', user: 'noc', password: 's3rver-word' } as const
    await bench.run('olt-backups.exportByOlt', input, {}, commandId)
    await bench.run('olt-backups.exportByOlt', input, {}, commandId)
    expect(bench.device.exported).toEqual([
      {
        by: 'sftp',
        host: '10.0.0.9',
        file: 'karang.cfg',
        userName: 'noc',
        password: 's3rver-word',
        audited: ['test.olt', 'olt-backups.exportByOlt'],
      },
    ])
    expect(said(bench)).toContain('10.0.0.9')
    expect(said(bench)).not.toContain('s3rver-word')
  })

  it('that fails says so', async () => {
    const bench = createBackupsBench()
    bench.device.fails = 'cli-refused'
    expect(await codeOf(bench.run('olt-backups.exportByOlt', where))).toBe('cli-refused')
  })
})

describe('a version with its passwords', () => {
  it('is refused unless somebody confirms it outside the page', async () => {
    const bench = createBackupsBench()
    const { versionId } = await bench.make()
    bench.answers.confirm = false
    expect(await codeOf(bench.run('olt-backups.exportUnmasked', { versionId }))).toBe(
      'confirmation-refused',
    )
    expect(bench.asked).toMatchObject([{ action: 'export-unmasked', olts: ['KARANG-01'] }])
    expect(() => statSync(bench.folder)).toThrow()
  })

  it('is written for its owner alone, into the workspace, and never passes the page', async () => {
    const bench = createBackupsBench()
    const { versionId } = await bench.make()
    const out = await bench.run('olt-backups.exportUnmasked', { versionId })
    const file = join(out.folder, out.fileName)
    expect(out).toEqual({
      folder: bench.folder,
      fileName: expect.stringMatching(/^KARANG-01-[\w-]+\.cfg$/u),
    })
    expect(readFileSync(file, 'utf8')).toContain('s3cret-one')
    if (process.platform !== 'win32') {
      expect(statSync(file).mode & 0o777).toBe(0o600)
      expect(statSync(bench.folder).mode & 0o777).toBe(0o700)
    }
    expect(said(bench)).not.toContain('s3cret-one')
  })

  it('is put back by hand, step by step', async () => {
    const bench = createBackupsBench()
    const { versionId } = await bench.make()
    const guide = (await bench.backups.queries['olt-backups.restoreGuide'](
      { versionId },
      bench.contextOf(),
    )) as Output<'olt-backups.restoreGuide'>
    expect(guide.steps.length).toBeGreaterThan(0)
    const words = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../assets/locales/en/olt-backups.json'), 'utf8'),
    ) as { guide: Record<string, string> }
    for (const { key } of guide.steps) expect(words.guide[key]).toBeTypeOf('string')
  })
})
