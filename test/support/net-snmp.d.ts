/** The part of net-snmp 3.29.2 that tests compare with; the package ships no types. */
declare module 'net-snmp' {
  import type { EventEmitter } from 'node:events'

  export interface Varbind {
    readonly oid: string
    readonly type: number
    readonly value: unknown
  }

  export interface SessionOptions {
    readonly version: number
    readonly port: number
    readonly retries: number
    readonly timeout: number
    readonly transport?: 'udp4' | 'udp6'
    readonly idBitsSize?: number
    readonly backwardsGetNexts?: boolean
    readonly dgramModule?: { readonly createSocket: (transport: string) => EventEmitter }
  }

  export interface Session extends EventEmitter {
    get(oids: string[], done: (error: Error | null, varbinds?: Varbind[]) => void): void
    getBulk(
      oids: string[],
      nonRepeaters: number,
      maxRepetitions: number,
      done: (error: Error | null, varbinds?: (Varbind | Varbind[])[]) => void,
    ): void
    subtree(
      oid: string,
      maxRepetitions: number,
      feed: (varbinds: Varbind[]) => boolean,
      done: (error?: Error) => void,
    ): void
    cancelRequests(error: Error): void
    close(): void
  }

  interface NetSnmp {
    readonly Version2c: number
    readonly RequestTimedOutError: new (message: string) => Error
    readonly RequestFailedError: new (
      message: string,
      status: number,
    ) => Error & {
      readonly status: number
    }
    readonly SecurityLevel: { readonly authPriv: number }
    readonly AuthProtocols: { readonly sha256: string }
    readonly PrivProtocols: { readonly aes: string }
    createSession(target: string, community: string, options: SessionOptions): Session
    createV3Session(
      target: string,
      user: {
        readonly name: string
        readonly level: number
        readonly authProtocol: string
        readonly authKey: string
        readonly privProtocol: string
        readonly privKey: string
      },
      options: Pick<SessionOptions, 'port' | 'retries' | 'timeout'>,
    ): Session
  }

  const netSnmp: NetSnmp
  export default netSnmp
}
