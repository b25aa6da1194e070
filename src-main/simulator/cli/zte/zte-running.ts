import { createHash } from 'node:crypto'
import { serialText } from '../../families/cell-writers.ts'
import { catalogue, settingsOf } from '../../population/olt-config.ts'
import { onusOfPon } from '../../population/provision.ts'
import { type ZteSession, oltInterface, onuInterface, onuPlace } from './zte-session.ts'

/** What has been set, as lines that would set it again; general knowledge of its look. */

const serialOf = ({ olt: { model } }: ZteSession, onu: number): string =>
  serialText(model.onus.serialVendor[onu] as number, model.onus.serialNumber[onu] as number)

/** The interface of an ONU; of a C600 with its vports behind it. */
export const onuLines = (session: ZteSession, onu: number): string[] => {
  const settings = settingsOf(session.olt.model, onu)
  const own = [
    `interface ${onuInterface(session, onu)}`,
    ...(settings.name === '' ? [] : [`  name ${settings.name}`]),
    ...(settings.description === '' ? [] : [`  description ${settings.description}`]),
    ...settings.tconts.map(({ id, profile }) => `  tcont ${id} profile ${profile}`),
    ...settings.gemPorts.flatMap(({ id, name, tcont, upProfile, downProfile }) => [
      `  gemport ${id}${name === null ? '' : ` name ${name}`} tcont ${tcont}`,
      ...(upProfile === null && downProfile === null
        ? []
        : [
            `  gemport ${id} traffic-limit${upProfile === null ? '' : ` upstream ${upProfile}`}${downProfile === null ? '' : ` downstream ${downProfile}`}`,
          ]),
    ]),
  ]
  const flow = (one: (typeof settings.services)[number], vport: string): string =>
    `  service-port ${one.index}${vport} user-vlan ${one.userVlan ?? 'untagged'} vlan ${one.vlan}`
  if (session.kind === 'c300') {
    return [...own, ...settings.services.map((one) => flow(one, ` vport ${one.vport}`)), '!']
  }
  return [
    ...own,
    '!',
    ...settings.services.flatMap((one) => [
      `interface vport-${onuPlace(session, onu).replace(':', '.')}:${one.vport}`,
      flow(one, ''),
      '!',
    ]),
  ]
}

/** What is set on the ONU itself. */
export const managedLines = (session: ZteSession, onu: number): string[] => {
  const settings = settingsOf(session.olt.model, onu)
  const isOld = session.kind === 'c300'
  return [
    `pon-onu-mng ${onuInterface(session, onu)}`,
    ...settings.flows.map(
      ({ name, gemPort, cos, vlan }) =>
        `  service ${name} gemport ${gemPort}${cos === null || !isOld ? '' : ` cos ${cos}`}${vlan === null ? '' : ` vlan ${vlan}`}`,
    ),
    ...settings.ethPorts.flatMap(({ port, mode, vlan, priority, enabled }) => [
      ...(mode === 'transparent'
        ? []
        : [`  vlan port eth_0/${port} mode ${ethMode(mode, vlan, priority)}`]),
      ...(enabled ? [] : [`  interface eth eth_0/${port} state lock`]),
    ]),
    ...settings.wifi.flatMap(({ index, ssid, enabled }) => [
      `  ssid ctrl wifi_0/${index} name ${ssid}`,
      ...(enabled ? [] : [`  interface wifi wifi_0/${index} state lock`]),
    ]),
    ...(settings.wan === null ? [] : [`  ${wanLine(settings.wan)}`]),
    '!',
  ]
}

const ethMode = (mode: string, vlan: number | null, priority: number): string => {
  if (mode === 'trunk') return 'trunk'
  return mode === 'tag'
    ? `tag vlan ${vlan} priority ${priority}`
    : `hybrid def-vlan ${vlan} priority ${priority}`
}

const wanLine = (wan: NonNullable<ReturnType<typeof settingsOf>['wan']>): string =>
  [
    `wan-ip 1 mode ${wan.mode}`,
    ...(wan.userName === null ? [] : [`username ${wan.userName}`]),
    ...(wan.password === null ? [] : [`password ${'*'.repeat(8)}`]),
    ...(wan.ip === null ? [] : [`ip-address ${wan.ip}`]),
    ...(wan.mask === null ? [] : [`mask ${wan.mask}`]),
    ...(wan.gateway === null ? [] : [`gateway ${wan.gateway}`]),
    ...(wan.vlan === null ? [] : [`vlan ${wan.vlan}`]),
    'host 1',
  ].join(' ')

const encrypted = (secret: string): string =>
  createHash('sha256').update(`zte ${secret}`).digest('hex').slice(0, 32)

/** `1,110-133,200`. */
export const vlanRanges = (session: ZteSession): string => {
  const ids = catalogue(session.olt.model)
    .vlans.map(({ id }) => id)
    .toSorted((a, b) => a - b)
  const ranges: [number, number][] = []
  for (const id of ids) {
    const last = ranges.at(-1)
    if (last !== undefined && last[1] === id - 1) last[1] = id
    else ranges.push([id, id])
  }
  return ranges.map(([low, high]) => (low === high ? `${low}` : `${low}-${high}`)).join(',')
}

export const oltLines = (session: ZteSession, pon: number): string[] => {
  const { model } = session.olt
  return [
    `interface ${oltInterface(session, pon)}`,
    '  no shutdown',
    ...onusOfPon(model, pon).map((onu) => {
      const type = settingsOf(model, onu).onuType ?? ''
      return `  onu ${model.onus.onuId[onu] as number} type ${type} sn ${serialOf(session, onu)}`
    }),
    '!',
  ]
}

/** The whole of it in pieces, a PON at a time. */
export function* runningConfig(session: ZteSession): Generator<string> {
  const { model, scenario } = session.olt
  const all = catalogue(model)
  yield [
    'Building configuration...',
    '!',
    `hostname ${model.name}`,
    `username ${scenario.userName} password encrypted ${encrypted(scenario.password)} privilege 15`,
    ...(scenario.enablePassword === undefined
      ? []
      : [`enable secret 5 ${encrypted(scenario.enablePassword)}`]),
    `snmp-server community ${encrypted(model.scenario.community ?? model.name)} view AllView ro`,
    ...(model.scenario.writeCommunity === undefined
      ? []
      : [`snmp-server community ${encrypted(model.scenario.writeCommunity)} view AllView rw`]),
    '!',
    `vlan list ${vlanRanges(session)}`,
    '!',
    'gpon',
    ...all.tcontProfiles.map(
      ({ name, type, maxKbps }) =>
        `  profile tcont ${name} type ${type} ${type === 1 ? 'fixed' : 'maximum'} ${maxKbps}`,
    ),
    ...all.trafficTables.map(
      ({ name, kbps }) => `  profile traffic ${name} sir ${kbps} pir ${kbps}`,
    ),
    '!',
  ].join('\n')
  for (const pon of model.pons.keys()) yield oltLines(session, pon).join('\n')
  for (const pon of model.pons.keys()) {
    const lines = onusOfPon(model, pon).flatMap((onu) => onuLines(session, onu))
    if (lines.length > 0) yield lines.join('\n')
  }
  for (const pon of model.pons.keys()) {
    const lines = onusOfPon(model, pon).flatMap((onu) => managedLines(session, onu))
    if (lines.length > 0) yield lines.join('\n')
  }
  yield 'end'
}
