import { saveConfig } from '../../population/provision.ts'
import type { CliIo } from '../cli-io.ts'
import { type CliArgs, type CliCommand, commandTable } from '../command-table.ts'
import type { CliOlt, CliPersonality, CliPerson, CliShell } from '../personality.ts'
import { hostName } from '../box-shell.ts'
import { huaweiDisplayCommands } from './huawei-display.ts'
import { huaweiOntCommands } from './huawei-ont-commands.ts'
import { huaweiServiceCommands } from './huawei-service-ports.ts'
import {
  askParameters,
  type HuaweiSession,
  parameterError,
  privileged,
  rule,
} from './huawei-session.ts'

/** Facts: facts/olt.md 9.1 and 13; captures/cli/huawei_pager_and_dialogs.txt. */

const go =
  (view: HuaweiSession['view']) =>
  (session: HuaweiSession): void => {
    session.view = view
  }

const enterGpon = (session: HuaweiSession, args: CliArgs): Promise<void> | undefined => {
  const [frame, slot, more] = args.text('fs').split('/')
  const isBoard = session.olt.model.pons.some(
    (pon) => String(pon.shelf) === frame && String(pon.slot) === slot,
  )
  if (more !== undefined || !isBoard) return parameterError(session)
  session.view = 'gpon'
  session.frame = Number(frame)
  session.slot = Number(slot)
  return undefined
}

const quit = async (session: HuaweiSession): Promise<void> => {
  if (session.view === 'gpon') session.view = 'config'
  else if (session.view === 'config') session.view = 'enable'
  else {
    session.io.say(
      '  Check whether system data has been changed. Please save data before logout.\n',
    )
    const answer = await session.io.ask('  Are you sure to log out? (y/n)[n]:')
    if (!/^y/i.test(answer)) return
    session.io.say('\n  Configuration console exit, please retry to log on\n')
    session.over = true
  }
}

const save = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  if (!(await askParameters(session, '<cr>|configuration<K>|data<K>', args.typed))) return
  const { model, scenario } = session.olt
  await session.io.pause(scenario.saveMs)
  saveConfig(model)
  const slot = model.scenario.model === 'MA5608T' ? 2 : 8
  await session.io.print(
    [
      '',
      `  The percentage of saved data on ${slot} slot's main control board is: 100%`,
      `  The data of ${slot} slot's main control board is saved completely`,
    ].join('\n'),
  )
}

const commands: readonly CliCommand<HuaweiSession>[] = [
  { line: 'enable', views: ['user'], run: go('enable') },
  { line: 'disable', views: ['enable'], run: go('user') },
  { line: 'config', views: ['enable'], run: go('config') },
  { line: 'return', views: ['config', 'gpon'], run: go('enable') },
  { line: 'interface gpon <fs>', views: ['config', 'gpon'], run: enterGpon },
  { line: 'quit', run: quit },
  {
    line: 'undo smart',
    views: privileged,
    run: (session) => {
      session.smart = false
    },
  },
  {
    line: 'smart',
    views: privileged,
    run: (session) => {
      session.smart = true
    },
  },
  {
    line: 'scroll [lines...]',
    run: async (session, args) => {
      const [lines] = args.rest
      if (lines !== undefined && !/^\d{1,3}$/.test(lines.text)) return parameterError(session)
      if (
        lines === undefined &&
        !(await askParameters(session, '<cr>|number<U><10,512>', args.typed))
      )
        return
      session.io.pageLines = lines === undefined ? 0 : Number(lines.text)
    },
  },
  {
    line: 'infoswitch cli off',
    views: privileged,
    run: (session) => {
      session.alarms = false
    },
  },
  {
    line: 'infoswitch cli on',
    views: privileged,
    run: (session) => {
      session.alarms = true
    },
  },
  { line: 'mmi-mode enable', views: privileged, run: () => {} },
  { line: 'mmi-mode original-output', views: privileged, run: () => {} },
  { line: 'idle-timeout <minutes:int>', views: privileged, run: () => {} },
  { line: 'save', views: privileged, run: save },
  ...huaweiOntCommands,
  ...huaweiServiceCommands,
  ...huaweiDisplayCommands,
]

const table = commandTable(commands)

const promptOf = (session: HuaweiSession): string => {
  const name = hostName(session.olt)
  switch (session.view) {
    case 'user':
      return `\n${name}>`
    case 'enable':
      return `\n${name}#`
    case 'config':
      return `\n${name}(config)#`
    case 'gpon':
      return `\n${name}(config-if-gpon-${session.frame}/${session.slot})#`
  }
}

const runLine = async (session: HuaweiSession, line: string): Promise<void> => {
  const match = table.match(session.view, line)
  if (match.kind === 'found') {
    await match.command.run(session, match.args)
    return
  }
  const mark = `${' '.repeat(promptOf(session).length - 1 + match.at)}^`
  const what: Readonly<Record<typeof match.kind, string>> = {
    unknown: '% Unknown command',
    wrong: '% Parameter error',
    incomplete: '% Incomplete command',
    ambiguous: '% Ambiguous command',
  }
  await session.io.print(`${mark}\n  ${what[match.kind]}, the error locates at '^'`)
}

const openShell = (olt: CliOlt, io: CliIo, person: CliPerson): CliShell => {
  const session: HuaweiSession = {
    olt,
    io,
    view: 'user',
    frame: 0,
    slot: 0,
    smart: true,
    alarms: true,
    over: false,
  }
  let lines = 0
  return {
    greet: async () => {
      io.say(
        [
          '',
          '  Huawei Integrated Access Software',
          '  Copyright(C) Huawei Technologies Co., Ltd. All rights reserved.',
          '',
          rule(),
          '  User last login information:',
          rule(),
          `  Access Type : ${person.transport.toUpperCase()}`,
          rule(),
          '',
        ].join('\n'),
      )
      return Promise.resolve()
    },
    prompt: () => promptOf(session),
    run: async (line) => {
      const every = olt.scenario.alarmEvery
      if (session.alarms && every > 0 && ++lines % every === 0) io.say(`\n${noiseLine(olt)}\n`)
      await runLine(session, line)
    },
    help: (line) => {
      const next = table.next(session.view, line)
      if (next.length === 0) return "  % Unknown command, the error locates at '^'"
      return next.map((word) => `  ${word}`).join('\n')
    },
    isOver: () => session.over,
  }
}

const noiseLine = ({ model, now }: CliOlt): string => {
  const [pon] = model.pons
  const at = new Date(now() + model.timeZoneMinutes * 60_000).toISOString()
  return [
    `  ! RUNNING MAJOR ${at.slice(0, 10)} ${at.slice(11, 19)} 0x2e112003 ----- -----`,
    '  ALARM NAME   : The distribute fiber is broken or the OLT cannot receive expected optical signals from the ONT(LOSi/LOBi)',
    `  PARAMETERS   : FrameID: ${pon?.shelf ?? 0}, SlotID: ${pon?.slot ?? 0}, PortID: ${pon?.port ?? 0}, ONT ID: 7, Equipment ID: HG8245H`,
  ].join('\n')
}

export const huaweiPersonality: CliPersonality = {
  crlfIsTwo: true,
  pager: {
    more: "  ---- More ( Press 'Q' to break ) ----",
    erase: `\u001b[37D${' '.repeat(37)}\u001b[37D`,
  },
  pageLines: 23,
  login: {
    banner: () => '\n\n\nWarning: authorised persons only.\n',
    userPrompt: '\n>>User name:',
    passwordPrompt: '\n>>User password:',
    refused: '\n  Username or password invalid.',
    locked: '\n  The user is locked. Please log on later.',
    full: '  The number of users has reached the upper limit',
  },
  busy: '  Failure: System is busy, please retry after a while',
  noise: noiseLine,
  open: openShell,
}
