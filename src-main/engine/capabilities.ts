import type { CommandName, QueryName } from '../../src-shared/contract/index.ts'
import type { CommandHandlers, QueryHandlers } from './handlers.ts'

/**
 * Every procedure of the contract, with its handler. A capability that forgets one does not
 * compile: the spread in open-workspace.ts and engine.ts no longer fits this type.
 */
export interface AllHandlers {
  readonly queries: QueryHandlers<QueryName>
  readonly commands: CommandHandlers<CommandName>
}

/** What works before the workspace is open. */
export type DoorQuery =
  | 'workspace.status'
  | 'workspace.list'
  | 'access.session'
  | 'access.passwordStrength'
export type DoorCommand =
  | 'workspace.create'
  | 'workspace.unseal'
  | 'workspace.lockVault'
  | 'workspace.rotateKeys'
  | 'workspace.lookAround'
  | 'workspace.leaveLookAround'
  | 'workspace.switch'
  | 'workspace.add'
  | 'workspace.rename'
  | 'workspace.forget'
  | 'workspace.wipe'
  | 'workspace.cancel'
  | 'restore.choose'
  | 'restore.preview'
  | 'restore.run'

export interface DoorHandlers {
  readonly queries: QueryHandlers<DoorQuery>
  readonly commands: CommandHandlers<DoorCommand>
}
