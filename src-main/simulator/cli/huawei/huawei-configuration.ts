import { createHash } from 'node:crypto'
import { catalogue, settingsOf } from '../../population/olt-config.ts'
import type { PonPort } from '../../population/olt-model.ts'
import { isDisabled, onusOfPon } from '../../population/provision.ts'
import { sendByTftp } from '../tftp-put.ts'
import type { CliArgs, CliCommand } from '../command-table.ts'
import {
  askParameters,
  confirm,
  fail,
  type HuaweiSession,
  parameterError,
  privileged,
  serialHex,
} from './huawei-session.ts'

/** A secret as the box prints it: the same for the same secret, and of no use to anybody. */
const cipher = (secret: string): string => {
  const text = createHash('sha256').update(`cipher ${secret}`).digest('base64').slice(0, 32)
  return `%^%#${text.replaceAll(/[+/=]/g, '.')}%^%#`
}

/** The running configuration in pieces; general knowledge of its look. */
function* huaweiConfiguration(session: HuaweiSession): Generator<string> {
  const { model, scenario, now } = session.olt
  const all = catalogue(model)
  yield [
    `[${model.scenario.model}V800R018C10: 1063]`,
    '#',
    '[global-config]',
    '  <global-config>',
    `  sysname ${model.name}`,
    `  terminal user name ${scenario.userName} password cipher ${cipher(scenario.password)} level 3`,
    `  snmp-agent community read cipher ${cipher(model.scenario.community ?? model.name)}`,
    ...(model.scenario.writeCommunity === undefined
      ? []
      : [`  snmp-agent community write cipher ${cipher(model.scenario.writeCommunity)}`]),
    '  snmp-agent sys-info version v2c v3',
    '#',
    '[vlan]',
    '  <vlan-config>',
    ...all.vlans.filter(({ id }) => id > 1).map(({ id }) => `  vlan ${id} smart`),
    '#',
    '[profile]',
    '  <profile-config>',
    ...all.trafficTables.map(
      ({ id, name, kbps }) =>
        `  traffic table ip index ${id} name "${name}" cir ${kbps} pir ${kbps} priority 0`,
    ),
    ...all.lineProfiles.flatMap(({ id, name, gemPorts }) => [
      `  ont-lineprofile gpon profile-id ${id} profile-name "${name}"`,
      ...gemPorts.map((gem) => `   gem add ${gem} eth tcont 1`),
      '   commit',
    ]),
    ...all.serviceProfiles.flatMap(({ id, name, ethPorts, potsPorts }) => [
      `  ont-srvprofile gpon profile-id ${id} profile-name "${name}"`,
      `   ont-port pots ${potsPorts} eth ${ethPorts}`,
      '   commit',
    ]),
    '#',
  ].join('\n')
  let board = ''
  for (const [p, pon] of model.pons.entries()) {
    const name = `${pon.shelf}/${pon.slot}`
    const lines = name === board ? [] : ['[gpon]', `  <gpon-${name}>`, `  interface gpon ${name}`]
    board = name
    for (const onu of onusOfPon(model, p)) {
      const settings = settingsOf(model, onu)
      const at = `${pon.port} ${model.onus.onuId[onu] as number}`
      const serial = serialHex(
        model.onus.serialVendor[onu] as number,
        model.onus.serialNumber[onu] as number,
      )
      lines.push(
        `  ont add ${at} sn-auth "${serial}" omci ont-lineprofile-id ${settings.lineProfile ?? 0} ont-srvprofile-id ${settings.serviceProfile ?? 0} desc "${settings.description}"`,
        ...(isDisabled(model, onu, now()) ? [`  ont deactivate ${at}`] : []),
        ...settings.ethPorts
          .filter(({ vlan }) => vlan !== null && vlan !== 1)
          .map(
            ({ port, vlan, priority }) =>
              `  ont port native-vlan ${at} eth ${port} vlan ${vlan} priority ${priority}`,
          ),
        ...settings.ethPorts
          .filter(({ enabled }) => !enabled)
          .map(({ port }) => `  ont port attribute ${at} eth ${port} operational-state off`),
      )
    }
    if (lines.length > 0) yield lines.join('\n')
  }
  yield '#\n[bbs-config]\n  <bbs-config>'
  for (const [p, pon] of model.pons.entries()) {
    const lines = servicePorts(session, p, pon)
    if (lines.length > 0) yield lines.join('\n')
  }
  yield '#\nreturn'
}

const servicePorts = ({ olt: { model } }: HuaweiSession, p: number, pon: PonPort): string[] =>
  onusOfPon(model, p).flatMap((onu) =>
    settingsOf(model, onu).services.map((one) =>
      [
        `  service-port ${one.index} vlan ${one.vlan} gpon ${pon.shelf}/${pon.slot}/${pon.port}`,
        `ont ${model.onus.onuId[onu] as number} gemport ${one.gemPort} multi-service`,
        `user-vlan ${one.userVlan ?? 'untagged'} tag-transform translate`,
        ...(one.inbound === null ? [] : [`inbound traffic-table index ${one.inbound}`]),
        ...(one.outbound === null ? [] : [`outbound traffic-table index ${one.outbound}`]),
      ].join(' '),
    ),
  )

const show = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  if (!(await askParameters(session, '<cr>|section<K>|simple<K>||<K>', args.typed))) return
  for (const part of huaweiConfiguration(session)) await session.io.print(part)
}

const backup = async (session: HuaweiSession, args: CliArgs): Promise<void> => {
  if (!/^\d+\.\d+\.\d+\.\d+$/.test(args.text('host'))) return parameterError(session)
  if (!(await confirm(session, 'Are you sure to continue?'))) return
  await session.io.print('  Please wait...')
  const text = [...huaweiConfiguration(session)].join('\n')
  const failure = await sendByTftp({
    host: args.text('host'),
    port: session.olt.scenario.tftpPort,
    file: args.text('file'),
    octets: Buffer.from(`${text}\n`, 'latin1'),
  })
  if (failure !== null) return fail(session, `The transmission failed: ${failure}`)
  return session.io.print('  Backing up files is successful')
}

export const huaweiConfigurationCommands: readonly CliCommand<HuaweiSession>[] = [
  { line: 'display current-configuration', views: privileged, run: show },
  { line: 'backup configuration tftp <host> <file>', views: privileged, run: backup },
]
