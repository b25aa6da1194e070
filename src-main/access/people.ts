import type { SignIn } from '../../src-shared/contract/access.ts'
import type { Clock } from '../engine/clock.ts'
import type { CommandHandlers, Emit, QueryHandlers } from '../engine/handlers.ts'
import type { Log } from '../engine/log.ts'
import type { ShowSecret } from '../engine/secret-window.ts'
import type { Sessions } from '../engine/sessions.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import { createAccountCommands } from './account-commands.ts'
import { createAccountImport } from './imports/account-import.ts'
import { createEmployees } from './employees.ts'
import { createOneTimeCodes } from './one-time-codes.ts'
import { createOwnership } from './ownership.ts'
import { createPeopleQueries } from './people-queries.ts'
import { createRecoveryKit, type RecoveryKit } from './recovery-kit.ts'
import { createRoleCommands } from './role-commands.ts'
import type { Roles } from './roles.ts'
import { createScopeCommands } from './scope-commands.ts'
import type { Scopes } from './scope-tables.ts'
import type { SignInFlow } from './sign-in.ts'
import type { AccountReads } from './tables.ts'
import type { Throttle } from './throttle.ts'

/** Employees, the accounts they sign in with, roles, and the ways back into an account. */

type PeopleQuery =
  | 'access.previewAccounts'
  | 'access.people'
  | 'access.employees'
  | 'access.accounts'
  | 'access.roles'
  | 'access.regions'

type PeopleCommand =
  | 'access.saveEmployee'
  | 'access.removeEmployee'
  | 'access.createAccount'
  | 'access.changeAccount'
  | 'access.disableAccount'
  | 'access.enableAccount'
  | 'access.endSessions'
  | 'access.importAccounts'
  | 'access.undoImport'
  | 'access.resetPassword'
  | 'access.saveRole'
  | 'access.removeRole'
  | 'access.saveRegion'
  | 'access.removeRegion'
  | 'access.setScope'
  | 'access.transferOwnership'
  | 'access.redeemCode'
  | 'access.redeemKit'
  | 'access.renewKit'

export interface PeopleDependencies {
  readonly reader: StoreReader
  readonly accounts: AccountReads
  readonly roles: Roles
  readonly scopes: Scopes
  readonly sessions: Sessions
  readonly clock: Clock
  readonly newId: () => string
  readonly log: Log
  readonly emit: Emit
  readonly write: (name: string, input: object, apply: (tx: Transaction) => void) => void
  readonly showSecret: ShowSecret
  /** Of the sign-in: what follows when a password was replaced. */
  readonly flow: SignInFlow
  readonly throttle: Throttle
  readonly note: (tx: Transaction, signIn: Pick<SignIn, 'accountId' | 'result' | 'means'>) => void
}

export interface People {
  readonly queries: QueryHandlers<PeopleQuery>
  readonly commands: CommandHandlers<PeopleCommand>
  readonly kit: Pick<RecoveryKit, 'offer'>
  stop(): void
}

export const createPeople = (deps: PeopleDependencies): People => {
  const kit = createRecoveryKit(deps)
  const accountImport = createAccountImport(deps)
  return {
    queries: { ...createPeopleQueries(deps), ...accountImport.queries },
    commands: {
      ...createEmployees(deps),
      ...createAccountCommands(deps),
      ...accountImport.commands,
      ...createRoleCommands(deps),
      ...createScopeCommands(deps),
      ...createOwnership(deps),
      ...createOneTimeCodes(deps),
      ...kit.commands,
    },
    kit,
    stop: kit.stop,
  }
}
