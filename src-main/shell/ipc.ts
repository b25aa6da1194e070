import { randomUUID } from 'node:crypto'
import type { IpcMain, WebContents } from 'electron'
import {
  isSecret,
  type ConfirmText,
  type SecretText,
} from '../../src-shared/contract/confirm-text.ts'
import { confirmUrl, isAppUrl } from './app-address.ts'
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

/** The channels of the confirmation window. */
export const questionChannel = 'confirm-question'
export const answerChannel = 'confirm-answer'
export const copyChannel = 'confirm-copy'

export interface OpenQuestion {
  /** Of the window that asks it. */
  readonly contentsId: number
  readonly text: ConfirmText | SecretText
  readonly answer: (typed: string | null) => void
}

const longestTyped = 200

/** Question and answer of the confirmation window, and of nobody else. */
export const routeConfirmations = (options: {
  readonly ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>
  readonly open: () => OpenQuestion | null
  readonly refused: (what: string) => void
  /** Puts the lines of a secret on the clipboard, for a while. */
  readonly copy: (text: string) => Promise<void>
}): (() => void) => {
  const { ipcMain } = options
  // SECURITY: row 31. Only the top frame of the very window that was opened for this question: the
  // console's page, whatever runs in it, gets no question and can answer none.
  const questionOf = (event: {
    readonly sender: { readonly id: number }
    readonly senderFrame: SenderFrame | null
  }): OpenQuestion | null => {
    const open = options.open()
    if (
      open !== null &&
      event.sender.id === open.contentsId &&
      isTrustedSender(event.senderFrame) &&
      event.senderFrame?.url === confirmUrl
    ) {
      return open
    }
    options.refused('confirmation by a foreign page')
    return null
  }
  ipcMain.handle(questionChannel, (event) => questionOf(event)?.text ?? null)
  ipcMain.handle(answerChannel, (event, typed: unknown) => {
    const said = typeof typed === 'string' && typed.length <= longestTyped ? typed : null
    questionOf(event)?.answer(said)
  })
  // SECURITY: row 29. The window says that it wants it copied; what is copied, main knows itself.
  ipcMain.handle(copyChannel, async (event) => {
    const text = questionOf(event)?.text
    if (text === undefined || !isSecret(text)) return false
    await options.copy(text.lines.join('\n'))
    return true
  })
  return () => {
    ipcMain.removeHandler(copyChannel)
    ipcMain.removeHandler(questionChannel)
    ipcMain.removeHandler(answerChannel)
  }
}

/**
 * The one `ipcMain.handle` of the console's page: checks who asks and hands the rest to the engine,
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
