import { dateText } from '../../families/cell-writers.ts'
import { modelOf, wallClock } from '../../families/onu-cells.ts'
import { cause } from '../../population/down-causes.ts'
import { catalogue, settingsOf } from '../../population/olt-config.ts'
import { refreshLife } from '../../population/onu-life.ts'
import { isOnline, onuRxDbm, onuTxDbm } from '../../population/onu-readings.ts'
import { findSerial, isDisabled, onusOfPon } from '../../population/provision.ts'
import type { CliArgs, CliCommand } from '../command-table.ts'
import {
  askParameters,
  fail,
  fspOf,
  type HuaweiSession,
  ontAt,
  parameterError,
  ponAt,
  ponHere,
  ponOf,
  privileged,
  readSerial,
  rule,
  serialHex,
  showSerial,
} from './huawei-session.ts'

const causes: Readonly<Record<number, string>> = {
  [cause.none]: '-',
  [cause.dyingGasp]: 'dying-gasp',
  [cause.los]: 'LOS',
  [cause.losi]: 'LOSi/LOBi',
  [cause.lofi]: 'LOFi',
  [cause.deactivated]: 'deactivated',
  // cut to the width of its column (facts/olt.md 9.1)
  [cause.rebooted]: 'ONT is reset by ONT comma',
  [cause.authFailed]: 'authentication fail',
}

interface OntState {
  readonly online: boolean
  readonly control: string
  readonly run: string
  readonly config: string
  readonly match: string
  readonly cause: string
  readonly lastUp: string
  readonly lastDown: string
  readonly lastGasp: string
}

const stateOf = ({ olt: { model, now } }: HuaweiSession, onu: number): OntState => {
  const nowMs = now()
  refreshLife(model, onu, nowMs)
  const { onus } = model
  const online = isOnline(model, onu, nowMs)
  const clock = wallClock(model)
  return {
    online,
    control: isDisabled(model, onu, nowMs) ? 'deactivated' : 'active',
    run: online ? 'online' : 'offline',
    config: online ? 'normal' : 'initial',
    match: online ? 'match' : 'initial',
    cause: causes[onus.cause[onu] as number] ?? '-',
    lastUp: dateText(onus.lastUpMs[onu] as number, clock),
    lastDown: dateText(onus.lastDownMs[onu] as number, clock),
    lastGasp: dateText(onus.lastGaspMs[onu] as number, clock),
  }
}

/** Long values go on 28 columns in, 31 characters a line (captures/cli/huawei_ma5683t.txt). */
const wrapped = (value: string): string => {
  const parts = value.match(/.{1,31}/g) ?? ['']
  return parts.length === 1
    ? value
    : parts
        .map((part) => part.padEnd(32))
        .join(`\n${' '.repeat(28)}`)
        .trimEnd()
}

const field = (key: string, value: string | number): string =>
  `  ${key.padEnd(24)}: ${wrapped(String(value))}`

const profileField = (key: string, value: string): string => `  ${key.padEnd(21)}: ${value}`

/** As recorded: captures/cli/huawei/…_display_ont_info_1.raw. */
const detail = (session: HuaweiSession, onu: number): string => {
  const { model, now } = session.olt
  const { onus } = model
  const state = stateOf(session, onu)
  const settings = settingsOf(model, onu)
  const { shelf, slot, port } = ponOf(session, onu)
  const all = catalogue(model)
  const line = all.lineProfiles.find(({ id }) => id === settings.lineProfile)
  const service = all.serviceProfiles.find(({ id }) => id === settings.serviceProfile)
  const upS = Math.max(0, Math.floor((now() - (onus.lastUpMs[onu] as number)) / 1000))
  const duration = state.online
    ? `${Math.floor(upS / 86_400)} day(s), ${Math.floor(upS / 3600) % 24} hour(s), ${Math.floor(upS / 60) % 60} minute(s), ${upS % 60} second(s)`
    : '-'
  const ports = settings.ethPorts.length > 0 ? settings.ethPorts.length : (service?.ethPorts ?? 0)
  return [
    rule(),
    field('F/S/P', `${shelf}/${slot}/${port}`),
    field('ONT-ID', onus.onuId[onu] as number),
    field('Control flag', state.control),
    field('Run state', state.run),
    field('Config state', state.config),
    field('Match state', state.match),
    field('DBA type', 'SR'),
    field('ONT distance(m)', state.online ? (onus.distanceM[onu] as number) : '-'),
    field('ONT battery state', 'not support'),
    field('Memory occupation', state.online ? '44%' : '-'),
    field('CPU occupation', state.online ? '7%' : '-'),
    field('Temperature', state.online ? '51(C)' : '-'),
    field('Authentic type', 'SN-auth'),
    field('SN', showSerial(onus.serialVendor[onu] as number, onus.serialNumber[onu] as number)),
    field('Management mode', 'OMCI'),
    field('Software work mode', 'normal'),
    field('Isolation state', 'normal'),
    field('Description', settings.description),
    field('Last down cause', state.cause),
    field('Last up time', state.lastUp),
    field('Last down time', state.lastDown),
    field('Last dying gasp time', state.lastGasp),
    field('ONT online duration', duration),
    field('Type C support', 'Not support'),
    field('Interoperability-mode', 'ITU-T'),
    rule(),
    profileField('Line profile ID', settings.lineProfile ?? '-'),
    profileField('Line profile name', line?.name ?? '-'),
    rule(),
    '  FEC upstream switch :Disable',
    '  OMCC encrypt switch :Off',
    '  Qos mode            :PQ',
    '  Mapping mode        :VLAN',
    '  TR069 management    :Disable',
    rule(),
    '  <T-CONT   0>          DBA Profile-ID:1',
    '  <T-CONT   1>          DBA Profile-ID:10',
    ...(line?.gemPorts ?? []).map((gem) => `   <Gem Index ${gem}>`),
    rule(),
    profileField('Service profile ID', settings.serviceProfile ?? '-'),
    profileField('Service profile name', service?.name ?? '-'),
    rule(),
    '  Port-type     Port-number',
    rule(),
    `  POTS          ${service?.potsPorts ?? 0}`,
    `  ETH           ${ports}`,
    '  TDM           0',
    '  MOCA          0',
    '  CATV          0',
    rule(),
  ].join('\n')
}

/** As recorded: captures/cli/huawei/…_display_ont_info_fsp_3.raw. */
const list = async (session: HuaweiSession, pon: number): Promise<void> => {
  const { model } = session.olt
  const onus = onusOfPon(model, pon)
  if (onus.length === 0) return fail(session, 'There is no ONT available')
  const { onus: table } = model
  const place = (onu: number): string => {
    const { shelf, slot, port } = ponOf(session, onu)
    return `${shelf}/ ${slot}/${port}`
  }
  const id = (onu: number): string => String(table.onuId[onu])
  await session.io.print(
    [
      rule(),
      '  F/S/P   ONT         SN         Control     Run      Config   Match    Protect',
      '          ID                     flag        state    state    state    side',
      rule(),
      ...onus.map((onu) => {
        const state = stateOf(session, onu)
        const serial = serialHex(
          table.serialVendor[onu] as number,
          table.serialNumber[onu] as number,
        )
        return `  ${place(onu)}${id(onu).padStart(5)}  ${serial}  ${state.control.padEnd(11)} ${state.run.padEnd(8)} ${state.config.padEnd(8)} ${state.match.padEnd(8)} no`
      }),
      rule(),
      '  F/S/P   ONT-ID   Description',
      rule(),
      ...onus.map(
        (onu) => `  ${place(onu)}${id(onu).padStart(8)}   ${settingsOf(model, onu).description}`,
      ),
      rule(),
      `  In port ${place(onus[0] as number)}, the total of ONTs are: ${onus.length}, online: ${onus.filter((onu) => stateOf(session, onu).online).length}`,
      rule(),
    ].join('\n'),
  )
}

/** General knowledge of its columns; power that is missing is `-/-` (facts/olt.md 9.1). */
const summary = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  if (!(await askParameters(session, '<cr>||<K>', args.typed))) return
  const { model, now } = session.olt
  const pon = ponAt(session, ...fspOf(args.text('fsp')))
  const onus = pon === undefined ? [] : onusOfPon(model, pon)
  if (onus.length === 0) return fail(session, 'There is no ONT available')
  const id = (onu: number): string => String(model.onus.onuId[onu]).padEnd(4)
  const short = (text: string): string => text.slice(0, 19).padEnd(19)
  const power = (onu: number): string =>
    isOnline(model, onu, now())
      ? `${onuRxDbm(model, onu, now()).toFixed(2)}/${onuTxDbm(model, onu, now()).toFixed(2)}`
      : '-/-'
  const online = onus.filter((onu) => isOnline(model, onu, now()))
  await session.io.print(
    [
      '  Command is being executed. Please wait',
      rule(78),
      `  In port ${args.text('fsp')}, the total of ONTs are: ${onus.length}, online: ${online.length}`,
      rule(78),
      '  ONT  Run     Last                Last                Last',
      '  ID   State   UpTime              DownTime            DownCause',
      rule(78),
      ...onus.map((onu) => {
        const state = stateOf(session, onu)
        return `  ${id(onu)} ${state.run.padEnd(7)} ${short(state.lastUp)} ${short(state.lastDown)} ${state.cause.slice(0, 16)}`
      }),
      rule(78),
      '  ONT        SN        Type          Distance Rx/Tx power  Description',
      '  ID                                    (m)      (dBm)',
      rule(78),
      ...onus.map((onu) => {
        const { onus: table } = model
        const serial = serialHex(
          table.serialVendor[onu] as number,
          table.serialNumber[onu] as number,
        )
        const metres = isOnline(model, onu, now()) ? String(table.distanceM[onu]) : '-'
        return `  ${id(onu)}${serial} ${modelOf(model, onu).equipment.padEnd(13)} ${metres.padEnd(8)} ${power(onu).padEnd(12)} ${settingsOf(model, onu).description.slice(0, 18)}`
      }),
      rule(78),
    ].join('\n'),
  )
}

const one = async (
  session: HuaweiSession,
  args: CliArgs,
  pon: number | undefined,
): Promise<void> => {
  if (!(await askParameters(session, '<cr>||<K>', args.typed))) return
  if (args.text('ont') === 'all') {
    if (pon === undefined) return parameterError(session)
    return list(session, pon)
  }
  const onu = ontAt(session, pon, args.number('ont'))
  if (onu === undefined) return fail(session, 'The required ONT does not exist')
  return session.io.print(detail(session, onu))
}

const bySerial = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  if (!(await askParameters(session, '<cr>||<K>', args.typed))) return
  const serial = readSerial(args.text('sn'))
  if (serial === undefined) return parameterError(session)
  const onu = findSerial(session.olt.model, serial)
  if (onu === undefined) return fail(session, 'The required ONT does not exist')
  return session.io.print(detail(session, onu))
}

export const huaweiOntInfoCommands: readonly CliCommand<HuaweiSession>[] = [
  {
    line: 'display ont info <frame:int> <slot:int> <port:int> <ont>',
    views: privileged,
    run: (session, args) =>
      one(
        session,
        args,
        ponAt(session, args.number('frame'), args.number('slot'), args.number('port')),
      ),
  },
  {
    line: 'display ont info <port:int> <ont>',
    views: ['gpon'],
    run: (session, args) => one(session, args, ponHere(session, args.number('port'))),
  },
  { line: 'display ont info by-sn <sn>', views: privileged, run: bySerial },
  { line: 'display ont info summary <fsp:fsp>', views: privileged, run: summary },
]
