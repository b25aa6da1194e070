import type { OnuSettings } from '../../../src-shared/contract/provisioning-model.ts'
import {
  packOnuAddress,
  ponOf,
  unpackOnuAddress,
  type OnuAddress,
  type PonAddress,
} from '../../../src-shared/domain/onu-address.ts'
import type { OnuConfig } from '../../../src-shared/domain/onu-config.ts'
import { onuStates } from '../../../src-shared/domain/onu-state.ts'
import type { FakeOlt, FakePlant } from './fake-plant.ts'

/** How each ONU of the generated network is set on its OLT; what a plan has done is kept here. */
export interface FakeOnus {
  readonly olt: (oltId: string) => FakeOlt | undefined
  readonly row: (oltId: string, address: OnuAddress) => number
  readonly online: (oltId: string, address: OnuAddress) => boolean
  /** Null: no such ONU. */
  readonly config: (oltId: string, address: OnuAddress) => OnuConfig | null
  readonly put: (oltId: string, address: OnuAddress, config: OnuConfig | null) => void
  readonly freeId: (oltId: string, pon: PonAddress) => number
  readonly at: (row: number) => { readonly oltId: string; readonly address: OnuAddress }
}

const uplinks = ['HOME-20M', 'HOME-50M', 'HOME-100M', 'HOME-200M'] as const

export const nameOfSpeed = (row: number): string => uplinks[row % uplinks.length] ?? 'HOME-50M'

const madeConfig = (plant: FakePlant, row: number): OnuConfig => {
  const olt = plant.olts[plant.olt[row]!]!
  const zte = olt.family === 'zte-c3xx'
  const speed = nameOfSpeed(row)
  const vlan = 100 + (plant.olt[row]! % 10)
  return {
    serial: plant.serial[row]!,
    onuType: zte ? `ZTE-${plant.model[row]}` : null,
    lineProfile: speed,
    serviceProfile: row % 3 === 0 ? 'BRIDGE-4P' : 'ROUTER-4P-WIFI',
    name: plant.name[row]!.slice(0, 32),
    description: row % 7 === 0 ? 'VIP, call before work' : '',
    adminEnabled: onuStates[plant.state[row]!] !== 'disabled',
    services: [
      {
        index: zte ? 1 : row,
        vlan,
        userVlan: 200,
        gemPort: 1,
        upProfile: speed,
        downProfile: speed,
      },
      ...(row % 5 === 0
        ? [
            {
              index: zte ? 2 : row + 20_000,
              vlan: 40,
              userVlan: 40,
              gemPort: 2,
              upProfile: 'VOIP-2M',
              downProfile: 'VOIP-2M',
            },
          ]
        : []),
    ],
    ethPorts: [1, 2, 3, 4].map((port) => ({
      port,
      mode: port === 1 && row % 3 === 0 ? ('access' as const) : ('transparent' as const),
      vlan: port === 1 && row % 3 === 0 ? 200 : null,
      adminEnabled: true,
    })),
    wan: {
      mode: row % 3 === 0 ? 'bridge' : 'pppoe',
      vlan: 200,
      ip: null,
      mask: null,
      gateway: null,
      userName: row % 3 === 0 ? null : `s${100_000 + row}@isp.example`,
    },
    wifi: zte ? [{ index: 1, ssid: `HOME-${1000 + row}`, enabled: true }] : null,
  }
}

export const createFakeOnus = (plant: FakePlant): FakeOnus => {
  const kept = new Map<string, OnuConfig | null>()
  const rows = new Map<string, number>()
  const keyOf = (oltId: string, address: OnuAddress): string =>
    `${oltId} ${packOnuAddress(address)}`
  const olt = (oltId: string) => plant.olts.find(({ id, removed }) => id === oltId && !removed)
  const row = (oltId: string, address: OnuAddress): number => {
    if (rows.size === 0 && plant.size > 0) {
      for (let at = 0; at < plant.size; at += 1) {
        rows.set(`${plant.olts[plant.olt[at]!]!.id} ${plant.address[at]}`, at)
      }
    }
    return rows.get(keyOf(oltId, address)) ?? -1
  }
  const config = (oltId: string, address: OnuAddress): OnuConfig | null => {
    const key = keyOf(oltId, address)
    const known = kept.get(key)
    if (known !== undefined) return known
    const found = row(oltId, address)
    return found < 0 ? null : madeConfig(plant, found)
  }
  return {
    olt,
    row,
    config,
    online: (oltId, address) => {
      const found = row(oltId, address)
      return found >= 0 && onuStates[plant.state[found]!] === 'online'
    },
    put: (oltId, address, next) => void kept.set(keyOf(oltId, address), next),
    at: (found) => ({
      oltId: plant.olts[plant.olt[found]!]!.id,
      address: unpackOnuAddress(plant.address[found]!),
    }),
    freeId: (oltId, pon) => {
      const taken = new Set<number>()
      const base = ponOf(packOnuAddress({ ...pon, onuId: 0 }))
      const place = olt(oltId)
      if (place === undefined) return 1
      for (let at = place.firstRow; at < place.firstRow + place.rows; at += 1) {
        if (ponOf(plant.address[at]!) === base) taken.add(plant.address[at]! - base)
      }
      for (const [key, one] of kept) {
        const [id = '', packed = '0'] = key.split(' ')
        if (id !== oltId || ponOf(Number(packed)) !== base) continue
        if (one === null) taken.delete(Number(packed) - base)
        else taken.add(Number(packed) - base)
      }
      let free = place.family === 'zte-c3xx' ? 1 : 0
      while (taken.has(free)) free += 1
      return free
    },
  }
}

export const withSettings = (
  config: OnuConfig,
  settings: OnuSettings,
  words: { readonly olt: string; readonly pon: string; readonly onu: number },
): OnuConfig => {
  const filled = (text: string): string =>
    text
      .replaceAll('{serial}', config.serial)
      .replaceAll('{olt}', words.olt)
      .replaceAll('{pon}', words.pon)
      .replaceAll('{onu}', String(words.onu))
  return {
    ...config,
    onuType: settings.onuType ?? config.onuType,
    lineProfile: settings.lineProfile ?? config.lineProfile,
    serviceProfile: settings.serviceProfile ?? config.serviceProfile,
    name: settings.name === undefined ? config.name : filled(settings.name),
    description:
      settings.description === undefined ? config.description : filled(settings.description),
    services: settings.services ?? config.services,
    ethPorts: settings.ethPorts ?? config.ethPorts,
    wan: settings.wan ?? config.wan,
    wifi: settings.wifi ?? config.wifi,
  }
}
