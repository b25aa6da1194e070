import type { CommandHandlers } from '../engine/handlers.ts'
import type { CallContext } from '../engine/handlers.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { isCompanyOnly } from './company/company-tables.ts'
import { lookupOf } from './lookup.ts'
import { hashPassword, verifyDecoy, verifyPassword } from './passwords.ts'
import type { PeopleDependencies } from './people.ts'
import { loginOf } from './rules.ts'
import { newOneTimeCode, readOneTimeCode } from './secret-codes.ts'
import { requireStrong } from './strength.ts'
import { accountIn, setPassword } from './tables.ts'

/** A code that an administrator gives stands for a password for so long. */
/** Small corrections of the clock take nobody's code away. */
const clockSlackMs = 5 * 60_000
const goodForMs = 24 * 3_600_000

interface MadeCode {
  readonly hash: string
  readonly until: number
}

/**
 * Shows a new code outside the page, and answers once it was seen: what nobody has read is good for
 * nothing. Errors: those of `ShowSecret`.
 */
export const makeOneTimeCode = async (
  deps: Pick<PeopleDependencies, 'clock' | 'showSecret'>,
  { clientId, signal }: Pick<CallContext, 'clientId' | 'signal'>,
  of: string,
): Promise<MadeCode> => {
  const code = newOneTimeCode()
  const until = deps.clock.now() + goodForMs
  const hash = await hashPassword(code.plain)
  await deps.showSecret(
    clientId,
    { kind: 'one-time-code', qr: null, lines: [code.groups.join('-')], of, until },
    signal,
  )
  return { hash, until }
}

/** A new password by a one-time code: the first sign-in, or a forgotten password. */
export const createOneTimeCodes = (
  deps: PeopleDependencies,
): CommandHandlers<'access.redeemCode'> => ({
  async 'access.redeemCode'({ name, code, password }, context) {
    const login = loginOf(name)
    // The same for a login that there is and for one that there is not.
    await requireStrong(password, [name])
    const account = deps.accounts.byLogin(login)
    const { value: proved, passed } = await deps.throttle.guard(
      'one-time-code',
      login,
      async () => {
        const plain = readOneTimeCode(code)
        const codeHash = account?.codeHash ?? null
        // SECURITY: compared also where there is nothing to compare with, or what was typed is none.
        const isRight =
          codeHash === null || plain === null
            ? await verifyDecoy(code)
            : await verifyPassword(codeHash, plain)
        if (!isRight || account === undefined) return null
        // SECURITY: no code is a way past the company's sign-in either.
        return isCompanyOnly(lookupOf(deps.reader), account) ? null : account
      },
      {
        code: 'wrong-code',
        about: account?.id ?? null,
        note: (tx) =>
          deps.note(tx, {
            accountId: account?.id ?? null,
            result: 'wrong-code',
            means: 'one-time-code',
          }),
      },
    )
    // SECURITY: a clock set back before it was made makes no code good for longer.
    const isGood = (until: number | null): boolean => {
      const leftMs = (until ?? 0) - deps.clock.now()
      return leftMs > 0 && leftMs <= goodForMs + clockSlackMs
    }
    if (!isGood(proved.codeUntil)) throw new NocturneError('code-expired')
    await requireStrong(password, [proved.name, proved.login])
    const hash = await hashPassword(password)
    const plan = deps.flow.proceed(context.clientId, proved, 'one-time-code', (tx) => {
      passed(tx)
      const now = accountIn(tx, proved.id)
      // SECURITY: used, replaced or withdrawn while the new password was hashed.
      if (now?.codeHash !== proved.codeHash || now.disabledAt !== null || !isGood(now.codeUntil)) {
        throw new NocturneError('code-expired')
      }
      setPassword(tx, now, hash, deps.clock.now())
    })
    return {
      ...plan,
      async after(step) {
        // SECURITY: whoever else knows the old password is signed out with it.
        deps.sessions.endOf(proved.id)
        await plan.after?.(step)
        deps.emit('access.changed', {})
      },
    }
  },
})
