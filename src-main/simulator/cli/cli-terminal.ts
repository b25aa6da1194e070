/** One person or program at the CLI: octets both ways, whatever carries them. */
export interface CliTerminal {
  readonly kind: 'ssh' | 'telnet'
  /** Address of the other end, for banners. */
  readonly peer: string
  readonly write: (octets: Uint8Array) => void
  /** Resolves when what was written has mostly gone. */
  readonly drained: () => Promise<void>
  /** Told of whatever comes in; one listener. */
  readonly onData: (listener: (octets: Uint8Array) => void) => void
  /** Each listener is told once, when the other end has gone or `close` was called. */
  readonly onClose: (listener: () => void) => void
  readonly close: () => void
}

/** Thrown into whatever waits when a session is over. */
export class SessionEnded extends Error {
  constructor() {
    super('the CLI session is over')
    this.name = 'SessionEnded'
  }
}
