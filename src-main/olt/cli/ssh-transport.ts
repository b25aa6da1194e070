import ssh2, { type AnyAuthMethod, type AuthenticationType, type ClientChannel } from 'ssh2'
import { NocturneError, isNocturneError } from '../../../src-shared/errors.ts'
import type { Clock } from '../../engine/clock.ts'
import { CliError } from './cli-failure.ts'
import type { CliTransport } from './cli-session.ts'
import { connectError } from './connect-error.ts'
import { hostKeyOf, mayTrust, type HostKeyPins } from './host-keys.ts'
import type { CliCredentials } from './login-dialogue.ts'
import { sshAlgorithms } from './ssh-algorithms.ts'
import { createTransportListeners } from './transport-listeners.ts'

export interface SshOptions {
  readonly host: string
  readonly port: number
  readonly credentials: Pick<CliCredentials, 'userName' | 'password'>
  /** SECURITY: the family knows them and the user allows them for this OLT: both. */
  readonly legacy: boolean
  readonly pins: HostKeyPins
  readonly window: { readonly columns: number; readonly rows: number }
  readonly clock: Clock
  /** Until the host key was seen and the login is over, ms. */
  readonly connectMs: number
}

/**
 * Errors: `cli-unreachable` {why}, `cli-host-key-changed` (nothing of the login was sent),
 * `cli-legacy-refused`, `cli-login-refused` {why}, `cli-too-many-sessions`, `cancelled`.
 */
export const openSshTransport = (options: SshOptions, signal: AbortSignal): Promise<CliTransport> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new NocturneError('cancelled'))
      return
    }
    const client = new ssh2.Client()
    const listeners = createTransportListeners()
    let state: 'opening' | 'open' | 'failed' = 'opening'
    let keyRefused = false
    let keyFailed: unknown = null
    let authenticated = false
    let asked = false

    const fail = (error: NocturneError): void => {
      if (state !== 'opening') return
      state = 'failed'
      stopTimer()
      signal.removeEventListener('abort', abort)
      client.destroy()
      reject(error)
    }
    /** SECURITY: a password that was sent and not answered may be one that the OLT has counted. */
    const giveUp = (code: 'cancelled' | 'cli-unreachable', params: { why?: string }): void =>
      fail(new CliError(code, params, false, undefined, asked && !authenticated))
    const abort = (): void => giveUp('cancelled', {})
    const stopTimer = options.clock.after(options.connectMs, () =>
      giveUp('cli-unreachable', { why: 'timeout' }),
    )
    signal.addEventListener('abort', abort)

    const whyClosed = (error: unknown): NocturneError => {
      if (keyRefused) return new NocturneError('cli-host-key-changed')
      if (keyFailed !== null) {
        return isNocturneError(keyFailed)
          ? keyFailed
          : new NocturneError('internal', {}, { cause: keyFailed })
      }
      if (error instanceof Error && error.message.includes('no matching')) {
        // with the old ones allowed there is nothing left to allow
        return options.legacy
          ? new NocturneError('cli-unreachable', { why: 'no-common-algorithm' }, { cause: error })
          : new NocturneError('cli-legacy-refused', {}, { cause: error })
      }
      if (levelOf(error) === 'client-authentication' || (asked && !authenticated)) {
        return new NocturneError('cli-login-refused', { why: 'password' })
      }
      if (error === null) return new NocturneError('cli-unreachable', { why: 'closed' })
      return connectError(error)
    }

    client.on('error', (error) => {
      if (state === 'opening') fail(whyClosed(error))
      else listeners.over(error)
    })
    client.on('close', () => {
      if (state === 'opening') fail(whyClosed(null))
      else listeners.over(null)
    })
    client.on('ready', () => {
      authenticated = true
      // A line is a small packet: without this it waits 40 ms for the answer to the one before.
      client.setNoDelay(true)
      const { columns, rows } = options.window
      client.shell({ term: 'vt100', cols: columns, rows, width: 0, height: 0 }, (error, shell) => {
        // logged in, but no terminal: that is what they say when all lines are taken
        if (error !== undefined)
          fail(new NocturneError('cli-too-many-sessions', {}, { cause: error }))
        else opened(shell)
      })
    })

    const opened = (shell: ClientChannel): void => {
      if (state !== 'opening') {
        shell.destroy()
        return
      }
      state = 'open'
      stopTimer()
      signal.removeEventListener('abort', abort)
      shell.on('data', (octets: Buffer) => listeners.heard(octets))
      shell.stderr.on('data', (octets: Buffer) => listeners.heard(octets))
      shell.on('close', () => {
        listeners.over(null)
        client.end()
      })
      shell.on('error', (error: Error) => listeners.over(error))
      resolve({
        kind: 'ssh',
        authenticated: true,
        onData: listeners.onData,
        onEnd: listeners.onEnd,
        write: (octets) => {
          if (!listeners.isOver() && shell.writable) shell.write(octets)
        },
        close: () => {
          client.end()
          client.destroy()
        },
      })
    }

    const { userName, password } = options.credentials
    // SECURITY: the password goes out once, by one method: many OLTs lock the user after three
    const nextMethod = (
      left: readonly AuthenticationType[] | null,
      partly: boolean,
    ): AnyAuthMethod | false => {
      if (left === null) return { type: 'none', username: userName }
      if (asked && !partly) return false
      if (left.includes('password') && !asked) {
        asked = true
        return { type: 'password', username: userName, password }
      }
      if (!left.includes('keyboard-interactive')) return false
      asked = true
      let answered = false
      return {
        type: 'keyboard-interactive',
        username: userName,
        prompt: (_name, _instructions, _language, prompts, finish) => {
          if (prompts.length === 0) finish([])
          else if (answered)
            fail(new NocturneError('cli-login-refused', { why: 'second-question' }))
          else {
            answered = true
            // what is shown while typing is no password
            finish(prompts.map((one) => (one.echo === true ? userName : password)))
          }
        },
      }
    }

    client.connect({
      host: options.host,
      port: options.port,
      username: userName,
      algorithms: sshAlgorithms(options.legacy, options.pins.pinned()),
      readyTimeout: 0,
      hostVerifier: (key: Buffer, verify: (trusted: boolean) => void) => {
        mayTrust(options.pins, hostKeyOf(key)).then(
          (trusted) => {
            keyRefused = !trusted
            verify(trusted)
          },
          (error: unknown) => {
            keyFailed = error
            verify(false)
          },
        )
      },
      authHandler: (left, partly, next) => {
        const method = nextMethod(left, partly)
        // the types leave out that false ends it
        ;(next as (method: AnyAuthMethod | false) => void)(method)
      },
    })
  })

const levelOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'level' in error ? error.level : undefined
