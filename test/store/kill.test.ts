import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { verifyAudit } from '../../src-main/audit/verify.ts'
import { seededRandom } from '../support/seeded-random.ts'
import {
  auditDetailKey,
  auditKey,
  openTestStore,
  rawConnection,
  storeKey,
  temporaryFolder,
} from '../support/store-workspace.ts'

const kills = 50
const roundTimeoutMs = 60_000

/**
 * Starts the writer and kills it (SIGKILL) when it has said the given number of commands done;
 * by then it is somewhere in a later one. Returns the last number it said.
 */
const writeUntilKilled = (path: string, first: number, seed: number, acknowledgements: number) =>
  new Promise<number>((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'kill-child.ts'), path, String(first), String(seed)],
      {
        env: {
          STORE_KEY: storeKey.toString('hex'),
          AUDIT_KEY: auditKey.toString('hex'),
          AUDIT_DETAIL_KEY: auditDetailKey.toString('hex'),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    let said = ''
    let complaint = ''
    const timer = setTimeout(() => child.kill('SIGKILL'), roundTimeoutMs)
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
      if (said.split('\n').length > acknowledgements) child.kill('SIGKILL')
    })
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString('utf8')
    })
    child.on('error', reject)
    child.on('close', (_code, signal) => {
      clearTimeout(timer)
      const numbers = said.split('\n').slice(0, -1).map(Number)
      const last = numbers.at(-1)
      if (signal !== 'SIGKILL' || last === undefined) {
        reject(new Error(`the writer ended by itself: ${complaint}`))
      } else {
        resolve(last)
      }
    })
  })

test('killed 50 times while it writes, the store loses no acknowledged command', async () => {
  const path = join(temporaryFolder(), 'ws', 'store.db')
  const random = seededRandom(20_261_122)
  let next = 1
  let unacknowledged = 0
  for (let kill = 1; kill <= kills; kill += 1) {
    const acknowledged = await writeUntilKilled(path, next, kill, 1 + Math.floor(random() * 12))

    // The dead process's lock is gone: this open would be refused otherwise.
    const store = openTestStore(path)
    const found = store.reader
      .prepare<[], { number: number }>('SELECT updated_at AS number FROM setting ORDER BY 1')
      .all()
      .map((row) => row.number)
    const highest = found.at(-1) ?? 0
    expect(highest).toBeGreaterThanOrEqual(acknowledged)
    // At most the one command it was in may be there without having been said.
    expect(highest).toBeLessThanOrEqual(acknowledged + 1)
    expect(found).toEqual(Array.from({ length: highest }, (_, index) => index + 1))
    for (const table of ['audit', 'change_feed', 'command_result']) {
      const sql = `SELECT count(*) AS count FROM ${table}`
      expect(store.reader.prepare(sql).get()).toEqual({ count: highest })
    }
    expect(verifyAudit(store.reader, auditKey)).toMatchObject({ ok: true, rows: highest })
    store.stop()
    unacknowledged += highest - acknowledged
    next = highest + 1
  }
  expect(unacknowledged).toBeLessThanOrEqual(kills)
  expect(rawConnection(path).pragma('integrity_check', { simple: true })).toBe('ok')
}, 300_000)
