import type { OnuAddress } from './onu-address.ts'

/**
 * What an ONU is set to on its OLT, the same for every family: what a change starts from and ends
 * at. A plan is the difference between two of these, its undo the difference the other way.
 *
 * A family that has no such thing, or whose CLI cannot be asked for it, leaves the field null; that
 * means "not known", never "none". Texts are as the device prints them.
 */
export interface OnuConfig {
  /** `HWTC11E70E9A` for GPON (4 letters, 8 hex digits), `AABBCCDDEEFF` for EPON. Upper case. */
  readonly serial: string
  /** The ONU type that a family asks for by name (ZTE); null: the family has no such thing. */
  readonly onuType: string | null
  /** As the OLT's catalogue names it: its `id` there. */
  readonly lineProfile: string | null
  readonly serviceProfile: string | null
  readonly name: string | null
  readonly description: string | null
  /** False: switched off by the operator (deactivated, disabled). */
  readonly adminEnabled: boolean | null
  /** In the order of their `gemPort` and `userVlan`; null: the family has none or cannot be asked. */
  readonly services: readonly OnuService[] | null
  /** By port number, from 1. */
  readonly ethPorts: readonly OnuEthPort[] | null
  readonly wan: OnuWan | null
  readonly wifi: readonly OnuWifi[] | null
}

/** One way of frames between the ONU and the network: a service port and what limits it. */
export interface OnuService {
  /** The OLT's own number of it (Huawei: service-port index); null: none, or the OLT chooses. */
  readonly index: number | null
  /** 1..4094, on the network's side. */
  readonly vlan: number
  /** On the ONU's side; null: untagged. */
  readonly userVlan: number | null
  readonly gemPort: number
  /** Traffic tables or T-CONT and shaping profiles: catalogue `id`s; null: not limited here. */
  readonly upProfile: string | null
  readonly downProfile: string | null
}

export const ethPortModes = ['transparent', 'access', 'trunk', 'hybrid'] as const
export type EthPortMode = (typeof ethPortModes)[number]

export interface OnuEthPort {
  readonly port: number
  readonly mode: EthPortMode
  /** The native VLAN; null with `transparent`. */
  readonly vlan: number | null
  /** Null: not known. */
  readonly adminEnabled: boolean | null
}

export const wanModes = ['bridge', 'dhcp', 'static', 'pppoe'] as const
export type WanMode = (typeof wanModes)[number]

export interface OnuWan {
  readonly mode: WanMode
  readonly vlan: number | null
  /** `static` only. IPv4, dotted. */
  readonly ip: string | null
  readonly mask: string | null
  readonly gateway: string | null
  /** `pppoe` only. The password is a secret of the change and stands nowhere here. */
  readonly userName: string | null
}

export interface OnuWifi {
  /** From 1. */
  readonly index: number
  readonly ssid: string
  readonly enabled: boolean
}

/** Parts of an `OnuConfig` that a family may be able to read or write. */
export const onuConfigParts = [
  'serial',
  'onuType',
  'lineProfile',
  'serviceProfile',
  'name',
  'description',
  'adminEnabled',
  'services',
  'ethPorts',
  'wan',
  'wifi',
] as const
export type OnuConfigPart = (typeof onuConfigParts)[number]

export interface OnuConfigDifference {
  readonly part: OnuConfigPart
  /** Short, for people: `HOME-100M`, `vlan 110/200 gem 1`; empty: nothing. */
  readonly before: string
  readonly after: string
}

const serviceText = (service: OnuService): string =>
  [
    `vlan ${service.vlan}`,
    service.userVlan === null ? 'untagged' : `user ${service.userVlan}`,
    `gem ${service.gemPort}`,
    ...(service.upProfile === null ? [] : [`up ${service.upProfile}`]),
    ...(service.downProfile === null ? [] : [`down ${service.downProfile}`]),
  ].join(' ')

/** Two services that carry the same frames: the index is the OLT's own affair. */
export const sameService = (one: OnuService, other: OnuService): boolean =>
  serviceText(one) === serviceText(other)

/** A part as one short line; lists in an order of their own, so that equal parts read the same. */
export const configPartText = (config: OnuConfig, part: OnuConfigPart): string => {
  const value = config[part]
  if (value === null) return ''
  switch (part) {
    case 'services':
      return (config.services ?? []).map(serviceText).toSorted().join('; ')
    case 'ethPorts':
      // A port as it comes and one that is not named are the same: some CLIs tell only of the others.
      return (config.ethPorts ?? [])
        .filter(({ mode, adminEnabled }) => mode !== 'transparent' || adminEnabled === false)
        .toSorted((one, other) => one.port - other.port)
        .map(({ port, mode, vlan, adminEnabled }) =>
          [
            port,
            mode,
            ...(vlan === null ? [] : [vlan]),
            ...(adminEnabled === false ? ['off'] : []),
          ].join(' '),
        )
        .join('; ')
    case 'wan': {
      const wan = config.wan
      return wan === null
        ? ''
        : [wan.mode, wan.vlan, wan.ip, wan.mask, wan.gateway, wan.userName]
            .filter((one) => one !== null)
            .join(' ')
    }
    case 'wifi':
      return (config.wifi ?? [])
        .toSorted((one, other) => one.index - other.index)
        .map(({ index, ssid, enabled }) => `${index} ${ssid}${enabled ? '' : ' off'}`)
        .join('; ')
    default:
      return String(value)
  }
}

/**
 * Where two configurations differ. A part that is null on either side is not compared: what is not
 * known differs from nothing.
 */
export const configDifferences = (
  before: OnuConfig,
  after: OnuConfig,
  parts: readonly OnuConfigPart[] = onuConfigParts,
): readonly OnuConfigDifference[] =>
  parts.flatMap((part) => {
    if (before[part] === null || after[part] === null) return []
    const texts = { before: configPartText(before, part), after: configPartText(after, part) }
    return texts.before === texts.after ? [] : [{ part, ...texts }]
  })

/** Where an ONU is or shall be. */
export interface OnuPlaceOnOlt {
  readonly oltId: string
  readonly address: OnuAddress
}
