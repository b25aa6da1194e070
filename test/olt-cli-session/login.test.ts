import { describe, expect, it } from 'vitest'
import type { CliDialect } from '../../src-main/olt/cli/cli-dialect.ts'
import { CliError } from '../../src-main/olt/cli/cli-failure.ts'
import { openCliSession, type OpenCliSession } from '../../src-main/olt/cli/open-session.ts'
import { ask, huaweiLike, inEnable, inUser, never, someone, zteLike } from './dialects.ts'
import { createFakeOlt, following, type FakeOlt } from './fake-olt.ts'
import { createRushingClock } from './rushing-clock.ts'

type Script = Parameters<typeof following>[0]

const logIn = async (
  greeting: string | undefined,
  script: Script,
  dialect: CliDialect = huaweiLike,
  credentials = someone,
  kind: 'ssh' | 'telnet' = 'telnet',
): Promise<{ readonly olt: FakeOlt; readonly out: OpenCliSession | CliError }> => {
  const clock = createRushingClock()
  const olt = createFakeOlt({
    clock,
    kind,
    react: following(script),
    ...(greeting === undefined ? {} : { greeting }),
  })
  try {
    const { transport } = olt
    const out = await openCliSession({ transport, dialect, credentials, clock }, never)
    return { olt, out }
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    return { olt, out: error }
  }
}

const said = (out: OpenCliSession | CliError): unknown =>
  out instanceof CliError ? [out.code, out.params['why'] ?? null] : out.prompt

describe('a login over Telnet', () => {
  it('types user and password where it is asked, past a notice that wants an answer', async () => {
    const { olt, out } = await logIn('Unauthorised access is refused.\r\ncontinue? [Y/N]:', [
      ['Y\n', 'Y\r\n>>User name:'],
      ['noc\n', 'noc\r\n>>User password:'],
      ['pass-word-1\n', '\r\n\r\n  Huawei\r\n\r\nMA5800>'],
    ])
    expect(said(out)).toBe('MA5800>')
    expect(olt.typed()).toBe('Y\nnoc\npass-word-1\n')
  })

  it('lands where the OLT lets it land', async () => {
    const { out } = await logIn(
      'Username:',
      [
        ['noc\r\n', 'noc\r\nPassword:'],
        ['pass-word-1\r\n', '\r\n0 authentication failure occurred.\r\nZXAN#'],
        ['show card\r\n', 'show card\r\n fine\r\nZXAN#'],
      ],
      zteLike,
    )
    if (out instanceof CliError) throw out
    expect((await out.run(ask('show card', inEnable), never)).text).toBe(' fine')
  })

  it('refused: says so, types nothing more, hangs up', async () => {
    const refusals = [
      '\r\n  Username or password invalid.\r\n\r\n>>User name:',
      // no word of it, only the question again
      '\r\n>>User name:',
      '\r\n>>User password:',
    ]
    for (const refusal of refusals) {
      const { olt, out } = await logIn('>>User name:', [
        ['noc\n', 'noc\r\n>>User password:'],
        ['pass-word-1\n', refusal],
      ])
      expect(said(out)).toEqual(['cli-login-refused', 'password'])
      expect([olt.typed(), olt.closed()]).toEqual(['noc\npass-word-1\n', true])
    }
  })

  it('hung up after the password counts as refused, a broken line does not', async () => {
    const hungUp = await logIn('>>User name:', [
      ['noc\n', 'noc\r\n>>User password:'],
      ['pass-word-1\n', { say: '\r\n', hangUp: true }],
    ])
    expect(said(hungUp.out)).toEqual(['cli-login-refused', 'closed-after-password'])
    const early = await logIn('>>User name:', [['noc\n', { say: '\r\n', hangUp: true }]])
    expect(said(early.out)).toEqual(['cli-session-lost', 'closed'])
  })

  it('tells when no session is left, before or after the password', async () => {
    const full = '\r\n  The number of sessions has reached the limit\r\n'
    const before = await logIn(full, [])
    expect(said(before.out)).toEqual(['cli-too-many-sessions', null])
    const after = await logIn('>>User name:', [
      ['noc\n', 'noc\r\n>>User password:'],
      ['pass-word-1\n', { say: full, hangUp: true }],
    ])
    expect(said(after.out)).toEqual(['cli-too-many-sessions', null])
  })

  it('stops at a password that has expired', async () => {
    const { olt, out } = await logIn('>>User name:', [
      ['noc\n', 'noc\r\n>>User password:'],
      ['pass-word-1\n', '\r\n  Your password has expired\r\n  New password:'],
    ])
    expect(said(out)).toEqual(['cli-login-refused', 'password-expired'])
    expect(olt.typed()).toBe('noc\npass-word-1\n')
  })

  it('knocks where the family wants it', async () => {
    const wake = { ...huaweiLike, login: { ...huaweiLike.login, wake: { text: '', enter: true } } }
    const { out } = await logIn(
      undefined,
      [
        ['\n', '\r\n>>User name:'],
        ['noc\n', 'noc\r\n>>User password:'],
        // an authentication server far away
        ['pass-word-1\n', { afterMs: 9_000, say: '\r\nMA5800>' }],
      ],
      wake,
    )
    expect(said(out)).toBe('MA5800>')
  })

  it('gives up on what says nothing, and on what it does not understand', async () => {
    expect(said((await logIn(undefined, [])).out)).toEqual(['cli-timeout', null])
    const strange = await logIn('login as who?', [])
    expect(strange.out).toMatchObject({
      code: 'cli-unexpected-answer',
      params: { line: 'login as who?' },
    })
    expect(strange.olt.typed()).toBe('')
  })

  it('never types a password that would be more than a line', async () => {
    for (const password of ['a\nreboot', 'a\rreboot', 'a\u0003', `x${'y'.repeat(300)}`]) {
      const { olt, out } = await logIn('>>User name:', [], huaweiLike, { ...someone, password })
      expect(out).toMatchObject({ code: 'cli-parameter-refused' })
      expect([olt.typed(), olt.closed()]).toEqual(['', true])
    }
  })

  it('keeps the password out of every error', async () => {
    const { out } = await logIn('>>User name:', [
      ['noc\n', 'noc\r\n>>User password:'],
      ['pass-word-1\n', 'pass-word-1\r\nis pass-word-1 right:'],
    ])
    expect(out).toMatchObject({ params: { line: 'is •••• right:' } })
    expect(JSON.stringify(out) + String((out as CliError).stack)).not.toContain('pass-word-1')
  })
})

describe('setting up a session', () => {
  const withSetup = (setup: CliDialect['setup']): CliDialect => ({ ...huaweiLike, setup })

  it('sends what the family wants, answers its parameter prompt, tries alternatives', async () => {
    const { olt, out } = await logIn(
      'MA5800>',
      [
        ['enable\n', 'enable\r\nMA5800#'],
        ['scroll\n', 'scroll\r\n{ <cr>|number<U><10,512> }:'],
        ['\n', '\r\nMA5800#'],
        ['a\n', 'a\r\n% Unknown command\r\nMA5800#'],
        ['b\n', 'b\r\nMA5800#'],
      ],
      withSetup([
        { mode: inEnable, lines: ['scroll'], mayFail: false },
        { mode: inEnable, lines: ['a', 'b', 'c'], mayFail: false },
      ]),
      someone,
      'ssh',
    )
    expect(said(out)).toBe('MA5800#')
    expect(olt.typed()).toBe('enable\nscroll\n\na\nb\n')
  })

  it('goes on without what older firmware does not know, and stops where it may not fail', async () => {
    const script: Script = [['x\n', 'x\r\n% Unknown command\r\nMA5800>']]
    const set = (mayFail: boolean) => withSetup([{ mode: inUser, lines: ['x'], mayFail }])
    expect(said((await logIn('MA5800>', script, set(true), someone, 'ssh')).out)).toBe('MA5800>')
    const { olt, out } = await logIn('MA5800>', script, set(false), someone, 'ssh')
    expect(out).toMatchObject({ code: 'cli-refused', params: { line: '% Unknown command' } })
    expect(olt.closed()).toBe(true)
  })
})
