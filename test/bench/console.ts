import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchQuestion, ProcessReport } from './loop-delay-child.ts'
import { openBenchPage, type BenchPage, type PageScript } from './page.ts'
import { root } from './plant.ts'

/** The built console on the stand-in, in a process of its own, with a page to look at. */
export interface BenchConsole {
  readonly page: BenchPage
  /** When its process was started, ms since 1970. */
  readonly startedAt: number
  watch(): Promise<void>
  report(): Promise<ProcessReport>
  stop(): Promise<void>
}

export interface BenchConsoleOptions {
  /** Whatever this console writes beside its workspace; its folder is removed by who made it. */
  readonly folder: string
  /** The script to run; default: the built console. */
  readonly main?: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Runs in the page before the console's own script. */
  readonly install: PageScript
}

const startTimeoutMs = 60_000
const stopTimeoutMs = 15_000

const standIn = join(root, 'test', 'chromium-host', 'register.ts')
const loopDelay = join(import.meta.dirname, 'loop-delay-child.ts')
export const builtMain = join(root, 'out', 'main', 'main.js')

export const launchBenchConsole = async (options: BenchConsoleOptions): Promise<BenchConsole> => {
  const main = options.main ?? builtMain
  if (!existsSync(main)) throw new Error(`${main} is missing: npm run build`)
  const { folder } = options
  for (const name of ['tmp', 'config']) mkdirSync(join(folder, name), { recursive: true })
  const endpointFile = join(folder, 'endpoint.json')
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...inherited } = process.env
  const startedAt = Date.now()
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--import',
      standIn,
      '--import',
      loopDelay,
      main,
      ...options.args,
    ],
    {
      cwd: root,
      env: {
        ...inherited,
        ...options.env,
        // Its own: two consoles run side by side, and the profile goes with the folder.
        XDG_CONFIG_HOME: join(folder, 'config'),
        TMPDIR: join(folder, 'tmp'),
        NOCTURNE_HOST_HEADLESS: '1',
        NOCTURNE_HOST_DEBUG_PORT: '0',
        NOCTURNE_HOST_DEBUG_FILE: endpointFile,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  let output = ''
  const collect = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-4_000)
  }
  child.stdout?.on('data', collect)
  child.stderr?.on('data', collect)
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  let page: BenchPage | null = null

  const stop = async (): Promise<void> => {
    page?.close()
    if (!hasEnded()) child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
    await exited
    clearTimeout(timer)
  }

  let lastQuestion = 0
  const ask = (bench: BenchQuestion): Promise<ProcessReport> =>
    new Promise((resolve, reject) => {
      const id = ++lastQuestion
      const timer = setTimeout(() => reject(new Error(`no answer to "${bench}"`)), startTimeoutMs)
      const onMessage = (message: { benchReply?: number; answer?: ProcessReport }): void => {
        if (message.benchReply !== id || message.answer === undefined) return
        clearTimeout(timer)
        child.off('message', onMessage)
        resolve(message.answer)
      }
      child.on('message', onMessage)
      child.send({ bench, id })
    })

  const endpoint = async (): Promise<string> => {
    const until = startedAt + startTimeoutMs
    while (!hasEnded() && Date.now() < until) {
      try {
        return (JSON.parse(readFileSync(endpointFile, 'utf8')) as { endpoint: string }).endpoint
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    }
    throw new Error(`the console did not start\n${output}`)
  }

  try {
    page = await openBenchPage(await endpoint())
    await page.install(options.install)
    return {
      page,
      startedAt,
      watch: async () => void (await ask('watch')),
      report: () => ask('report'),
      stop,
    }
  } catch (error) {
    await stop()
    throw new Error(`${String(error)}\n${output}`, { cause: error })
  }
}
