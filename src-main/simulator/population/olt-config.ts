import {
  catalogueOf,
  internetVlan,
  type OltCatalogue,
  soldMbps,
  voiceVlan,
} from './olt-catalogue.ts'
import { familyTraits } from './family-traits.ts'
import { address, customerCode, modelOf } from '../families/onu-cells.ts'
import type { Interval, OltModel } from './olt-model.ts'
import type { OnuSettings, ServiceSetting } from './onu-settings.ts'
import { unit } from './seeded-random.ts'

/** An ONU as it was at the last save, of those that have been touched since. */
export interface SavedOnu {
  readonly present: boolean
  readonly pon: number
  readonly onuId: number
  readonly vendor: number
  readonly number: number
  readonly settings: OnuSettings | null
  readonly disabled: boolean
}

/**
 * The configuration of one OLT over its population. Nothing is kept of an ONU until somebody touches
 * it: until then its settings are worked out from who it is.
 */
export interface OltConfig {
  catalogue: OltCatalogue | null
  /** What has been set by hand, by row. */
  readonly settings: Map<number, OnuSettings>
  /** Rows whose modem is not plugged in where they are configured, with the span it is gone. */
  readonly pulled: Map<number, Interval>
  /** Rows that nobody stands for any more. */
  readonly freeRows: number[]
  /** Service-port numbers given out by hand, to the row that has them. */
  readonly indexes: Map<number, number>
  nextIndex: number
  readonly saved: Map<number, SavedOnu>
  /** True: something has changed since the last save. */
  unsaved: boolean
}

export const emptyConfig = (): OltConfig => ({
  catalogue: null,
  settings: new Map(),
  pulled: new Map(),
  freeRows: [],
  indexes: new Map(),
  nextIndex: 1,
  saved: new Map(),
  unsaved: false,
})

export const catalogue = (olt: OltModel): OltCatalogue =>
  (olt.config.catalogue ??= catalogueOf(olt.scenario, olt.models))

const isNumbered = (olt: OltModel): boolean => familyTraits[olt.scenario.family].numbered

const hasNames = (olt: OltModel): boolean => familyTraits[olt.scenario.family].hasNames

export const descriptionOf = (olt: OltModel, onu: number): string =>
  olt.config.settings.get(onu)?.description ?? bornDescription(olt, onu)

export const nameOf = (olt: OltModel, onu: number): string =>
  olt.config.settings.get(onu)?.name ?? (hasNames(olt) ? customerCode(olt, onu) : '')

export const typeOf = (olt: OltModel, onu: number): string =>
  olt.config.settings.get(onu)?.onuType ?? `ZTE-${modelOf(olt, onu).equipment}`

/** The names of its profiles, as SNMP tells them. */
export const lineProfileName = (olt: OltModel, onu: number): string => {
  const set = olt.config.settings.get(onu)
  if (set === undefined) return bornLineProfile(olt, onu)
  return catalogue(olt).lineProfiles.find(({ id }) => id === set.lineProfile)?.name ?? ''
}

export const serviceProfileName = (olt: OltModel, onu: number): string => {
  const set = olt.config.settings.get(onu)
  if (set === undefined) return modelOf(olt, onu).equipment
  return catalogue(olt).serviceProfiles.find(({ id }) => id === set.serviceProfile)?.name ?? ''
}

const bornLineProfile = (olt: OltModel, onu: number): string =>
  modelOf(olt, onu).ethernetPorts > 1 ? 'HOME-100M' : 'BRIDGE-100M'

const bornDescription = (olt: OltModel, onu: number): string => {
  if (hasNames(olt)) return address(olt, onu)
  const text = `${customerCode(olt, onu)} ${address(olt, onu)}`
  return familyTraits[olt.scenario.family].plainTexts ? plainText(text) : text
}

/** Blanks as `_`, letters without accents. */
const plainText = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[ ,]+/g, '_')

/** Two numbers of service ports are kept for every ONU that was there from the start. */
const bornIndexes = 2

/** All of it. An ONU that was never touched has what it was born with. */
export const settingsOf = (olt: OltModel, onu: number): OnuSettings =>
  olt.config.settings.get(onu) ?? bornSettings(olt, onu)

const bornSettings = (olt: OltModel, onu: number): OnuSettings => {
  const model = modelOf(olt, onu)
  const numbered = isNumbered(olt)
  const all = catalogue(olt)
  const vlan = internetVlan(olt.onus.pon[onu] as number)
  const speed = soldMbps[Math.floor(unit(olt.seed, onu, 131) ** 1.5 * soldMbps.length)] ?? 20
  const hasVoice = model.ethernetPorts > 1 && unit(olt.seed, onu, 132) < 0.2
  const idOf = (list: readonly { readonly id: string; readonly name: string }[], name: string) =>
    list.find((one) => one.name === name)?.id ?? name
  const userVlan = numbered ? 100 : vlan
  const services: ServiceSetting[] = [
    {
      index: numbered ? onu * bornIndexes + 1 : 1,
      vlan,
      userVlan,
      gemPort: 1,
      vport: 1,
      inbound: idOf(all.trafficTables, `UP-${speed}M`),
      outbound: idOf(all.trafficTables, `DOWN-${speed}M`),
    },
  ]
  if (hasVoice) {
    services.push({
      index: numbered ? onu * bornIndexes + 2 : 2,
      vlan: voiceVlan,
      userVlan: voiceVlan,
      gemPort: 2,
      vport: 2,
      inbound: idOf(all.trafficTables, 'VOICE-1M'),
      outbound: idOf(all.trafficTables, 'VOICE-1M'),
    })
  }
  const gems = [
    { gem: 1, profile: `UP-${speed}M`, down: `DOWN-${speed}M`, flow: 'INET', vlan },
    ...(hasVoice
      ? [{ gem: 2, profile: 'VOICE-1M', down: 'VOICE-1M', flow: 'VOIP', vlan: voiceVlan }]
      : []),
  ]
  return {
    lineProfile: idOf(all.lineProfiles, bornLineProfile(olt, onu)),
    serviceProfile: idOf(all.serviceProfiles, model.equipment),
    onuType: `ZTE-${model.equipment}`,
    name: nameOf(olt, onu),
    description: bornDescription(olt, onu),
    services,
    ethPorts: Array.from({ length: model.ethernetPorts }, (_, p) => ({
      port: p + 1,
      mode: 'tag',
      vlan: userVlan,
      priority: 0,
      enabled: true,
    })),
    tconts: gems.map(({ gem, profile }) => ({ id: gem, profile })),
    gemPorts: gems.map(({ gem, down }) => ({
      id: gem,
      tcont: gem,
      name: null,
      upProfile: null,
      downProfile: down,
    })),
    flows: gems.map(({ gem, flow, vlan: flowVlan }) => ({
      name: flow,
      gemPort: gem,
      cos: 0,
      vlan: flowVlan,
    })),
    wan: null,
    wifi:
      model.ethernetPorts > 1
        ? [{ index: 1, ssid: `${customerCode(olt, onu)}-HOME`, enabled: true }]
        : [],
  }
}

/** The row whose service port has this number, with its place in the row's list. */
export const findServiceIndex = (
  olt: OltModel,
  index: number,
): { readonly onu: number; readonly service: ServiceSetting } | null => {
  const born = Math.floor((index - 1) / bornIndexes)
  for (const onu of [olt.config.indexes.get(index), born]) {
    if (onu === undefined || onu >= olt.onus.count || olt.onus.present[onu] !== 1) continue
    const service = settingsOf(olt, onu).services.find((one) => one.index === index)
    if (service !== undefined) return { onu, service }
  }
  return null
}

/** The lowest number of a service port that is free, from where it was free before. */
export const freeServiceIndex = (olt: OltModel): number => {
  while (findServiceIndex(olt, olt.config.nextIndex) !== null) olt.config.nextIndex++
  return olt.config.nextIndex
}
