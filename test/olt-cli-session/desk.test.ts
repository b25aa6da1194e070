import { describe, expect, it } from 'vitest'
import { NocturneError } from '../../src-shared/errors.ts'
import { createCliDesk, type CliDeskOptions } from '../../src-main/olt/cli/cli-desk.ts'
import type { CliDesk, CliSession } from '../../src-main/olt/cli/cli-session.ts'
import { rejectionOf } from '../support/error-code.ts'
import { ask, huaweiLike, inEnable, never, someone } from './dialects.ts'
import { createFakeOlt, type FakeOlt } from './fake-olt.ts'
import { createRushingClock, type RushingClock } from './rushing-clock.ts'

interface Box {
  readonly desk: CliDesk
  readonly clock: RushingClock
  /** Every connection so far. */
  readonly olts: FakeOlt[]
  readonly failures: () => number
  readonly forgive: () => void
  /** Connections that are open now, and the most that ever were. */
  readonly open: () => number
  readonly mostOpen: () => number
}

const full = '\r\n  The number of sessions has reached the limit\r\n'

interface BoxOptions extends Partial<CliDeskOptions> {
  readonly sessionsAllowed?: number
  readonly refuses?: () => boolean
  readonly unreachable?: () => boolean
  readonly enableRefused?: boolean
}

/** An OLT that lets in as many as it says. */
const createBox = (options: BoxOptions = {}): Box => {
  const clock = createRushingClock()
  const olts: FakeOlt[] = []
  let failures = 0
  let most = 0
  const open = (): number => olts.filter((one) => !one.closed()).length
  const connect = (): FakeOlt => {
    const taken = open() >= (options.sessionsAllowed ?? 99)
    let enabling = false
    const olt = createFakeOlt({
      clock,
      kind: 'telnet',
      greeting: taken ? full : '\r\n>>User name:',
      react: (typed, count) => {
        if (!typed.endsWith('\n') && typed !== '\u0003') return null
        if (count === 0) return ['\r\n>>User password:']
        if (count === 1) {
          return options.refuses?.() === true
            ? [{ say: '\r\n  Username or password invalid\r\n', hangUp: true }]
            : ['\r\nMA5800>']
        }
        if (typed === 'quit\n') return [{ say: '\r\nbye\r\n', hangUp: true }]
        if (enabling) {
          enabling = false
          return ['\r\n% Bad password\r\nMA5800>']
        }
        if (typed === 'enable\n' && options.enableRefused === true) {
          enabling = true
          return ['enable\r\nEnable password:']
        }
        return [`${typed}\r\n done\r\nMA5800>`]
      },
    })
    olts.push(olt)
    most = Math.max(most, open())
    return olt
  }
  const desk = createCliDesk({
    clock,
    dialect: huaweiLike,
    openTransport: () =>
      options.unreachable?.() === true
        ? Promise.reject(new NocturneError('cli-unreachable', { why: 'refused' }))
        : Promise.resolve(connect().transport),
    credentials: () => someone,
    failures: {
      count: () => failures,
      add: () => void failures++,
      reset: () => void (failures = 0),
    },
    maxReaders: 2,
    idleMs: 60_000,
    ...options,
  })
  return {
    desk,
    clock,
    olts,
    open,
    failures: () => failures,
    forgive: () => void (failures = 0),
    mostOpen: () => most,
  }
}

const oneLine = async (session: CliSession): Promise<string> =>
  (await session.run(ask('x'), never)).text

const codeOf = async (work: Promise<unknown>): Promise<string> => (await rejectionOf(work)).code

describe('the writer', () => {
  it('is one at a time, in the order they came, in one session', async () => {
    const { desk, olts } = createBox()
    const order: number[] = []
    let inside = 0
    let most = 0
    await Promise.all(
      [1, 2, 3, 4].map((number) =>
        desk.withWriter(never, async (session) => {
          most = Math.max(most, ++inside)
          await oneLine(session)
          order.push(number)
          inside--
        }),
      ),
    )
    expect([order, most, olts.length]).toEqual([[1, 2, 3, 4], 1, 1])
    expect(desk.state()).toEqual({
      writer: 'idle',
      readers: 0,
      waiting: 0,
      allowed: { writers: 1, readers: 2 },
      peak: { writers: 1, readers: 0 },
    })
    await desk.close()
  })

  it('may be waited for no longer', async () => {
    const { desk } = createBox()
    const abort = new AbortController()
    const started = Promise.withResolvers<null>()
    const over = Promise.withResolvers<null>()
    const first = desk.withWriter(never, () => {
      started.resolve(null)
      return over.promise
    })
    const second = codeOf(desk.withWriter(abort.signal, oneLine))
    abort.abort()
    expect(await second).toBe('cancelled')
    expect(desk.state().waiting).toBe(0)
    await started.promise
    over.resolve(null)
    await first
    await desk.close()
  })

  it('gets what its work throws, and the next one a usable session', async () => {
    const { desk, olts } = createBox()
    const bug = new Error('bug')
    await expect(desk.withWriter(never, () => Promise.reject(bug))).rejects.toBe(bug)
    expect(await desk.withWriter(never, oneLine)).toBe(' done')
    expect(olts).toHaveLength(1)
    await desk.close()
  })

  it('after a lost session gets a new one', async () => {
    const { desk, olts } = createBox()
    const lost = desk.withWriter(never, (session) => {
      olts[0]?.drop()
      return oneLine(session)
    })
    expect(await rejectionOf(lost)).toMatchObject({ code: 'cli-session-lost', sent: false })
    expect(await desk.withWriter(never, oneLine)).toBe(' done')
    expect(olts).toHaveLength(2)
    olts[1]?.drop()
    expect(desk.state().writer).toBe('none')
    expect(await desk.withWriter(never, oneLine)).toBe(' done')
    await desk.close()
  })
})

describe('readers', () => {
  it('share a pool of no more sessions than allowed', async () => {
    const { desk, olts, mostOpen } = createBox()
    const texts = await Promise.all(
      Array.from({ length: 12 }, () => desk.withReader(never, oneLine)),
    )
    expect(texts).toEqual(Array.from({ length: 12 }, () => ' done'))
    expect([olts.length, mostOpen(), desk.state().peak.readers]).toEqual([2, 2, 2])
    await desk.close()
  })

  it('make do with fewer where the OLT lets in fewer', async () => {
    const { desk, mostOpen } = createBox({ sessionsAllowed: 1 })
    const texts = await Promise.all([1, 2, 3].map(() => desk.withReader(never, oneLine)))
    expect(texts).toEqual([' done', ' done', ' done'])
    // a connection that is told "full" is open for a moment
    expect(mostOpen()).toBeLessThanOrEqual(2)
    await desk.close()
  })

  it('give way to the writer when the OLT has no session left', async () => {
    const { desk, open } = createBox({ sessionsAllowed: 1 })
    await desk.withReader(never, oneLine)
    expect(await desk.withWriter(never, oneLine)).toBe(' done')
    expect(open()).toBe(1)
    const both = await Promise.all([
      desk.withReader(never, oneLine),
      desk.withWriter(never, oneLine),
      desk.withReader(never, oneLine),
    ])
    expect(both).toEqual([' done', ' done', ' done'])
    await desk.close()
  })
})

describe('an OLT that lets nobody in', () => {
  it('refuses all who wait at once: nothing is queued', async () => {
    let tries = 0
    const { desk } = createBox({
      unreachable: () => {
        tries++
        return true
      },
    })
    const codes = await Promise.all([1, 2, 3, 4].map(() => codeOf(desk.withWriter(never, oneLine))))
    expect(codes).toEqual(codes.map(() => 'cli-unreachable'))
    expect([tries, desk.state().waiting]).toEqual([1, 0])
    await desk.close()
  })

  it('is full: says so, counts no failed login', async () => {
    const { desk, failures } = createBox({ sessionsAllowed: 0 })
    expect(await codeOf(desk.withReader(never, oneLine))).toBe('cli-too-many-sessions')
    expect(failures()).toBe(0)
    await desk.close()
  })
})

describe('failed logins', () => {
  it('two in a row, and there is no third connection until somebody says so', async () => {
    let wrong = true
    const { desk, olts, failures, forgive } = createBox({ refuses: () => wrong })
    const work = [1, 2, 3].flatMap(() => [
      codeOf(desk.withReader(never, oneLine)),
      codeOf(desk.withWriter(never, oneLine)),
    ])
    for (const code of await Promise.all(work)) {
      expect(['cli-login-refused', 'cli-logins-paused']).toContain(code)
    }
    for (let at = 0; at < 5; at++) {
      expect(await codeOf(desk.withReader(never, oneLine))).toBe('cli-logins-paused')
    }
    expect(await codeOf(desk.test(never))).toBe('cli-logins-paused')
    expect([olts.length, failures()]).toEqual([2, 2])
    wrong = false
    forgive()
    expect(await desk.withReader(never, oneLine)).toBe(' done')
    await desk.close()
  })

  it('are forgotten after one that went well all the way', async () => {
    let wrong = true
    const { desk, failures } = createBox({
      refuses: () => wrong,
      dialect: { ...huaweiLike, modes: huaweiLike.modes.slice(0, 1) },
    })
    await codeOf(desk.withReader(never, oneLine))
    expect(failures()).toBe(1)
    wrong = false
    await desk.withReader(never, oneLine)
    expect(failures()).toBe(0)
    await desk.close()
  })

  it('with a wrong enable password count too: a good login before does not undo them', async () => {
    const { desk, olts, failures } = createBox({ enableRefused: true })
    const work = (session: CliSession) => session.run(ask('x', inEnable), never)
    expect(await codeOf(desk.withWriter(never, work))).toBe('cli-login-refused')
    expect(await codeOf(desk.withReader(never, work))).toBe('cli-login-refused')
    expect(await codeOf(desk.withWriter(never, work))).toBe('cli-logins-paused')
    expect([failures(), olts.length]).toEqual([2, 2])
    await desk.close()
  })
})

describe('sessions end', () => {
  it('with a logout when they were idle for long', async () => {
    const { desk, clock, olts, open } = createBox()
    await Promise.all([desk.withReader(never, oneLine), desk.withWriter(never, oneLine)])
    await clock.wait(59_000)
    expect(open()).toBe(2)
    await clock.wait(10_000)
    expect(open()).toBe(0)
    for (const olt of olts) expect(olt.typed().endsWith('quit\n')).toBe(true)
    expect(desk.state()).toMatchObject({ writer: 'none', readers: 0 })
    await desk.close()
  })

  it('after a terminal had one: nobody knows where it stands', async () => {
    const { desk, olts } = createBox()
    await desk.withReader(never, async (session) => {
      const typed = { ...ask('display x'), shown: 'display x' }
      expect(await session.typeLine(typed, never)).toEqual({
        text: ' done',
        prompt: 'MA5800>',
        asks: false,
      })
    })
    await desk.withReader(never, oneLine)
    expect(olts).toHaveLength(2)
    await desk.close()
  })

  it('all of them, waiting and busy too, when the desk closes', async () => {
    const { desk, olts, open } = createBox({ maxReaders: 1 })
    await desk.withWriter(never, oneLine)
    let started = (): void => undefined
    const running = new Promise<void>((resolve) => (started = resolve))
    const busy = codeOf(
      desk.withReader(never, async (session) => {
        started()
        for (;;) await oneLine(session)
      }),
    )
    const waiting = codeOf(desk.withReader(never, oneLine))
    await running
    await desk.close()
    expect([await busy, await waiting]).toEqual(['cli-session-lost', 'cli-session-lost'])
    expect([olts.length, open()]).toEqual([2, 0])
    expect(await codeOf(desk.withReader(never, oneLine))).toBe('cli-session-lost')
  })
})

describe('the test of an access', () => {
  it('logs in and out once and tells the prompt', async () => {
    const { desk, olts, open } = createBox()
    const { prompt, ms } = await desk.test(never)
    expect([prompt, ms > 0, olts.length, open()]).toEqual(['MA5800>', true, 1, 0])
    expect(olts[0]?.typed()).toBe('noc\npass-word-1\nquit\n')
    await desk.close()
  })
})
