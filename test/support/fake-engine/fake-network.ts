import type { Output, QueryName } from '../../../src-shared/contract/index.ts'
import type { Input } from '../../../src-shared/contract/index.ts'
import type { OltRow, PonPort } from '../../../src-shared/contract/network-model.ts'
import { snmpAuthAlgorithms, snmpPrivAlgorithms } from '../../../src-shared/contract/snmp-access.ts'
import { packOnuAddress, ponOf, unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { causeClasses } from '../../../src-shared/domain/onu-state.ts'
import { opticClasses, signalClasses } from '../../../src-shared/domain/optics.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { fakeStateHistory } from './fake-history.ts'
import { opticsPolledOf, quietOf } from './fake-care.ts'
import { causeClassAt, stateAt, type FakeOlt, type FakePlant } from './fake-plant.ts'
import { fakeProbe } from './fake-probe.ts'
import { countRows, marginOf, rowOf, signalOf } from './fake-rows.ts'
import { filterRows, pageOf, sortRows, type FakeView } from './fake-views.ts'

/** Answers of the network capability from the generated plant. */

type NetworkQuery = Exclude<
  Extract<QueryName, `network.${string}`>,
  'network.oltCare' | 'network.openLiveView' | 'network.closeLiveView'
>
export type NetworkQueries = {
  readonly [Name in NetworkQuery]: (input: Input<Name>) => Output<Name>
}

const labels = { 'zte-c3xx': 'ZTE C300/C320', 'huawei-smartax': 'Huawei SmartAX GPON' } as const

export interface FakeNetwork {
  readonly queries: NetworkQueries
  readonly views: Map<string, FakeView>
  oltRow(olt: FakeOlt): OltRow
  summary(oltIds: readonly string[]): Output<'network.summary'>
  unconfigured(): Output<'network.unconfigured'>
}

export const createFakeNetwork = (plant: FakePlant, now: () => number): FakeNetwork => {
  const views = new Map<string, FakeView>()
  const known = (): FakeOlt[] => plant.olts.filter((olt) => !olt.removed)
  const oltOf = (oltId: string): FakeOlt => {
    const olt = known().find((each) => each.id === oltId)
    if (olt === undefined) throw new NocturneError('not-found')
    return olt
  }
  const rowsOf = (olt: FakeOlt): Int32Array<ArrayBuffer> =>
    Int32Array.from({ length: olt.rows }, (_, index) => olt.firstRow + index)

  const unconfigured = (): Output<'network.unconfigured'> => ({
    onus: known()
      .slice(0, 3)
      .filter((olt) => olt.reachable && olt.rows > 3)
      .flatMap((olt, index) =>
        // More of them where there are more ONUs.
        Array.from({ length: olt.rows > 100 ? 3 : 1 }, (_, at) => ({
          oltId: olt.id,
          oltName: olt.name,
          shelf: olt.family === 'zte-c3xx' ? 1 : 0,
          slot: 2,
          port: 4 + index + at,
          serial: `${at === 2 ? 'ZTEG' : 'HWTC'}0BADF${at}${index}${index}`,
          model: at === 1 ? null : at === 2 ? 'F660' : 'HG8310M',
          firmware: null,
          firstSeenAt: now() - (index + 1) * 5_400_000 - at * 640_000,
          seenAt: now() - 20_000,
        })),
      )
      .filter(({ serial }) => plant.authorised?.has(serial) !== true),
  })

  const unconfiguredOf = (oltId?: string): number =>
    unconfigured().onus.filter((onu) => oltId === undefined || onu.oltId === oltId).length

  const oltRow = (olt: FakeOlt): OltRow => {
    const quiet = quietOf(olt, now())
    const at =
      quiet !== null
        ? quiet.since
        : olt.reachable
          ? now() - (now() % 60_000) + 900
          : now() - 840_000
    const index = plant.olts.indexOf(olt)
    return {
      id: olt.id,
      version: olt.version,
      name: olt.name,
      host: olt.host,
      port: olt.port,
      snmpVersion: index % 2 === 0 ? '2c' : '3',
      userName: index % 2 === 0 ? null : 'noc',
      authAlgorithm: index % 2 === 0 ? null : 'sha256',
      privAlgorithm: index % 4 === 1 ? 'aes128' : null,
      contextName: null,
      simulated: true,
      note: olt.note,
      opticClass: 'B+',
      intervals: { statusS: 60, countersS: 300, opticsS: 3600 },
      opticsPolling: olt.opticsPolling ?? 'family',
      opticsPolled: opticsPolledOf(olt),
      quiet,
      familyId: olt.family,
      familyLabel: labels[olt.family],
      recognisedBy: `sysObjectID 1.3.6.1.4.1.${olt.family === 'zte-c3xx' ? '3902.1082.1001.320' : '2011.2.248'} → ${labels[olt.family]}`,
      sysName: olt.name.toLowerCase().replaceAll(' ', '-'),
      sysDescr:
        olt.family === 'zte-c3xx' ? 'C320 Version V2.1.0' : 'Huawei Integrated Access Software',
      sysObjectId:
        olt.family === 'zte-c3xx' ? '1.3.6.1.4.1.3902.1082.1001.320' : '1.3.6.1.4.1.2011.2.248',
      uptimeS: olt.reachable ? 8_640_000 + index * 90_000 : null,
      reachability: olt.reachable ? 'reachable' : 'unreachable',
      since: olt.reachable ? plant.startedAt : now() - 840_000,
      lastAnswerAt: at,
      answerMs: olt.reachable ? 6 + index * 3 : null,
      ages: {
        status: at,
        optics: at - 1_500_000,
        counters: at - 120_000,
        identity: at - 5_000_000,
      },
      counts: countRows(
        plant,
        (row) => plant.olts[plant.olt[row]!] === olt,
        unconfiguredOf(olt.id),
      ),
      polling:
        olt.reachable && quiet === null && now() % 60_000 < 8000
          ? { group: 'status', done: Math.min(olt.rows, now() % 60_000), total: olt.rows }
          : null,
      nextPollAt: at + 60_000,
      problem: olt.reachable
        ? null
        : {
            code: 'olt-no-answer',
            params: { host: olt.host, port: olt.port },
            at: now() - 840_000,
          },
      answered: Array.from({ length: 60 }, (_, minute) => (olt.reachable || minute < 46 ? 1 : 0)),
    }
  }

  const summary = (oltIds: readonly string[]): Output<'network.summary'> => {
    const olts = known().filter((olt) => oltIds.length === 0 || oltIds.includes(olt.id))
    const chosen = new Set(olts)
    const reachable = olts.filter((olt) => olt.reachable).length
    const isRead = olts.some((olt) => olt.reachable && quietOf(olt, now()) === null)
    return {
      counts: countRows(plant, (row) => chosen.has(plant.olts[plant.olt[row]!]!), unconfiguredOf()),
      olts: {
        total: olts.length,
        reachable,
        unreachable: olts.length - reachable,
        never: 0,
        unrecognised: 0,
      },
      oldestStatusAt: isRead ? now() - (now() % 60_000) + 900 : null,
      duplicateSerials: plant.size > 10 ? 1 : 0,
      at: now(),
    }
  }

  const ponPorts = (olt: FakeOlt): PonPort[] => {
    const byPon = new Map<number, number[]>()
    for (const row of rowsOf(olt)) {
      const pon = ponOf(plant.address[row]!)
      byPon.set(pon, [...(byPon.get(pon) ?? []), row])
    }
    return Array.from(byPon, ([pon, rows]): PonPort => {
      const { shelf, slot, port } = unpackOnuAddress(pon)
      const lit = rows.filter((row) => plant.state[row] === stateAt('online'))
      const of = (column: Float32Array): number[] => lit.map((row) => column[row]!)
      const average = (values: number[]): number | null =>
        values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
      const worst = (values: number[]): number | null =>
        values.length === 0 ? null : Math.min(...values)
      const members = new Set(rows)
      return {
        shelf,
        slot,
        port,
        name:
          olt.family === 'zte-c3xx'
            ? `gpon-olt_${shelf}/${slot}/${port}`
            : `GPON ${shelf}/${slot}/${port}`,
        description: port === 4 ? 'North ring' : null,
        state: olt.reachable ? 'up' : 'unknown',
        capacity: 128,
        counts: countRows(plant, (row) => members.has(row), 0),
        averageOnuRxDbm: average(of(plant.onuRx)),
        worstOnuRxDbm: worst(of(plant.onuRx)),
        averageOltRxDbm: average(of(plant.oltRx)),
        worstOltRxDbm: worst(of(plant.oltRx)),
        txDbm: olt.reachable ? 4.1 : null,
        temperatureC: olt.reachable ? 44 : null,
        voltageV: olt.reachable ? 3.28 : null,
        biasMa: olt.reachable ? 17 : null,
      }
    })
  }

  const open: NetworkQueries['network.openView'] = (input) => {
    const rows = filterRows(plant, input.filter)
    sortRows(plant, rows, input.sort, now())
    views.set(input.viewId, {
      rows,
      filter: input.filter,
      offset: input.offset,
      limit: input.limit,
    })
    return {
      total: rows.length,
      ofTotal: plant.size,
      offset: input.offset,
      onus: pageOf(plant, rows, input.offset, input.limit, now()),
      at: now(),
    }
  }

  const onuRowAt = (input: Input<'network.onu'>): number => {
    const packed = packOnuAddress(input.address)
    const row = rowsOf(oltOf(input.oltId)).find((each) => plant.address[each] === packed)
    if (row === undefined) throw new NocturneError('not-found')
    return row
  }

  const queries: NetworkQueries = {
    'network.summary': ({ oltIds }) => summary(oltIds),
    'network.stateHistory': () => fakeStateHistory(plant, summary([]).counts, now()),
    'network.olts': () => ({ olts: known().map(oltRow) }),
    'network.olt': ({ oltId }) => {
      const olt = oltOf(oltId)
      return {
        olt: oltRow(olt),
        boards: [1, 2, 3, 4].map((slot) => ({
          shelf: olt.family === 'zte-c3xx' ? 1 : 0,
          slot,
          name: slot === 4 ? null : slot === 1 ? 'SMXA/3' : 'GTGHK',
          state: slot === 4 ? ('empty' as const) : ('in-service' as const),
          cpuPercent: slot === 4 ? null : 12 + slot,
          memoryPercent: slot === 4 ? null : 40 + slot,
          temperatureC: slot === 4 || olt.family !== 'zte-c3xx' ? null : 38 + slot,
        })),
        boardsAt: now() - 900_000,
        ponPorts: ponPorts(olt),
        ponPortsAt: now() - 30_000,
        notOffered: olt.family === 'zte-c3xx' ? ['biasMa'] : [],
        unproven: olt.family === 'zte-c3xx' ? ['oltRxDbm'] : [],
        boardsNotOffered: olt.family === 'zte-c3xx' ? [] : ['temperatureC'],
        boardsUnproven: olt.family === 'zte-c3xx' ? ['memoryPercent'] : [],
        ponPortsNotOffered: [],
        ponPortsUnproven: olt.family === 'zte-c3xx' ? ['txDbm', 'temperatureC'] : [],
        readingProblems:
          olt.family === 'zte-c3xx' ? [{ text: 'distance: 4294967295', count: 2 }] : [],
      }
    },
    'network.oltStrip': ({ oltId }) => {
      const rows = rowsOf(oltOf(oltId))
      return {
        rows,
        addresses: Int32Array.from(rows, (row) => plant.address[row]!),
        states: Uint8Array.from(rows, (row) => plant.state[row]!),
        signals: Uint8Array.from(rows, (row) => signalClasses.indexOf(signalOf(plant, row))),
        marginsDb: Float64Array.from(rows, (row) => marginOf(plant, row)),
        causes: Uint8Array.from(rows, (row) => causeClasses.indexOf(causeClassAt(plant, row))),
        onuRxDbm: Float64Array.from(rows, (row) => plant.onuRx[row]!),
        oltRxDbm: Float64Array.from(rows, (row) => plant.oltRx[row]!),
        distancesM: Float64Array.from(rows, (row) => plant.distance[row]!),
      }
    },
    'network.prepareAsOf': ({ asOf }) => ({ asOf, onus: plant.state.length, unknown: 0 }),
    'network.snmpAlgorithms': () => ({
      auth: snmpAuthAlgorithms.filter((algorithm) => algorithm !== 'md5'),
      priv: snmpPrivAlgorithms.filter((algorithm) => algorithm !== 'des'),
      missing: ['md5', 'des'],
    }),
    'network.oltInterfaces': ({ oltId }) => {
      oltOf(oltId)
      return {
        interfaces: [1, 2, 3].map((index) => ({
          index,
          name: `eth0/${index}`,
          description: null,
          type: 6,
          state: index === 3 ? ('down' as const) : ('up' as const),
        })),
        at: now(),
      }
    },
    'network.families': () => ({
      families: [
        { id: 'zte-c3xx', label: labels['zte-c3xx'], models: ['C300', 'C320'] },
        { id: 'huawei-smartax', label: labels['huawei-smartax'], models: ['MA5608T', 'MA5800'] },
      ],
    }),
    'network.probe': (input) => fakeProbe(input),
    'network.unconfigured': unconfigured,
    'network.worstSignals': ({ limit }) => {
      const lit = filterRows(plant, everything).filter((row) => !Number.isNaN(marginOf(plant, row)))
      lit.sort((one, other) => marginOf(plant, one) - marginOf(plant, other))
      return { onus: pageOf(plant, lit, 0, limit, now()) }
    },
    'network.openView': open,
    'network.viewPage': ({ viewId, offset, limit }) => {
      const view = views.get(viewId)
      if (view === undefined) throw new NocturneError('not-found')
      view.offset = offset
      view.limit = limit
      return {
        total: view.rows.length,
        offset,
        onus: pageOf(plant, view.rows, offset, limit, now()),
      }
    },
    'network.closeView': ({ viewId }) => {
      views.delete(viewId)
      return {}
    },
    'network.onu': (input) => {
      const row = onuRowAt(input)
      const pon = ponOf(plant.address[row]!)
      const port = ponPorts(oltOf(input.oltId)).find(
        (each) => ponOf(packOnuAddress({ ...each, onuId: 0 })) === pon,
      )!
      const { onuRx, oltRx, certainty } = opticClasses['B+']
      return {
        onu: rowOf(plant, row, now()),
        limits: {
          opticClass: 'B+',
          certainty,
          onuRxMinDbm: onuRx.minDbm,
          onuRxMaxDbm: onuRx.maxDbm,
          oltRxMinDbm: oltRx.minDbm,
          oltRxMaxDbm: oltRx.maxDbm,
        },
        pon: {
          name: port.name,
          total: port.counts.total,
          online: port.counts.online,
          averageOnuRxDbm: port.averageOnuRxDbm,
        },
        duplicates:
          row === 5 || row === 6
            ? [
                {
                  oltId: input.oltId,
                  oltName: oltOf(input.oltId).name,
                  address: unpackOnuAddress(plant.address[row === 5 ? 6 : 5]!),
                },
              ]
            : [],
        upBytes: plant.up[row]! * 90_000_000,
        downBytes: plant.down[row]! * 70_000_000,
        identityAt: now() - 5_000_000,
        notOffered: [],
        opticsPolled: true,
        unproven: [],
      }
    },
  }
  return { queries, views, oltRow, summary, unconfigured }
}

const everything: Input<'network.openView'>['filter'] = {
  oltIds: [],
  pon: null,
  states: [],
  signals: [],
  duplicateSerial: false,
  search: '',
}
