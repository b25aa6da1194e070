import type { OnuRow } from '../../src-shared/contract/network-model.ts'
import { onuFilter } from '../../src-shared/contract/network-model.ts'
import { packOnuAddress, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { CallContext, QueryHandlers } from '../engine/handlers.ts'
import type { OltPort, OltTarget, OpenOltPort } from '../olt/poller/olt-port.ts'
import { wipeCredentials } from '../olt/poller/snmp-credentials.ts'
import { withTimeLimit } from '../olt/poller/time-limit.ts'
import type { SnmpAlgorithms } from '../olt/snmp/usm/self-test.ts'
import type { LiveState } from './live-state.ts'
import type { MinuteCounts } from './minute-counts.ts'
import { oltViewOf, type OltRecord, type OltRecords } from './olt-records.ts'
import { countOnus } from './onu-counts.ts'
import { orNull } from './onu-rows.ts'
import { levelsOf, ponPortsOf, rowsOfPon } from './pon-ports.ts'
import { bestMatches, worstSignals } from './picks.ts'
import { probeFailure, probeOlt } from './probe.ts'
import { filterRows } from './row-filter.ts'
import { accessOf, credentialsOf } from './snmp-access.ts'
import { stripOf } from './strip.ts'
import { networkSummary } from './summary.ts'
import type { Views } from './views.ts'

export type NetworkQuery =
  | 'network.summary'
  | 'network.stateHistory'
  | 'network.olts'
  | 'network.olt'
  | 'network.oltStrip'
  | 'network.oltInterfaces'
  | 'network.families'
  | 'network.probe'
  | 'network.snmpAlgorithms'
  | 'network.unconfigured'
  | 'network.worstSignals'
  | 'network.openView'
  | 'network.viewPage'
  | 'network.closeView'
  | 'network.onu'
  | 'network.search'

export interface FamilyInfo {
  readonly id: string
  readonly label: string
  readonly models: readonly string[]
}

const probeLimitMs = 600_000
const interfacesLimitMs = 120_000

export const createNetworkQueries = (deps: {
  readonly clock: Clock
  readonly live: LiveState
  readonly records: OltRecords
  readonly minutes: MinuteCounts
  readonly views: Views
  readonly rowOf: (row: number) => OnuRow
  readonly families: () => readonly FamilyInfo[]
  readonly algorithms: SnmpAlgorithms
  readonly openOltPort: OpenOltPort
  /** Opens the sealed access; the caller wipes it. */
  readonly targetOf: (record: OltRecord) => OltTarget
  /** One thing at a time per OLT, the poller's walks among them. */
  readonly borrow: <Value>(oltId: string, work: () => Promise<Value>) => Promise<Value>
}): QueryHandlers<NetworkQuery> => {
  const { clock, live, records, minutes, views, rowOf } = deps
  const { table } = live

  const present = records.presentOne

  const rowAt = (record: OltRecord, address: Parameters<typeof packOnuAddress>[0]): number => {
    const row = live.findRow(record.live, packOnuAddress(address))
    if (row < 0) throw new NocturneError('not-found', { what: 'onu' })
    return row
  }

  /** A port of its own for one question, closed whatever happens. */
  const withPort = async <Value>(
    target: OltTarget,
    context: CallContext,
    limitMs: number,
    ask: (port: OltPort, signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> => {
    const controller = new AbortController()
    const onAbort = (): void => controller.abort()
    if (context.signal.aborted) throw new NocturneError('cancelled')
    context.signal.addEventListener('abort', onAbort, { once: true })
    let port: OltPort | null = null
    try {
      port = deps.openOltPort(target)
      const opened = port
      return await withTimeLimit(clock, limitMs, controller, (signal) => ask(opened, signal))
    } finally {
      context.signal.removeEventListener('abort', onAbort)
      port?.close()
      wipeCredentials(target.access)
    }
  }

  const fieldsOf = (record: OltRecord, which: 'notOffered' | 'unproven'): string[] => [
    ...new Set([...record.status[which].values()].flat()),
  ]

  return {
    'network.summary': ({ oltIds }) => networkSummary(live, records, oltIds, clock.now()),

    'network.stateHistory': ({ oltIds }) =>
      minutes.series(
        oltIds.length === 0
          ? null
          : new Set(oltIds.flatMap((id) => records.get(id)?.live.index ?? [])),
        clock.now(),
      ),

    'network.olts': () => ({
      olts: records.present().map((record) => oltViewOf(live, record)),
    }),

    'network.olt': ({ oltId }) => {
      const record = present(oltId)
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

    'network.oltStrip': ({ oltId }) => stripOf(live, present(oltId).live),

    'network.oltInterfaces': async ({ oltId, taskId }, context) => {
      const record = present(oltId)
      context.progress(taskId, 'interfaces', 0, null)
      const interfaces = await deps.borrow(oltId, () =>
        withPort(deps.targetOf(record), context, interfacesLimitMs, (port, signal) =>
          port.readInterfaces(signal),
        ),
      )
      return {
        interfaces: interfaces.map(({ index, name, description, type, state }) => ({
          index,
          name,
          description,
          type,
          state,
        })),
        at: clock.now(),
      }
    },

    'network.families': () => ({
      families: deps
        .families()
        .map(({ id, label, models }) => ({ id, label, models: [...models] })),
    }),

    'network.snmpAlgorithms': () => ({
      auth: [...deps.algorithms.auth],
      priv: [...deps.algorithms.priv],
      missing: [...deps.algorithms.missing],
    }),

    'network.probe': async ({ taskId, host, port, ...access }, context) => {
      const target = { host, port, access: credentialsOf(accessOf(access)) }
      const lower = host.toLowerCase()
      const atAddress = records
        .present()
        .find(({ row }) => row.host.toLowerCase() === lower && row.port === port)
      const probe = () =>
        withPort(target, context, probeLimitMs, (opened, signal) =>
          probeOlt(opened, clock, signal, (step, done, total) =>
            context.progress(taskId, step, done, total),
          ),
        )
      try {
        const found = await (atAddress === undefined
          ? probe()
          : deps.borrow(atAddress.row.id, probe))
        if (found.kind !== 'recognised') return found
        const known =
          atAddress ??
          records
            .present()
            .find(
              ({ status }) => found.sysName !== null && found.sysName === status.system?.sysName,
            )
        return {
          ...found,
          known: known === undefined ? null : { id: known.row.id, name: known.row.name },
        }
      } catch (error) {
        return probeFailure(error)
      }
    },

    'network.unconfigured': () => ({
      onus: records
        .present()
        .flatMap(({ row, status }) =>
          status.unconfigured.map((onu) => ({ oltId: row.id, oltName: row.name, ...onu })),
        ),
    }),

    'network.worstSignals': ({ limit }) => ({
      onus: worstSignals(live, records.listed(), limit).map(rowOf),
    }),

    'network.openView': (input, { clientId }) => ({
      ...views.open(clientId, input),
      at: clock.now(),
    }),

    'network.viewPage': ({ viewId, offset, limit }, { clientId }) =>
      views.page(clientId, viewId, offset, limit),

    'network.closeView': ({ viewId }, { clientId }) => {
      views.close(clientId, viewId)
      return {}
    },

    'network.onu': ({ oltId, address }) => {
      const record = present(oltId)
      const row = rowAt(record, address)
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
          .filter((other) => other !== row)
          .map((other) => ({
            oltId: live.olts[table.oltIndex[other]!]!.id,
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

    'network.search': ({ text, limit }) => {
      const wanted = text.trim().toLowerCase()
      if (wanted === '') return { onus: [], onusTotal: 0, olts: [] }
      const rows = filterRows(live, records.listed(), onuFilter.parse({ search: wanted }), null)
      return {
        onus: bestMatches(live, rows, wanted, limit).map(rowOf),
        onusTotal: rows.length,
        olts: records
          .present()
          .filter(({ row }) => `${row.name}\n${row.host}`.toLowerCase().includes(wanted))
          .slice(0, limit)
          .map(({ row }) => ({ id: row.id, name: row.name, host: row.host })),
      }
    },
  }
}
