import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { askedOf, noAnswers } from '../support/people-asked.ts'
import { rejectionOf } from '../support/error-code.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { createBackupsBench, oltId, taskId, type BackupsBench } from './backups-bench.ts'

/** Every command here that needs a "yes" from outside the page, and each way not to get one. */
const acts = {
  'olt-backups.exportUnmasked': async (bench: BackupsBench) => {
    const { versionId } = await bench.make()
    return () => bench.run('olt-backups.exportUnmasked', { versionId })
  },
  'olt-backups.exportByOlt': (bench: BackupsBench) =>
    Promise.resolve(() =>
      bench.run('olt-backups.exportByOlt', {
        oltId,
        taskId,
        by: 'tftp',
        host: '10.0.0.9',
        file: 'karang.cfg',
      }),
    ),
} as const

const codeOf = async (work: Promise<unknown>): Promise<string> => (await rejectionOf(work)).code

const expectNothingDone = (bench: BackupsBench, name: string): void => {
  expect(bench.device.exported).toEqual([])
  expect(existsSync(bench.folder)).toBe(false)
  const rows = bench.store.reader
    .prepare<[string], object>(`SELECT 1 FROM audit WHERE name = ?`)
    .all(name)
  expect(rows).toEqual([])
}

describe.each(Object.entries(acts))('%s', (name, prepare) => {
  it.each(noAnswers)('is not done by somebody who %s', async (_what, typed) => {
    const clock = createManualClock()
    const bench = createBackupsBench({
      clock,
      confirm: askedOf(clock, () => Promise.resolve(typed)),
    })
    const act = await prepare(bench)
    expect(await codeOf(act())).toBe('confirmation-refused')
    expectNothingDone(bench, name)
  })

  it('is not done where there is nobody to ask, or the screen was locked meanwhile', async () => {
    const clock = createManualClock()
    const nobody = createBackupsBench({ clock, confirm: askedOf(clock, null) })
    expect(await codeOf((await prepare(nobody))())).toBe('confirmation-unavailable')
    expectNothingDone(nobody, name)
    const locked = createBackupsBench({
      clock,
      confirm: askedOf(
        clock,
        (_client, text) => Promise.resolve(text.expected),
        () => false,
      ),
    })
    expect(await codeOf((await prepare(locked))())).toBe('confirmation-refused')
    expectNothingDone(locked, name)
  })

  it('is not done when what was read in the window is not so any more', async () => {
    const clock = createManualClock()
    const bench: BackupsBench = createBackupsBench({
      clock,
      confirm: askedOf(clock, (_client, text) => {
        bench.olt.name = 'KARANG-02'
        return Promise.resolve(text.expected)
      }),
    })
    expect(await codeOf((await prepare(bench))())).toBe('conflict')
    expectNothingDone(bench, name)
  })

  it('is done by who types the name of the OLT that the window says', async () => {
    const clock = createManualClock()
    const texts: string[] = []
    const bench = createBackupsBench({
      clock,
      confirm: askedOf(clock, (_client, text) => {
        texts.push(text.title)
        return Promise.resolve(text.expected)
      }),
    })
    await (
      await prepare(bench)
    )()
    expect(texts).toHaveLength(1)
    expect(bench.device.exported.length + Number(existsSync(bench.folder))).toBe(1)
  })
})

describe('the lines of an export', () => {
  it('are those that were read in the window, or nothing is sent', async () => {
    const clock = createManualClock()
    const bench: BackupsBench = createBackupsBench({
      clock,
      confirm: askedOf(clock, (_client, text) => {
        expect(text.lines).toEqual(['(enable)# backup configuration tftp 10.0.0.9 karang.cfg'])
        bench.device.exportWord = 'backup data'
        return Promise.resolve(text.expected)
      }),
    })
    const act = await acts['olt-backups.exportByOlt'](bench)
    expect(await codeOf(act())).toBe('conflict')
    expectNothingDone(bench, 'olt-backups.exportByOlt')
  })
})
