import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { NocturneError, isNocturneError } from '../../src-shared/errors.ts'
import { openCatalogue, type Catalogue, type SeriesQuery, type SeriesRow } from './catalogue.ts'
import { compact, cyclesPerBlock, type Work } from './compact.ts'
import type { Cycle } from './cycle.ts'
import { createCycleWriter } from './cycle-writer.ts'
import { parseReadingsFile } from './file-names.ts'
import { openFileSet, type FileSet } from './file-set.ts'
import { openHistoryFile, openHistoryFileToRead, secureHistoryFolder } from './history-file.ts'
import { withHistoryErrors } from './history-errors.ts'
import { createLaneReads, type LaneReads } from './lane-reads.ts'
import { createMedians, type Medians } from './medians.ts'
import { createQueries, type HistoryQueries } from './queries.ts'
import type { ReadingsFile } from './readings-file.ts'
import { dropBefore, dropOutlived, type Retention } from './retention.ts'
import { seal } from './seal.ts'
import { createSnapshots, type Snapshots } from './snapshot.ts'
import { statsOf, type HistoryStats } from './stats.ts'

/**
 * What was read of OLTs, PON ports and ONUs, over the years, in encrypted files of its own
 * (facts/performance.md 2.3, docs/adr/0030). Synchronous: it runs in a thread of its own
 * (history-worker.ts), which calls `work` between two requests.
 */
export interface History extends HistoryQueries, Snapshots, Medians, LaneReads {
  /**
   * Keeps one poll cycle: all of it or nothing, and for good once it returns. Throws 'disk-full'
   * (later cycles are tried anew), 'invalid-input', 'store-damaged'.
   */
  readonly append: (cycle: Cycle) => void
  readonly find: (query: SeriesQuery) => readonly SeriesRow[]
  /** Compaction, sealing and dropping for about so long. true: there is more. */
  readonly work: (budgetMs: number) => boolean
  /** All work that is due; with `everything`, all files are sealed as if their time were over. */
  readonly settle: (everything?: boolean) => void
  /** Unlinks files that end before the given times, wall ms. Returns their names. */
  readonly drop: (before: { readonly readings?: number; readonly hours?: number }) => string[]
  readonly stats: () => HistoryStats
  /** From the next look on, which is due at once. */
  readonly configure: (retention: Retention) => void
  readonly stop: () => void
}

export interface HistoryOptions {
  /** Made if it is not there; belongs to the history alone. */
  readonly folder: string
  /** 32 random bytes. Copied; the copy is wiped at the stop. */
  readonly key: Uint8Array
  readonly clock: { now(): number; monotonic(): number }
  readonly retention?: Retention
}

const catalogueFile = 'catalogue.db'
/** From so many series on a day is a file, below it a week (facts/performance.md 2.3). */
const dayFilesFrom = 10_000
/** A file is not sealed at once when its time is over: the clock may be set back a little. */
const sealAfterMs = 600_000
const hourMs = 3_600_000

/**
 * Throws 'store-wrong-key', 'store-from-newer-version' (not a byte was changed), 'store-damaged',
 * 'workspace-in-use', 'disk-full', 'permission-denied'.
 */
export const openHistory = (options: HistoryOptions): History => {
  const { folder, clock } = options
  secureHistoryFolder(folder)
  const key = Buffer.allocUnsafeSlow(options.key.length)
  key.set(options.key)
  const connection = openCatalogueFile(folder, key)
  const opened = ((): { readonly catalogue: Catalogue; readonly files: FileSet } => {
    try {
      const catalogue = withHistoryErrors(() => openCatalogue(connection, clock.now()))
      const spanOfNew = () => (catalogue.seriesCount() >= dayFilesFrom ? 'day' : 'week')
      return { catalogue, files: openFileSet({ folder, key, spanOfNew }) }
    } catch (error) {
      connection.close()
      throw error
    }
  })()
  const { catalogue, files } = opened
  const writer = createCycleWriter({ catalogue, files })
  const counted = { cycles: 0, samples: 0, refusedCycles: 0, longestStepMs: 0 }
  let job: { readonly work: Work; readonly ended: () => void } | null = null
  /** Work that failed is tried again after the next cycle. */
  let held = false
  let retainedAt = Number.NEGATIVE_INFINITY
  let { retention } = options

  const isOver = (file: ReadingsFile): boolean =>
    file !== writer.writing() && file.period.to + sealAfterMs <= clock.now()

  const sealing = (file: ReadingsFile): typeof job => {
    const hours = files.hoursFor(file)
    if (hours === null) return null
    return {
      work: seal(file, hours),
      ended: () => {
        if (!file.isSealed()) return
        writer.forget(file)
        files.finish(file)
      },
    }
  }

  const nextJob = (everything: boolean): typeof job => {
    const unsealed = files.unsealed()
    for (const file of unsealed) {
      if (everything || isOver(file)) {
        const found = sealing(file)
        if (found !== null) return found
      }
      for (const { lane, metric } of file.hot(cyclesPerBlock)) {
        return { work: compact(file, lane, metric, false), ended: () => {} }
      }
    }
    // Either way: the clock may have been set back.
    if (Math.abs(clock.now() - retainedAt) >= hourMs) {
      retainedAt = clock.now()
      if (retention !== undefined) dropOutlived(files, retention, clock.now())
    }
    return null
  }

  /** false: nothing is left. */
  const step = (everything: boolean): boolean => {
    if (held) return false
    const before = clock.monotonic()
    try {
      job ??= nextJob(everything)
      if (job === null) return false
      const { done } = job.work.next()
      if (done) {
        const { ended } = job
        job = null
        ended()
      }
    } catch (error) {
      job = null
      held = true
      throw error
    } finally {
      counted.longestStepMs = Math.max(counted.longestStepMs, clock.monotonic() - before)
    }
    return true
  }

  return {
    ...createQueries({ catalogue, files }),
    ...createSnapshots({ catalogue, files }),
    ...createMedians({ catalogue, files }),
    ...createLaneReads({ catalogue, files }),
    append: (cycle) => {
      try {
        counted.samples += writer.append(cycle)
        counted.cycles++
        held = false
      } catch (error) {
        counted.refusedCycles++
        throw error
      }
    },
    find: (query) => withHistoryErrors(() => catalogue.find(query)),
    work: (budgetMs) =>
      withHistoryErrors(() => {
        const until = clock.monotonic() + budgetMs
        // At least one: whoever asks for little still gets on.
        let more = step(false)
        while (more && clock.monotonic() < until) more = step(false)
        return more
      }),
    settle: (everything = false) =>
      withHistoryErrors(() => {
        held = false
        while (step(everything));
      }),
    drop: (before) => {
      job = null
      return withHistoryErrors(() => dropBefore(files, before))
    },
    configure: (next) => {
      retention = next
      retainedAt = Number.NEGATIVE_INFINITY
    },
    stats: () =>
      statsOf({ folder, files, catalogueFile, seriesCount: catalogue.seriesCount(), counted }),
    stop: () => {
      job = null
      files.close()
      connection.close()
      key.fill(0)
    },
  }
}

/** Wrong key and damage look the same to SQLite: the other files tell them apart. */
const openCatalogueFile = (folder: string, key: Buffer) => {
  const path = join(folder, catalogueFile)
  try {
    return openHistoryFile({ path, kind: 'catalogue', key, cacheKib: 4_096 })
  } catch (error) {
    const unreadable =
      isNocturneError(error) && error.code === 'store-damaged' && error.params['io'] === undefined
    if (!unreadable || opensAnother(folder, key)) throw error
    throw new NocturneError('store-wrong-key', { what: 'history' })
  }
}

const opensAnother = (folder: string, key: Buffer): boolean => {
  const files = readdirSync(folder).filter((file) => parseReadingsFile(file) !== null)
  return files.some((file) => {
    try {
      const path = join(folder, file)
      openHistoryFileToRead({ path, kind: 'readings', key, cacheKib: 64 }, false).close()
      return true
    } catch {
      return false
    }
  })
}
