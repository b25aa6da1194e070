import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openHistory } from '../../src-main/history/history.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { rawConnection, temporaryFolder } from '../support/store-workspace.ts'
import { plantKeys } from './plant-workspace.ts'

const kills = 4

interface Walk {
  readonly oltId: string
  readonly at: number
}

/** The engine as a process of its own, killed (SIGKILL) after it has said so many walks. */
const pollUntilKilled = (dir: string, walks: number, afterMs: number) =>
  new Promise<Walk[]>((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'engine-kill-child.ts'), dir],
      { env: {}, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    let output = ''
    let complaint = ''
    let armed = false
    const timer = setTimeout(() => child.kill('SIGKILL'), 90_000)
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
      if (armed || output.split('\n').length <= walks) return
      armed = true
      setTimeout(() => child.kill('SIGKILL'), afterMs)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString('utf8')
    })
    child.on('error', reject)
    child.on('close', (_code, signal) => {
      clearTimeout(timer)
      const said = output.split('\n').slice(0, -1)
      if (signal !== 'SIGKILL' || said.length === 0) {
        reject(new Error(`the engine ended by itself: ${complaint}`))
        return
      }
      resolve(
        said.map((line) => {
          const [oltId = '', at = ''] = line.split(' ')
          return { oltId, at: Number(at) }
        }),
      )
    })
  })

test(`an engine killed ${kills} times while it polls lacks one cycle each time, at most`, async () => {
  const dir = join(temporaryFolder(), 'workspace')
  const folder = join(dir, 'history')
  const random = seededRandom(20_261_122)
  const clock = { now: Date.now, monotonic: () => 0 }
  const said: Walk[][] = []
  for (let kill = 0; kill < kills; kill++) {
    said.push(await pollUntilKilled(dir, 6 + Math.floor(random() * 30), Math.floor(random() * 40)))
  }
  const history = openHistory({ folder, key: plantKeys().historyKey, clock })
  expect(history.stats().problems).toEqual([])
  const oltIds = [...new Set(said.flat().map(({ oltId }) => oltId))]
  expect(oltIds).toHaveLength(2)
  const timesOf = (oltId: string): Set<number> => {
    const [address] = history.find({ kind: 'onu', oltId }).map((row) => row.address)
    const [state] = history.readSamples({
      series: { kind: 'onu', oltId, address: address! },
      metrics: ['state'],
      from: Date.now() - 3_600_000,
      to: Date.now() + 60_000,
    })
    return new Set(state!.at)
  }
  const kept = new Map(oltIds.map((oltId) => [oltId, timesOf(oltId)]))
  const walks = said.flat().length
  const missing = said.flatMap((run) =>
    oltIds.map((oltId) =>
      run.filter((one) => one.oltId === oltId && !kept.get(oltId)!.has(one.at)),
    ),
  )
  expect(walks).toBeGreaterThan(kills * 6)
  // Of each OLT the one that was on its way to the disk; of the walks before it none.
  for (const lost of missing) expect(lost.length).toBeLessThanOrEqual(1)
  history.settle(true)
  history.stop()
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.db'))) {
    const raw = rawConnection(join(folder, file), plantKeys().historyKey)
    expect([file, raw.pragma('integrity_check', { simple: true })]).toEqual([file, 'ok'])
  }
}, 240_000)
