import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src-main/engine/clock.ts'
import { createCliDesk } from '../../src-main/olt/cli/cli-desk.ts'
import type { CliHostKey, HostKeyPins } from '../../src-main/olt/cli/host-keys.ts'
import { openCliSession } from '../../src-main/olt/cli/open-session.ts'
import { openSshTransport, type SshOptions } from '../../src-main/olt/cli/ssh-transport.ts'
import { rejectionOf } from '../support/error-code.ts'
import { ask, huaweiLike, never } from './dialects.ts'
import { startRealSshd, whyNoSshd, type RealSshd } from './real-sshd.ts'

const errorCode = async (work: Promise<unknown>): Promise<string> => (await rejectionOf(work)).code

const why = whyNoSshd()
if (why !== null) process.stdout.write(`skipped: tests against a real OpenSSH server: ${why}\n`)

const pinsOf = (pinned: CliHostKey | null): HostKeyPins & { readonly told: string[] } => {
  let kept = pinned
  const told: string[] = []
  return {
    told,
    pinned: () => kept,
    pin: (key) => {
      kept = key
      told.push(`pin ${key.algorithm} ${key.fingerprint}`)
    },
    offered: (key) => void told.push(`offered ${key.fingerprint}`),
  }
}

const lastConnection = (log: string): string => log.slice(log.lastIndexOf('Connection from'))

describe.skipIf(why !== null)('SSH against OpenSSH’s own server', () => {
  let server: RealSshd
  beforeAll(async () => {
    server = await startRealSshd()
  }, 30_000)
  afterAll(() => server.stop())

  const to = (more: Partial<SshOptions> = {}): SshOptions => ({
    host: '127.0.0.1',
    port: server.port,
    credentials: { userName: server.userName, password: server.password },
    legacy: false,
    pins: pinsOf(null),
    window: { columns: 132, rows: 40 },
    clock: systemClock,
    connectMs: 20_000,
    ...more,
  })

  it('pins the key that ssh-keygen shows, logs in, runs commands, logs out', async () => {
    const pins = pinsOf(null)
    const transport = await openSshTransport(to({ pins }), never)
    expect(pins.told).toEqual([`pin ssh-ed25519 ${server.fingerprint('ed25519')}`])
    const session = await openCliSession(
      {
        transport,
        dialect: huaweiLike,
        clock: systemClock,
        credentials: { userName: '', password: '', enablePassword: null },
      },
      never,
    )
    expect(session.prompt).toBe('MA5800>')
    expect(await session.run(ask('display board 0'), never)).toEqual({
      text: '  you said: display board 0',
      error: null,
    })
    const long = `ont add ${'x'.repeat(150)}`
    expect((await session.run(ask(long), never)).text).toBe(`  you said: ${long}`)
    const rows = (await session.run(ask('many'), never)).text.split('\n')
    expect([rows.length, rows[0], rows.at(-1)]).toEqual([2_000, 'row 0', 'row 1999'])
    await session.logOut()
    expect(session.usable()).toBe(false)
  })

  it('asks for the pinned key first, though the server prefers another', async () => {
    const pinned = { algorithm: 'ssh-rsa', fingerprint: server.fingerprint('rsa') }
    const pins = pinsOf(pinned)
    const transport = await openSshTransport(to({ pins }), never)
    transport.close()
    expect(pins.told).toEqual([])
  })

  it('refuses another key loudly: no user, no password, nothing is sent', async () => {
    const before = server.log().length
    const pins = pinsOf({ algorithm: 'ssh-ed25519', fingerprint: 'SHA256:other' })
    const error = await errorCode(openSshTransport(to({ pins }), never))
    expect(error).toBe('cli-host-key-changed')
    expect(pins.told).toEqual([`offered ${server.fingerprint('ed25519')}`])
    await expect.poll(() => server.log().slice(before)).toMatch(/Disconnected from .*\[preauth\]/)
    // what sshd says of this connection alone: it names the user as soon as one is sent
    const said = lastConnection(server.log())
    expect(said).not.toContain(server.userName)
    expect(said).not.toMatch(/Failed|Accepted|auth request/i)
  })

  it('goes no further when the pin cannot be kept', async () => {
    const before = server.log().length
    const pins = { ...pinsOf(null), pin: () => Promise.reject(new Error('disk full')) }
    expect(await errorCode(openSshTransport(to({ pins }), never))).toBe('internal')
    await expect.poll(() => server.log().slice(before)).toMatch(/Disconnected from .*\[preauth\]/)
    expect(lastConnection(server.log())).not.toContain(server.userName)
  })

  it('a wrong password is one failure at the server, and two of them stop the third', async () => {
    const before = server.log().length
    let failures = 0
    const credentials = { userName: server.userName, password: 'wrong', enablePassword: null }
    const desk = createCliDesk({
      clock: systemClock,
      dialect: huaweiLike,
      openTransport: (signal) => openSshTransport(to({ credentials }), signal),
      credentials: () => credentials,
      failures: {
        count: () => failures,
        add: () => void failures++,
        reset: () => void (failures = 0),
      },
      maxReaders: 2,
      idleMs: 60_000,
    })
    const work = () => Promise.resolve('never reached')
    expect(await errorCode(desk.withReader(never, work))).toBe('cli-login-refused')
    expect(await errorCode(desk.withWriter(never, work))).toBe('cli-login-refused')
    expect(await errorCode(desk.withWriter(never, work))).toBe('cli-logins-paused')
    expect(await errorCode(desk.test(never))).toBe('cli-logins-paused')
    expect(failures).toBe(2)
    await desk.close()
    await expect
      .poll(
        () =>
          server
            .log()
            .slice(before)
            .match(/Failed password/g)?.length,
      )
      .toBe(2)
    expect(
      server
        .log()
        .slice(before)
        .match(/Connection from/g),
    ).toHaveLength(2)
  })

  it('says that the session was lost when the server’s process dies', async () => {
    const transport = await openSshTransport(to(), never)
    const credentials = { userName: '', password: '', enablePassword: null }
    const session = await openCliSession(
      { transport, dialect: huaweiLike, clock: systemClock, credentials },
      never,
    )
    const error = await session.run(ask('drop'), never).catch((failure: unknown) => failure)
    expect(error).toMatchObject({ code: 'cli-session-lost', sent: true })
    expect(session.usable()).toBe(false)
  })

  it('times out on a command that hangs, and leaves nothing open', async () => {
    const transport = await openSshTransport(to(), never)
    const credentials = { userName: '', password: '', enablePassword: null }
    const session = await openCliSession(
      { transport, dialect: huaweiLike, clock: systemClock, credentials },
      never,
    )
    const hasty = { ...ask('sleep'), silenceMs: 300 }
    expect(await errorCode(session.run(hasty, never))).toBe('cli-timeout')
    await session.logOut()
    expect(session.usable()).toBe(false)
  })

  it('tells what cannot be reached at once', async () => {
    const nobody = { port: 1 }
    expect(await errorCode(openSshTransport(to(nobody), never))).toBe('cli-unreachable')
  })
})

const oldOnly: readonly (readonly [string, readonly string[]])[] = [
  ['key exchange', ['KexAlgorithms diffie-hellman-group14-sha1,diffie-hellman-group1-sha1']],
  ['host key signature', ['HostKeyAlgorithms ssh-rsa']],
  ['cipher', ['Ciphers aes128-cbc,3des-cbc']],
  ['MAC', ['MACs hmac-sha1', 'Ciphers aes128-ctr']],
]

describe.skipIf(why !== null)('a server that knows only an old', () => {
  it.each(oldOnly)(
    '%s is refused until that is allowed',
    async (_what, config) => {
      const server = await startRealSshd(config)
      try {
        const options = (legacy: boolean): SshOptions => ({
          host: '127.0.0.1',
          port: server.port,
          credentials: { userName: server.userName, password: server.password },
          legacy,
          pins: pinsOf(null),
          window: { columns: 80, rows: 24 },
          clock: systemClock,
          connectMs: 20_000,
        })
        expect(await errorCode(openSshTransport(options(false), never))).toBe('cli-legacy-refused')
        expect(server.log()).not.toContain(server.userName)
        const transport = await openSshTransport(options(true), never)
        expect(transport.authenticated).toBe(true)
        transport.close()
      } finally {
        await server.stop()
      }
    },
    30_000,
  )
})
