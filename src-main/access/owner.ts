import type { Clock } from '../engine/clock.ts'
import type { CallContext, CommandPlan } from '../engine/handlers.ts'
import type { Sessions } from '../engine/sessions.ts'
import { newSession } from './new-session.ts'
import { hashPassword } from './passwords.ts'
import type { RecoveryKit } from './recovery-kit.ts'
import type { Roles } from './roles.ts'
import type { Scopes } from './scope-tables.ts'
import { loginOf } from './rules.ts'
import { requireStrong } from './strength.ts'
import { insertAccount, type NewAccount } from './tables.ts'

/** What there is once the workspace is open, which is between the checks and the writing. */
interface OpenForOwner {
  readonly roles: Roles
  readonly scopes: Scopes
  readonly people: { readonly kit: Pick<RecoveryKit, 'offer'> }
}

/** Checks and hashes the first owner's password; the plan adds him and signs him in. */
export const planOwner = async (
  owner: { readonly name: string; readonly password: string },
  context: Pick<CallContext, 'clientId'>,
  deps: {
    readonly sessions: Sessions
    readonly clock: Clock
    readonly newId: () => string
    /** A plant to look around at: it protects nothing, its password is known, it has no kit. */
    readonly isSimulated: boolean
    readonly workspace: () => OpenForOwner | null
  },
): Promise<CommandPlan<Record<string, never>>> => {
  if (!deps.isSimulated) await requireStrong(owner.password, [owner.name])
  const account: NewAccount = {
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
    after() {
      const workspace = deps.workspace()
      if (workspace === null) throw new Error('an owner without a workspace')
      deps.sessions.start(
        context.clientId,
        newSession(account, { ...deps, roles: workspace.roles, scopes: workspace.scopes }),
      )
      // He is in already; nothing waits for the window with his way back.
      if (!deps.isSimulated) void workspace.people.kit.offer(context.clientId, account)
    },
  }
}
