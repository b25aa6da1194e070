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
  privileged,
  setPage,
  hostName,
} from '../box-shell.ts'
import type { CliArgs } from '../command-table.ts'
import type { CliOlt, CliPersonality } from '../personality.ts'
import { currentConfig } from './cdata-config.ts'
import { cdataOntCommands } from './cdata-onts.ts'
import { cdataServiceCommands } from './cdata-services.ts'
import { cdataShowCommands } from './cdata-shows.ts'

/**
 * C-Data FD1608S. Facts: facts/olt.md 9.4 and captures/cli/cdata_fd1608s_samples.txt: login, views,
 * `show ont info all`, `show ont optical-info P all`, `ont description|reboot|activate|deactivate|
 * delete P N`, `save`, `vty output …`.
 * Unproven, one public source each: `ont add P N sn-auth SN ont-lineprofile-id L ont-srvprofile-id S`,
 * blocks of `show ont autofind all`, keys of `show ont info P N`, `service-port autoindex …`,
 * `% Ont-id already exist.`, `Unknown command:`, the pager's words. Invented: the other errors, the
 * lists of profiles, VLANs and service ports, the layout of `show current-config`.
 * Log lines that nobody asked for come behind a prompt, as HSGQ writes them (`alarmEvery`).
 */

const interfaceGpon = (session: BoxSession, args: CliArgs): Promise<void> | undefined => {
  const isHere = session.olt.model.pons.some(
    ({ shelf, slot }) => `${shelf}/${slot}` === args.text('place'),
  )
  if (!isHere) return session.io.print('% Parameter error.')
  session.view = 'pon'
  return undefined
}

const save = async (session: BoxSession): Promise<void> => {
  await session.io.pause(session.olt.scenario.saveMs)
  saveConfig(session.olt.model)
  return session.io.print('Current configuration saved.')
}

const pageOff = (session: BoxSession): void => {
  session.io.pageLines = 0
}

const commands: readonly BoxCommand[] = [
  { line: 'enable', views: ['user'], run: enable('Password:', '% Bad password.') },
  { line: 'config', views: ['enable'], run: goTo('config') },
  { line: 'configure terminal', views: ['enable'], run: goTo('config') },
  { line: 'interface gpon <place>', views: ['config', 'pon'], run: interfaceGpon },
  { line: 'exit', run: leave('user') },
  { line: 'quit', run: leave('user') },
  { line: 'end', views: configuring, run: goTo('enable') },
  { line: 'vty output show-all', views: configuring, run: pageOff },
  { line: 'vty output show-more', views: configuring, run: pageOff },
  { line: 'terminal length <lines:int>', run: setPage },
  { line: 'save', views: privileged, run: save },
  { line: 'show current-config', views: privileged, run: currentConfig },
  { line: 'show running-config', views: privileged, run: currentConfig },
  ...cdataOntCommands,
  ...cdataServiceCommands,
  ...cdataShowCommands,
]

const promptOf = ({ olt, view }: BoxSession): string => {
  const name = hostName(olt)
  switch (view) {
    case 'user':
      return `${name}> `
    case 'enable':
      return `${name}# `
    case 'config':
      return `${name}(config)# `
    case 'pon':
    case 'onu': {
      const [first] = olt.model.pons
      return `${name}(config-interface-gpon-${first?.shelf ?? 0}/${first?.slot ?? 0})# `
    }
  }
}

const refuse = ({ kind }: BoxRefusal, line: string): string => {
  switch (kind) {
    case 'unknown':
    case 'wrong':
      return `Unknown command: (vtysh)${line}`
    case 'incomplete':
      return '% Incomplete command.'
    case 'ambiguous':
      return '% Ambiguous command.'
  }
}

/** facts/olt.md 9.4: `[2026/08/17 11:34:19]  Info: ONU 6/61 ZTEGcc98debf ONU authorization success`. */
const noise = ({ model, now }: CliOlt): string => {
  const at = new Date(now() + model.timeZoneMinutes * 60_000).toISOString()
  const clock = `${at.slice(0, 10).replaceAll('-', '/')} ${at.slice(11, 19)}`
  return `[${clock}]  Info: ONU ${model.pons[0]?.port ?? 1}/61 ZTEGcc98debf ONU authorization success`
}

export const cdataPersonality: CliPersonality = {
  crlfIsTwo: false,
  pager: { more: "  --More ( Press 'Q' to quit )--", erase: `\r${' '.repeat(32)}\r` },
  pageLines: 24,
  login: {
    banner: () => '\n',
    userPrompt: '>>User name: ',
    passwordPrompt: '>>User password: ',
    refused: 'Username or password error!',
    locked: 'The user is locked, please try again later.',
    full: 'The number of login users has reached the limit.',
  },
  busy: 'Error: System is busy, please try again later.',
  noise,
  open: boxShell({
    commands,
    prompt: promptOf,
    refuse,
    greeting: () => '\n',
    noise,
  }),
}
