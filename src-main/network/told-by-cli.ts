import {
  packOnuAddress,
  type OnuAddress,
  type PonAddress,
} from '../../src-shared/domain/onu-address.ts'
import type { OnuColumns } from '../olt/poller/olt-port.ts'
import { applyIdentity } from './apply-readings.ts'
import type { LiveState } from './live-state.ts'
import type { OltRecord, OltRecords } from './olt-records.ts'

/** An ONU that an OLT reports as plugged in and not configured. */
export interface UnconfiguredOnOlt {
  readonly oltId: string
  readonly pon: PonAddress | null
  readonly serial: string | null
  readonly model: string | null
  readonly firmware: string | null
  readonly firstSeenAt: number
  readonly seenAt: number
}

/** What a configuration that was read over the CLI says of who an ONU is. Null: it does not say. */
export interface ToldOnu {
  readonly address: OnuAddress
  readonly serial: string
  readonly name: string | null
  readonly description: string | null
}

/** Field by field: what the driver read may hold more than its type says. */
export const unconfiguredOf = (records: OltRecords): readonly UnconfiguredOnOlt[] =>
  records.present().flatMap(({ row, status }) =>
    status.unconfigured.map((onu) => ({
      oltId: row.id,
      pon:
        onu.shelf === null || onu.slot === null || onu.port === null
          ? null
          : { shelf: onu.shelf, slot: onu.slot, port: onu.port },
      serial: onu.serial,
      model: onu.model,
      firmware: onu.firmware,
      firstSeenAt: onu.firstSeenAt,
      seenAt: onu.seenAt,
    })),
  )

/**
 * Takes what the CLI read back into the live state, so that a changed ONU carries its new serial and
 * texts at once and not after the next identity walk, which may be an hour away.
 */
export const takeToldOnu = (
  live: LiveState,
  record: OltRecord,
  told: ToldOnu,
  onTexts: () => void,
): void => {
  const texts: Record<string, readonly (string | null)[]> = { serial: [told.serial] }
  if (told.name !== null) texts['name'] = [told.name]
  if (told.description !== null) texts['description'] = [told.description]
  const columns: OnuColumns = {
    group: 'identity',
    count: 1,
    address: Int32Array.of(packOnuAddress(told.address)),
    numbers: {},
    codes: {},
    texts,
    notOffered: [],
    unproven: [],
    problems: [],
  }
  const before = live.revisions.structure
  applyIdentity(live, record.live, columns, onTexts)
  if (live.revisions.structure !== before) onTexts()
}
