import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { historyKey, openTestHistory } from '../support/history-folder.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { rawConnection, temporaryFolder } from '../support/store-workspace.ts'
import { killAddress, killedFrom, killedOnus, killValue } from './kill-cycles.ts'

/** In two folders side by side. */
const kills = 32
const roundTimeoutMs = 60_000

/**
 * Starts the writer and kills it (SIGKILL) some hundreds of microseconds after it has said the
 * given number of cycles done. Returns the last number it said.
 */
const writeUntilKilled = (folder: string, first: number, said: number, afterMs: number) =>
  new Promise<number>((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'kill-child.ts'), folder, String(first)],
      {
        env: { HISTORY_KEY: historyKey.toString('hex') },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    let output = ''
    let complaint = ''
    let armed = false
    const timer = setTimeout(() => child.kill('SIGKILL'), roundTimeoutMs)
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
      if (armed || output.split('\n').length <= said) return
      armed = true
      setTimeout(() => child.kill('SIGKILL'), afterMs)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString('utf8')
    })
    child.on('error', reject)
    child.on('close', (_code, signal) => {
      clearTimeout(timer)
      const last = output.split('\n').slice(0, -1).map(Number).at(-1)
      if (signal === 'SIGKILL' && last !== undefined) resolve(last)
      else reject(new Error(`the writer ended by itself: ${complaint}`))
    })
  })

/** One folder, killed again and again, looked at after each time. */
const killAgainAndAgain = async (folder: string, seed: number, times: number): Promise<void> => {
  const random = seededRandom(seed)
  let next = 1
  for (let kill = 0; kill < times; kill += 1) {
    const said = 1 + Math.floor(random() * 26)
    const last = await writeUntilKilled(folder, next, said, Math.floor(random() * 12))
    const highest = checkWhatIsThere(folder, last)
    next = highest + 1
  }
  const files = readdirSync(folder).filter((name) => name.endsWith('.db'))
  expect(files.length).toBeGreaterThan(3)
  for (const file of files) {
    const raw = rawConnection(join(folder, file), historyKey)
    expect([file, raw.pragma('integrity_check', { simple: true })]).toEqual([file, 'ok'])
  }
}

/** Frames, logs and half-done seals as the dead process left them. Returns the last cycle. */
const checkWhatIsThere = (folder: string, last: number): number => {
  const { history } = openTestHistory({ folder, clock: { now: killedFrom } })
  expect(history.stats().problems).toEqual([])
  const series = (index: number) => ({
    kind: 'onu' as const,
    oltId: 'olt-1',
    address: killAddress(index),
  })
  const range = { from: killedFrom - 10 * 86_400_000, to: Date.UTC(2100, 0, 1) }
  let highest = 0
  for (const index of [0, 63, 64, killedOnus - 1]) {
    const [octets] = history.readSamples({ series: series(index), metrics: ['upBytes'], ...range })
    highest = octets!.values.length
    // At most the one cycle it was in may be there without having been said.
    expect([last, last + 1]).toContain(highest)
    expect([...octets!.values]).toEqual(
      Array.from({ length: highest }, (_, number) => killValue(number + 1, index)),
    )
  }
  // Hours count each reading once, whichever half of a move was done.
  const [light] = history.readSeries({
    series: series(0),
    metrics: ['onuRxDbm'],
    ...range,
    maxPoints: 100_000,
  })
  expect(light!.avg.filter((dbm) => !Number.isNaN(dbm))).toHaveLength(highest)
  history.stop()
  return highest
}

test(`killed ${kills} times while it writes, compacts and seals, no cycle it kept is lost`, async () => {
  const folder = (name: string) => join(temporaryFolder(), name)
  await Promise.all([
    killAgainAndAgain(folder('one'), 20_261_122, kills / 2),
    killAgainAndAgain(folder('two'), 20_261_123, kills / 2),
  ])
}, 120_000)
