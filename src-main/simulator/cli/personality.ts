import type { OltModel } from '../population/olt-model.ts'
import type { CliScenario } from '../scenario-schema.ts'
import type { CliState } from './cli-faults.ts'
import type { CliIo, PagerStyle } from './cli-io.ts'

/** What a personality knows of the OLT it stands for. */
export interface CliOlt {
  readonly model: OltModel
  readonly scenario: CliScenario
  readonly state: CliState
  /** Epoch ms. */
  readonly now: () => number
}

/** Who sits there. */
export interface CliPerson {
  readonly userName: string
  readonly peer: string
  readonly transport: 'ssh' | 'telnet'
}

/** One session of a family's CLI after login. */
export interface CliShell {
  /** Said once, before the first prompt. */
  readonly greet: () => Promise<void>
  readonly prompt: () => string
  /** Carries out one line that is not empty. */
  readonly run: (line: string) => Promise<void>
  /** What `?` says; absent: `?` is a letter like any other. */
  readonly help?: (line: string) => string
  /** Ctrl-Z; absent: nothing. */
  readonly onEnd?: () => void
  /** True: it has logged out. */
  readonly isOver: () => boolean
}

/** How the CLI of a family looks: what stands here is all that the framework knows of it. */
export interface CliPersonality {
  /** CR LF counts as Enter twice. */
  readonly crlfIsTwo: boolean
  readonly pager: PagerStyle
  readonly pageLines: number
  readonly login: {
    readonly banner: (olt: CliOlt) => string
    readonly userPrompt: string
    readonly passwordPrompt: string
    /** After a wrong password. */
    readonly refused: string
    /** After so many wrong ones in a row, and while it lasts. */
    readonly locked: string
    /** There is no room for another session. */
    readonly full: string
  }
  /** The answer of a box that has no time. */
  readonly busy: string
  /** A line that nobody asked for. */
  readonly noise: (olt: CliOlt) => string
  readonly open: (olt: CliOlt, io: CliIo, person: CliPerson) => CliShell
}
