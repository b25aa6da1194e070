import { createHmac } from 'node:crypto'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'

/**
 * How long the next try has to wait after failures: by account (or by what was typed as one), one
 * second after the first, doubled by each further, never more than five minutes. It outlives a
 * restart, and it is never a lock-out: the only owner can always come back.
 */
export const throttleMs = (failuresInARow: number): number =>
  failuresInARow === 0 ? 0 : Math.min(1000 * 2 ** (failuresInARow - 1), longestWaitMs)

const longestWaitMs = 5 * 60_000
/** What nobody has tried for so long is forgotten. */
const forgetMs = 30 * 86_400_000
/** What is held in memory beside the stored rows. */
const mostRemembered = 10_000

export type ThrottleKind = 'password' | 'code' | 'one-time-code' | 'recovery-kit' | 'company'

export interface Throttle {
  /**
   * Runs `check` unless one has to wait; tries on the same account go one after the other, so many
   * at once are no way past it. `check` answers null where what was said is wrong: that is counted
   * (and `onFailure` written with it). Otherwise the caller forgets the failures with `passed`, in
   * the transaction of what was allowed. Errors: `sign-in-throttled`, and `wrong` where it is wrong.
   */
  guard<Value>(
    kind: ThrottleKind,
    who: string,
    check: () => Promise<Value | null>,
    wrong: {
      readonly code: 'wrong-credentials' | 'wrong-code' | 'company-unknown' | 'company-other-person'
      /** The account, where there is one: for the audit. */
      readonly about: string | null
      note(tx: Transaction): void
    },
  ): Promise<{ readonly value: Value; passed(tx: Transaction): void }>
}

interface Failures {
  readonly count: number
  /** Monotonic ms of the last one. */
  readonly lastAt: number
  /** Said once for each wait that it was not over. */
  isTold: boolean
}

export const createThrottle = (deps: {
  readonly clock: Clock
  readonly reader: StoreReader
  readonly vaultKey: Uint8Array
  readonly write: (name: string, input: object, apply: (tx: Transaction) => void) => void
  /** Somebody did not wait: told once for each wait. */
  readonly onTooSoon: (kind: ThrottleKind, who: string) => void
}): Throttle => {
  const { clock } = deps
  const select = deps.reader.prepare<[Buffer], { count: number; lastAt: number }>(
    `SELECT failures AS count, last_failure_at AS lastAt FROM sign_in_wait WHERE key = ?`,
  )
  const remembered = new Map<string, Failures>()
  const lines = new Map<string, Promise<unknown>>()

  const keyOf = (kind: ThrottleKind, who: string): Buffer =>
    createHmac('sha256', deps.vaultKey).update(`nocturne-sign-in-wait\n${kind}\n${who}`).digest()

  /** Of before the start: the time since by the wall clock, which may have been set. */
  const stored = (key: Buffer): Failures | undefined => {
    const row = select.get(key)
    if (row === undefined) return undefined
    // SECURITY: a clock set back makes no wait shorter, and one set forward no count smaller.
    const since = Math.max(0, clock.now() - row.lastAt)
    return { count: row.count, lastAt: clock.monotonic() - since, isTold: false }
  }

  const inLine = async <Value>(name: string, run: () => Promise<Value>): Promise<Value> => {
    const before = lines.get(name) ?? Promise.resolve()
    const mine = before.then(run, run)
    lines.set(name, mine)
    try {
      return await mine
    } finally {
      if (lines.get(name) === mine) lines.delete(name)
    }
  }

  return {
    guard(kind, who, check, wrong) {
      const key = keyOf(kind, who)
      const name = key.toString('base64')
      return inLine(name, async () => {
        const failures = remembered.get(name) ?? stored(key)
        const waitS =
          failures === undefined
            ? 0
            : Math.ceil((failures.lastAt + throttleMs(failures.count) - clock.monotonic()) / 1000)
        if (failures !== undefined && waitS > 0) {
          if (!failures.isTold) deps.onTooSoon(kind, who)
          remembered.set(name, { ...failures, isTold: true })
          throw new NocturneError('sign-in-throttled', { seconds: waitS })
        }
        const value = await check()
        if (value !== null) {
          return {
            value,
            passed: (tx) => {
              remembered.delete(name)
              tx.run(`DELETE FROM sign_in_wait WHERE key = ?`, key)
            },
          }
        }
        if (remembered.size >= mostRemembered) remembered.clear()
        const count = (failures?.count ?? 0) + 1
        remembered.set(name, { count, lastAt: clock.monotonic(), isTold: false })
        const said = { kind, failures: count, accountId: wrong.about }
        deps.write('access.signInFailed', said, (tx) => {
          const now = clock.now()
          tx.run(`DELETE FROM sign_in_wait WHERE last_failure_at < ?`, now - forgetMs)
          tx.run(
            `INSERT INTO sign_in_wait (key, failures, last_failure_at) VALUES (?, ?, ?)
             ON CONFLICT (key) DO UPDATE SET failures = excluded.failures,
               last_failure_at = excluded.last_failure_at`,
            key,
            count,
            now,
          )
          wrong.note(tx)
        })
        throw new NocturneError(wrong.code)
      })
    },
  }
}
