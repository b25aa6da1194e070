import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { NocturneError, type ErrorCode, isNocturneError } from '../../src-shared/errors.ts'
import {
  fileOf,
  mostSiblings,
  parseHoursFile,
  parseReadingsFile,
  periodOf,
  quarterOf,
  type NamedPeriod,
  type Period,
  type Span,
} from './file-names.ts'
import { removeHistoryFile } from './history-file.ts'
import { openHoursFile, type HoursFile } from './hours-file.ts'
import { openReadingsFile, type ReadingsFile } from './readings-file.ts'

/** The files of the folder: opened when needed, and those that cannot be opened left alone. */
export interface FileSet {
  /** The file that holds this time; made if there is none. */
  readonly forWriting: (at: number) => ReadingsFile
  /** In order of time; each is open until the next one is asked for. */
  readonly overlapping: (from: number, to: number) => Iterable<ReadingsFile>
  /** Those of them that are not sealed; no other is opened for it. */
  readonly unsealedOverlapping: (from: number, to: number) => readonly ReadingsFile[]
  /** Files that still have hot frames or roll-ups of their own. */
  readonly unsealed: () => readonly ReadingsFile[]
  readonly has: (file: string) => boolean
  /** null: it cannot be opened. */
  readonly hoursFor: (file: ReadingsFile) => HoursFile | null
  readonly hoursOverlapping: (from: number, to: number) => readonly HoursFile[]
  /** Its writing is over; it is opened again when it is read. */
  readonly finish: (file: ReadingsFile) => void
  readonly readings: () => readonly { readonly period: NamedPeriod; readonly sealed: boolean }[]
  readonly hours: () => readonly Period[]
  readonly remove: (which: 'readings' | 'hours', name: string) => void
  readonly refuse: (file: string, code: ErrorCode) => void
  /** Files that are left out, and why. */
  readonly problems: () => ReadonlyMap<string, ErrorCode>
  readonly close: () => void
}

interface Entry {
  readonly period: NamedPeriod
  sealed: boolean
  file: ReadingsFile | null
  usedAt: number
}

/** Files that are open to be read only. */
const mostOpen = 12
/** The file of now holds the frames that are read most. */
const writingCacheKib = 65_536
const readingCacheKib = 8_192
const hoursCacheKib = 8_192

export const openFileSet = (options: {
  readonly folder: string
  readonly key: Buffer
  /** The span of a file that is begun. */
  readonly spanOfNew: () => Span
}): FileSet => {
  const { folder, key } = options
  const entries = new Map<string, Entry>()
  const hoursFiles = new Map<string, HoursFile>()
  const hoursPeriods = new Map<string, Period>()
  const problems = new Map<string, ErrorCode>()
  let uses = 0

  const guarded = <T>(file: string, open: () => T): T | null => {
    if (problems.has(file)) return null
    try {
      return open()
    } catch (error) {
      // No room now is no fault of the file.
      if (!isNocturneError(error) || error.code === 'disk-full') throw error
      problems.set(file, error.code)
      return null
    }
  }

  const openHours = (period: Period): HoursFile | null => {
    const file = `${period.name}.db`
    const open = hoursFiles.get(file)
    if (open !== undefined) return open
    const path = join(folder, file)
    const opened = guarded(file, () =>
      openHoursFile(period, { path, key, cacheKib: hoursCacheKib }),
    )
    if (opened === null) return null
    hoursFiles.set(file, opened)
    hoursPeriods.set(file, period)
    return opened
  }

  const openEntry = (entry: Entry, writable: boolean): ReadingsFile | null => {
    entry.usedAt = ++uses
    if (entry.file !== null && (entry.file.writable || !writable)) return entry.file
    const before = entry.file
    entry.file = null
    before?.close()
    const cacheKib = writable ? writingCacheKib : readingCacheKib
    const { period } = entry
    const opened = guarded(period.file, () =>
      openReadingsFile({ folder, period, key, cacheKib, writable }),
    )
    if (opened === null) return null
    entry.file = opened
    entry.sealed = opened.isSealed()
    if (!writable && !entry.sealed) return openEntry(entry, true)
    if (writable && !entry.sealed && hoursOf(opened)?.isDone(period.file, opened.generation())) {
      // Killed between the two: its roll-ups have moved.
      if (opened.laneMetrics('frame').length === 0) opened.markSealed()
    }
    closeIdle()
    return opened
  }

  const closeIdle = (): void => {
    const idle = [...entries.values()].filter(({ file }) => file !== null && !file.writable)
    for (const entry of idle.toSorted((a, b) => b.usedAt - a.usedAt).slice(mostOpen)) {
      entry.file?.close()
      entry.file = null
    }
  }

  const hoursOf = (file: ReadingsFile): HoursFile | null => openHours(quarterOf(file.period.from))

  const covering = (from: number, to: number): Entry[] =>
    [...entries.values()]
      .filter(({ period }) => period.from <= to && period.to > from)
      .toSorted((a, b) => a.period.from - b.period.from || a.period.number - b.period.number)

  const begin = (at: number): ReadingsFile => {
    const span = options.spanOfNew()
    const period = periodOf(at, span)
    for (let number = 1; number <= mostSiblings; number++) {
      const file = fileOf(period, number)
      if (problems.has(file)) continue
      const entry: Entry = {
        period: { ...period, file, number, span },
        sealed: false,
        file: null,
        usedAt: 0,
      }
      const opened = openEntry(entry, true)
      if (opened === null) continue
      entries.set(file, entry)
      return opened
    }
    throw new NocturneError('store-damaged', { what: 'history', file: period.name })
  }

  for (const file of readdirSync(folder).toSorted()) {
    const hours = parseHoursFile(file)
    if (hours !== null) openHours(hours)
  }
  for (const file of readdirSync(folder).toSorted()) {
    const period = parseReadingsFile(file)
    if (period === null) continue
    const entry: Entry = { period, sealed: false, file: null, usedAt: 0 }
    if (openEntry(entry, false) === null) continue
    entries.set(file, entry)
    closeIdle()
  }

  return {
    forWriting: (at) => {
      // The narrower one, then the newest sibling.
      for (const entry of covering(at, at).toReversed()) {
        const file = openEntry(entry, true)
        if (file !== null) return file
        entries.delete(entry.period.file)
      }
      return begin(at)
    },
    *overlapping(from, to) {
      for (const entry of covering(from, to)) {
        const file = openEntry(entry, false)
        if (file !== null) yield file
      }
    },
    unsealedOverlapping: (from, to) =>
      covering(from, to)
        .filter(({ file, sealed }) => !(file?.isSealed() ?? sealed))
        .flatMap((entry) => openEntry(entry, true) ?? []),
    unsealed: () =>
      [...entries.values()].flatMap(({ file }) =>
        file !== null && file.writable && !file.isSealed() ? [file] : [],
      ),
    has: (file) => entries.has(file),
    hoursFor: hoursOf,
    hoursOverlapping: (from, to) => {
      // A week may reach into the next quarter.
      const margin = 7 * 86_400_000
      return [...hoursFiles.values()].filter(
        ({ period }) => period.from - margin <= to && period.to + margin > from,
      )
    },
    finish: (file) => {
      const entry = entries.get(file.period.file)
      if (entry !== undefined) {
        entry.file = null
        entry.sealed = true
      }
      file.finish()
    },
    readings: () =>
      [...entries.values()]
        .map(({ period, sealed, file }) => ({ period, sealed: file?.isSealed() ?? sealed }))
        .toSorted((a, b) => a.period.from - b.period.from),
    hours: () => [...hoursPeriods.values()],
    remove: (which, name) => {
      if (which === 'readings') {
        entries.get(name)?.file?.close()
        entries.delete(name)
      } else {
        hoursFiles.get(name)?.close()
        hoursFiles.delete(name)
        hoursPeriods.delete(name)
      }
      removeHistoryFile(join(folder, name))
    },
    refuse: (file, code) => {
      problems.set(file, code)
    },
    problems: () => problems,
    close: () => {
      for (const { file } of entries.values()) file?.close()
      for (const file of hoursFiles.values()) file.close()
      entries.clear()
      hoursFiles.clear()
    },
  }
}

export const bytesOf = (folder: string, name: string): number => {
  const path = join(folder, name)
  return ['', '-wal'].reduce(
    (sum, end) => sum + (existsSync(`${path}${end}`) ? statSync(`${path}${end}`).size : 0),
    0,
  )
}
