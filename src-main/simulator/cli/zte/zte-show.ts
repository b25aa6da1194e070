import { dateText, serialText } from '../../families/cell-writers.ts'
import { wallClock } from '../../families/onu-cells.ts'
import { cause, phase } from '../../population/down-causes.ts'
import { catalogue, settingsOf } from '../../population/olt-config.ts'
import type { PonPort } from '../../population/olt-model.ts'
import { refreshLife } from '../../population/onu-life.ts'
import { isOnline, oltRxDbm, onuRxDbm, onuTxDbm } from '../../population/onu-readings.ts'
import { findSerial, heardOnus, isDisabled, onusOfPon } from '../../population/provision.ts'
import type { CliArgs, CliCommand } from '../command-table.ts'
import { managedLines, oltLines, onuLines, runningConfig, vlanRanges } from './zte-running.ts'
import {
  missing,
  onuInterface,
  onuNamed,
  onuPlace,
  privileged,
  readInterface,
  say,
  wrong,
  type ZteSession,
} from './zte-session.ts'

const states: Readonly<Record<number, string>> = {
  [phase.working]: 'working',
  [phase.starting]: 'syncMib',
  [phase.los]: 'LOS',
  [phase.dyingGasp]: 'DyingGasp',
  [phase.authFailed]: 'authFailed',
  [phase.offline]: 'OffLine',
  [phase.disabled]: 'OffLine',
}

const causes: Readonly<Record<number, string>> = {
  [cause.dyingGasp]: 'DyingGasp',
  [cause.los]: 'LOS',
  [cause.losi]: 'LOSi',
  [cause.lofi]: 'LOFi',
  [cause.deactivated]: 'Deactivate',
  [cause.rebooted]: 'Reboot',
  [cause.authFailed]: 'AuthFail',
}

const phaseOf = ({ olt: { model, now } }: ZteSession, onu: number): string => {
  refreshLife(model, onu, now())
  return states[model.onus.phase[onu] as number] ?? 'OffLine'
}

const adminOf = ({ olt: { model, now } }: ZteSession, onu: number): string =>
  isDisabled(model, onu, now()) ? 'disable' : 'enable'

const serialOf = ({ olt: { model } }: ZteSession, onu: number): string =>
  serialText(model.onus.serialVendor[onu] as number, model.onus.serialNumber[onu] as number)

/** Empty lists: two numbers of the same words have been seen (captures, 2). */
const nothing = (session: ZteSession): Promise<void> => {
  const isOlder = session.olt.model.scenario.model === 'C320'
  return say(
    session,
    session.kind === 'c600'
      ? '%Code 62310-GPONSRV : No related information to show.'
      : `%Code ${isOlder ? 32310 : 62310}-GPONSRV : No related information to show.`,
  )
}

const dashes = (count: number): string => '-'.repeat(count)

/** captures/cli/zte_c300_c320_samples.txt, 1. */
const uncfg = async (session: ZteSession): Promise<void> => {
  const { model, now } = session.olt
  const found = heardOnus(model, now())
  if (found.length === 0) return nothing(session)
  const counts = new Map<number, number>()
  const rows = found.map(({ pon, vendor, number }) => {
    const n = (counts.get(pon) ?? 0) + 1
    counts.set(pon, n)
    const { shelf, slot, port } = model.pons[pon] as PonPort
    const name = session.kind === 'c300' ? 'gpon-onu_' : 'gpon_onu-'
    return `${`${name}${shelf}/${slot}/${port}:${n}`.padEnd(25)}${serialText(vendor, number).padEnd(20)}unknown`
  })
  return say(
    session,
    ['OnuIndex                 Sn                  State', dashes(69), ...rows].join('\n'),
  )
}

const ponNamed = (session: ZteSession, args: CliArgs): number | undefined => {
  const found = readInterface(session, args.text('name'))
  return found?.kind === 'olt' ? found.pon : undefined
}

/** captures, 3; of a C600 the last column is another. */
const state = async (session: ZteSession, args: CliArgs): Promise<void> => {
  const pon = ponNamed(session, args)
  if (pon === undefined) return wrong(session)
  const { model, now } = session.olt
  const onus = onusOfPon(model, pon)
  if (onus.length === 0) return nothing(session)
  const isOld = session.kind === 'c300'
  const rows = onus.map((onu) => {
    const omcc = isOnline(model, onu, now()) ? 'enable' : 'disable'
    return `${onuPlace(session, onu).padEnd(12)}${adminOf(session, onu).padEnd(13)}${omcc.padEnd(12)}${phaseOf(session, onu).padEnd(13)}${isOld ? '1(GPON)' : 'GPON'}`
  })
  const online = onus.filter((onu) => isOnline(model, onu, now())).length
  return say(
    session,
    [
      isOld
        ? 'OnuIndex   Admin State  OMCC State  Phase State  Channel'
        : 'OnuIndex     Admin state  OMCC state  Phase state  Speed mode',
      dashes(62),
      ...rows,
      `ONU Number: ${online}/${onus.length}`,
    ].join('\n'),
  )
}

/** General knowledge of its columns. */
const baseInfo = async (session: ZteSession, args: CliArgs): Promise<void> => {
  const pon = ponNamed(session, args)
  if (pon === undefined) return wrong(session)
  const { model } = session.olt
  const onus = onusOfPon(model, pon)
  if (onus.length === 0) return nothing(session)
  return say(
    session,
    [
      'OnuIndex            Type                 Mode    AuthInfo            State',
      dashes(78),
      ...onus.map(
        (onu) =>
          `${onuInterface(session, onu).padEnd(20)}${(settingsOf(model, onu).onuType ?? '').padEnd(21)}sn      ${`SN:${serialOf(session, onu)}`.padEnd(20)}ready`,
      ),
    ].join('\n'),
  )
}

const timeText = (session: ZteSession, atMs: number): string =>
  Number.isNaN(atMs)
    ? '0000-00-00 00:00:00'
    : dateText(atMs, wallClock(session.olt.model)).slice(0, 19)

/** captures/cli/zte_c600_samples.txt, 4: name and description are masked there. */
const detail = async (session: ZteSession, args: CliArgs): Promise<void> => {
  const onu = onuNamed(session, args.text('name'))
  if (onu === undefined) return missing(session)
  const { model, now } = session.olt
  const settings = settingsOf(model, onu)
  const { onus } = model
  const online = isOnline(model, onu, now())
  const masked = (text: string): string => (session.kind === 'c600' ? '********' : text)
  const upS = Math.max(0, Math.floor((now() - (onus.lastUpMs[onu] as number)) / 1000))
  const field = (key: string, value: string): string => `  ${`${key}:`.padEnd(22)}${value}`
  const why = online ? '' : (causes[onus.cause[onu] as number] ?? '')
  return say(
    session,
    [
      `ONU interface:          ${onuInterface(session, onu)}`,
      field('Name', masked(settings.name)),
      field('Type', settings.onuType ?? ''),
      field('State', online ? 'ready' : 'offline'),
      field('Configured speed mode', 'auto'),
      field('Current speed mode', 'GPON'),
      field('Admin state', adminOf(session, onu)),
      field('Phase state', phaseOf(session, onu)),
      field('Config state', online ? 'success' : 'fail'),
      field('Authentication mode', 'sn'),
      field('SN Bind', 'enable with SN check'),
      field('Serial number', serialOf(session, onu)),
      field('Password', ''),
      field('Description', masked(settings.description)),
      field('Vport mode', 'gemport'),
      field('DBA Mode', 'Hybrid'),
      field('ONU Status', 'enable'),
      field('OMCI BW Profile', '704kbps'),
      field('Line Profile', 'N/A'),
      field('Service Profile', 'N/A'),
      field('ONU Distance', online ? `${onus.distanceM[onu] as number}m` : 'N/A'),
      field(
        'Online Duration',
        online
          ? `${Math.floor(upS / 3600)}h ${Math.floor(upS / 60) % 60}m ${upS % 60}s`
          : '0h 0m 0s',
      ),
      field('FEC', 'disable'),
      dashes(42),
      '       Authpass Time          OfflineTime             Cause',
      `   1   ${timeText(session, onus.lastUpMs[onu] as number)}    ${online ? '0000-00-00 00:00:00' : timeText(session, onus.lastDownMs[onu] as number)}     ${why}`.trimEnd(),
    ].join('\n'),
  )
}

const bySerial = async (session: ZteSession, args: CliArgs): Promise<void> => {
  const match = /^([A-Z]{4})([0-9A-F]{8})$/.exec(args.text('sn').toUpperCase())
  if (match === null) return wrong(session)
  const vendor = Buffer.from(match[1] ?? '', 'latin1').readUInt32BE()
  const onu = findSerial(session.olt.model, { vendor, number: Number.parseInt(match[2] ?? '', 16) })
  if (onu === undefined) return nothing(session)
  return say(session, `Search result\n${dashes(15)}\n${onuInterface(session, onu)}`)
}

/** captures/cli/zte_c300_c320_samples.txt, 5. */
const attenuation = async (session: ZteSession, args: CliArgs): Promise<void> => {
  const onu = onuNamed(session, args.text('name'))
  if (onu === undefined) return missing(session)
  const { model, now } = session.olt
  const heading = `           OLT                  ONU              Attenuation\n${dashes(74)}`
  if (!isOnline(model, onu, now())) {
    return say(
      session,
      `${heading}\n up      Rx :N/A               Tx:N/A              N/A\n\n down    Tx :N/A               Rx:N/A              N/A`,
    )
  }
  const [oltRx, onuTx] = [oltRxDbm(model, onu, now()), onuTxDbm(model, onu, now())]
  const oltTx = model.pons[model.onus.pon[onu] as number]?.launchDbm ?? 4
  const onuRx = onuRxDbm(model, onu, now())
  const dbm = (value: number): string => `${value.toFixed(3)}(dbm)`
  const line = (way: string, one: string, other: string, loss: number): string =>
    ` ${way.padEnd(8)}${one.padEnd(23)}${other.padEnd(20)}${loss.toFixed(3)}(dB)`
  return say(
    session,
    [
      heading,
      line('up', `Rx :${dbm(oltRx)}`, `Tx:${dbm(onuTx)}`, onuTx - oltRx),
      '',
      line('down', `Tx :${dbm(oltTx)}`, `Rx:${dbm(onuRx)}`, oltTx - onuRx),
    ].join('\n'),
  )
}

const rxOfPon = async (session: ZteSession, args: CliArgs): Promise<void> => {
  const pon = ponNamed(session, args)
  if (pon === undefined) return wrong(session)
  const { model, now } = session.olt
  const rows = onusOfPon(model, pon).map((onu) => {
    const level = isOnline(model, onu, now())
      ? `${onuRxDbm(model, onu, now()).toFixed(3)}(dbm)`
      : 'N/A'
    return `${onuInterface(session, onu).padEnd(20)}${level}`
  })
  return say(session, [`Onu                 Rx power`, dashes(36), ...rows].join('\n'))
}

const runningOfInterface = async (session: ZteSession, args: CliArgs): Promise<void> => {
  const found = readInterface(session, args.text('name'))
  if (found?.kind === 'olt') return say(session, oltLines(session, found.pon).join('\n'))
  const onu = onuNamed(
    session,
    args.text('name').replace(/^vport-(.*)\.(\d+):\d+$/, 'gpon_onu-$1:$2'),
  )
  if (onu === undefined) return missing(session)
  const all = onuLines(session, onu)
  const isVport = found?.kind === 'vport'
  const from = all.indexOf(`interface ${args.text('name')}`)
  const lines = isVport
    ? all.slice(from < 0 ? all.length : from, all.indexOf('!', from) + 1)
    : all.slice(0, all.indexOf('!') + 1)
  return say(session, lines.length === 0 ? `interface ${args.text('name')}\n!` : lines.join('\n'))
}

const managedOfOnu = async (session: ZteSession, args: CliArgs): Promise<void> => {
  const onu = onuNamed(session, args.text('name'))
  return onu === undefined ? missing(session) : say(session, managedLines(session, onu).join('\n'))
}

const onuTypes = async (session: ZteSession): Promise<void> => {
  for (const { name, ethPorts, potsPorts, wifi } of catalogue(session.olt.model).onuTypes) {
    await say(
      session,
      [
        `ONU type name:          ${name}`,
        'PON type:               gpon',
        `Description:            ${ethPorts}ETH,${potsPorts}POTS${wifi ? ',WIFI' : ''}`,
        'Max tcont:              8',
        'Max gemport:            32',
        'Max switch per slot:    1',
        'Max flow per switch:    8',
        `Ethernet ports:         ${ethPorts}`,
        `POTS ports:             ${potsPorts}`,
        '',
      ].join('\n'),
    )
  }
}

const tcontProfiles = (session: ZteSession): Promise<void> =>
  say(
    session,
    catalogue(session.olt.model)
      .tcontProfiles.map(({ name, type, maxKbps }) => {
        const fixed = type === 1 ? maxKbps : 0
        return `Profile name :${name}\n Type   FBW(kbps)   ABW(kbps)   MBW(kbps)   PRIORITY   WEIGHT\n  ${type}     ${String(fixed).padEnd(12)}0           ${String(maxKbps).padEnd(12)}0          0`
      })
      .join('\n'),
  )

const trafficProfiles = (session: ZteSession): Promise<void> =>
  say(
    session,
    catalogue(session.olt.model)
      .trafficTables.map(
        ({ name, kbps }) =>
          `Profile name :${name}\nSIR(kbps)   PIR(kbps)   CBS(bytes)   PBS(bytes)\n${String(kbps).padEnd(12)}${String(kbps).padEnd(12)}N/A          N/A`,
      )
      .join('\n'),
  )

const card = ({ olt: { model }, io }: ZteSession): Promise<void> => {
  const slots = [...new Set(model.pons.map(({ slot }) => slot))].toSorted((a, b) => a - b)
  return io.print(
    [
      'Shelf Slot CfgType CardName        Port HardVer Status',
      ...slots.map(
        (slot) =>
          `1    ${String(slot).padStart(2)}    GTGH   GTGHG           16   V1.0.0  ${model.failedSlots.has(slot) ? 'OFFLINE' : 'INSERVICE'}`,
      ),
    ].join('\n'),
  )
}

const version = ({ olt: { model }, io, kind }: ZteSession): Promise<void> =>
  io.print(
    kind === 'c300'
      ? `ZXA10 ${model.scenario.model}\nZTE ZXA10 Software, Version: V2.1.0, Release software`
      : `ZXA10 ${model.scenario.model}\nZTE ZXA10 Software Version: V1.2.2`,
  )

const views = privileged

/** Both kinds; facts/olt.md 9.2 and 9.3. */
export const zteShowCommands: readonly CliCommand<ZteSession>[] = [
  { line: 'show gpon onu uncfg', run: uncfg },
  { line: 'show gpon onu uncfg <name>', run: uncfg },
  { line: 'show pon onu uncfg', run: uncfg },
  { line: 'show gpon onu state <name>', run: state },
  { line: 'show gpon onu baseinfo <name>', run: baseInfo },
  { line: 'show gpon onu detail-info <name>', run: detail },
  { line: 'show gpon onu by sn <sn>', run: bySerial },
  { line: 'show pon power attenuation <name>', run: attenuation },
  { line: 'show pon power onu-rx <name>', run: rxOfPon },
  {
    line: 'show running-config',
    views,
    run: async (session) => {
      for (const part of runningConfig(session)) await say(session, part)
    },
  },
  { line: 'show running-config interface <name>', views, run: runningOfInterface },
  { line: 'show running-config-interface <name>', views, run: runningOfInterface },
  { line: 'show onu running config <name>', views, run: managedOfOnu },
  { line: 'show onu-type gpon', views, run: onuTypes },
  { line: 'show pon onu-type gpon', views, run: onuTypes },
  { line: 'show pon onu-profile gpon', views, run: nothing },
  { line: 'show gpon profile tcont', views, run: tcontProfiles },
  { line: 'show gpon profile traffic', views, run: trafficProfiles },
  {
    line: 'show vlan summary',
    views,
    run: (session) =>
      say(
        session,
        `All created vlan num: ${catalogue(session.olt.model).vlans.length}\nDetails are following:\n  ${vlanRanges(session)}`,
      ),
  },
  { line: 'show card', run: card },
  { line: 'show version', run: version },
]
