import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { CallContext, CommandPlan } from '../engine/handlers.ts'
import type { Sessions } from '../engine/sessions.ts'
import { newSession } from './commands.ts'
import { hashPassword } from './passwords.ts'
import { isPasswordAcceptable, loginOf, minPasswordLength } from './rules.ts'
import { insertAccount, type AccountRow } from './tables.ts'

/** Checks and hashes the first owner's password; the plan adds him and signs him in. */
export const planOwner = async (
  owner: { readonly name: string; readonly password: string },
  context: Pick<CallContext, 'clientId'>,
  deps: { readonly sessions: Sessions; readonly clock: Clock; readonly newId: () => string },
): Promise<CommandPlan<Record<string, never>>> => {
  if (!isPasswordAcceptable(owner.password, owner.name)) {
    throw new NocturneError('password-too-weak', { what: 'password', min: minPasswordLength })
  }
  const account: AccountRow = {
    id: deps.newId(),
    name: owner.name,
    login: loginOf(owner.name),
    passwordHash: await hashPassword(owner.password),
    role: 'owner',
  }
  return {
    apply(tx) {
      insertAccount(tx, account, deps.clock.now())
      return {}
    },
    after: () => deps.sessions.start(context.clientId, newSession(account, deps)),
  }
}
