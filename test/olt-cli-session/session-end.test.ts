import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ask, huaweiLike, inEnable, inUser, never } from './dialects.ts'
import { failureOf, openFakeSession as open } from './open-fake-session.ts'

describe('silence', () => {
  it('is waited for as long as the command says', async () => {
    const { session } = await open([
      ['save\n', 'save\r\n{ <cr>|configuration<K>|data<K> }:'],
      ['\n', '\r\n', { afterMs: 40_000, say: '  The data is saved completely\r\nMA5800>' }],
    ])
    const save = { ...ask('save'), silenceMs: 60_000, timeoutMs: 300_000 }
    expect((await session.run(save, never)).text).toBe('  The data is saved completely')
  })

  it('longer than that is a timeout; the session is not used again', async () => {
    const { session, olt } = await open([['display x\n', 'display x\r\n']])
    const failure = await failureOf(session.run(ask('display x'), never))
    expect([failure.code, failure.sent]).toEqual(['cli-timeout', true])
    expect(session.usable()).toBe(false)
    expect(olt.closed()).toBe(true)
    const again = await failureOf(session.run(ask('display y'), never))
    expect([again.code, again.sent]).toEqual(['cli-session-lost', false])
  })

  it('broken by a trickle does not outlast the whole time', async () => {
    const { session } = await open([], huaweiLike, {
      react: (typed) =>
        typed.endsWith('\n')
          ? Array.from({ length: 100 }, () => ({ say: '.', afterMs: 5_000 }))
          : null,
    })
    expect((await failureOf(session.run(ask('display x'), never))).code).toBe('cli-timeout')
  })
})

describe('a lost connection', () => {
  it('in the middle of an answer: lost, and the line was sent', async () => {
    const { session } = await open([
      ['display x\n', 'display x\r\n  one', { say: '', hangUp: true }],
    ])
    const failure = await failureOf(session.run(ask('display x'), never))
    expect([failure.code, failure.sent]).toEqual(['cli-session-lost', true])
    expect(session.usable()).toBe(false)
  })

  it('on the way to the mode: lost, and the line was not sent', async () => {
    const { session, olt } = await open([['enable\n', { say: 'enable\r\n', hangUp: true }]])
    const failure = await failureOf(session.run(ask('display x', inEnable), never))
    expect([failure.code, failure.sent]).toEqual(['cli-session-lost', false])
    expect(olt.typed()).toBe('enable\n')
  })

  it('while idle: known at once', async () => {
    const { session, olt } = await open([])
    let told = false
    session.onGone(() => (told = true))
    olt.drop()
    expect([session.usable(), told]).toEqual([false, true])
    const failure = await failureOf(session.run(ask('display x'), never))
    expect([failure.code, failure.sent]).toEqual(['cli-session-lost', false])
  })
})

describe('an abort', () => {
  it('in the middle of an answer interrupts it, and the session goes on', async () => {
    const { session, olt } = await open([
      ['display x\n', 'display x\r\n one\r\n'],
      ['\u0003', '^C\r\nMA5800>'],
      ['display y\n', 'display y\r\n two\r\nMA5800>'],
    ])
    const abort = new AbortController()
    const running = failureOf(session.run(ask('display x'), abort.signal))
    await new Promise((resolve) => setImmediate(resolve))
    abort.abort()
    const failure = await running
    expect([failure.code, failure.sent]).toEqual(['cancelled', true])
    expect((await session.run(ask('display y'), never)).text).toBe(' two')
    expect(olt.typed()).toBe('display x\n\u0003display y\n')
  })

  it('at a pager ends the listing with the pager’s key', async () => {
    const abort = new AbortController()
    const { session, olt } = await open([], huaweiLike, {
      react: (typed) => {
        if (typed === ' ') setImmediate(() => abort.abort())
        if (typed === 'q') return ['\r\nMA5800>']
        return typed === ' ' || typed.endsWith('\n')
          ? [`${typed}\r\n one\r\n  ---- More ( Press 'Q' to break ) ----`]
          : null
      },
    })
    expect((await failureOf(session.run(ask('display x'), abort.signal))).code).toBe('cancelled')
    expect(olt.typed()).toBe('display x\n q')
    expect(session.usable()).toBe(true)
  })

  it('that the OLT does not heed closes the connection within the limit', async () => {
    const { session, olt, clock } = await open([['display x\n', 'display x\r\n one\r\n']])
    const abort = new AbortController()
    const running = failureOf(session.run(ask('display x'), abort.signal))
    await new Promise((resolve) => setImmediate(resolve))
    const start = clock.monotonic()
    abort.abort()
    expect((await running).code).toBe('cancelled')
    expect(clock.monotonic() - start).toBeLessThanOrEqual(huaweiLike.limits.recoverMs + 100)
    expect([session.usable(), olt.closed()]).toEqual([false, true])
  })

  it('before anything was sent sends nothing', async () => {
    const { session, olt } = await open([])
    const failure = await failureOf(session.run(ask('display x'), AbortSignal.abort()))
    expect([failure.code, failure.sent, olt.typed()]).toEqual(['cancelled', false, ''])
  })

  it('right after the call, before the line went out, sends nothing either', async () => {
    const { session, olt } = await open([['display y\n', 'display y\r\n two\r\nMA5800>']])
    const abort = new AbortController()
    const running = failureOf(session.run(ask('display x'), abort.signal))
    abort.abort()
    const failure = await running
    expect([failure.code, failure.sent, olt.typed()]).toEqual(['cancelled', false, ''])
    expect((await session.run(ask('display y'), never)).text).toBe(' two')
  })

  it('answers no to whatever the interrupt brings up', async () => {
    const { session, olt } = await open([
      ['display x\n', 'display x\r\n one\r\n'],
      ['\u0003', '\r\n Do you want to stop? (y/n)[n]:'],
      ['n\n', 'n\r\nMA5800>'],
    ])
    const abort = new AbortController()
    const running = failureOf(session.run(ask('display x'), abort.signal))
    await new Promise((resolve) => setImmediate(resolve))
    abort.abort()
    await running
    expect([olt.typed(), session.usable()]).toEqual(['display x\n\u0003n\n', true])
  })
})

describe('an abort at any moment', () => {
  const rows = Array.from({ length: 8 }, (_, at) => ({ say: `row ${at}\r\n`, afterMs: 30 }))
  const pager = "  ---- More ( Press 'Q' to break ) ----"

  it.each([
    ['an OLT that heeds it', true],
    ['an OLT that says all it had to say first', false],
  ])('leaves %s usable, or the session closed', async (_what, heeds) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 900 }), fc.boolean(), async (ms, paged) => {
        let stopped = false
        const { session, olt, clock } = await open([], huaweiLike, {
          react: (typed) => {
            if (typed === '\u0003' || typed === 'q') {
              stopped = heeds
              return ['\r\nMA5800>']
            }
            if (typed === 'display y\n') return ['display y\r\n two\r\nMA5800>']
            if (typed !== 'display x\n' && typed !== ' ') return null
            const said = rows.map((row) => ({
              ...row,
              get say() {
                return stopped ? '' : row.say
              },
            }))
            const last = paged && typed !== ' ' ? pager : 'MA5800>'
            return [
              { say: typed.endsWith('\n') ? 'display x\r\n' : '', afterMs: 20 },
              ...said,
              {
                afterMs: 100,
                get say() {
                  return stopped ? '' : last
                },
              },
            ]
          },
        })
        const abort = new AbortController()
        clock.after(ms, () => abort.abort())
        const got = await session
          .run(ask('display x'), abort.signal)
          .catch((error: unknown) => error)
        if (got instanceof Error) expect(got).toMatchObject({ code: 'cancelled' })
        else expect(got).toMatchObject({ error: null })
        if (session.usable()) {
          expect((await session.run(ask('display y'), never)).text).toBe(' two')
        } else expect(olt.closed()).toBe(true)
      }),
      { seed: 17, numRuns: 60 },
    )
  })
})

describe('logging out', () => {
  it('goes up and answers the last question', async () => {
    const { session, olt } = await open([
      ['enable\n', 'enable\r\nMA5800#'],
      ['a\n', 'a\r\nMA5800#'],
      [
        'quit\n',
        'quit\r\n  Check whether data has been changed.\r\n  Are you sure to log out? (y/n)[n]:',
      ],
      ['y\n', { say: '\r\n  Configuration console exit\r\n', hangUp: true }],
    ])
    await session.run(ask('a', inEnable), never)
    await session.logOut()
    expect(olt.typed()).toBe('enable\na\nquit\ny\n')
    expect([olt.closed(), session.usable()]).toEqual([true, false])
  })

  it('hangs up on an OLT that does not let go', async () => {
    const { session, olt, clock } = await open([])
    const start = clock.monotonic()
    await session.logOut()
    expect(olt.closed()).toBe(true)
    expect(clock.monotonic() - start).toBeLessThanOrEqual(huaweiLike.logout.timeoutMs)
  })

  it('ends a running command first: lost, by us', async () => {
    const { session, olt } = await open([
      ['display x\n', 'display x\r\n one\r\n'],
      ['\u0003', '\r\nMA5800>'],
      ['quit\n', { say: 'quit\r\n', hangUp: true }],
    ])
    const running = failureOf(session.run(ask('display x'), never))
    await new Promise((resolve) => setImmediate(resolve))
    await session.logOut()
    const failure = await running
    expect([failure.code, failure.params['why'], failure.sent]).toEqual([
      'cli-session-lost',
      'closed-by-us',
      true,
    ])
    expect(olt.typed()).toBe('display x\n\u0003quit\n')
  })
})

describe('two at once', () => {
  it('is refused: a session is nobody’s but one', async () => {
    const { session } = await open([['a\n', 'a\r\nMA5800>']])
    const first = session.run(ask('a', inUser), never)
    const failure = await failureOf(session.run(ask('b', inUser), never))
    expect([failure.code, failure.sent]).toEqual(['cli-busy', false])
    await first
  })
})
