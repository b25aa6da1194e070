import { contextBridge, ipcRenderer } from 'electron'

/**
 * All that the confirmation window gets from outside: its question, or the secret it is to show, and
 * a way to answer it. The
 * console's own page has another preload and no way to these channels' answers (ipc.ts asks who
 * calls). The channel names stand in ipc.ts as well; a test compares them.
 */
contextBridge.exposeInMainWorld('confirmation', {
  question: () => ipcRenderer.invoke('confirm-question') as Promise<unknown>,
  answer: (typed: string | null) => {
    void ipcRenderer.invoke('confirm-answer', typed)
  },
  copy: () => ipcRenderer.invoke('confirm-copy') as Promise<boolean>,
})
