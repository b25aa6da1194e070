import type { PonPort } from '../population/olt-model.ts'
import { modelOf } from '../families/onu-cells.ts'
import type { EthPortSetting } from '../population/onu-settings.ts'
import type { CliIo } from './cli-io.ts'
import { type CliArgs, type CliCommand, type CliMatch, commandTable } from './command-table.ts'
import type { CliOlt, CliShell } from './personality.ts'

/**
 * What the CLIs of small boxes have in common: a user, a privileged and a configuring view, then the
 * view of a PON port or of an ONU, and `exit` one up.
 */
export type BoxView = 'user' | 'enable' | 'config' | 'pon' | 'onu'

export interface BoxSession {
  readonly olt: CliOlt
  readonly io: CliIo
  view: BoxView
  /** Of the views `pon` and `onu`: number of the PON in the model. */
  pon: number
  /** Of the view `onu`: its row. */
  onu: number
  over: boolean
}

export type BoxCommand = CliCommand<BoxSession>

export interface BoxShellOptions {
  readonly commands: readonly BoxCommand[]
  /** Without noise; as the family writes it. */
  readonly prompt: (session: BoxSession) => string
  /** What is said of a line that is no command. */
  readonly refuse: (what: BoxRefusal, line: string, prompt: string) => string
  readonly greeting: (olt: CliOlt) => string
  /** Comes behind the prompt, at every n-th command of a scenario that wants it. */
  readonly noise: (olt: CliOlt) => string
}

export type BoxRefusal = Exclude<CliMatch<BoxSession>, { readonly kind: 'found' }>

export const privileged: readonly BoxView[] = ['enable', 'config', 'pon', 'onu']
export const configuring: readonly BoxView[] = ['config', 'pon', 'onu']

export const boxShell = (options: BoxShellOptions) => {
  const table = commandTable(options.commands)
  return (olt: CliOlt, io: CliIo): CliShell => {
    const session: BoxSession = {
      olt,
      io,
      view: olt.scenario.startsEnabled ? 'enable' : 'user',
      pon: 0,
      onu: 0,
      over: false,
    }
    let lines = 0
    let noisy = false
    return {
      greet: () => {
        io.say(options.greeting(olt))
        return Promise.resolve()
      },
      prompt: () => {
        const prompt = options.prompt(session)
        if (!noisy) return prompt
        noisy = false
        return `${prompt}\n${options.noise(olt)}\n${prompt}`
      },
      run: async (line) => {
        const every = olt.scenario.alarmEvery
        noisy = every > 0 && ++lines % every === 0
        const match = table.match(session.view, line)
        if (match.kind === 'found') await match.command.run(session, match.args)
        else await io.print(options.refuse(match, line, options.prompt(session)))
      },
      help: (line) => table.next(session.view, line).join('\n'),
      onEnd: () => {
        if (session.view !== 'user') session.view = 'enable'
      },
      isOver: () => session.over,
    }
  }
}

/** `enable`, with the password where the scenario has one. */
export const enable =
  (question: string, refusal: string) =>
  async (session: BoxSession): Promise<void> => {
    const { enablePassword } = session.olt.scenario
    if (enablePassword !== undefined) {
      const answer = await session.io.ask(question, true)
      if (answer !== enablePassword) return session.io.print(refusal)
    }
    session.view = 'enable'
  }

export const goTo =
  (view: BoxView) =>
  (session: BoxSession): void => {
    session.view = view
  }

const above: Readonly<Record<BoxView, BoxView | null>> = {
  onu: 'config',
  pon: 'config',
  config: 'enable',
  enable: 'user',
  user: null,
}

/** One view up; at the top it logs out. `top`: the last view before the session is over. */
export const leave =
  (top: 'user' | 'enable') =>
  (session: BoxSession): void => {
    const up = session.view === top ? null : above[session.view]
    if (up === null) session.over = true
    else session.view = up
  }

export const setPage = (session: BoxSession, args: CliArgs): void => {
  session.io.pageLines = args.number('lines')
}

/** Letters, digits and what else stands in prompts. */
export const hostName = ({ model }: CliOlt): string => model.name.replaceAll(/[^\w.-]/g, '-')

/** The number in the model of a PON by its port; undefined: there is none. */
export const ponOfPort = (session: BoxSession, port: number): number | undefined => {
  const found = session.olt.model.pons.findIndex((pon) => pon.port === port)
  return found < 0 ? undefined : found
}

export const portOf = (session: BoxSession, pon: number): number =>
  (session.olt.model.pons[pon] as PonPort).port

/** All that follows, as it was typed, without quotes around it. */
export const textOf = ({ rest, typed }: CliArgs): string => {
  const [first] = rest
  if (first === undefined) return ''
  const text = typed.slice(first.at).trim()
  return /^".*"$/.test(text) ? text.slice(1, -1) : text
}

/** Ethernet ports of a new ONU, as they come. */
export const freshPorts = (session: BoxSession, onu: number): EthPortSetting[] =>
  Array.from({ length: modelOf(session.olt.model, onu).ethernetPorts }, (_, n) => ({
    port: n + 1,
    mode: 'transparent',
    vlan: null,
    priority: 0,
    enabled: true,
  }))
