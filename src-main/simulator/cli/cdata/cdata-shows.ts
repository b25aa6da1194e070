import { clockText, serialText } from '../../families/cell-writers.ts'
import { cdataDownCauses } from '../../families/cdata-gpon.ts'
import { wallClock } from '../../families/onu-cells.ts'
import { catalogue, descriptionOf, settingsOf } from '../../population/olt-config.ts'
import { type PonPort, presentOnus } from '../../population/olt-model.ts'
import { refreshLife } from '../../population/onu-life.ts'
import {
  isOnline,
  oltRxDbm,
  onuBiasMa,
  onuRxDbm,
  onuTemperatureC,
  onuTxDbm,
  onuVoltageV,
} from '../../population/onu-readings.ts'
import { heardOnus, isDisabled, onusOfPon } from '../../population/provision.ts'
import { type BoxCommand, type BoxSession, ponOfPort, privileged } from '../box-shell.ts'
import type { CliArgs } from '../command-table.ts'
import { fail, ontAt } from './cdata-onts.ts'

const wide = '-'.repeat(88)
const noOnt = 'There is no ONT avaliable.'

const ponOf = ({ olt: { model } }: BoxSession, onu: number): PonPort =>
  model.pons[model.onus.pon[onu] as number] as PonPort

const serialOf = ({ olt: { model } }: BoxSession, onu: number): string =>
  serialText(model.onus.serialVendor[onu] as number, model.onus.serialNumber[onu] as number)

const causeOf = ({ olt: { model, now } }: BoxSession, onu: number): string => {
  refreshLife(model, onu, now())
  return cdataDownCauses[model.onus.cause[onu] as number] ?? '--'
}

const stateOf = ({ olt: { model, now } }: BoxSession, onu: number) => ({
  control: isDisabled(model, onu, now()) ? 'Deactive' : 'Active',
  run: isOnline(model, onu, now()) ? 'Online' : 'Offline',
})

const ontLine = (session: BoxSession, onu: number): string => {
  const { model } = session.olt
  const { shelf, slot, port } = ponOf(session, onu)
  const { control, run } = stateOf(session, onu)
  return [
    `  ${`${shelf}/${slot}`.padEnd(4)}`,
    String(port).padEnd(3),
    String(model.onus.onuId[onu]).padEnd(7),
    serialOf(session, onu).padEnd(17),
    control.padEnd(9),
    run.padEnd(8),
    'success'.padEnd(10),
    'match'.padEnd(10),
    causeOf(session, onu).padEnd(11),
    descriptionOf(model, onu),
  ]
    .join('')
    .trimEnd()
}

/** As in captures/cli/cdata_fd1608s_samples.txt. */
const printOnts = (session: BoxSession, onus: readonly number[]): Promise<void> => {
  if (onus.length === 0) return fail(session, noOnt)
  const states = onus.map((onu) => stateOf(session, onu))
  const online = states.filter(({ run }) => run === 'Online').length
  const off = states.filter(({ control }) => control === 'Deactive').length
  return session.io.print(
    [
      wide,
      '  F/S P  ONT    SN               Control  Run     Config    Match     Last       Desc',
      '         ID                      flag     state   state     state     down-cause',
      wide,
      ...onus.map((onu) => ontLine(session, onu)),
      wide,
      `  Total: ${onus.length},  online: ${online},  deactive: ${off},  success: ${onus.length} , failed: 0`,
    ].join('\n'),
  )
}

const ontsOfPort = (session: BoxSession, args: CliArgs): readonly number[] => {
  const pon = ponOfPort(session, args.number('port'))
  return pon === undefined ? [] : onusOfPon(session.olt.model, pon)
}

const allInOrder = ({ olt: { model } }: BoxSession): readonly number[] =>
  presentOnus(model).length === 0 ? [] : model.pons.flatMap((_, pon) => onusOfPon(model, pon))

const keyed = (lines: readonly (readonly [string, string])[]): string =>
  lines.map(([key, value]) => `  ${key.padEnd(26)}: ${value}`.trimEnd()).join('\n')

const rule = '-'.repeat(77)

const oneOnt = async (session: BoxSession, args: CliArgs): Promise<void> => {
  const onu = await ontAt(session, args)
  if (onu === undefined) return
  const { model, now } = session.olt
  const { shelf, slot, port } = ponOf(session, onu)
  const { control, run } = stateOf(session, onu)
  const set = settingsOf(model, onu)
  const all = catalogue(model)
  const serial = serialOf(session, onu)
  const nameIn = (
    list: readonly { readonly id: string; readonly name: string }[],
    id: string | null,
  ): string => list.find((one) => one.id === id)?.name ?? '--'
  const at = (ms: number | undefined): string =>
    ms === undefined || Number.isNaN(ms) ? '--' : clockText(ms, wallClock(model))
  return session.io.print(
    [
      rule,
      keyed([
        ['Frame/Slot', `${shelf}/${slot}`],
        ['Port', String(port)],
        ['ONT-ID', String(model.onus.onuId[onu])],
        ['Control flag', control],
        ['Run state', run],
        ['Config state', 'success'],
        ['Match state', 'match'],
        ['Distance(m)', isOnline(model, onu, now()) ? String(model.onus.distanceM[onu]) : '--'],
        ['Authentic mode', 'sn-auth'],
        ['SN', `${serial} (${serial.slice(0, 4)}-${serial.slice(4)})`],
        ['Description', descriptionOf(model, onu)],
        ['Last down cause', causeOf(session, onu)],
        ['Last up time', at(model.onus.lastUpMs[onu])],
        ['Last down time', at(model.onus.lastDownMs[onu])],
        ['Last dying-gasp', at(model.onus.lastGaspMs[onu])],
        ['Line profile ID', set.lineProfile ?? '--'],
        ['Line profile name', nameIn(all.lineProfiles, set.lineProfile)],
        ['Service profile ID', set.serviceProfile ?? '--'],
        ['Service profile name', nameIn(all.serviceProfiles, set.serviceProfile)],
      ]),
      rule,
      ...set.ethPorts.map(({ port: eth, mode, vlan }) =>
        mode === 'tag' ? `  ETH ${eth}  native-vlan ${vlan ?? '--'}` : `  ETH ${eth}  transparent`,
      ),
      rule,
    ].join('\n'),
  )
}

const opticsRow = ({ olt: { model, now } }: BoxSession, onu: number): string => {
  const reads = [onuRxDbm, onuTxDbm, oltRxDbm, onuTemperatureC, onuVoltageV, onuBiasMa]
  const widths = [13, 13, 15, 15, 12, 8]
  const isThere = isOnline(model, onu, now())
  return [
    String(model.onus.onuId[onu]).padEnd(7),
    ...reads.map((read, n) =>
      (isThere ? read(model, onu, now()).toFixed(2) : '--').padEnd(widths[n] ?? 0),
    ),
  ]
    .join('')
    .trimEnd()
}

const optics = (session: BoxSession, onus: readonly number[]): Promise<void> => {
  if (onus.length === 0) return fail(session, noOnt)
  const line = '-'.repeat(85)
  return session.io.print(
    [
      line,
      'ONT    Rx power     Tx power     OLT Rx ONT    Temperature    Voltage     Current',
      'ID     (dBm)        (dBm)         power(dBm)   (C)            (V)         (mA)',
      line,
      ...onus.map((onu) => opticsRow(session, onu)),
      line,
    ].join('\n'),
  )
}

const opticsOfOne = async (session: BoxSession, args: CliArgs): Promise<void> => {
  const onu = await ontAt(session, args)
  if (onu !== undefined) await optics(session, [onu])
}

/** Blocks as the manual of the FD16xx shows them (one public source). */
const autofind = (session: BoxSession, port: number | null): Promise<void> => {
  const { model, now } = session.olt
  const found = heardOnus(model, now()).filter(
    ({ pon }) => port === null || model.pons[pon]?.port === port,
  )
  const head = '\nAging time of the automatically found ONTs : 300sec'
  if (found.length === 0) return session.io.print(`${head}\nThere is no ONT available.`)
  const line = '-'.repeat(80)
  const blocks = found.map(({ pon, vendor, number, model: body, seenAtMs }, n) => {
    const { shelf, slot, port: at } = model.pons[pon] as PonPort
    return [
      `Number: ${n + 1}`,
      `Frame/Slot : ${shelf}/${slot}`,
      `Port : ${at}`,
      `Logic ID: ${n + 1}`,
      `Ont SN: ${serialText(vendor, number)}`,
      'Password:',
      'Loid:',
      'Loid Password:',
      'OMCC Ver: 0xA0',
      `Vendor ID : ${body.vendor}`,
      `Ont Version: ${body.hardware}`,
      `Ont Software Version: ${body.software}`,
      `Equipment ID : ${body.equipment}`,
      `Last autofind time: ${clockText(seenAtMs, wallClock(model))}`,
      line,
    ].join('\n')
  })
  return session.io.print([head, line, ...blocks, `Total: ${found.length}`].join('\n'))
}

const profiles =
  (kind: 'line' | 'srv') =>
  ({ olt, io }: BoxSession): Promise<void> => {
    const all = catalogue(olt.model)
    const list = kind === 'line' ? all.lineProfiles : all.serviceProfiles
    const used = new Map<string, number>()
    for (const onu of presentOnus(olt.model)) {
      const set = settingsOf(olt.model, onu)
      const id = kind === 'line' ? set.lineProfile : set.serviceProfile
      if (id !== null) used.set(id, (used.get(id) ?? 0) + 1)
    }
    return io.print(
      [
        rule,
        '  Profile-ID  Profile-name                                Binding times',
        rule,
        ...list.map(({ id, name }) => `  ${id.padEnd(12)}${name.padEnd(44)}${used.get(id) ?? 0}`),
        rule,
        `  Total: ${list.length}`,
      ].join('\n'),
    )
  }

const vlans = ({ olt, io }: BoxSession): Promise<void> => {
  const list = catalogue(olt.model).vlans
  return io.print(
    [
      rule,
      '  VLAN   Name',
      rule,
      ...list.map(({ id, name }) => `  ${String(id).padEnd(7)}${name}`),
      rule,
      `  Total: ${list.length}`,
    ].join('\n'),
  )
}

const views = ['pon'] as const

export const cdataShowCommands: readonly BoxCommand[] = [
  {
    line: 'show ont info all',
    views: privileged,
    run: (session) => printOnts(session, allInOrder(session)),
  },
  {
    line: 'show ont info <port:int> all',
    views,
    run: (session, args) => printOnts(session, ontsOfPort(session, args)),
  },
  { line: 'show ont info <port:int> <ont:int>', views, run: oneOnt },
  {
    line: 'show ont optical-info <port:int> all',
    views,
    run: (session, args) => optics(session, ontsOfPort(session, args)),
  },
  { line: 'show ont optical-info <port:int> <ont:int>', views, run: opticsOfOne },
  { line: 'show ont autofind all', views: privileged, run: (session) => autofind(session, null) },
  {
    line: 'show ont autofind <port:int> all',
    views,
    run: (session, args) => autofind(session, args.number('port')),
  },
  { line: 'show ont-lineprofile gpon all', views: privileged, run: profiles('line') },
  { line: 'show ont-srvprofile gpon all', views: privileged, run: profiles('srv') },
  { line: 'show vlan all', views: privileged, run: vlans },
]
