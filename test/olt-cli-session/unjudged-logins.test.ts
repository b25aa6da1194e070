import { describe, expect, it } from 'vitest'
import { createCliDesk } from '../../src-main/olt/cli/cli-desk.ts'
import type { CliSession } from '../../src-main/olt/cli/cli-session.ts'
import { rejectionOf } from '../support/error-code.ts'
import { ask, huaweiLike, inEnable, never, someone } from './dialects.ts'
import { createFakeOlt, type FakeOlt, type Reaction } from './fake-olt.ts'
import { createRushingClock } from './rushing-clock.ts'

/**
 * A password that was typed and of which nobody knows what the OLT thought of it. An OLT that locks
 * users may have counted it: it counts here too, and is not typed a third time.
 */
type Act = (olt: () => FakeOlt, abort: () => void) => readonly Reaction[]

const acts: readonly (readonly [string, string, Act])[] = [
  ['hangs up', 'cli-login-refused', () => [{ say: '\r\n', hangUp: true }]],
  [
    'resets the connection',
    'cli-login-refused',
    (olt) => {
      queueMicrotask(() => olt().drop())
      return []
    },
  ],
  ['falls silent', 'cli-timeout', () => ['\r\n']],
  ['asks what nobody understands', 'cli-unexpected-answer', () => ['\r\nWhat is your quest?']],
  [
    'is not waited for',
    'cancelled',
    (_olt, abort) => {
      queueMicrotask(abort)
      return ['\r\n']
    },
  ],
]

const createBox = (options: { readonly atLogin?: Act; readonly atEnable?: Act }) => {
  const clock = createRushingClock()
  const olts: FakeOlt[] = []
  let failures = 0
  let typed = 0
  let abort = new AbortController()
  const judge = (act: Act | undefined, olt: () => FakeOlt, good: string): readonly Reaction[] => {
    if (act === undefined) return [good]
    typed++
    return act(olt, () => abort.abort())
  }
  const connect = (): FakeOlt => {
    let enabling = false
    const olt: FakeOlt = createFakeOlt({
      clock,
      kind: 'telnet',
      greeting: '\r\n>>User name:',
      react: (line, count) => {
        if (!line.endsWith('\n') && line !== '\u0003') return null
        if (count === 0) return ['\r\n>>User password:']
        if (count === 1) return judge(options.atLogin, () => olt, '\r\nMA5800>')
        if (line === 'quit\n') return [{ say: '\r\nbye\r\n', hangUp: true }]
        if (enabling) {
          enabling = false
          return judge(options.atEnable, () => olt, '\r\nMA5800#')
        }
        if (line === 'enable\n') {
          enabling = true
          return ['enable\r\nEnable password:']
        }
        return [`${line}\r\n done\r\nMA5800>`]
      },
    })
    olts.push(olt)
    return olt
  }
  const desk = createCliDesk({
    clock,
    dialect: huaweiLike,
    openTransport: () => Promise.resolve(connect().transport),
    credentials: () => someone,
    failures: {
      count: () => failures,
      add: () => void failures++,
      reset: () => void (failures = 0),
    },
    maxReaders: 2,
    idleMs: 60_000,
  })
  return {
    desk,
    olts,
    failures: () => failures,
    typed: () => typed,
    signal: () => (abort = new AbortController()).signal,
  }
}

const codeOf = async (work: Promise<unknown>): Promise<string> => (await rejectionOf(work)).code
const inUser = (session: CliSession) => session.run(ask('x'), never)

describe.each(acts)('an OLT that, after the password, %s', (_what, code, act) => {
  it('has it typed twice and not a third time', async () => {
    const box = createBox({ atLogin: act })
    for (let turn = 0; turn < 2; turn++)
      expect(await codeOf(box.desk.test(box.signal()))).toBe(code)
    for (let turn = 0; turn < 3; turn++) {
      expect(await codeOf(box.desk.test(box.signal()))).toBe('cli-logins-paused')
      expect(await codeOf(box.desk.withReader(never, inUser))).toBe('cli-logins-paused')
    }
    expect([box.typed(), box.olts.length, box.failures()]).toEqual([2, 2, 2])
    await box.desk.close()
  })

  it('is not asked for the enable password a third time either', async () => {
    const box = createBox({ atEnable: act })
    const enable = () =>
      codeOf(box.desk.withWriter(never, (session) => session.run(ask('y', inEnable), box.signal())))
    await enable()
    await enable()
    for (let turn = 0; turn < 3; turn++) expect(await enable()).toBe('cli-logins-paused')
    expect([box.typed(), box.failures()]).toEqual([2, 2])
    await box.desk.close()
  })
})

describe('a password', () => {
  it('is not the matter where no session is left, and when the console itself goes', async () => {
    const full = createBox({
      atLogin: () => ['\r\n  The number of sessions has reached the limit\r\n'],
    })
    expect(await codeOf(full.desk.test(never))).toBe('cli-too-many-sessions')
    expect(full.failures()).toBe(0)
    await full.desk.close()
    const leaving = createBox({ atLogin: () => ['\r\n'] })
    const waiting = codeOf(leaving.desk.withReader(never, inUser))
    const closed = leaving.desk.close()
    expect(['cli-session-lost', 'cancelled']).toContain(await waiting)
    await closed
    expect(leaving.failures()).toBe(0)
  })

  it('for enabling is typed by one session at a time: three that are in do not make three', async () => {
    const box = createBox({ atEnable: () => ['\r\n% Bad password\r\nMA5800>'] })
    const all = Promise.withResolvers<null>()
    let inside = 0
    const together = async (session: CliSession) => {
      await session.run(ask('x'), never)
      if (++inside === 3) all.resolve(null)
      await all.promise
      return session.run(ask('y', inEnable), never)
    }
    const codes = await Promise.all(
      [box.desk.withReader, box.desk.withReader, box.desk.withWriter].map((within) =>
        codeOf(within(never, together)),
      ),
    )
    expect(codes.toSorted()).toEqual([
      'cli-login-refused',
      'cli-login-refused',
      'cli-logins-paused',
    ])
    expect([box.olts.length, box.typed(), box.failures()]).toEqual([3, 2, 2])
    await box.desk.close()
  })
})
