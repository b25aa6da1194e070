/**
 * Starts the console on the stand-in (test/chromium-host) for a test: main.js in a process of its
 * own, its page under Playwright, and what only the stand-in can tell. Nothing outlives `stop`.
 *
 * The page runs under the production CSP, which holds for Playwright too: use locators and `expect`,
 * not `waitForFunction` (it would need eval), and `ask('reload')` in place of `goto` and `reload`
 * (to the shell they are navigations, which it refuses).
 */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from '@playwright/test'
import type { Browser, Page } from '@playwright/test'
import type { ControlReply, ControlRequest, ControlState } from '../chromium-host/control.ts'

const root = resolve(import.meta.dirname, '..', '..')
const register = join(root, 'test', 'chromium-host', 'register.ts')
const startTimeoutMs = 30_000
const stopTimeoutMs = 10_000

export interface LaunchOptions {
  /** The script to run; the built console by default. */
  readonly main?: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Passed on as `--workspace=…`. */
  readonly workspaceDir?: string
}

export interface LaunchedConsole {
  readonly page: Page
  readonly child: ChildProcess
  /** The stand-in's journal, its windows, and the URL as the shell sees it. */
  readonly state: () => Promise<ControlState>
  /** Asks the stand-in for something that a person or the system would do. */
  readonly ask: (ask: ControlRequest['ask']) => Promise<ControlState>
  /** What main.js wrote to stdout and stderr so far. */
  readonly output: () => string
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>
  readonly stop: () => Promise<void>
}

const withTimeout = async <Value>(
  promise: Promise<Value>,
  timeoutMs: number,
  what: () => string,
): Promise<Value> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(what()))
    }, timeoutMs)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

const readEndpoint = async (file: string, hasEnded: () => boolean): Promise<string> => {
  while (!hasEnded()) {
    try {
      return (JSON.parse(readFileSync(file, 'utf8')) as { endpoint: string }).endpoint
    } catch {
      await new Promise((done) => setTimeout(done, 20))
    }
  }
  throw new Error('main.js ended before Chromium was up')
}

/** The console's page: the one that has left Chromium's blank start page. */
const consolePage = async (browser: Browser, hasEnded: () => boolean): Promise<Page> => {
  while (!hasEnded()) {
    const pages = browser.contexts().flatMap((context) => context.pages())
    const page = pages.find((candidate) => candidate.url().startsWith('https://console.invalid/'))
    if (page !== undefined) {
      await page.waitForLoadState('load')
      return page
    }
    await new Promise((done) => setTimeout(done, 20))
  }
  throw new Error('main.js ended before its page was there')
}

export const launchConsole = async (options: LaunchOptions = {}): Promise<LaunchedConsole> => {
  const main = options.main ?? join(root, 'out', 'main', 'main.js')
  if (!existsSync(main)) throw new Error(`${main} is missing: npm run build`)
  const folder = mkdtempSync(join(tmpdir(), 'nocturne-launch-'))
  const endpointFile = join(folder, 'endpoint.json')
  const workspace =
    options.workspaceDir === undefined ? [] : [`--workspace=${options.workspaceDir}`]
  const child = fork(main, [...workspace, ...(options.args ?? [])], {
    cwd: root,
    execArgv: ['--import', register],
    env: {
      ...process.env,
      NOCTURNE_HOST_DEBUG_PORT: '0',
      NOCTURNE_HOST_DEBUG_FILE: endpointFile,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  const collect = (chunk: Buffer): void => {
    output += chunk.toString('utf8')
  }
  child.stdout?.on('data', collect)
  child.stderr?.on('data', collect)
  let hasEnded = false
  const exited = new Promise<number | null>((done) => {
    child.once('exit', (code) => {
      hasEnded = true
      done(code)
    })
  })

  let browser: Browser | undefined
  const stop = async (): Promise<void> => {
    await browser?.close().catch(() => undefined) // only disconnects
    if (!hasEnded) child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
    await exited
    clearTimeout(timer)
    rmSync(folder, { recursive: true, force: true })
  }

  let lastRequest = 0
  const ask = async (what: ControlRequest['ask']): Promise<ControlState> => {
    const request: ControlRequest = { standInRequest: ++lastRequest, ask: what }
    const answer = Promise.withResolvers<ControlState>()
    const onMessage = (message: Partial<ControlReply>): void => {
      if (message.standInReply !== request.standInRequest || message.state === undefined) return
      answer.resolve(message.state)
    }
    child.on('message', onMessage)
    child.send(request)
    try {
      return await withTimeout(
        answer.promise,
        startTimeoutMs,
        () => `no answer to ${JSON.stringify(what)}`,
      )
    } finally {
      child.off('message', onMessage)
    }
  }

  const ended = (): boolean => hasEnded
  try {
    const open = async (): Promise<Page> => {
      browser = await chromium.connectOverCDP(await readEndpoint(endpointFile, ended))
      return consolePage(browser, ended)
    }
    const page = await withTimeout(open(), startTimeoutMs, () => 'the console did not open')
    return { page, child, ask, state: () => ask('state'), output: () => output, exited, stop }
  } catch (error) {
    await stop()
    throw new Error(`${String(error)}\n${output}`, { cause: error })
  }
}
