import { saveConfig } from '../../population/provision.ts'
import {
  type BoxCommand,
  type BoxRefusal,
  type BoxSession,
  boxShell,
  configuring,
  enable,
  goTo,
  leave,
  portOf,
  privileged,
  setPage,
  textOf,
  hostName,
} from '../box-shell.ts'
import type { CliArgs } from '../command-table.ts'
import type { CliOlt, CliPersonality } from '../personality.ts'
import { bdcomConfigCommands } from './bdcom-config.ts'
import { bdcomOnuCommands } from './bdcom-onus.ts'
import { onuAt, placeOf } from './bdcom-places.ts'
import { bdcomShowCommands } from './bdcom-shows.ts'

/**
 * BDCOM P3310C, EPON. Facts: facts/olt.md 9.4: `enable`, `terminal length 0`, `config`, `interface epon
 * 0/1`, `epon bind-onu mac`, `no epon bind-onu sequence`, `epon reboot onu interface` with `y`, `show
 * epon active-onu|inactive-onu|onu-information|rejected-onu`, `write`.
 * Prompts `NAME_config_epon0/1#` and lines ` epon bind-onu mac … 1` of a port's configuration: several
 * public sources; columns of the lists: two. Unproven, one public source each: `description` and `epon
 * onu port P ctc vlan mode tag V` in the view of an ONU. Invented: the words of errors and of the
 * question before a reboot, `… mode transparent`.
 */

const interfaceEpon = (session: BoxSession, args: CliArgs): Promise<void> | undefined => {
  const place = placeOf(session, textOf(args))
  if (place === null) return session.io.print('% Invalid interface.')
  session.pon = place.pon
  if (place.onuId === null) {
    session.view = 'pon'
    return undefined
  }
  const onu = onuAt(session, place)
  if (onu === undefined) return session.io.print('% Interface does not exist.')
  session.view = 'onu'
  session.onu = onu
  return undefined
}

const write = async (session: BoxSession): Promise<void> => {
  session.io.say('Saving current configuration...\n')
  await session.io.pause(session.olt.scenario.saveMs)
  saveConfig(session.olt.model)
  return session.io.print('OK!')
}

const version = ({ olt: { model }, io }: BoxSession): Promise<void> =>
  io.print(
    [
      `BDCOM(tm) ${model.scenario.model} Software, Version 10.1.0F Build 69083`,
      'Copyright by Shanghai Baud Data Communication CO. LTD.',
    ].join('\n'),
  )

const commands: readonly BoxCommand[] = [
  { line: 'enable', views: ['user'], run: enable('password:', '% Access denied') },
  { line: 'config', views: ['enable'], run: goTo('config') },
  { line: 'interface [place...]', views: configuring, run: interfaceEpon },
  { line: 'exit', run: leave('user') },
  { line: 'quit', run: leave('user') },
  { line: 'end', views: configuring, run: goTo('enable') },
  { line: 'terminal length <lines:int>', run: setPage },
  { line: 'terminal width <columns:int>', run: () => {} },
  { line: 'write', views: privileged, run: write },
  { line: 'write all', views: privileged, run: write },
  { line: 'show version', run: version },
  ...bdcomOnuCommands,
  ...bdcomShowCommands,
  ...bdcomConfigCommands,
]

const promptOf = (session: BoxSession): string => {
  const name = hostName(session.olt)
  const port = (): number => portOf(session, session.pon)
  switch (session.view) {
    case 'user':
      return `${name}>`
    case 'enable':
      return `${name}#`
    case 'config':
      return `${name}_config#`
    case 'pon':
      return `${name}_config_epon0/${port()}#`
    case 'onu':
      return `${name}_config_epon0/${port()}:${session.olt.model.onus.onuId[session.onu]}#`
  }
}

const refusals: Readonly<Record<BoxRefusal['kind'], string>> = {
  unknown: 'Unknown command',
  wrong: 'Unknown command',
  incomplete: 'Incomplete command',
  ambiguous: 'Ambiguous command',
}

const noise = ({ model, now }: CliOlt): string => {
  const at = new Date(now() + model.timeZoneMinutes * 60_000).toISOString()
  return `${at.slice(0, 10)} ${at.slice(11, 19)} ONU 02bd.c0aa.bbcc is registered on EPON0/${model.pons[0]?.port ?? 1}:7.`
}

export const bdcomPersonality: CliPersonality = {
  crlfIsTwo: false,
  pager: { more: ' --More-- ', erase: `\r${' '.repeat(10)}\r` },
  pageLines: 24,
  login: {
    banner: () => '\n\nUser Access Verification\n',
    userPrompt: '\nUsername: ',
    passwordPrompt: 'Password: ',
    refused: 'Authentication failed!',
    locked: 'Authentication failed!',
    full: 'All lines are busy, the maximum of connections is reached',
  },
  busy: '% System is busy, please retry later',
  noise,
  open: boxShell({
    commands,
    prompt: promptOf,
    refuse: ({ kind }, _line, prompt) =>
      kind === 'wrong' || kind === 'unknown'
        ? `${' '.repeat(prompt.length)}^\n${refusals[kind]}`
        : refusals[kind],
    greeting: ({ model }) => `\nWelcome to BDCOM ${model.scenario.model} EPON OLT\n`,
    noise,
  }),
}
