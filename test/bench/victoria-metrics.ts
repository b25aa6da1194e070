import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** Debian's victoria-metrics as a peer: its own folder, loopback only, gone with the bench. */
export interface PeerSeries {
  readonly name: string
  readonly onu: number
  readonly values: readonly number[]
}

export type PeerSize =
  | { readonly found: true; readonly bytes: number; readonly importMs: number }
  | { readonly found: false; readonly why: string }

const startTimeoutMs = 30_000
const mergeTimeoutMs = 120_000
const linesPerRequest = 500

/** Bytes of its data and index after the same samples were imported and merged into one part. */
export const measureVictoriaMetrics = async (
  folder: string,
  timestamps: readonly number[],
  series: Iterable<PeerSeries>,
): Promise<PeerSize> => {
  const program = findProgram(folder)
  if (program === null)
    return { found: false, why: 'Debian has no victoria-metrics to be had here' }
  const port = await freePort()
  const data = join(folder, 'victoria-metrics')
  const child = spawn(
    program,
    [
      `-storageDataPath=${data}`,
      `-httpListenAddr=127.0.0.1:${port}`,
      '-retentionPeriod=100y',
      '-selfScrapeInterval=0',
      '-loggerLevel=ERROR',
    ],
    { stdio: 'ignore' },
  )
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const url = `http://127.0.0.1:${port}`
  try {
    await until(startTimeoutMs, async () => (await fetch(`${url}/health`)).ok)
    const began = performance.now()
    let lines: string[] = []
    const send = async (): Promise<void> => {
      const answer = await fetch(`${url}/api/v1/import`, { method: 'POST', body: lines.join('\n') })
      if (!answer.ok) throw new Error(`victoria-metrics refused an import: ${answer.status}`)
      lines = []
    }
    for (const { name, onu, values } of series) {
      const metric = { __name__: name, olt: 'bench', onu: String(onu) }
      lines.push(JSON.stringify({ metric, values, timestamps }))
      if (lines.length === linesPerRequest) await send()
    }
    if (lines.length > 0) await send()
    const importMs = performance.now() - began
    await fetch(`${url}/internal/force_flush`)
    await wait(1_500)
    await fetch(`${url}/internal/force_merge`)
    await until(mergeTimeoutMs, async () => {
      const text = await (await fetch(`${url}/metrics`)).text()
      return !/^vm_active_(?:force_)?merges(?:\{[^}]*\})? [1-9]/mu.test(text)
    })
    child.kill('SIGINT')
    await Promise.race([ended, wait(startTimeoutMs)])
    return {
      found: true,
      bytes: bytesUnder(join(data, 'data')) + bytesUnder(join(data, 'indexdb')),
      importMs,
    }
  } finally {
    child.kill('SIGKILL')
    await ended
  }
}

/** The installed one, or Debian's package unpacked into the folder: nothing is installed for it. */
const findProgram = (folder: string): string | null => {
  const installed = '/usr/bin/victoria-metrics'
  if (existsSync(installed)) return installed
  const into = join(folder, 'package')
  mkdirSync(into)
  const run = (program: string, words: readonly string[]): boolean =>
    spawnSync(program, words, { cwd: into, timeout: 120_000 }).status === 0
  if (!run('apt-get', ['download', 'victoria-metrics'])) return null
  const file = readdirSync(into).find((name) => name.endsWith('.deb'))
  if (file === undefined) return null
  const program = join(into, 'usr/bin/victoria-metrics')
  return run('dpkg', ['-x', file, '.']) && existsSync(program) ? program : null
}

const until = async (timeoutMs: number, done: () => Promise<boolean>): Promise<void> => {
  const end = performance.now() + timeoutMs
  while (performance.now() < end) {
    if (await done().catch(() => false)) return
    await wait(200)
  }
  throw new Error('victoria-metrics does not answer')
}

export const bytesUnder = (path: string): number => {
  if (!existsSync(path)) return 0
  const state = statSync(path)
  if (!state.isDirectory()) return state.size
  return readdirSync(path).reduce((sum, name) => sum + bytesUnder(join(path, name)), 0)
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
