import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { _electron, test, type Page } from '@playwright/test'
import { launchConsole } from './launch-console.ts'

const root = resolve(import.meta.dirname, '..', '..')

export interface E2eConsole {
  readonly page: Page
  /** What broke the content security policy since the start. */
  readonly violations: () => readonly string[]
  /** What the desktop was asked to show, oldest first; null: this host cannot tell. */
  readonly shown: (() => Promise<readonly string[]>) | null
  /** Addresses that the system's browser was to open, oldest first; the stand-in alone. */
  readonly opened: (() => Promise<readonly string[]>) | null
  /** As if the person had clicked the latest notification; the stand-in alone. */
  readonly clickNotification: (() => Promise<unknown>) | null
  /** The next of the system's file dialogs is answered with this file. */
  readonly chooseNext: (path: string) => Promise<unknown>
  readonly stop: () => Promise<void>
}

const electronBinary = (): string | null => {
  const folders = [
    process.env['ELECTRON_OVERRIDE_DIST_PATH'],
    join(root, 'node_modules', 'electron', 'dist'),
  ]
  const name = process.platform === 'win32' ? 'electron.exe' : 'electron'
  const found = folders
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path))
  return found ?? null
}

/** Skips the running test, with the reason, where this project has no host here. */
export const skipWithoutHost = (): void => {
  test.skip(
    test.info().project.name === 'electron' && electronBinary() === null,
    'no Electron binary on this machine',
  )
}

const watchPolicy = (page: Page): (() => readonly string[]) => {
  const seen: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML|Trusted Type/i.test(message.text())) {
      seen.push(message.text())
    }
  })
  page.on('pageerror', (error) => seen.push(String(error)))
  return () => seen
}

/** The console on the host of this Playwright project. `env`: on top of this process's. */
export const startConsole = async (options: {
  /** In place of the built console, on the stand-in alone. */
  readonly main?: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly workspaceDir?: string
}): Promise<E2eConsole> => {
  if (test.info().project.name !== 'electron') {
    const launched = await launchConsole(options)
    return {
      page: launched.page,
      violations: watchPolicy(launched.page),
      shown: async () =>
        (await launched.state()).journal
          .filter(({ kind }) => kind === 'notification-shown')
          .map(({ subject }) => subject),
      opened: async () =>
        (await launched.state()).journal
          .filter(({ kind }) => kind === 'opened-externally')
          .map(({ subject }) => subject),
      clickNotification: () => launched.ask('click-notification'),
      chooseNext: (path) => launched.ask({ chooseFile: path }),
      stop: launched.stop,
    }
  }
  const workspace =
    options.workspaceDir === undefined ? [] : [`--workspace=${options.workspaceDir}`]
  const app = await _electron.launch({
    executablePath: electronBinary() ?? '',
    // The folder, not the file: so the app has its own name, version and user-data folder.
    args: [root, ...workspace, ...(options.args ?? [])],
    env: { ...(process.env as Record<string, string>), ...options.env },
  })
  const page = await app.firstWindow()
  return {
    page,
    violations: watchPolicy(page),
    shown: null,
    opened: null,
    clickNotification: null,
    chooseNext: (path) =>
      app.evaluate(({ dialog }, filePath) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] })
      }, path),
    stop: () => app.close(),
  }
}
