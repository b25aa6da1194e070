import { NocturneError, isNocturneError } from '../../../src-shared/errors.ts'
import type { Clock } from '../../engine/clock.ts'
import type { CliDialect } from './cli-dialect.ts'
import { CliError } from './cli-failure.ts'
import type { CliDesk, CliSession, CliTransport } from './cli-session.ts'
import type { CliCredentials } from './login-dialogue.ts'
import { openCliSession, type OpenCliSession } from './open-session.ts'

export interface CliDeskOptions {
  readonly clock: Clock
  readonly dialect: CliDialect
  /** Connects; logging in is the desk's. Errors: those of the transports. */
  readonly openTransport: (signal: AbortSignal) => Promise<CliTransport>
  /** Asked for at each login, kept no longer than that. */
  readonly credentials: () => CliCredentials
  /** Failed logins in a row, kept by whoever remembers them over restarts. */
  readonly failures: LoginFailures
  readonly maxReaders: number
  /** An idle session is logged out after so long, ms. */
  readonly idleMs: number
  /** Told after every change of `state`. */
  readonly onChange?: () => void
}

export interface LoginFailures {
  readonly count: () => number
  readonly add: () => Promise<void> | void
  readonly reset: () => Promise<void> | void
}

/** SECURITY: many OLTs lock user and address at the third. */
const mostFailures = 2

type Role = 'writer' | 'reader'

interface Waiter {
  readonly give: (seat: Seat) => void
  readonly refuse: (error: Error) => void
}

/** A session with its place at the desk. */
interface Seat {
  readonly session: OpenCliSession
  stopIdle: () => void
}

interface Pool {
  readonly role: Role
  readonly most: number
  readonly idle: Seat[]
  readonly waiting: Waiter[]
  busy: number
  opening: number
  peak: number
  /** The OLT let in no more than this at once; null: not learned. */
  learned: number | null
}

const createPool = (role: Role, most: number): Pool => ({
  role,
  most,
  idle: [],
  waiting: [],
  busy: 0,
  opening: 0,
  peak: 0,
  learned: null,
})

const openIn = (pool: Pool): number => pool.idle.length + pool.busy + pool.opening

export const createCliDesk = (options: CliDeskOptions): CliDesk => {
  const { clock, dialect, failures } = options
  const writers = createPool('writer', 1)
  const readers = createPool('reader', options.maxReaders)
  const everyone = new Set<OpenCliSession>()
  const closing = new AbortController()
  /** One login at a time: two at once would make two failures of one mistake. */
  let lastLogin: Promise<unknown> = Promise.resolve()

  const changed = (): void => options.onChange?.()

  const forgive = async (session: OpenCliSession): Promise<void> => {
    if (session.proven() && failures.count() > 0) await failures.reset()
  }

  const logIn = async (signal: AbortSignal): Promise<OpenCliSession> => {
    if (failures.count() >= mostFailures) throw new NocturneError('cli-logins-paused')
    signal.throwIfAborted()
    const transport = await options.openTransport(signal)
    const credentials = options.credentials()
    const session = await openCliSession({ transport, dialect, credentials, clock }, signal)
    everyone.add(session)
    session.onGone(() => {
      for (const pool of [writers, readers]) {
        const seat = pool.idle.find((one) => one.session === session)
        if (seat !== undefined) dropIdle(pool, seat)
      }
      changed()
    })
    await forgive(session)
    return session
  }

  const inTurn = <Out>(work: () => Promise<Out>): Promise<Out> => {
    const turn = lastLogin.then(work)
    lastLogin = turn.catch(() => undefined)
    return turn
  }

  /**
   * SECURITY: refused counts, and so does a password of which nobody knows what the OLT thought: it
   * hung up, fell silent, or was not waited for. An OLT that locks users counts those too.
   */
  const counts = (error: unknown): boolean =>
    (isNocturneError(error) && error.code === 'cli-login-refused') ||
    (error instanceof CliError && error.unjudged)

  const open = (signal: AbortSignal): Promise<OpenCliSession> =>
    inTurn(async () => {
      try {
        return await logIn(signal)
      } catch (error) {
        if (counts(error) && !closing.signal.aborted) await failures.add()
        if (signal.aborted) throw new NocturneError('cancelled')
        throw error
      }
    })

  const leave = async (session: OpenCliSession): Promise<void> => {
    await session.logOut()
    everyone.delete(session)
    changed()
  }

  const dropIdle = (pool: Pool, seat: Seat): void => {
    const at = pool.idle.indexOf(seat)
    if (at < 0) return
    pool.idle.splice(at, 1)
    seat.stopIdle()
    pool.learned = null
    void leave(seat.session)
  }

  const putBack = (pool: Pool, seat: Seat): void => {
    pool.busy--
    const other = otherThan(pool)
    const makesRoom = other.learned === 0
    if (closing.signal.aborted || !seat.session.reusable() || makesRoom) {
      pool.learned = null
      void leave(seat.session).then(() => {
        if (!makesRoom) return
        other.learned = null
        serve(other)
      })
    } else {
      pool.idle.push(seat)
      seat.stopIdle = clock.after(options.idleMs, () => dropIdle(pool, seat))
    }
    serve(pool)
    changed()
  }

  const otherThan = (pool: Pool): Pool => (pool === writers ? readers : writers)

  const isFull = (error: unknown): boolean =>
    isNocturneError(error) && error.code === 'cli-too-many-sessions'

  /** Opens one more for the first who waits. An OLT that lets nobody in refuses all who wait. */
  const openFor = async (pool: Pool, waiter: Waiter): Promise<void> => {
    pool.opening++
    pool.peak = Math.max(pool.peak, openIn(pool))
    changed()
    try {
      const session = await openMakingRoom(pool)
      pool.opening--
      pool.busy++
      waiter.give({ session, stopIdle: () => undefined })
    } catch (error) {
      pool.opening--
      const failure = error instanceof Error ? error : new NocturneError('internal')
      if (isFull(error) && (openIn(pool) > 0 || otherThan(pool).busy > 0)) {
        // what we have ourselves will come free: the OLT allows no more
        pool.learned = openIn(pool)
        pool.waiting.unshift(waiter)
      } else {
        // SECURITY: nothing is queued for an OLT that cannot be reached or refuses the login
        waiter.refuse(failure)
        for (const other of pool.waiting.splice(0)) other.refuse(failure)
      }
    }
    serve(pool)
    changed()
  }

  const openMakingRoom = async (pool: Pool): Promise<OpenCliSession> => {
    try {
      return await open(closing.signal)
    } catch (error) {
      const other = otherThan(pool)
      const seat = other.idle[0]
      if (!isFull(error) || seat === undefined) throw error
      dropIdle(other, seat)
      await leave(seat.session)
      return open(closing.signal)
    }
  }

  const serve = (pool: Pool): void => {
    while (pool.waiting.length > 0) {
      const seat = pool.idle.pop()
      if (seat !== undefined) {
        seat.stopIdle()
        if (!seat.session.usable()) {
          void leave(seat.session)
          continue
        }
        pool.busy++
        pool.waiting.shift()?.give(seat)
        continue
      }
      const most = Math.min(pool.most, pool.learned ?? pool.most)
      const waiter = openIn(pool) < most ? pool.waiting.shift() : undefined
      if (waiter === undefined) return
      void openFor(pool, waiter)
    }
  }

  const seatIn = (pool: Pool, signal: AbortSignal): Promise<Seat> =>
    new Promise((resolve, reject) => {
      if (closing.signal.aborted) {
        reject(new NocturneError('cli-session-lost', { why: 'closed-by-us' }))
        return
      }
      if (signal.aborted) {
        reject(new NocturneError('cancelled'))
        return
      }
      let over = false
      const end = (): boolean => {
        const first = !over
        over = true
        signal.removeEventListener('abort', abort)
        return first
      }
      const waiter: Waiter = {
        give(seat) {
          // gave up while it was opened for them: the next one has it
          if (end()) resolve(seat)
          else putBack(pool, seat)
        },
        refuse(error) {
          if (end()) reject(error)
        },
      }
      const abort = (): void => {
        if (!end()) return
        const at = pool.waiting.indexOf(waiter)
        if (at >= 0) pool.waiting.splice(at, 1)
        reject(new NocturneError('cancelled'))
        changed()
      }
      signal.addEventListener('abort', abort)
      pool.waiting.push(waiter)
      serve(pool)
      changed()
    })

  /**
   * A wrong enable password shows only when a command needs that mode: it counts as a login, and as
   * long as it may be typed it is one at a time.
   */
  const counted = (session: OpenCliSession): CliSession => {
    const run: CliSession['run'] = async (command, signal) => {
      if (!session.proven() && failures.count() >= mostFailures) {
        throw new CliError('cli-logins-paused', {}, false)
      }
      try {
        const answer = await session.run(command, signal)
        await forgive(session)
        return answer
      } catch (error) {
        if (counts(error) && !closing.signal.aborted) await failures.add()
        throw error
      }
    }
    return {
      ...session,
      run: (command, signal) =>
        session.proven() ? run(command, signal) : inTurn(() => run(command, signal)),
    }
  }

  const within = async <Out>(
    pool: Pool,
    signal: AbortSignal,
    work: (session: CliSession) => Promise<Out>,
  ): Promise<Out> => {
    const seat = await seatIn(pool, signal)
    try {
      return await work(counted(seat.session))
    } finally {
      putBack(pool, seat)
    }
  }

  return {
    withWriter: (signal, work) => within(writers, signal, work),
    withReader: (signal, work) => within(readers, signal, work),
    state: () => ({
      writer:
        writers.busy + writers.opening > 0 ? 'busy' : writers.idle.length > 0 ? 'idle' : 'none',
      readers: openIn(readers),
      waiting: writers.waiting.length + readers.waiting.length,
      allowed: { writers: 1, readers: readers.most },
      peak: { writers: writers.peak, readers: readers.peak },
    }),
    async test(signal) {
      const start = clock.monotonic()
      const session = await open(AbortSignal.any([signal, closing.signal]))
      const { prompt } = session
      const ms = clock.monotonic() - start
      await leave(session)
      return { prompt, ms }
    },
    async close() {
      closing.abort()
      const gone = new NocturneError('cli-session-lost', { why: 'closed-by-us' })
      for (const pool of [writers, readers]) {
        for (const waiter of pool.waiting.splice(0)) waiter.refuse(gone)
        for (const seat of pool.idle.splice(0)) seat.stopIdle()
      }
      const leaveAll = () => Promise.all([...everyone].map((session) => leave(session)))
      await leaveAll()
      await lastLogin
      await leaveAll()
    },
  }
}
