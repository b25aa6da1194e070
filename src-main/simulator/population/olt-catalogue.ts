import type { OltScenario } from '../scenario-schema.ts'
import { familyTraits } from './family-traits.ts'
import type { OnuModel } from './onu-models.ts'

/** What an OLT has to choose from. Ids are what its CLI takes: numbers on Huawei, names elsewhere. */
export interface OltCatalogue {
  readonly lineProfiles: readonly LineProfile[]
  readonly serviceProfiles: readonly ServiceProfile[]
  readonly vlans: readonly { readonly id: number; readonly name: string }[]
  readonly trafficTables: readonly TrafficTable[]
  readonly onuTypes: readonly OnuType[]
  /** ZTE: `show gpon profile tcont`. */
  readonly tcontProfiles: readonly TcontProfile[]
}

export interface LineProfile {
  readonly id: string
  readonly name: string
  /** GEM ports that an ONU bound to it has. */
  readonly gemPorts: readonly number[]
}

export interface ServiceProfile {
  readonly id: string
  readonly name: string
  readonly ethPorts: number
  readonly potsPorts: number
}

export interface TrafficTable {
  readonly id: string
  readonly name: string
  readonly kbps: number
}

export interface OnuType {
  readonly name: string
  readonly ethPorts: number
  readonly potsPorts: number
  readonly wifi: boolean
}

export interface TcontProfile {
  readonly name: string
  /** 1 fixed, 2 assured, 3 assured and maximum, 4 best effort. */
  readonly type: 1 | 2 | 3 | 4
  readonly maxKbps: number
}

/** Speeds that this ISP sells, Mbit/s. */
export const soldMbps = [20, 50, 100] as const

const hasWifi = (model: OnuModel): boolean => model.ethernetPorts > 1

/** Serving VLAN of a PON: 110 and on, in the order of the ports. Voice is 200, management 300. */
export const internetVlan = (pon: number): number => 110 + pon
export const voiceVlan = 200
export const managementVlan = 300

export const catalogueOf = (olt: OltScenario, models: readonly OnuModel[]): OltCatalogue => {
  const { numbered } = familyTraits[olt.family]
  const id = (number: number, name: string): string => (numbered ? String(number) : name)
  const line = (number: number, name: string, gemPorts: readonly number[]): LineProfile => ({
    id: id(number, name),
    name,
    gemPorts,
  })
  const table = (number: number, name: string, kbps: number): TrafficTable => ({
    id: id(number, name),
    name,
    kbps,
  })
  return {
    lineProfiles: [
      line(0, 'line-profile_default_0', []),
      line(12, 'HOME-100M', [1, 2]),
      line(13, 'HOME-300M', [1, 2]),
      line(20, 'BRIDGE-100M', [1, 2]),
      line(30, 'BIZ-1G', [1, 2, 3]),
    ],
    serviceProfiles: [
      {
        id: id(0, 'srv-profile_default_0'),
        name: 'srv-profile_default_0',
        ethPorts: 4,
        potsPorts: 2,
      },
      ...models.map((model, n) => ({
        id: id(101 + n, model.equipment),
        name: model.equipment,
        ethPorts: model.ethernetPorts,
        potsPorts: model.ethernetPorts > 1 ? 2 : 0,
      })),
    ],
    vlans: [
      { id: 1, name: 'default' },
      ...Array.from({ length: Math.max(24, olt.pons.length) }, (_, p) => ({
        id: internetVlan(p),
        name: `INET-${internetVlan(p)}`,
      })),
      { id: voiceVlan, name: 'VOICE' },
      { id: managementVlan, name: 'MGMT' },
    ],
    trafficTables: [
      table(0, 'default-0', 1024),
      table(6, 'default-6', 1_024_000),
      ...soldMbps.flatMap((mbps, n) => [
        table(11 + n, `UP-${mbps}M`, (mbps * 1024) / 2),
        table(21 + n, `DOWN-${mbps}M`, mbps * 1024),
      ]),
      table(31, 'VOICE-1M', 1024),
    ],
    onuTypes: models.map((model) => ({
      name: `ZTE-${model.equipment}`,
      ethPorts: model.ethernetPorts,
      potsPorts: model.ethernetPorts > 1 ? 2 : 0,
      wifi: hasWifi(model),
    })),
    tcontProfiles: [
      { name: 'default', type: 4, maxKbps: 1_024_000 },
      ...soldMbps.map((mbps): TcontProfile => ({
        name: `UP-${mbps}M`,
        type: 4,
        maxKbps: (mbps * 1024) / 2,
      })),
      { name: 'VOICE-1M', type: 1, maxKbps: 1024 },
    ],
  }
}
