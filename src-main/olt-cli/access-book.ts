import type { Transaction } from '../store/write-path.ts'
import type { CliHostKey } from '../olt/cli/host-keys.ts'
import type { LoginGate } from './ports.ts'
import { putLogin, type AccessRow, type LoginRow } from './tables.ts'

/** SECURITY: after so many refused logins in a row nobody logs in until a person says so. */
export const mostFailedLogins = 2

/** The access of every OLT as it is now, and what its logins teach. */
export interface AccessBook {
  readonly access: (oltId: string) => AccessRow | null
  readonly login: (oltId: string) => LoginRow
  readonly all: () => readonly AccessRow[]
  /** A committed change of the access; null: it was removed. */
  readonly taken: (oltId: string, row: AccessRow | null) => void
  /** A committed change of what logins taught. */
  readonly learned: (row: LoginRow) => void
  readonly gate: (oltId: string) => LoginGate
}

/** A problem that stays the same is written again at most this often, ms. */
const sameProblemMs = 300_000
/** When an OLT let us in last is written at most this often, ms. */
const sameLoginMs = 3_600_000

const newLogin = (oltId: string): LoginRow => ({
  oltId,
  hostKey: null,
  offeredHostKey: null,
  failedLogins: 0,
  lastProblem: null,
  lastLoginAt: null,
})

export const createAccessBook = (deps: {
  readonly now: () => number
  readonly stored: { readonly access: readonly AccessRow[]; readonly logins: readonly LoginRow[] }
  /** One audited transaction. Errors: those of the store. */
  readonly write: (name: string, input: object, apply: (tx: Transaction) => void) => void
  readonly onChange: (oltId: string) => void
  readonly onTrouble: (error: unknown) => void
}): AccessBook => {
  const { now } = deps
  const rows = new Map(deps.stored.access.map((row) => [row.oltId, row]))
  const logins = new Map(deps.stored.logins.map((row) => [row.oltId, row]))
  const loginOf = (oltId: string): LoginRow => logins.get(oltId) ?? newLogin(oltId)

  /** What is known counts from now on, also where it cannot be written. */
  const learn = (name: string, input: object, next: LoginRow): void => {
    logins.set(next.oltId, next)
    try {
      deps.write(name, { oltId: next.oltId, ...input }, (tx) => putLogin(tx, next))
    } catch (error) {
      deps.onTrouble(error)
    }
    deps.onChange(next.oltId)
  }

  const gate = (oltId: string): LoginGate => ({
    pins: {
      pinned: () => loginOf(oltId).hostKey,
      // Trust on first use: the login that follows goes to this key and to no other.
      pin: (key) =>
        learn('olt-cli.pinHostKey', { ...key }, withOffered(loginOf(oltId), 'hostKey', key)),
      offered: (key) => {
        const before = loginOf(oltId)
        if (before.offeredHostKey?.fingerprint === key.fingerprint) return
        learn('olt-cli.hostKeyChanged', { ...key }, withOffered(before, 'offeredHostKey', key))
      },
    },
    failures: {
      count: () => loginOf(oltId).failedLogins,
      add: () => {
        const before = loginOf(oltId)
        const failedLogins = before.failedLogins + 1
        learn('olt-cli.loginRefused', { failedLogins }, { ...before, failedLogins })
      },
      reset: () => {
        const before = loginOf(oltId)
        if (before.failedLogins === 0) return
        learn('olt-cli.loginsForgiven', {}, { ...before, failedLogins: 0 })
      },
    },
    loggedIn: () => {
      const before = loginOf(oltId)
      const at = now()
      const isNews =
        before.lastProblem !== null ||
        before.offeredHostKey !== null ||
        before.lastLoginAt === null ||
        at - before.lastLoginAt >= sameLoginMs
      if (!isNews) return
      // It has shown the pinned key: what was offered meanwhile is of the past.
      learn(
        'olt-cli.loggedIn',
        {},
        { ...before, offeredHostKey: null, lastProblem: null, lastLoginAt: at },
      )
    },
    failed: (problem) => {
      const before = loginOf(oltId)
      const at = now()
      const { lastProblem } = before
      if (lastProblem?.code === problem.code && at - lastProblem.at < sameProblemMs) return
      learn(
        'olt-cli.loginFailed',
        { code: problem.code },
        { ...before, lastProblem: { ...problem, at } },
      )
    },
  })

  const withOffered = (
    before: LoginRow,
    place: 'hostKey' | 'offeredHostKey',
    { algorithm, fingerprint }: CliHostKey,
  ): LoginRow => ({ ...before, [place]: { algorithm, fingerprint, at: now() } })

  return {
    access: (oltId) => rows.get(oltId) ?? null,
    login: loginOf,
    all: () => [...rows.values()],
    taken: (oltId, row) => {
      if (row === null) rows.delete(oltId)
      else rows.set(oltId, row)
      deps.onChange(oltId)
    },
    learned: (row) => {
      logins.set(row.oltId, row)
      deps.onChange(row.oltId)
    },
    gate,
  }
}

/** Of a login row, what a person's "it is all right now" leaves: they may be tried again. */
export const forgiven = (row: LoginRow): LoginRow => ({
  ...row,
  failedLogins: 0,
  lastProblem: null,
})
