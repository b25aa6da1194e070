import { findOnu, saveConfig } from '../../population/provision.ts'
import type { CliIo } from '../cli-io.ts'
import { type CliArgs, type CliCommand, type CliMatch, commandTable } from '../command-table.ts'
import type { CliOlt, CliPerson, CliPersonality, CliShell } from '../personality.ts'
import { hostName } from '../box-shell.ts'
import { zteManagedCommands } from './zte-managed-commands.ts'
import { zteOnuCommands } from './zte-onu-commands.ts'
import {
  configuring,
  missing,
  oltInterface,
  privileged,
  readInterface,
  say,
  wrong,
  zteErrors,
  type ZteKind,
  type ZteSession,
} from './zte-session.ts'
import { zteShowCommands } from './zte-show.ts'

/** Facts: facts/olt.md 9.2 and 9.3; captures/cli/zte_c300_c320_samples.txt, zte_c600_samples.txt. */

const enable = async (session: ZteSession): Promise<void> => {
  const { enablePassword } = session.olt.scenario
  if (enablePassword !== undefined) {
    const answer = await session.io.ask('Password:', true)
    if (answer !== enablePassword) return say(session, zteErrors[session.kind].password)
  }
  session.view = 'enable'
}

const configure = async (session: ZteSession): Promise<void> => {
  await say(session, 'Enter configuration commands, one per line.  End with CTRL/Z.')
  session.view = 'config'
}

const enter = (session: ZteSession, args: CliArgs): Promise<void> | undefined => {
  const found = readInterface(session, args.text('name'))
  if (found === undefined) return wrong(session)
  session.pon = found.pon
  if (found.kind === 'olt') {
    session.view = 'olt'
    return undefined
  }
  if (findOnu(session.olt.model, found.pon, found.onuId) === undefined) return missing(session)
  session.onuId = found.onuId
  session.vport = found.kind === 'vport' ? found.vport : 0
  session.view = found.kind
  return undefined
}

const manage = (session: ZteSession, args: CliArgs): Promise<void> | undefined => {
  const found = readInterface(session, args.text('name'))
  if (found?.kind !== 'onu') return wrong(session)
  if (findOnu(session.olt.model, found.pon, found.onuId) === undefined) return missing(session)
  session.pon = found.pon
  session.onuId = found.onuId
  session.view = 'mng'
  return undefined
}

const exit = async (session: ZteSession): Promise<void> => {
  switch (session.view) {
    case 'olt':
    case 'onu':
    case 'vport':
    case 'mng':
      session.view = 'config'
      return
    case 'config':
      session.view = 'enable'
      return
    case 'enable':
    case 'user': {
      if (session.olt.model.config.unsaved && session.kind === 'c300') {
        const answer = await session.io.ask(
          'The configuration is changed,confirm to logout without saving? [yes/no]:',
        )
        if (!/^y(es)?$/i.test(answer.trim())) return
      }
      session.over = true
    }
  }
}

const write = async (session: ZteSession): Promise<void> => {
  await session.io.pause(session.olt.scenario.saveMs)
  saveConfig(session.olt.model)
  await say(session, 'Building configuration...\n.[OK]')
}

const commandsOf = (kind: ZteKind): readonly CliCommand<ZteSession>[] => [
  { line: 'enable', views: ['user', 'enable'], run: enable },
  {
    line: 'disable',
    views: ['enable'],
    run: (session) => {
      session.view = 'user'
    },
  },
  { line: 'configure terminal', views: ['enable'], run: configure },
  // there is more than one word that begins `con`, so that `con t` is none (facts/olt.md 9.3)
  ...(kind === 'c600'
    ? [{ line: 'connect <host>', views: ['enable'], run: (session: ZteSession) => wrong(session) }]
    : []),
  { line: 'interface <name>', views: configuring, run: enter },
  { line: 'pon-onu-mng <name>', views: configuring, run: manage },
  {
    line: 'end',
    views: configuring,
    run: (session) => {
      session.view = 'enable'
    },
  },
  { line: 'exit', run: exit },
  { line: 'quit', run: exit },
  {
    line: 'terminal length <lines:int>',
    run: (session, args) => {
      session.io.pageLines = args.number('lines')
    },
  },
  // only at the top on a C600 (facts/olt.md 9.3)
  { line: 'write', views: kind === 'c600' ? ['enable'] : privileged, run: write },
  ...zteShowCommands,
  ...zteOnuCommands(kind),
  ...zteManagedCommands,
]

const promptOf = (session: ZteSession): string => {
  const host = hostName(session.olt)
  const isOld = session.kind === 'c300'
  const named = (name: string): string => (isOld ? '(config-if)#' : `(config-if-${name})#`)
  switch (session.view) {
    case 'user':
      return `${host}>`
    case 'enable':
      return `${host}#`
    case 'config':
      return `${host}(config)#`
    case 'olt':
      return `${host}${named(oltInterface(session, session.pon))}`
    case 'onu':
      return `${host}${named(onuName(session, 'gpon_onu-'))}`
    case 'vport':
      return `${host}${named(onuName(session, 'vport-').replace(':', '.'))}`
    case 'mng':
      return `${host}${isOld ? '(gpon-onu-mng)#' : '(config-gpon-onu-mng)#'}`
  }
}

const onuName = (session: ZteSession, head: string): string => {
  const at = oltInterface(session, session.pon).replace(/^\D+/, '')
  const tail = session.view === 'vport' ? `:${session.vport}` : ''
  return `${head}${at}:${session.onuId}${tail}`
}

const refusal = (session: ZteSession, match: CliMatch<ZteSession>): string => {
  const errors = zteErrors[session.kind]
  const mark = match.kind === 'found' ? '' : ' '.repeat(promptOf(session).length + match.at)
  switch (match.kind) {
    case 'unknown':
      return `${mark}^\n${errors.invalid}`
    case 'wrong':
      return `${mark}^\n${errors.wrong}`
    case 'incomplete':
      return errors.incomplete
    case 'ambiguous':
      return errors.ambiguous
    case 'found':
      return ''
  }
}

const noiseLine = ({ model, now }: CliOlt): string => {
  const at = new Date(now() + model.timeZoneMinutes * 60_000).toISOString()
  const pon = model.pons[0]
  return `An alarm 28933 level major occurred at ${at.slice(11, 19)} ${at.slice(5, 7)}-${at.slice(8, 10)}-${at.slice(0, 4)} sent by %GPON_SRV% %GPON_ONU_LOSI% gpon-onu_${pon?.shelf ?? 1}/${pon?.slot ?? 1}/${pon?.port ?? 1}:7`
}

const openShell = (kind: ZteKind) => {
  const table = commandTable(commandsOf(kind))
  return (olt: CliOlt, io: CliIo, person: CliPerson): CliShell => {
    const session: ZteSession = {
      kind,
      olt,
      io,
      view: olt.scenario.startsEnabled || kind === 'c600' ? 'enable' : 'user',
      pon: 0,
      onuId: 0,
      vport: 0,
      over: false,
    }
    let lines = 0
    return {
      greet: () => {
        if (kind === 'c600') io.say(greeting(olt, person))
        else io.say('\n')
        return Promise.resolve()
      },
      prompt: () => promptOf(session),
      run: async (line) => {
        const every = olt.scenario.alarmEvery
        if (every > 0 && ++lines % every === 0) io.say(`\n${noiseLine(olt)}\n`)
        const match = table.match(session.view, line)
        if (match.kind === 'found') await match.command.run(session, match.args)
        else await say(session, refusal(session, match))
      },
      help: (line) =>
        table
          .next(session.view, line)
          .map((word) => `  ${word}`)
          .join('\n'),
      onEnd: () => {
        if (session.view !== 'user') session.view = 'enable'
      },
      isOver: () => session.over,
    }
  }
}

/** captures/cli/zte_c600_samples.txt, 1. */
const greeting = ({ now }: CliOlt, { peer, transport }: CliPerson): string => {
  const iso = new Date(now()).toISOString()
  const at = `${iso.slice(11, 19)} ${iso.slice(5, 7)}-${iso.slice(8, 10)}-${iso.slice(0, 4)}`
  const stars = '*'.repeat(57)
  return [
    '',
    `        ${stars}`,
    '                Welcome to TITAN series OLT of ZTE Corporation',
    `        ${stars}`,
    `Login at ${at} from ${peer} through ${transport.toUpperCase()}.`,
    '',
  ].join('\n')
}

const personality = (kind: ZteKind): CliPersonality => ({
  crlfIsTwo: false,
  pager: { more: '--More--', erase: `${'\b'.repeat(8)}${' '.repeat(8)}${'\b'.repeat(8)}` },
  pageLines: 23,
  login: {
    banner: () =>
      kind === 'c300'
        ? '\n************************************************\nWelcome to ZXAN product\n************************************************\n\n'
        : '\n',
    userPrompt: 'Username:',
    passwordPrompt: 'Password:',
    refused: zteErrors[kind].login,
    locked: zteErrors[kind].login,
    full: '%Error 20210: The number of users has reached the maximum',
  },
  busy: zteErrors[kind].busy,
  noise: noiseLine,
  open: openShell(kind),
})

export const zteC300Personality = personality('c300')
export const zteC600Personality = personality('c600')
