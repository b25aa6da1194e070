import type { CliMode, CliRefusalKind } from './cli-session.ts'

/**
 * What the prompt machine (prompt-machine.ts, open-session.ts) has to know of a family's CLI. Types
 * only: the session part of cli.yaml, read and checked by its schema, gives exactly this; commands
 * and parsers are not of its business.
 *
 * All patterns see text as a terminal would show it: cursor moves played, escapes and control
 * characters gone, trailing blanks cut. They are tried on single lines of at most 255 characters
 * (`longestMatched`), the begin of longer ones, and must not carry the flags g and y.
 */
export interface CliDialect {
  /** What ends a line of ours. Of Huawei CR LF counts as two Enters. */
  readonly lineEnd: 'lf' | 'cr' | 'crlf'
  readonly login: CliLoginDialogue
  /** Every view that has a prompt; a child stands after its parent. */
  readonly modes: readonly CliModeDialect[]
  /** Sent after login, in order, before the session is handed out: `undo smart`, `scroll` … */
  readonly setup: readonly CliSetUp[]
  readonly pagers: readonly CliPager[]
  /** `{ <cr>||<K> }:`: asks for more parameters; the reply means "none". */
  readonly parameterPrompts: readonly CliQuestion[]
  /**
   * A line after which the OLT writes our command once more, as Huawei's `  Command:` does after a
   * parameter prompt; both are taken out of the answer.
   */
  readonly reEcho: RegExp | null
  readonly confirmations: readonly CliConfirmation[]
  /** Lines that come by themselves: alarms, log lines, `Command is being executed`. Taken out. */
  readonly noise: readonly CliNoise[]
  /** Tried in this order on each line of an answer; the first line that fits one is the error. */
  readonly errors: readonly CliErrorPattern[]
  /** What stops a running command; '' when nothing does (then the session is closed). Octets: \x03 */
  readonly interrupt: string
  readonly logout: CliLogoutDialogue
  /** No line may ever fit it: characters that act before Enter, such as `?`. Null: none. */
  readonly neverInLine: RegExp | null
  readonly limits: CliLimits
  /** Terminal size that we claim (SSH, Telnet NAWS); 0 rows: "no pager" on some. */
  readonly window: { readonly columns: number; readonly rows: number }
  readonly transports: readonly ('ssh' | 'telnet')[]
  /** The family has firmwares that know old SSH algorithms only; the user must allow them too. */
  readonly legacySsh: boolean
}

/** What is typed: `enter` adds the line end. */
export interface CliReply {
  readonly text: string
  readonly enter: boolean
}

export interface CliLoginDialogue {
  /** Where the OLT asks by itself (Telnet; some after SSH too). Fits the last, open line. */
  readonly userName: readonly RegExp[]
  readonly password: readonly RegExp[]
  /** Lines that say no: wrong password, locked user or address. */
  readonly refused: readonly RegExp[]
  /** Lines that say that no session is left. */
  readonly tooManySessions: readonly RegExp[]
  /** It wants a new password before anything else: we stop there. */
  readonly passwordExpired: readonly RegExp[]
  /** Notices that wait for an answer: `Press any key`, `continue? [Y/N]`. Each is answered once. */
  readonly banners: readonly CliQuestion[]
  /** Sent when the OLT says nothing after connecting; null: we only wait. */
  readonly wake: CliReply | null
  /** From connection to first prompt, ms. */
  readonly timeoutMs: number
}

export interface CliModeDialect {
  readonly name: string
  /**
   * Fits the whole prompt. Named groups: `host` is learned at login and must stay the same; a group
   * with the name of a mode value must hold that value (`config-if-gpon-(?<frame>\d+)/(?<slot>\d+)`).
   * Two modes may share a prompt (ZTE `(config-if)#`): the machine knows what it entered.
   */
  readonly prompt: RegExp
  /** Null: where a login may end. A login may also end in a mode with a parent (ZTE: in `#`). */
  readonly enter: CliModeEntry | null
  /** The line that leads back to the parent: `quit`, `exit`; null at the top. */
  readonly leave: string | null
}

export interface CliModeEntry {
  readonly parent: string
  /** `interface gpon {frame}/{slot}`: `{name}` is replaced by the mode's value. */
  readonly line: string
  /** It may ask for the enable password with this. */
  readonly password: RegExp | null
  /** Replies to what it may ask besides; given whether or not the command said confirm. */
  readonly questions: readonly CliQuestion[]
}

export interface CliSetUp {
  readonly mode: CliMode
  /** Tried one after the other until one is taken. */
  readonly lines: readonly string[]
  /** Go on when all are refused (older firmware knows none of them). */
  readonly mayFail: boolean
}

export interface CliPager {
  /** Fits to the end of the last, open line: `---- More ( Press 'Q' to break ) ----`. */
  readonly match: RegExp
  readonly next: CliReply
  /** Ends the listing. */
  readonly quit: CliReply
}

export interface CliQuestion {
  /** Fits to the end of the last, open line. */
  readonly match: RegExp
  readonly reply: CliReply
}

export interface CliConfirmation {
  readonly match: RegExp
  readonly yes: CliReply
  /** Given when the command did not say `confirm`; then the answer is an error. */
  readonly no: CliReply
}

export interface CliNoise {
  readonly line: RegExp
  /** Of a block: its last line, at most 60 lines on; null: it is one line. */
  readonly until: RegExp | null
}

export interface CliErrorPattern {
  readonly match: RegExp
  readonly kind: CliRefusalKind
}

export interface CliLogoutDialogue {
  /** Leave to this mode first (by the modes' `leave` lines); null: from anywhere. */
  readonly from: string | null
  readonly line: string
  /** `Are you sure to log out? (y/n)[n]:`, `logout without saving? [yes/no]:`. */
  readonly questions: readonly CliQuestion[]
  readonly timeoutMs: number
}

export interface CliLimits {
  /** A prompt counts when nothing came after it for so long, ms. 15 to 30 is good. */
  readonly settleMs: number
  /** Characters of one line of ours, at most. */
  readonly lineLength: number
  /** Silence that is normal for set-up lines and mode changes, ms. */
  readonly silenceMs: number
  /** Time to come back to a prompt after an interrupt, ms; then the session is closed. */
  readonly recoverMs: number
}
