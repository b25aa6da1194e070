import { join } from 'node:path'
import { createHistoryService, type HistoryService } from '../history/history-service.ts'
import { pastBefore } from '../network/history-past.ts'
import { readRetention } from '../network/history-retention.ts'
import type { Network } from '../network/network.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { WorkspaceKeys } from '../vault/workspace-keys.ts'
import { keptKey } from '../workspace/sealed-columns.ts'
import type { OpenWorkspaceOptions } from './opened-workspace.ts'

/** The history of a workspace in its folder; not begun yet. */
export const openOwnHistory = (
  keys: WorkspaceKeys,
  deps: Pick<OpenWorkspaceOptions, 'workspaceDir' | 'clock' | 'log' | 'simulatedPast'> & {
    readonly reader: StoreReader
    readonly network: () => Pick<Network, 'oltsRead' | 'onFirstFullPoll'>
  },
): {
  readonly history: HistoryService
  readonly historyFolder: string
  /** After its stop. */
  readonly wipeHistoryKey: () => void
} => {
  const { clock, log, simulatedPast } = deps
  // It keeps the key it was begun with, however often the workspace's keys change.
  const key = keptKey(deps.reader, keys, 'history') ?? keys.historyKey
  const historyFolder = join(deps.workspaceDir, 'history')
  const history = createHistoryService({
    folder: historyFolder,
    key,
    retention: readRetention(deps.reader),
    clock,
    log,
    ...(simulatedPast === undefined
      ? {}
      : {
          before: pastBefore({
            clock,
            olts: () => deps.network().oltsRead(),
            past: simulatedPast,
            onFirstRound: (listener) => deps.network().onFirstFullPoll(listener),
          }),
        }),
  })
  return { history, historyFolder, wipeHistoryKey: () => void key.fill(0) }
}
