/** How a CLI misbehaves. `act` is what happens; the rest is to which commands. */
export interface CliFault {
  readonly act: CliFaultAct
  /** A regular expression over the line that was typed; null: every line. */
  readonly matching: RegExp | null
  /** So many that fit go by first. */
  skip: number
  /** So many are hit; Infinity: all. */
  times: number
}

export type CliFaultAct =
  /** The box says that it is busy and does nothing. */
  | { readonly kind: 'busy' }
  /**
   * The session is gone: before anything was done, after it was done but before the answer, or half
   * way through the answer.
   */
  | { readonly kind: 'drop'; readonly when: 'before-effect' | 'after-effect' | 'mid-answer' }
  /** Nothing is said for so long before the answer. */
  | { readonly kind: 'pause'; readonly ms: number }
  /** A line that nobody asked for. */
  | { readonly kind: 'noise'; readonly where: 'before' | 'middle' | 'after-prompt' }
  /** Octets of no meaning before the answer. */
  | { readonly kind: 'garbage' }
  /** The pager stops after so many lines, whatever was set. */
  | { readonly kind: 'pager'; readonly lines: number }
  /** The whole chassis starts anew: every session is gone, and what was not saved. */
  | { readonly kind: 'reboot' }

export interface CliState {
  faults: CliFault[]
  /** Nobody is let in: connections are closed at once. */
  refuses: boolean
  /** Wrong passwords in a row, by user; and until when a user is locked out, epoch ms. */
  readonly wrong: Map<string, number>
  readonly lockedUntilMs: Map<string, number>
  /** Counts up when the box gets another host key. */
  hostKeyNumber: number
  /** Set by the servers: ends every session now. */
  dropAll: () => void
  /** Set by the servers: makes them offer the host key and algorithms anew. */
  renewKeys: () => void
  /** SSH: nothing but what is no longer thought safe. */
  legacyOnly: boolean
  /** Sessions open now, and the most at once. */
  open: number
  peak: number
  /** Lines taken, in the order they came: for tests. */
  readonly typed: string[]
  /** Logins, of those that went well, and of all. */
  logins: number
  attempts: number
}

export const calmCli = (): CliState => ({
  faults: [],
  refuses: false,
  wrong: new Map(),
  lockedUntilMs: new Map(),
  hostKeyNumber: 0,
  dropAll: () => {},
  renewKeys: () => {},
  legacyOnly: false,
  open: 0,
  peak: 0,
  typed: [],
  logins: 0,
  attempts: 0,
})

/** The acts that hit this line; what is used up goes. */
export const faultsFor = (state: CliState, line: string): readonly CliFaultAct[] => {
  const acts: CliFaultAct[] = []
  for (const fault of state.faults) {
    if (fault.matching !== null && !fault.matching.test(line)) continue
    if (fault.skip > 0) fault.skip--
    else {
      fault.times--
      acts.push(fault.act)
    }
  }
  state.faults = state.faults.filter(({ times }) => times > 0)
  return acts
}
