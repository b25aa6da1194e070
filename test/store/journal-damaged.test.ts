import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../src-main/store/open-store.ts'
import { errorOf } from '../support/error-code.ts'
import {
  auditDetailKey,
  auditKey,
  countOf,
  newTestStore,
  storeKey,
  temporaryFolder,
  writeSetting,
} from '../support/store-workspace.ts'

/** A store that was killed: its last transactions are in the log alone. */

const frame = 24 + 4096
let killed = { main: Buffer.alloc(0), log: Buffer.alloc(0) }

const commitsOf = (log: Buffer): readonly number[] =>
  Array.from(
    { length: Math.floor((log.length - 32) / frame) },
    (_, index) => 32 + index * frame,
  ).filter((at) => log.readUInt32BE(at + 4) !== 0)

describe('the log of a store that was killed', () => {
  const kill = (): typeof killed => {
    if (killed.log.length > 0) return killed
    const store = newTestStore()
    for (let number = 1; number <= 12; number += 1) writeSetting(store, number, 'x'.repeat(3000))
    killed = { main: readFileSync(store.path), log: readFileSync(`${store.path}-wal`) }
    return killed
  }

  /** What comes of opening it with this log: its code, or how many of the twelve are there. */
  const openWith = (log: Uint8Array): string | number => {
    const dir = join(temporaryFolder(), 'ws')
    mkdirSync(dir, { mode: 0o700 })
    const path = join(dir, 'store.db')
    writeFileSync(path, kill().main, { mode: 0o600 })
    writeFileSync(`${path}-wal`, log, { mode: 0o600 })
    const open = () =>
      openStore({
        path,
        key: storeKey,
        auditKey,
        auditDetailKey,
        clock: { now: () => 1 },
        mode: 'open',
      })
    let code: string | number
    try {
      const store = open()
      onTestFinished(store.stop)
      code = countOf(store, 'setting')
      store.stop()
    } catch (error) {
      code = (error as { code?: string }).code ?? String(error)
      // Nothing was changed: a copy of the folder has all there is.
      expect(readFileSync(path).equals(kill().main)).toBe(true)
      expect(readFileSync(`${path}-wal`).equals(log)).toBe(true)
    }
    return code
  }

  const flipped = (at: number): Buffer => {
    const log = Buffer.from(kill().log)
    log[at] = (log[at] ?? 0) ^ 0x55
    return log
  }

  test('is refused where it lost what was acknowledged, wherever it was damaged', () => {
    const { log } = kill()
    expect(openWith(log)).toBe(12)
    const middle = commitsOf(log).at(-4) ?? 0
    for (const at of [0, 20, 30, 32 + 4, 32 + 12, 32 + 20, 32 + 600, middle + 2, middle + 700]) {
      expect([at, openWith(flipped(at))]).toEqual([at, 'store-journal-damaged'])
    }
  })

  test('opens where a power cut tore its last transaction: that one was never acknowledged', () => {
    const { log } = kill()
    const [, last = 0] = commitsOf(log).slice(-2)
    expect(openWith(log.subarray(0, last + 1000))).toBe(11)
    expect(openWith(log.subarray(0, last))).toBe(11)
    // Written out of order: its end is there, and something before it is not.
    expect(openWith(flipped(last - frame + 700))).toBe(11)
    const zeros = Buffer.from(log)
    zeros.fill(0, last - frame, last)
    expect(openWith(zeros)).toBe(11)
  })

  test('may hold what an earlier log left behind its end', () => {
    const { log } = kill()
    const commits = commitsOf(log)
    const half = (commits.at(-6) ?? 0) + frame
    // The same pages under another salt, as SQLite leaves them when it begins at the top again.
    const rest = Buffer.from(log)
    for (let at = half; at < rest.length; at += frame) rest.writeUInt32BE(7, at + 8)
    expect(openWith(rest)).toBe(7)
  })
})

test('a key that is not its own is told as that, whatever the log', () => {
  const store = newTestStore()
  writeSetting(store, 1)
  const dir = join(temporaryFolder(), 'ws')
  mkdirSync(dir, { mode: 0o700 })
  const path = join(dir, 'store.db')
  copyFileSync(store.path, path)
  copyFileSync(`${store.path}-wal`, `${path}-wal`)
  const error = errorOf(() =>
    openStore({
      path,
      key: Buffer.alloc(32, 9),
      auditKey,
      auditDetailKey,
      clock: { now: () => 1 },
      mode: 'open',
    }),
  )
  expect(error.code).not.toBe('store-journal-damaged')
})
