import type { CommandName, QueryName } from '../../src-shared/contract/index.ts'
import { NocturneError } from '../../src-shared/errors.ts'

/** Handlers that are being written; this file goes with the last of them. */
export const notYetQueries = [
  'access.employees',
  'access.accounts',
  'access.roles',
  'access.mine',
  'access.passwordStrength',
] as const satisfies readonly QueryName[]

export const notYetCommands = [
  'access.signInCode',
  'access.stepUp',
  'access.changePassword',
  'access.redeemCode',
  'access.redeemKit',
  'access.beginSecondFactor',
  'access.confirmSecondFactor',
  'access.removeSecondFactor',
  'access.renewRecoveryCodes',
  'access.answerNotice',
  'access.saveEmployee',
  'access.removeEmployee',
  'access.createAccount',
  'access.changeAccount',
  'access.disableAccount',
  'access.enableAccount',
  'access.endSessions',
  'access.resetPassword',
  'access.resetSecondFactor',
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
