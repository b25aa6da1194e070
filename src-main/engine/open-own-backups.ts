import { join } from 'node:path'
import { requireStrong } from '../access/strength.ts'
import { createBackups, type Backups } from '../backups/backups.ts'
import { createStandingPart, type StandingPart } from '../backups/standing.ts'
import { createTransferCommand } from '../backups/transfer/transfer-command.ts'
import { settleUnderWay } from '../backups/transfer/under-way.ts'
import type { Store } from '../store/open-store.ts'
import type { WorkspaceKeys } from '../vault/workspace-keys.ts'
import { readAbout } from '../workspace/registry-file.ts'
import type { EngineWrite } from './engine-write.ts'
import type { CommandHandlers } from './handlers.ts'
import type { OpenWorkspaceOptions } from './opened-workspace.ts'
import { restorePorts } from './restore-ports.ts'

/**
 * Whether another copy may be at work. Before anything else of the workspace: a transfer file that was
 * being made when it was closed says whether it was moved.
 */
export const openStanding = (
  store: Store,
  { clock, emit, door }: Pick<OpenWorkspaceOptions, 'clock' | 'emit' | 'door'>,
  write: EngineWrite,
  onResumed: () => void,
): StandingPart => {
  settleUnderWay(store.reader, write)
  return createStandingPart({
    reader: store.reader,
    clock,
    emit,
    onResumed,
    beginAnew: () => door.reopen(() => Promise.resolve(null)),
  })
}

/** Backups of a workspace, and the file that carries it to another machine. */
export const createOwnBackups = (
  keys: WorkspaceKeys,
  store: Store,
  options: OpenWorkspaceOptions,
  deps: Pick<OpenWorkspaceOptions, 'clock' | 'newId' | 'log' | 'emit'> & {
    readonly write: EngineWrite
    readonly standing: StandingPart
  },
): Omit<Backups, 'commands'> & {
  readonly commands: Backups['commands'] & CommandHandlers<'transfer.make'>
} => {
  const { workspaceDir: dir, sessions } = options
  const { standing, ...shared } = deps
  const asked = { ...restorePorts, ...shared, ...options, dir, keys }
  const backups = createBackups({
    ...asked,
    folder: join(dir, 'backups'),
    store,
    workspaces: options.workspaces ?? null,
    endSessions: sessions.endAll,
    mayAct: () => standing.now() === null,
  })
  const transfer = createTransferCommand({
    ...asked,
    reader: store.reader,
    isSimulated: options.mode === 'simulated',
    standing: standing.now,
    requireStrong: (passphrase) => requireStrong(passphrase, []),
    nameNow: () => readAbout(dir)?.name ?? 'Nocturne',
    appVersion: options.host?.appVersion ?? '',
  })
  return { ...backups, commands: { ...backups.commands, ...transfer } }
}
