import { settingsOf } from '../../population/olt-config.ts'
import {
  isOnline,
  oltRxDbm,
  onuBiasMa,
  onuRxDbm,
  onuTemperatureC,
  onuTxDbm,
  onuVoltageV,
} from '../../population/onu-readings.ts'
import type { WanSetting } from '../../population/onu-settings.ts'
import { changeSettings, onusOfPon } from '../../population/provision.ts'
import { unit } from '../../population/seeded-random.ts'
import type { CliArgs, CliCommand } from '../command-table.ts'
import {
  askParameters,
  fail,
  type HuaweiSession,
  ontAt,
  parameterError,
  ponHere,
  rule,
} from './huawei-session.ts'

const here = (session: HuaweiSession, args: CliArgs): number | undefined =>
  ontAt(session, ponHere(session, args.number('port')), args.number('ont'))

/** As recorded: captures/cli/huawei/…_display_ont_optical-info_0_all.raw. */
const opticsOfAll = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  if (!(await askParameters(session, '<cr>||<K>', args.typed))) return
  const { model, now } = session.olt
  const pon = ponHere(session, args.number('port'))
  const onus = (pon === undefined ? [] : onusOfPon(model, pon)).filter((onu) =>
    isOnline(model, onu, now()),
  )
  if (onus.length === 0) return fail(session, 'There is no ONT available')
  const nowMs = now()
  return session.io.print(
    [
      rule(),
      '  ONT  Rx power  Tx power  OLT Rx ONT  Temperature  Voltage  Current  Distance',
      '  ID   (dBm)     (dBm)     power(dBm)  (C)          (V)      (mA)     (m)',
      rule(),
      ...onus.map((onu) =>
        [
          String(model.onus.onuId[onu]).padStart(5),
          `  ${onuRxDbm(model, onu, nowMs).toFixed(2).padEnd(10)}`,
          onuTxDbm(model, onu, nowMs).toFixed(2).padEnd(10),
          oltRxDbm(model, onu, nowMs).toFixed(2).padEnd(12),
          String(Math.round(onuTemperatureC(model, onu, nowMs))).padEnd(13),
          onuVoltageV(model, onu, nowMs).toFixed(3).padEnd(9),
          String(Math.round(onuBiasMa(model, onu, nowMs))).padEnd(9),
          String(model.onus.distanceM[onu]),
        ].join(''),
      ),
      rule(),
    ].join('\n'),
  )
}

const opticsOfOne = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  if (args.text('ont') === 'all') return opticsOfAll(session, args)
  if (!(await askParameters(session, '<cr>||<K>', args.typed))) return
  const { model, now } = session.olt
  const onu = here(session, args)
  if (onu === undefined) return fail(session, 'The ONT does not exist')
  if (!isOnline(model, onu, now())) return fail(session, 'ONT is not online')
  const field = (key: string, value: string): string => `  ${key.padEnd(39)}: ${value}`
  return session.io.print(
    [
      rule(),
      field('ONU NNI port ID', '0'),
      field('Module type', 'GPON'),
      field('Rx optical power(dBm)', onuRxDbm(model, onu, now()).toFixed(2)),
      field('Tx optical power(dBm)', onuTxDbm(model, onu, now()).toFixed(2)),
      field('Laser bias current(mA)', String(Math.round(onuBiasMa(model, onu, now())))),
      field('Temperature(C)', String(Math.round(onuTemperatureC(model, onu, now())))),
      field('Voltage(V)', onuVoltageV(model, onu, now()).toFixed(3)),
      field('OLT Rx ONT optical power(dBm)', oltRxDbm(model, onu, now()).toFixed(2)),
      rule(),
    ].join('\n'),
  )
}

/** As recorded: captures/cli/huawei/…_display_ont_port_vlan_0_1_byport_eth_0.raw. */
const portVlan = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  if (!(await askParameters(session, '<cr>||<K>', args.typed))) return
  const onu = here(session, args)
  if (onu === undefined) return fail(session, 'The required ONT does not exist')
  const port = settingsOf(session.olt.model, onu).ethPorts.find(
    (one) => one.port === args.number('eth'),
  )
  if (port === undefined) return fail(session, 'The ONT port does not exist')
  const line = rule(68)
  return session.io.print(
    [
      line,
      '  Port   Port C-VLAN C-PRI ETH-type   VLAN-type   S-VLAN S-PRI  S-PRI',
      '  type   ID                                                     POLICY',
      line,
      `  eth    ${String(port.port).padEnd(4)} -      -     -          Translation 1      -      -`,
      line,
      `  Native VLAN     : ${port.vlan ?? 1}`,
      `  Default priority: ${port.priority}`,
      '  Downstream mode : operation',
      '  Mismatch policy : discard',
      line,
      '  Notes: IPoE indicates IPv4-IPoE,  * indicates transparent attribute of',
      '  the vlan, In the Ethernet encapsulation list, the hexadecimal digits',
      '  indicate the user-defined Ethernet encapsulation type',
    ].join('\n'),
  )
}

/** Columns in general knowledge: one line per Ethernet port with what is set on it. */
const portAttributes = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  if (!(await askParameters(session, '<cr>||<K>', args.typed))) return
  const onu = here(session, args)
  if (onu === undefined) return fail(session, 'The required ONT does not exist')
  const { ethPorts } = settingsOf(session.olt.model, onu)
  return session.io.print(
    [
      rule(),
      '  ONT-ID  ONT      Port  Speed  Duplex  Operational  Native  Priority',
      '          port-ID  type                 state        VLAN',
      rule(),
      ...ethPorts.map(
        (port) =>
          `  ${args.text('ont').padStart(6)}${String(port.port).padStart(9)}  ETH   auto   auto    ${(port.enabled ? 'on' : 'off').padEnd(12)} ${String(port.vlan ?? 1).padEnd(7)} ${port.priority}`,
      ),
      rule(),
    ].join('\n'),
  )
}

/** As recorded: captures/cli/huawei/…_display_ont_port_state_0_1_eth-port.raw. */
const portState = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  if (!(await askParameters(session, '<cr>||<K>', args.typed))) return
  const { model, now } = session.olt
  const onu = here(session, args)
  if (onu === undefined) return fail(session, 'The required ONT does not exist')
  if (!isOnline(model, onu, now())) return fail(session, 'ONT is not online')
  const { ethPorts } = settingsOf(model, onu)
  return session.io.print(
    [
      rule(74),
      '  ONT-ID   ONT      ONT       Speed(Mbps)   Duplex   LinkState  RingStatus',
      '           port-ID  Port-type',
      rule(74),
      ...ethPorts.map(({ port, enabled }) => {
        const up = enabled && unit(model.seed, onu, 39, port - 1) < (port === 1 ? 0.95 : 0.25)
        const state = up
          ? '1000          full     up         noloop'
          : '-             -        down       noloop'
        return `  ${args.text('ont').padStart(6)}${String(port).padStart(10)}         GE ${state}`
      }),
      rule(74),
    ].join('\n'),
  )
}

/** `ont ipconfig`: general knowledge of its words (the object is B.2.49.1 in facts/olt.md 1.3). */
const ipConfig = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  const onu = here(session, args)
  if (onu === undefined) return fail(session, 'The ONT does not exist')
  const words = args.rest.map(({ text }) => text)
  const after = (key: string): string | null =>
    words[words.indexOf(key) + 1 || words.length] ?? null
  const mode = (['dhcp', 'static', 'pppoe'] as const).find((one) => words.includes(one))
  const vlan = after('vlan')
  if (mode === undefined || (vlan !== null && !/^\d+$/.test(vlan))) return parameterError(session)
  const wan: WanSetting = {
    mode,
    vlan: vlan === null ? null : Number(vlan),
    ip: after('ip-address'),
    mask: after('mask'),
    gateway: after('gateway'),
    userName: after('username'),
    password: after('password'),
  }
  changeSettings(session.olt.model, onu, { wan }, session.olt.now())
}

const showIpConfig = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  const onu = here(session, args)
  if (onu === undefined) return fail(session, 'The ONT does not exist')
  const { wan } = settingsOf(session.olt.model, onu)
  if (wan === null) return fail(session, 'The ONT has no IP configuration')
  const field = (key: string, value: string | number | null): string =>
    `  ${key.padEnd(24)}: ${value ?? '-'}`
  return session.io.print(
    [
      rule(),
      field('ONT config type', wan.mode.toUpperCase()),
      field('ONT IP', wan.ip),
      field('ONT subnet mask', wan.mask),
      field('ONT gateway', wan.gateway),
      field('ONT manage VLAN', wan.vlan),
      field('PPPoE user name', wan.userName),
      rule(),
    ].join('\n'),
  )
}

const views = ['gpon']

export const huaweiOntPortCommands: readonly CliCommand<HuaweiSession>[] = [
  { line: 'display ont optical-info <port:int> <ont>', views, run: opticsOfOne },
  { line: 'display ont port vlan <port:int> <ont:int> byport eth <eth:int>', views, run: portVlan },
  { line: 'display ont port attribute <port:int> <ont:int> eth', views, run: portAttributes },
  { line: 'display ont port state <port:int> <ont:int> eth-port all', views, run: portState },
  { line: 'display ont ipconfig <port:int> <ont:int>', views, run: showIpConfig },
  { line: 'ont ipconfig <port:int> <ont:int> [words...]', views, run: ipConfig },
]
