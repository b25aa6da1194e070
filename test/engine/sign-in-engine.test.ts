import type { SecretText } from '../../src-shared/contract/confirm-text.ts'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { describe, expect, it, vi } from 'vitest'
import type { Session } from '../../src-shared/contract/access.ts'
import type { Envelope } from '../../src-shared/contract/envelope.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { systemClock, type Clock } from '../../src-main/engine/clock.ts'
import type { AskPerson, ConfirmText } from '../../src-main/engine/confirm.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import { createLog } from '../../src-main/engine/log.ts'
import type { EventBatch } from '../../src-main/engine/outbox.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

/** Sign-in on the whole engine: a real store, a person who reads what the secret window shows. */

const newId = createUuidV7Source({ now: Date.now, randomBytes })
const password = 'correct horse battery'

const start = async (
  dir: string,
  keychain = memoryKeychain(),
  press: AskPerson = () => Promise.resolve(''),
) => {
  const windows: (ConfirmText | SecretText)[] = []
  const batches: EventBatch[] = []
  const lines: string[] = []
  let turnedAway = 0
  let aheadMs = 0
  // The monotonic one stands: no wait is over because the machine was slow.
  const begunAt = systemClock.monotonic()
  const clock: Clock = {
    ...systemClock,
    now: () => Date.now() + aheadMs,
    monotonic: () => begunAt,
  }
  const engine = createEngine({
    workspaceDir: dir,
    mode: 'own',
    clock,
    random: () => 0.5,
    newId,
    log: createLog({ write: (line) => lines.push(line), level: 'debug' }),
    host: { name: 'terminal', version: '0', appVersion: '0' },
    keychain,
    families: [],
    send: (clientId, batch) => {
      batches.push(batch)
      void engine.call({ clientId, channel: '$ack', input: batch.seq })
    },
    switchTo: () => undefined,
    askPerson: (clientId, text, signal) => {
      windows.push(text)
      return press(clientId, text, signal)
    },
    onTurnedAway: () => {
      turnedAway++
    },
  })
  engine.addClient(1)
  await engine.start()
  const command = (channel: string, input: object = {}): Promise<Envelope> =>
    engine.call({ clientId: 1, channel, input: { commandId: newId(), input } })
  const codeOf = async (reply: Promise<Envelope>): Promise<string> => {
    const said = await reply
    return said.ok ? 'done' : said.error.code
  }
  return {
    engine,
    windows,
    batches,
    lines,
    command,
    codeOf,
    query: (channel: string, input: object = {}) => engine.call({ clientId: 1, channel, input }),
    turnedAway: () => turnedAway,
    ahead: (ms: number) => {
      aheadMs += ms
    },
    /** The secret that was shown last. */
    secret: (): SecretText => {
      const last = windows.at(-1)
      if (last === undefined || !('kind' in last)) throw new Error('no secret was shown')
      return last
    },
    appCode: (uri: string): string =>
      TOTP.generate({
        secret: Secret.fromBase32(new URL(uri).searchParams.get('secret') ?? ''),
        timestamp: clock.now(),
      }),
  }
}

const filesIn = (dir: string): Buffer[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))

describe('sign-in on the whole engine', () => {
  it(
    'with a second factor: set up, asked for, waited for over a restart; no secret leaves',
    { timeout: 120_000 },
    async () => {
      const dir = join(temporaryFolder(), 'workspace')
      const keychain = memoryKeychain()
      const first = await start(dir, keychain)
      expect(
        await first.codeOf(first.command('workspace.create', { ownerName: 'Nadia', password })),
      ).toBe('done')

      expect(await first.codeOf(first.command('access.beginSecondFactor'))).toBe('done')
      const uri = first.secret().qr ?? ''
      expect(uri).toMatch(/^otpauth:\/\/totp\/Nocturne:nadia\?/)
      expect(
        await first.codeOf(
          first.command('access.confirmSecondFactor', { code: first.appCode(uri) }),
        ),
      ).toBe('done')
      const codes = first.secret().lines
      expect(codes).toHaveLength(10)

      const turned = first.turnedAway()
      expect(await first.codeOf(first.command('access.signOut'))).toBe('done')
      expect(first.turnedAway()).toBeGreaterThan(turned)

      const begun = await first.command('access.signIn', { name: 'nadia', password })
      expect(begun).toMatchObject({ value: { next: 'second-factor', session: null } })
      // In between there is no session: nothing but the code is taken.
      expect(await first.codeOf(first.query('access.mine'))).toBe('not-signed-in')
      expect(await first.codeOf(first.command('access.removeSecondFactor'))).toBe('not-signed-in')
      expect(await first.codeOf(first.command('access.signInCode', { code: '000000' }))).toBe(
        'wrong-code',
      )
      await first.engine.stop()

      const second = await start(dir, keychain)
      expect(await second.codeOf(second.command('access.signInCode', { code: codes[0] }))).toBe(
        'not-signed-in',
      )
      await second.command('access.signIn', { name: 'nadia', password })
      for (let n = 0; n < 3; n++) {
        // The wait of the failure before the restart, and of each one after it.
        const code = await second.codeOf(second.command('access.signInCode', { code: '000000' }))
        expect(['wrong-code', 'sign-in-throttled']).toContain(code)
      }
      expect(await second.codeOf(second.command('access.signInCode', { code: codes[1] }))).toBe(
        'sign-in-throttled',
      )
      // The monotonic clock decides: the wall clock may jump as it likes.
      second.ahead(3_600_000)
      expect(await second.codeOf(second.command('access.signInCode', { code: codes[1] }))).toBe(
        'sign-in-throttled',
      )
      await second.engine.stop()

      const third = await start(dir, keychain)
      third.ahead(2 * 3_600_000)
      await third.command('access.signIn', { name: 'nadia', password })
      const done = await third.command('access.signInCode', { code: codes[1] })
      expect(done).toMatchObject({ value: { next: 'done' } })
      const { session } = (done as { value: { session: Session } }).value
      expect(session.account).toMatchObject({ name: 'Nadia', isOwner: true })

      const verified = await third.query('audit.verify', { checkpoints: [] })
      expect(verified).toMatchObject({ value: { ok: true } })
      await third.engine.stop()

      // Neither key nor codes: not in an event, a log or a file.
      const key = new URL(uri).searchParams.get('secret') ?? 'none'
      const raw = Buffer.from(Secret.fromBase32(key).buffer)
      const told = JSON.stringify(
        [first, second, third].map(({ batches, lines }) => [batches, lines]),
      )
      for (const secret of [key, password, ...codes]) expect(told).not.toContain(secret)
      for (const file of filesIn(dir)) {
        for (const secret of [raw, key, password, ...codes])
          expect(file.includes(secret)).toBe(false)
      }
    },
  )

  it('judges a password before there is a workspace, and keeps nothing of it', async () => {
    const dir = join(temporaryFolder(), 'workspace')
    const running = await start(dir)
    const judge = (typed: string) =>
      running.query('access.passwordStrength', { password: typed, name: 'Nadia' })
    expect(await judge('short')).toMatchObject({ value: { acceptable: false, why: 'too-short' } })
    expect(await judge(password)).toMatchObject({ value: { acceptable: true, why: null } })
    expect(JSON.stringify([running.lines, running.batches])).not.toContain(password)
    await running.engine.stop()
  })

  it('takes a secret away when the screen is locked, and shows none there', async () => {
    const dir = join(temporaryFolder(), 'workspace')
    const opened = Promise.withResolvers<void>()
    const running = await start(dir, memoryKeychain(), (_, __, signal) => {
      opened.resolve()
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(null)))
    })
    // Also the recovery kit of the first start: nobody looks at it here.
    await running.command('workspace.create', { ownerName: 'Nadia', password })
    const begun = running.codeOf(running.command('access.beginSecondFactor'))
    await opened.promise
    await vi.waitFor(() => expect(running.windows.some(isFactor)).toBe(true))
    running.engine.lock('os-lock')
    expect(await begun).toBe('cancelled')
    expect(await running.codeOf(running.command('access.beginSecondFactor'))).toBe('session-locked')
    await running.engine.stop()
  })
})

const isFactor = (text: ConfirmText | SecretText): boolean => 'kind' in text && text.qr !== null
