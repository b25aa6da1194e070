import type { Exchange } from './config-port.ts'

/**
 * The two halves of the CLI engine meet here. Types only. Below: transports (SSH, Telnet), the
 * prompt machine that a family's cli.yaml drives, and the desk that hands out sessions. Above: the
 * family's commands and parsers, which make lines and understand answers.
 */

/** Octets to and from a CLI. Made by ssh-transport.ts and telnet-transport.ts; tests give a fake. */
export interface CliTransport {
  readonly kind: 'ssh' | 'telnet'
  /** Told of whatever comes; more than one listener is a mistake. */
  readonly onData: (listener: (octets: Uint8Array) => void) => void
  /** Once: the other side closed, or the way was lost. `cli-session-lost` {why}. */
  readonly onEnd: (listener: (error: Error | null) => void) => void
  readonly write: (octets: Uint8Array) => void
  /** True: login has happened already (SSH). */
  readonly authenticated: boolean
  readonly close: () => void
}

/** A view of the CLI with the values in its name: `gpon {frame: 0, slot: 1}`. */
export interface CliMode {
  /** As cli.yaml calls it. */
  readonly name: string
  readonly values: Readonly<Record<string, string>>
}

/** One line for the OLT. It has passed the guard of cli-parameters.ts: nothing else is ever sent. */
export interface CliCommand {
  readonly mode: CliMode
  readonly line: string
  /** The line with secrets masked: what may be kept, shown and logged. */
  readonly shown: string
  /** Answer with yes when the OLT asks whether we are sure; without it the question is an error. */
  readonly confirm: boolean
  /** Silence that is still normal, ms: `save` is quiet for half a minute and more. */
  readonly silenceMs: number
  /** The whole of it, ms. */
  readonly timeoutMs: number
  /** Characters of answer at most; more is an error (hostile or broken OLT). */
  readonly maxAnswer: number
  /** Told now and then how much of a long answer has come. */
  readonly onHeard?: (octets: number) => void
}

/** The text between the echo of the line and the prompt, pager and noise taken out, \n line ends. */
export interface CliAnswer {
  readonly text: string
  /** The first line that one of the family's error patterns fits; null: none. */
  readonly error: CliRefusal | null
}

/** Words of the family's error list, by what they mean. */
export const cliRefusals = [
  'busy',
  'syntax',
  'serial-exists',
  'onu-id-taken',
  'onu-not-there',
  'onu-offline',
  'profile-missing',
  'vlan-missing',
  'gem-missing',
  'service-missing',
  'nothing-found',
  'no-rights',
  'locked-by-profile',
  'full',
  'other',
] as const
export type CliRefusalKind = (typeof cliRefusals)[number]

export interface CliRefusal {
  readonly kind: CliRefusalKind
  /** The OLT's own line, control characters stripped, at most 200 characters. */
  readonly line: string
}

/** A line that a person typed in a terminal: it is sent as it is, wherever the session stands. */
export interface CliTypedLine {
  readonly line: string
  /** The line as it may be kept: masked when it answers a question for a password. */
  readonly shown: string
  readonly silenceMs: number
  readonly timeoutMs: number
  readonly maxAnswer: number
}

export interface CliTypedAnswer {
  readonly text: string
  /** The prompt, or the question, that the OLT stands at now. */
  readonly prompt: string
  /** True: it is a question, and the next line answers it. */
  readonly asks: boolean
}

/**
 * One logged-in session. `run` goes into the command's mode first. Errors (NocturneError):
 * `cli-unexpected-answer` {line}, `cli-session-lost` {why}, `cli-timeout` {line}, `cli-busy`,
 * `cancelled`. `sent` says whether the line itself went out before an error.
 */
export interface CliSession {
  readonly transport: 'ssh' | 'telnet'
  readonly run: (command: CliCommand, signal: AbortSignal) => Promise<CliAnswer>
  /**
   * For terminals: any prompt and any question ends the answer, pagers go on by themselves. The
   * session is nobody else's after that: the desk logs it out when it comes back.
   */
  readonly typeLine: (typed: CliTypedLine, signal: AbortSignal) => Promise<CliTypedAnswer>
  /** The terminal's Ctrl-C, while no line is on its way (else: abort that). The new prompt. */
  readonly interrupt: () => Promise<string>
  /** The prompt that it stands at: after login, and after what every session begins with. */
  readonly prompt: string
  /** The last exchanges, newest last, for journal and transcript; capped. */
  readonly takeExchanges: () => readonly Exchange[]
  /** False after an error that leaves its state unknown: it is closed and never used again. */
  readonly usable: () => boolean
  /** Logs out as the family does it, at most `timeoutMs`, then closes. Never throws. */
  readonly logOut: () => Promise<void>
}

/** Thrown by `CliSession.run`: knows whether the line was sent. */
export interface CliFailure {
  readonly sent: boolean
}

/** Sessions of one OLT: one writer, few readers, within what it allows; idle ones are closed. */
export interface CliDesk {
  readonly withWriter: <Out>(
    signal: AbortSignal,
    work: (session: CliSession) => Promise<Out>,
  ) => Promise<Out>
  readonly withReader: <Out>(
    signal: AbortSignal,
    work: (session: CliSession) => Promise<Out>,
  ) => Promise<Out>
  readonly state: () => CliDeskState
  /** Logs in and out once. Errors: the `cli-…` codes of a login. */
  readonly test: (signal: AbortSignal) => Promise<{ readonly prompt: string; readonly ms: number }>
  readonly close: () => Promise<void>
}

export interface CliDeskState {
  readonly writer: 'none' | 'idle' | 'busy'
  readonly readers: number
  readonly waiting: number
  readonly allowed: { readonly writers: 1; readonly readers: number }
  /** The most that were ever open at once since start. */
  readonly peak: { readonly writers: number; readonly readers: number }
}
