import { isOnline } from '../../population/onu-readings.ts'
import type { EthPortSetting, FlowSetting, WanSetting } from '../../population/onu-settings.ts'
import { changeSettings, rebootOnu } from '../../population/provision.ts'
import type { CliArgs, CliCommand } from '../command-table.ts'
import { change } from './zte-onu-commands.ts'
import { missing, onuHere, say, zteErrors, zteRefusals, type ZteSession } from './zte-session.ts'

/** The view `pon-onu-mng`: what is set on the ONU itself, over OMCI (facts/olt.md 9.2, 9.3). */

const after = (args: CliArgs, key: string): string | null => {
  const words = args.rest.map(({ text }) => text)
  const at = words.indexOf(key)
  return at < 0 ? null : (words[at + 1] ?? null)
}

const numberAfter = (args: CliArgs, key: string): number | null => {
  const text = after(args, key)
  return text === null || !/^\d+$/.test(text) ? null : Number(text)
}

const service = change((settings, args, session) => {
  const gem = numberAfter(args, 'gemport')
  const hasCos = args.rest.some(({ text }) => text === 'cos')
  // no `cos` on a C600
  if (gem === null || (hasCos && session.kind === 'c600')) return zteErrors[session.kind].invalid
  if (!settings.gemPorts.some(({ id }) => id === gem)) return zteRefusals.gem
  const fresh: FlowSetting = {
    name: args.text('name'),
    gemPort: gem,
    cos: numberAfter(args, 'cos'),
    vlan: numberAfter(args, 'vlan'),
  }
  return { flows: [...settings.flows.filter(({ name }) => name !== fresh.name), fresh] }
})

const noService = change((settings, args, session) =>
  settings.flows.some(({ name }) => name === args.text('name'))
    ? { flows: settings.flows.filter(({ name }) => name !== args.text('name')) }
    : zteErrors[session.kind].missing,
)

/** Changes one Ethernet port; `eth_0/2` is the second. */
const port = (work: (port: EthPortSetting, args: CliArgs) => EthPortSetting | null) =>
  change((settings, args, session) => {
    const number = Number(/^eth_0\/(\d+)$/.exec(args.text('port'))?.[1])
    const before = settings.ethPorts.find((one) => one.port === number)
    const changed = before === undefined ? null : work(before, args)
    if (changed === null) return zteErrors[session.kind].wrong
    return { ethPorts: settings.ethPorts.map((one) => (one.port === number ? changed : one)) }
  })

const mode = port((before, args) => {
  const vlan = numberAfter(args, 'def-vlan') ?? numberAfter(args, 'vlan')
  const priority = numberAfter(args, 'priority') ?? numberAfter(args, 'pri') ?? 0
  switch (args.text('mode')) {
    case 'transparent':
      return { ...before, mode: 'transparent', vlan: null, priority: 0 }
    case 'trunk':
      return { ...before, mode: 'trunk', vlan: null, priority: 0 }
    case 'tag':
    case 'hybrid':
      return vlan === null
        ? null
        : { ...before, mode: args.text('mode') as 'tag' | 'hybrid', vlan, priority }
    default:
      return null
  }
})

/** `wan-ip 1 mode pppoe username u password p vlan-profile 200 host 1` and its like. */
const wanIp = change((_settings, args, session) => {
  const modes = ['dhcp', 'static', 'pppoe'] as const
  const wanMode = modes.find((one) => one === after(args, 'mode'))
  if (wanMode === undefined) return zteErrors[session.kind].wrong
  const wan: WanSetting = {
    mode: wanMode,
    vlan: numberAfter(args, 'vlan') ?? numberAfter(args, 'vlan-profile'),
    ip: after(args, 'ip-address'),
    mask: after(args, 'mask'),
    gateway: after(args, 'gateway'),
    userName: after(args, 'username'),
    password: after(args, 'password'),
  }
  return { wan }
})

const wifiNumber = (args: CliArgs): number => Number(/^wifi_0\/(\d+)$/.exec(args.text('wifi'))?.[1])

const ssidName = change((settings, args, session) => {
  const index = wifiNumber(args)
  if (Number.isNaN(index)) return zteErrors[session.kind].wrong
  const others = settings.wifi.filter((one) => one.index !== index)
  const before = settings.wifi.find((one) => one.index === index)
  const fresh = { index, ssid: args.text('ssid'), enabled: before?.enabled ?? true }
  return { wifi: [...others, fresh].toSorted((a, b) => a.index - b.index) }
})

const wifiState = (enabled: boolean) =>
  change((settings, args, session) => {
    const index = wifiNumber(args)
    if (!settings.wifi.some((one) => one.index === index)) return zteErrors[session.kind].missing
    return {
      wifi: settings.wifi.map((one) => (one.index === index ? { ...one, enabled } : one)),
    }
  })

const restart =
  (question: string, resets: boolean) =>
  async (session: ZteSession): Promise<void> => {
    const { model, now } = session.olt
    const onu = onuHere(session)
    if (onu === undefined) return missing(session)
    if (!isOnline(model, onu, now())) return say(session, zteRefusals.offline)
    const answer = await session.io.ask(question)
    if (!/^y(es)?$/i.test(answer.trim())) return
    if (resets) changeSettings(model, onu, { wan: null, wifi: [] }, now())
    rebootOnu(model, onu, now())
  }

const views = ['mng']

export const zteManagedCommands: readonly CliCommand<ZteSession>[] = [
  { line: 'service <name> [options...]', views, run: service },
  { line: 'no service <name>', views, run: noService },
  { line: 'vlan port <port> mode <mode> [options...]', views, run: mode },
  {
    line: 'no vlan port <port> mode',
    views,
    run: port((before) => ({ ...before, mode: 'transparent', vlan: null, priority: 0 })),
  },
  {
    line: 'interface eth <port> state lock',
    views,
    run: port((before) => ({ ...before, enabled: false })),
  },
  {
    line: 'interface eth <port> state unlock',
    views,
    run: port((before) => ({ ...before, enabled: true })),
  },
  { line: 'wan-ip <number:int> [options...]', views, run: wanIp },
  { line: 'no wan-ip <number:int>', views, run: change(() => ({ wan: null })) },
  { line: 'ssid ctrl <wifi> name <ssid>', views, run: ssidName },
  { line: 'interface wifi <wifi> state lock', views, run: wifiState(false) },
  { line: 'interface wifi <wifi> state unlock', views, run: wifiState(true) },
  { line: 'reboot', views, run: restart('Confirm to reboot? [yes/no]:', false) },
  {
    line: 'restore factory',
    views,
    run: restart('Confirm to restore factory? [yes/no]:', true),
  },
]
