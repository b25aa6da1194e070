import type { Input, Output } from '../../src-shared/contract/index.ts'
import type { OnuRow } from '../../src-shared/contract/network-model.ts'
import { packOnuAddress, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { oltIdsWithin, reachesOlt, type Reach } from '../engine/reach.ts'
import type { LiveState } from './live-state.ts'
import { oltViewOf, type OltRecord, type OltRecords } from './olt-records.ts'
import { countOnus } from './onu-counts.ts'
import { orNull } from './onu-rows.ts'
import { worstSignals } from './picks.ts'
import { levelsOf, ponPortsOf, rowsOfPon } from './pon-ports.ts'
import { stripOf } from './strip.ts'
import { networkSummary } from './summary.ts'

/** The network at one moment: now, or as a past moment was put together (past/). */
export interface NetworkState {
  readonly live: LiveState
  readonly records: OltRecords
  readonly rowOf: (row: number) => OnuRow
  /** Wall ms. */
  readonly at: () => number
}

/** Answers that depend on a state alone: the same for now and for every past moment. */
export const stateAnswers = {
  'network.summary': (
    { live, records, at }: NetworkState,
    { oltIds }: Input<'network.summary'>,
    reach: Reach,
  ): Output<'network.summary'> =>
    networkSummary(live, records, oltIdsWithin(reach, oltIds), at(), reach),

  'network.olts': ({ live, records }: NetworkState, reach: Reach): Output<'network.olts'> => ({
    olts: records
      .present()
      .filter(({ row }) => reachesOlt(reach, row.id))
      .map((record) => oltViewOf(live, record)),
  }),

  'network.olt': (
    { live, records }: NetworkState,
    { oltId }: Input<'network.olt'>,
  ): Output<'network.olt'> => {
    const record = records.presentOne(oltId)
    const { status } = record
    return {
      olt: oltViewOf(live, record),
      boards: status.boards.map((board) => ({ ...board })),
      boardsAt: status.boardsAt,
      ponPorts: ponPortsOf(live, record.live, status.ponPorts),
      ponPortsAt: status.ponPortsAt,
      notOffered: fieldsOf(record, 'notOffered'),
      unproven: fieldsOf(record, 'unproven'),
      boardsNotOffered: [...status.boardFields.notOffered],
      boardsUnproven: [...status.boardFields.unproven],
      ponPortsNotOffered: [...status.ponPortFields.notOffered],
      ponPortsUnproven: [...status.ponPortFields.unproven],
      readingProblems: [...status.readingProblems.values()].flat().slice(0, 100),
    }
  },

  'network.oltStrip': (
    { live, records }: NetworkState,
    { oltId }: Input<'network.oltStrip'>,
  ): Output<'network.oltStrip'> => stripOf(live, records.presentOne(oltId).live),

  'network.worstSignals': (
    { live, records, rowOf }: NetworkState,
    { limit }: Input<'network.worstSignals'>,
    reach: Reach,
  ): Output<'network.worstSignals'> => ({
    onus: worstSignals(
      live,
      records.listed().filter(({ olt }) => reachesOlt(reach, olt.id)),
      limit,
    ).map(rowOf),
  }),

  'network.onu': (
    { live, records, rowOf }: NetworkState,
    { oltId, address }: Input<'network.onu'>,
    reach: Reach,
  ): Output<'network.onu'> => {
    const { table } = live
    const record = records.presentOne(oltId)
    const row = live.findRow(record.live, packOnuAddress(address))
    if (row < 0) throw new NocturneError('not-found', { what: 'onu' })
    const { optic } = record.live
    const rows = rowsOfPon(record.live, address)
    const named = record.status.ponPorts.find(
      ({ shelf, slot, port }) =>
        shelf === address.shelf && slot === address.slot && port === address.port,
    )
    return {
      onu: rowOf(row),
      limits: {
        opticClass: optic.name,
        certainty: optic.certainty,
        onuRxMinDbm: optic.onuRx.minDbm,
        onuRxMaxDbm: optic.onuRx.maxDbm,
        oltRxMinDbm: optic.oltRx.minDbm,
        oltRxMaxDbm: optic.oltRx.maxDbm,
      },
      pon: {
        name: named?.name ?? null,
        total: rows.length,
        online: countOnus(table, record.live, rows).online,
        averageOnuRxDbm: levelsOf(live, record.live, rows, table.onuRx).average,
      },
      duplicates: live.serials
        .sameSerial(row)
        .filter((other) => other !== row && reachesOlt(reach, oltIdOf(live, other)))
        .map((other) => ({
          oltId: oltIdOf(live, other),
          oltName: records.nameOf(table.oltIndex[other]!),
          address: unpackOnuAddress(table.address[other]!),
        })),
      upBytes: orNull(table.upBytes[row]!),
      downBytes: orNull(table.downBytes[row]!),
      identityAt: record.status.ages.identity,
      opticsPolled: record.status.opticsPolled,
      notOffered: fieldsOf(record, 'notOffered'),
      unproven: fieldsOf(record, 'unproven'),
    }
  },
} as const

const oltIdOf = (live: LiveState, row: number): string => live.olts[live.table.oltIndex[row]!]!.id

const fieldsOf = (record: OltRecord, which: 'notOffered' | 'unproven'): string[] => [
  ...new Set([...record.status[which].values()].flat()),
]
