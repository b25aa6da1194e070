import { randomUUID } from 'node:crypto'
import type { IpcMain, WebContents } from 'electron'
import { isAppUrl } from './app-address.ts'
import type { EngineEvent, EnginePort, Envelope } from './engine-port.ts'

/** The names of the two channels between preload and main. */
export const invokeChannel = 'invoke'
export const eventChannel = 'event'

const longestChannelName = 100

export interface SenderFrame {
  readonly url: string
  readonly parent: object | null
}

// SECURITY: row 17. A frame that is gone, a frame inside the page, a page that is not ours: no.
export const isTrustedSender = (frame: SenderFrame | null): boolean =>
  frame !== null && frame.parent === null && isAppUrl(frame.url)

const refuse = (code: 'sender-refused' | 'unknown-procedure'): Envelope => ({
  ok: false,
  error: { code, params: {}, traceId: randomUUID() },
})

/**
 * The only `ipcMain.handle` of the console: checks who asks and hands the rest to the engine,
 * which checks everything else (channel, session, permission, input).
 */
export const routeInvocations = (options: {
  readonly ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>
  readonly engine: Pick<EnginePort, 'call'>
  readonly refused: (what: string) => void
}): (() => void) => {
  options.ipcMain.handle(
    invokeChannel,
    async (event, channel: unknown, input: unknown): Promise<Envelope> => {
      if (!isTrustedSender(event.senderFrame)) {
        options.refused('invocation by a foreign frame')
        return refuse('sender-refused')
      }
      if (typeof channel !== 'string' || channel.length > longestChannelName) {
        return refuse('unknown-procedure')
      }
      return options.engine.call({ clientId: event.sender.id, channel, input })
    },
  )
  return () => {
    options.ipcMain.removeHandler(invokeChannel)
  }
}

/** Carries the engine's events to the windows they are for. */
export const routeEvents = (options: {
  readonly engine: Pick<EnginePort, 'onEvent'>
  readonly contents: () => readonly Pick<WebContents, 'id' | 'isDestroyed' | 'send'>[]
}): (() => void) =>
  options.engine.onEvent(({ clientId, channel, payload }: EngineEvent) => {
    for (const target of options.contents()) {
      if (target.isDestroyed()) continue
      if (clientId === null || clientId === target.id) target.send(eventChannel, channel, payload)
    }
  })
