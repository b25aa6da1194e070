import type { BrowserWindow, Dialog } from 'electron'
import type { FileQuestion } from '../../src-shared/contract/confirm-text.ts'

/**
 * Which file, by the system's own dialog before the console's window. Resolves with its path; null:
 * none. SECURITY: the path goes to the engine, never to the page.
 */
export const chooseFile =
  (options: {
    readonly dialog: Pick<Dialog, 'showOpenDialog'>
    readonly parent: () => BrowserWindow
  }) =>
  async (question: FileQuestion): Promise<string | null> => {
    const { canceled, filePaths } = await options.dialog.showOpenDialog(options.parent(), {
      title: question.title,
      buttonLabel: question.button,
      filters: [{ name: question.filter, extensions: [...question.extensions] }],
      properties: ['openFile', 'dontAddToRecent'],
    })
    return canceled ? null : (filePaths[0] ?? null)
  }
