/**
 * A test that forks main.js on the stand-in may ask over the process channel what no page can see.
 * Without such a channel (a person's `npm run demo`) this does nothing.
 */
import { StandInBrowserWindow } from './browser-window.ts'
import { dialog, Notification, powerMonitor } from './desktop.ts'
import { host } from './host.ts'
import { readJournal } from './journal.ts'
import type { JournalEntry } from './journal.ts'

export type ControlRequest = Readonly<{
  standInRequest: number
  ask:
    | 'state'
    | 'reload'
    | 'crash-renderer'
    | 'lock-screen'
    | 'suspend'
    | 'click-notification'
    /** The next dialog is answered with this file. */
    | { readonly chooseFile: string }
}>

export type ControlState = Readonly<{
  journal: readonly JournalEntry[]
  windows: number
  /** Pages that Chromium itself counts, popups included. */
  pages: readonly string[]
  chromiumPid: number
  url: string
}>

export type ControlReply = Readonly<{ standInReply: number; state: ControlState }>

const stateNow = async (): Promise<ControlState> => {
  const running = await host
  const { targetInfos } = await running.cdp.send<{
    targetInfos: readonly { type: string; url: string }[]
  }>('Target.getTargets')
  const windows = StandInBrowserWindow.getAllWindows()
  return {
    journal: readJournal(),
    windows: windows.length,
    pages: targetInfos.filter(({ type }) => type === 'page').map(({ url }) => url),
    chromiumPid: running.chromium.pid,
    url: windows[0]?.webContents.getURL() ?? '',
  }
}

const obey = async ({ standInRequest, ask }: ControlRequest): Promise<void> => {
  const contents = StandInBrowserWindow.getAllWindows()[0]?.webContents
  if (typeof ask === 'object') dialog.answerWith(ask.chooseFile)
  else if (ask === 'reload') contents?.reload()
  else if (ask === 'crash-renderer') contents?.forcefullyCrashRenderer()
  else if (ask === 'click-notification') Notification.latest?.emit('click', {})
  else if (ask !== 'state') powerMonitor.emit(ask)
  const reply: ControlReply = { standInReply: standInRequest, state: await stateNow() }
  process.send?.(reply)
}

export const listenToParent = (): void => {
  if (!process.connected) return
  process.on('message', (message: Partial<ControlRequest> | null) => {
    if (typeof message?.standInRequest !== 'number') return
    obey(message as ControlRequest).catch((error: unknown) => {
      process.emitWarning(`stand-in: ${String(error)}`)
    })
  })
  // The parent's interest must not keep a finished console alive.
  process.channel?.unref()
}
