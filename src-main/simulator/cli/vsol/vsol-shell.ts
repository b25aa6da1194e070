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
  ponOfPort,
  portOf,
  privileged,
  setPage,
  hostName,
} from '../box-shell.ts'
import type { CliArgs } from '../command-table.ts'
import type { CliOlt, CliPersonality } from '../personality.ts'
import { vsolOnuCommands } from './vsol-onus.ts'
import { vsolShowCommands } from './vsol-shows.ts'

/**
 * VSOL V1600G. Facts: facts/olt.md 9.4 and captures/cli/vsol_gpon_samples.txt: everything of ONUs
 * within `interface gpon 0/N`, `show onu auto-find|info|state`, `onu add … profile default sn …`,
 * `desc`, `profile line|srv name`, columns by cursor jumps.
 * Unproven, one public source each: `no onu N`, `onu N reboot|activate|deactivate`, `show
 * running-config onu N`, `optical_info`, `service-port`, `portvlan`, `write`, the words of errors
 * about ONUs, and the layout of the running configuration and of the lists of profiles and VLANs.
 */

const interfaceGpon = (session: BoxSession, args: CliArgs): Promise<void> | undefined => {
  const [slot, port, more] = args.text('place').split('/')
  const pon = ponOfPort(session, Number(port))
  if (slot !== '0' || more !== undefined || pon === undefined) {
    return session.io.print('% Parameter out of range.')
  }
  session.view = 'pon'
  session.pon = pon
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
      `Olt Serial Number    : V22${String(model.serialBase % 1e8).padStart(8, '0')}`,
      `Olt Device Model     : ${model.scenario.model}`,
      'Hardware Version     : V1.0.1',
      'Software Version     : V1.4.2R',
    ].join('\n'),
  )

const commands: readonly BoxCommand[] = [
  { line: 'enable', views: ['user'], run: enable('Password: ', '% Bad passwords') },
  { line: 'configure terminal', views: ['enable'], run: goTo('config') },
  { line: 'config terminal', views: ['enable'], run: goTo('config') },
  { line: 'interface gpon <place>', views: ['config', 'pon'], run: interfaceGpon },
  { line: 'exit', run: leave('user') },
  { line: 'quit', run: leave('user') },
  { line: 'end', views: configuring, run: goTo('enable') },
  { line: 'terminal length <lines:int>', run: setPage },
  { line: 'write', views: privileged, run: write },
  { line: 'write memory', views: privileged, run: write },
  { line: 'show version', views: privileged, run: version },
  ...vsolOnuCommands,
  ...vsolShowCommands,
]

const promptOf = ({ olt, view, ...session }: BoxSession): string => {
  const name = hostName(olt)
  switch (view) {
    case 'user':
      return `${name}> `
    case 'enable':
      return `${name}# `
    case 'config':
      return `${name}(config)# `
    case 'pon':
    case 'onu':
      return `${name}(config-pon-0/${portOf({ olt, view, ...session }, session.pon)})# `
  }
}

const refusals: Readonly<Record<BoxRefusal['kind'], string>> = {
  unknown: '% Unknown command.',
  wrong: '% Unknown command.',
  incomplete: '% Command incomplete.',
  ambiguous: '% Ambiguous command.',
}

/** As VSOL writes events between lines: `2026/06/03 07:40:34   ONU Online …` (one public source). */
const noise = ({ model, now }: CliOlt): string => {
  const at = new Date(now() + model.timeZoneMinutes * 60_000).toISOString()
  return `${at.slice(0, 10).replaceAll('-', '/')} ${at.slice(11, 19)}   ONU Online  GPON0/${model.pons[0]?.port ?? 1}:7`
}

export const vsolPersonality: CliPersonality = {
  crlfIsTwo: false,
  pager: { more: ' --More-- ', erase: `\r${' '.repeat(10)}\r` },
  pageLines: 24,
  login: {
    banner: () => '\n',
    userPrompt: 'Login: ',
    passwordPrompt: 'Password: ',
    refused: 'Login incorrect',
    locked: 'Login incorrect',
    full: 'Too many users',
  },
  busy: '% System is busy, please retry later.',
  noise,
  open: boxShell({
    commands,
    prompt: promptOf,
    refuse: ({ kind }) => refusals[kind],
    greeting: () => '\n',
    noise,
  }),
}
