import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import type { CsvCell } from '../../components/export-csv.ts'
import { oltOffline } from './olt-trouble.ts'

/** What the list of OLTs looks through and hands out. */

/** Every typed word must occur in name, address, family, system name or note; case is no matter. */
export const fitsOlt = (olt: OltRow, text: string): boolean => {
  const where = [
    olt.name,
    `${olt.host}:${olt.port}`,
    olt.familyLabel ?? '',
    olt.sysName ?? '',
    olt.note ?? '',
  ]
    .join('\n')
    .toLocaleLowerCase()
  return text
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => where.includes(word))
}

/** Columns of the export, each a key under `olts.export`. */
export const exportColumns = [
  'name',
  'host',
  'port',
  'family',
  'reachability',
  'since',
  'statusAt',
  'opticsAt',
  'total',
  'online',
  'offlineOptical',
  'offlinePower',
  'offline',
  'unknown',
  'disabled',
  'low',
  'belowLimit',
  'unconfigured',
  'note',
] as const

type ExportColumn = (typeof exportColumns)[number]

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

/** Counts that nobody could read are empty, never 0. */
export const exportRow = (olt: OltRow): readonly CsvCell[] => {
  const { counts, ages } = olt
  const read = ages.status !== null && olt.reachability === 'reachable'
  const ifRead = (count: number): number | null => (read ? count : null)
  const ifLit = (count: number): number | null => (read && ages.optics !== null ? count : null)
  const cells: Readonly<Record<ExportColumn, CsvCell>> = {
    name: olt.name,
    host: olt.host,
    port: olt.port,
    family: olt.familyLabel,
    reachability: olt.reachability,
    since: iso(olt.since),
    statusAt: iso(ages.status),
    opticsAt: iso(ages.optics),
    total: ages.status === null ? null : counts.total,
    online: ifRead(counts.online),
    offlineOptical: ifRead(counts.offlineOptical),
    offlinePower: ifRead(counts.offlinePower),
    offline: ifRead(oltOffline(olt)),
    unknown: ages.status === null ? null : counts.unknown,
    disabled: ifRead(counts.disabled),
    low: ifLit(counts.signalWarning + counts.signalCritical),
    belowLimit: ifLit(counts.signalCritical),
    unconfigured: ifRead(counts.unconfigured),
    note: olt.note,
  }
  return exportColumns.map((column) => cells[column])
}
