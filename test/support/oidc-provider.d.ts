/** The part of oidc-provider 9.13.3 that the tests use; the package ships no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

  export interface Account {
    readonly accountId: string
    claims(use: string, scope: string): Record<string, unknown>
  }

  export interface Interaction {
    readonly prompt: {
      readonly name: string
      readonly details: Record<string, readonly string[] | undefined>
    }
    readonly params: Record<string, unknown>
    readonly session?: { readonly accountId: string }
  }

  interface Grant {
    addOIDCScope(scope: string): void
    save(): Promise<string>
  }

  export class Provider {
    readonly Grant: new (given: { accountId: string; clientId: string }) => Grant
    constructor(issuer: string, configuration: object)
    callback(): RequestListener
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: object,
      options?: { mergeWithLastSubmission?: boolean },
    ): Promise<void>
    on(event: string, listener: (...given: unknown[]) => void): void
  }

  export default Provider
}
