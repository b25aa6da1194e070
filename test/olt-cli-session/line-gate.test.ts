import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CliError } from '../../src-main/olt/cli/cli-failure.ts'
import type { CliMode } from '../../src-main/olt/cli/cli-session.ts'
import { openCliSession } from '../../src-main/olt/cli/open-session.ts'
import { ask, huaweiLike, inUser, never, someone } from './dialects.ts'
import { createFakeOlt } from './fake-olt.ts'
import { createRushingClock } from './rushing-clock.ts'

const open = async () => {
  const clock = createRushingClock()
  const olt = createFakeOlt({
    clock,
    greeting: '\r\nMA5800>',
    react: (typed) => (typed.endsWith('\n') ? [`${typed}\r\nMA5800>`] : null),
  })
  const { transport } = olt
  const session = await openCliSession(
    { transport, dialect: huaweiLike, credentials: someone, clock },
    never,
  )
  return { olt, session }
}

const refused = async (line: string, mode: CliMode = inUser): Promise<unknown> => {
  const { olt, session } = await open()
  try {
    await session.run(ask(line, mode), never)
  } catch (error) {
    if (error instanceof CliError) return [error.code, error.sent, olt.typed(), session.usable()]
    throw error
  }
  return olt.typed()
}

const nothingSent = ['cli-parameter-refused', false, '', true]

describe('the last gate before the wire', () => {
  it('lets nothing through that is more than one line of text', async () => {
    const lines = [
      'a\nreboot',
      'a\rreboot',
      'a\r\nreboot',
      'a\u0003',
      'a\u0000b',
      'a\tb',
      'a\u001b[A',
      'a\u007f',
      'a\u0085b',
      'a\u2028b',
      'a\u2029b',
      'a\ud800b',
      'display ?',
      'x'.repeat(10_000),
    ]
    for (const line of lines) expect(await refused(line)).toEqual(nothingSent)
  })

  it('holds for the values of a mode and for what is typed in a terminal', async () => {
    const gpon = (slot: string) => ({ name: 'gpon', values: { frame: '0', slot } })
    expect(await refused('x', gpon('1\nreboot'))).toEqual(nothingSent)
    expect(await refused('x', gpon('1?'))).toEqual(nothingSent)
    expect(await refused('x', { name: 'gpon', values: { frame: '0' } })).toEqual(nothingSent)
    expect(await refused('x', { name: 'no-such-mode', values: {} })).toEqual(nothingSent)
    const { olt, session } = await open()
    const typed = { ...ask('a\nreboot'), shown: '' }
    await expect(session.typeLine(typed, never)).rejects.toMatchObject({
      code: 'cli-parameter-refused',
    })
    expect(olt.typed()).toBe('')
  })

  it('sends exactly one line end per line, whatever the text is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
        const { olt, session } = await open()
        await session.run(ask(`x ${text}`), never).catch(() => undefined)
        const typed = olt.typed()
        expect(typed === '' || typed === `x ${text}\n`).toBe(true)
        expect(typed.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
      }),
      { seed: 13, numRuns: 200 },
    )
  })
})

describe('what is kept of a session', () => {
  it('holds no secret, even when the OLT repeats it', async () => {
    const clock = createRushingClock()
    const line = 'wlan key "s3cret-key" on'
    const olt = createFakeOlt({
      clock,
      greeting: '\r\nMA5800>',
      react: () => [`${line}\r\n % Unknown: s3cret-key\r\nMA5800>`],
    })
    const session = await openCliSession(
      { transport: olt.transport, dialect: huaweiLike, credentials: someone, clock },
      never,
    )
    const command = { ...ask(line), shown: 'wlan key "••••" on' }
    const answer = await session.run(command, never)
    expect(answer.error).toEqual({ kind: 'syntax', line: '% Unknown: ••••' })
    const exchanges = session.takeExchanges()
    expect(exchanges).toEqual([{ sent: 'wlan key "••••" on', answer: ' % Unknown: ••••' }])
  })

  it('holds not even the half of a secret, where a long line of the OLT is cut', async () => {
    for (let before = 180; before < 260; before++) {
      const clock = createRushingClock()
      const line = 'wlan key "s3cret-key" on'
      const olt = createFakeOlt({
        clock,
        greeting: '\r\nMA5800>',
        react: () => [`${line}\r\n % ${'x'.repeat(before)}s3cret-key\r\nMA5800>`],
      })
      const session = await openCliSession(
        { transport: olt.transport, dialect: huaweiLike, credentials: someone, clock },
        never,
      )
      const answer = await session.run({ ...ask(line), shown: 'wlan key "••••" on' }, never)
      expect(answer.error?.line).toMatch(/^% x+•{0,4}$/)
    }
  })

  it('holds no secret of an echo that broke off', async () => {
    const clock = createRushingClock()
    const olt = createFakeOlt({
      clock,
      greeting: '\r\nMA5800>',
      react: () => ['wlan key "s3cret'],
    })
    const session = await openCliSession(
      { transport: olt.transport, dialect: huaweiLike, credentials: someone, clock },
      never,
    )
    const command = { ...ask('wlan key "s3cret-key" on'), shown: 'wlan key "••••" on' }
    const error = await session.run(command, never).catch((failure: unknown) => failure)
    expect(error).toMatchObject({ code: 'cli-unexpected-answer', params: { line: command.shown } })
    const kept = JSON.stringify([session.takeExchanges(), error, String((error as Error).stack)])
    expect(kept).not.toContain('s3cret')
  })

  it('tells in a journal how far an answer came that broke off', async () => {
    const clock = createRushingClock()
    const olt = createFakeOlt({
      clock,
      greeting: '\r\nMA5800>',
      react: () => [{ say: 'ont add 1\r\n  success: 1\r\n  Po', hangUp: true }],
    })
    const session = await openCliSession(
      { transport: olt.transport, dialect: huaweiLike, credentials: someone, clock },
      never,
    )
    await expect(session.run(ask('ont add 1'), never)).rejects.toMatchObject({ sent: true })
    expect(session.takeExchanges()).toEqual([{ sent: 'ont add 1', answer: '  success: 1\n  Po…' }])
  })
})
