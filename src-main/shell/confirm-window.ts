import type { BrowserWindow as BrowserWindowClass, IpcMain } from 'electron'
import { confirmUrl } from './app-address.ts'
import type { EnginePort } from './engine-port.ts'
import {
  isFileQuestion,
  isSecret,
  type FileQuestion,
} from '../../src-shared/contract/confirm-text.ts'
import { routeConfirmations, type OpenQuestion } from './ipc.ts'
import { windowOptions } from './window.ts'

const size = { width: 620, height: 600 }

/**
 * Asks what must be confirmed outside the page (facts/security.md row 31), in a window of its own:
 * one at a time, the next waits. Closing the window is a "no", and so is whatever goes wrong. A
 * secret that has to be seen is shown in the same way.
 */
export const showConfirmations = (options: {
  readonly engine: Pick<EnginePort, 'onConfirm'>
  readonly copy: (text: string) => Promise<void>
  /** By the system's dialog. */
  readonly chooseFile: (question: FileQuestion) => Promise<string | null>
  readonly ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>
  readonly BrowserWindow: typeof BrowserWindowClass
  readonly parent: () => BrowserWindowClass
  readonly preloadPath: string
  readonly packaged: boolean
  readonly refused: (what: string) => void
  readonly log: (message: string) => void
}): (() => void) => {
  let open: (OpenQuestion & { readonly window: BrowserWindowClass }) | null = null
  let turn: Promise<unknown> = Promise.resolve()
  let isStopped = false

  const ask = (text: OpenQuestion['text'], signal: AbortSignal): Promise<string | null> =>
    new Promise((resolve) => {
      if (signal.aborted || isStopped) return resolve(null)
      const parent = options.parent()
      const base = windowOptions({
        preloadPath: options.preloadPath,
        packaged: options.packaged,
        size,
      })
      const window = new options.BrowserWindow({
        ...base,
        minWidth: size.width,
        minHeight: 420,
        // On Linux and Windows a modal child stays before its window; macOS makes it a sheet.
        parent,
        modal: true,
        minimizable: false,
        fullscreenable: false,
      })
      // SECURITY: row 30. What is shown here is kept out of pictures of the screen, where the system
      // can (macOS and Windows).
      if (isSecret(text)) window.setContentProtection(true)
      const settle = (typed: string | null): void => {
        if (open?.window !== window) return
        open = null
        signal.removeEventListener('abort', giveUp)
        parent.off('closed', giveUp)
        if (!window.isDestroyed()) window.destroy()
        resolve(typed)
      }
      const giveUp = (): void => settle(null)
      open = { window, contentsId: window.webContents.id, text, answer: settle }
      signal.addEventListener('abort', giveUp)
      parent.on('closed', giveUp)
      window.once('closed', giveUp)
      window.once('ready-to-show', () => window.show())
      window.loadURL(confirmUrl).catch(() => {
        options.log('the confirmation window could not be opened')
        giveUp()
      })
      return undefined
    })

  const stops = [
    routeConfirmations({
      ipcMain: options.ipcMain,
      open: () => open,
      refused: options.refused,
      copy: options.copy,
    }),
    options.engine.onConfirm(({ text, signal }) => {
      const mine = turn.then(() => {
        if (!isFileQuestion(text)) return ask(text, signal)
        return signal.aborted || isStopped ? null : options.chooseFile(text)
      })
      turn = mine.catch(() => undefined)
      return mine
    }),
  ]
  return () => {
    isStopped = true
    open?.answer(null)
    for (const stop of stops) stop()
  }
}
