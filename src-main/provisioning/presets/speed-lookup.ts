import type { SpeedGap, SpeedLookup, SpeedOnOnu } from '../../engine/capability-ports.ts'
import type { CatalogueEntry } from '../../olt/cli/config-port.ts'
import type { RecordReads } from '../records/record-tables.ts'
import type { CatalogueReads, SpeedProfile } from './catalogue-tables.ts'

type OnOlt = SpeedProfile['onOlts'][number]

/** Something must set the speed: a line profile or the profiles of a service. */
const isMapped = (on: OnOlt | undefined): on is OnOlt =>
  on !== undefined && (on.lineProfile !== null || on.upProfile !== null || on.downProfile !== null)

/** What sells speeds asks here what they are on the OLTs. Nothing is asked of a device. */
export const createSpeedLookup = (deps: {
  readonly catalogues: CatalogueReads
  readonly records: RecordReads
}): SpeedLookup => {
  const { catalogues, records } = deps

  /** A profile that the OLT's own lists, as they were read last, do not hold; null: none. */
  const missing = (oltId: string, on: OnOlt): string | null => {
    const lists = catalogues.catalogue(oltId)?.lists
    if (lists === undefined) return null
    const named = [
      [lists['line-profiles'], on.lineProfile],
      [lists['service-profiles'], on.serviceProfile],
      [lists['traffic-tables'], on.upProfile],
      [lists['traffic-tables'], on.downProfile],
    ] as const
    return named.find(([list, name]) => name !== null && !holds(list, name))?.[1] ?? null
  }

  return {
    speed: (id) => {
      const speed = catalogues.speed(id)
      if (speed === null) return null
      const { name, downKbps, upKbps } = speed
      return { id, name, downKbps, upKbps }
    },
    gap: (id, oltId): SpeedGap | null => {
      const on = catalogues.speed(id)?.onOlts.find((one) => one.oltId === oltId)
      if (!isMapped(on)) return { why: 'unmapped', profile: null }
      const profile = missing(oltId, on)
      return profile === null ? null : { why: 'missing', profile }
    },
    onOnu: (id, oltId, serial): SpeedOnOnu => {
      const record = records.bySerial(serial).find((one) => one.oltId === oltId)
      const address = record?.address ?? null
      const on = catalogues.speed(id)?.onOlts.find((one) => one.oltId === oltId)
      if (!isMapped(on)) return { state: 'unmapped', address, differences: [] }
      if (record === undefined) return { state: 'unknown', address, differences: [] }
      const { config } = record
      const parts = [
        ['lineProfile', config.lineProfile, on.lineProfile],
        ['serviceProfile', config.serviceProfile, on.serviceProfile],
        ...(config.services ?? []).flatMap((service) => [
          ['upProfile', service.upProfile, on.upProfile] as const,
          ['downProfile', service.downProfile, on.downProfile] as const,
        ]),
      ] as const
      const differences = parts.flatMap(([part, actual, wanted]) =>
        wanted === null || wanted === actual ? [] : [{ part, actual: actual ?? '', wanted }],
      )
      return { state: differences.length === 0 ? 'same' : 'differs', address, differences }
    },
  }
}

const holds = (list: readonly CatalogueEntry[] | undefined, name: string): boolean =>
  list === undefined || list.some((entry) => entry.id === name || entry.name === name)
