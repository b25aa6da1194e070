import { statfs } from 'node:fs/promises'
import {
  historyMetrics,
  type HistoryMetric,
  type HistorySeries,
} from '../../src-shared/contract/history.ts'
import { historyEventKinds } from '../../src-shared/domain/history-events.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CommandHandlers, QueryHandlers } from '../engine/handlers.ts'
import type { HistoryService } from '../history/history-service.ts'
import { putRetention } from './history-retention.ts'
import { oldestOf, readingsBytesPerDay } from './history-size.ts'

export type HistoryQuery =
  | 'history.series'
  | 'history.states'
  | 'history.events'
  | 'history.samples'
  | 'history.status'

/** The history as a capability: what was read over the years, and how it is kept. */
export const createHistoryHandlers = (deps: {
  readonly service: HistoryService
  readonly folder: string
  readonly now: () => number
  /** Removed ones too: what was read of them is still there. */
  readonly isKnownOlt: (oltId: string) => boolean
}): {
  readonly queries: QueryHandlers<HistoryQuery>
  readonly commands: CommandHandlers<'history.configure'>
} => {
  const { service } = deps
  // Columns are copied out: what came from the thread may be a part of a greater buffer.

  const refOf = (series: HistorySeries) => {
    if (!deps.isKnownOlt(series.oltId)) throw new NocturneError('not-found', { what: 'olt' })
    const { kind, oltId } = series
    return { kind, oltId, address: addressOf(series) }
  }

  const statsNow = async () => {
    try {
      return await service.read((worker) => worker.stats())
    } catch {
      // Why it cannot be read is in the service's own status.
      return null
    }
  }

  return {
    queries: {
      'history.series': async ({ series, metrics, ...range }) => {
        refuseForeign(series, metrics)
        refuseBackwards(range)
        const request = { series: refOf(series), metrics, ...range }
        const read = await service.read((worker) => worker.readSeries(request))
        return {
          series: read.map(({ metric, resolution, at, min, avg, max, resets }) => ({
            metric,
            resolution,
            at: at.slice(),
            min: min.slice(),
            avg: avg.slice(),
            max: max.slice(),
            resets: resets.slice(),
          })),
        }
      },
      'history.states': async ({ series, ...range }) => {
        refuseBackwards(range)
        const request = { series: refOf(series), ...range }
        const { at, states } = await service.read((worker) => worker.readStates(request))
        return { at: at.slice(), states: states.slice() }
      },
      'history.events': async ({ series, ...range }) => {
        refuseBackwards(range)
        const request = { series: refOf(series), ...range }
        const { at, kinds, codes, details } = await service.read((worker) => worker.events(request))
        return {
          events: Array.from(at, (time, index) => ({
            at: time,
            // Of a newer build: it is known that something was.
            kind: historyEventKinds[kinds[index]!] ?? 'none',
            code: codes[index]!,
            detail: details[index]!,
          })),
        }
      },
      'history.samples': async ({ series, metrics, ...range }) => {
        refuseForeign(series, metrics)
        refuseBackwards(range)
        const request = { series: refOf(series), metrics, ...range }
        const read = await service.read((worker) => worker.readSamples(request))
        return {
          series: read.map(({ metric, at, values }) => ({
            metric,
            at: at.slice(),
            values: values.slice(),
          })),
        }
      },
      'history.status': async () => {
        const [stats, freeBytes] = await Promise.all([statsNow(), freeBytesOf(deps.folder)])
        const { problem, kept, waiting, lost, retention } = service.status()
        const files = stats?.files ?? []
        return {
          problem: problem === null ? null : { code: problem.code, params: {}, at: problem.at },
          bytes: stats === null ? 0 : stats.readingsBytes + stats.hoursBytes + stats.catalogueBytes,
          files: files.length,
          series: stats?.series ?? 0,
          oldestAt: oldestOf(files, retention.readingsDays, deps.now()),
          readingsBytesPerDay: readingsBytesPerDay(files, deps.now()),
          cycles: kept,
          waiting,
          refusedCycles: lost,
          retention: { ...retention },
          freeBytes,
        }
      },
    },
    commands: {
      'history.configure': (retention) => ({
        apply: (tx) => {
          putRetention(tx, retention, deps.now())
          return {}
        },
        after: () => service.configure(retention),
      }),
    },
  }
}

const addressOf = (series: HistorySeries): number => {
  switch (series.kind) {
    case 'onu':
      return packOnuAddress(series.address)
    case 'pon':
      return packOnuAddress({ ...series.pon, onuId: 0 })
    case 'olt':
      return 0
  }
}

const refuseForeign = ({ kind }: HistorySeries, metrics: readonly HistoryMetric[]): void => {
  const own: readonly HistoryMetric[] = historyMetrics[kind]
  const foreign = metrics.find((metric) => !own.includes(metric))
  if (foreign !== undefined) throw new NocturneError('invalid-input', { what: 'history-metric' })
}

const refuseBackwards = ({ from, to }: { readonly from: number; readonly to: number }): void => {
  if (!(from <= to)) throw new NocturneError('invalid-input', { what: 'history-range' })
}

const freeBytesOf = async (folder: string): Promise<number | null> => {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return null
  }
}
