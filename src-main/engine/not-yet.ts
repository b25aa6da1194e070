import { NocturneError } from '../../src-shared/errors.ts'
import type { CommandHandlers, QueryHandlers } from './handlers.ts'

/** Procedures whose capability is being built; each goes from here when it has its own handler. */
const refuse = (): never => {
  throw new NocturneError('not-found', { what: 'capability' })
}

export const trapsNotYet: QueryHandlers<'traps.status' | 'traps.recent' | 'traps.unknown'> = {
  'traps.status': refuse,
  'traps.recent': refuse,
  'traps.unknown': refuse,
}
export const trapsCommandsNotYet: CommandHandlers<'traps.configure'> = { 'traps.configure': refuse }
