import { createHash } from 'node:crypto'
import type { Mismatch, OnuSettings } from '../../../src-shared/contract/provisioning-model.ts'
import {
  configDifferences,
  type OnuConfig,
  type OnuConfigDifference,
} from '../../../src-shared/domain/onu-config.ts'

type Kind = Mismatch['kinds'][number]

export interface Comparison {
  readonly kinds: readonly Kind[]
  readonly differences: readonly OnuConfigDifference[]
}

const kindOfPart: Readonly<Record<OnuConfigDifference['part'], Kind>> = {
  serial: 'serial',
  onuType: 'profile',
  lineProfile: 'profile',
  serviceProfile: 'profile',
  name: 'description',
  description: 'description',
  adminEnabled: 'admin-state',
  services: 'services',
  ethPorts: 'eth-ports',
  wan: 'other',
  wifi: 'other',
}

/** What the console holds against what the OLT has; null: they agree. */
export const compareWithRecord = (
  record: OnuConfig | null,
  actual: OnuConfig | null,
): Comparison | null => {
  if (record === null || actual === null) {
    if (record === actual) return null
    const one = record ?? actual!
    const text = { before: record?.serial ?? '', after: actual?.serial ?? '' }
    return {
      kinds: [record === null ? 'extra-on-olt' : 'missing-on-olt'],
      differences: one.serial === '' ? [] : [{ part: 'serial', ...text }],
    }
  }
  const differences = configDifferences(record, actual)
  return differences.length === 0
    ? null
    : { kinds: [...new Set(differences.map(({ part }) => kindOfPart[part]))], differences }
}

/** How an ONU is set, apart from what is its own: serial, texts, and numbers the OLT gave. */
export const settingsOf = (config: OnuConfig): OnuSettings => {
  const { onuType, lineProfile, serviceProfile, services, ethPorts } = config
  return {
    ...(onuType === null ? {} : { onuType }),
    ...(lineProfile === null ? {} : { lineProfile }),
    ...(serviceProfile === null ? {} : { serviceProfile }),
    ...(services === null || services.length === 0
      ? {}
      : {
          services: services
            .map((service) => ({ ...service, index: null }))
            .toSorted(
              (one, other) =>
                one.gemPort - other.gemPort ||
                one.vlan - other.vlan ||
                (one.userVlan ?? 0) - (other.userVlan ?? 0),
            ),
        }),
    ...(ethPorts === null || ethPorts.length === 0
      ? {}
      : { ethPorts: ethPorts.map((port) => ({ ...port })) }),
  }
}

/** Equal settings have equal ids. */
export const groupIdOf = (settings: OnuSettings): string =>
  createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 32)

/** A name people would give it: profile and VLANs. */
export const suggestedName = (settings: OnuSettings): string => {
  const vlans = [...new Set((settings.services ?? []).map(({ vlan }) => vlan))].slice(0, 4)
  const parts = [
    settings.lineProfile,
    settings.serviceProfile === settings.lineProfile ? undefined : settings.serviceProfile,
    vlans.length === 0 ? undefined : `VLAN ${vlans.join('+')}`,
  ].filter((part) => part !== undefined)
  return (parts.join(' · ') || (settings.onuType ?? 'ONU')).slice(0, 80)
}
