import type { SignIn } from '../../src-shared/contract/access.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { Transaction } from '../store/write-path.ts'
import { isCompanyOnly } from './company/company-tables.ts'
import type { Lookup } from './lookup.ts'
import { hashPassword, needsRehash, verifyPassword } from './passwords.ts'
import { recoveryCodeHash } from './recovery-codes.ts'
import { openKeysOf } from './second-factor-keys.ts'
import { takeStep, useRecoveryCode, type SecondFactorReads } from './second-factor-tables.ts'
import { rehashPassword, type AccountReads, type AccountRow } from './tables.ts'
import type { Throttle } from './throttle.ts'
import { totpStepOf } from './totp.ts'

/**
 * What a person shows to be who he says he is. One answer in one time for a login that does not
 * exist, a wrong password and a disabled account.
 */
export interface Proofs {
  /** Errors: `wrong-credentials`, `sign-in-throttled`. `login`: as `loginOf` makes it. */
  password(login: string, password: string): Promise<ProvedPassword>
  /** A code of the app or a recovery code. Errors: `wrong-code`, `sign-in-throttled`. */
  code(accountId: string, code: string): Promise<ProvedCode>
}

export interface ProvedPassword {
  readonly account: AccountRow
  /** In the transaction of what it allows. */
  readonly commit: (tx: Transaction) => void
}

export interface ProvedCode {
  readonly means: 'totp' | 'recovery-code'
  /** Errors: `wrong-code` where it was taken meanwhile. */
  readonly commit: (tx: Transaction) => void
}

/**
 * A "no" never comes sooner, whatever was compared: longer than a hash takes. What is longer still
 * takes as long for each (passwords.ts compares with a hash that nothing opens).
 */
const noSoonerMs = 600

export const createProofs = (deps: {
  readonly clock: Clock
  readonly accounts: AccountReads
  readonly lookup: Lookup
  readonly factors: SecondFactorReads
  readonly throttle: Throttle
  readonly vaultKey: Uint8Array
  readonly note: (tx: Transaction, signIn: Pick<SignIn, 'accountId' | 'result' | 'means'>) => void
}): Proofs => {
  const { clock, accounts, factors, throttle } = deps

  const noSooner = async <Value>(run: () => Promise<Value>): Promise<Value> => {
    const startedAt = clock.monotonic()
    try {
      return await run()
    } catch (error) {
      const wait = startedAt + noSoonerMs - clock.monotonic()
      const isThrottled = error instanceof NocturneError && error.code === 'sign-in-throttled'
      // SECURITY: the time says no more than the text.
      if (!isThrottled && wait > 0) {
        await new Promise<void>((resolve) => {
          clock.after(wait, resolve)
        })
      }
      throw error
    }
  }

  const verified = async (
    account: AccountRow | undefined,
    password: string,
  ): Promise<AccountRow | null> => {
    // SECURITY: compared also where there is nothing to compare with, or where it is of no use.
    const isRight = await verifyPassword(account?.passwordHash ?? null, password)
    if (!isRight || account === undefined || account.disabledAt !== null) return null
    // SECURITY: of an account that signs in with the company alone, the right one is a wrong one.
    return isCompanyOnly(deps.lookup, account) ? null : account
  }

  const refusalOf = (account: AccountRow | undefined): SignIn['result'] => {
    if (account === undefined) return 'wrong-password'
    if (account.disabledAt !== null) return 'disabled'
    return isCompanyOnly(deps.lookup, account) ? 'company-only' : 'wrong-password'
  }

  const checked = (
    accountId: string,
    code: string,
  ): { means: 'totp'; step: number } | { means: 'recovery-code'; hash: Buffer } | null => {
    const factor = factors.of(accountId)
    if (factor === undefined) return null
    const keys = openKeysOf(factor.sealed, deps.vaultKey, accountId)
    try {
      const step = totpStepOf(keys.totp, code, clock.now())
      // SECURITY: a step is accepted once, so a code that was looked at is of no use.
      if (step !== null) return step > factor.lastStep ? { means: 'totp', step } : null
      const hash = recoveryCodeHash(keys.recovery, code)
      return hash !== null && factors.isOpenCode(accountId, hash)
        ? { means: 'recovery-code', hash }
        : null
    } finally {
      keys.wipe()
    }
  }

  return {
    password: (login, password) =>
      noSooner(async () => {
        const found = accounts.anyByLogin(login)
        const { value: account, passed } = await throttle.guard(
          'password',
          login,
          () => verified(found, password),
          {
            code: 'wrong-credentials',
            about: found?.id ?? null,
            note: (tx) =>
              deps.note(tx, {
                accountId: found?.id ?? null,
                result: refusalOf(found),
                means: 'password',
              }),
          },
        )
        const stronger = needsRehash(account.passwordHash ?? '')
          ? await hashPassword(password)
          : null
        return {
          account,
          commit: (tx) => {
            passed(tx)
            if (stronger !== null) rehashPassword(tx, account.id, stronger)
          },
        }
      }),

    code: (accountId, code) =>
      noSooner(async () => {
        const { value: proved, passed } = await throttle.guard(
          'code',
          accountId,
          () => Promise.resolve(checked(accountId, code)),
          {
            code: 'wrong-code',
            about: accountId,
            note: (tx) => deps.note(tx, { accountId, result: 'wrong-code', means: 'totp' }),
          },
        )
        return {
          means: proved.means,
          commit: (tx) => {
            const isTaken =
              proved.means === 'totp'
                ? takeStep(tx, accountId, proved.step)
                : useRecoveryCode(tx, accountId, proved.hash, clock.now())
            if (!isTaken) throw new NocturneError('wrong-code')
            passed(tx)
          },
        }
      }),
  }
}
