import type { OutageRow } from '../../src-shared/contract/outages.ts'
import { formatPon, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import type { Outage, OutagePon, TimelineEntry } from './outage.ts'

/** As many PONs and streets as the contract lets through; counts are of all. */
const mostPons = 256
const mostAreas = 20

export const rowOfOutage = (outage: Outage): OutageRow => ({
  id: outage.id,
  version: outage.version,
  verdict: outage.verdict,
  confidence: outage.confidence,
  corrected: outage.operator.corrected,
  severity: outage.severity,
  beganAt: outage.beganAt,
  openedAt: outage.openedAt,
  verdictAt: outage.verdictAt,
  changedAt: outage.changedAt,
  endedAt: outage.endedAt,
  olts: [...outage.parts.values()].map(({ oltId, oltName }) => ({ oltId, name: oltName })),
  pons: ponRowsOf([...outage.pons.values()]),
  node: outage.node,
  areas: outage.areas.slice(0, mostAreas),
  affectedOnus: outage.affected,
  down: outage.down,
  withGasp: outage.withGasp,
  withoutGasp: outage.affected - outage.withGasp,
  subscribers: outage.behind?.subscribers ?? null,
  revenue: outage.behind?.revenue ?? null,
  acknowledged: outage.operator.acknowledged,
  owner: outage.operator.owner,
  ticket: outage.operator.ticket,
  maintenanceId: outage.maintenanceId,
})

export const ponRowsOf = (pons: readonly OutagePon[]): OutageRow['pons'] =>
  pons.slice(0, mostPons).map(({ oltId, packed, name }) => ({
    oltId,
    pon: ponAddressOf(packed),
    name,
  }))

export const ponAddressOf = (packed: number) => {
  const { shelf, slot, port } = unpackOnuAddress(packed)
  return { shelf, slot, port }
}

/** Lower-cased words that a search goes through; `verdict` in its English key. */
export const searchTextOf = (row: OutageRow, timeline: readonly TimelineEntry[]): string =>
  [
    ...row.olts.map(({ name }) => name),
    ...row.pons.flatMap(({ pon, name }) => [formatPon(pon), name ?? '']),
    row.node?.name ?? '',
    row.node?.path ?? '',
    ...row.areas,
    row.owner?.name ?? '',
    row.ticket ?? '',
    row.corrected?.verdict ?? row.verdict,
    row.corrected?.note ?? '',
    ...timeline.flatMap(({ kind, text }) => (kind === 'noted' && text !== null ? [text] : [])),
  ]
    .join(' ')
    .toLowerCase()
    .slice(0, 16_000)
