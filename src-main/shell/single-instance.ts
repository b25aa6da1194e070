import type { App } from 'electron'

/**
 * One console per user-data folder. False: another one runs already and has been told; the caller
 * ends without opening anything. Call before the engine touches the workspace.
 */
export const claimSingleInstance = (
  app: Pick<App, 'requestSingleInstanceLock' | 'on'>,
  onSecondInstance: () => void,
): boolean => {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', onSecondInstance)
  return true
}
