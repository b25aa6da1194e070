/** `ipcMain` of the stand-in: handlers by channel, as Electron has them. */
import { EventEmitter } from 'node:events'
import type { StandInFrame } from './web-frames.ts'

export type StandInInvokeEvent = Readonly<{
  sender: unknown
  senderFrame: StandInFrame | null
  frameId: number
  processId: number
}>

type Handler = (event: StandInInvokeEvent, ...args: unknown[]) => unknown

class StandInIpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Handler>()

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    }
    this.#handlers.set(channel, handler)
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel)
  }

  /** What a page's invocation ends in; rejects as Electron words it. */
  async dispatchInvoke(
    event: StandInInvokeEvent,
    channel: string,
    args: unknown[],
  ): Promise<unknown> {
    const handler = this.#handlers.get(channel)
    try {
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
      return await handler(event, ...args)
    } catch (error) {
      throw new Error(`Error invoking remote method '${channel}': ${String(error)}`, {
        cause: error,
      })
    }
  }
}

export const ipcMain = new StandInIpcMain()
