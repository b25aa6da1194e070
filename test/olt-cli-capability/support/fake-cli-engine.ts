import { NocturneError } from '../../../src-shared/errors.ts'
import type { CliDesk, CliSession, CliTypedAnswer } from '../../../src-main/olt/cli/cli-session.ts'
import { mayTrust } from '../../../src-main/olt/cli/host-keys.ts'
import type { OltConfigPort } from '../../../src-main/olt/cli/config-port.ts'
import type { CliEngine, CliFamily, OpenDesk } from '../../../src-main/olt-cli/ports.ts'
import { settle } from '../../support/settle.ts'

/** An OLT's CLI as the capability sees it, without a line of protocol. */
export interface FakeOlt {
  password: string
  fingerprint: string
  /** How a login ends before anything else. */
  down: boolean
  /** Logins that were tried, with what. */
  readonly logins: { readonly userName: string; readonly password: string }[]
  readonly opened: OpenDesk[]
  closed: number
  /** Lines that reached it. */
  readonly got: string[]
  interrupts: number
  readonly terminals: FakeTerminal[]
}

/** The line that is on its way to the OLT, for the test to answer. */
export interface FakeTerminal {
  readonly answer: (text: string, prompt?: string, asks?: boolean) => Promise<void>
  readonly lose: () => Promise<void>
  readonly shown: string[]
}

const abilities: CliFamily['abilities'] = {
  familyId: 'fake',
  steps: [],
  unprovenSteps: [],
  reads: [],
  catalogues: [],
  onuIds: { first: 0, last: 127 },
  needs: [],
  limits: { name: 32, description: 64 },
  readsConfiguration: true,
  exportsBy: [],
}

export const fakeFamily = (more: Partial<CliFamily> = {}): CliFamily => ({
  transports: ['ssh', 'telnet'],
  knowsLegacySsh: false,
  abilities,
  isLine: (line) => !line.includes('?'),
  isReading: (line) => /^(?:display|show) .*$/u.test(line),
  mask: (text) => text.replaceAll(/(key cipher )\S+/gu, '$1••••'),
  steady: (text) => text.replaceAll(/^! saved at .*$/gmu, ''),
  ...more,
})

export const createFakeCliEngine = (families: Record<string, CliFamily>) => {
  const olts = new Map<string, FakeOlt>()
  const oltOf = (oltId: string): FakeOlt => {
    const before = olts.get(oltId)
    if (before !== undefined) return before
    const made: FakeOlt = {
      password: 'correct horse',
      fingerprint: 'SHA256:first',
      down: false,
      logins: [],
      opened: [],
      closed: 0,
      got: [],
      interrupts: 0,
      terminals: [],
    }
    olts.set(oltId, made)
    return made
  }

  const open: CliEngine['open'] = (request) => {
    const olt = oltOf(request.oltId)
    olt.opened.push(request)
    let writer: 'none' | 'busy' = 'none'
    let readers = 0
    let closed = false
    const lives = new AbortController()

    const logIn = async (): Promise<void> => {
      if (closed) throw new NocturneError('cli-session-lost', { why: 'closed' })
      const { gate, login } = request
      if (gate.failures.count() >= 2) throw new NocturneError('cli-logins-paused')
      const fail = (code: 'cli-unreachable' | 'cli-host-key-changed' | 'cli-login-refused') => {
        gate.failed({ code, params: {} })
        return new NocturneError(code)
      }
      if (olt.down) throw fail('cli-unreachable')
      const key = { algorithm: 'ssh-ed25519', fingerprint: olt.fingerprint }
      if (login.transport === 'ssh' && !(await mayTrust(gate.pins, key))) {
        throw fail('cli-host-key-changed')
      }
      const { password, enablePassword } = login.secrets()
      olt.logins.push({ userName: login.userName, password: password.toString() })
      const isRight = password.toString() === olt.password
      password.fill(0)
      enablePassword?.fill(0)
      if (!isRight) {
        await gate.failures.add()
        throw fail('cli-login-refused')
      }
      await gate.failures.reset()
      gate.loggedIn()
    }

    const session = (): CliSession => {
      let waiting: {
        resolve: (answer: CliTypedAnswer) => void
        reject: (error: Error) => void
      } | null = null
      let lost = false
      const terminal: FakeTerminal = {
        shown: [],
        answer: async (text, prompt = 'OLT>', asks = false) => {
          waiting?.resolve({ text, prompt, asks })
          waiting = null
          await settle()
        },
        lose: async () => {
          lost = true
          waiting?.reject(new NocturneError('cli-session-lost', { why: 'closed' }))
          await settle()
        },
      }
      olt.terminals.push(terminal)
      return {
        transport: request.login.transport,
        prompt: 'OLT>',
        run: () => Promise.reject(new Error('not asked in these tests')),
        typeLine: ({ line, shown }, signal) => {
          olt.got.push(line)
          terminal.shown.push(shown)
          return new Promise((resolve, reject) => {
            waiting = { resolve, reject }
            signal.addEventListener('abort', () => reject(new NocturneError('cancelled')))
          })
        },
        interrupt: () => {
          olt.interrupts++
          return Promise.resolve('OLT>')
        },
        takeExchanges: () => [],
        usable: () => !lost,
        logOut: () => Promise.resolve(),
      }
    }

    const desk: CliDesk = {
      withWriter: async (signal, work) => {
        if (writer === 'busy') throw new NocturneError('cli-too-many-sessions')
        await logIn()
        signal.throwIfAborted()
        writer = 'busy'
        request.onChange()
        try {
          return await work(session())
        } finally {
          writer = 'none'
          request.onChange()
        }
      },
      withReader: async (signal, work) => {
        await logIn()
        if (signal.aborted) throw new NocturneError('cancelled')
        readers++
        request.onChange()
        try {
          return await work(session())
        } finally {
          readers--
          request.onChange()
        }
      },
      state: () => ({
        writer,
        readers,
        waiting: 0,
        allowed: { writers: 1, readers: request.login.maxReaders },
        peak: { writers: 1, readers: 1 },
      }),
      test: async () => {
        await logIn()
        return { prompt: 'OLT>', ms: 12 }
      },
      close: () => {
        closed = true
        olt.closed++
        lives.abort()
        return Promise.resolve()
      },
    }

    return {
      desk,
      config: { abilities, name: request.oltId } as unknown as OltConfigPort,
    }
  }

  return {
    engine: { familyOf: (familyId: string) => families[familyId] ?? null, open } as CliEngine,
    oltOf,
  }
}
