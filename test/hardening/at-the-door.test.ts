import { spawnSync } from 'node:child_process'
import { rmSync, readdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Clock } from '../../src-main/engine/clock.ts'
import type { ErrorCode } from '../../src-shared/errors.ts'
import en from '../../assets/locales/en/error.json' with { type: 'json' }
import id from '../../assets/locales/id/error.json' with { type: 'json' }
import {
  copyOrigin,
  createSetClock,
  engineAt,
  kept,
  keysOf,
  makeOrigin,
} from '../support/door-bench.ts'
import { mountSmallDisk } from '../support/small-disk.ts'
import { rawConnection, temporaryFolder } from '../support/store-workspace.ts'

/**
 * What may be wrong with a workspace, at the start of the whole engine and while it runs: each with
 * its code, a text that says the next step, and nothing deleted by itself. Once what stood in the way
 * is gone, the same engine opens it when the person asks again.
 */

let origin: { folder: string; ownerId: string }
beforeAll(async () => {
  origin = await makeOrigin()
})
afterAll(() => rmSync(origin.folder, { recursive: true, force: true }))

const copyOf = (folder = join(temporaryFolder(), 'copy')): string => {
  copyOrigin(origin.folder, folder)
  return folder
}

const engineOn = (folder: string, clock?: Clock) => {
  const engine = engineAt(folder, clock)
  onTestFinished(engine.stop)
  return engine
}

const expectText = (code: ErrorCode): void => {
  for (const words of [en, id] as readonly Record<string, unknown>[]) {
    expect(words[code]).toMatchObject({
      what: expect.any(String),
      means: expect.any(String),
      do: expect.any(String),
    })
  }
}

/**
 * Starts it, and expects this and nothing else; nothing is lost. `look`: of what may not change.
 * Returns the engine.
 */
const expectRefused = async (
  folder: string,
  code: ErrorCode,
  look: () => unknown = () => kept(folder),
) => {
  const before = look()
  const engine = engineOn(folder)
  await engine.start()
  expect(await engine.status()).toMatchObject({ state: 'failed', problem: { code } })
  expect(look()).toEqual(before)
  expectText(code)
  expect(engine.lines).toEqual([])
  // Asked again, it is the same, and not "open elsewhere": by itself.
  expect(await engine.retry()).toMatchObject({ ok: false, error: { code } })
  expect(look()).toEqual(before)
  return engine
}

const expectOpens = async (engine: Awaited<ReturnType<typeof expectRefused>>): Promise<void> => {
  expect(await engine.retry()).toMatchObject({ ok: true })
  expect(await engine.status()).toMatchObject({ state: 'ready', problem: null })
  engine.signIn(origin.ownerId)
  expect((await engine.note('here again')).ok).toBe(true)
  expect(await engine.ask('audit.verify')).toMatchObject({ value: { ok: true } })
}

const flip = (path: string, at: number): void => {
  const bytes = readFileSync(path)
  bytes[at] = (bytes[at] ?? 0) ^ 0x55
  writeFileSync(path, bytes)
}

test('a store of a newer version is refused, and opens where it is known', async () => {
  const folder = copyOf()
  const path = join(folder, 'workspace', 'store.db')
  const { storeKey } = await keysOf(folder)
  const version = (to: number): number => {
    const raw = rawConnection(path, storeKey)
    const was = Number(raw.pragma('user_version', { simple: true }))
    raw.pragma(`user_version = ${to}`)
    raw.pragma('journal_mode = DELETE')
    raw.close()
    return was
  }
  const known = version(99_990)
  const engine = await expectRefused(folder, 'store-from-newer-version')
  version(known)
  await expectOpens(engine)
})

test('a damaged page is told, wherever it lies, and nothing is thrown away', async () => {
  const folder = copyOf()
  const path = join(folder, 'workspace', 'store.db')
  const marks = join(folder, 'workspace', 'checkpoints.jsonl')
  const [whole, wholeMarks] = [readFileSync(path), readFileSync(marks)]
  const pages = whole.length / 4096
  expect(pages).toBeGreaterThan(100)
  const mend = (): void => {
    writeFileSync(marks, wholeMarks)
    for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true })
    writeFileSync(path, whole)
  }
  // The salt of the whole file: no key proves itself any more. Then the first page.
  for (const [at, code] of [
    [3, 'store-wrong-key'],
    [2000, 'store-damaged'],
  ] as const) {
    flip(path, at)
    const engine = await expectRefused(folder, code)
    mend()
    await expectOpens(engine)
    await engine.stop()
    mend()
  }
  // And all but it: what the start reads first is refused, and the file is as large as it was.
  for (let page = 1; page < pages; page += 1) flip(path, page * 4096 + 100)
  const sizes = (): number[] => readdirSync(join(folder, 'keychain')).map((name) => name.length)
  const engine = await expectRefused(folder, 'store-damaged', sizes)
  expect(readFileSync(path).length).toBeGreaterThanOrEqual(whole.length)
  mend()
  await expectOpens(engine)
})

test('a journal that is damaged is told, and nothing of it is forgotten by itself', async () => {
  const folder = copyOf()
  const path = join(folder, 'workspace', 'store.db')
  const running = engineOn(folder)
  await running.start()
  running.signIn(origin.ownerId)
  for (let number = 0; number < 5; number += 1) await running.note(`in the journal ${number}`)
  // As a kill leaves it.
  const killed = copyOf()
  const there = join(killed, 'workspace', 'store.db')
  for (const suffix of ['', '-wal']) writeFileSync(there + suffix, readFileSync(path + suffix))
  const log = readFileSync(`${there}-wal`)
  flip(`${there}-wal`, 700)
  const withLog = () => ({
    ...kept(killed),
    log: readFileSync(`${there}-wal`).toString('base64'),
  })
  const engine = await expectRefused(killed, 'store-journal-damaged', withLog)
  writeFileSync(`${there}-wal`, log)
  await expectOpens(engine)
  expect(JSON.stringify(await engine.ask('handover.notes', {}))).toContain('in the journal 4')
})

test('pages that are damaged while it runs are told at what needs them, and the rest goes on', async () => {
  const folder = copyOf()
  const path = join(folder, 'workspace', 'store.db')
  const engine = engineOn(folder)
  await engine.start()
  engine.signIn(origin.ownerId)
  const pages = readFileSync(path).length / 4096
  for (let page = Math.floor(pages / 4); page < pages - 2; page += 1) flip(path, page * 4096 + 100)
  expect(await engine.ask('audit.verify')).toMatchObject({ error: { code: 'store-damaged' } })
  expect((await engine.ask('network.olts')).ok).toBe(true)
  expect(await engine.status()).toMatchObject({ state: 'ready' })
  expect(readFileSync(path).length / 4096).toBeGreaterThanOrEqual(pages)
})

test('another key, or another store under this key, is told and touched by nothing', async () => {
  const folder = copyOf()
  const path = join(folder, 'workspace', 'store.db')
  const [entry = ''] = readdirSync(join(folder, 'keychain'))
  const inKeychain = join(folder, 'keychain', entry)
  const pair = readFileSync(inKeychain)
  writeFileSync(inKeychain, Buffer.alloc(64, 1))
  const changed = await expectRefused(folder, 'keychain-changed')
  rmSync(inKeychain)
  expect(await changed.retry()).toMatchObject({ error: { code: 'key-missing' } })
  writeFileSync(inKeychain, pair)
  await expectOpens(changed)
  await changed.stop()

  const whole = readFileSync(path)
  const stranger = join(temporaryFolder(), 'stranger.db')
  const raw = rawConnection(stranger)
  raw.exec('CREATE TABLE other (a); PRAGMA user_version = 3')
  raw.close()
  writeFileSync(path, readFileSync(stranger))
  const wrong = await expectRefused(folder, 'store-wrong-key')
  writeFileSync(path, whole)
  await expectOpens(wrong)
})

const fillUp = (disk: string): string => {
  const filler = join(disk, 'filler')
  const { bavail, bsize } = statfsSync(disk)
  writeFileSync(filler, Buffer.alloc(bavail * bsize))
  return filler
}

test('a full disk refuses what must be written, while it runs and at the start, and goes on with room', async (context) => {
  const disk = mountSmallDisk(8)
  if (!disk.mounted) return context.skip(disk.why)
  const folder = copyOf(join(disk.path, 'copy'))
  const running = engineOn(folder)
  await running.start()
  running.signIn(origin.ownerId)
  expect((await running.note('with room')).ok).toBe(true)
  let filler = fillUp(disk.path)
  let code = ''
  for (let turn = 0; turn < 400 && code === ''; turn += 1) {
    const reply = await running.note(`without room ${'x'.repeat(7000)}`)
    if (!reply.ok) code = reply.error.code
  }
  expect(code).toBe('disk-full')
  expectText('disk-full')
  expect((await running.ask('network.olts')).ok).toBe(true)
  rmSync(filler)
  expect((await running.note('room again')).ok).toBe(true)
  expect(await running.ask('audit.verify')).toMatchObject({ value: { ok: true } })
  await running.stop()

  filler = fillUp(disk.path)
  const engine = await expectRefused(folder, 'disk-full')
  rmSync(filler)
  await expectOpens(engine)
  return undefined
})

test('a folder that nothing can be written into is told as that', async (context) => {
  const disk = mountSmallDisk(8)
  if (!disk.mounted) return context.skip(disk.why)
  const folder = copyOf(join(disk.path, 'copy'))
  const remount = (how: 'ro' | 'rw') =>
    spawnSync('mount', ['-o', `remount,${how}`, disk.path], { encoding: 'utf8' })
  const done = remount('ro')
  if (done.status !== 0) return context.skip(`cannot be mounted read-only: ${done.stderr}`)
  const engine = await expectRefused(folder, 'workspace-read-only')
  expect(remount('rw').status).toBe(0)
  await expectOpens(engine)
  return undefined
})

test('a second start is told that the first one has it, and gets it afterwards', async () => {
  const folder = copyOf()
  const first = engineOn(folder)
  await first.start()
  first.signIn(origin.ownerId)
  const second = await expectRefused(folder, 'workspace-in-use', () => readdirSync(folder))
  expect((await first.note('undisturbed')).ok).toBe(true)
  await first.stop()
  await expectOpens(second)
})

const yearMs = 365 * 86_400_000

test('a clock set back a year ends sessions, is told, and stops neither the trail nor the backups', async () => {
  const folder = copyOf()
  const { clock, off } = createSetClock()
  const before = engineOn(folder, clock)
  await before.start()
  before.signIn(origin.ownerId)
  expect((await before.note('in time')).ok).toBe(true)
  const hourly = { folder: null, schedule: { every: 'hour', hour: 3 } }
  const keep = { last: 5, daily: 0, weekly: 0 }
  expect((await before.tell('backups.configure', { ...hourly, keep })).ok).toBe(true)
  expect((await before.tell('workspace.backUp')).ok).toBe(true)
  await before.stop()

  // At the start; and while it runs, at the next call.
  off(-yearMs)
  const engine = engineOn(folder, clock)
  for (const years of [1, 2]) {
    off(-years * yearMs)
    if (years === 1) await engine.start()
    else expect(await engine.note('late')).toMatchObject({ error: { code: 'not-signed-in' } })
    expect((await engine.status()).clockWas).toBeGreaterThan(clock.now() + yearMs / 2)
    engine.signIn(origin.ownerId)
    expect((await engine.note(`${years} years ago`)).ok).toBe(true)
    const settings = await engine.ask('backups.settings')
    const { nextAt } = (settings.ok ? settings.value : {}) as { nextAt: number }
    expect(nextAt).toBeLessThanOrEqual(clock.now())
    expect((await engine.tell('workspace.backUp')).ok).toBe(true)
    // Once, and not once more.
    const due = await engine.ask('backups.settings')
    expect(due).toMatchObject({ ok: true })
    expect((due.ok ? (due.value as { nextAt: number }) : { nextAt: 0 }).nextAt).toBeGreaterThan(
      clock.now(),
    )
  }
  // The trail says so, in the order in which it happened.
  const activity = JSON.stringify(await engine.ask('audit.activity', { limit: 40, people: false }))
  expect(activity.split('workspace.clockWentBack')).toHaveLength(3)
  expect(await engine.ask('audit.verify')).toMatchObject({ value: { ok: true } })
  expect(engine.lines).toEqual([])
  await engine.stop()

  // The next start knows of it, and says it no more.
  const later = engineOn(folder, clock)
  await later.start()
  expect((await later.status()).clockWas).toBeUndefined()
})
