import type { CommandName, QueryName } from '../../src-shared/contract/index.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CommandHandlers, QueryHandlers } from './handlers.ts'

/** Procedures of the contract that are being built: each goes from here when its handler comes. */
const queriesNotYet = [
  'alarms.rules',
  'alarms.previewRule',
  'alarms.guide',
  'alarms.important',
  'alarms.degradation',
] as const satisfies readonly QueryName[]

const commandsNotYet = [
  'alarms.configure',
  'alarms.setRule',
  'alarms.resetRule',
  'alarms.setGuideNote',
  'alarms.setImportant',
] as const satisfies readonly CommandName[]

const refuse = (): never => {
  throw new NocturneError('internal')
}

const refusing = <Handlers>(names: readonly string[]): Handlers =>
  Object.fromEntries(names.map((name) => [name, refuse])) as Handlers

export const notYet = {
  queries: refusing<QueryHandlers<(typeof queriesNotYet)[number]>>(queriesNotYet),
  commands: refusing<CommandHandlers<(typeof commandsNotYet)[number]>>(commandsNotYet),
}
