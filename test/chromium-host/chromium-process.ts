/**
 * Starts Debian's Chromium for the stand-in, in a throw-away profile, and makes sure that neither
 * the process nor the profile outlives its host: a normal end closes and waits, a host that exits
 * kills, a host that is killed closes the pipe (Chromium ends by itself), and the profile it could
 * not remove is swept by the next start.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { connectCdpPipe } from './cdp-pipe.ts'
import type { CdpConnection } from './cdp-pipe.ts'

export type ChromiumProcess = Readonly<{
  cdp: CdpConnection
  pid: number
  headless: boolean
  /** Where Playwright can connect, or null when no debug port was asked for. */
  debugEndpoint: string | null
  stop: () => Promise<void>
}>

export type ChromiumOptions = Readonly<{
  environment: Readonly<Record<string, string | undefined>>
  windowSize: Readonly<{ width: number; height: number }>
}>

const profilePrefix = 'nocturne-chromium-'
const endTimeoutMs = 3_000

const quietFlags = [
  '--disable-background-networking',
  '--disable-backgrounding-occluded-windows',
  '--disable-background-timer-throttling',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-extensions-with-background-pages',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-features=Translate,OptimizationHints,MediaRouter,GlobalMediaControls,AutofillServerCommunication',
  '--disable-gpu',
  '--disable-popup-blocking', // so that the shell's own refusal is what is tested
  '--disable-quic',
  '--disable-renderer-backgrounding',
  '--disable-search-engine-choice-screen',
  '--disable-sync',
  '--force-color-profile=srgb',
  '--metrics-recording-only',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
  '--password-store=basic',
  // Nothing leaves the machine, whatever a page or Chromium itself tries; app:// needs no resolver.
  '--host-resolver-rules=MAP * ~NOTFOUND',
]

/** The flags of one start. Exported for the test that pins them down. */
export const chromiumFlags = (options: {
  headless: boolean
  isRoot: boolean
  profile: string
  debugPort: string | undefined
  windowSize: { width: number; height: number }
}): readonly string[] => [
  '--remote-debugging-pipe',
  ...(options.debugPort === undefined ? [] : [`--remote-debugging-port=${options.debugPort}`]),
  `--user-data-dir=${options.profile}`,
  `--window-size=${String(options.windowSize.width)},${String(options.windowSize.height)}`,
  ...quietFlags,
  ...(options.headless ? ['--headless'] : ['--ozone-platform-hint=auto']),
  // Chromium refuses to sandbox as root; --test-type hides the bar that warns about it.
  ...(options.isRoot ? ['--no-sandbox', '--test-type'] : []),
  '--app=data:text/html,<title>Nocturne</title><style>html{background:%2316181d}</style>',
]

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Removes profiles whose host no longer lives (it was killed before it could clean up). */
const sweepStaleProfiles = (folder: string): void => {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(profilePrefix)) continue
    const pid = Number(name.slice(profilePrefix.length).split('-')[0])
    if (!Number.isInteger(pid) || isAlive(pid)) continue
    rmSync(join(folder, name), { recursive: true, force: true })
  }
}

const removeProfile = (profile: string): void => {
  try {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
  } catch {
    // A dying Chromium may still be writing; the next start sweeps what is left.
  }
}

const exited = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => {
        child.once('exit', () => {
          resolve()
        })
      })

export const startChromium = async (options: ChromiumOptions): Promise<ChromiumProcess> => {
  const { environment } = options
  const executable = environment['NOCTURNE_HOST_CHROMIUM'] ?? '/usr/bin/chromium'
  const hasDisplay = Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY'])
  const headless = !hasDisplay || environment['NOCTURNE_HOST_HEADLESS'] === '1'
  const debugPort = environment['NOCTURNE_HOST_DEBUG_PORT']
  mkdirSync(tmpdir(), { recursive: true })
  sweepStaleProfiles(tmpdir())
  const profile = mkdtempSync(join(tmpdir(), `${profilePrefix}${String(process.pid)}-`))

  const isRoot = process.getuid?.() === 0
  const flags = chromiumFlags({
    headless,
    isRoot,
    profile,
    debugPort,
    windowSize: options.windowSize,
  })
  const child = spawn(executable, flags, { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] })
  let stderrTail = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    stderrTail = (stderrTail + chunk.toString('utf8')).slice(-4_000)
  })
  const killAtExit = (): void => {
    child.kill('SIGKILL')
    removeProfile(profile)
  }
  process.once('exit', killAtExit)

  const cdp = connectCdpPipe(child.stdio[3] as Writable, child.stdio[4] as Readable)
  const failed = new Promise<never>((_resolve, reject) => {
    child.once('error', (error) => {
      reject(new Error(`${executable} could not be started: ${error.message}`))
    })
    child.once('exit', (code, signal) => {
      reject(new Error(`Chromium ended at once (${String(code ?? signal)}): ${stderrTail}`))
    })
  })
  failed.catch(() => undefined)
  try {
    await Promise.race([cdp.send('Browser.getVersion'), failed])
  } catch (error) {
    killAtExit()
    throw error
  }

  const debugEndpoint = debugPort === undefined ? null : await readDebugEndpoint(profile)
  const debugFile = environment['NOCTURNE_HOST_DEBUG_FILE']
  if (debugEndpoint !== null && debugFile !== undefined) {
    writeFileSync(debugFile, JSON.stringify({ endpoint: debugEndpoint, chromiumPid: child.pid }))
  }

  return {
    cdp,
    pid: child.pid ?? 0,
    headless,
    debugEndpoint,
    stop: async () => {
      const gone = exited(child)
      cdp.send('Browser.close').catch(() => undefined)
      const timer = setTimeout(() => child.kill('SIGKILL'), endTimeoutMs)
      await gone
      clearTimeout(timer)
      process.off('exit', killAtExit)
      removeProfile(profile)
    },
  }
}

/** Chromium writes the port it chose into its profile; the file appears just after the start. */
const readDebugEndpoint = async (profile: string): Promise<string> => {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const [port] = readText(join(profile, 'DevToolsActivePort')).split('\n')
    if (port !== undefined && port !== '') return `http://127.0.0.1:${port}`
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('Chromium did not open its debug port within 5 s')
}

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
