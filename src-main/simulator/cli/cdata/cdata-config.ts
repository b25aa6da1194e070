import { serialText } from '../../families/cell-writers.ts'
import { catalogue, descriptionOf, settingsOf } from '../../population/olt-config.ts'
import type { PonPort } from '../../population/olt-model.ts'
import { isDisabled, onusOfPon } from '../../population/provision.ts'
import { type BoxSession, hostName } from '../box-shell.ts'

const ontLines = ({ olt: { model, now } }: BoxSession, onu: number): readonly string[] => {
  const { port } = model.pons[model.onus.pon[onu] as number] as PonPort
  const at = `${port} ${model.onus.onuId[onu]}`
  const set = settingsOf(model, onu)
  const serial = serialText(
    model.onus.serialVendor[onu] as number,
    model.onus.serialNumber[onu] as number,
  )
  const description = descriptionOf(model, onu)
  return [
    `  ont add ${at} sn-auth ${serial} ont-lineprofile-id ${set.lineProfile ?? 0} ont-srvprofile-id ${set.serviceProfile ?? 0}`,
    ...(description === '' ? [] : [`  ont description ${at} ${description}`]),
    ...(isDisabled(model, onu, now()) ? [`  ont deactivate ${at}`] : []),
    ...set.ethPorts.flatMap(({ port: eth, mode, vlan, priority }) =>
      mode === 'tag' && vlan !== null
        ? [`  ont port native-vlan ${at} eth ${eth} vlan ${vlan} priority ${priority}`]
        : [],
    ),
  ]
}

const serviceLines = ({ olt: { model } }: BoxSession, onu: number): readonly string[] => {
  const { shelf, slot, port } = model.pons[model.onus.pon[onu] as number] as PonPort
  return settingsOf(model, onu).services.map(
    ({ index, vlan, gemPort, userVlan }) =>
      ` service-port ${index} vlan ${vlan} gpon ${shelf}/${slot} port ${port} ont ${model.onus.onuId[onu]} gemport ${gemPort} multi-service user-vlan ${userVlan ?? 'untagged'} tag-action transparent`,
  )
}

/** `show current-config`: what would have to be typed to come here. Layout unproven. */
export const currentConfig = (session: BoxSession): Promise<void> => {
  const { model } = session.olt
  const all = catalogue(model)
  const onus = model.pons.flatMap((_, pon) => onusOfPon(model, pon))
  const [first] = model.pons
  return session.io.print(
    [
      '!Current configuration',
      '!',
      ` sysname ${hostName(session.olt)}`,
      ...all.vlans.map(({ id }) => ` vlan ${id}`),
      '!',
      ...all.lineProfiles.flatMap(({ id, name }) => [
        ` ont-lineprofile gpon profile-id ${id} profile-name ${name}`,
        '  commit',
        '  exit',
      ]),
      ...all.serviceProfiles.flatMap(({ id, name, ethPorts }) => [
        ` ont-srvprofile gpon profile-id ${id} profile-name ${name}`,
        `  ont-port eth ${ethPorts}`,
        '  commit',
        '  exit',
      ]),
      '!',
      ` interface gpon ${first?.shelf ?? 0}/${first?.slot ?? 0}`,
      ...onus.flatMap((onu) => ontLines(session, onu)),
      '  exit',
      '!',
      ...onus.flatMap((onu) => serviceLines(session, onu)),
      '!',
      'end',
    ].join('\n'),
  )
}
