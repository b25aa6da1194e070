/**
 * What an operator has set an ONU to on its OLT, of all families together; a family shows and takes
 * the part it has. Never changed in place: an act makes a new one.
 */
export interface OnuSettings {
  /** Ids of the OLT's catalogue: numbers on Huawei, names elsewhere. */
  readonly lineProfile: string | null
  readonly serviceProfile: string | null
  readonly onuType: string | null
  readonly name: string
  readonly description: string
  readonly services: readonly ServiceSetting[]
  /** By port, from 1. */
  readonly ethPorts: readonly EthPortSetting[]
  readonly tconts: readonly TcontSetting[]
  readonly gemPorts: readonly GemPortSetting[]
  /** ZTE: `service` of pon-onu-mng. */
  readonly flows: readonly FlowSetting[]
  readonly wan: WanSetting | null
  readonly wifi: readonly WifiSetting[]
}

export interface ServiceSetting {
  /** The OLT's number of it (Huawei), or the ONU's own (ZTE: service-port 1). */
  readonly index: number
  readonly vlan: number
  /** Null: untagged. */
  readonly userVlan: number | null
  readonly gemPort: number
  /** ZTE. */
  readonly vport: number
  /** Traffic tables, by id. */
  readonly inbound: string | null
  readonly outbound: string | null
}

export interface EthPortSetting {
  readonly port: number
  readonly mode: 'transparent' | 'tag' | 'trunk' | 'hybrid'
  readonly vlan: number | null
  readonly priority: number
  readonly enabled: boolean
}

export interface TcontSetting {
  readonly id: number
  readonly profile: string
}

export interface GemPortSetting {
  readonly id: number
  readonly tcont: number
  readonly name: string | null
  readonly upProfile: string | null
  readonly downProfile: string | null
}

export interface FlowSetting {
  readonly name: string
  readonly gemPort: number
  readonly cos: number | null
  readonly vlan: number | null
}

export interface WanSetting {
  readonly mode: 'bridge' | 'dhcp' | 'static' | 'pppoe'
  readonly vlan: number | null
  readonly ip: string | null
  readonly mask: string | null
  readonly gateway: string | null
  readonly userName: string | null
  readonly password: string | null
}

export interface WifiSetting {
  /** From 1. */
  readonly index: number
  readonly ssid: string
  readonly enabled: boolean
}

/** What a newly authorised ONU starts with. */
export const blankSettings: OnuSettings = {
  lineProfile: null,
  serviceProfile: null,
  onuType: null,
  name: '',
  description: '',
  services: [],
  ethPorts: [],
  tconts: [],
  gemPorts: [],
  flows: [],
  wan: null,
  wifi: [],
}
