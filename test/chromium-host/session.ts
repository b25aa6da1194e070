/**
 * `session` and `protocol` of the stand-in: they keep what the shell registered, and
 * request-broker.ts asks them for each request of Chromium. As in Electron, a permission for which
 * the shell registered nothing is granted, and a request for which it registered nothing goes out.
 */
import { EventEmitter } from 'node:events'
import type { Session } from 'electron'

type Handlers = {
  request: Parameters<Session['setPermissionRequestHandler']>[0]
  check: Parameters<Session['setPermissionCheckHandler']>[0]
  device: Parameters<Session['setDevicePermissionHandler']>[0]
  displayMedia: Parameters<Session['setDisplayMediaRequestHandler']>[0]
}
export type ProtocolHandler = (request: Request) => Response | Promise<Response>
type BeforeRequest = (
  details: Electron.OnBeforeRequestListenerDetails,
  callback: (response: Electron.CallbackResponse) => void,
) => void

class StandInProtocol {
  readonly #handlers = new Map<string, ProtocolHandler>()

  registerSchemesAsPrivileged(_schemes: readonly Electron.CustomScheme[]): void {
    // Chromium sees https, which has every privilege that the shell asks for.
  }

  handle(scheme: string, handler: ProtocolHandler): void {
    if (this.#handlers.has(scheme)) throw new Error(`The scheme ${scheme} has a handler already`)
    this.#handlers.set(scheme, handler)
  }

  unhandle(scheme: string): void {
    this.#handlers.delete(scheme)
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme)
  }

  handlerFor(url: string): ProtocolHandler | undefined {
    return this.#handlers.get(url.slice(0, Math.max(0, url.indexOf(':'))))
  }
}

class StandInWebRequest {
  #beforeRequest: BeforeRequest | null = null

  onBeforeRequest(...args: [unknown, BeforeRequest | null] | [BeforeRequest | null]): void {
    if (args.length === 2)
      throw new Error('the stand-in knows no URL filters; filter in the listener')
    this.#beforeRequest = args[0]
  }

  /** Whether the shell cancels the request. */
  isCancelled(details: { id: number; url: string; method: string; resourceType: string }) {
    const listener = this.#beforeRequest
    if (listener === null) return Promise.resolve(false)
    return new Promise<boolean>((resolve) => {
      const full = { ...details, referrer: '', timestamp: Date.now(), uploadData: [] }
      listener(full as unknown as Electron.OnBeforeRequestListenerDetails, (response) => {
        resolve(response.cancel === true)
      })
    })
  }
}

class StandInSession extends EventEmitter {
  readonly protocol = new StandInProtocol()
  readonly webRequest = new StandInWebRequest()
  readonly handlers: Handlers = { request: null, check: null, device: null, displayMedia: null }

  setPermissionRequestHandler(handler: Handlers['request']): void {
    this.handlers.request = handler
  }

  setPermissionCheckHandler(handler: Handlers['check']): void {
    this.handlers.check = handler
  }

  setDevicePermissionHandler(handler: Handlers['device']): void {
    this.handlers.device = handler
  }

  setDisplayMediaRequestHandler(handler: Handlers['displayMedia']): void {
    this.handlers.displayMedia = handler
  }

  setSpellCheckerEnabled(_enabled: boolean): void {
    // Chromium's spell checker loads its dictionaries from the network, which is cut off anyway.
  }
}

export const defaultSession = new StandInSession()
export const protocol = defaultSession.protocol
export const session = { defaultSession }
