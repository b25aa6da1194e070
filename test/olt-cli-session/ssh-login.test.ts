import { generateKeyPairSync } from 'node:crypto'
import ssh2, { type AuthContext } from 'ssh2'
import { describe, expect, it } from 'vitest'
import { systemClock, type Clock } from '../../src-main/engine/clock.ts'
import { modernAlgorithms, sshAlgorithms } from '../../src-main/olt/cli/ssh-algorithms.ts'
import { openSshTransport } from '../../src-main/olt/cli/ssh-transport.ts'
import { rejectionOf } from '../support/error-code.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { never } from './dialects.ts'

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
})

/** An SSH server whose way of asking is the test's. */
const withServer = async <Out>(
  judge: (asked: AuthContext, hangUp: () => void) => void,
  work: (port: number) => Promise<Out>,
  shells = true,
): Promise<{ readonly out: Out; readonly methods: readonly string[] }> => {
  const methods: string[] = []
  const server = new ssh2.Server({ hostKeys: [privateKey] }, (client) => {
    client.on('error', () => undefined)
    client.on('authentication', (asked) => {
      methods.push(asked.method)
      judge(asked, () => client.end())
    })
    client.on('ready', () => {
      client.on('session', (accept) => {
        const session = accept()
        session.on('pty', (yes) => yes?.())
        session.on('shell', (yes, no) => {
          if (shells) yes().write('MA5800>')
          else no()
        })
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  try {
    const port = typeof address === 'object' && address !== null ? address.port : 0
    return { out: await work(port), methods }
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
}

interface LogInOptions {
  readonly clock?: Clock
  readonly signal?: AbortSignal
}

const logIn = (port: number, { clock = systemClock, signal = never }: LogInOptions = {}) =>
  openSshTransport(
    {
      host: '127.0.0.1',
      port,
      credentials: { userName: 'noc', password: 'right' },
      legacy: false,
      pins: { pinned: () => null, pin: () => undefined, offered: () => undefined },
      window: { columns: 80, rows: 24 },
      clock,
      connectMs: 10_000,
    },
    signal,
  )

const logInAndOut = async (port: number): Promise<void> => (await logIn(port)).close()
const codeOf = async (port: number): Promise<string> => (await rejectionOf(logIn(port))).code

describe('the SSH login', () => {
  it('answers a keyboard-interactive question with the password, once', async () => {
    const answers: string[][] = []
    const { methods } = await withServer((asked) => {
      if (asked.method !== 'keyboard-interactive') asked.reject(['keyboard-interactive'])
      else
        asked.prompt([{ prompt: 'Password: ', echo: false }], (said) => {
          answers.push(said)
          asked.accept()
        })
    }, logInAndOut)
    expect(methods).toEqual(['none', 'keyboard-interactive'])
    expect(answers).toEqual([['right']])
  })

  it('sends the password by one method only, though the server takes two', async () => {
    const { out, methods } = await withServer(
      (asked) => asked.reject(['password', 'keyboard-interactive']),
      codeOf,
    )
    expect(out).toBe('cli-login-refused')
    expect(methods).toEqual(['none', 'password'])
  })

  it('answers no second question', async () => {
    let second: readonly string[] | null = null
    const { out } = await withServer((asked) => {
      if (asked.method !== 'keyboard-interactive') asked.reject(['keyboard-interactive'])
      else
        asked.prompt([{ prompt: 'Password: ', echo: false }], () =>
          asked.prompt([{ prompt: 'Password again: ', echo: false }], (said) => {
            second = said
            asked.accept()
          }),
        )
    }, codeOf)
    expect([out, second]).toEqual(['cli-login-refused', null])
  })

  it('sends no password where only keys are taken', async () => {
    const { out, methods } = await withServer((asked) => asked.reject(['publickey']), codeOf)
    expect([out, methods]).toEqual(['cli-login-refused', ['none']])
  })

  it('goes in where nobody asks: some OLTs ask in their own shell', async () => {
    const { methods } = await withServer((asked) => asked.accept(), logInAndOut)
    expect(methods).toEqual(['none'])
  })

  it('without a shell means that all sessions are taken', async () => {
    const { out } = await withServer((asked) => asked.accept(), codeOf, false)
    expect(out).toBe('cli-too-many-sessions')
  })

  it('is given up when the person gives up', async () => {
    const { out } = await withServer(
      () => undefined,
      async (port) => {
        const abort = new AbortController()
        const opening = rejectionOf(
          openSshTransport(
            {
              host: '127.0.0.1',
              port,
              credentials: { userName: 'noc', password: 'right' },
              legacy: false,
              pins: {
                pinned: () => null,
                pin: () => abort.abort(),
                offered: () => undefined,
              },
              window: { columns: 80, rows: 24 },
              clock: systemClock,
              connectMs: 10_000,
            },
            abort.signal,
          ),
        )
        return (await opening).code
      },
    )
    expect(out).toBe('cancelled')
  })
})

describe('an SSH server that never says what it thinks of the password', () => {
  it.each(['falls silent', 'is not waited for', 'hangs up'] as const)('%s', async (what) => {
    const clock = createManualClock()
    const abort = new AbortController()
    const { out } = await withServer(
      (asked, hangUp) => {
        if (asked.method === 'none') asked.reject(['password'])
        else if (what === 'falls silent') clock.advance(10_000)
        else if (what === 'is not waited for') abort.abort()
        else hangUp()
      },
      (port) => rejectionOf(logIn(port, { clock, signal: abort.signal })),
    )
    const counts = what === 'hangs up' ? { code: 'cli-login-refused' } : { unjudged: true }
    expect(out).toMatchObject(counts)
  })

  it('has not got it before it asked: that is an OLT that cannot be reached', async () => {
    const clock = createManualClock()
    const { out } = await withServer(
      () => clock.advance(10_000),
      (port) => rejectionOf(logIn(port, { clock })),
    )
    expect(out).toMatchObject({ code: 'cli-unreachable', unjudged: false })
  })
})

describe('the algorithm lists', () => {
  it('hold no SHA-1, no CBC, no small group unless allowed', () => {
    const names = Object.values(modernAlgorithms).flat()
    for (const name of names)
      expect(name).not.toMatch(/sha1$|sha1-|-cbc|md5|^ssh-rsa$|^ssh-dss$|group1-/)
  })

  it('ask for the pinned key’s own signatures first', () => {
    const list = sshAlgorithms(false, { algorithm: 'ssh-rsa', fingerprint: 'x' })
    const { append } = list.serverHostKey as unknown as { append: readonly RegExp[] }
    expect(append.slice(0, 2).map((one) => one.source)).toEqual([
      '^rsa-sha2-512$',
      '^rsa-sha2-256$',
    ])
    expect(append.some((one) => one.test('ssh-rsa'))).toBe(false)
  })
})
