/** `app` of the stand-in: the life of the process, as Electron orders it. */
import { EventEmitter } from 'node:events'
import { mkdirSync, readFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { host } from './host.ts'
import { takeSingleInstanceLock } from './single-instance-lock.ts'

type PathName = Parameters<Electron.App['getPath']>[0]

const readPackage = (): { name: string; version: string; productName?: string } =>
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    name: string
    version: string
  }

class StandInApp extends EventEmitter {
  readonly isPackaged = false
  readonly #package = readPackage()
  readonly #paths = new Map<string, string>()
  readonly commandLine = {
    appendSwitch: (_name: string, _value?: string): void => undefined,
    hasSwitch: (name: string): boolean => process.argv.some((arg) => arg.startsWith(`--${name}`)),
    getSwitchValue: (name: string): string =>
      process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '',
  }
  name = this.#package.productName ?? this.#package.name
  #isReady = false
  #isQuitting = false
  #closeWindows: () => boolean = () => true
  readonly #ready: Promise<void>

  constructor() {
    super()
    this.#ready = this.#becomeReady()
    this.#ready.catch(() => undefined)
  }

  async #becomeReady(): Promise<void> {
    await host
    this.#isReady = true
    this.emit('ready', {}, {})
  }

  whenReady(): Promise<void> {
    return this.#ready
  }

  isReady(): boolean {
    return this.#isReady
  }

  enableSandbox(): void {
    // Chromium's own default; as root it cannot be had (see chromium-process.ts).
  }

  disableHardwareAcceleration(): void {
    // always off here: --disable-gpu
  }

  setAppUserModelId(_id: string): void {
    // Windows only
  }

  setAboutPanelOptions(_options: Electron.AboutPanelOptionsOptions): void {
    // no menu, no panel
  }

  setBadgeCount(_count?: number): boolean {
    return false
  }

  getName(): string {
    return this.name
  }

  setName(name: string): void {
    this.name = name
  }

  getVersion(): string {
    return this.#package.version
  }

  getLocale(): string {
    return Intl.DateTimeFormat().resolvedOptions().locale
  }

  getPreferredSystemLanguages(): string[] {
    return [this.getLocale()]
  }

  getAppPath(): string {
    return process.cwd()
  }

  getPath(name: PathName): string {
    const known = this.#paths.get(name)
    if (known !== undefined) return known
    const config = process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config')
    switch (name) {
      case 'home':
        return homedir()
      case 'appData':
        return config
      case 'userData':
        return join(config, this.name)
      case 'logs':
        return join(this.getPath('userData'), 'logs')
      case 'temp':
        return tmpdir()
      case 'exe':
        return process.execPath
      default:
        return join(homedir(), name)
    }
  }

  setPath(name: PathName, path: string): void {
    mkdirSync(path, { recursive: true })
    this.#paths.set(name, path)
  }

  requestSingleInstanceLock(): boolean {
    return takeSingleInstanceLock(this.getPath('userData'), (argv, workingDirectory) => {
      this.emit('second-instance', {}, argv, workingDirectory, null)
    })
  }

  setCloseWindows(closeWindows: () => boolean): void {
    this.#closeWindows = closeWindows
  }

  /** Electron quits when its last window closes, unless somebody listens. */
  allWindowsClosed(): void {
    if (this.#isQuitting) return
    if (this.listenerCount('window-all-closed') === 0) this.quit()
    else this.emit('window-all-closed')
  }

  quit(): void {
    if (this.#isQuitting) return
    if (this.#isPrevented('before-quit')) return
    this.#isQuitting = true
    if (!this.#closeWindows() || this.#isPrevented('will-quit')) {
      this.#isQuitting = false
      return
    }
    this.emit('quit', {}, 0)
    this.exit(0)
  }

  exit(code = 0): void {
    this.#isQuitting = true
    const end = (): never => process.exit(code)
    host.then((running) => running.chromium.stop()).then(end, end)
  }

  #isPrevented(name: string): boolean {
    let prevented = false
    this.emit(name, {
      preventDefault: () => {
        prevented = true
      },
    })
    return prevented
  }
}

export const app = new StandInApp()

// Electron quits on these unless main.js listens itself; Node would end at once.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) app.quit()
  })
}
