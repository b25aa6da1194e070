import type * as keytarModule from 'keytar'
import { NocturneError } from '../../src-shared/errors.ts'
import { noKeychain } from './keychain.ts'
import type { Keychain, KeychainKind } from './keychain.ts'
import { probeSecretService } from './secret-service-probe.ts'

/**
 * The operating system's keychain through keytar, service name `Nocturne`.
 *
 * keytar works in libuv's threads. A call into a Secret Service that never answers keeps its
 * thread for ever, and Node then cannot end by itself (it waits for the thread). So on Linux the
 * service is pinged first over a socket of our own, before each call, and nothing is asked of
 * keytar unless the ping was answered; each call has a time limit besides.
 */
export interface OsKeychainOptions {
  /** For one call; long, because the system may ask a person to unlock the keychain. */
  readonly callTimeoutMs?: number
  readonly probeTimeoutMs?: number
  readonly signal?: AbortSignal
}

const service = 'Nocturne'

/** Never throws for a machine without a keychain: that is a Keychain of kind 'none'. */
export const openOsKeychain = async (options: OsKeychainOptions = {}): Promise<Keychain> => {
  const { callTimeoutMs = 60_000, probeTimeoutMs = 3_000, signal } = options
  const kind = kindHere()
  const probe = () =>
    kind === 'secret-service'
      ? probeSecretService({
          address: process.env['DBUS_SESSION_BUS_ADDRESS'],
          runtimeDir: process.env['XDG_RUNTIME_DIR'],
          timeoutMs: probeTimeoutMs,
          ...(signal === undefined ? {} : { signal }),
        })
      : Promise.resolve({ reachable: true } as const)

  const first = await probe()
  if (!first.reachable) return noKeychain(first.why)
  let keytar: Keytar
  try {
    keytar = await loadKeytar()
  } catch {
    // Its native file is missing, or libsecret is not installed.
    return noKeychain('keytar cannot be loaded')
  }

  const call = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    const reached = await probe()
    if (!reached.reachable) throw new NocturneError('keychain-unavailable', { why: reached.why })
    try {
      return await within(run(), callTimeoutMs, signal)
    } catch (error) {
      if (error instanceof NocturneError) throw error
      // The system's own words are not passed on; they may quote what was asked.
      throw new NocturneError('keychain-unavailable', { why: 'refused by the keychain' })
    }
  }

  return {
    kind,
    get: async (account) => {
      const text = await call(() => keytar.getPassword(service, account))
      return text === null ? null : Buffer.from(text, 'base64')
    },
    set: (account, value) =>
      call(() => keytar.setPassword(service, account, Buffer.from(value).toString('base64'))),
    delete: (account) => call(() => keytar.deletePassword(service, account)),
  }
}

/**
 * Loads the system's library in the thread that calls, and asks it nothing. GLib, on which Linux's
 * stands, bears no second loading: were a worker the only one to have it, the next worker's start
 * would end the process. So the thread that outlives all workers holds it.
 */
export const holdKeychainLibrary = async (): Promise<void> => {
  await loadKeytar().catch(() => undefined)
}

const kindHere = (): KeychainKind => {
  if (process.platform === 'darwin') return 'macos-keychain'
  if (process.platform === 'win32') return 'windows-credentials'
  return 'secret-service'
}

type Keytar = Pick<typeof keytarModule, 'getPassword' | 'setPassword' | 'deletePassword'>

/** Loaded late: a machine without libsecret still starts. */
const loadKeytar = async (): Promise<Keytar> => {
  const loaded: { readonly default?: Keytar } & Keytar = await import('keytar')
  return loaded.default ?? loaded
}

const within = <Result>(
  work: Promise<Result>,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Result> =>
  new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      finish()
    }
    const onAbort = () => settle(() => reject(new NocturneError('cancelled')))
    const timer = setTimeout(
      () => settle(() => reject(new NocturneError('keychain-unavailable', { why: 'no answer' }))),
      timeoutMs,
    )
    if (signal?.aborted === true) return onAbort()
    signal?.addEventListener('abort', onAbort, { once: true })
    work.then(
      (result) => settle(() => resolve(result)),
      (error: unknown) => settle(() => reject(error)),
    )
    return undefined
  })
