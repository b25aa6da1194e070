import type { CommandName, QueryName } from '../../src-shared/contract/index.ts'
import { NocturneError } from '../../src-shared/errors.ts'

/** Handlers that are being written; this file goes with the last of them. */
export const notYetQueries = [
  'access.employees',
  'access.accounts',
  'access.roles',
  'access.passwordStrength',
] as const satisfies readonly QueryName[]

export const notYetCommands = [
  'access.redeemCode',
  'access.redeemKit',
  'access.saveEmployee',
  'access.removeEmployee',
  'access.createAccount',
  'access.changeAccount',
  'access.disableAccount',
  'access.enableAccount',
  'access.endSessions',
  'access.resetPassword',
  'access.saveRole',
  'access.removeRole',
  'access.transferOwnership',
  'access.renewKit',
] as const satisfies readonly CommandName[]

const handlersOf = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(
    names.map((name) => [
      name,
      () => {
        throw new NocturneError('not-found')
      },
    ]),
  ) as unknown as Record<Name, () => never>

export const notYet = {
  queries: handlersOf(notYetQueries),
  commands: handlersOf(notYetCommands),
}
