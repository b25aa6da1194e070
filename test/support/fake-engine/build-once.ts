import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { build } from 'vite'

/**
 * The fake console's files, built once for all test files of a run: vitest's workers have the same
 * parent, and the first to ask builds while the others wait.
 */
const results = resolve(import.meta.dirname, '../../../test-results')
const prefix = 'fake-console-'

/** `''`: built; otherwise why not. */
const verdictFile = 'verdict'
const patienceMs = 110_000

export const builtFiles = async (): Promise<ReadonlyMap<string, Uint8Array>> => {
  mkdirSync(results, { recursive: true })
  const folder = join(results, `${prefix}${process.ppid}`)
  if (isFirst(folder)) await buildInto(folder)
  else await waitFor(folder)
  const site = join(folder, 'site')
  return new Map(
    globSync('**/*.*', { cwd: site }).map((path) => [
      `/${path}`,
      new Uint8Array(readFileSync(join(site, path))),
    ]),
  )
}

const isFirst = (folder: string): boolean => {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

const buildInto = async (folder: string): Promise<void> => {
  for (const name of readdirSync(results)) {
    const run = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN
    // What runs before this one left.
    if (Number.isInteger(run) && run !== process.ppid && !isAlive(run)) {
      rmSync(join(results, name), { recursive: true, force: true })
    }
  }
  let verdict = 'broken off'
  try {
    await build({
      configFile: resolve(import.meta.dirname, 'vite.config.ts'),
      logLevel: 'silent',
      build: { outDir: join(folder, 'site'), minify: false, emptyOutDir: false },
    })
    verdict = ''
  } catch (error) {
    verdict = String(error)
    throw error
  } finally {
    writeFileSync(join(folder, verdictFile), verdict)
  }
}

const waitFor = async (folder: string): Promise<void> => {
  const path = join(folder, verdictFile)
  for (let waitedMs = 0; !existsSync(path); waitedMs += 100) {
    if (waitedMs > patienceMs) throw new Error('another worker builds the console for too long')
    await pause(100)
  }
  const verdict = readFileSync(path, 'utf8')
  if (verdict !== '') throw new Error(`the console could not be built: ${verdict}`)
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
