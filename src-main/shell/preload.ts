import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge, Envelope } from '../../src-shared/contract/envelope.ts'

/**
 * All that a page of the console ever gets from outside (facts/security.md row 20). Bundled into
 * one file: a sandboxed preload can import nothing but `electron`. The two channel names stand in
 * ipc.ts as well; a test compares them.
 */
const bridge: Bridge = {
  invoke: (channel, input) => ipcRenderer.invoke('invoke', channel, input) as Promise<Envelope>,
  on: (listener) => {
    // SECURITY: the event object carries `sender`; it stays here.
    const forward = (_event: unknown, channel: string, payload: unknown): void => {
      listener(channel, payload)
    }
    ipcRenderer.on('event', forward)
    return () => {
      ipcRenderer.off('event', forward)
    }
  },
}

// SECURITY: exactly these two functions.
contextBridge.exposeInMainWorld('nocturne', { invoke: bridge.invoke, on: bridge.on })
