import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import { startEngineHost, type EngineHost } from './engine/engine-host.ts'
import { readArguments } from './shell/arguments.ts'
import { runCheck, type CheckRun } from './shell/check.ts'
import { claimSingleInstance } from './shell/single-instance.ts'
import { startShell, type Shell } from './shell/start-shell.ts'
import { holdKeychainLibrary } from './vault/os-keychain.ts'
import { findWorkspaces, logFolderOf } from './workspace/find-workspaces.ts'

/** Electron's entry: the whole start-up, top to bottom. */

const here = import.meta.dirname
const arguments_ = readArguments(process.argv)
const assetsDir = app.isPackaged
  ? join(process.resourcesPath, 'assets')
  : join(here, '..', '..', 'assets')

const hostInfo = {
  name: process.versions['electron'] === undefined ? 'chromium' : 'electron',
  version: process.versions['electron'] ?? process.versions['chrome'] ?? 'unknown',
  appVersion: app.getVersion(),
} as const

const found = findWorkspaces(app.getPath('userData'), arguments_.workspace)
/** The one used last, until another one is chosen. */
let ownWorkspace = found.dir

const simulatedWorkspaces: string[] = []

const newSimulatedWorkspace = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'nocturne-simulated-'))
  simulatedWorkspaces.push(folder)
  return folder
}

const engineData = (mode: 'own' | 'simulated') => {
  const workspaceDir = mode === 'simulated' ? newSimulatedWorkspace() : ownWorkspace
  return {
    workspaceDir,
    mode,
    host: hostInfo,
    logPath: join(logFolderOf(found, workspaceDir), 'engine.log'),
    workspaces: mode === 'simulated' ? null : found.places,
    familyFolders: [join(assetsDir, 'olt-families')],
    scenarioPath:
      mode === 'simulated'
        ? (arguments_.scenario ?? join(assetsDir, 'scenarios', 'demo.yaml'))
        : null,
  }
}

const fail = (message: string): void => {
  process.stderr.write(`nocturne: ${message}\n`)
}

const start = async (): Promise<void> => {
  let shell: Shell | null = null
  // The user's own workspace is open once; a second start brings the first one to the front.
  const isFirst =
    arguments_.demo ||
    arguments_.workspace !== null ||
    claimSingleInstance(app, () => shell?.focus())
  if (!isFirst) {
    fail('Nocturne is running already: its window was brought to the front')
    app.exit(0)
    return
  }
  await Promise.all([app.whenReady(), holdKeychainLibrary()])
  const check: CheckRun | null = arguments_.check
    ? runCheck({
        host: hostInfo.name,
        screenshot: arguments_.screenshot,
        timeoutMs: arguments_.timeoutMs,
      })
    : null

  const engine: EngineHost = startEngineHost({
    workerPath: join(here, 'engine-worker.js'),
    mode: arguments_.demo ? 'simulated' : 'own',
    choose: (chosen) => {
      ownWorkspace = chosen
    },
    dataFor: engineData,
    onSwitched: () => shell?.reload(),
    onFirstFullPoll: (result) => check?.firstFullPoll(result),
    onFailed: (message) => {
      fail(message)
      check?.failed(message)
    },
  })

  let ending = false
  const end = async (code: number): Promise<void> => {
    if (ending) return
    ending = true
    await shell?.stop()
    await engine.stop()
    // The engine removes it itself; this is for one that crashed.
    for (const folder of simulatedWorkspaces) rmSync(folder, { recursive: true, force: true })
    app.exit(code)
  }

  shell = await startShell({
    engine,
    rendererDir: join(here, '..', 'renderer'),
    preloadPath: join(here, '..', 'preload', 'preload.cjs'),
    confirmPreloadPath: join(here, '..', 'preload', 'confirm-preload.cjs'),
    iconsDir: join(assetsDir, 'icons'),
    packaged: app.isPackaged,
    windowSize: arguments_.windowSize,
    onAllWindowsClosed: () => void end(0),
    log: fail,
  })

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void end(check === null ? 0 : 1))
  }
  if (check !== null) {
    const opened = shell
    const code = await check.finish((path) => opened.capture(path))
    await end(code)
  } else if (process.env['DISPLAY'] === undefined && process.platform === 'linux') {
    fail(
      'no display here: running headless. To look: `npm run demo -- --check` saves a screenshot and says where; or set DISPLAY. Ctrl+C ends.',
    )
  }
}

start().catch((error: unknown) => {
  fail(error instanceof Error ? (error.stack ?? error.message) : String(error))
  app.exit(1)
})
