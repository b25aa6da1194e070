import { serialText } from '../../families/cell-writers.ts'
import { modelOf } from '../../families/onu-cells.ts'
import { phase } from '../../population/down-causes.ts'
import { catalogue, descriptionOf, settingsOf } from '../../population/olt-config.ts'
import { refreshLife } from '../../population/onu-life.ts'
import {
  isOnline,
  onuBiasMa,
  onuRxDbm,
  onuTemperatureC,
  onuTxDbm,
  onuVoltageV,
} from '../../population/onu-readings.ts'
import { heardOnus, isDisabled, onusOfPon } from '../../population/provision.ts'
import { type BoxCommand, type BoxSession, configuring, portOf, hostName } from '../box-shell.ts'
import type { CliArgs } from '../command-table.ts'
import { onuHere } from './vsol-onus.ts'

/** Cells at columns: the cursor is sent there, where other boxes write blanks (facts/olt.md 9.4). */
const row = (columns: readonly number[], cells: readonly string[]): string =>
  cells.map((cell, n) => (n === 0 ? cell : `\r\u001b[${columns[n] ?? 0}C${cell}`)).join('')

const nothing = 'No related information to show'

const autoFind = (session: BoxSession): Promise<void> => {
  const { model, now } = session.olt
  const found = heardOnus(model, now()).filter(({ pon }) => pon === session.pon)
  if (found.length === 0) return session.io.print(nothing)
  const at = [0, 25, 50]
  return session.io.print(
    [
      row(at, ['OnuIndex', 'Sn', 'State']),
      '-'.repeat(57),
      ...found.map(({ vendor, number }, n) =>
        row(at, [
          `GPON0/${portOf(session, session.pon)}:${n + 1}`,
          serialText(vendor, number),
          'unknow',
        ]),
      ),
    ].join('\n'),
  )
}

const onusToShow = async (session: BoxSession, args: CliArgs): Promise<readonly number[]> => {
  const { model } = session.olt
  if (args.text('id') === '') return onusOfPon(model, session.pon)
  const onu = await onuHere(session, args)
  return onu === undefined ? [] : [onu]
}

const serialOf = ({ olt: { model } }: BoxSession, onu: number): string =>
  serialText(model.onus.serialVendor[onu] as number, model.onus.serialNumber[onu] as number)

const info = async (session: BoxSession, args: CliArgs): Promise<void> => {
  const { model } = session.olt
  const onus = await onusToShow(session, args)
  if (onus.length === 0) return args.text('id') === '' ? session.io.print(nothing) : undefined
  const at = [0, 11, 32, 55, 63]
  return session.io.print(
    [
      row(at, ['Onuindex', 'Model', 'Profile', 'Mode', 'AuthInfo']),
      '-'.repeat(76),
      ...onus.map((onu) =>
        row(at, [
          `GPON0/${portOf(session, session.pon)}:${model.onus.onuId[onu]}`,
          modelOf(model, onu).equipment,
          'default',
          'sn',
          serialOf(session, onu),
        ]),
      ),
    ].join('\n'),
  )
}

const phaseWords: Readonly<Record<number, string>> = {
  [phase.working]: 'working',
  [phase.starting]: 'syncMib',
  [phase.los]: 'LOS',
  [phase.dyingGasp]: 'DyingGasp',
  [phase.authFailed]: 'AuthFail',
}

const state = async (session: BoxSession, args: CliArgs): Promise<void> => {
  const { model, now } = session.olt
  const onus = await onusToShow(session, args)
  if (onus.length === 0) return args.text('id') === '' ? session.io.print(nothing) : undefined
  const at = [0, 12, 27, 41, 56]
  const online = onus.filter((onu) => isOnline(model, onu, now())).length
  return session.io.print(
    [
      row(at, ['OnuIndex', 'Admin State', 'OMCC State', 'Phase State', 'Channel']),
      '-'.repeat(64),
      ...onus.map((onu) => {
        refreshLife(model, onu, now())
        return row(at, [
          `1/1/${portOf(session, session.pon)}:${model.onus.onuId[onu]}`,
          isDisabled(model, onu, now()) ? 'disable' : 'enable',
          isOnline(model, onu, now()) ? 'enable' : 'disable',
          phaseWords[model.onus.phase[onu] as number] ?? 'OffLine',
          '1(GPON)',
        ])
      }),
      `ONU Number: ${online}/${onus.length}`,
    ].join('\n'),
  )
}

const optics = async (session: BoxSession, args: CliArgs): Promise<void> => {
  const { model, now } = session.olt
  const onu = await onuHere(session, args)
  if (onu === undefined) return
  if (!isOnline(model, onu, now())) return session.io.print('Error: onu is not online!')
  const reading = (read: typeof onuRxDbm, digits = 2): string =>
    read(model, onu, now()).toFixed(digits)
  const lines: readonly (readonly [string, string])[] = [
    ['Rx optical level(ONU)', reading(onuRxDbm)],
    ['Lower rx optical threshold', '-36.00'],
    ['Upper rx optical threshold', '-0.00'],
    ['Tx optical level', reading(onuTxDbm)],
    ['Power feed voltage', `${reading(onuVoltageV)}(V)`],
    ['Laser bias current', `${reading(onuBiasMa, 3)}(mA)`],
    ['Temperature', `${reading(onuTemperatureC, 3)}(C)`],
  ]
  return session.io.print(lines.map(([key, value]) => `${key.padEnd(27)}: ${value}`).join('\n'))
}

/** What the box keeps of one ONU, line by line as it was typed. */
const onuLines = (session: BoxSession, onu: number): readonly string[] => {
  const { model, now } = session.olt
  const id = model.onus.onuId[onu] as number
  const set = settingsOf(model, onu)
  const description = descriptionOf(model, onu)
  return [
    `onu add ${id} profile default sn ${serialOf(session, onu)}`,
    ...(description === '' ? [] : [`onu ${id} desc ${description}`]),
    ...(set.lineProfile === null ? [] : [`onu ${id} profile line name ${set.lineProfile}`]),
    ...(set.serviceProfile === null ? [] : [`onu ${id} profile srv name ${set.serviceProfile}`]),
    ...set.services.map(
      ({ index, gemPort, userVlan, vlan }) =>
        `onu ${id} service-port ${index} gemport ${gemPort} uservlan ${userVlan ?? vlan} vlan ${vlan}`,
    ),
    ...set.ethPorts.map(({ port, mode, vlan }) =>
      mode === 'tag' && vlan !== null
        ? `onu ${id} portvlan eth ${port} mode tag vlan ${vlan}`
        : `onu ${id} portvlan eth ${port} mode transparent`,
    ),
    ...(isDisabled(model, onu, now()) ? [`onu ${id} deactivate`] : []),
  ]
}

const onuConfig = async (session: BoxSession, args: CliArgs): Promise<void> => {
  const onu = await onuHere(session, args)
  if (onu === undefined) return
  return session.io.print(
    [`----------onu ${args.text('id')} running-config----------`, ...onuLines(session, onu)].join(
      '\n',
    ),
  )
}

const runningConfig = (session: BoxSession): Promise<void> => {
  const { model } = session.olt
  const all = catalogue(model)
  return session.io.print(
    [
      `hostname ${hostName(session.olt)}`,
      ...all.vlans.flatMap(({ id, name }) => [`vlan ${id}`, `description ${name}`, 'exit', '!']),
      ...all.tcontProfiles.flatMap(({ name, maxKbps }, n) => [
        `profile dba id ${n + 1} name ${name}`,
        `type 4 maximum ${maxKbps}`,
        'commit',
        'exit',
        '!',
      ]),
      ...all.lineProfiles.flatMap(({ name }, n) => [
        `profile line id ${n + 1} name ${name}`,
        'commit',
        'exit',
        '!',
      ]),
      ...all.serviceProfiles.flatMap(({ name }, n) => [
        `profile srv id ${n + 1} name ${name}`,
        'commit',
        'exit',
        '!',
      ]),
      ...model.pons.flatMap(({ port }, pon) => [
        `interface gpon 0/${port}`,
        'no shutdown',
        ...onusOfPon(model, pon).flatMap((onu) => onuLines(session, onu)),
        'exit',
        '!',
      ]),
    ].join('\n'),
  )
}

const profiles =
  (kind: 'line' | 'srv') =>
  ({ olt, io }: BoxSession): Promise<void> => {
    const all = catalogue(olt.model)
    const list = kind === 'line' ? all.lineProfiles : all.serviceProfiles
    const at = [0, 8]
    return io.print(
      [
        row(at, ['Id', 'Name']),
        '-'.repeat(40),
        ...list.map(({ name }, n) => row(at, [String(n + 1), name])),
      ].join('\n'),
    )
  }

const vlans = ({ olt, io }: BoxSession): Promise<void> => {
  const at = [0, 10]
  return io.print(
    [
      row(at, ['VLAN ID', 'Name']),
      '-'.repeat(40),
      ...catalogue(olt.model).vlans.map(({ id, name }) => row(at, [String(id), name])),
    ].join('\n'),
  )
}

const distance = async (session: BoxSession, args: CliArgs): Promise<void> => {
  const { model, now } = session.olt
  const onu = await onuHere(session, args)
  if (onu === undefined) return
  const metres = isOnline(model, onu, now()) ? model.onus.distanceM[onu] : 0
  return session.io.print(`onu ${args.text('id')} Distance: ${metres}m`)
}

const text = async (session: BoxSession, args: CliArgs): Promise<void> => {
  const onu = await onuHere(session, args)
  if (onu === undefined) return
  return session.io.print(`onu ${args.text('id')} desc: ${descriptionOf(session.olt.model, onu)}`)
}

const views = ['pon'] as const

export const vsolShowCommands: readonly BoxCommand[] = [
  { line: 'show onu auto-find', views, run: autoFind },
  { line: 'show onu info', views, run: info },
  { line: 'show onu info all', views, run: info },
  { line: 'show onu info <id:int>', views, run: info },
  { line: 'show onu state', views, run: state },
  { line: 'show onu state all', views, run: state },
  { line: 'show onu state <id:int>', views, run: state },
  { line: 'show onu <id:int> optical_info', views, run: optics },
  { line: 'show onu <id:int> optical-info', views, run: optics },
  { line: 'show onu <id:int> distance', views, run: distance },
  { line: 'show onu <id:int> desc', views, run: text },
  { line: 'show running-config onu <id:int>', views, run: onuConfig },
  { line: 'show running-config', views: ['enable', ...configuring], run: runningConfig },
  { line: 'show profile line', views: configuring, run: profiles('line') },
  { line: 'show profile srv', views: configuring, run: profiles('srv') },
  { line: 'show vlan all', views: configuring, run: vlans },
]
